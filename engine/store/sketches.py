"""Sketches: what each study looked like and how it was answered, for the watch over the sources."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import PurePath
from typing import Any

from engine.domain.acquisition import Acquisition
from engine.domain.arrival import Arrival
from engine.domain.outcome import Outcome, Status
from engine.domain.sketch import NAMES, UNLIKE, UNLIKE_CODE, Sketched
from engine.store.columns import stored_name
from engine.store.database import Store
from engine.store.rows import Row
from engine.store.statement import Insert, driver_of
from engine.store.tables import sketches

PICTURES = (*NAMES, "distance", "pixel_mm", "slice_mm", "tube_kv", "exposure_mas", "ctdi_mgy")
"""The columns that are numbers."""

KINDS = ("scanner", "software", "kernel")
"""The columns that are words."""

_ACQUIRED = tuple(field.name for field in fields(Acquisition))
_NOTHING_NOTED: Row = dict.fromkeys(PICTURES) | asdict(Acquisition())

ADD_SKETCH = Insert(sketches)


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """A source, and one version of a model that looks at its studies: together they make a population.

    Args:
        source: folder that they came from.
        model: `id version`.
    """

    source: str
    model: str


@dataclass(frozen=True, slots=True)
class WatchedStudy:
    """One study of a population.

    Args:
        outcome_id: rises with every record.
        recorded_at: UTC.
        numbers: by name; what is not known, or was not answered, is left out.
        kinds: `KINDS`, where the files say so.
    """

    outcome_id: int
    recorded_at: datetime
    numbers: Mapping[str, float]
    kinds: Mapping[str, str]


def sketch_row(arrival: Arrival, outcome: Outcome, sketched: Sketched | None) -> Row | None:
    """The row of an answer, without the outcome's id; None where a model did not look, or what it says is a repeat."""
    looked = sketched is not None or outcome.status is Status.ANSWERED
    if not looked or not outcome.model or outcome.reused_from is not None:
        return None
    folder, model = str(PurePath(arrival.source).parent), outcome.model
    if sketched is None:
        return _NOTHING_NOTED | {"folder": folder, "model": model}
    noted = {name: getattr(sketched.sketch, name) for name in NAMES}
    taken = {name: getattr(sketched.acquisition, name) for name in _ACQUIRED}
    return noted | taken | {"distance": sketched.distance, "folder": folder, "model": model}


def watched_sources(store: Store, after: int = 0, after_review: int = 0) -> tuple[WatchedSource, ...]:
    """Those of which something is new: a study, or a review.

    Args:
        store: where from.
        after: the number of an outcome; 0 for all.
        after_review: the number of a review; read only with `after`.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    query, values = "SELECT DISTINCT folder, model FROM sketches", []
    if after:
        query += " WHERE outcome_id > ? OR outcome_id IN (SELECT outcome_id FROM reviews WHERE id > ?)"
        values = [after, after_review]
    with store.reading() as connection:
        found = driver_of(connection).execute(f"{query} ORDER BY folder, model", values)
        return tuple(WatchedSource(os.fsdecode(folder), model) for folder, model in found)


def newest_numbers(store: Store) -> tuple[int, int]:
    """Of the newest outcome and of the newest review; 0 where there is none.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    query = "SELECT (SELECT coalesce(max(id), 0) FROM outcomes), (SELECT coalesce(max(id), 0) FROM reviews)"
    with store.reading() as connection:
        outcome, review = driver_of(connection).execute(query).fetchone()
    return int(outcome), int(review)


def count_studies(store: Store, of: WatchedSource, after: int) -> int:
    """How many there are after the outcome with a number.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    query = "SELECT count(*) FROM sketches WHERE folder = ? AND model = ? AND outcome_id > ?"
    with store.reading() as connection:
        return int(driver_of(connection).execute(query, (*_key(of), after)).fetchone()[0])


def watched_studies(store: Store, of: WatchedSource, after: int, skip: int) -> tuple[WatchedStudy, ...]:
    """Its studies, oldest first.

    Args:
        store: where from.
        of: which population.
        after: recorded after the outcome with this number.
        skip: so many of these are left out.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        found = driver_of(connection).execute(_STUDIES, (*_key(of), after, skip))
        return tuple(_study_of(row) for row in found)


def confirmed_shares(store: Store, of: WatchedSource, first: int) -> tuple[tuple[datetime, float], ...]:
    """Of each first signed review the share of flagged regions that the person let stand, in the order of signing.

    Args:
        store: where from.
        of: which population.
        first: number of the first outcome whose reviews are asked for.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        found = driver_of(connection).execute(_CONFIRMED, (*_key(of), first))
        return tuple((datetime.fromisoformat(at), float(share)) for at, share in found)


_OF_SKETCH = ", ".join(f"s.{name}" for name in (*PICTURES, *KINDS))
_STUDIES = (
    "SELECT o.recorded_at, o.id, o.status, o.code, o.doubts, "  # noqa: S608  # our own names
    "o.read_ms + o.prepare_ms + o.detect_ms + o.merge_ms, count(r.position), "  # waiting in a crowd is no change
    f"coalesce(sum(r.band = 'sure'), 0), coalesce(max(r.score), 0.0), {_OF_SKETCH} FROM (SELECT * FROM sketches "
    "WHERE folder = ? AND model = ? AND outcome_id > ? ORDER BY outcome_id LIMIT -1 OFFSET ?) s "
    "JOIN outcomes o ON o.id = s.outcome_id LEFT JOIN regions r ON r.outcome_id = o.id GROUP BY o.id ORDER BY o.id"
)
_CONFIRMED = (
    "SELECT v.recorded_at, avg(g.verdict <> 'rejected') FROM sketches s JOIN reviews v ON v.outcome_id = s.outcome_id "
    "JOIN review_regions g ON g.review_id = v.id WHERE s.folder = ? AND s.model = ? AND s.outcome_id >= ? "
    "AND g.verdict <> 'added' AND v.id = (SELECT min(w.id) FROM reviews w "
    "WHERE w.outcome_id = v.outcome_id AND w.signed_at IS NOT NULL) GROUP BY v.id ORDER BY v.id"
)


def _key(of: WatchedSource) -> tuple[str | bytes | None, str]:
    return stored_name(of.source), of.model


def _study_of(row: tuple[Any, ...]) -> WatchedStudy:
    at, outcome_id, status, code, doubts, work_ms, regions, sure, best, *rest = row
    pictures, kinds = rest[: len(PICTURES)], rest[len(PICTURES) :]
    answered = status == Status.ANSWERED.value
    unlike = code == UNLIKE_CODE or UNLIKE in json.loads(doubts)
    numbers = dict(zip(PICTURES, pictures, strict=True)) | {"unlike the training": unlike, "answered": answered}
    if answered:
        numbers |= {"flagged": sure > 0, "regions": regions, "best score": best, "seconds": work_ms / 1000.0}
    return WatchedStudy(
        outcome_id,
        datetime.fromisoformat(at),
        {name: float(number) for name, number in numbers.items() if number is not None},
        {name: word for name, word in zip(KINDS, kinds, strict=True) if word},
    )
