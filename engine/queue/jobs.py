"""What was found to a job and back: a study travels through the queue as names, never as pixels or headers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.domain.arrival import Arrival
from engine.domain.job import Job, JobFile, Lease, Origin
from engine.domain.request import Request
from engine.errors import InputError
from engine.intake.entry import Entry
from engine.intake.find import Found
from engine.queue.deadline import Prospect, prospect_of
from engine.queue.turn import Waiting


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that a worker has the lease of, as `engine.queue.overlap` works it off.

    Args:
        job: as claimed.
        found: its files.
    """

    job: Job
    found: Found

    @property
    def arrival(self) -> Arrival:
        """What is to be answered."""
        return self.job.arrival

    @property
    def request(self) -> Request:
        """What is wanted of the answer."""
        return self.job.request

    @property
    def attempt(self) -> int:
        """1 for the first try."""
        return self.job.attempt

    @property
    def lease(self) -> Lease:
        """The right to record its outcome."""
        return Lease(self.job.worker or "", self.job.attempt)


def job_for(
    found: Found,
    request: Request,
    arrival: Arrival,
    origin: Origin,
    key: str | None,
    prospect: Prospect | None = None,
) -> Job:
    """A job for what was found, not in the queue yet.

    Args:
        found: what intake found.
        request: what is wanted of the answer.
        arrival: as what it came in.
        origin: who takes it in.
        key: the same key gives the same arrival.
        prospect: what was seen of it already; None looks.
    """
    prospect = prospect or prospect_of(found)
    refusal = found.refusal
    return Job(
        arrival=arrival,
        request=request,
        origin=origin,
        path=str(found.path),
        files=tuple(JobFile(str(entry.path), entry.member) for entry in found.files),
        missing=found.missing,
        refusal=None if refusal is None else (refusal.code, refusal.message, refusal.next_step),
        kind=prospect.kind,
        stored_bytes=prospect.stored_bytes,
        key=key,
    )


def found_of(job: Job) -> Found:
    """What was found, without the headers of slices."""
    return Found(
        source=job.arrival.source,
        path=Path(job.path),
        refusal=None if job.refusal is None else InputError(*job.refusal),
        files=tuple(Entry(Path(file.path), file.member) for file in job.files),
        missing=job.missing,
    )


def waiting_of(job: Job) -> Waiting:
    """The job as the schedule sees it."""
    return Waiting(
        arrival_id=job.arrival.id,
        arrived_at=job.arrival.arrived_at,
        deadline=job.arrival.deadline,
        priority=job.arrival.priority,
        kind=job.kind,
        stored_bytes=job.stored_bytes,
        model_id=job.request.model_id,
    )
