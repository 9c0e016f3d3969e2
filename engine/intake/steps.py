"""The steps between the slices of a series: even, uneven, or so large that slices are missing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.intake.dicom.slice_header import MARKS, SliceHeader

GAP = 1.5
"""A step over this many times the larger of its neighbouring steps has lost a slice."""

GAP_IN_NUMBERS = 1.25
"""The same where the instance numbers jump as well."""

_STEP_SHARE = 0.01
_STEP_MM = 0.05
_FINE_STEP_SHARE = 0.1
"""A slice may lie this far from its place in an even grid: 1 % of a step, or 0.05 mm if that is at most 10 % of it."""

_ACQUISITION = MARKS.index("AcquisitionNumber")

Depths = NDArray[np.float64]
"""(slices,) places along the normal in mm, rising."""


def is_even(depths: Depths) -> bool:
    """Whether the slices lie at even steps, as far as files write their places."""
    mean = float(np.diff(depths).mean())
    places = depths[0] + mean * np.arange(depths.size)
    return bool(np.abs(depths - places).max() <= max(_STEP_SHARE * mean, min(_STEP_MM, _FINE_STEP_SHARE * mean)))


def check_gaps(planes: Sequence[SliceHeader], depths: Depths, source: str) -> None:
    """Returns where no slice is missing between others.

    A step's neighbours are those beside it. Where the instance numbers jump, its neighbours are the next ones whose
    numbers count on by one: slices that are missing on either side of one slice must not vouch for each other. A jump
    alone is none: the image with that number may be a localizer, or lie in another volume.

    Args:
        planes: in order, one at each place.
        depths: their places.
        source: the series, for messages.

    Raises:
        InputError: IN-SER-GAP, naming the slices, the step and the limit.
    """
    steps = np.diff(depths)
    if steps.size < 2:
        return
    jumps = _jumps(planes)
    neighbours = _larger_neighbours(steps, jumps)
    limits = np.where(jumps, GAP_IN_NUMBERS, GAP)
    gaps = np.flatnonzero(steps > limits * neighbours)
    if not gaps.size:
        return
    at = int(gaps[0])
    before, after = planes[at], planes[at + 1]
    limit = GAP if steps[at] > GAP * neighbours[at] else GAP_IN_NUMBERS
    more = f"{gaps.size - 1} more gaps follow." if gaps.size > 1 else ""
    raise InputError(
        "IN-SER-GAP",
        f"{source} has a step of {steps[at]:.2f} mm between slice {at + 1} ({before.entry.source}) and slice {at + 2} "
        f"({after.entry.source}) of {len(planes)}, the larger neighbouring step is {neighbours[at]:.2f} mm (limit "
        f"{limit:g}x): slices are missing{_missing_numbers(before, after) if jumps[at] else ''}." + f" {more}".rstrip(),
        _next_step(before, after),
    )


def _next_step(before: SliceHeader, after: SliceHeader) -> str:
    acquisitions = [header.marks[_ACQUISITION] for header in (before, after)]
    if acquisitions[0] == acquisitions[1]:
        return "Send or export the whole series again from the archive or scanner."
    return (
        f"Send or export the whole series again; if nothing belongs between acquisitions {acquisitions[0]} and "
        f"{acquisitions[1]}, each as a series of its own."
    )


def _jumps(planes: Sequence[SliceHeader]) -> NDArray[np.bool_]:
    """(slices - 1,): over which steps the instance numbers jump; nowhere if they do not count along the series."""
    none = np.zeros(len(planes) - 1, bool)
    numbers = [plane.number for plane in planes]
    if None in numbers:
        return none
    counted = np.diff(np.array(numbers, np.int64))
    if not ((counted > 0).all() or (counted < 0).all()) or not (abs(counted) == 1).any():
        return none
    return np.asarray(abs(counted) > 1)


def _larger_neighbours(steps: NDArray[np.float64], jumps: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(slices - 1,) mm: the larger of the steps before and after each; 0 stands for none."""
    padded = np.concatenate([[0.0], steps, [0.0]])
    neighbours: NDArray[np.float64] = np.maximum(padded[:-2], padded[2:])
    counted_on = np.flatnonzero(~jumps)
    for at in np.flatnonzero(jumps):
        before, after = counted_on[counted_on < at], counted_on[counted_on > at]
        beside = [steps[before[-1]]] if before.size else []
        beside += [steps[after[0]]] if after.size else []
        neighbours[at] = max(beside)
    return neighbours


def _missing_numbers(before: SliceHeader, after: SliceHeader) -> str:
    """`, instance numbers 4 and 5 among them`."""
    low, high = sorted((before.number or 0, after.number or 0))
    match high - low - 1:
        case 1:
            return f", with the instance number {low + 1}"
        case 2:
            return f", with the instance numbers {low + 1} and {high - 1}"
        case _:
            return f", those with the instance numbers {low + 1} to {high - 1}"
