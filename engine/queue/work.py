"""The work of the worker process: claims what waits, answers it, and records each answer, until it is to end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Protocol

from engine.attempt import Attempt
from engine.clock import SystemClock
from engine.domain.basis import Basis
from engine.domain.outcome import Outcome, Status
from engine.errors import FoveaError, ProgramError, QueueError, StoreError
from engine.intake.isolated.line import Line
from engine.intake.isolated.pool import Decoders
from engine.opinion.settings import rule_for
from engine.pipeline import Bench
from engine.places import Home
from engine.queue.aftermath import settle
from engine.queue.claims import Claims, Wish
from engine.queue.effort import chooser
from engine.queue.heart import Heart
from engine.queue.jobs import Claimed, waiting_of
from engine.queue.models import Models
from engine.queue.noticing import Noticing
from engine.queue.orders import Orders
from engine.queue.overlap import Overlap
from engine.queue.pulse import Note, Pulse
from engine.queue.reading import listing_again
from engine.queue.schedule import begins_anew, gives_way
from engine.queue.shadowing import Shadowing
from engine.queue.sole_worker import ended_well, noted, only_worker
from engine.queue.turn import Progress, Turn
from engine.registry.shelf import Shelf
from engine.store.changes import Changes
from engine.store.database import WORKING_CACHE_KIB, Store, open_store
from engine.store.faults import LASTING
from engine.store.heat_maps import keep_heat_map
from engine.store.outcomes import record, reusable
from engine.store.persons import Pseudonyms
from engine.store.queue import at_work, give_back
from engine.store.running import running

_log = logging.getLogger(__name__)

_LOOK_S = 0.1
_RETRY_S = 1.0


class Ending(Wish, Protocol):
    """The wish that the worker ends, which may come at any time."""

    def call(self, on_wish: Callable[[], None]) -> None:
        """Has something called when it comes, in another thread; at once where it came already."""


def work(orders: Orders, line: Line, pulse: Pulse, heart: Heart, ending: Ending) -> None:
    """Answers the queue until the end is wished for.

    Args:
        orders: how.
        line: the processes that decode.
        pulse: signs of life.
        heart: told how far the work is.
        ending: the wish to end.

    Raises:
        FoveaError: why nothing can be answered.
    """
    home = Home(Path(orders.home))
    resources = Path(orders.resources)
    clock = SystemClock()
    with (
        open_store(home, clock, cache_kib=WORKING_CACHE_KIB) as store,
        Bench.open(
            Shelf.of(home, resources),
            home=home,
            backend=orders.backend,
            threads=orders.threads,
            clock=clock,
            read=listing_again(Decoders(line).read_study),
        ) as bench,
        only_worker(home) as lock,
    ):
        heart.backend = bench.backend.name
        settle(store, pulse, worker=orders.worker, ended=ended_well(lock), seen=orders.seen)
        with (
            noted(lock, orders.worker),
            running(store, "worker"),
            closing(Models(store, bench, home, resources)) as models,
            closing(Noticing(store)),
        ):
            models.check()
            _Shift(orders.worker, store, bench, pulse, heart, ending, models).answer_all()


class _Shift:
    """One worker's time at the queue."""

    def __init__(
        self,
        worker: str,
        store: Store,
        bench: Bench,
        pulse: Pulse,
        heart: Heart,
        ending: Ending,
        models: Models,
    ) -> None:
        self._store = store
        self._bench = bench
        self._pulse = pulse
        self._heart = heart
        self._ending = ending
        self._troubles = {"record": "", "claim": ""}
        self._claims = Claims(store, worker, ending, self._is_over, partial(self._tell_trouble, "claim"))
        self._overlap: Overlap[Claimed] = Overlap(
            bench,
            urgent_waits=self._claims.urgent_waits,
            gives_way=self._gives_way,
            begins_anew=self._begins_anew,
            spare=Shadowing(store, bench, models),
        )
        self._models = models
        self._pseudonyms = Pseudonyms(store.home)
        bench.stages.choose_effort = chooser(self._claims.forecaster, self._turn, store.clock)
        bench.stages.recorded = self._reusable
        bench.opinions.wanted = partial(rule_for, store.home)

    def answer_all(self) -> None:
        """Until the end is wished for; what is not answered by then is given back."""
        self._ending.call(self._overlap.stop)
        self._heart.at_work = self._overlap.at_work
        self._heart.is_ready = True
        wishes = threading.Thread(target=self._heed_wishes, name="fovea-wishes", daemon=True)
        wishes.start()
        try:
            with closing(self._claims):
                self._overlap.run(self._claims, self._record, self._give_back)
        finally:
            self._overlap.stop()
            wishes.join()

    def _record(self, claimed: Claimed, attempt: Attempt) -> None:
        """Records an answer, as soon as the store can take it."""
        outcome = attempt.outcome()
        try:
            with attempt.watch.stage("record"):
                self._until_recorded(claimed, attempt, outcome)
        except QueueError as error:
            _log.warning("An answer comes too late: %s", error)
        self._keep_heat_map(attempt, outcome)
        self._pulse.keep_note(Note(claimed.arrival.id, asdict(attempt.watch.times()), self._passed_over(outcome.model)))
        self._claims.answered(claimed.arrival.id, outcome.backend)
        self._models.answered(outcome)

    def _keep_heat_map(self, attempt: Attempt, outcome: Outcome) -> None:
        """For people to look at; the answer stands without it."""
        heat_map = attempt.looked.heat_map if attempt.looked is not None else None
        if heat_map is None:
            return
        try:
            keep_heat_map(self._store.home, outcome.arrival_id, outcome.attempt, heat_map)
        except OSError as error:
            _log.warning("The heat map of arrival %s is not kept: %s", outcome.arrival_id, error)

    def _reusable(self, basis: Basis) -> Outcome | None:
        """What is recorded with this basis, or just being: of files with the same content that come together one is
        looked at."""
        self._overlap.wait_for_record_of(lambda attempt: attempt.basis() == basis)
        return reusable(self._store, basis)

    def _passed_over(self, model: str) -> tuple[str, ...]:
        return tuple(f"{model} was not answered by {one}" for one in self._bench.passed_over.get(model, ()))

    def _person(self, attempt: Attempt) -> str | None:
        """Whose study it is, as the record may know it; the answer stands without it."""
        try:
            return None if attempt.patient is None else self._pseudonyms.of(attempt.patient)
        except StoreError as error:
            _log.warning("Arrival %s will not be found as an earlier study: %s", attempt.arrival.id, error)
            return None

    def _until_recorded(self, claimed: Claimed, attempt: Attempt, outcome: Outcome) -> None:
        workload = attempt.workload if attempt.workload.files else None
        person = self._person(attempt)
        while True:
            try:
                record(
                    self._store, claimed.arrival, attempt.study, outcome,
                    lease=claimed.lease, workload=workload, sketched=attempt.sketched, person=person,
                )  # fmt: skip
            except StoreError as error:
                if error.code in LASTING or self._ending.is_wanted():
                    raise
                _log.warning("Arrival %s cannot be recorded yet: %s", claimed.arrival.id, error)
                self._tell_trouble("record", str(error))
                self._ending.wait(_RETRY_S)
            except ProgramError as error:  # an answer that contradicts itself must not leave its study without one
                _log.exception("Arrival %s has no sound answer", claimed.arrival.id)
                failed = _failed(outcome, error)
                record(self._store, claimed.arrival, None, failed, lease=claimed.lease)
                return
            else:
                self._tell_trouble("record", "")
                return

    def _give_back(self, claimed: Claimed) -> None:
        self._claims.given_back(claimed.arrival.id)
        reason = "The worker ended." if self._overlap.is_stopping else "It made way for a stat case."
        give_back(self._store, claimed.job, reason)

    def _heed_wishes(self) -> None:
        """A thread: stops the work on what is not wanted any more, or is too slow for what is more urgent."""
        changed = False
        with closing(Changes(self._store)) as changes:
            while not self._overlap.is_stopping:
                with suppress(StoreError):  # asked again: a change that was seen is not told twice
                    changed |= changes.seen()
                    if changed:
                        for job in at_work(self._store):
                            if job.cancel:
                                self._overlap.cancel(job.arrival.id)
                        changed = False
                self._overlap.reconsider()
                self._ending.wait(_LOOK_S)

    def _gives_way(self, looked_at: Claimed, share: float, looked_s: float, ready: Claimed) -> bool:
        """Whether a study is put aside for one that is ready."""
        underway = self._claims.underway(looked_at.arrival.id)
        if underway is None:
            return False
        progress = Progress(underway.turn, share, looked_s)
        try:
            return gives_way(progress, waiting_of(ready.job), self._store.clock.now(), self._claims.forecaster())
        except StoreError as error:
            _log.warning("Whether a study gives way cannot be told: %s", error)
            return False

    def _begins_anew(self, looked_at: Claimed, share: float, looked_s: float, ready: Claimed) -> bool:
        """Whether a study is looked at once more with less, which its turn says then, for one that is ready."""
        arrival_id = looked_at.arrival.id
        underway = self._claims.underway(arrival_id)
        if underway is None:
            return False
        progress = Progress(underway.turn, share, looked_s)
        try:
            turn = begins_anew(progress, waiting_of(ready.job), self._store.clock.now(), self._claims.forecaster())
        except StoreError as error:
            _log.warning("Whether a study begins anew cannot be told: %s", error)
            return False
        if turn is not None:
            self._claims.shortened(arrival_id, turn)
        return turn is not None

    def _turn(self) -> Turn | None:
        """That of the study whose effort is being chosen."""
        looked_at = next((step.arrival_id for step in self._overlap.at_work() if step.stage == "prepare"), "")
        underway = self._claims.underway(looked_at)
        return underway.turn if underway else None

    def _is_over(self) -> bool:
        return self._overlap.is_stopping

    def _tell_trouble(self, at: str, trouble: str) -> None:
        self._troubles[at] = trouble
        self._heart.trouble = next(filter(None, self._troubles.values()), "")


def _failed(outcome: Outcome, error: FoveaError) -> Outcome:
    return Outcome(
        arrival_id=outcome.arrival_id,
        status=Status.FAILED,
        reason=str(error),
        code=error.code,
        ms=outcome.ms,
        budget_s=outcome.budget_s,
        program_version=outcome.program_version,
        attempt=outcome.attempt,
    )
