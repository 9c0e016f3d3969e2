"""A line of the worklist: what is told of an outcome, and read of the few that a page shows."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engine.domain.outcome import Status


@dataclass(frozen=True, slots=True)
class After:
    """The last line of a page, from which the next one goes on.

    Args:
        recorded_at: of that line, UTC.
        id: of its outcome.
        contested: the next page goes on among those that are listed first, see `Wanted.contested`.
    """

    recorded_at: datetime
    id: int
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the worklist: the newest outcome of an arrival.

    Args:
        id: of the outcome.
        recorded_at: UTC.
        arrival_id: what was answered.
        source: the path as given or found.
        modality: None where nothing could be read.
        status: see `Status`.
        flagged: whether anything was flagged; None where nothing was looked at.
        region_count: how many regions.
        best_score: of the first of them; None without regions.
        model: `id version`; empty if none was chosen.
        reviewed: `signed`, `draft` or empty.
        arrived_at: when it was first seen, UTC.
        deadline: when the answer was due, UTC; None without one.
        doubts: short names of what doubts the answer.
        content_hash: of the study; empty where nothing could be read.
        unsure_count: how many of the regions are unsure.
    """

    id: int
    recorded_at: datetime
    arrival_id: str
    source: str
    modality: str | None
    status: Status
    flagged: bool | None
    region_count: int
    best_score: float | None
    model: str
    reviewed: str
    arrived_at: datetime
    deadline: datetime | None
    doubts: tuple[str, ...]
    content_hash: str
    unsure_count: int

    @property
    def after(self) -> After:
        """Where the next page goes on, if this is the last line of one."""
        return After(self.recorded_at, self.id)


def lines_of(driver: sqlite3.Connection, ids: Sequence[int]) -> tuple[Line, ...]:
    """The lines of some outcomes, in their order.

    Args:
        driver: the open connection.
        ids: of the outcomes.
    """
    query = (
        "SELECT o.id, o.recorded_at, o.arrival_id, a.source, s.modality, o.status, o.flagged, "  # noqa: S608  # our own names
        "(SELECT count(*) FROM regions r WHERE r.outcome_id = o.id), "
        "(SELECT score FROM regions r WHERE r.outcome_id = o.id ORDER BY position LIMIT 1), o.model, "
        "(SELECT count(*) FROM reviews v WHERE v.outcome_id = o.id), "
        "(SELECT count(v.signed_at) FROM reviews v WHERE v.outcome_id = o.id), "
        "a.arrived_at, a.deadline, o.doubts, s.content_hash, "
        "(SELECT count(*) FROM regions r WHERE r.outcome_id = o.id AND r.band = 'unsure') "
        "FROM outcomes o JOIN arrivals a ON a.id = o.arrival_id LEFT JOIN studies s ON s.id = o.study_id "
        f"WHERE o.id IN ({','.join('?' * len(ids))})"
    )
    by_id = {row[0]: _line(row) for row in driver.execute(query, list(ids))}
    return tuple(by_id[one] for one in ids)


def _line(row: tuple[Any, ...]) -> Line:
    source, flagged, versions, signed = row[3], row[6], row[10], row[11]
    return Line(
        id=row[0],
        recorded_at=_moment(row[1]),
        arrival_id=row[2],
        source=os.fsdecode(source) if isinstance(source, bytes) else source,
        modality=row[4],
        status=Status(row[5]),
        flagged=None if flagged is None else bool(flagged),
        region_count=row[7],
        best_score=row[8],
        model=row[9],
        reviewed="signed" if signed else "draft" if versions else "",
        arrived_at=_moment(row[12]),
        deadline=None if row[13] is None else _moment(row[13]),
        doubts=tuple(json.loads(row[14])),
        content_hash=row[15] or "",
        unsure_count=row[16],
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
