"""Supervision: among all who need answers in a home, one keeps the worker alive.

Each tries for the lock again and again, so when the supervisor goes, another takes over. It starts the worker, starts
it anew where it dies, waits longer each time it dies young, and kills it where it shows no life or gets no further.
Nothing heavy is imported here: a command starts its worker before its own imports.
"""

from __future__ import annotations

import json
import logging
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any

from engine import places
from engine.errors import FoveaError
from engine.places import Home
from engine.queue.locks import Lock, note_of, supervisor_lock, taken
from engine.queue.orders import Orders, fault_of
from engine.queue.process import WorkerProcess
from engine.queue.pulse import Pulse

_log = logging.getLogger(__name__)

LEASE_S = 30.0
"""A worker without a beat for so long is killed; it beats four times a second."""

STALLED_S = 600.0
"""A worker whose studies get no further for so long is killed. Files and tiles have limits far below."""

STARTING_S = 1800.0
"""The same until it is ready: on its first start it compiles the kernels and proves the models."""

END_S = 60.0
"""What a worker may take for its current tile, once it is asked to end."""

_FIRST_TRY_S = 2.0
_TRY_S = 0.5
_BEAT_S = 2.0
_LOOK_S = 0.1
_END_LOOK_S = 0.02

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 60.0
_OLD_S = 60.0
"""A worker that lived so long did not die of its start: the next one follows at once."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How whoever needs answers wants them.

    Args:
        backend: name of a run time; None takes the best that works here.
        threads: CPU threads; None takes all that the worker may use.
    """

    backend: str | None = None
    threads: int | None = None


class Supervisor:
    """Keeps a worker at work for a home from `start` to `close`, by itself or as one of several that would.

    Args:
        home: whose queue is to be answered.
        settings: for the worker, where it is this one's.
        origin: what feeds the queue, for those who look at the signs of life.
    """

    def __init__(self, home: Home, settings: Settings = Settings(), origin: str = "run") -> None:
        self.fault: FoveaError | None = None
        """What the last worker ended with, where it said so."""
        self.trouble = ""
        """What keeps the worker from going on at the moment, as it says; empty where nothing does."""
        self.is_supervisor = False
        """Whether the worker is this one's."""
        self.reasons: tuple[str, ...] = ()
        """What keeps whoever feeds the queue from bringing in studies, as it says."""
        self.counts: Callable[[], Mapping[str, int]] = dict
        """What whoever feeds the queue has had to do with so far, for those who look."""
        self._home = home
        self._settings = settings
        self._origin = origin
        self._name = uuid.uuid4().hex[:12]
        self._pulse: Pulse | None = None
        self._worker: WorkerProcess | None = None
        self._beat_at_s = 0.0
        self._started_s: float | None = None
        self._tried = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fovea-supervisor", daemon=True)

    def start(self) -> Supervisor:
        """Begins. On return the worker is being started, where nobody else supervises one."""
        self._thread.start()
        self._tried.wait(_FIRST_TRY_S)
        return self

    def settings_in_force(self) -> Settings | None:
        """Those of whoever supervises; None where that cannot be told."""
        try:
            told = json.loads(note_of(supervisor_lock(self._home)))
            return Settings(told["backend"], told["threads"])
        except (ValueError, KeyError, TypeError):
            return None

    def close(self) -> None:
        """Ends the worker, where it is this one's, after its current tile; what it has not answered it gives back."""
        self._closing.set()
        if (worker := self._worker) is not None:
            worker.ask_to_end()  # the thread would do so too, but only when it looks next
        self._thread.join()

    def __enter__(self) -> Supervisor:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _run(self) -> None:
        """The thread."""
        while not self._closing.is_set():
            try:
                self._home.make()
                with taken(supervisor_lock(self._home)) as lock:
                    if lock is not None:
                        self._supervise(lock)
                self._tell()
            except OSError as error:  # opening the store tells the person what is wrong with the home
                _log.warning("No worker can be supervised in %s: %s", self._home.root, error)
            self._tried.set()
            self._closing.wait(_TRY_S)
        if self._pulse is not None:
            self._pulse.leave("feeder", self._name)
            self._pulse.close()

    def _supervise(self, lock: Lock) -> None:
        """One worker after the other, until this one is closed."""
        self.is_supervisor = True
        pause_s, seen = _FIRST_PAUSE_S, ""
        while not self._closing.is_set():
            started_s = self._started_s = time.monotonic()
            with closing(WorkerProcess(self._orders(seen))) as worker:
                self._worker = worker
                self._tried.set()
                with suppress(OSError):
                    lock.note(json.dumps(asdict(self._settings)))
                killed_for = _Watch(worker, self._closing, self._hear).until_it_ends()
            if self._closing.is_set():
                break
            seen = killed_for or worker.how_it_ended
            _log.warning("Worker %d ended: %s", worker.pid, seen or "by itself")
            if time.monotonic() - started_s > _OLD_S:
                pause_s = _FIRST_PAUSE_S
            self._rest(pause_s)
            pause_s = min(2.0 * pause_s, _LONGEST_PAUSE_S)
        self.is_supervisor = False

    def _rest(self, pause_s: float) -> None:
        """Lets the machine alone between two workers; this process goes on to give signs of life."""
        until_s = time.monotonic() + pause_s
        while (left_s := until_s - time.monotonic()) > 0.0 and not self._closing.wait(min(left_s, _BEAT_S)):
            self._tell()

    def _orders(self, seen: str) -> Orders:
        return Orders(
            home=str(self._home.root),
            resources=str(places.RESOURCES),
            worker=uuid.uuid4().hex[:12],
            backend=self._settings.backend,
            threads=self._settings.threads,
            seen=seen,
        )

    def _hear(self, message: Mapping[str, Any]) -> None:
        """What the worker says, or that it says nothing."""
        self._tell()
        if fault := fault_of(message):
            self.fault = fault
        elif message.get("ready"):
            self.fault = None
            self._keep_start()
        self.trouble = message.get("trouble", self.trouble)

    def _keep_start(self) -> None:
        """Once for each worker, for the forecasts."""
        if self._started_s is not None and self._pulse is not None:
            self._pulse.keep_start(time.monotonic() - self._started_s)
            self._started_s = None

    def _tell(self) -> None:
        """A sign of life of this process, now and then."""
        now_s = time.monotonic()
        if now_s < self._beat_at_s:
            return
        self._beat_at_s = now_s + _BEAT_S
        self._pulse = self._pulse or Pulse(self._home)
        facts = {
            "origin": self._origin,
            "supervisor": self.is_supervisor,
            "reasons": self.reasons,
            "counts": dict(self.counts()),
            "fault": str(self.fault or ""),
        }
        self._pulse.beat("feeder", self._name, facts)


class _Watch:
    """Listens to one worker until it has ended, and ends it where it has to be."""

    def __init__(
        self, worker: WorkerProcess, closing: threading.Event, hear: Callable[[Mapping[str, Any]], None]
    ) -> None:
        self._worker = worker
        self._closing = closing
        self._hear = hear
        self._heard_s = self._moved_s = time.monotonic()
        self._asked_s: float | None = None
        self._is_ready = False
        self._progress: object = None

    def until_it_ends(self) -> str:
        """Why it was killed; empty where it ended by itself."""
        while True:
            if self._closing.is_set() and self._asked_s is None:
                self._worker.ask_to_end()
                self._asked_s = time.monotonic()
            message = self._worker.receive(_LOOK_S if self._asked_s is None else _END_LOOK_S)
            if message is None:
                return ""
            self._note(message)
            self._hear(message)
            if why := self._why_kill(time.monotonic()):
                self._worker.kill()
                return why

    def _note(self, message: Mapping[str, Any]) -> None:
        if not message:
            return
        self._heard_s = time.monotonic()
        self._is_ready = message.get("ready", self._is_ready)
        progress = message.get("progress")
        # Who has no work stands still rightly, and so does who waits for a disk that is full.
        if not progress or progress != self._progress or message.get("trouble"):
            self._progress, self._moved_s = progress, self._heard_s

    def _why_kill(self, now_s: float) -> str:
        if now_s - self._heard_s > LEASE_S:
            return f"no sign of life for {LEASE_S:g} s"
        limit_s = STALLED_S if self._is_ready else STARTING_S
        if self._progress and now_s - self._moved_s > limit_s:
            return f"no progress for {limit_s:g} s"
        if self._asked_s is not None and now_s - self._asked_s > END_S:
            return f"no end within {END_S:g} s"
        return ""
