"""Figures of the parts of a set: by size, source, scanner, brightness and any column, the worst part first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from engine.errors import UsageError
from engine.evaluate.facts import UNKNOWN, ImageFacts
from engine.evaluate.froc import at_threshold, false_interval, sensitivity_interval
from engine.evaluate.guard import LEAST_FINDINGS
from engine.evaluate.interval import Interval
from engine.evaluate.match import ImageCase, Matched, match

SIZE, SOURCE, SCANNER, BRIGHTNESS, GROUP = "size", "source", "scanner", "brightness", "group"
BUILT_IN = (SIZE, SOURCE, SCANNER, BRIGHTNESS)
"""Taken unless others are named."""

PARTS = 3
"""Parts that sizes and brightness are cut into, with equally many in each."""


@dataclass(frozen=True, slots=True)
class Part:
    """One subgroup.

    Args:
        column: what the set was cut by.
        value: of that column.
        images: of the part; all of them where findings are told apart.
        findings: of the part.
        sensitivity: at the shipped threshold, with its interval by group.
        false_per_image: regions an image that found nothing; NaN where findings are told apart.
        false_interval: the same with its interval by group.
        enough: there are findings enough for the interval to mean something.
    """

    column: str
    value: str
    images: int
    findings: int
    sensitivity: Interval
    false_per_image: float
    false_interval: Interval
    enough: bool


def parts(
    cases: Sequence[ImageCase],
    facts: Sequence[ImageFacts],
    threshold: float,
    *,
    hit_iou: float,
    seed: int,
    columns: Sequence[str] = BUILT_IN,
) -> tuple[Part, ...]:
    """Cuts a set by each column.

    Args:
        cases: one label's.
        facts: of the same images.
        threshold: the shipped one.
        hit_iou: overlap from which a finding is found.
        seed: of the bootstrap.
        columns: names of `BUILT_IN`, `group`, or columns of the annotation file.

    Returns:
        The parts, the lowest sensitivity first, parts without findings last. A column with one value alone has none.

    Raises:
        UsageError: US-COLUMN, no image has a column of that name.
    """
    matched = [match(case, hit_iou) for case in cases]
    found: list[Part] = []
    for column in columns:
        if column == SIZE:
            pieces = _by_size(cases, matched)
        else:
            values = _values(column, cases, facts)
            pieces = {
                value: [m for m, v in zip(matched, values, strict=True) if v == value] for value in sorted({*values})
            }
        if len(pieces) > 1:
            found += [_part(column, value, some, threshold, seed) for value, some in pieces.items()]
    return tuple(sorted(found, key=lambda part: (math.isnan(part.sensitivity.value), part.sensitivity.value)))


def _part(column: str, value: str, images: Sequence[Matched], threshold: float, seed: int) -> Part:
    at = at_threshold(images, threshold)
    sensitivity = sensitivity_interval(images, threshold, seed=seed)
    nan = float("nan")  # what is false belongs to no size
    false = Interval(nan, nan, nan) if column == SIZE else false_interval(images, threshold, seed=seed)
    enough = at.findings >= LEAST_FINDINGS
    return Part(column, value, at.images, at.findings, sensitivity, false.value, false, enough)


def _values(column: str, cases: Sequence[ImageCase], facts: Sequence[ImageFacts]) -> list[str]:
    if column == GROUP:
        return [case.group for case in cases]
    if column == SOURCE:
        return [one.source or "." for one in facts]
    if column == BRIGHTNESS:
        return _cut([one.brightness for one in facts])
    if column == SCANNER:  # the annotations know better than a header that was written over
        return [one.columns.get(SCANNER) or one.scanner or UNKNOWN for one in facts]
    if not any(column in one.columns for one in facts):
        known = sorted({GROUP, *BUILT_IN, *(name for one in facts for name in one.columns)})
        raise UsageError(
            "US-COLUMN",
            f"No image of the set has a column '{column}'; there are {', '.join(known)}.",
            "Name one of these.",
        )
    return [one.columns.get(column, UNKNOWN) for one in facts]


def _cut(values: Sequence[float | None]) -> list[str]:
    """Names of the parts that the values fall into; equal values fall into one."""
    known = [value for value in values if value is not None]
    if not known:
        return [UNKNOWN] * len(values)
    bounds = np.unique(np.quantile(known, np.arange(1, PARTS) / PARTS))
    edges = [min(known), *bounds, max(known)]
    names = [f"{low:.3g} to {high:.3g}" for low, high in pairwise(edges)]
    return [UNKNOWN if value is None else names[int(np.searchsorted(bounds, value))] for value in values]


def _by_size(cases: Sequence[ImageCase], matched: Sequence[Matched]) -> Mapping[str, list[Matched]]:
    """Findings by the side of a square or cube as large as their box; what is false belongs to no size."""
    sides = [_sides(case) for case in cases]
    names = _cut([float(side) for some in sides for side in some])
    pieces: dict[str, list[Matched]] = {name: [] for name in dict.fromkeys(sorted(names, key=_first_number))}
    at = 0
    for some, image in zip(sides, matched, strict=True):
        own = np.array(names[at : at + len(some)])
        at += len(some)
        for name, piece in pieces.items():
            inside = own == name if len(own) else np.zeros(0, bool)
            piece.append(replace(image, findings=int(inside.sum()), found_at=image.found_at[inside]))
    return pieces


def _sides(case: ImageCase) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    plain = case.truth[~case.crowd]
    dims = case.truth.shape[1] // 2
    sides: np.ndarray[tuple[int], np.dtype[np.float64]] = (plain[:, dims:] - plain[:, :dims]).prod(axis=1) ** (
        1.0 / dims
    )
    return sides


def _first_number(name: str) -> float:
    return float(name.split(maxsplit=1)[0]) if name != UNKNOWN else math.inf
