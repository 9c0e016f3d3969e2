"""What is written over a picture."""

from dataclasses import replace

import numpy as np
import pytest

from app.paint.captions import NO_CAPTIONS
from app.paint.overlaid import overlaid
from app.paint.picture import Picture
from app.state.geometry import View
from app.state.turn import STRAIGHT, Turn
from app.state.window_level import WindowLevel
from engine.domain.exam import Exam
from engine.domain.scan import Provenance, Scan
from tests.app.volumes import chest

FILM = Scan(
    np.zeros((20, 30), np.uint8), "image", "DX", "MONOCHROME2", Provenance(("a.dcm",), "test"),
    spacing_mm=(1.0, 0.2, 0.2), oriented=False, exam=Exam(row_and_column=("L", "F")),
)  # fmt: skip
WINDOW = WindowLevel(40.0, 400.0)


def over(scan, turn=STRAIGHT, note=""):
    picture = Picture.of(scan)
    return overlaid(picture, View.fit(picture.size_px, (300, 300), turn=turn), WINDOW, NO_CAPTIONS, note)


@pytest.mark.parametrize(
    ("turn", "letters"),
    [(Turn(), ("R", "H", "L", "F")), (Turn(1), ("F", "R", "H", "L")), (Turn(0, mirrored=True), ("L", "H", "R", "F"))],
)
def test_letters_go_with_the_picture_when_it_is_turned(turn, letters):
    assert over(FILM, turn).letters == letters


def test_volume_has_its_cut_in_the_title_and_the_letters_of_the_patient():
    said = over(chest(), note="Compared")
    assert said.title == "Compared  Axial 21/40  z 3.8 mm"
    assert said.letters == ("R", "A", "L", "P")
    assert said.bar.words.endswith(" mm")
    assert said.window == WINDOW.words


def test_photograph_has_a_bar_in_pixels_and_neither_letters_nor_window():
    said = over(replace(FILM, kind="photograph", modality="PHOTO", spacing_mm=None, exam=None))
    assert (said.title, said.letters, said.window) == ("", ("", "", "", ""), "")
    assert said.bar.words.endswith(" px")
