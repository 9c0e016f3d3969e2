"""The crosshair under the mouse."""

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from app.paint.crosshair import handle_px, on_screen
from app.paint.palette import DARK
from app.paint.picture import Picture
from app.state.crosshair import lines_on, middle_of, straight
from app.state.session import Look
from app.views.cross_hand import CrossHand
from app.views.picture_view import PictureView
from tests.app.volumes import chest

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def crossed(shown):
    """A view of a chest with its crosshair, and what the hand told."""
    view, moves, turns = shown(PictureView(), (600, 500)), [], []
    view.show_picture(Picture.of(chest()), Look())
    place = middle_of(view.plane.grid)
    view.cross = CrossHand(view, moves.append, turns.append)
    view.cross.show_lines(lines_on(straight(view.plane.grid, place), 0, place))
    return view, moves, turns


def drag(qtbot, view, start, end):
    qtbot.mousePress(view, LEFT, pos=start.toPoint())
    qtbot.mouseMove(view, end.toPoint())
    qtbot.mouseRelease(view, LEFT, pos=end.toPoint())


def test_middle_is_dragged_and_window_and_level_stay(crossed, qtbot):
    view, moves, turns = crossed
    window = view.window_level
    at, _ = on_screen(view.view, view.cross.lines[0])
    drag(qtbot, view, at, at + QPointF(40, -25))
    expected = view.view.to_image(round(at.x()) + 40, round(at.y()) - 25)
    assert moves[-1] == pytest.approx(expected, abs=0.2)
    assert (turns, view.window_level) == ([], window)


def test_handle_turns_by_the_angle_of_the_pointer(crossed, qtbot):
    view, moves, turns = crossed
    line = next(line for line in view.cross.lines if line.colour == "coronal")
    at, way = on_screen(view.view, line)
    far = handle_px(view.view)
    start = at + way * far
    turned = math.radians(20)
    end = (
        at
        + QPointF(
            way.x() * math.cos(turned) - way.y() * math.sin(turned),
            way.x() * math.sin(turned) + way.y() * math.cos(turned),
        )
        * far
    )
    drag(qtbot, view, start, end)
    assert sum(turns) == pytest.approx(turned, abs=0.03)
    assert moves == []


def test_elsewhere_the_mouse_does_what_it_always_does(crossed, qtbot):
    view, moves, turns = crossed
    window = view.window_level
    drag(qtbot, view, QPointF(30, 30), QPointF(90, 60))
    assert view.window_level != window
    assert (moves, turns) == ([], [])
    assert view.cross.cursor(QPointF(30, 30)) is None


def test_lines_are_drawn_in_the_colours_of_the_other_planes(crossed):
    view = crossed[0]
    image = view.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, 600, 2) for y in range(0, 500, 2)}
    seen |= {image.pixelColor(x, 251).name() for x in range(600)} | {
        image.pixelColor(301, y).name() for y in range(500)
    }
    assert {DARK.coronal, DARK.sagittal} <= seen
    assert DARK.axial not in seen
    view.cross.show_lines(())
    assert view.cross.cursor(QPoint(300, 250).toPointF()) is None
