"""The queue: taking an arrival in, claiming it, giving it back and withdrawing it, each in one transaction.

Answering is `engine.store.outcomes.record`, which closes the job in the transaction of its outcome.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, exists, func, or_, select

from engine.audit.actions import PROGRAM
from engine.domain.arrival import Arrival
from engine.domain.job import Job, Outlook, State
from engine.store import job_rows, rows
from engine.store.database import Store
from engine.store.queue_units import WAITING, WORKING, Cancel, Claim, Enqueue, GiveBack, Undone, Withdraw
from engine.store.tables import arrivals, job_files, jobs
from engine.store.write import write


def enqueue(store: Store, job: Job, outlook: Outlook | None = None, actor: str = PROGRAM) -> Job:
    """Takes a job in, with its arrival; on return both are on the disk.

    Args:
        store: where the queue is.
        job: with its files.
        outlook: what is promised of it; None promises nothing.
        actor: the person who asked for it.

    Returns:
        The job; the one that was taken in earlier where its key is known already.

    Raises:
        StoreError, ProgramError: as `write`; nothing was taken in.
    """
    if job.key is not None and (known := job_of_key(store, job.key)):
        return known
    try:
        write(store, Enqueue(replace(job, outlook=outlook), actor))
    except Undone:  # another feeder had the same key in the meantime
        return job_of_key(store, job.key or "") or job
    return job


def claim(store: Store, worker: str, job: Job, outlook: Outlook | None = None) -> Job | None:
    """Gives a worker the lease of a waiting job.

    Args:
        store: where the queue is.
        worker: who will answer it.
        job: as it was listed.
        outlook: when it is expected now; None leaves what is known.

    Returns:
        The job with its files; None where it is not waiting any more.
    """
    try:
        write(store, Claim(job, worker, store.clock.now(), outlook))
    except Undone:
        return None
    return job_of_arrival(store, job.arrival.id)


def give_back(store: Store, job: Job, reason: str, *, died: bool = False) -> bool:
    """Puts a job that is not answered back into the queue; one that is not wanted any more is withdrawn instead.

    Args:
        store: where the queue is.
        job: as it was claimed.
        reason: why.
        died: its worker died at work on it, which counts as an attempt.

    Returns:
        False where the worker that claimed it has the lease no more.
    """
    try:
        write(store, GiveBack(job, reason, died=died))
    except Undone:
        return False
    return True


def withdraw(store: Store, arrival_id: str, reason: str) -> State:
    """Takes back the wish for an answer: what is waiting gets none, of what is at work the worker is asked to stop.

    Returns:
        `withdrawn`; `working` where the outcome is still to come; `answered` where it came first.
    """
    for unit in (Withdraw(arrival_id, reason), Cancel(arrival_id)):
        try:
            write(store, unit)
        except Undone:
            continue
        break
    job = job_of_arrival(store, arrival_id)
    return job.state if job else "answered"


def job_of_arrival(store: Store, arrival_id: str) -> Job | None:
    """The job of an arrival with its files; None where it was never queued."""
    return _one(store, jobs.c.arrival_id == arrival_id)


def job_of_key(store: Store, key: str) -> Job | None:
    """The job that was taken in with a key."""
    return _one(store, jobs.c.key == key)


def known(connection: Connection, arrival_ids: Sequence[str]) -> frozenset[str]:
    """Those of some arrivals that are or were in the queue, on a connection that is already reading."""
    return frozenset(connection.execute(select(jobs.c.arrival_id).where(jobs.c.arrival_id.in_(arrival_ids))).scalars())


def next_waiting(store: Store, limit: int = 64) -> tuple[Job, ...]:
    """The waiting jobs among which the next one is, without their files. A long queue is not read for each claim.

    Of each priority those that are due next and those that were due first: a backlog of the late does not hide who can
    still be in time. And the oldest routine one.

    Args:
        store: where the queue is.
        limit: how many of each.
    """
    oldest = _JOINED.where(WAITING, jobs.c.priority == 1).order_by(jobs.c.id).limit(1)
    now = store.clock.now()
    with store.reading() as connection:
        found: dict[str, Job] = {}
        for priority, is_due in itertools.product((0, 1), (jobs.c.due < now, jobs.c.due >= now)):
            of_priority = _JOINED.where(WAITING, jobs.c.priority == priority, is_due)
            due_first = of_priority.order_by(jobs.c.due, jobs.c.id).limit(limit)
            found |= {job.arrival.id: job for job in _jobs(connection, due_first)}
        found |= {job.arrival.id: job for job in _jobs(connection, oldest)}
    return tuple(found.values())


def urgent_waits(store: Store) -> bool:
    """Whether a stat study waits."""
    with store.reading() as connection:
        return bool(connection.execute(select(exists().where(WAITING, jobs.c.priority == 0))).scalar_one())


def at_work(store: Store) -> tuple[Job, ...]:
    """The claimed jobs, without their files, in the order in which they were taken in."""
    with store.reading() as connection:
        return _jobs(connection, _JOINED.where(WORKING).order_by(jobs.c.id))


def depth(store: Store) -> int:
    """How many jobs are waiting or at work."""
    with store.reading() as connection:
        return sum(
            connection.execute(select(func.count()).select_from(jobs).where(state)).scalar_one()
            for state in (WAITING, WORKING)
        )


def states_of(store: Store, arrival_ids: Sequence[str]) -> dict[str, State]:
    """Where the jobs of these arrivals stand."""
    with store.reading() as connection:
        found = connection.execute(select(jobs.c.arrival_id, jobs.c.state).where(jobs.c.arrival_id.in_(arrival_ids)))
        return {row.arrival_id: row.state for row in found}


def work_ahead(store: Store, arrival: Arrival) -> tuple[float, float]:
    """What is forecast of the open jobs that come before an arrival: the sum of the medians in seconds, and the sum of
    the squared distances from them to the 90 % quantiles.
    """
    due = arrival.deadline or job_rows.NEVER
    before = or_(jobs.c.priority < arrival.priority, and_(jobs.c.priority == arrival.priority, jobs.c.due <= due))
    spread_s = jobs.c.work_p90_s - jobs.c.work_p50_s
    sums = select(func.coalesce(func.sum(jobs.c.work_p50_s), 0.0), func.coalesce(func.sum(spread_s * spread_s), 0.0))
    with store.reading() as connection:
        found = [connection.execute(sums.where(*of)).one() for of in ((WAITING, before), (WORKING,))]
    return sum(row[0] for row in found), sum(row[1] for row in found)


_JOINED = select(jobs, *(column.label(f"arrivals.{column.name}") for column in arrivals.c)).join(arrivals)


def _one(store: Store, which: Any) -> Job | None:
    with store.reading() as connection:
        row = connection.execute(_JOINED.where(which)).mappings().one_or_none()
        if row is None:
            return None
        of_job = select(job_files).where(job_files.c.job_id == row["id"]).order_by(job_files.c.position)
        return _job_of(row, [dict(file) for file in connection.execute(of_job).mappings()])


def _jobs(connection: Connection, page: Select[Any]) -> tuple[Job, ...]:
    return tuple(_job_of(row) for row in connection.execute(page).mappings())


def _job_of(row: RowMapping, files: Sequence[rows.Row] = ()) -> Job:
    arrival = rows.arrival_of({column.name: row[f"arrivals.{column.name}"] for column in arrivals.c})
    return job_rows.job_of(dict(row), arrival, files)
