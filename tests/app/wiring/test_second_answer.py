"""Two answers to the study that is looked at."""

import numpy as np
from PySide6.QtWidgets import QApplication

from app.paint.palette import DARK, rgb
from engine.domain.opinion import Opinion
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region

OURS = Region("pitting", 0.9, "sure", box_px=(40.0, 40.0, 60.0, 60.0))
THEIRS = Region("differs", 0.75, "sure", box_px=(200.0, 120.0, 230.0, 150.0))
OPINION = Opinion("template", "/golden/a.png", coverage=1.0, regions=(THEIRS,), missing=(0,), alone=(0,))


def drawn(view):
    image = view.grab().toImage().convertToFormat(view.grab().toImage().Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)
    return int((np.abs(pixels - rgb(DARK.second)).max(axis=2) < 40).sum())


def answer(reader, opinion):
    outcome = Outcome("a", Status.ANSWERED, True, (OURS,), coverage=1.0, model="known 1.0.0", opinion=opinion)
    reader.desktop.session.answer(reader.desktop.session.chosen or 0, outcome, None)
    QApplication.processEvents()


def test_both_answers_are_drawn_and_listed_with_who_has_which(reader, part):
    reader.show(part=part)
    answer(reader, None)
    assert drawn(reader.view) == 0
    answer(reader, OPINION)
    assert drawn(reader.view) > 20
    shown = reader.window.regions.second
    assert shown.list.item(0).text() == "differs 0.75, second answer only"
    assert reader.window.regions.table.model().index(0, 0).data() == "pitting, first answer only"
    reader.do("show_regions")
    assert drawn(reader.view) == 0


def test_a_click_on_a_region_of_the_second_answer_goes_there(reader, part):
    reader.show(part=part)
    answer(reader, OPINION)
    reader.do("actual")
    reader.window.regions.second.chosen.emit(0)
    x, y = reader.view.view.center
    assert (round(x), round(y)) == (215, 135)
