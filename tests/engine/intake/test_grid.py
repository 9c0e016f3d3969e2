"""The grid through the planes of a series, and the way back from it to each of them."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import InputError
from engine.intake.grid import Grid, lay_grid
from tests.engine.intake.slices import AXIAL, COLUMNS, OBLIQUE, ROWS, SPACING_MM, at, header


def grid_of(depths, cosines=AXIAL, drift=(0.0, 0.0)) -> Grid:
    """`drift`: mm along the rows and columns for each mm of depth."""
    return lay_grid(
        [header(at(z, cosines, row_mm=z * drift[0], column_mm=z * drift[1]), cosines) for z in depths], "series"
    )


def centre_mm(grid: Grid, z: float, y: float, x: float) -> np.ndarray:
    """LPS position of a place in the grid, in voxels from the centre of the first."""
    return np.array(grid.origin_mm) + np.array(grid.direction).reshape(3, 3) @ (
        np.array([x, y, z]) * np.array(grid.spacing_mm)[::-1]
    )


def test_even_planes_are_the_grid_themselves():
    grid = grid_of([0.0, 2.0, 4.0, 6.0])
    assert grid.is_stored
    assert grid.shape == (4, ROWS, COLUMNS)
    assert grid.spacing_mm == (2.0, *SPACING_MM)
    assert grid.origin_mm == (-20.0, 30.0, 5.0)
    assert [(slice_.z_vox, slice_.shift_px) for slice_ in grid.slices] == [(z + 0.5, (0.0, 0.0)) for z in range(4)]


@pytest.mark.parametrize("cosines", [AXIAL, OBLIQUE, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)])
@pytest.mark.parametrize("drift", [(0.0, 0.0), (0.0, -0.33), (0.21, 0.4)])
@pytest.mark.parametrize("depths", [[0, 2, 4, 6, 8], [0, 1, 2, 5, 8], [-3, -1.5, -0.2, 1.1, 3.0, 4.9]])
def test_the_grid_leads_back_to_the_position_of_every_stored_corner(cosines, drift, depths):
    grid = grid_of(depths, cosines, drift)
    assert np.linalg.det(np.array(grid.direction).reshape(3, 3)) == pytest.approx(1.0)
    for z_mm, where in zip(depths, grid.slices, strict=True):
        position = at(z_mm, cosines, row_mm=z_mm * drift[0], column_mm=z_mm * drift[1])
        for row, column in ((0, 0), (0, COLUMNS - 1), (ROWS - 1, 0), (ROWS - 1, COLUMNS - 1)):
            y, x = row - where.shift_px[0], column - where.shift_px[1]
            stated = (
                position + column * SPACING_MM[1] * np.array(cosines[:3]) + row * SPACING_MM[0] * np.array(cosines[3:])
            )
            np.testing.assert_allclose(centre_mm(grid, where.z_vox - 0.5, y, x), stated, atol=1e-5)
            assert -1e-6 <= y <= grid.shape[1] - 1 + 1e-6, "no stored pixel lies outside the grid"
            assert -1e-6 <= x <= grid.shape[2] - 1 + 1e-6
        assert 0.0 <= where.z_vox <= grid.shape[0]


def test_a_missing_slice_is_refused_by_its_neighbours_names_step_and_limit():
    with pytest.raises(InputError) as caught:
        grid_of([0.0, 2.5, 5.0, 12.5, 15.0])
    assert caught.value.code == "IN-SER-GAP"
    assert "7.50 mm between slice 3 (10.000.dcm) and slice 4 (17.500.dcm) of 5" in caught.value.message
    assert "2.50 mm (limit 1.5x)" in caught.value.message
    assert caught.value.next_step


@pytest.mark.parametrize("depths", [[0, 5, 7.5, 10], [0, 2.5, 5, 10], [0, 1, 3, 4, 5, 7, 8]])
def test_a_gap_is_found_at_the_ends_and_several_are_counted(depths):
    with pytest.raises(InputError) as caught:
        grid_of(depths)
    assert caught.value.code == "IN-SER-GAP"
    assert ("1 more gaps follow" in caught.value.message) == (len(depths) == 7)


def test_two_regular_spacings_are_uneven_and_no_gap():
    grid = grid_of([0, 1, 2, 3, 4, 9, 14, 19])
    assert grid.steps_mm == (1.0, 5.0)
    assert grid.spacing_mm[0] == 1.0
    assert grid.shape[0] == 20


@pytest.mark.parametrize("error_mm", [0.02, -0.04])
def test_positions_rounded_by_the_writer_are_even(error_mm):
    grid = grid_of([0.0, 2.5, 5.0 + error_mm, 7.5, 10.0])
    assert grid.is_stored
    assert grid.slices[2].z_vox == pytest.approx(2.5 + error_mm / 2.5)


def test_steps_that_add_up_are_uneven_though_each_is_within_the_limit():
    assert grid_of(np.cumsum([0, *[2.5] * 20, *[2.52] * 20])).steps_mm is not None


def test_one_odd_step_does_not_multiply_the_slices_and_every_slice_has_a_share():
    depths = np.cumsum([0, *[4.0] * 13, 1.08, *[7.0] * 13])
    grid = grid_of(depths)
    assert grid.spacing_mm[0] == pytest.approx(4.0)
    planes = np.arange(grid.shape[0]) * grid.spacing_mm[0]
    for before, after in zip(depths[:-2], depths[2:], strict=True):
        assert ((before < planes) & (planes < after)).any()
    assert planes[-1] >= depths[-1] - 0.04


def test_a_drift_below_the_tolerance_is_no_tilt():
    assert grid_of([0, 2, 4, 6], drift=(0.008, 0.0)).is_stored
    assert grid_of([0, 2, 4, 6], drift=(0.009, 0.0)).drift_mm == pytest.approx(0.054)


def test_two_slices_make_a_grid():
    assert grid_of([0.0, 3.0]).shape[0] == 2
