"""What dead workers left behind: back into the queue, or set aside where it was the second one that died of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from engine.domain.job import Job, Lease
from engine.domain.outcome import Outcome, Status
from engine.errors import QueueError
from engine.program import program_version
from engine.queue.pulse import Pulse
from engine.store.database import Store
from engine.store.outcomes import record
from engine.store.queue import at_work, give_back

_log = logging.getLogger(__name__)

MOST_ATTEMPTS = 2
"""A study at whose work so many workers died is not tried again."""


def settle(store: Store, pulse: Pulse, *, worker: str, ended: str, seen: str) -> None:
    """Takes every lease of others from them; to be called by whoever holds the worker's lock, before its first claim.

    Args:
        store: where the queue is.
        pulse: what the dead said last.
        worker: the name of this one.
        ended: the name of the last worker, if it ended in good order; what it could not give back, on a full disk say,
            counts as no attempt.
        seen: how the last one died, as its supervisor saw it; empty where nobody did.

    Raises:
        StoreError: as `write`; what was settled stays so.
    """
    last_words = {sign.name: sign.facts for sign in pulse.signs("worker")}
    for job in at_work(store):
        if job.worker == worker:
            continue
        died = job.worker != ended
        reason = _what_was_seen(job, seen, last_words.get(job.worker or "")) if died else "The worker ended."
        if died and job.attempt >= MOST_ATTEMPTS:
            _set_aside(store, job, reason)
        else:
            give_back(store, job, reason, died=died)
            _log.warning("Arrival %s is back in the queue: %s", job.arrival.id, reason)
    for name in last_words.keys() - {worker}:
        pulse.leave("worker", name)


def _set_aside(store: Store, job: Job, reason: str) -> None:
    outcome = Outcome(
        arrival_id=job.arrival.id,
        status=Status.FAILED,
        reason=f"{reason} " + _died_of_it(job.attempt),
        code="QU-KILLED",
        budget_s=job.request.budget_s,
        program_version=program_version(),
        attempt=job.attempt,
    )
    _log.error("Arrival %s is set aside: %s", job.arrival.id, reason)
    try:
        record(store, job.arrival, None, outcome, lease=Lease(job.worker or "", job.attempt))
    except QueueError:
        _log.warning("Arrival %s was settled by another process", job.arrival.id)


def _died_of_it(times: int) -> str:
    """Why nobody tries once more, and what a person can do."""
    return (
        f"Workers died of it {times} times (limit {MOST_ATTEMPTS}). Report it with the worker's log, and run the study "
        "again once the cause is gone."
    )


def _what_was_seen(job: Job, seen: str, facts: Mapping[str, Any] | None) -> str:
    """One sentence: how the worker ended, and how far it was."""
    how = f" ({seen})" if seen else ""
    steps = facts.get("at_work", ()) if facts else ()
    step = next((step for step in steps if step["arrival_id"] == job.arrival.id), None)
    if step is None:
        return f"The worker died{how} while this study was at a stage that nobody saw."
    return f"The worker died{how} while this study was at stage '{step['stage']}', with {step['share']:.0%} looked at."
