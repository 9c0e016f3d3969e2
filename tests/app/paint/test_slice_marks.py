"""Plane, number and letters over a slice."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from app.paint.slice_marks import draw_edges, draw_slice_marks
from app.state.grid import Grid
from app.state.plane import Plane
from engine.domain.orientation import Edges
from engine.domain.scan import IDENTITY

pytestmark = pytest.mark.usefixtures("qapp")

GRID = Grid((40, 30, 20), (2.5, 0.8, 0.5), (-5.0, -12.0, 100.0), IDENTITY)


def lit(draw):
    """Where something is drawn: top left, and the middles of the left, top, right and bottom edge."""
    image = QImage(400, 300, QImage.Format.Format_RGB888)
    image.fill("#808080")
    painter = QPainter(image)
    draw(painter)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(300, image.bytesPerLine())[:, :1200]
    drawn = (rows.reshape(300, 400, 3) != 128).any(axis=2)
    parts = (drawn[:40, :80], drawn[140:160, :40], drawn[:40, 190:210], drawn[140:160, 360:], drawn[260:, 190:210])
    return [bool(part.any()) for part in parts]


def over_a_slice(grid):
    return lit(lambda painter: draw_slice_marks(painter, Plane.across(grid, 0), (400, 300), QGuiApplication.font()))


def test_plate_and_four_letters_are_drawn():
    assert over_a_slice(GRID) == [True] * 5


@pytest.mark.parametrize("unknown", [{"spacing_mm": None}, {"oriented": False}, {"unrelated": True}])
def test_letters_are_left_out_where_nothing_is_known_of_the_patient(unknown):
    assert over_a_slice(replace(GRID, **unknown)) == [True, False, False, False, False]


def test_an_image_by_itself_has_letters_and_no_plate():
    edges = Edges("R", "H", "L", "F")
    drawn = lit(lambda painter: draw_edges(painter, edges, (400, 300), QGuiApplication.font()))
    assert drawn == [False, True, True, True, True]
