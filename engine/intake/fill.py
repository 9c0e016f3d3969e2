"""Slices into the voxels of their grid, one after the other: as they are, or straightened and evenly spaced."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import StoredSlice
from engine.intake.decoded import Pixels
from engine.intake.grid import Grid

_ON_A_PLANE = 0.01
"""A slice this near to a plane of the grid, in steps, is that plane."""

Floats = NDArray[np.float32]


def fill(voxels: Pixels, grid: Grid, slices: Iterable[Pixels], *, outside_is_high: bool = False) -> None:
    """Writes every plane of the grid; no more than two slices are held at a time.

    Args:
        voxels: (depth, height, width) of the grid's shape; written.
        grid: where they lie.
        slices: (rows, columns) each, in the grid's order, of values that the voxels can hold.
        outside_is_high: what lies outside a straightened slice gets its greatest value, not its least
            (MONOCHROME1, where that is black).
    """
    if grid.is_stored:
        for index, stored in enumerate(slices):
            voxels[index] = stored
        return
    height, width = grid.shape[1:]
    straight = (
        straightened(stored, where, (height, width), outside_is_high=outside_is_high)
        for stored, where in zip(slices, grid.slices, strict=True)
    )
    if grid.steps_mm is None:
        for index, plane in enumerate(straight):
            voxels[index] = _rounded(plane, voxels.dtype)
        return
    _spread(voxels, grid, straight)


def straightened(stored: Pixels, where: StoredSlice, size: tuple[int, int], *, outside_is_high: bool = False) -> Floats:
    """Shifts one slice to its place in a larger frame, linear between its pixels.

    Args:
        stored: (rows, columns).
        where: its `shift_px` leads from the frame to the slice, and is 0 or less.
        size: (height, width) of the frame.
        outside_is_high: see `fill`.

    Returns:
        (height, width) float32; its edge pixels reach up to one pixel further where it falls between two.
    """
    y, x = (-shift for shift in where.shift_px)
    moved = _moved(_moved(stored.astype(np.float32), y % 1.0).T, x % 1.0).T
    outside = stored.max() if outside_is_high else stored.min()
    frame = np.full(size, outside, np.float32)
    top, left = math.floor(y), math.floor(x)
    height, width = min(moved.shape[0], size[0] - top), min(moved.shape[1], size[1] - left)
    frame[top : top + height, left : left + width] = moved[:height, :width]
    return frame


def _moved(pixels: Floats, part_px: float) -> Floats:
    """Moves rows on by a part of a pixel, which makes one row more; (rows + 1, columns) or as they are."""
    if part_px == 0.0:
        return pixels
    part = np.float32(part_px)
    moved = np.empty((pixels.shape[0] + 1, pixels.shape[1]), np.float32)
    moved[0], moved[-1] = pixels[0], pixels[-1]
    moved[1:-1] = part * pixels[:-1] + (np.float32(1.0) - part) * pixels[1:]
    return moved


def _spread(voxels: Pixels, grid: Grid, straight: Iterable[Floats]) -> None:
    """Linear between the two slices next to each plane; a plane past the last slice is the last slice."""
    at, last_place, last = 0, 0.0, np.zeros((0, 0), np.float32)
    for where, plane in zip(grid.slices, straight, strict=True):
        place = where.z_vox - 0.5
        while at < grid.shape[0] and at <= place + _ON_A_PLANE:
            if at >= place - _ON_A_PLANE:
                voxels[at] = _rounded(plane, voxels.dtype)
            else:
                share = np.float32((at - last_place) / (place - last_place))
                voxels[at] = _rounded(last + share * (plane - last), voxels.dtype)
            at += 1
        last_place, last = place, plane
    voxels[at:] = _rounded(last, voxels.dtype)


def _rounded(plane: Floats, dtype: np.dtype[np.generic]) -> Pixels:
    return plane if dtype.kind == "f" else np.rint(plane).astype(dtype)
