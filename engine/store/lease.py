"""The end of a job inside the transaction of its outcome: only whoever has the lease may answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from engine.domain.job import Lease
from engine.errors import QueueError
from engine.store.statement import driver_of

# For the driver, as all that is done for every record.
_COLUMNS = ("id", "state", "worker", "attempt", "work_p50_s", "work_p90_s")
_JOB = f"SELECT {', '.join(_COLUMNS)} FROM jobs WHERE arrival_id = ?"  # noqa: S608  # our own names
_CLOSE = "UPDATE jobs SET state = 'answered', worker = NULL WHERE id = ?"
_DROP_FILES = "DELETE FROM job_files WHERE job_id = ?"

_NOT_QUEUED: Mapping[str, Any] = {"work_p50_s": None, "work_p90_s": None}


def close_job(driver: sqlite3.Connection, arrival_id: str, lease: Lease | None) -> Mapping[str, Any]:
    """Marks the job of an arrival as answered.

    Args:
        driver: inside the transaction that records the outcome.
        arrival_id: what is answered.
        lease: of who answers; None for an arrival that was never queued.

    Returns:
        What is needed of the job's row; of its forecast nothing where there is none.

    Raises:
        QueueError: QU-LEASE.
    """
    row = driver.execute(_JOB, (arrival_id,)).fetchone()
    job = None if row is None else dict(zip(_COLUMNS, row, strict=True))
    if job is None and lease is None:
        return _NOT_QUEUED
    if job is None or lease is None or not _is_of(lease, job):
        raise QueueError(
            "QU-LEASE",
            f"Arrival {arrival_id} is not, or no more, to be answered by {lease.worker if lease else 'this process'} "
            f"({_standing(job)}).",
            "Nothing is lost: whoever has it now answers it.",
        )
    driver.execute(_CLOSE, (job["id"],))
    driver.execute(_DROP_FILES, (job["id"],))
    return job


def drop_files(connection: Connection, job_id: int) -> None:
    """Forgets the files of a job that is open no more; those of an answered study are its instances."""
    driver_of(connection).execute(_DROP_FILES, (job_id,))


def _is_of(lease: Lease, job: Mapping[str, Any]) -> bool:
    return job["state"] == "working" and (job["worker"], job["attempt"]) == (lease.worker, lease.attempt)


def _standing(job: Mapping[str, Any] | None) -> str:
    if job is None:
        return "it is not in the queue"
    holder = f" by {job['worker']}" if job["worker"] else ""
    return f"it is {job['state']}{holder}, attempt {job['attempt']}"
