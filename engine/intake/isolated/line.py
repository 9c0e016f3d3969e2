"""The line of jobs and the decoder processes that work it off.

Each process belongs to a thread, which asks it, waits for it and starts another where it had to be killed. All who read
put their jobs into the one line, so a photograph is not kept waiting by a long series.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from engine.errors import Cancelled, FoveaError
from engine.intake.isolated.memory import SharedMemory, SpareMemory
from engine.intake.isolated.process import Child
from engine.intake.isolated.protocol import Job

_ASK_S = 0.1
"""How often a person may stop what is awaited."""

_MOST_PROCESSES = 8
"""More decode faster than the pixels can be looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """A job on its way."""

    future: Future[list[Any]]
    unwanted: threading.Event

    def results(self, on_slice: Callable[[], None]) -> list[Any]:
        """Waits for the results.

        Args:
            on_slice: called now and then; may raise to stop.

        Raises:
            FoveaError: what ended the job; BU-CANCELLED where the line was closed.
        """
        while True:
            try:
                return self.future.result(_ASK_S)
            except NotYet:
                on_slice()
            except CancelledError as error:
                raise _closing() from error

    def drop(self) -> None:
        """Says that nobody waits for it any more."""
        self.unwanted.set()
        self.future.cancel()


class Line:
    """Decoder processes behind one line of jobs. The first is started by `start`, the others by jobs that need them.

    Args:
        processes: how many; None takes one for each core that this process may use.
    """

    def __init__(self, processes: int | None = None) -> None:
        self.processes = processes or min(len(os.sched_getaffinity(0)), _MOST_PROCESSES)
        self.spare = SpareMemory()
        self._threads = ThreadPoolExecutor(self.processes, "fovea-decoder")
        self._own = threading.local()
        self._children: list[Child] = []
        self._lock = threading.Lock()
        self._closed = False

    def start(self, processes: int = 1) -> None:
        """Starts the first processes, without waiting for them."""
        for _ in range(processes):
            self._threads.submit(self._child)

    def ask(self, job: Job, memory: SharedMemory | None = None) -> Pending:
        """Puts a job into the line.

        Args:
            job: the work.
            memory: handed over with it; may be closed at once.
        """
        if self._closed:
            raise _closing()
        handed = memory and memory.again()
        unwanted = threading.Event()
        future = self._threads.submit(self._do, job, handed, unwanted)
        if handed is not None:
            future.add_done_callback(lambda _: handed.close())
        return Pending(future, unwanted)

    @property
    def pids(self) -> tuple[int, ...]:
        """Of the processes that are there now."""
        with self._lock:
            return tuple(child.pid for child in self._children if child.is_alive)

    def close(self) -> None:
        """Ends all processes at once, whatever they do."""
        with self._lock:
            self._closed = True
            for child in self._children:
                child.interrupt()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for child in self._children:
            child.kill()
        self.spare.close()

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _do(self, job: Job, memory: SharedMemory | None, unwanted: threading.Event) -> list[Any]:
        try:
            return self._child().do(job, memory, lambda: not unwanted.is_set())
        except FoveaError as error:
            if self._closed:
                raise _closing() from error
            raise

    def _child(self) -> Child:
        """The process of this thread, a new one where it has ended."""
        child: Child | None = getattr(self._own, "child", None)
        if child is not None and child.is_alive:
            return child
        with self._lock:
            if self._closed:
                raise _closing()
            if child is not None:
                child.kill()
                self._children.remove(child)
            child = self._own.child = Child()
            self._children.append(child)
            return child


def _closing() -> Cancelled:
    return Cancelled("BU-CANCELLED", "The program is closing.")
