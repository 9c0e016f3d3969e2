"""Sanity rules of a model: what no region of it can be. A region that breaks one stays, and its study is doubted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.domain.model_card import SanitySpec
from engine.domain.region import Region
from engine.domain.scan import Scan
from engine.evaluate.match import overlap

SIZE = "region-size"
OUTSIDE = "region-outside"
COUNT = "regions-count"
FEW_SLICES = "region-in-few-slices"
REPEATED = "region-repeated"

_RAYS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
LEAST_RAYS = 7
"""Of the eight rays from a place within its slice, so many meet the body or part where the place lies inside: a lung is
closed all round, a part may be open to one side, and between a body and the table six rays meet one of both."""


def sanity(rules: SanitySpec | None, scan: Scan, regions: Sequence[Region]) -> tuple[str, ...]:
    """The doubts that the rules of a model raise, each once.

    Args:
        rules: of the model's manifest; None states none.
        scan: what was looked at.
        regions: what was found there.
    """
    if rules is None:
        return ()
    return tuple(dict.fromkeys(_doubts(rules, scan, regions)))


def _doubts(rules: SanitySpec, scan: Scan, regions: Sequence[Region]) -> Iterator[str]:
    sizes_px = [np.array(_faces(region)[1]) - np.array(_faces(region)[0]) for region in regions]
    for region, size_px in zip(regions, sizes_px, strict=True):
        if _is_odd_size(rules, scan, size_px):
            yield SIZE
        if rules.least_slices is not None and region.box_vox is not None and size_px[0] < rules.least_slices:
            yield FEW_SLICES
        if rules.body_above is not None and not _is_inside(scan, region, rules.body_above):
            yield OUTSIDE
    if rules.most_regions is not None and sum(region.band == "sure" for region in regions) > rules.most_regions:
        yield COUNT
    if rules.repeated is not None and _is_any_repeated(regions, rules.repeated):
        yield REPEATED


def _is_odd_size(rules: SanitySpec, scan: Scan, size_px: NDArray[np.float64]) -> bool:
    """Whether the longest side is not what it may be, in mm where the model states mm and the study has a spacing."""
    if rules.size_mm is not None and scan.spacing_mm is not None:
        low, high = rules.size_mm
        return not low <= float((size_px * scan.spacing_mm[-len(size_px) :]).max()) <= high
    if rules.size_px is not None:
        low, high = rules.size_px
        return not low <= float(size_px.max()) <= high
    return False


def _is_any_repeated(regions: Sequence[Region], share: float) -> bool:
    """Whether so much of a box lies in another one of the same class; suppression sees only what both cover."""
    if len(regions) < 2:
        return False
    boxes = np.array([np.concatenate(_faces(region)) for region in regions])
    covered = overlap(boxes, boxes, np.ones(len(boxes), np.bool_))
    labels = np.array([region.label for region in regions])
    others = (labels[:, None] == labels[None, :]) & ~np.eye(len(boxes), dtype=np.bool_)
    return bool((covered[others] >= share).any())


def _is_inside(scan: Scan, region: Region, above: float) -> bool:
    """Whether the centre of a region is surrounded by body or part; the region itself does not count."""
    low, high = _faces(region)
    plane = scan.pixels
    if region.box_vox is not None:
        plane = plane[min(int((low[0] + high[0]) / 2.0), len(plane) - 1)]
        low, high = low[1:], high[1:]
    limit = above * scan.stored_max if scan.kind == "photograph" else (above - scan.intercept) / scan.slope
    centre = [int((a + b) / 2.0) for a, b in zip(low, high, strict=True)]
    met = sum(_meets(plane, centre, ray, low, high, limit) for ray in _RAYS)
    return met >= LEAST_RAYS


def _meets(
    plane: NDArray[np.generic],
    centre: Sequence[int],
    ray: tuple[int, int],
    low: Sequence[float],
    high: Sequence[float],
    limit: float,
) -> bool:
    """Whether a ray meets something between the edge of the region and that of the plane."""
    steps = np.arange(max(plane.shape))
    y, x = centre[0] + ray[0] * steps, centre[1] + ray[1] * steps
    within = (y >= 0) & (y < plane.shape[0]) & (x >= 0) & (x < plane.shape[1])
    own = (y >= low[0]) & (y < high[0]) & (x >= low[1]) & (x < high[1])
    taken = within & ~own
    return bool((plane[y[taken], x[taken]] >= limit).any())  # of a colour picture in any channel


def _faces(region: Region) -> tuple[Sequence[float], Sequence[float]]:
    """Low and high faces in the order of the array's axes."""
    if region.box_vox is not None:
        return region.box_vox[:3], region.box_vox[3:]
    if region.box_px is None:
        raise ValueError("a region has one of two boxes")
    x0, y0, x1, y1 = region.box_px
    return (y0, x0), (y1, x1)
