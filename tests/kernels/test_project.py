"""Slabs along the grid, against numpy."""

import numpy as np
import pytest

from kernels.project import project

VOXELS = np.random.default_rng(2).integers(-1000, 3000, (9, 11, 13)).astype(np.int16)
STRIDES = (143, 13, 1)


@pytest.mark.parametrize("form", [np.uint8, np.uint16, np.int16, np.float32])
@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("largest", [True, False])
def test_planes_across_any_axis_are_seen_as_one(form, axis, largest):
    voxels = (VOXELS % 251).astype(form)
    rows, columns = (other for other in range(3) if other != axis)
    out = np.empty((voxels.shape[rows], voxels.shape[columns]), np.float32)
    steps = STRIDES[axis], STRIDES[rows], STRIDES[columns]
    for row0, row1 in ((3, out.shape[0]), (0, 3)):
        project(voxels, 2 * STRIDES[axis], steps, 5, out, row0, row1, largest=largest)
    planes = np.moveaxis(voxels, axis, 0)[2:7].astype(np.float32)
    expected = planes.max(axis=0) if largest else planes.sum(axis=0) / np.float32(5)
    assert np.array_equal(out, expected)


def test_slab_may_be_walked_backwards():
    out = np.empty((11, 13), np.float32)
    project(VOXELS, 4 * 143 + 10 * 13 + 12, (-143, -13, -1), 3, out, 0, 11)
    assert np.array_equal(out, VOXELS[2:5, ::-1, ::-1].max(axis=0))


@pytest.mark.parametrize(("corner", "planes"), [(0, 10), (143, 9), (-1, 2), (0, 0)])
def test_slab_that_reaches_outside_is_refused(corner, planes):
    with pytest.raises(ValueError, match="planes of"):
        project(VOXELS, corner, STRIDES, planes, np.empty((11, 13), np.float32), 0, 11)
