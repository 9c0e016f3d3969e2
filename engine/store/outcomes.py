"""Outcomes: recorded once for each attempt at an arrival, with everything the answer rests on, and read back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Select, Table, Text, cast, func, not_, select

from engine.audit.log import AuditEntry
from engine.domain.arrival import Arrival
from engine.domain.basis import Basis
from engine.domain.job import Lease
from engine.domain.outcome import THRESHOLD_CHANGED, Outcome, Status
from engine.domain.sketch import Sketched
from engine.domain.study import Study
from engine.domain.workload import Workload
from engine.store import rows
from engine.store.database import Store
from engine.store.facts import Facts
from engine.store.opinion_rows import opinion_of
from engine.store.outcome_unit import RecordOutcome, unsound
from engine.store.tables import (
    arrivals,
    instances,
    opinions,
    outcomes,
    region_instances,
    region_measures,
    regions,
    studies,
    timings,
)
from engine.store.wanted import Wanted
from engine.store.write import write


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
        return Facts.of(self.arrival, self.study, self.outcome).commitment(self.salt, self.recorded_at)


def record(  # noqa: PLR0913 -- each is a fact of one answer, and goes into a row of its own
    store: Store,
    arrival: Arrival,
    study: Study | None,
    outcome: Outcome,
    *,
    lease: Lease | None = None,
    workload: Workload | None = None,
    sketched: Sketched | None = None,
    person: str | None = None,
) -> AuditEntry:
    """Records an answer and closes its job; on return both are on the disk, with the audit entry.

    Args:
        store: where to.
        arrival: what was answered; recorded with its first attempt.
        study: what was seen there; None where nothing could be read.
        outcome: the answer.
        lease: the right to answer an arrival that is in the queue; None for one that never was.
        workload: what there was to do; None leaves it out of what forecasts are learned from.
        sketched: what the pixels look like, for the watch over their source; None where nobody looked.
        person: pseudonym of the patient, by which earlier studies are found; None where the files name none.

    Raises:
        QueueError: QU-LEASE where the arrival is in the queue and the lease is not, or no more, that of its job.
            Nothing was written.
        StoreError: ST-ANSWERED where this attempt has an answer already; else as `write`. Nothing was written.
        ProgramError: PR-STORE where the answer contradicts itself or its arrival. Nothing was written.
    """
    if outcome.arrival_id != arrival.id:
        raise unsound(outcome, f"is offered for arrival {arrival.id}")
    try:
        now = store.clock.now()
        unit = RecordOutcome.of(
            arrival, study, outcome, now, lease=lease, workload=workload, sketched=sketched, person=person
        )
        return write(store, unit)
    except (ValueError, TypeError) as error:
        raise unsound(outcome, f"cannot be stored: {error}") from error


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


def since(store: Store, after: int, limit: int = 200) -> tuple[Recorded, ...]:
    """The outcomes that were recorded after one, oldest first.

    Args:
        store: where from.
        after: the `id` of an outcome; 0 for all.
        limit: most of them.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        return _read(connection, _JOINED.where(outcomes.c.id > after).order_by(outcomes.c.id).limit(limit))


def last_id(store: Store) -> int:
    """The `id` of the newest outcome; 0 where there is none."""
    with store.reading() as connection:
        return int(connection.execute(select(func.coalesce(func.max(outcomes.c.id), 0))).scalar_one())


def of_arrivals(store: Store, arrival_ids: Sequence[str]) -> tuple[Recorded, ...]:
    """The outcomes of some arrivals, as far as there are any, in the order in which they were recorded.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        return _read(connection, _JOINED.where(outcomes.c.arrival_id.in_(arrival_ids)).order_by(outcomes.c.id))


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


def matching(store: Store, wanted: Wanted, limit: int, after: int = 0) -> tuple[Recorded, ...]:
    """A page of the outcomes that are wanted, oldest first.

    Args:
        store: where from.
        wanted: which ones.
        limit: most rows of the page.
        after: the `id` of the last row of the page before; 0 for the first page.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    page = _JOINED.where(outcomes.c.id > after, *wanted.conditions()).order_by(outcomes.c.id).limit(limit)
    with store.reading() as connection:
        return _read(connection, page)


def counted(store: Store, wanted: Wanted) -> int:
    """How many outcomes are wanted.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    joined = outcomes.join(arrivals).outerjoin(studies)
    query = select(func.count()).select_from(joined).where(*wanted.conditions())
    with store.reading() as connection:
        return connection.execute(query).scalar_one()


def by_id(connection: Connection, outcome_ids: Sequence[int]) -> dict[int, Recorded]:
    """The outcomes with these numbers, on a connection that is already reading."""
    return {one.id: one for one in _read(connection, _JOINED.where(outcomes.c.id.in_(outcome_ids)))}


def reusable(store: Store, basis: Basis) -> Outcome | None:
    """The newest outcome that another study with the same basis may repeat; None if there is none.

    All of its scan was looked at, with the model's own threshold, and it is no repetition itself. That slices of the
    study were missing is no hindrance: whether they are missing now, the other study knows itself.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    in_full = (outcomes.c.status == Status.ANSWERED.value) | (outcomes.c.code == "IN-SER-INCOMPLETE")
    query = (
        _JOINED.join(timings, timings.c.outcome_id == outcomes.c.id)
        .where(studies.c.content_hash == basis.content_hash, studies.c.kind == basis.kind)
        .where(studies.c.modality == basis.modality, outcomes.c.model_hash == basis.model_hash)
        .where(outcomes.c.backend == basis.backend, outcomes.c.effort == basis.effort)
        .where(timings.c.threads == basis.threads, outcomes.c.program_version == basis.program_version)
        .where(in_full, outcomes.c.coverage == 1.0, outcomes.c.reused_from.is_(None))
        .where(not_(cast(outcomes.c.doubts, Text).contains(THRESHOLD_CHANGED)))
        .order_by(outcomes.c.id.desc())
        .limit(1)
    )
    with store.reading() as connection:
        found = _read(connection, query)
    return found[0].outcome if found else None


_PARTS = (arrivals, studies, outcomes)
_JOINED = select(*(column.label(f"{part.name}.{column.name}") for part in _PARTS for column in part.c)).select_from(
    outcomes.join(arrivals).outerjoin(studies)
)


def _read(connection: Connection, page: Select[Any]) -> tuple[Recorded, ...]:
    found = connection.execute(page).mappings().all()
    of_study = _children(connection, instances.c.study_id, [row["studies.id"] for row in found])
    of_outcome = [
        _children(connection, table.c.outcome_id, [row["outcomes.id"] for row in found])
        for table in (regions, region_instances, region_measures)
    ]
    second = _children(connection, opinions.c.outcome_id, [row["outcomes.id"] for row in found])
    return tuple(
        _recorded(
            row,
            of_study[row["studies.id"]],
            [children[row["outcomes.id"]] for children in of_outcome],
            second[row["outcomes.id"]],
        )
        for row in found
    )


def _children(
    connection: Connection, parent: Column[Any], parent_ids: Sequence[int | None]
) -> defaultdict[int | None, list[rows.Row]]:
    """The rows that belong to each parent, in their order."""
    children: defaultdict[int | None, list[rows.Row]] = defaultdict(list)
    query = select(parent.table).where(parent.in_(parent_ids)).order_by(*parent.table.primary_key)
    for row in connection.execute(query).mappings():
        children[row[parent.name]].append(dict(row))
    return children


def _recorded(
    row: RowMapping, instance_rows: list[rows.Row], of_outcome: list[list[rows.Row]], second: list[rows.Row]
) -> Recorded:
    outcome = _part(row, outcomes)
    study = _part(row, studies)
    return Recorded(
        id=outcome["id"],
        recorded_at=outcome["recorded_at"],
        arrival=rows.arrival_of(_part(row, arrivals)),
        study=None if study["id"] is None else rows.study_of(study, instance_rows),
        outcome=replace(rows.outcome_of(outcome, *of_outcome), opinion=opinion_of(second[0]) if second else None),
        salt=outcome["salt"],
    )


def _part(row: RowMapping, table: Table) -> rows.Row:
    return {column.name: row[f"{table.name}.{column.name}"] for column in table.c}
