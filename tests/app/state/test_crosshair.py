"""The place where linked cuts meet."""

import math
from dataclasses import replace

import numpy as np
import pytest

from app.state.crosshair import (
    colour_of,
    followed,
    inside,
    lines_on,
    middle_of,
    others,
    straight,
    straightened,
    tilted,
)
from app.state.frame import Slab
from app.state.oblique import Oblique
from app.state.plane import Plane, three_planes
from tests.app.state.test_grid import AXIAL, SAGITTAL

PLACE = (12.0, 7.0, 5.0)


@pytest.mark.parametrize("grid", [AXIAL, SAGITTAL])
def test_three_planes_go_to_one_place_and_have_three_colours(grid):
    place = tuple(size / 3 for size in grid.shape)
    cuts = straight(grid, place)
    for cut in cuts:
        assert abs(cut.frame.seen_at(place)[2]) <= 0.5
    assert [colour_of(cut, number) for number, cut in enumerate(cuts)] == ["axial", "coronal", "sagittal"]


def test_planes_of_a_volume_without_a_known_patient_have_three_colours_too():
    bare = three_planes(replace(AXIAL, spacing_mm=None))
    assert {colour_of(cut, number) for number, cut in enumerate(bare)} == {"axial", "coronal", "sagittal"}


def test_scrolling_one_plane_takes_the_place_along_its_normal_alone():
    assert followed(Plane.across(AXIAL, 0, 20), PLACE) == pytest.approx((20.0, 7.0, 5.0))
    assert followed(Plane.across(AXIAL, 2, 1), PLACE) == pytest.approx((12.0, 7.0, 1.0))


def test_place_cannot_leave_the_volume():
    assert inside(AXIAL, (-4.0, 7.0, 1e9)) == (0.0, 7.0, 19.0)
    assert middle_of(AXIAL) == (20.0, 15.0, 10.0)


def test_lines_lie_where_the_other_planes_pass_through():
    cuts = straight(AXIAL, PLACE)
    lines = lines_on(cuts, 0, PLACE)
    assert {line.colour for line in lines} == {"coronal", "sagittal"}
    for line in lines:
        assert line.at == pytest.approx((5.5, 7.5))
        across = abs(line.way[0]) > 0.5
        assert across is (line.colour == "coronal")


def test_turning_turns_the_lines_on_the_plane_that_stays_by_the_same_angle():
    cuts = straight(AXIAL, PLACE)
    turned = tilted(cuts, 0, math.radians(30), PLACE)
    assert turned[0] == cuts[0]
    (coronal,) = (line for line in lines_on(turned, 0, PLACE) if line.colour == "coronal")
    spacing = np.array(cuts[0].pixel_mm)
    way = np.array(coronal.way) * spacing
    angle = math.degrees(math.atan2(way[1], way[0])) % 180
    assert angle == pytest.approx(30, abs=1e-6)


def test_turned_planes_still_meet_at_the_place_and_stand_upright_on_each_other():
    turned = tilted(tilted(straight(AXIAL, PLACE), 0, 0.4, PLACE), 1, -0.7, PLACE)
    normals = [Oblique.of(cut).normal for cut in turned]
    for number, cut in enumerate(turned):
        assert cut.frame.seen_at(PLACE)[2] == pytest.approx(0, abs=1e-6)
        assert np.dot(normals[number], normals[number - 1]) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("grid", [AXIAL, replace(AXIAL, spacing_mm=None)])
@pytest.mark.parametrize("axis", [0, 1, 2])
def test_tilted_cut_is_straightened_to_what_it_was_and_the_others_stand_beside_it(grid, axis):
    plane = Plane.across(grid, axis).through_place(PLACE).with_slab(Slab(3))
    cut = Oblique.of(plane).tilted(Oblique.of(plane).right, 0.4, PLACE)
    assert straightened(cut, PLACE) == plane
    assert sorted([axis, *(other.axis for other in others(cut, PLACE))]) == [0, 1, 2]
    assert others(plane, PLACE) == others(cut, PLACE)


def test_parallel_cuts_leave_no_line():
    cut = Plane.across(AXIAL, 0, 3)
    assert lines_on((cut, cut.at(5)), 0, PLACE) == ()
