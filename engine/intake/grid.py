"""Planes of a series to one even, orthogonal grid, with the way back from the grid to each plane; no pixels yet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import Direction, StoredSlice
from engine.intake.dicom.slice_header import SliceHeader
from engine.intake.series import axes, depths_mm
from engine.intake.steps import check_gaps, is_even

_LAST_SHARE = 0.01
"""A last slice that lies this far past a plane of the grid, in steps, needs no further plane."""

_DRIFT_MM = 0.05
"""In-plane shift over a whole series up to which it counts as straight."""

_FINEST_SHARE = 0.1
"""The finest tenth of uneven steps gives the grid its step, so that one odd step does not multiply the slices."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the voxels of a volume lie.

    Args:
        shape: (depth, height, width).
        spacing_mm: (z, y, x).
        origin_mm: (x, y, z) LPS of the centre of the first voxel.
        direction: row-major 3x3, columns are the LPS directions of the axes x, y, z.
        slices: one for each plane, in their order.
        drift_mm: greatest in-plane shift between two slices, which straightening takes out; 0 where there is none.
        steps_mm: least and greatest step of an uneven series; None for an even one.
    """

    shape: tuple[int, int, int]
    spacing_mm: tuple[float, float, float]
    origin_mm: tuple[float, float, float]
    direction: Direction
    slices: tuple[StoredSlice, ...]
    drift_mm: float
    steps_mm: tuple[float, float] | None

    @property
    def is_stored(self) -> bool:
        """Whether each slice of the grid is a stored image as it is."""
        return self.drift_mm == 0.0 and self.steps_mm is None


def lay_grid(planes: Sequence[SliceHeader], source: str) -> Grid:
    """Lays the grid through planes that are parallel, of one size, at different places and in order.

    Args:
        planes: at least two.
        source: the series, for messages.

    Raises:
        InputError: IN-SER-GAP where a slice is missing.
    """
    first = planes[0]
    depths = depths_mm(planes)
    check_gaps(planes, depths, source)
    step_mm, steps_mm = _even_step(depths)
    along = depths - depths[0]
    depth = len(planes) if steps_mm is None else math.ceil(along[-1] / step_mm - _LAST_SHARE) + 1

    _, y_mm, x_mm = first.plane.spacing_mm or (0.0, 1.0, 1.0)
    positions = np.array([plane.plane.origin_mm for plane in planes], np.float64)
    in_plane = (positions - positions[0]) @ axes(first.plane.direction)[:, 1::-1]
    drift_mm = float(np.ptp(in_plane, axis=0).max())
    if drift_mm <= _DRIFT_MM:
        drift_mm, in_plane = 0.0, np.zeros_like(in_plane)
    corner = in_plane.min(axis=0)
    # Rounded, so that whole pixels of drift are whole and need no interpolation.
    offsets_px = np.round((in_plane - corner) / (y_mm, x_mm), 6)
    rows, columns = (math.ceil(most) for most in offsets_px.max(axis=0))
    origin = positions[0] + axes(first.plane.direction)[:, 1::-1] @ corner
    return Grid(
        shape=(depth, first.rows + rows, first.columns + columns),
        spacing_mm=(step_mm, y_mm, x_mm),
        origin_mm=(float(origin[0]), float(origin[1]), float(origin[2])),
        direction=first.plane.direction,
        slices=tuple(
            StoredSlice(float(z_mm / step_mm + 0.5), (0.0 - float(y), 0.0 - float(x)))
            for z_mm, (y, x) in zip(along, offsets_px, strict=True)
        ),
        drift_mm=drift_mm,
        steps_mm=steps_mm,
    )


def _even_step(depths: NDArray[np.float64]) -> tuple[float, tuple[float, float] | None]:
    """The step of the grid, and the least and greatest stored step where they are not even.

    Of an uneven series the grid takes its finest steps, and is so fine that every slice has a share in it: between
    the two neighbours of a slice there is always a plane of the grid.
    """
    steps = np.diff(depths)
    if is_even(depths):
        return float(steps.mean()), None
    fine = float(np.quantile(steps, _FINEST_SHARE, method="lower"))
    between_neighbours = float((steps[:-1] + steps[1:]).min())
    return min(fine, between_neighbours * (1.0 - _LAST_SHARE)), (float(steps.min()), float(steps.max()))
