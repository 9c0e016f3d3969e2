"""Two studies side by side in the window."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from app.state.arrangement import Arrangement
from engine.domain.exam import Exam, Patient
from tests.app.volumes import chest, nodules


def test_two_exams_scroll_and_zoom_together(reader):
    reader.show(now=chest(), earlier=chest((80, 48, 48)))
    assert reader.window.actions_["compare"].isEnabled()
    reader.press(Qt.Key.Key_W)
    first, second = reader.views[:2]
    reader.qtbot.waitUntil(lambda: second.picture is not None, timeout=60_000)
    assert reader.window.picture.board.arrangement is Arrangement.TWO
    assert first.window_level == second.window_level
    before = second.plane.index
    reader.press(Qt.Key.Key_PageUp)
    assert second.plane.index == before - 20
    reader.press(Qt.Key.Key_PageDown, view=second)
    assert first.plane.index == 15
    first.zoom(4)
    shown = [view.plane.pixel_mm[0] / view.view.scale for view in (first, second)]
    assert shown[0] == pytest.approx(shown[1])
    reader.press(Qt.Key.Key_W)
    assert reader.window.picture.board.arrangement is Arrangement.ONE
    assert second.picture is None
    reader.press(Qt.Key.Key_W)
    reader.press(Qt.Key.Key_M)
    assert reader.window.picture.board.arrangement is Arrangement.THREE
    assert not reader.window.picture.compare_bar.isVisible()
    assert second.plane.name == "coronal"
    reader.press(Qt.Key.Key_W)
    assert reader.window.picture.board.arrangement is Arrangement.TWO
    assert not reader.window.actions_["three_planes"].isChecked()


def test_regions_of_one_study_never_lie_over_the_other(reader):
    reader.show(now=chest(), earlier=chest())
    reader.answer(nodules())
    reader.do("compare")
    second = reader.views[1]
    reader.qtbot.waitUntil(lambda: second.picture is not None, timeout=60_000)
    reader.desktop.session.choose_region(0)
    assert len(reader.view.seen_regions) == len(nodules())
    assert second.seen_regions == ()
    reader.do("flicker")
    reader.qtbot.waitUntil(lambda: second.note == "This study", timeout=10_000)
    assert len(second.seen_regions) == len(nodules())
    reader.qtbot.waitUntil(lambda: second.note == "Compared", timeout=10_000)
    assert second.seen_regions == ()
    reader.do("flicker")


def test_part_is_held_against_its_template_with_difference_and_flicker(reader, photograph, tmp_path):
    template = tmp_path / "template.png"
    pixels = np.array(Image.open(photograph))
    pixels[100:104, 200:204] = 0
    Image.fromarray(pixels).save(template)
    reader.open(photograph, template)
    reader.do("compare")
    second = reader.views[1]
    reader.qtbot.waitUntil(lambda: second.picture is not None, timeout=60_000)
    reader.do("difference")
    reader.qtbot.waitUntil(lambda: second.note == "Difference", timeout=60_000)
    apart = second.picture.scan.pixels
    assert apart[101, 201] > 50
    assert np.count_nonzero(apart) == 16
    reader.do("difference")
    assert second.note == "Compared"
    reader.do("flicker")
    reader.qtbot.waitUntil(lambda: second.note == "This study", timeout=10_000)
    assert second.picture.scan is reader.view.picture.scan
    reader.do("flicker")
    assert second.picture.scan is not reader.view.picture.scan


def test_pictures_of_another_size_are_said_to_have_no_difference(reader, part):
    reader.show(part=part, small=replace(part, pixels=part.pixels[::2, ::2]))
    reader.do("compare", "difference")
    bar = reader.window.picture.compare_bar
    assert "differ in size" in bar._words.text()
    assert not reader.window.actions_["difference"].isChecked()


def test_one_study_alone_cannot_be_compared_and_another_can_be_chosen(reader, part):
    reader.show(a=part)
    assert not reader.window.actions_["compare"].isEnabled()
    reader.show(b=part, c=replace(part, pixels=part.pixels[::-1]))
    reader.do("compare")
    bar, second = reader.window.picture.compare_bar, reader.views[1]
    assert [bar.choice.itemText(at) for at in range(bar.choice.count())] == ["b", "c"]
    before = second.picture
    bar.choice.setCurrentIndex(1)
    bar.choice.activated.emit(1)
    assert second.picture not in (None, before)


def test_prior_exam_of_the_patient_comes_by_itself_and_strangers_are_told_apart(reader):
    scans = {
        name: replace(chest((12, 24, 24)), exam=Exam(Patient("A^B", patient), study_date=day))
        for name, patient, day in (
            ("now", "7", date(2026, 5, 1)),
            ("stranger", "8", date(2024, 5, 1)),
            ("prior", "7", date(2025, 5, 1)),
        )
    }
    reader.show(**scans)
    for index in (2, 0):  # the prior exam was looked at before
        reader.desktop.session.choose(index)
    reader.do("compare")
    bar = reader.window.picture.compare_bar
    assert bar.choice.currentText() == "prior  2025-05-01"
    assert bar._words.text().startswith("Same patient")
    bar.choice.setCurrentIndex(bar.choice.findText("stranger"))
    bar.choice.activated.emit(bar.choice.currentIndex())
    assert "Another patient" in bar._words.text()
