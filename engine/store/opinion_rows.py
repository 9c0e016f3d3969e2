"""Second opinions to rows and back, and regions of which only the boxes are kept."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from engine.audit.log import Json
from engine.domain.opinion import Opinion
from engine.domain.region import Region
from engine.store.rows import Row, real

_PLAIN = ("name", "hash", "backend", "code")
_LISTS = ("regions", "missing", "alone")
_STORED = ("kind", *_PLAIN, "coverage", "look_ms", *_LISTS, "differs")


def opinion_row(opinion: Opinion) -> Row:
    """The row of `opinions`, without the outcome's id."""
    return {name: getattr(opinion, name) for name in _PLAIN} | {
        "kind": opinion.by,
        "coverage": real(opinion.coverage),
        "look_ms": real(opinion.look_ms),
        "regions": [bare_row(region) for region in opinion.regions],
        "missing": list(opinion.missing),
        "alone": list(opinion.alone),
        "differs": opinion.differs,
    }


def opinion_of(row: Mapping[Any, Any]) -> Opinion:
    """The opinion of a row."""
    return Opinion(
        row["kind"],
        **{name: row[name] for name in _PLAIN},
        coverage=row["coverage"],
        look_ms=row["look_ms"],
        regions=tuple(map(bare_region, row["regions"])),
        missing=tuple(row["missing"]),
        alone=tuple(row["alone"]),
    )


def stored_opinions(driver: sqlite3.Connection, outcome_ids: Sequence[int]) -> dict[int, Row]:
    """By the number of the outcome, the rows as they were committed to.

    Raises:
        ValueError, TypeError: one was changed into something that no opinion is stored as.
    """
    places = ",".join("?" * len(outcome_ids))
    query = f"SELECT outcome_id, {', '.join(_STORED)} FROM opinions WHERE outcome_id IN ({places})"  # noqa: S608  # our own names
    return {row[0]: _committed(row[1:]) for row in driver.execute(query, list(outcome_ids))}


def _committed(values: Sequence[Any]) -> Row:
    row = dict(zip(_STORED, values, strict=True))
    row |= {name: json.loads(row[name]) for name in _LISTS}
    if isinstance(row["name"], bytes):
        row["name"] = os.fsdecode(row["name"])
    if row["differs"] in (0, 1):
        row["differs"] = bool(row["differs"])
    return row


def bare_row(region: Region) -> dict[str, Json]:
    """A region as JSON: what it is, and where."""
    return {
        "label": region.label,
        "score": float(region.score),
        "band": region.band,
        "box_px": None if region.box_px is None else [float(face) for face in region.box_px],
        "box_vox": None if region.box_vox is None else [float(face) for face in region.box_vox],
    }


def bare_region(held: Mapping[str, Any]) -> Region:
    """The region of such JSON."""
    px, vox = held["box_px"], held["box_vox"]
    return Region(
        *(held["label"], held["score"], held["band"]),
        box_px=None if px is None else tuple(px),
        box_vox=None if vox is None else tuple(vox),
    )
