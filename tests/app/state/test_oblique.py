"""Cuts at any angle."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.state.cut import seen_on
from app.state.frame import Slab
from app.state.oblique import Oblique
from app.state.plane import Plane, three_planes
from engine.domain.region import Region
from tests.app.state.test_grid import AXIAL, SAGITTAL

ROUND = replace(AXIAL, spacing_mm=(2.0, 2.0, 2.0), shape=(21, 25, 31))
VOXELS = np.random.default_rng(2).integers(-1000, 1000, ROUND.shape).astype(np.int16)
BOX = (3.0, 4.0, 5.0, 6.0, 8.0, 7.0)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_cut_that_is_not_tilted_shows_what_the_plane_shows(axis):
    plane = Plane.across(ROUND, axis, 7)
    oblique = Oblique.of(plane)
    assert np.array_equal(oblique.cut(VOXELS), plane.cut(VOXELS))
    assert (oblique.size_px, oblique.count, oblique.index) == (plane.size_px, plane.count, 7)
    assert oblique.letters == plane.letters
    assert oblique.box(BOX) == (None if plane.box(BOX) is None else pytest.approx(plane.box(BOX)))


@pytest.mark.parametrize("mode", ["max", "mean"])
def test_slab_that_is_not_tilted_shows_what_the_slab_of_the_plane_shows(mode):
    plane = Plane.across(ROUND, 1, 12).with_slab(Slab(5, mode))
    assert np.array_equal(Oblique.of(plane).cut(VOXELS), plane.cut(VOXELS))


@settings(deadline=None, max_examples=30)
@given(angle=st.floats(-3, 3), axis=st.integers(0, 2), held=st.integers(0, 2), grid=st.sampled_from([AXIAL, SAGITTAL]))
def test_place_that_a_cut_is_tilted_about_stays_on_it(angle, axis, held, grid):
    place = tuple(size / 2 for size in grid.shape)
    about = Oblique.of(Plane.across(grid, held)).normal
    cut = Oblique.of(Plane.across(grid, axis)).tilted(about, angle, place)
    x, y, steps = cut.frame.seen_at(place)
    assert steps == pytest.approx(0, abs=1e-6)
    assert cut.frame.voxel_at(x, y) == pytest.approx(place)
    assert 0 <= x <= cut.size_px[0]
    assert 0 <= y <= cut.size_px[1]


def test_cut_tilted_by_a_right_angle_shows_the_other_plane():
    axial, coronal, sagittal = three_planes(ROUND)
    place = (10.0, 12.0, 15.0)
    tilted = Oblique.of(coronal).tilted(Oblique.of(axial).normal, math.pi / 2, place)
    shown, there = tilted.cut(VOXELS), sagittal.through_place(place).cut(VOXELS)
    assert np.array_equal(shown, there) or np.array_equal(shown[:, ::-1], there)


def test_ramp_is_sampled_between_the_voxels():
    ramp = np.broadcast_to(np.arange(31, dtype=np.float32) * 10, ROUND.shape).copy()
    cut = Oblique.of(Plane.across(ROUND, 0, 10)).tilted((0.0, 1.0, 0.0), 0.3, (10.0, 12.0, 15.0))
    shown = cut.cut(ramp)
    column, row = cut.size_px[0] // 2 + 3, cut.size_px[1] // 2
    assert shown[row, column] == pytest.approx(10 * cut.frame.voxel_at(column + 0.5, row + 0.5)[2], abs=1e-2)


def test_beside_the_volume_the_smallest_value_is_shown():
    cut = Oblique.of(Plane.across(ROUND, 0, 10)).tilted((1.0, 0.0, 0.0), 0.7, (10.0, 12.0, 15.0))
    shown = cut.cut(np.zeros(ROUND.shape, np.int16))
    assert shown[0, 0] == np.iinfo(np.int16).min
    assert shown[shown.shape[0] // 2, shown.shape[1] // 2] == 0
    assert cut.voxel(0, 0) is None
    assert cut.voxel(cut.size_px[0] // 2, cut.size_px[1] // 2)[0] == 10


def test_scrolling_goes_along_the_normal_and_stops_at_the_ends():
    cut = Oblique.of(Plane.across(ROUND, 0, 10)).tilted((0.0, 1.0, 0.0), 0.4, (10.0, 12.0, 15.0))
    on = cut.at(cut.index + 1)
    assert on.offset_mm - cut.offset_mm == pytest.approx(cut.step_mm)
    assert cut.at(10_000).index == cut.count - 1
    assert cut.at(-5).index == 0


def test_region_lies_on_the_oblique_cut_that_passes_through_it_and_on_no_other():
    region = Region("nodule", 0.9, "sure", box_vox=BOX)
    cut = Oblique.of(Plane.across(ROUND, 0, 10)).tilted((0.0, 1.0, 0.0), 0.4, (10.0, 12.0, 15.0)).through(BOX)
    (seen,) = seen_on(cut, (region,))
    x, y, _ = cut.frame.seen_at((4.0, 5.5, 5.5))
    assert seen.box_px[0] < x < seen.box_px[2]
    assert seen.box_px[1] < y < seen.box_px[3]
    assert seen_on(cut.at(cut.index + 12), (region,))[0].box_px is None


def test_words_say_that_it_is_oblique():
    cut = Oblique.of(Plane.across(AXIAL, 0, 4)).tilted((0.0, 1.0, 0.0), 0.2, (4.0, 15.0, 10.0))
    assert cut.words.startswith("axial oblique ")
    assert cut.letters[2][0] == "L"
