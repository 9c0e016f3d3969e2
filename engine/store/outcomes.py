"""Outcomes: recorded once for each attempt at an arrival, with everything the answer rests on, and read back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.audit.commitment import commit, new_salt
from engine.audit.log import AuditDraft, AuditEntry, Json, utc_text
from engine.domain.arrival import Arrival
from engine.domain.outcome import Outcome
from engine.domain.study import Study
from engine.errors import ProgramError, StoreError
from engine.store import rows
from engine.store.database import Store
from engine.store.tables import arrivals, instances, outcomes, regions, studies
from engine.store.write import write

RECORDED = "outcome.recorded"
"""The audit log's action for each of these."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An outcome as stored.

    Args:
        id: rises with every record; what paging continues from.
        recorded_at: UTC.
        arrival: what was answered.
        study: what was seen there; None where nothing could be read.
        outcome: the answer.
        salt: what the commitment in the audit log was made with.
    """

    id: int
    recorded_at: datetime
    arrival: Arrival
    study: Study | None
    outcome: Outcome
    salt: bytes

    @property
    def commitment(self) -> str:
        """What the audit log must say about this record, if nothing in it was changed."""
        return _commitment(self.salt, self.recorded_at, self.arrival, self.study, self.outcome)


def record(store: Store, arrival: Arrival, study: Study | None, outcome: Outcome) -> AuditEntry:
    """Records an answer; on return it is on the disk, with its audit entry.

    Args:
        store: where to.
        arrival: what was answered; recorded with its first attempt.
        study: what was seen there; None where nothing could be read.
        outcome: the answer.

    Raises:
        StoreError: ST-ANSWERED where this attempt has an answer already; else as `write`. Nothing was written.
        ProgramError: PR-STORE where the answer contradicts itself or its arrival. Nothing was written.
    """
    if outcome.arrival_id != arrival.id:
        raise _unsound(outcome, f"is offered for arrival {arrival.id}")
    try:
        unit = _Record(arrival, study, outcome, store.clock.now(), new_salt())
        return write(store, unit)
    except (ValueError, TypeError) as error:
        raise _unsound(outcome, f"cannot be stored: {error}") from error


def newest(store: Store, limit: int, before: int | None = None) -> tuple[Recorded, ...]:
    """A page of outcomes, newest first.

    Args:
        store: where from.
        limit: most rows of the page.
        before: the `id` of the last row of the page before; None for the first page.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    page = _JOINED.order_by(outcomes.c.id.desc()).limit(limit)
    with store.reading() as connection:
        return _read(connection, page if before is None else page.where(outcomes.c.id < before))


def find(store: Store, arrival_id: str, attempt: int | None = None) -> Recorded | None:
    """The outcome of an arrival: that of the attempt named, else of the last one; None if there is none.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        return find_in(connection, arrival_id, attempt)


def find_in(connection: Connection, arrival_id: str, attempt: int | None = None) -> Recorded | None:
    """As `find`, on a connection that is already reading."""
    query = _JOINED.where(outcomes.c.arrival_id == arrival_id).order_by(outcomes.c.attempt.desc()).limit(1)
    found = _read(connection, query if attempt is None else query.where(outcomes.c.attempt == attempt))
    return found[0] if found else None
