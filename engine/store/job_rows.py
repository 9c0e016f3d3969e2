"""Jobs to rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from engine.domain.arrival import Arrival
from engine.domain.job import Job, JobFile, Outlook
from engine.domain.request import Request
from engine.domain.workload import Workload
from engine.store.rows import Row

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""What `due` says of a job without a deadline, so that it stands behind those that have one."""

_REQUEST = tuple(field.name for field in fields(Request))
_OUTLOOK = ("work_p50_s", "work_p90_s", "expected_at", "at_latest", "late_s")
_PLAIN = (
    "origin",
    "key",
    "path",
    "kind",
    "stored_bytes",
    "state",
    "attempt",
    "worker",
    "claimed_at",
    "cancel",
    "reason",
)
"""Fields of a Job whose column has the same name and the same value."""


def job_row(job: Job) -> Row:
    """The row of `jobs`, without its id."""
    return {
        "arrival_id": job.arrival.id,
        "priority": job.arrival.priority,
        "due": job.arrival.deadline or NEVER,
        "refusal": None if job.refusal is None else list(job.refusal),
        "missing": list(job.missing),
        **{name: getattr(job, name) for name in _PLAIN},
        **{name: getattr(job.request, name) for name in _REQUEST},
        **outlook_row(job.outlook),
    }


def outlook_row(outlook: Outlook | None) -> Row:
    """The columns of `jobs` that say when the answer is expected."""
    found = {name: getattr(outlook, name, None) for name in _OUTLOOK}
    return found | {"forecast_basis": getattr(outlook, "basis", None)}


def job_file_rows(job: Job) -> list[Row]:
    """The rows of `job_files`, without the job's id."""
    return [{"position": position, "path": file.path, "member": file.member} for position, file in enumerate(job.files)]


def timing_row(workload: Workload, job: Mapping[str, Any]) -> Row:
    """The row of `timings`, without the outcome's id.

    Args:
        workload: what there was to do.
        job: the row of the job, which knows what was forecast.
    """
    return asdict(workload) | {"forecast_p50_s": job["work_p50_s"], "forecast_p90_s": job["work_p90_s"]}


def job_of(row: Mapping[str, Any], arrival: Arrival, files: Iterable[Mapping[str, Any]] = ()) -> Job:
    """The job of a row, with its arrival and files, given in order."""
    return Job(
        arrival=arrival,
        request=Request(**{name: row[name] for name in _REQUEST}),
        files=tuple(JobFile(file["path"], file["member"]) for file in files),
        missing=tuple(row["missing"]),
        refusal=None if row["refusal"] is None else tuple(row["refusal"]),
        outlook=_outlook_of(row),
        **{name: row[name] for name in _PLAIN},
    )


def _outlook_of(row: Mapping[str, Any]) -> Outlook | None:
    if row["forecast_basis"] is None:
        return None
    return Outlook(**{name: row[name] for name in _OUTLOOK}, basis=row["forecast_basis"])
