"""Boxes drawn, moved and resized by hand."""

import pytest

from app.state.drawn_box import WHOLE, Hold, between, hold_at, pulled, reshaped, solid
from app.state.grid import Grid
from app.state.plane import Plane
from engine.domain.scan import IDENTITY

PICTURE = (100, 80)
BOX = (20.0, 30.0, 40.0, 60.0)
GRID = Grid((20, 40, 60), (2.0, 1.0, 0.5), (0.0, 0.0, 0.0), IDENTITY)


def test_drag_in_any_direction_draws_the_same_box():
    assert between((10, 70), (30, 20), PICTURE) == (10, 20, 30, 70)
    assert between((30, 20), (10, 70), PICTURE) == (10, 20, 30, 70)


def test_drawn_box_ends_at_the_edge_of_the_picture():
    assert between((90, 70), (150, 170), PICTURE) == (90, 70, 100, 80)


def test_click_draws_nothing():
    assert between((10, 10), (10.4, 30), PICTURE) is None
    assert between((120, 10), (140, 30), PICTURE) is None


@pytest.mark.parametrize(
    ("at", "hold"),
    [
        ((20.5, 45), Hold(-1, 0)),
        ((41, 45), Hold(1, 0)),
        ((30, 29), Hold(0, -1)),
        ((39.5, 60.5), Hold(1, 1)),
        ((30, 45), WHOLE),
        ((44, 45), None),
    ],
)
def test_nearest_face_within_reach_is_taken_hold_of(at, hold):
    assert hold_at(BOX, at, (2.0, 2.0), inside=True) == hold


def test_inside_of_a_box_is_left_to_window_and_level_where_only_faces_count():
    assert hold_at(BOX, (30, 45), (2.0, 2.0), inside=False) is None


def test_whole_box_moves_as_far_as_the_picture_goes():
    assert pulled(BOX, WHOLE, (5, -10), PICTURE) == (25, 20, 45, 50)
    assert pulled(BOX, WHOLE, (500, -100), PICTURE) == (80, 0, 100, 30)


def test_face_moves_alone_and_never_past_the_one_across():
    assert pulled(BOX, Hold(1, 0), (10, 99), PICTURE) == (20, 30, 50, 60)
    assert pulled(BOX, Hold(-1, -1), (99, -99), PICTURE) == (39, 0, 40, 60)


def test_box_drawn_on_a_plane_is_as_deep_as_it_is_wide_in_millimetres():
    plane = Plane.across(GRID, 0, 10)
    box = solid(plane, (10.0, 10.0, 26.0, 18.0))  # 8 mm by 8 mm: 4 slices of 2 mm
    assert (box[0], box[3]) == (8.5, 12.5)
    assert plane.shadow(box) == (10.0, 10.0, 26.0, 18.0)


def test_box_drawn_at_the_end_of_a_volume_ends_there():
    box = solid(Plane.across(GRID, 0, 0), (0.0, 0.0, 32.0, 16.0))
    assert (box[0], box[3]) == (0.0, 4.5)


def test_box_drawn_on_one_of_unrelated_frames_stays_on_it():
    frames = Grid((5, 40, 60), None, (0.0, 0.0, 0.0), IDENTITY, unrelated=True)
    box = solid(Plane.across(frames, 0, 3), (0.0, 0.0, 20.0, 20.0))
    assert (box[0], box[3]) == (3.0, 4.0)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_box_resized_on_a_plane_keeps_its_depth_and_lies_where_it_was_put(axis):
    plane = Plane.across(GRID, axis)
    before = (3.0, 4.0, 5.0, 9.0, 14.0, 15.0)
    wanted = (2.0, 3.0, 8.0, 9.0)
    after = reshaped(plane, before, wanted)
    assert (after[axis], after[axis + 3]) == (before[axis], before[axis + 3])
    assert plane.shadow(after) == wanted
