"""Letters, names and places of a volume's axes."""

import numpy as np
import pytest

from app.state.grid import LONGEST_PIXEL, Grid
from engine.domain.scan import IDENTITY, Provenance, Scan

AXIAL = Grid((40, 30, 20), (2.5, 0.8, 0.5), (-5.0, -12.0, 100.0), IDENTITY)
SAGITTAL = Grid((40, 30, 20), (3.0, 1.0, 1.0), (60.0, -12.0, 100.0), (0.0, 0.0, -1.0, 1.0, 0.0, 0.0, 0.0, -1.0, 0.0))
"""As stored by scanners: columns to the back, rows to the feet, slices to the right."""
CORONAL = Grid((40, 30, 20), (3.0, 1.0, 1.0), (0.0, 50.0, 0.0), (1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, -1.0, 0.0))


def turned(degrees):
    """Slices tilted about x, as MR is planned along the spine."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return Grid((4, 5, 6), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0, c, -s, 0.0, s, c))


def test_axes_of_a_straight_ct_lead_to_the_left_the_back_and_the_head():
    assert [AXIAL.letters(axis, rising=True) for axis in range(3)] == ["H", "P", "L"]
    assert [AXIAL.letters(axis, rising=False) for axis in range(3)] == ["F", "A", "R"]


@pytest.mark.parametrize(("grid", "name"), [(AXIAL, "axial"), (SAGITTAL, "sagittal"), (CORONAL, "coronal")])
def test_stored_slices_are_named_by_what_they_cut(grid, name):
    assert grid.plane_name(0) == name
    assert sorted(grid.plane_name(axis) for axis in range(3)) == ["axial", "coronal", "sagittal"]


@pytest.mark.parametrize(("degrees", "letters"), [(10, "P"), (20, "PH"), (44, "PH"), (60, "HP"), (89, "H")])
def test_oblique_edge_gets_its_second_letter_from_15_degrees_on(degrees, letters):
    assert turned(degrees).letters(1, rising=True) == letters


def test_axes_between_two_directions_still_get_a_name_each():
    assert sorted(turned(45).plane_name(axis) for axis in range(3)) == ["axial", "coronal", "sagittal"]


def test_position_of_a_slice_is_the_coordinate_of_its_voxels():
    assert AXIAL.position_mm(0, 4) == ("z", 110.0)
    assert SAGITTAL.position_mm(0, 10) == ("x", 30.0)
    assert AXIAL.point_mm((4, 10, 20)) == (5.0, -4.0, 110.0)


def test_position_of_an_oblique_slice_is_measured_along_its_normal():
    grid = turned(20)
    axis, position = grid.position_mm(0, 3)
    assert (axis, position) == ("z", pytest.approx(3.0))
    assert np.array(grid.point_mm((3, 2, 1))) @ grid.along(0) == pytest.approx(position)


def test_pixel_has_the_shape_of_its_spacing_within_reason():
    assert AXIAL.aspect(across=2, down=1) == 1.6
    assert AXIAL.aspect(across=2, down=0) == 5.0
    assert Grid((2, 2, 2), (1e6, 1.0, 1.0), (0.0, 0.0, 0.0), IDENTITY).aspect(2, 0) == LONGEST_PIXEL


def test_nothing_is_said_of_the_patient_where_the_file_does_not_say_it():
    bare = Grid((4, 5, 6), None, (0.0, 0.0, 0.0), IDENTITY)
    assert (bare.plane_name(0), bare.letters(0, rising=True)) == ("slice", "")
    assert (bare.position_mm(0, 1), bare.point_mm((0, 0, 0)), bare.aspect(2, 0)) == (None, None, 1.0)


def test_grid_of_a_stack_knows_that_its_pictures_are_unrelated():
    file = Provenance(("a.dcm",), "test")
    scan = Scan(np.zeros((3, 4, 5), np.uint8), "stack", "US", "MONOCHROME2", file, spacing_mm=(1.0, 1.0, 1.0))
    grid = Grid.of(scan)
    assert grid.shape == (3, 4, 5)
    assert grid.unrelated
    assert not grid.located
