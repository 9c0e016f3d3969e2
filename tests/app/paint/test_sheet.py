"""Where a flat picture lies in memory."""

import numpy as np
import pytest

from app.paint.sheet import Sheet
from app.state.grid import Grid
from app.state.plane import Plane
from engine.domain.scan import IDENTITY

MIRRORED = (-1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 1.0)


def walked(sheet):
    """The picture, value by value."""
    width, height = sheet.size_px
    at = sheet.corner + np.arange(height)[:, None] * sheet.step_down + np.arange(width) * sheet.step_right
    return sheet.values.reshape(-1)[at]


@pytest.mark.parametrize("direction", [IDENTITY, MIRRORED])
@pytest.mark.parametrize("axis", [0, 1, 2])
def test_plane_of_a_volume_is_walked_as_it_is_looked_at(axis, direction):
    voxels = np.arange(4 * 5 * 6, dtype=np.int16).reshape(4, 5, 6)
    plane = Plane.across(Grid(voxels.shape, (2.0, 1.0, 1.0), (0.0, 0.0, 0.0), direction), axis)
    assert np.array_equal(walked(Sheet.of_plane(voxels, plane.frame, plane.size_px)), plane.cut(voxels))


def test_colour_picture_is_walked_pixel_by_pixel():
    pixels = np.arange(3 * 4 * 3, dtype=np.uint8).reshape(3, 4, 3)
    sheet = Sheet.of(pixels)
    assert (sheet.channels, sheet.size_px) == (3, (4, 3))
    assert np.array_equal(walked(sheet), pixels[..., 0])


def test_frame_of_a_colour_stack_is_walked_pixel_by_pixel():
    frames = np.random.default_rng(0).integers(0, 255, (3, 4, 5, 3), np.uint8)
    grid = Grid((3, 4, 5), None, (0.0, 0.0, 0.0), IDENTITY, unrelated=True)
    plane = Plane.across(grid, 0, 2)
    sheet = Sheet.of_plane(frames, plane.frame, plane.size_px)
    assert sheet.channels == 3
    assert np.array_equal(walked(sheet), frames[2, ..., 0])
