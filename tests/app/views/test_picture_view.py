"""The picture under the hand, without a window around it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.paint.picture import Picture
from app.paint.pointed import Pointed
from app.state.session import Look
from app.views.picture_view import PictureView
from engine.domain.region import Region
from tests.app.ramp import CT
from tests.app.volumes import chest


@pytest.fixture
def view(shown):
    return shown(PictureView())


def wheel(view, angle):
    """A wheel turned over the middle by eighths of a degree."""
    at = QPointF(412, 312)
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    turned = (QPoint(), QPoint(0, angle), none, Qt.KeyboardModifier.NoModifier, phase, False)
    QApplication.sendEvent(view, QWheelEvent(at, view.mapToGlobal(at), *turned))


def test_value_under_the_pointer_is_a_real_one(view, qtbot):
    view.show_picture(Picture.of(CT), Look())
    with qtbot.waitSignal(view.pointed) as told:
        QTest.mouseMove(view, QPoint(412, 312))
    assert told.args[0] == Pointed(200, 150, (200 * 2.0 - 1000.0,))


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton])
def test_empty_view_takes_every_gesture_without_harm(view, qtbot, button):
    qtbot.mousePress(view, button, pos=QPoint(10, 10))
    qtbot.mouseMove(view, QPoint(90, 90))
    qtbot.mouseRelease(view, button, pos=QPoint(90, 90))
    for act in (view.fit, view.show_actual, view.invert, view.reset, lambda: view.zoom(1)):
        act()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.view is None


def test_touch_pad_scrolls_once_its_small_steps_make_a_slice(view):
    view.show_picture(Picture.of(chest()), Look())
    seen = []
    for _ in range(8):
        wheel(view, -30)
        seen.append(view.plane.index)
    assert seen == [20, 20, 20, 21, 21, 21, 21, 22]


def test_second_button_during_a_drag_does_not_change_its_meaning(view, qtbot):
    view.show_picture(Picture.of(CT), Look())
    scale = view.view.scale
    qtbot.mousePress(view, Qt.MouseButton.MiddleButton, pos=QPoint(100, 100))
    qtbot.mousePress(view, Qt.MouseButton.RightButton, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(160, 160))
    qtbot.mouseRelease(view, Qt.MouseButton.RightButton, pos=QPoint(160, 160))
    qtbot.mouseRelease(view, Qt.MouseButton.MiddleButton, pos=QPoint(160, 160))
    assert view.view.scale == scale


def test_trembling_hand_still_clicks(view, qtbot):
    view.show_picture(Picture.of(CT), Look())
    window = view.window_level
    with qtbot.waitSignal(view.region_clicked):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
        qtbot.mouseMove(view, QPoint(102, 101))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(102, 101))
    assert view.window_level == window


def test_outline_of_a_region_wins_over_window_and_level(view, qtbot):
    view.show_picture(Picture.of(CT), Look())
    view.show_regions((Region("nodule", 0.9, "sure", box_px=(100.0, 100.0, 200.0, 200.0)),), None)
    window = view.window_level
    x, y = view.view.to_screen(100, 150)
    start = QPointF(x, y).toPoint()
    with qtbot.waitSignal(view.region_clicked) as told:
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, start + QPoint(40, 30))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 30))
    assert told.args == [0]
    assert view.window_level == window
    inside = QPointF(*view.view.to_screen(150, 150)).toPoint()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=inside)
    qtbot.mouseMove(view, inside + QPoint(40, 30))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=inside + QPoint(40, 30))
    assert view.window_level != window
