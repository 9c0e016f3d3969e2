"""What differs between a study and its template: levels matched, registered as a whole, then place by place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.budget import Budget
from engine.detect.foreign.components import regions_of
from engine.domain.region import Region
from engine.domain.scan import Scan
from engine.errors import OutOfDomainError
from engine.opinion.settings import OpinionRule
from engine.prepare.pool import RowPool
from kernels.difference import beyond, distance, find_shifts, value_range
from kernels.shrink import shrink

LABEL = "differs"
"""Of every region: a template knows no classes."""

CELL_PX = 32
"""Side of the cells that are registered by themselves: wider than a trace or an edge, smaller than what bends."""

REACH_PX = 6
"""How far a cell may lie from where the whole picture has it."""

MOST_DIFFERING = 0.05
"""Share of a picture from which it is no picture of this part."""

_COARSE_PX = 192
_COARSE_REACH = 12
"""The whole is registered at a size of so many pixels first, so far in each direction: a 16th of the longer side."""

_FINER_REACH = 1
_LINK_PX = 3
"""Differing pixels so close to each other are one region, which is as much wider than what differs."""

_HALF_SCORE = 16.0
"""Differing pixels, each counted by its contrast, of a region with a score of a half."""

_GAIN = (0.25, 4.0)
_TOLD = 0.05
"""Share of the template's range from which dark and bright tell a gain."""
_SAMPLE = 1 << 18

_BAND_VALUES = 1 << 24
"""Values that are looked at between two looks at the clock: some hundredths of a second."""

Floats = NDArray[np.float32]
Planes = tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class _Bands:
    """Runs kernels over the rows of a picture, band by band, and begins none that would not end in time."""

    pool: RowPool
    budget: Budget

    def run(self, work: Callable[[int, int], None], rows: int, values_a_row: int) -> None:
        """Calls `work(row0, row1)` until every row was done once.

        Raises:
            BudgetExceeded, Cancelled: the time is over.
        """
        step, needs_s = max(1, _BAND_VALUES // values_a_row), 0.0
        for first in range(0, rows, step):
            self.budget.check("second opinion", needs_s)
            began_s = self.budget.spent_s()
            self.pool.run(_from(first, work), min(step, rows - first), values_a_row)
            needs_s = self.budget.spent_s() - began_s


def _from(first: int, work: Callable[[int, int], None]) -> Callable[[int, int], None]:
    return lambda row0, row1: work(first + row0, first + row1)


def differing(scan: Scan, template: Scan, rule: OpinionRule, pool: RowPool, budget: Budget) -> tuple[Region, ...]:
    """Where a picture is not what its template shows, highest score first, ties by position.

    Args:
        scan: the study; a photograph or a single image.
        template: of the same size and colours.
        rule: what counts as a difference.
        pool: for the rows.
        budget: asked between steps.

    Raises:
        OutOfDomainError: OD-TEMPLATE, so much differs that the template is of something else.
        BudgetExceeded, Cancelled: the time is over.
    """
    bands = _Bands(pool, budget)
    return _regions(_difference(scan, template, rule.tolerance_px, bands), rule, bands)


def difference(scan: Scan, template: Scan, tolerance_px: int, pool: RowPool) -> Floats:
    """By how much each pixel differs beyond the tolerance, in shares of the template's range of values.

    Returns:
        (H, W) float32, 0 where nothing differs.
    """
    return _difference(scan, template, tolerance_px, _Bands(pool, Budget()))


def regions_of_difference(differs: Floats, rule: OpinionRule, pool: RowPool) -> tuple[Region, ...]:
    """The regions that differing pixels make; as `differing`, however much differs."""
    return _linked(differs, rule, _Bands(pool, Budget()))


def _difference(scan: Scan, template: Scan, tolerance_px: int, bands: _Bands) -> Floats:
    wanted = _planes(template)
    own = tuple(_matched(plane, like) for plane, like in zip(_planes(scan), wanted, strict=True))
    span = max(map(_span, wanted)) or max(map(_span, own)) or 1.0
    shifts = _shifts(_mean(own), _mean(wanted), bands)
    differs = np.zeros(scan.shape, np.float32)
    for plane, like in zip(own, wanted, strict=True):
        pictures, templates = (_with_range(one, tolerance_px, bands) for one in (plane, like))
        bands.run(partial(beyond, pictures, templates, CELL_PX, shifts, differs), *differs.shape)
    differs /= np.float32(span)
    return differs


def _planes(scan: Scan) -> Planes:
    """(H, W) float32 for each channel, stored values; light is high in all of them."""
    values = np.moveaxis(np.atleast_3d(scan.pixels), 2, 0)
    sign = np.float32(-1.0 if scan.photometric == "MONOCHROME1" else 1.0)
    return tuple(np.ascontiguousarray(plane, np.float32) * sign for plane in values)


def _mean(planes: Planes) -> Floats:
    return planes[0] if len(planes) == 1 else np.mean(planes, axis=0, dtype=np.float32)


def _matched(plane: Floats, template: Floats) -> Floats:
    """The picture in the light of its template: as bright, and with as much contrast, defects left aside."""
    dark, middle, bright = _levels(plane)
    like_dark, like_middle, like_bright = _levels(template)
    if min(bright - dark, like_bright - like_dark) <= _TOLD * _span(template):
        return plane + np.float32(like_middle - middle)
    gain = float(np.clip((like_bright - like_dark) / (bright - dark), *_GAIN))
    # Not by the middle: of a picture that is half dark and half bright it is either.
    return plane * np.float32(gain) + np.float32((like_dark + like_bright - gain * (dark + bright)) / 2.0)


def _levels(plane: Floats) -> tuple[float, float, float]:
    sample = plane.reshape(-1)[:: max(1, plane.size // _SAMPLE)]
    dark, middle, bright = np.percentile(sample, (10.0, 50.0, 90.0))
    return float(dark), float(middle), float(bright)


def _span(plane: Floats) -> float:
    return float(plane.max() - plane.min())


def _shifts(picture: Floats, template: Floats, bands: _Bands) -> NDArray[np.int32]:
    """Of each cell, found from coarse to fine."""
    levels = [(picture, template)]
    while max(levels[-1][0].shape) > _COARSE_PX:
        own, wanted = levels[-1]
        levels.append((_halved(own, bands), _halved(wanted, bands)))
    whole, reach = np.zeros((1, 1, 2), np.int32), _COARSE_REACH
    for own, wanted in reversed(levels):
        guess = (int(whole[0, 0, 0]) * 2, int(whole[0, 0, 1]) * 2)
        bands.run(partial(find_shifts, own, wanted, max(own.shape), guess, reach, whole), 1, own.size)
        reach = _FINER_REACH
    guess = (int(whole[0, 0, 0]), int(whole[0, 0, 1]))
    if distance(picture, template, guess) >= distance(picture, template, (0, 0)):
        guess = (0, 0)  # a pattern that repeats itself fits in many places when it is seen coarsely
    shifts = np.empty((*(-(-side // CELL_PX) for side in picture.shape), 2), np.int32)
    compared = 4 * CELL_PX * picture.shape[1] * (2 * REACH_PX + 1) ** 2  # for a row of cells, with what is around it
    bands.run(partial(find_shifts, picture, template, CELL_PX, guess, REACH_PX, shifts), len(shifts), compared)
    return shifts


def _halved(plane: Floats, bands: _Bands) -> Floats:
    height, width = plane.shape
    half = np.empty((-(-height // 2), -(-width // 2)), np.float32)
    bands.run(partial(shrink, plane, (2, 2), half), *half.shape)
    return half


def _with_range(plane: Floats, reach: int, bands: _Bands) -> tuple[Floats, Floats, Floats]:
    low, high = np.empty_like(plane), np.empty_like(plane)
    bands.run(partial(value_range, plane, reach, low, high), *plane.shape)
    return plane, low, high


def _regions(differs: Floats, rule: OpinionRule, bands: _Bands) -> tuple[Region, ...]:
    share = float((differs >= rule.least_contrast).mean())
    if share > MOST_DIFFERING:
        raise OutOfDomainError(
            "OD-TEMPLATE",
            f"{share:.1%} of the picture differs from its template (limit {MOST_DIFFERING:.0%}): it shows "
            "another part, or lies more than a 16th of its length from it.",
            "Give the template of this part, taken by the same camera.",
        )
    return _linked(differs, rule, bands)


def _linked(differs: Floats, rule: OpinionRule, bands: _Bands) -> tuple[Region, ...]:
    _, _, near = _with_range(differs, _LINK_PX, bands)
    boxes, _ = regions_of(near, rule.least_contrast)
    found = [_region(differs, box, rule) for box in boxes.astype(np.int64).tolist()]
    regions = [region for region in found if region is not None]
    return tuple(sorted(regions, key=lambda region: (-region.score, region.box_px or ())))


def _region(differs: Floats, box: list[int], rule: OpinionRule) -> Region | None:
    y0, x0, y1, x1 = box
    inside = differs[y0:y1, x0:x1]
    values = inside[inside >= rule.least_contrast]
    if values.size < rule.least_px:
        return None
    amount = float(values.sum(dtype=np.float64))
    return Region(LABEL, amount / (amount + _HALF_SCORE), "sure", box_px=(float(x0), float(y0), float(x1), float(y1)))
