"""How the queue of a home stands, and what of it somebody has to look after: the alarms of `fovea status`."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.domain.activation import ModelChange
from engine.domain.job import Job
from engine.domain.outcome import Status
from engine.domain.source_change import SourceChange
from engine.queue.forecast import Forecaster
from engine.queue.jobs import waiting_of
from engine.queue.known_timings import known_timings
from engine.queue.plan import Planned, plan
from engine.queue.pulse import Pulse, Sign
from engine.queue.schedule import Rules
from engine.queue.starting import until_ready
from engine.queue.turn import STAT
from engine.store.database import Store
from engine.store.model_changes import standing
from engine.store.outcomes import Recorded, newest
from engine.store.queue import at_work, next_waiting
from engine.store.source_changes import changed_sources

LEAST_FREE_BYTES = 1 << 30
FAILED_WITHIN_S = 3600.0
UNSERVED_S = 30.0
"""What a worker may take to start before it is missed."""

WAITS_LONG_S = 2.0 * Rules().longest_wait_s
"""After this a study gets a turn whatever else waits; who waits longer waits behind others like it."""

_LOOKED_AT = 100
_MOST_WAITING = 10_000


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that does not mend itself, or not soon.

    Args:
        name: short and stable, for a monitor; docs/operations.md lists them.
        reason: what stands, one sentence.
        next_step: what a person can do, one sentence.
    """

    name: str
    reason: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Condition:
    """How the queue stands at one moment.

    Args:
        at: which moment, UTC.
        planned: those who wait, in the order in which they will be answered.
        at_work: the claimed jobs.
        worker: the last sign of the worker; None where none was ever seen.
        feeders: the signs of all who feed the queue and are alive.
        last: the newest outcomes, newest first.
        promises: whether each of the newest answers came by its 90 % forecast.
        free_bytes: on the disk of the home.
        taken_back: the versions of models that the program took back, and nobody has looked after since.
        changed: what is not what it was, of the sources, newest first.
    """

    at: datetime
    planned: tuple[Planned, ...]
    at_work: tuple[Job, ...]
    worker: Sign | None
    feeders: tuple[Sign, ...]
    last: tuple[Recorded, ...]
    promises: tuple[bool, ...]
    free_bytes: int
    taken_back: tuple[ModelChange, ...] = ()
    changed: tuple[SourceChange, ...] = ()

    @property
    def is_served(self) -> bool:
        """Whether a worker is alive."""
        return self.worker is not None and self.worker.is_alive

    @property
    def late(self) -> tuple[Planned, ...]:
        """Those who wait and are expected to be late."""
        return tuple(one for one in self.planned if one.late_s > 0.0)

    @property
    def longest_wait_s(self) -> float:
        """Since the one that waits longest was first seen; 0 if none waits."""
        return max(((self.at - one.waiting.arrived_at).total_seconds() for one in self.planned), default=0.0)

    @property
    def longest_unanswered_s(self) -> float:
        """The same, those counted too that a worker has begun, which may be gone."""
        begun = ((self.at - job.arrival.arrived_at).total_seconds() for job in self.at_work)
        return max(self.longest_wait_s, *begun, 0.0)


def condition_of(store: Store, pulse: Pulse) -> Condition:
    """Looks at the queue, the record, the signs of life and the disk.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    now = store.clock.now()
    timings = known_timings(store)
    forecaster = Forecaster(timings)
    working = at_work(store)
    workers = pulse.signs("worker")
    return Condition(
        at=now,
        planned=plan(
            [waiting_of(job) for job in next_waiting(store, _MOST_WAITING)],
            now,
            forecaster,
            busy_s=sum(_left_s(job, now) for job in working),
            starting=until_ready(pulse),
        ),
        at_work=working,
        worker=workers[0] if workers else None,
        feeders=tuple(sign for sign in pulse.signs("feeder") if sign.is_alive),
        last=newest(store, _LOOKED_AT),
        promises=tuple(timing.in_promise for timing in timings if timing.in_promise is not None)[-_LOOKED_AT:],
        free_bytes=shutil.disk_usage(store.home.root).free,
        taken_back=standing(store).taken_back,
        changed=changed_sources(store),
    )


def alarms_of(condition: Condition, expected: Iterable[str] = ()) -> tuple[Alarm, ...]:
    """What stands, the gravest first.

    Args:
        condition: of the queue.
        expected: kinds of feeders that are to be there, `watch` or `listen`.
    """
    return (
        *_of_worker(condition),
        *_of_feeders(condition, expected),
        *_of_waiting(condition),
        *_of_answers(condition),
        *_of_models(condition),
        *_of_sources(condition),
        *_of_disk(condition),
    )


def _of_worker(condition: Condition) -> Iterator[Alarm]:
    faults = [str(sign.facts["fault"]) for sign in condition.feeders if sign.facts.get("fault")]
    trouble = str(condition.worker.facts.get("trouble", "")) if condition.is_served and condition.worker else ""
    if faults or trouble:
        yield Alarm("worker-trouble", (faults or [trouble])[0], "The log of the home has the details.")
    unanswered = len(condition.planned) + len(condition.at_work)
    if unanswered and not condition.is_served and condition.longest_unanswered_s > UNSERVED_S:
        yield Alarm(
            "no-worker",
            f"No worker is there to answer; studies waiting: {unanswered}.",
            "Start what is to answer them: the service, `fovea watch` or `fovea listen`; see the log of the home.",
        )


def _of_feeders(condition: Condition, expected: Iterable[str]) -> Iterator[Alarm]:
    alive = {str(sign.facts.get("origin")) for sign in condition.feeders}
    for name in expected:
        if name not in alive:
            yield Alarm("not-running", f"`fovea {name}` is not running.", "Start it, or its service.")
    for sign in condition.feeders:
        for reason in sign.facts.get("reasons", ()):
            yield Alarm(
                "not-fed",
                f"fovea {sign.facts.get('origin')}: {reason}",
                "Mend what it names; it is tried again by itself. What came meanwhile is taken then.",
            )


def _of_waiting(condition: Condition) -> Iterator[Alarm]:
    if late := [one for one in condition.late if one.waiting.priority == STAT]:
        worst_s = max(one.late_s for one in late)
        yield Alarm(
            "stat-late",
            f"Stat cases that wait and are expected to be late: {len(late)}, by up to {worst_s:.0f} s.",
            "Look at these studies yourself.",
        )
    if condition.longest_wait_s > WAITS_LONG_S:
        yield Alarm(
            "waits-long",
            f"A study has waited for {condition.longest_wait_s / 60.0:.0f} minutes (limit {WAITS_LONG_S / 60.0:.0f}).",
            "More comes than can be answered: see docs/operations.md, or pause what sends.",
        )


def _of_answers(condition: Condition) -> Iterator[Alarm]:
    since = condition.at - timedelta(seconds=FAILED_WITHIN_S)
    failed = [one for one in condition.last if one.outcome.status is Status.FAILED and one.recorded_at > since]
    if failed:
        yield Alarm(
            "failed",
            f"Studies that failed within the last hour: {len(failed)}, the newest with {failed[0].outcome.code}.",
            "See their reasons below, and report them with the log.",
        )
    looked_at = next((one for one in condition.last if one.outcome.backend and not one.outcome.reused_from), None)
    if looked_at and (lost := [doubt for doubt in looked_at.outcome.doubts if doubt.startswith("gpu-")]):
        yield Alarm("gpu-lost", f"The newest answer came from the CPU ({lost[0]}).", "Run `fovea doctor`.")


def _of_models(condition: Condition) -> Iterator[Alarm]:
    for change in condition.taken_back:
        left = f" {change.previous.version}" if change.previous else ""
        yield Alarm(
            "model-taken-back",
            f"{change.model_id}{left} was taken back on {change.at:%Y-%m-%d %H:%M} UTC and {change.release.version} "
            f"answers again: {change.reason}",
            f"Find out why; then `fovea models activate {change.model_id}` the version that is to answer.",
        )


def _of_sources(condition: Condition) -> Iterator[Alarm]:
    """One for each source and model, however many of its numbers changed."""
    by_source: dict[tuple[str, str], list[SourceChange]] = {}
    for change in condition.changed:
        by_source.setdefault((change.source, change.model), []).append(change)
    for (source, model), some in by_source.items():
        since = min(change.since for change in some if change.since)
        what = ", ".join(change.what for change in reversed(some))
        yield Alarm(
            "source-changed",
            f"{source} is not what it was since {since:%Y-%m-%d %H:%M} UTC, as {model} sees it: {what}.",
            "See `fovea monitor report`; once the cause is found, `fovea monitor begin SOURCE --reason TEXT`.",
        )


def _of_disk(condition: Condition) -> Iterator[Alarm]:
    if condition.free_bytes < LEAST_FREE_BYTES:
        yield Alarm(
            "disk-low",
            f"The disk of the home has {condition.free_bytes / (1 << 20):,.0f} MiB left (limit "
            f"{LEAST_FREE_BYTES >> 20:,} MiB).",
            "Free space; on a full disk nothing can be answered.",
        )


def _left_s(job: Job, now: datetime) -> float:
    """What is left of the work on a claimed job, as forecast."""
    if job.outlook is None or job.claimed_at is None:
        return 0.0
    return max(0.0, job.outlook.work_p50_s - (now - job.claimed_at).total_seconds())
