"""The lanes of the outcomes: every (status, flagged, model) that there is, found by one step of their index each."""

from __future__ import annotations

import sqlite3

LANES = "ix_outcomes_status_flagged_model_recorded_at"
"""The index that holds them, each newest first."""

Lane = tuple[str, int | None, str]

_FIRST_LANE = "SELECT status, flagged, model FROM outcomes ORDER BY status, flagged, model LIMIT 1"
_NEXT_LANE = (
    "SELECT status, flagged, model FROM outcomes WHERE status = ? AND flagged IS ? AND model > ? "
    "ORDER BY model LIMIT 1",
    "SELECT status, flagged, model FROM outcomes WHERE status = ? AND flagged > ? ORDER BY flagged, model LIMIT 1",
    "SELECT status, flagged, model FROM outcomes WHERE status > ? ORDER BY status, flagged, model LIMIT 1",
)


def lanes_of(driver: sqlite3.Connection) -> list[Lane]:
    """All of them, in the order of the index; a few dozen steps, however many outcomes there are."""
    found: list[Lane] = []
    row = driver.execute(_FIRST_LANE).fetchone()
    while row is not None:
        found.append(row)
        row = _lane_after(driver, row)
    return found


def _lane_after(driver: sqlite3.Connection, lane: Lane) -> Lane | None:
    status, flagged, _ = lane
    # Before every number comes NULL, which no comparison meets: -1 stands for it.
    higher = -1 if flagged is None else flagged
    for statement, values in zip(_NEXT_LANE, (lane, (status, higher), (status,)), strict=True):
        row: Lane | None = driver.execute(statement, values).fetchone()
        if row is not None:
            return row
    return None
