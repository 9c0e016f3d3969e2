"""Measuring with the mouse."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from app.paint.picture import Picture
from app.paint.probes import DrawnProbe
from app.state.probe import ProbeKind
from app.state.session import Look
from app.views.picture_view import PictureView
from app.views.probe_hand import ProbeHand
from engine.domain.scan import Provenance, Scan
from tests.app.volumes import chest

LEFT = Qt.MouseButton.LeftButton
SCAN = Scan(np.zeros((300, 400), np.uint8), "photograph", "PHOTO", "MONOCHROME2", Provenance(("a.png",), "test"))


@pytest.fixture
def measured(shown):
    """A view with a probe's hand, and the probes that it told of."""
    view, told = shown(PictureView(), (424, 324)), []
    view.show_picture(Picture.of(SCAN), Look())
    view.tool = ProbeHand(view, told.append)
    return view, told


def click(qtbot, view, x, y):
    qtbot.mouseClick(view, LEFT, pos=QPoint(x, y))


def test_length_is_set_by_one_drag_and_the_hand_is_free_again(measured, qtbot):
    view, told = measured
    window = view.window_level
    view.tool.take(ProbeKind.LENGTH)
    qtbot.mousePress(view, LEFT, pos=QPoint(32, 42))
    qtbot.mouseMove(view, QPoint(80, 90))
    qtbot.mouseMove(view, QPoint(112, 42))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(112, 42))
    (probe,) = told
    assert probe.kind is ProbeKind.LENGTH
    assert probe.points == ((20.0, 30.0), (100.0, 30.0))
    assert (view.tool.kind, view.window_level) == (None, window)


def test_length_is_set_by_two_clicks_too(measured, qtbot):
    view, told = measured
    view.tool.take(ProbeKind.LENGTH)
    click(qtbot, view, 32, 42)
    assert told == []
    click(qtbot, view, 112, 42)
    assert told[0].points == ((20.0, 30.0), (100.0, 30.0))


def test_angle_takes_three_clicks_and_a_value_one(measured, qtbot):
    view, told = measured
    view.tool.take(ProbeKind.ANGLE)
    for x, y in ((32, 42), (112, 42), (112, 100)):
        click(qtbot, view, x, y)
    view.tool.take(ProbeKind.VALUE)
    click(qtbot, view, 50, 60)
    assert [(probe.kind, len(probe.points)) for probe in told] == [(ProbeKind.ANGLE, 3), (ProbeKind.VALUE, 1)]


def test_probe_that_is_put_down_leaves_nothing(measured, qtbot):
    view, told = measured
    view.tool.take(ProbeKind.LENGTH)
    click(qtbot, view, 32, 42)
    view.tool.take(None)
    click(qtbot, view, 112, 42)
    assert told == []


def test_other_buttons_keep_their_meaning_while_a_probe_is_in_hand(measured, qtbot):
    view, told = measured
    before = view.view.center
    view.tool.take(ProbeKind.VALUE)
    qtbot.mousePress(view, Qt.MouseButton.MiddleButton, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(150, 100))
    qtbot.mouseRelease(view, Qt.MouseButton.MiddleButton, pos=QPoint(150, 100))
    assert view.view.center != before
    assert (told, view.tool.kind) == ([], ProbeKind.VALUE)


def test_probe_and_its_words_are_drawn_over_the_picture(measured, qtbot):
    view, told = measured
    bare = view.grab().toImage()
    view.tool.take(ProbeKind.AREA)
    qtbot.mousePress(view, LEFT, pos=QPoint(60, 60))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(160, 140))
    view.tool.show_probes((DrawnProbe(told[0], ("area 7,854 px²",)),))
    drawn = view.grab().toImage()
    changed = [(x, y) for x in range(0, 424, 2) for y in range(0, 324, 2) if drawn.pixel(x, y) != bare.pixel(x, y)]
    assert min(x for x, _ in changed) >= 50
    assert max(x for x, _ in changed) > 200


def test_probe_that_was_begun_on_another_slice_begins_anew(shown, qtbot):
    view, told = shown(PictureView(), (424, 324)), []
    view.show_picture(Picture.of(chest()), Look())
    view.tool = ProbeHand(view, told.append)
    view.tool.take(ProbeKind.LENGTH)
    click(qtbot, view, 180, 100)
    view.scroll_slices(1)
    click(qtbot, view, 200, 100)
    assert told == []
    click(qtbot, view, 240, 100)
    assert told[0].cut == view.plane
    assert told[0].points[0] == pytest.approx(view.view.to_image(200, 100))


def test_length_is_set_by_keys_alone(measured, qtbot):
    view, told = measured
    view.setFocus()
    view.tool.take(ProbeKind.LENGTH)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    before = view.view
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told[0].points == ((200.0, 150.0), (240.0, 147.0))
    assert view.view == before
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.view != before
