"""An answer as rows: what is stored, and what the commitment in the audit log is made of."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.audit.commitment import commit
from engine.audit.log import Json, utc_text
from engine.domain.arrival import Arrival
from engine.domain.outcome import Outcome
from engine.domain.study import Study
from engine.store import rows
from engine.store.opinion_rows import opinion_row, stored_opinions
from engine.store.tables import arrivals, instances, outcomes, region_instances, region_measures, regions, studies

Key = tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of one answer, each without the numbers that only the database gives."""

    arrival: rows.Row
    study: rows.Row | None
    instances: Sequence[rows.Row]
    outcome: rows.Row
    regions: Sequence[rows.Row]
    region_instances: Sequence[rows.Row]
    region_measures: Sequence[rows.Row]
    opinion: rows.Row | None

    @classmethod
    def of(cls, arrival: Arrival, study: Study | None, outcome: Outcome) -> Facts:
        """Those of an answer in hand."""
        return cls(
            rows.arrival_row(arrival),
            None if study is None else rows.study_row(study),
            [] if study is None else rows.instance_rows(study),
            rows.outcome_row(outcome),
            rows.region_rows(outcome),
            rows.region_instance_rows(outcome),
            rows.region_measure_rows(outcome),
            None if outcome.opinion is None else opinion_row(outcome.opinion),
        )

    def commitment(self, salt: bytes, recorded_at: datetime) -> str:
        """What the log says about the answer.

        Args:
            salt: kept beside it.
            recorded_at: UTC.
        """
        arrived_at, deadline = self.arrival["arrived_at"], self.arrival["deadline"]
        times = {"arrived_at": utc_text(arrived_at), "deadline": None if deadline is None else utc_text(deadline)}
        return self._committed(salt, self.arrival | times, self.outcome | {"recorded_at": utc_text(recorded_at)})

    def commitment_as_stored(self, salt: bytes) -> str:
        """The same of rows as they stand in the database, times as text."""
        return self._committed(salt, self.arrival, self.outcome)

    def _committed(self, salt: bytes, arrival: rows.Row, outcome: rows.Row) -> str:
        record: dict[str, Any] = {
            "arrival": arrival,
            "study": self.study,
            "instances": self.instances,
            "outcome": outcome,
            "regions": self.regions,
        }
        # Left out where empty: what was recorded before the second schema was committed to without them.
        if self.region_instances:
            record["region_instances"] = self.region_instances
        if self.region_measures:
            record["region_measures"] = self.region_measures
        if self.opinion is not None:
            record["opinion"] = self.opinion
        return commit(salt, record)


_OUTCOME = [column.name for column in outcomes.c if column.name not in {"id", "study_id", "salt"}]
_ARRIVAL = [column.name for column in arrivals.c]
_STUDY = [column.name for column in studies.c if column.name != "id"]
_TEXTS = ("source", "path", "reason")
"""Columns that hold names as bytes where they are not UTF-8."""


def commitments(driver: sqlite3.Connection, keys: Sequence[Key]) -> dict[Key, str]:
    """What the log must say of the outcomes of some (arrival, attempt), as far as they are there.

    Raises:
        ValueError, TypeError: a row was changed into something that no answer is stored as.
    """
    arrival_ids = sorted({str(key[0]) for key in keys})
    columns = [f"o.{name}" for name in ("id", "study_id", "salt", *_OUTCOME)]
    columns += [f"a.{name}" for name in _ARRIVAL] + [f"s.{name}" for name in _STUDY]
    query = (
        f"SELECT {', '.join(columns)} FROM outcomes o JOIN arrivals a ON a.id = o.arrival_id "  # noqa: S608  # our own names
        f"LEFT JOIN studies s ON s.id = o.study_id WHERE o.arrival_id IN ({_places(arrival_ids)})"
    )
    found = driver.execute(query, arrival_ids).fetchall()
    outcome_ids = [row[0] for row in found]
    images = _children(driver, "instances", instances.c, [row[1] for row in found if row[1] is not None])
    of_outcome = [
        _children(driver, table.name, table.c, outcome_ids) for table in (regions, region_instances, region_measures)
    ]
    second = stored_opinions(driver, outcome_ids)
    kept: dict[Key, str] = {}
    for row in found:
        outcome_id, study_id, salt = row[:3]
        outcome, arrival, study = _split(row[3:])
        children = [by_outcome.get(outcome_id, []) for by_outcome in of_outcome]
        seen = (None if study_id is None else study, images.get(study_id, []))
        facts = Facts(arrival, *seen, outcome, children[0], children[1], children[2], second.get(outcome_id))
        kept[arrival["id"], outcome["attempt"]] = facts.commitment_as_stored(salt)
    return kept


def _split(values: Sequence[Any]) -> tuple[rows.Row, rows.Row, rows.Row]:
    """The parts of a joined row, as they were committed to."""
    outcome = _row(_OUTCOME, values)
    arrival = _row(_ARRIVAL, values[len(_OUTCOME) :])
    study = _row(_STUDY, values[len(_OUTCOME) + len(_ARRIVAL) :])
    outcome["doubts"] = [] if outcome["doubts"] == "[]" else json.loads(outcome["doubts"])
    if outcome["flagged"] in (0, 1):
        outcome["flagged"] = bool(outcome["flagged"])
    return outcome, arrival, study


def _children(
    driver: sqlite3.Connection, table: str, columns: Iterable[Any], parents: Sequence[int]
) -> dict[int, list[rows.Row]]:
    """The rows that belong to each parent, in their order; the first column is the parent's number."""
    names = [column.name for column in columns]
    keys = [column.name for column in columns if column.primary_key]
    query = (
        f"SELECT {', '.join(names)} FROM {table} "  # noqa: S608  # our own names
        f"WHERE {names[0]} IN ({_places(parents)}) ORDER BY {', '.join(keys)}"
    )
    children: defaultdict[int, list[rows.Row]] = defaultdict(list)
    for row in driver.execute(query, list(parents)):
        children[row[0]].append(_row(names[1:], row[1:]))
    return children


def _row(names: Sequence[str], values: Sequence[Any]) -> rows.Row:
    row = dict(zip(names, values, strict=False))
    for name in _TEXTS:
        if isinstance(row.get(name), bytes):
            row[name] = os.fsdecode(row[name])
    return row


def _places(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
