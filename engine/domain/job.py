"""A job: an arrival in the queue, from when it was taken in until it has its outcome or was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.domain.arrival import Arrival
from engine.domain.request import Request
from engine.domain.study import Kind

State = Literal["waiting", "working", "answered", "withdrawn"]
"""waiting: nobody has it; working: a worker has the lease; answered: its outcome is recorded; withdrawn: who wanted the
answer took the wish back before work began, so there is none."""

Origin = Literal["run", "desktop", "watch", "listen"]
"""Who took it in."""


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file of the study; it is found again by this.

    Args:
        path: the file; of a member the archive that holds it.
        member: its name inside the archive; empty for a file.
    """

    path: str
    member: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is forecast of an answer.

    Args:
        work_p50_s: median forecast of the work; worked out anew when it is claimed.
        work_p90_s: the seconds that nine of ten such studies stay under.
        basis: what these rest on, `recorded`, `few` or `assumed`; see `engine.queue.forecast`.
        expected_at: median forecast of when the answer is there, UTC, as promised when it was taken in; None where
            nothing was, as of those without a deadline.
        at_latest: the time that nine of ten such studies are answered by, UTC, promised alike.
        late_s: how late the answer was expected to be; 0 is in time.
    """

    work_p50_s: float
    work_p90_s: float
    basis: str
    expected_at: datetime | None = None
    at_latest: datetime | None = None
    late_s: float | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """A worker's right to answer a job, which ends when the job is taken from it.

    Args:
        worker: whose it is.
        attempt: which attempt at the arrival.
    """

    worker: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Job:
    """An arrival in the queue.

    Args:
        arrival: what came in.
        request: what is wanted of the answer.
        origin: who took it in.
        path: of the study; see `engine.intake.find.Found`.
        files: to be read, in their order; empty where the job was listed without them, or is open no more.
        missing: what belongs to the study and was not found, one sentence each.
        refusal: code, message and next step of what cannot be read; None for what is worth reading.
        kind: form of the study, as far as it can be told before it is read.
        stored_bytes: of all files, as they lay on the disk.
        key: the same key gives the same arrival; None for what is taken in as often as it is given.
        state: where it stands.
        attempt: 1 for the first; one more for each worker that died at work on it.
        worker: who has the lease, or None.
        claimed_at: since when, UTC.
        cancel: the answer is not wanted any more.
        reason: why it came back into the queue or was withdrawn; empty otherwise.
        outlook: when it is expected; None where that was not worked out.
    """

    arrival: Arrival
    request: Request
    origin: Origin
    path: str
    files: tuple[JobFile, ...] = ()
    missing: tuple[str, ...] = ()
    refusal: tuple[str, str, str] | None = None
    kind: Kind = "photograph"
    stored_bytes: int = 0
    key: str | None = None
    state: State = "waiting"
    attempt: int = 1
    worker: str | None = None
    claimed_at: datetime | None = None
    cancel: bool = False
    reason: str = ""
    outlook: Outlook | None = None
