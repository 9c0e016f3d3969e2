"""The jobs that a worker takes upon itself, one after the other, as the schedule has it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from engine.domain.job import Job, Outlook
from engine.errors import StoreError
from engine.queue.forecast import Forecast, Forecaster
from engine.queue.jobs import Claimed, found_of, waiting_of
from engine.queue.known_timings import known_timings
from engine.queue.learning import Learning
from engine.queue.schedule import pick
from engine.queue.turn import Turn
from engine.store.changes import Changes
from engine.store.database import Store
from engine.store.faults import LASTING
from engine.store.queue import claim, next_waiting, urgent_waits

_log = logging.getLogger(__name__)

_LEARNED_FROM = 500

_QUICK_S, _SLOW_S = 0.01, 0.1
_QUICK_TIMES = 200
"""How often an idle worker looks whether the database changed: often at first, since work comes in bursts."""

_TROUBLE_S = 1.0
"""Until the next try where the store cannot be used."""


class Wish(Protocol):
    """The wish that the worker ends."""

    def is_wanted(self) -> bool:
        """Whether it is there."""

    def wait(self, timeout_s: float) -> bool:
        """Waits for it; whether it came."""


@dataclass(frozen=True, slots=True)
class Underway:
    """A claim that is neither answered nor given back.

    Args:
        claimed: the claim.
        turn: as what the schedule picked it.
    """

    claimed: Claimed
    turn: Turn


class Claims(Iterator[Claimed]):
    """Ends when the worker is to end. One thread at a time asks for the next; any may say that one is done.

    Args:
        store: where the queue is.
        worker: whose claims they are.
        ending: the wish to end.
        is_over: whether the work ended by itself, and no more claims are wanted.
        on_trouble: told what keeps it from claiming, and nothing (an empty text) when it can again.
    """

    def __init__(
        self,
        store: Store,
        worker: str,
        ending: Wish,
        is_over: Callable[[], bool],
        on_trouble: Callable[[str], None],
    ) -> None:
        self._store = store
        self._worker = worker
        self._ending = ending
        self._is_over = is_over
        self._on_trouble = on_trouble
        self._changes = Changes(store)
        self._forecaster: Forecaster | None = None
        self._learning = Learning()
        self._underway: dict[str, Underway] = {}
        self._relieved_at: datetime | None = None
        self._idle_times = 0

    def __next__(self) -> Claimed:
        while not (self._ending.is_wanted() or self._is_over()):
            try:
                claimed = self._claimed() if self._changes.seen() or not self._idle_times else None
            except StoreError as error:
                self._suffer(error)
                continue
            self._on_trouble("")
            if claimed is not None:
                self._idle_times = 0
                return claimed
            self._idle_times += 1
            self._ending.wait(_QUICK_S if self._idle_times < _QUICK_TIMES else _SLOW_S)
        raise StopIteration

    def given_back(self, arrival_id: str) -> None:
        """Says that a claim is nobody's any more."""
        self._underway.pop(arrival_id, None)

    def answered(self, arrival_id: str, backend: str) -> None:
        """Says that a claim is answered, and by which run time, from which the forecasts learn."""
        self._underway.pop(arrival_id, None)
        if self._learning.is_due(backend):
            self._forecaster = None

    def forecaster(self) -> Forecaster:
        """The newest one."""
        # Another thread may want it made anew at any time.
        found = self._forecaster
        if found is None:
            found = self._forecaster = Forecaster(known_timings(self._store, _LEARNED_FROM))
        return found

    def underway(self, arrival_id: str) -> Underway | None:
        """The claim of an arrival; None where it is answered or given back."""
        return self._underway.get(arrival_id)

    def shortened(self, arrival_id: str, turn: Turn) -> None:
        """Says that a claim goes on with another turn, which leaves it less time."""
        if (underway := self._underway.get(arrival_id)) is not None:
            self._underway[arrival_id] = replace(underway, turn=turn)

    def urgent_waits(self) -> bool:
        """Whether a stat study waits, as far as the store can be asked."""
        try:
            return urgent_waits(self._store)
        except StoreError:
            return False

    def close(self) -> None:
        """Ends the watching of the database."""
        self._changes.close()

    def _claimed(self) -> Claimed | None:
        """The job whose turn it is; None where there is none."""
        while jobs := {job.arrival.id: job for job in next_waiting(self._store)}:
            now = self._store.clock.now()
            busy_s = sum(underway.turn.work.p50_s for underway in tuple(self._underway.values()))
            turn = pick(
                [waiting_of(job) for job in jobs.values()],
                now,
                self.forecaster(),
                busy_s=busy_s,
                relieved_at=self._relieved_at,
            )
            if turn is None:
                return None
            picked = jobs[turn.waiting.arrival_id]
            job = claim(self._store, self._worker, picked, _outlook_of(turn.work, picked))
            if job is not None:
                claimed = Claimed(job, found_of(job))
                self._underway[job.arrival.id] = Underway(claimed, turn)
                self._relieved_at = now if turn.relief else self._relieved_at
                return claimed
        return None

    def _suffer(self, error: StoreError) -> None:
        """A full disk is freed and a lock let go again; a damaged file does not heal, nor one put in its place."""
        if error.code in LASTING:
            raise error
        self._idle_times = 0  # the change that was seen is still to be answered
        _log.warning("Nothing can be claimed: %s", error)
        self._on_trouble(str(error))
        self._ending.wait(_TROUBLE_S)


def _outlook_of(work: Forecast, job: Job) -> Outlook:
    """What is forecast of the work now; what was promised when the job was taken in stays."""
    promised = job.outlook or Outlook(work.p50_s, work.p90_s, work.basis)
    return replace(promised, work_p50_s=work.p50_s, work_p90_s=work.p90_s, basis=work.basis)
