"""The picture's own rules, without a window around it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.paint.picture import Picture
from app.state.geometry import View
from app.state.session import Look
from app.state.window_level import WindowLevel
from app.views.picture_view import PictureView, Pointed
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("part.png",), "test")
CT = Scan(
    np.tile(np.arange(400, dtype=np.int16), (300, 1)),
    "image",
    "CT",
    "MONOCHROME2",
    FILE,
    slope=2.0,
    intercept=-1000.0,
    window=(40.0, 400.0),
)


@pytest.fixture
def view(qtbot, dressed):
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(824, 624)
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_picture_opens_fitted_with_the_window_of_its_file(view):
    view.show_picture(Picture.of(CT), Look())
    assert view.view == View.fit((400, 300), (824, 624))
    assert view.window_level == WindowLevel(40.0, 400.0)


def test_picture_opens_as_it_was_looked_at_last(view):
    look = Look(View((400, 300), (824, 624), (10.0, 20.0), 5.0), WindowLevel(0.0, 10.0))
    view.show_picture(Picture.of(CT), look)
    assert view.view == look.view
    assert view.window_level == look.window


def test_look_at_a_file_of_another_size_is_not_taken(view):
    look = Look(View((999, 300), (824, 624), (10.0, 20.0), 5.0))
    view.show_picture(Picture.of(CT), look)
    assert view.view == View.fit((400, 300), (824, 624))


def test_value_under_the_pointer_is_a_real_one(view, qtbot):
    view.show_picture(Picture.of(CT), Look())
    with qtbot.waitSignal(view.pointed) as told:
        QTest.mouseMove(view, QPoint(412, 312))
    assert told.args[0] == Pointed(200, 150, (200 * 2.0 - 1000.0,))


def test_fitted_picture_follows_the_size_of_the_widget_and_tells(view, qtbot):
    view.show_picture(Picture.of(CT), Look())
    with qtbot.waitSignal(view.looked) as told:
        view.resize(1624, 1224)
    assert told.args[0].view.scale == 4.0


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton])
def test_empty_view_takes_every_gesture_without_harm(view, qtbot, button):
    qtbot.mousePress(view, button, pos=QPoint(10, 10))
    qtbot.mouseMove(view, QPoint(90, 90))
    qtbot.mouseRelease(view, button, pos=QPoint(90, 90))
    for act in (view.fit, view.show_actual, view.invert, view.reset, lambda: view.zoom(1)):
        act()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.view is None


def test_region_of_a_volume_cannot_be_centred_and_does_no_harm(view):
    view.show_picture(Picture.of(CT), Look())
    view.show_regions((Region("nodule", 0.9, "sure", box_vox=(0, 0, 0, 1, 1, 1)),), None)
    before = view.view
    view.center_on(0)
    assert view.view == before


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
