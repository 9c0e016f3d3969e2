"""A queue with the real tables, and somebody who answers by hand: what a watched folder needs, without a worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from engine.domain.arrival import Arrival
from engine.domain.job import Job
from engine.domain.outcome import Outcome, Status
from engine.domain.request import Request
from engine.intake.find import Found
from engine.queue.deadline import DeadlineRule, prospect_of
from engine.queue.jobs import Claimed, found_of, job_for
from engine.store import queue
from engine.store.database import Store
from engine.store.outcomes import Recorded, newest, record


class Desk:
    """Queues as the feed does, and answers what waits when it is told to."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.fails_to_submit: Exception | None = None
        self.seen: set[tuple[str, int]] = set()
        """Name and size of what was answered."""

    def submit(
        self,
        found: Found,
        request: Request,
        *,
        arrived_at: datetime | None,
        due: DeadlineRule | None,
        priority: int,
        key: str | None,
    ) -> Arrival:
        if self.fails_to_submit is not None:
            raise self.fails_to_submit
        assert arrived_at is not None
        prospect = prospect_of(found)
        deadline = due.due(prospect.kind, arrived_at, prospect.acquired_at) if due else None
        arrival = Arrival(uuid4().hex, found.source, arrived_at, deadline, priority)
        return queue.enqueue(self.store, job_for(found, request, arrival, "watch", key, prospect)).arrival

    def depth(self) -> int:
        return queue.depth(self.store)

    def waiting(self) -> list[Job]:
        """The waiting jobs with their files, in the order in which they came."""
        found = (queue.job_of_arrival(self.store, job.arrival.id) for job in queue.next_waiting(self.store, 10_000))
        return sorted((job for job in found if job), key=lambda job: (job.arrival.arrived_at, job.arrival.source))

    def answer(self, how: Callable[[Claimed], Outcome] | None = None) -> list[str]:
        """Answers all that waits; returns the names of what was answered."""
        names = []
        for job in self.waiting():
            claimed = queue.claim(self.store, "desk", job)
            assert claimed is not None
            work = Claimed(claimed, found_of(claimed))
            record(self.store, work.arrival, None, (how or answered)(work), lease=work.lease)
            names.append(Path(work.arrival.source).name)
            self.seen.add((names[-1], claimed.stored_bytes))
        return names

    def outcomes(self) -> list[Recorded]:
        """All outcomes, oldest first."""
        return list(reversed(newest(self.store, 100_000)))

    def answered_names(self) -> list[str]:
        return [Path(recorded.arrival.source).name for recorded in self.outcomes()]


def answered(work: Claimed) -> Outcome:
    """Nothing flagged."""
    return Outcome(work.arrival.id, Status.ANSWERED, flagged=False, coverage=1.0, attempt=work.attempt)


def refused(code: str) -> Callable[[Claimed], Outcome]:
    """A refusal of each study."""
    return lambda work: Outcome(work.arrival.id, Status.REFUSED, reason="It is so.", code=code, attempt=work.attempt)


def incomplete(code: str) -> Callable[[Claimed], Outcome]:
    """A partial answer of each study."""
    return lambda work: Outcome(
        work.arrival.id, Status.INCOMPLETE, flagged=False, coverage=1.0, code=code, attempt=work.attempt
    )
