"""Cuts at any angle, against their definition in numpy."""

import numpy as np
import pytest

from kernels.reslice import reslice

SHAPE = (9, 11, 13)
TILTED = ((2.0, 1.0, 1.5), (0.31, 0.52, 0.7), (0.4, 0.61, -0.37), (0.7, -0.5, 0.2))
"""Corner, right, down and normal."""


def voxels_of(form=np.int16):
    return np.random.default_rng(5).integers(0, 250, SHAPE).astype(form)


def places(size, ways, number=0):
    """(height, width, 3) float64."""
    height, width = size
    corner, right, down, normal = (np.array(way, np.float64) for way in ways)
    return corner + np.arange(width)[:, None] * right + np.arange(height)[:, None, None] * down + number * normal


def inside(place, shape=SHAPE):
    return ((place >= -0.5) & (place < np.array(shape) - 0.5)).all(axis=-1)


def linear(voxels, place):
    """Between eight voxels, in float64; beyond the outermost centres their values."""
    at = np.clip(place, 0, np.array(voxels.shape) - 1)
    low = np.minimum(at.astype(int), np.maximum(np.array(voxels.shape) - 2, 0))
    total = np.zeros(place.shape[:-1])
    for corner in np.ndindex(2, 2, 2):
        index = np.minimum(low + corner, np.array(voxels.shape) - 1)
        share = np.where(corner, at - low, 1 - (at - low)).prod(axis=-1)
        total += share * voxels[tuple(np.moveaxis(index, -1, 0))]
    return total


def cut(voxels, ways, size, slices=1, **how):
    out = np.full(size, 7.0, np.float32)
    middle = size[0] // 2
    for row0, row1 in ((middle, size[0]), (0, middle)):
        reslice(voxels, *ways, slices, out, row0, row1, **how)
    return out


@pytest.mark.parametrize("form", [np.uint8, np.uint16, np.int16, np.float32])
def test_tilted_cut_lies_between_eight_voxels(form):
    voxels = voxels_of(form)
    place = places((16, 17), TILTED)
    made = cut(voxels, TILTED, (16, 17))
    there = inside(place)
    assert 0.2 < there.mean() < 0.9
    assert np.array_equal(np.isnan(made), ~there)
    np.testing.assert_allclose(made[there], linear(voxels, place)[there], atol=2e-3)


def test_nearest_voxel_is_taken_where_that_will_do():
    voxels, place = voxels_of(), places((16, 17), TILTED)
    made, there = cut(voxels, TILTED, (16, 17), smooth=False), inside(place)
    near = np.clip(np.floor(place + 0.5).astype(int), 0, np.array(SHAPE) - 1)
    assert np.array_equal(made[there], voxels[tuple(np.moveaxis(near, -1, 0))][there])


def test_cut_along_the_grid_is_the_plane_itself():
    ways = ((4.0, 0.0, 0.0), (0, 0, 1), (0, 1, 0), (1, 0, 0))
    assert np.array_equal(cut(voxels_of(), ways, SHAPE[1:]), voxels_of()[4])


def test_cut_that_runs_backwards_covers_the_same_voxels():
    ways = ((4.0, 10.0, 12.0), (0, 0, -1), (0, -1, 0), (1, 0, 0))
    assert np.array_equal(cut(voxels_of(), ways, SHAPE[1:]), voxels_of()[4, ::-1, ::-1])


@pytest.mark.parametrize("largest", [True, False])
def test_slab_is_the_largest_or_the_mean_of_the_slices_that_are_there(largest):
    voxels = voxels_of()
    slices = [places((16, 17), TILTED, number) for number in range(6)]
    values = np.array([np.where(inside(place), linear(voxels, place), np.nan) for place in slices])
    made = cut(voxels, TILTED, (16, 17), 6, largest=largest)
    there = ~np.isnan(values).all(axis=0)
    assert (np.isnan(values).any(axis=0) & there).any(), "some pixels have slices outside"
    assert np.array_equal(np.isnan(made), ~there)
    expected = (np.nanmax if largest else np.nanmean)(values[:, there], axis=0)
    np.testing.assert_allclose(made[there], expected, atol=2e-3)


@pytest.mark.parametrize("shape", [(1, 11, 13), (9, 1, 1), (1, 1, 1)])
def test_volume_of_one_voxel_along_an_axis_has_nothing_between(shape):
    voxels = np.full(shape, 5, np.int16)
    made = cut(voxels, ((0.0, 0.0, 0.0), (0, 0.3, 0.3), (0.3, 0, 0.1), (1, 0, 0)), (4, 4))
    place = places((4, 4), ((0.0, 0.0, 0.0), (0, 0.3, 0.3), (0.3, 0, 0.1), (1, 0, 0)))
    assert np.array_equal(np.isnan(made), ~inside(place, shape))
    assert set(made[~np.isnan(made)]) == {5.0}


def test_cut_beside_the_volume_holds_no_number():
    far = ((50.0, 0.0, 0.0), (0, 0, 1), (0, 1, 0), (1, 0, 0))
    assert np.isnan(cut(voxels_of(), far, (3, 3))).all()


def test_no_volume_and_no_slice_are_refused():
    way = (0.0, 0.0, 1.0)
    for voxels, slices in ((np.zeros((3, 3), np.int16), 1), (voxels_of(), 0), (np.zeros((0, 3, 3), np.int16), 1)):
        with pytest.raises(ValueError, match="cannot be cut"):
            reslice(voxels, way, way, way, way, slices, np.empty((2, 2), np.float32), 0, 1)
