"""The desktop's way to the database: questions are asked in a lane of its own and answered in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from app.jobs.run import Job, Lane, Task, run
from engine.errors import FoveaError
from engine.places import Home

if TYPE_CHECKING:
    from engine.store.changes import Changes
    from engine.store.database import Store

T = TypeVar("T")


class Records:
    """Opens the store with the first question: nothing of a database is imported before the window is shown.

    Args:
        home: whose records these are.
        lane: where every question is asked, one after the other.
    """

    def __init__(self, home: Home, lane: Lane) -> None:
        self.home = home
        self._lane = lane
        self._open = ExitStack()
        self._store: Store | None = None
        self._changes: Changes | None = None

    def ask(
        self,
        work: Callable[[Store], T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[FoveaError], None],
        parent: QObject,
        on_progress: Callable[[object], None] | None = None,
    ) -> Job[T]:
        """Asks a question, or has something written.

        Args:
            work: called in the lane with the open store.
            on_done: called with what the work returned.
            on_failed: called with the error that ended it.
            parent: once it is destroyed nothing is called back.
            on_progress: called with each value that `ask_at_length` reports.
        """
        return self.ask_at_length(
            lambda store, task: work(store),  # noqa: ARG005 -- a single step, which is not cancelled
            on_done=on_done,
            on_failed=on_failed,
            parent=parent,
            on_progress=on_progress,
        )

    def ask_at_length(
        self,
        work: Callable[[Store, Task], T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[FoveaError], None],
        parent: QObject,
        on_progress: Callable[[object], None] | None = None,
    ) -> Job[T]:
        """As `ask`, for work that reports and can be cancelled: it gets the task too."""
        return run(
            lambda task: work(self._opened(), task),
            on_done=on_done,
            on_failed=on_failed,
            parent=parent,
            lane=self._lane,
            on_progress=on_progress,
        )

    def ask_if_changed(self, *, on_changed: Callable[[], None], parent: QObject) -> None:
        """Asks whether anybody wrote anything since it was last asked; costs next to nothing."""
        self.ask(
            self._has_changed,
            on_done=lambda changed: on_changed() if changed else None,
            on_failed=lambda error: None,  # noqa: ARG005 -- whoever reads next is told
            parent=parent,
        )

    def close(self) -> None:
        """Closes the store; in the lane, after everything that was asked."""
        if self._changes is not None:
            self._changes.close()
        self._changes = self._store = None
        self._open.close()

    def _has_changed(self, store: Store) -> bool:
        if self._changes is None:
            from engine.store.changes import Changes  # noqa: PLC0415 -- start-up time: the window is shown first

            self._changes = Changes(store)
        return self._changes.seen()

    def _opened(self) -> Store:
        if self._store is None:
            from engine.store.database import open_store  # noqa: PLC0415 -- start-up time: the window is shown first

            self._store = self._open.enter_context(open_store(self.home))
        return self._store
