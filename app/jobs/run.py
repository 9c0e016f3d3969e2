"""The one door for background work: `run(work, on_done=, on_failed=, parent=, lane=)`.

Callbacks are known before the work starts and are called in the thread of the window. Work of one lane is done in
order by one thread; it stops early through its budget. Once the parent is gone, nothing is called back.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from engine.budget import Budget
from engine.errors import FoveaError, ProgramError

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """What work gets to talk to the window with.

    Args:
        budget: asked between steps; raises once a person has cancelled.
        report: hands a frozen value to `on_progress`, from any thread.
    """

    budget: Budget
    report: Callable[[Any], None]


@dataclass(slots=True)
class Job(Generic[T]):
    """One piece of work on its way; hold it to cancel it."""

    _work: Callable[[Task], T]
    _on_done: Callable[[T], None]
    _on_failed: Callable[[FoveaError], None]
    _on_progress: Callable[[Any], None] | None
    _parent: QObject
    _budget: Budget = field(default_factory=Budget)

    def cancel(self) -> None:
        """Asks the work to stop at its next step; work that has not begun never does. `on_failed` gets BU-CANCELLED."""
        self._budget.cancel()

    def carry_out(self, hand_over: Callable[[Callable[[], None]], None]) -> None:
        """Does the work in the lane's thread.

        Args:
            hand_over: brings a call to the thread of the window.
        """
        try:
            self._budget.check("waiting")
            result = self._work(Task(self._budget, lambda value: hand_over(lambda: self._progress(value))))
        except FoveaError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 -- the worker loop: whatever happens, the window is told
            _log.exception("Background work failed")
            failure = ProgramError("PR-JOB", f"Background work failed: {error!r}.", "Report it with the log.")
        else:
            hand_over(lambda: self._if_wanted(self._on_done, result))
            return
        hand_over(lambda: self._if_wanted(self._on_failed, failure))

    def _progress(self, value: Any) -> None:
        if self._on_progress is not None:
            self._if_wanted(self._on_progress, value)

    def _if_wanted(self, callback: Callable[[Any], None], value: Any) -> None:
        if shiboken6.isValid(self._parent):
            callback(value)


class Lane(QObject):
    """One thread that does its jobs one after the other. Made and closed in the thread of the window.

    It has no parent: its thread holds it, so that it cannot vanish under a job that is still going on.
    """

    _handed_over = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._jobs: queue.SimpleQueue[Job[Any] | None] = queue.SimpleQueue()
        self._closed = False
        self._handed_over.connect(self._call, Qt.ConnectionType.QueuedConnection)
        # A daemon: a decoder that hangs must not keep the closed program alive. Records are transactions, so nothing
        # half done remains.
        self._thread = threading.Thread(target=self._work_off, name=f"fovea-{name}", daemon=True)
        self._thread.start()

    def put(self, job: Job[Any]) -> None:
        """Adds a job to the end of the line."""
        self._jobs.put(job)

    def close(self, wait_s: float) -> bool:
        """Ends the thread after the jobs in line, of which nothing is called back any more.

        Returns:
            Whether it ended within the time given.
        """
        self._closed = True
        self._jobs.put(None)
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _work_off(self) -> None:
        while (job := self._jobs.get()) is not None:
            job.carry_out(self._hand_over)

    def _hand_over(self, call: Callable[[], None]) -> None:
        if not self._closed:
            self._handed_over.emit(call)

    def _call(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()


def run(
    work: Callable[[Task], T],
    *,
    on_done: Callable[[T], None],
    on_failed: Callable[[FoveaError], None],
    parent: QObject,
    lane: Lane,
    on_progress: Callable[[Any], None] | None = None,
) -> Job[T]:
    """Does work in the background.

    Args:
        work: called in the lane's thread; touches no widget and no state, returns a value.
        on_done: called with what the work returned.
        on_failed: called with the error that ended it.
        parent: the object that the callbacks belong to; once it is destroyed they are dropped.
        lane: which thread does it, after what is in line there.
        on_progress: called with each value that the work reports.
    """
    job = Job(work, on_done, on_failed, on_progress, parent)
    lane.put(job)
    return job
