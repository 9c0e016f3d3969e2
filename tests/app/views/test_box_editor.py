"""Boxes drawn and changed by mouse and keys on a picture."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from app.paint.picture import Picture
from app.state.oblique import Oblique
from app.state.session import Look
from app.state.turn import Turn
from app.views.box_editor import BoxEditor
from app.views.picture_view import PictureView
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan
from tests.app.volumes import chest, nodules

LEFT = Qt.MouseButton.LeftButton
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
PART = Scan(np.zeros((300, 400), np.uint8), "photograph", "photo", "MONOCHROME2", Provenance(("part.png",), "test"))
REGION = Region("pitting", 0.9, "sure", (100.0, 100.0, 160.0, 150.0))


@pytest.fixture
def view(qtbot, dressed):
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(424, 324)
    with qtbot.waitExposed(view):
        view.show()
    view.setFocus()
    view.show_picture(Picture.of(PART), Look())
    view.show_actual()
    view.show_regions((REGION,), 0)
    return view


@pytest.fixture
def editor(view):
    editor = BoxEditor(view)
    view.hand = editor
    editor.show_chosen(0, may_change=True)
    editor.boxes = []
    editor.drawn.connect(editor.boxes.append)
    editor.changed.connect(lambda index, box: editor.boxes.append((index, box)))
    return editor


def at(view, x, y):
    return QPoint(*(round(place) for place in view.view.to_screen(x, y)))


def drag(qtbot, view, start, end):
    qtbot.mousePress(view, LEFT, pos=at(view, *start))
    qtbot.mouseMove(view, at(view, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
    qtbot.mouseMove(view, at(view, *end))
    qtbot.mouseRelease(view, LEFT, pos=at(view, *end))


def test_drag_draws_a_new_box_once(qtbot, view, editor):
    editor.add()
    assert editor.cursor(at(view, 10, 10).toPointF()) is Qt.CursorShape.CrossCursor
    drag(qtbot, view, (200, 200), (240, 260))
    assert editor.boxes == [(200.0, 200.0, 240.0, 260.0)]
    assert not editor.busy
    drag(qtbot, view, (200, 200), (240, 260))
    assert len(editor.boxes) == 1


def test_click_while_adding_draws_nothing_and_goes_on_waiting(qtbot, view, editor):
    editor.add()
    qtbot.mouseClick(view, LEFT, pos=at(view, 50, 50))
    assert editor.boxes == []
    assert editor.busy


def test_face_of_the_chosen_region_wins_over_window_and_level(qtbot, view, editor):
    before = view.window_level
    drag(qtbot, view, (160, 125), (180, 125))
    assert editor.boxes == [(0, (100.0, 100.0, 180.0, 150.0))]
    assert view.window_level == before


def test_inside_of_the_chosen_region_is_window_and_level_until_it_is_edited(qtbot, view, editor):
    before = view.window_level
    drag(qtbot, view, (130, 125), (150, 135))
    assert editor.boxes == []
    assert view.window_level != before
    editor.edit()
    drag(qtbot, view, (130, 125), (150, 135))
    assert editor.boxes == [(0, (120.0, 110.0, 180.0, 160.0))]


def test_trembling_click_on_a_face_changes_nothing(qtbot, view, editor):
    drag(qtbot, view, (160, 125), (161, 126))
    assert editor.boxes == []


def test_signed_region_cannot_be_taken_hold_of(view, editor):
    editor.show_chosen(0, may_change=False)
    assert editor.cursor(at(view, 160, 125).toPointF()) is None


def test_arrows_move_the_box_and_with_shift_resize_it(qtbot, view, editor):
    editor.edit()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Up, SHIFT)
    assert editor.boxes == [(0, (101.0, 100.0, 161.0, 150.0)), (0, (100.0, 100.0, 160.0, 149.0))]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not editor.busy


def test_arrows_scroll_again_once_the_box_is_let_be(qtbot, view, editor):
    editor.edit()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    before = view.view.center
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert editor.boxes == []
    assert view.view.center != before


def test_box_is_put_down_by_keys_alone(qtbot, view, editor):
    editor.add()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    ((x0, y0, x1, y1),) = editor.boxes
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == (200.0, 150.0)


def test_arrow_moves_the_box_as_it_is_seen_on_a_turned_picture(qtbot, view, editor):
    view._look(view=replace(view.view, turn=Turn(quarters=1)))
    editor.edit()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert editor.boxes == [(0, (100.0, 99.0, 160.0, 149.0))]


def test_another_region_lets_the_box_be(view, editor):
    editor.edit()
    editor.show_chosen(None, may_change=True)
    assert not editor.busy


def test_oblique_cut_is_not_drawn_on_since_boxes_lie_along_the_grid(view, editor):
    view.show_picture(Picture.of(chest()), Look())
    view.show_regions(nodules(), 0)
    view.show_plane(Oblique.of(view.plane).tilted((0.0, 1.0, 0.0), 0.3, (20.0, 48.0, 48.0)))
    editor.add()
    assert not editor.busy
