"""What belongs to a region, its size and its values. `docs/manual/measures.md` defines them for those who use them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.domain.region import BoxVox, Measure, Region
from engine.domain.scan import Scan
from kernels.component import component, longest_distance, surface_points

GROWTH = 1.25
"""How much longer than the box's sides the axes are of the ellipsoid that a region may fill. Simulated nodules on a
vessel or the pleura come out 1.6 times too large where they may fill the whole box, and 1.1 times so."""

LEAST_REACH_VOXELS = 1.0
"""Least half axis of the ellipsoid, so that it always holds the centre of a voxel."""

SHELL_VOXELS = 2
"""How thick the surround around the ellipsoid's box is."""

LEAST_CONTRAST = 4.0
"""Spreads of the surround between its level and the core's. With 4, a fortieth of the voxels around lie beyond the
midpoint by noise alone; from a tenth on they would hang together through the whole box."""

LARGEST_VOXELS = 2_000_000
"""A larger box is not measured; it would take longer than a person should wait."""

SPREAD_OF_MEDIAN = 1.4826
"""Standard deviations in a median absolute deviation, for a normal distribution."""

Values = NDArray[np.float32]
Slices = tuple[slice, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Extent:
    """What belongs to a region.

    Args:
        first: (z, y, x) of the first voxel that was looked at.
        values: (d, h, w) float32, real values.
        rise: (d, h, w) float32, above 0 beyond the midpoint and in the ellipsoid; the surface lies at 0.
        mask: (d, h, w) bool, the voxels of the region.
    """

    first: tuple[int, ...]
    values: Values
    rise: Values
    mask: NDArray[np.bool_]


def measured(regions: Iterable[Region], scan: Scan) -> tuple[Region, ...]:
    """The regions with their measures; those of pictures, and of volumes without spacing, as they are."""
    spacing_mm = scan.spacing_mm
    if spacing_mm is None:
        return tuple(regions)
    return tuple(
        replace(region, measures=_measures(region.box_vox, scan, spacing_mm)) if region.box_vox else region
        for region in regions
    )


def extent_of(region: Region, scan: Scan) -> Extent | None:
    """What belongs to a region; None where it does not stand out. A picture counts as a volume of one slice.

    Args:
        region: its box is what counts.
        scan: the study's pixels; the channels of a colour picture are averaged.
    """
    if region.box_vox is not None and len(scan.shape) == 3:
        return _extent(region.box_vox, scan)
    if region.box_px is not None and len(scan.shape) == 2:
        x0, y0, x1, y1 = region.box_px
        return _extent((0.0, y0, x0, 1.0, y1, x1), scan)
    return None


def _measures(box: BoxVox, scan: Scan, spacing_mm: tuple[float, float, float]) -> tuple[Measure, ...]:
    """Nothing where the region does not stand out: no measure is better than a made-up one."""
    extent = _extent(box, scan)
    if extent is None:
        return ()
    found = extent.values[extent.mask].astype(np.float64)
    unit = "[hnsf'U]" if scan.modality == "CT" else "1"
    return (
        Measure("longest diameter", longest_distance(surface_points(extent.rise, extent.mask, spacing_mm)), "mm"),
        Measure("volume", found.size * math.prod(spacing_mm), "mm3"),
        Measure("mean", float(found.mean()), unit),
        Measure("standard deviation", float(found.std()), unit),
    )


def _extent(box: BoxVox, scan: Scan) -> Extent | None:
    centre, reach = _ellipsoid(box)
    cut = _voxels(centre, reach, (1, *scan.shape)[-3:])
    if math.prod(part.stop - part.start for part in cut) > LARGEST_VOXELS:
        return None
    values, surround = _real_values(scan, cut)
    core = _core(box, cut)
    rise = _rise(values, values[core], surround)
    if rise is None:
        return None
    # Beyond the ellipsoid nothing belongs; where it cuts through a finding, the surface is half-way between voxels.
    rise = np.where(_inside(centre, reach, cut), rise, -np.abs(rise))
    beyond = np.argwhere(rise[core] > 0.0)
    if beyond.size == 0:
        return None
    mask = component(rise, _nearest_to_centre(beyond, core))
    return Extent(tuple(part.start for part in cut), values, rise, mask)


def _ellipsoid(box: BoxVox) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Centre and half axes of what a region may fill, both (3,), in voxels."""
    low, high = np.array(box[:3]), np.array(box[3:])
    return (low + high) / 2.0, np.maximum((high - low) * GROWTH / 2.0, LEAST_REACH_VOXELS)


def _voxels(centre: NDArray[np.float64], reach: NDArray[np.float64], shape: tuple[int, ...]) -> Slices:
    """The voxels that the ellipsoid reaches, as far as the scan has them."""
    return tuple(
        slice(max(math.floor(low), 0), min(math.ceil(high), size))
        for low, high, size in zip(centre - reach, centre + reach, shape, strict=True)
    )


def _inside(centre: NDArray[np.float64], reach: NDArray[np.float64], cut: Slices) -> NDArray[np.bool_]:
    """Which voxels of the cut have their centre in the ellipsoid."""
    away = [
        np.square((np.arange(part.start, part.stop) + 0.5 - middle) / half)
        for middle, half, part in zip(centre, reach, cut, strict=True)
    ]
    inside: NDArray[np.bool_] = away[0][:, None, None] + away[1][:, None] + away[2] <= 1.0
    return inside


def _core(box: BoxVox, cut: Slices) -> Slices:
    """Up to 3x3x3 voxels at the centre of the box whose own centres lie in it; counted in the cut."""
    core = []
    for low, high, part in zip(box[:3], box[3:], cut, strict=True):
        centre = math.floor((low + high) / 2.0)
        start, stop = max(centre - 1, math.ceil(low - 0.5)), min(centre + 2, math.floor(high + 0.5))
        if start >= stop:  # the box is so thin that it holds no centre
            start, stop = centre, centre + 1
        core.append(slice(start - part.start, stop - part.start))
    return tuple(core)


def _real_values(scan: Scan, cut: Slices) -> tuple[Values, Values]:
    """Real values of the cut, (d, h, w), and of the shell around it, (n,)."""
    around = tuple(
        slice(max(part.start - SHELL_VOXELS, 0), min(part.stop + SHELL_VOXELS, size))
        for part, size in zip(cut, (1, *scan.shape)[-3:], strict=True)
    )
    inside = tuple(
        slice(part.start - whole.start, part.stop - whole.start) for part, whole in zip(cut, around, strict=True)
    )
    stored = scan.pixels[around] if len(scan.shape) == 3 else scan.pixels[None][around]
    values = (stored * scan.slope + scan.intercept).astype(np.float32)
    if scan.channels == 3:
        values = values.mean(axis=-1, dtype=np.float32)
    shell = np.ones(values.shape, np.bool_)
    shell[inside] = False
    return np.ascontiguousarray(values[inside]), values[shell]


def _rise(values: Values, core: Values, surround: Values) -> Values | None:
    """How far each value lies beyond the midpoint, on the core's side; None where the core does not stand out."""
    if surround.size == 0 or core.size == 0:  # a box that fills the scan, or whose centre lies beyond it
        return None
    level, ground = float(np.median(core)), float(np.median(surround))
    spread = SPREAD_OF_MEDIAN * float(np.median(np.abs(surround - np.float32(ground))))
    if not abs(level - ground) > LEAST_CONTRAST * spread:
        return None
    midpoint = np.float32((level + ground) / 2.0)
    return values - midpoint if level > ground else midpoint - values


def _nearest_to_centre(beyond: NDArray[np.int64], core: Slices) -> list[int]:
    """Of voxels of the core, (n, 3) counted in it, the one nearest to its centre; counted in the cut."""
    centre = np.array([part.stop - part.start - 1 for part in core]) / 2.0
    nearest = beyond[np.argmin(np.square(beyond - centre).sum(axis=1))]
    return [part.start + int(offset) for part, offset in zip(core, nearest, strict=True)]
