"""What changes the queue: taking in, claiming, giving back, withdrawing, each a unit of one transaction.

Answering is a part of `engine.store.outcome_unit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.audit.actions import PROGRAM, Act
from engine.audit.log import AuditDraft, Json
from engine.domain.job import Job, Outlook
from engine.store import job_rows, rows
from engine.store.lease import drop_files
from engine.store.tables import arrivals, job_files, jobs

# Written out instead of bound: SQLite uses a partial index only where the statement itself says its condition.
WAITING = jobs.c.state == literal_column("'waiting'")
WORKING = jobs.c.state == literal_column("'working'")


class Undone(Exception):  # noqa: N818  # no error: the transaction is left without a trace
    """The queue is not as it was when the unit was made."""


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Takes a job in with its arrival, unless its key is known."""

    job: Job
    actor: str = PROGRAM

    @property
    def audit(self) -> AuditDraft:
        detail: dict[str, Json] = {"origin": self.job.origin, "priority": self.job.arrival.priority}
        return AuditDraft(self.actor, Act.ARRIVAL_QUEUED, self.job.arrival.id, detail)

    def apply(self, connection: Connection) -> None:
        connection.execute(insert(arrivals), rows.arrival_row(self.job.arrival))
        added = connection.execute(_ADD_JOB, job_rows.job_row(self.job))
        if not added.rowcount:
            raise Undone
        files = [{"job_id": added.lastrowid, **row} for row in job_rows.job_file_rows(self.job)]
        if files:
            connection.execute(insert(job_files), files)


@dataclass(frozen=True, slots=True)
class Claim:
    """Gives a worker the lease of a waiting job."""

    job: Job
    worker: str
    at: datetime
    outlook: Outlook | None

    @property
    def audit(self) -> AuditDraft:
        detail: dict[str, Json] = {"worker": self.worker, "attempt": self.job.attempt}
        return AuditDraft(PROGRAM, Act.JOB_CLAIMED, self.job.arrival.id, detail)

    def apply(self, connection: Connection) -> None:
        lease: rows.Row = {"state": "working", "worker": self.worker, "claimed_at": self.at}
        lease |= job_rows.outlook_row(self.outlook) if self.outlook else {}
        waiting = (jobs.c.arrival_id == self.job.arrival.id, WAITING, jobs.c.attempt == self.job.attempt)
        _change(connection, *waiting, values=lease)


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Puts a job back that its worker does not answer."""

    job: Job
    reason: str
    died: bool

    @property
    def audit(self) -> AuditDraft:
        detail: dict[str, Json] = {"worker": self.job.worker, "attempt": self.job.attempt, "died": self.died}
        return AuditDraft(PROGRAM, Act.JOB_RETURNED, self.job.arrival.id, detail)

    def apply(self, connection: Connection) -> None:
        leased = (jobs.c.arrival_id == self.job.arrival.id, WORKING, jobs.c.worker == self.job.worker)
        unwanted = connection.execute(select(jobs.c.cancel).where(*leased)).scalar_one_or_none()
        back: rows.Row = {
            "state": "withdrawn" if unwanted else "waiting",
            "worker": None,
            "claimed_at": None,
            "attempt": self.job.attempt + self.died,
            "reason": self.reason,
        }
        _change(connection, *leased, values=back)
        if unwanted:
            _drop_files(connection, self.job.arrival.id)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Takes back the wish for an answer that nobody works on yet."""

    arrival_id: str
    reason: str

    @property
    def audit(self) -> AuditDraft:
        return AuditDraft(PROGRAM, Act.JOB_WITHDRAWN, self.arrival_id, {})

    def apply(self, connection: Connection) -> None:
        taken_back: rows.Row = {"state": "withdrawn", "cancel": True, "reason": self.reason}
        _change(connection, jobs.c.arrival_id == self.arrival_id, WAITING, values=taken_back)
        _drop_files(connection, self.arrival_id)


@dataclass(frozen=True, slots=True)
class Cancel:
    """Tells whoever works on an answer that it is not wanted any more."""

    arrival_id: str

    @property
    def audit(self) -> AuditDraft:
        return AuditDraft(PROGRAM, Act.JOB_CANCELLED, self.arrival_id, {})

    def apply(self, connection: Connection) -> None:
        at_work_here = (jobs.c.arrival_id == self.arrival_id, WORKING, jobs.c.cancel.is_(False))
        _change(connection, *at_work_here, values={"cancel": True})


def _change(connection: Connection, *where: Any, values: rows.Row) -> None:
    if not connection.execute(update(jobs).where(*where).values(values)).rowcount:
        raise Undone


def _drop_files(connection: Connection, arrival_id: str) -> None:
    drop_files(connection, connection.execute(select(jobs.c.id).where(jobs.c.arrival_id == arrival_id)).scalar_one())


_ADD_JOB = sqlite_insert(jobs).on_conflict_do_nothing(index_elements=["key"])
