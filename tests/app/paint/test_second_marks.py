"""The second answer over a picture in the window."""

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from app.paint.palette import DARK, rgb
from app.paint.regions import Lettering
from app.paint.second_marks import draw_second, words_of
from app.state.geometry import View
from app.state.opinion import SecondMark
from engine.domain.region import Region

pytestmark = pytest.mark.usefixtures("qapp")

VIEW = View((400, 300), (400, 300), (200.0, 150.0), 1.0)
ALONE = SecondMark(Region("differs", 0.75, "sure", (100, 100, 180, 160)), alone=True)
ELSEWHERE = SecondMark(Region("nodule", 0.75, "sure", box_vox=(0, 0, 0, 2, 2, 2)), alone=True)


def drawn(*marks):
    image = QImage(400, 300, QImage.Format.Format_RGB888)
    image.fill("#808080")
    painter = QPainter(image)
    draw_second(painter, VIEW, marks, Lettering(QGuiApplication.font()))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(300, image.bytesPerLine())
    return rows[:, :1200].reshape(300, 400, 3).astype(int)


def lit(part):
    return int((np.abs(part - rgb(DARK.second)).max(axis=-1) < 60).sum())


def test_its_boxes_are_corners_outside_of_what_was_flagged():
    screen = drawn(SecondMark(ALONE.region, alone=False))
    assert (screen[97:163, 97:183] == 128).all()
    assert lit(screen[90:115, 90:98]) > 20
    assert lit(screen[125:135, 85:98]) == 0


def test_only_what_the_first_answer_does_not_have_is_named():
    assert words_of(ALONE) == "differs 0.75, second answer only"
    named, unnamed = drawn(ALONE), drawn(SecondMark(ALONE.region, alone=False))
    assert lit(named) > lit(unnamed)


def test_what_lies_elsewhere_in_a_volume_is_not_drawn():
    assert (drawn(ELSEWHERE) == 128).all()
