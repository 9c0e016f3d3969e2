"""Cuts through a volume."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.state.cut import seen_on
from app.state.frame import Slab
from app.state.grid import Grid
from app.state.plane import Plane, Way, three_planes
from app.state.reslice import resliced
from engine.domain.region import Region
from engine.domain.scan import IDENTITY
from tests.app.state.test_grid import AXIAL, SAGITTAL

FROM_NIFTI = replace(AXIAL, direction=(-1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 1.0))
"""Columns to the right and rows to the front, as most NIfTI files are stored."""

BARE = replace(AXIAL, spacing_mm=None)
VOXELS = np.arange(40 * 30 * 20, dtype=np.int32).reshape(40, 30, 20)
BOX = (3.0, 4.0, 5.0, 6.0, 8.0, 6.5)


@pytest.mark.parametrize("grid", [AXIAL, SAGITTAL, FROM_NIFTI])
def test_each_plane_is_turned_the_way_it_is_read_however_it_is_stored(grid):
    letters = {plane.name: plane.letters for plane in three_planes(grid)}
    assert letters == {"axial": ("R", "A", "L", "P"), "coronal": ("R", "H", "L", "F"), "sagittal": ("A", "H", "P", "F")}


def test_planes_come_as_axial_coronal_and_sagittal():
    assert [plane.name for plane in three_planes(SAGITTAL)] == ["axial", "coronal", "sagittal"]
    assert [plane.axis for plane in three_planes(SAGITTAL)] == [1, 2, 0]


def test_slice_of_a_straight_ct_is_shown_as_it_is_stored():
    assert np.array_equal(Plane.across(AXIAL, 0, 7).cut(VOXELS), VOXELS[7])


def test_coronal_cut_has_the_head_above():
    assert np.array_equal(Plane.across(AXIAL, 1, 7).cut(VOXELS), VOXELS[::-1, 7, :])


def test_cut_that_runs_against_the_array_is_turned():
    plane = Plane(BARE, 0, 2, right=Way(1), down=Way(2, rising=False))
    assert np.array_equal(plane.cut(VOXELS), VOXELS[2].T[::-1])


def test_volume_without_a_known_patient_is_cut_as_it_is_stored():
    for axis, cut in enumerate((VOXELS[20], VOXELS[:, 15], VOXELS[:, :, 10])):
        assert np.array_equal(Plane.across(BARE, axis).cut(VOXELS), cut)
    assert Plane.across(BARE, 0).words == "slice 21/40"


@given(
    grid=st.sampled_from([AXIAL, SAGITTAL, FROM_NIFTI, BARE]), axis=st.integers(0, 2), index=st.integers(0, 19),
    column=st.integers(0, 19), row=st.integers(0, 19),
)  # fmt: skip
def test_voxel_of_a_pixel_holds_what_the_cut_shows_there(grid, axis, index, column, row):
    plane = Plane.across(grid, axis, index)
    assert plane.cut(VOXELS)[row, column] == VOXELS[plane.voxel(column, row)]


@given(grid=st.sampled_from([AXIAL, SAGITTAL, FROM_NIFTI, BARE]), axis=st.integers(0, 2))
def test_box_covers_on_the_cut_the_voxels_that_it_covers_in_the_volume(grid, axis):
    marked = np.zeros(grid.shape, bool)
    marked[3:6, 4:8, 5:7] = True
    plane = Plane.across(grid, axis).through((3.0, 4.0, 5.0, 6.0, 8.0, 7.0))
    x0, y0, x1, y1 = map(int, plane.box((3.0, 4.0, 5.0, 6.0, 8.0, 7.0)))
    cut = plane.cut(marked)
    assert cut[y0:y1, x0:x1].all()
    assert cut.sum() == (y1 - y0) * (x1 - x0)


@pytest.mark.parametrize(("index", "touched"), [(2, False), (3, True), (5, True), (6, False)])
def test_region_lies_on_the_slices_that_its_box_touches(index, touched):
    assert (Plane.across(AXIAL, 0, index).box(BOX) is not None) is touched


def test_slice_is_touched_by_any_part_of_it():
    assert Plane.across(AXIAL, 2, 6).box(BOX) is not None
    assert Plane.across(AXIAL, 2, 7).box(BOX) is None


def test_plane_through_a_box_is_the_one_with_its_centre():
    assert Plane.across(AXIAL, 0).through(BOX).index == 4
    assert Plane.across(AXIAL, 2).through(BOX).index == 5


def test_going_beyond_the_ends_stays_at_the_ends():
    plane = Plane.across(AXIAL, 0)
    assert (plane.at(-3).index, plane.at(400).index, Plane.across(AXIAL, 0, 99).index) == (0, 39, 39)


def test_words_name_plane_number_and_place():
    assert Plane.across(AXIAL, 0, 4).words == "axial 5/40, z 110.0 mm"
    just_below = replace(AXIAL, origin_mm=(0.0, 0.0, -1e-9))
    assert Plane.across(just_below, 0, 0).words == "axial 1/40, z 0.0 mm"


def test_average_is_that_of_all_slices_turned_like_the_cut():
    seen = Plane.across(AXIAL, 1).average(VOXELS)
    assert np.allclose(seen, VOXELS.mean(axis=1)[::-1])
    assert seen.dtype == np.float32


def test_unrelated_slices_have_no_cut_through_them():
    (plane,) = three_planes(replace(AXIAL, unrelated=True), BOX)
    assert plane.name == "frame"
    assert (plane.axis, plane.index, plane.aspect) == (0, 4, 1.0)


def test_regions_that_the_plane_does_not_touch_keep_their_place_in_the_list():
    regions = (
        Region("nodule", 0.9, "sure", box_vox=BOX),
        Region("nodule", 0.5, "sure", box_vox=(9.0, *BOX[1:3], 12.0, *BOX[4:])),
    )
    seen = seen_on(Plane.across(AXIAL, 0, 4), regions)
    assert (seen[0].box_px, seen[0].box_vox) == ((5.0, 4.0, 6.5, 8.0), None)
    assert seen[1] is regions[1]
    assert seen_on(None, regions) == regions


def test_one_slice_is_a_volume_too():
    grid = Grid((1, 4, 5), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), IDENTITY)
    assert [plane.size_px for plane in three_planes(grid)] == [(5, 4), (5, 1), (4, 1)]


@given(
    grid=st.sampled_from([AXIAL, SAGITTAL, FROM_NIFTI, BARE]), axis=st.integers(0, 2), index=st.integers(0, 19),
    slab=st.builds(Slab, st.integers(1, 9), st.sampled_from(["max", "mean"])),
)  # fmt: skip
def test_frame_says_where_the_pixels_of_a_cut_lie(grid, axis, index, slab):
    plane = Plane.across(grid, axis, index).with_slab(slab)
    assert np.array_equal(resliced(VOXELS, plane.frame, plane.size_px), plane.cut(VOXELS))
    x, y, beyond = plane.frame.seen_at(plane.frame.voxel_at(3.25, 4.5))
    assert (x, y, beyond) == pytest.approx((3.25, 4.5, 0.0))


def test_slab_is_cut_off_at_the_ends_and_its_largest_and_mean_values_are_seen():
    plane = Plane.across(AXIAL, 0, 1).with_slab(Slab(5))
    assert plane.slices == (0, 4)
    assert np.array_equal(plane.cut(VOXELS), VOXELS[:4].max(axis=0))
    mean = plane.with_slab(Slab(5, "mean")).cut(VOXELS)
    assert np.array_equal(mean, np.floor(VOXELS[:4].mean(axis=0) + 0.5))
    assert mean.dtype == VOXELS.dtype


def test_region_is_seen_on_a_slab_that_touches_it():
    thin = Plane.across(AXIAL, 0, 8)
    assert thin.box(BOX) is None
    assert thin.with_slab(Slab(7)).box(BOX) is not None


def test_slab_is_never_thicker_than_the_volume_and_frames_have_none():
    assert Plane.across(AXIAL, 2).with_slab(Slab(900)).slab.slices == 20
    assert Plane.across(replace(AXIAL, unrelated=True), 0).with_slab(Slab(5)).slab.slices == 1
