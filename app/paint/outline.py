"""Which region's outline is under the pointer."""

from __future__ import annotations

from collections.abc import Sequence

from app.paint.region_marks import shown_box
from app.state.geometry import View
from engine.domain.region import Region

REACH_PX = 4.0
"""How near the pointer must come, in screen pixels."""


def outline_at(view: View, regions: Sequence[Region], x: float, y: float) -> int | None:
    """The region whose outline is nearest to a screen point; None where none is in reach.

    Args:
        view: where the picture lies.
        regions: as they lie on what is seen.
        x: screen point.
        y: the same.
    """
    near = [
        (away, index)
        for index, region in enumerate(regions)
        if region.box_px is not None and (away := _away(shown_box(view, region.box_px), x, y)) <= REACH_PX
    ]
    return min(near)[1] if near else None


def _away(box: tuple[float, float, float, float], x: float, y: float) -> float:
    """From a point to the nearest side of a rectangle."""
    beside_x, beside_y = max(box[0] - x, x - box[2], 0.0), max(box[1] - y, y - box[3], 0.0)
    if beside_x or beside_y:
        return max(beside_x, beside_y)
    return min(x - box[0], box[2] - x, y - box[1], box[3] - y)
