"""Watching the sources beside the work: now and then, and never for more than a small share of the time."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress

from engine.errors import FoveaError
from engine.monitor.notice import notice
from engine.store.database import Store
from engine.store.sketches import newest_numbers, watched_sources

_log = logging.getLogger(__name__)

EVERY_S = 60.0
_MOST_SHARE = 0.02
"""Of the time that watching may take."""

_WORTH_A_LOOK = 20
"""Studies at the end of a worker: who has a few answered must not wait for the watch."""

_LOOK_BACK = 200
"""Outcomes of before the start, which another worker may have left unwatched."""


class Noticing:
    """A thread that watches what was recorded lately; closed at the end.

    Args:
        store: of the worker.
        every_s: pause between two looks.
    """

    def __init__(self, store: Store, every_s: float = EVERY_S) -> None:
        self._store = store
        self._every_s = every_s
        outcome, review = newest_numbers(store)
        self._seen = (max(1, outcome - _LOOK_BACK), review)
        self._at_start = outcome
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fovea-noticing", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Watches the sources of which something is new since the last look."""
        try:
            newest = newest_numbers(self._store)
            if newest != self._seen:
                notice(self._store, watched_sources(self._store, *self._seen))
                self._seen = newest
        except FoveaError as error:  # the next look finds it
            _log.warning("The sources cannot be watched: %s", error)

    def close(self) -> None:
        """Ends, after a last look where that is worth it."""
        self._stopping.set()
        self._thread.join()
        with suppress(FoveaError):
            if newest_numbers(self._store)[0] - max(self._at_start, self._seen[0]) >= _WORTH_A_LOOK:
                self.look()

    def _run(self) -> None:
        """The thread."""
        pause_s = self._every_s
        while not self._stopping.wait(pause_s):
            began_s = self._store.clock.steady_s()
            self.look()
            pause_s = max(self._every_s, (self._store.clock.steady_s() - began_s) / _MOST_SHARE)
