"""Reviews to rows and back, bit for bit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.domain.outcome import Outcome
from engine.domain.region import InstanceBox
from engine.domain.review import Mark, RegionReview, RegionVerdict, Review, Verdict
from engine.store.rows import Row, real

_CENTER = ("center_x_mm", "center_y_mm", "center_z_mm")
_EDGES = ("z0", "y0", "x0", "z1", "y1", "x1")


def review_row(review: Review) -> Row:
    """The row of `reviews`, without its id, outcome, time and salt."""
    return {
        "version": review.version,
        "operator": review.operator,
        "verdict": None if review.verdict is None else review.verdict.value,
        "comment": review.comment,
        "reason": review.reason,
        "signed_at": review.signed_at,
    }


def region_rows(review: Review) -> list[Row]:
    """The rows of `review_regions`, without the review's id; in the review's order."""
    return [_region_row(position, region) for position, region in enumerate(review.regions)]


def review_of(row: Mapping[str, Any], regions: Iterable[Mapping[str, Any]], outcome: Outcome) -> Review:
    """The review of a row and its regions, given in order, of an outcome."""
    return Review(
        arrival_id=outcome.arrival_id,
        attempt=outcome.attempt,
        operator=row["operator"],
        regions=tuple(_region_of(region) for region in regions),
        verdict=None if row["verdict"] is None else Verdict(row["verdict"]),
        comment=row["comment"],
        version=row["version"],
        reason=row["reason"],
        signed_at=row["signed_at"],
    )


def _region_row(position: int, region: RegionReview) -> Row:
    row: Row = {"position": position, "region": region.region, "verdict": region.verdict.value, "reason": region.reason}
    row |= dict.fromkeys(("label", *_EDGES, *_CENTER)) | {"instances": []}
    mark = region.mark
    if mark is None:
        return row
    row["label"] = mark.label
    if mark.box_vox is not None:
        row |= dict(zip(_EDGES, map(real, mark.box_vox), strict=True))
    elif mark.box_px is not None:
        row |= dict(zip(("x0", "y0", "x1", "y1"), map(real, mark.box_px), strict=True))
    if mark.center_mm is not None:
        row |= dict(zip(_CENTER, map(real, mark.center_mm), strict=True))
    row["instances"] = [[one.sop_uid, one.frame, *map(real, one.box_px)] for one in mark.instances]
    return row


def _region_of(row: Mapping[str, Any]) -> RegionReview:
    return RegionReview(
        RegionVerdict(row["verdict"]), row["region"], None if row["label"] is None else _mark_of(row), row["reason"]
    )


def _mark_of(row: Mapping[str, Any]) -> Mark:
    volume = row["z0"] is not None
    x, y, z = (row[name] for name in _CENTER)
    return Mark(
        row["label"],
        box_px=None if volume else (row["x0"], row["y0"], row["x1"], row["y1"]),
        box_vox=(row["z0"], row["y0"], row["x0"], row["z1"], row["y1"], row["x1"]) if volume else None,
        center_mm=None if x is None else (x, y, z),
        instances=tuple(InstanceBox(uid, frame, (x0, y0, x1, y1)) for uid, frame, x0, y0, x1, y1 in row["instances"]),
    )
