"""Stored slices in their grid: untouched where it is even, and straightened and evenly spaced otherwise."""

from __future__ import annotations

import numpy as np
import pytest

from engine.domain.scan import StoredSlice
from engine.intake.fill import fill, straightened
from engine.intake.grid import lay_grid
from tests.engine.intake.slices import COLUMNS, ROWS, at, header, noise


def filled(depths, slices, drift=(0.0, 0.0), dtype=np.int16, **options):
    grid = lay_grid([header(at(z, row_mm=z * drift[0], column_mm=z * drift[1])) for z in depths], "series")
    voxels = np.full(grid.shape, 30_000, dtype)
    fill(voxels, grid, iter(slices), **options)
    return grid, voxels


def test_an_even_series_is_copied():
    slices = noise(4)
    _, voxels = filled([0, 2, 4, 6], slices)
    np.testing.assert_array_equal(voxels, slices)


def test_whole_pixels_of_drift_move_without_a_change():
    slices = noise(3)
    grid, voxels = filled([0, 2, 4], slices, drift=(0.4, -0.25))  # one pixel of 0.8 mm, one of 0.5 mm a slice
    assert grid.shape == (3, ROWS + 2, COLUMNS + 2)
    for number in range(3):
        top, left = 2 - number, number
        np.testing.assert_array_equal(voxels[number, top : top + ROWS, left : left + COLUMNS], slices[number])
        outside = np.ones(grid.shape[1:], bool)
        outside[top : top + ROWS, left : left + COLUMNS] = False
        assert (voxels[number][outside] == slices[number].min()).all()


def test_outside_is_the_greatest_value_where_that_is_black():
    _, voxels = filled([0, 2], noise(2), drift=(0.4, 0.0), outside_is_high=True)
    assert voxels[0, 0, -1] == noise(2)[0].max()


@pytest.mark.parametrize("part", [0.0, 0.25, 0.5, 0.9])
def test_a_part_of_a_pixel_is_linear_and_keeps_the_centre_of_mass(part):
    spot = np.zeros((ROWS, COLUMNS), np.int16)
    spot[2, 3] = 1000
    frame = straightened(spot, StoredSlice(0.5, (-part, -part)), (ROWS + 1, COLUMNS + 1))
    rows, columns = np.indices(frame.shape)
    assert frame.sum() == pytest.approx(1000)
    assert (frame * rows).sum() / frame.sum() == pytest.approx(2 + part, abs=1e-5)
    assert (frame * columns).sum() / frame.sum() == pytest.approx(3 + part, abs=1e-5)


def test_the_edge_is_kept_where_it_falls_between_two_pixels():
    frame = straightened(np.full((4, 5), 70, np.int16), StoredSlice(0.5, (-0.5, 0.0)), (5, 5))
    assert (frame == 70).all()


def test_uneven_planes_are_linear_between_the_slices_beside_them():
    slices = np.stack([np.full((ROWS, COLUMNS), value, np.int16) for value in (0, 10, 20, 50, 80)])
    grid, voxels = filled([0, 1, 2, 5, 8], slices)
    assert grid.shape[0] == 9
    np.testing.assert_array_equal(voxels[:, 0, 0], [0, 10, 20, 30, 40, 50, 60, 70, 80])


def test_a_plane_past_the_last_slice_is_the_last_slice():
    slices = np.stack([np.full((ROWS, COLUMNS), value, np.int16) for value in (0, 10, 20, 35)])
    grid, voxels = filled([0, 1, 2, 3.5], slices)
    assert grid.shape[0] == 5
    np.testing.assert_array_equal(voxels[:, 0, 0], [0, 10, 20, 30, 35])


def test_a_marker_in_every_slice_is_found_where_the_grid_says_it_went():
    rng = np.random.default_rng(1)
    depths, drift = [0.0, 1.0, 2.0, 3.2, 5.1, 7.0], (0.31, -0.47)
    places = rng.integers((1, 1), (ROWS - 1, COLUMNS - 1), (len(depths), 2))
    for number, (row, column) in enumerate(places):
        slices = np.zeros((len(depths), ROWS, COLUMNS), np.float32)
        slices[number, row, column] = 1000.0
        grid, voxels = filled(depths, slices, drift, np.float32)
        where = grid.slices[number]
        z, y, x = (float((voxels * index).sum() / voxels.sum()) for index in np.indices(voxels.shape))
        assert y + where.shift_px[0] == pytest.approx(row, abs=1e-3)
        assert x + where.shift_px[1] == pytest.approx(column, abs=1e-3)
        assert abs(z - (where.z_vox - 0.5)) < 0.5
