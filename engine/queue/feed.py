"""The way into the queue and back: whoever needs answers takes studies in here, and hears of their outcomes.

Any number of processes may feed one home at once. One of them supervises the worker, whichever comes first; when it
goes, another does (`engine.queue.supervise`).
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from datetime import datetime

from engine.audit.actions import PROGRAM
from engine.clock import Clock, SystemClock
from engine.domain.arrival import Arrival
from engine.domain.job import Origin, State
from engine.domain.operator import Action
from engine.domain.request import NOTHING_ASKED, Request
from engine.errors import UsageError
from engine.intake.find import Found
from engine.operators.session import Session
from engine.places import Home
from engine.queue.deadline import DeadlineRule, prospect_of
from engine.queue.health import Health
from engine.queue.jobs import job_for
from engine.queue.promises import Promises
from engine.queue.pulse import Note, Pulse, Sign
from engine.queue.supervise import Settings, Supervisor
from engine.store.changes import Changes
from engine.store.database import WORKING_CACHE_KIB, Store, open_store
from engine.store.outcomes import Recorded, last_id, of_arrivals, since
from engine.store.queue import depth, enqueue, job_of_key, states_of, withdraw
from engine.store.running import running

_QUICK_S, _SLOW_S = 0.005, 0.05
_QUICK_FOR_S = 2.0
"""How often it is looked whether the database changed: often at first, since an answer takes little time or much."""

_NOTE_S = 0.1
"""For the note on an answer, which comes a moment after its record."""

_AT_ONCE = 500


class Feed:
    """An open feed, for one thread at a time."""

    def __init__(
        self,
        store: Store,
        supervisor: Supervisor,
        pulse: Pulse,
        changes: Changes,
        origin: Origin,
        actor: str = PROGRAM,
    ) -> None:
        self.store = store
        self.supervisor = supervisor
        self._pulse = pulse
        self._changes = changes
        self._origin = origin
        self._actor = actor
        self._promises = Promises(store, pulse)

    @classmethod
    @contextmanager
    def open(
        cls,
        home: Home,
        *,
        origin: Origin = "run",
        backend: str | None = None,
        threads: int | None = None,
        clock: Clock | None = None,
        supervisor: Supervisor | None = None,
        as_whom: Callable[[Store], Session] | None = None,
    ) -> Iterator[Feed]:
        """Opens the queue of a home and sees to it that a worker answers it until the end of the block.

        Args:
            home: where all state lies.
            origin: who feeds it.
            backend: name of a run time; None takes the best that works here, or what the worker has that is there.
            threads: CPU threads; None takes all that may be used, or what the worker has that is there.
            clock: replaceable in tests.
            supervisor: one that was started already; None starts one, and closes it at the end.
            as_whom: the session of the person who asks, of the store that is being opened; None for what runs
                unattended.

        Raises:
            StoreError: the home or its database cannot be used.
            UsageError: US-WORKER, the worker that is there has another run time or number of threads; US-SETTINGS;
                US-ROLE or US-IDLE where the person may not have studies answered.
        """
        wanted = Settings(backend, threads)
        with ExitStack() as open_:
            if supervisor is None:
                supervisor = open_.enter_context(Supervisor(home, wanted, origin))
            store = open_.enter_context(open_store(home, clock or SystemClock(), cache_kib=WORKING_CACHE_KIB))
            actor = PROGRAM if as_whom is None else _asking(as_whom(store))
            _require(wanted, supervisor)
            open_.enter_context(running(store, origin))
            pulse = open_.enter_context(closing(Pulse(home)))
            changes = open_.enter_context(closing(Changes(store)))
            yield cls(store, supervisor, pulse, changes, origin, actor)

    def submit(
        self,
        found: Found,
        request: Request = NOTHING_ASKED,
        *,
        arrived_at: datetime | None = None,
        due: DeadlineRule | None = None,
        priority: int = 1,
        key: str | None = None,
        by: Session | None = None,
    ) -> Arrival:
        """Takes a study in; on return it is on the disk and will be answered, whatever happens.

        Args:
            found: what intake found.
            request: what is wanted of the answer.
            arrived_at: when it was first seen, UTC; None is now.
            due: the rule for when the answer is; None without a deadline.
            priority: 0 stat, 1 routine.
            key: what was taken in with the same key before is not taken in again.
            by: who asks for this one; None is whoever the feed was opened for.

        Returns:
            The arrival, that of before where the key is known.

        Raises:
            StoreError: it could not be taken in.
            UsageError: US-ROLE or US-IDLE where the person may not have studies answered.
        """
        actor = self._actor if by is None else _asking(by)
        if key is not None and (known := job_of_key(self.store, key)):
            return known.arrival
        now = self.store.clock.now()
        prospect, first_seen = prospect_of(found), arrived_at or now
        deadline = None if due is None else due.due(prospect.kind, first_seen, prospect.acquired_at)
        arrival = Arrival(uuid.uuid4().hex, found.source, first_seen, deadline, priority)
        job = job_for(found, request, arrival, self._origin, key, prospect)
        return enqueue(self.store, job, self._promises.outlook_of(job, now), actor).arrival

    def outcomes(self, arrival_ids: Iterable[str], timeout_s: float | None = None) -> Iterator[Recorded]:
        """The outcomes of some arrivals, each as soon as it is there; of what was withdrawn there is none.

        Args:
            arrival_ids: of arrivals that were taken in.
            timeout_s: how long to wait for the next one; None waits for ever.

        Raises:
            FoveaError: what the worker of this process ended with.
            StoreError: the store cannot be read.
        """
        awaited = dict.fromkeys(arrival_ids)
        after = last_id(self.store)
        for recorded in self._recorded_so_far(awaited):
            awaited.pop(recorded.arrival.id, None)
            yield recorded
        while awaited:
            fresh = since(self.store, after)
            for recorded in fresh:
                after = recorded.id
                if recorded.arrival.id in awaited:
                    del awaited[recorded.arrival.id]
                    yield recorded
            if fresh:
                continue
            for gone in self.withdrawn(awaited):
                del awaited[gone]
            if self.supervisor.fault is not None:
                raise self.supervisor.fault
            if awaited and not self.wait(timeout_s):
                return

    def changed(self, after: int) -> tuple[Recorded, ...]:
        """Outcomes that were recorded after one, whoever took their arrivals in, oldest first; a page of them.

        Args:
            after: the `id` of the last one that is known; 0 for all.
        """
        return since(self.store, after)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Waits until something was recorded in this home, by anybody.

        Args:
            timeout_s: how long at most; None waits until it is so, or the worker ended with a fault.

        Returns:
            False where the time is over.
        """
        began_s = time.monotonic()
        while not self._changes.seen():
            spent_s = time.monotonic() - began_s
            if timeout_s is not None and spent_s >= timeout_s:
                return False
            if self.supervisor.fault is not None:
                return True
            time.sleep(_QUICK_S if spent_s < _QUICK_FOR_S else _SLOW_S)
        return True

    def withdraw(self, arrival_id: str, reason: str = "It was withdrawn.") -> State:
        """Takes back the wish for an answer.

        Returns:
            `withdrawn` where work had not begun: there is no outcome; `working` where the outcome is still to come,
            after the current tile; `answered` where it came first.
        """
        return withdraw(self.store, arrival_id, reason)

    def withdrawn(self, arrival_ids: Iterable[str]) -> tuple[str, ...]:
        """Those of some arrivals that get no outcome, since the wish for it was taken back."""
        wanted = list(arrival_ids)
        found: dict[str, State] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            found |= states_of(self.store, wanted[start : start + _AT_ONCE])
        return tuple(arrival_id for arrival_id, state in found.items() if state == "withdrawn")

    def depth(self) -> int:
        """How many jobs wait or are at work, whoever took them in: what back-pressure goes by."""
        return depth(self.store)

    def note_on(self, recorded: Recorded) -> Note:
        """What came too late for the record of an answer, where it can still be had."""
        until_s = time.monotonic() + _NOTE_S
        while time.monotonic() < until_s:
            if note := self._pulse.note_of(recorded.arrival.id):
                return note
            time.sleep(_QUICK_S)
        return Note(recorded.arrival.id, asdict(recorded.outcome.ms))

    def ready(self) -> Sign:
        """The sign of the worker, as soon as it can answer.

        Raises:
            FoveaError: what the worker of this process ended with.
        """
        while True:
            if self.supervisor.fault is not None:
                raise self.supervisor.fault
            worker = self.worker()
            if worker is not None and worker.is_alive and worker.facts.get("ready"):
                return worker
            time.sleep(_SLOW_S)

    def health(self) -> Health:
        """How the queue is served at the moment."""
        worker = self.worker()
        told = worker.facts.get("trouble", "") if worker and worker.is_alive else ""
        fault = self.supervisor.fault
        return Health(
            worker=worker,
            feeders=tuple(sign for sign in self._pulse.signs("feeder") if sign.is_alive),
            depth=self.depth(),
            trouble=str(fault) if fault else told or self.supervisor.trouble,
        )

    def worker(self) -> Sign | None:
        """The last sign of the worker; None where none was ever seen."""
        signs = self._pulse.signs("worker")
        return signs[0] if signs else None

    def _recorded_so_far(self, arrival_ids: Iterable[str]) -> Iterator[Recorded]:
        wanted = list(arrival_ids)
        for start in range(0, len(wanted), _AT_ONCE):
            yield from of_arrivals(self.store, wanted[start : start + _AT_ONCE])


def _asking(session: Session) -> str:
    """The name of a person who may have studies answered."""
    session.require(Action.ANSWER)
    return session.name


def _require(wanted: Settings, supervisor: Supervisor) -> None:
    """Lets who attaches to another's worker through, where that one is as wanted."""
    if supervisor.is_supervisor or (found := supervisor.settings_in_force()) is None:
        return
    for name, asked, has in (
        ("run time", wanted.backend, found.backend),
        ("number of threads", wanted.threads, found.threads),
    ):
        if asked is not None and asked != has:
            raise UsageError(
                "US-WORKER",
                f"Another Fovea answers in this home already, with another {name} "
                f"({has or 'chosen by itself'}, wanted: {asked}).",
                "Close it first, leave the option out, or name another home with FOVEA_HOME.",
            )
