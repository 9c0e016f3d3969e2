"""The watcher: all watched folders of a program, turn by turn; a folder in trouble does not keep the others waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace

from engine.clock import Clock
from engine.errors import StoreError
from engine.queue.watch.folder import WatchedFolder
from engine.queue.watch.rule import FolderRule
from engine.queue.watch.source import Source
from engine.queue.watch.taking import Queue
from engine.store import outcomes
from engine.store.faults import LASTING
from engine.store.outcomes import Recorded

_log = logging.getLogger(__name__)

_FIRST_REST_S = 1.0
_LONGEST_REST_S = 60.0
"""How long the store is left alone after it could not be written; twice as long each time."""


class Watcher:
    """Watches folders as long as it is given turns; see `watching`.

    Args:
        queue: where studies are submitted.
        rules: one a folder.
        clock: replaceable in tests.
        source: where changes are heard of.
        on_outcome: told of each arrival whose files were closed; after a crash perhaps once more.
    """

    def __init__(
        self,
        queue: Queue,
        rules: Sequence[FolderRule],
        clock: Clock,
        source: Source,
        on_outcome: Callable[[Recorded], None],
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._source = source
        self._on_outcome = on_outcome
        self._folders = [WatchedFolder(rule, queue, source, clock, self._tell) for rule in rules]
        self._store_reason = ""
        self._rest_s = 0.0
        self._rest_until_s = -float("inf")
        self._missed_some = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """What keeps files from being answered now, one sentence each; nothing where all is well."""
        of_folders = (reason for folder in self._folders for reason in folder.reasons)
        return tuple(reason for reason in (self._store_reason, *of_folders) if reason)

    @property
    def is_idle(self) -> bool:
        """Whether all that could be seen at the last look is answered, and moved as far as it can be."""
        return not self._store_reason and all(folder.is_idle for folder in self._folders)

    def run(self, until: Callable[[], bool]) -> None:
        """Gives itself turns until it is told to end, which is asked for about twice a second."""
        told: tuple[str, ...] = ()
        while not until():
            self.turn(min(folder.rest_s for folder in self._folders))
            if self.reasons != told:
                told = self.reasons
                for reason in told or ("All watched folders are well again",):
                    _log.warning("%s", reason)

    def turn(self, wait_s: float) -> None:
        """Waits for changes, at most so long, and does for each folder what is to be done.

        Raises:
            StoreError: ST-CORRUPT or ST-BEHIND; what else keeps the store from being written is waited for.
        """
        changes = self._source.wait(wait_s)
        if self._clock.steady_s() < self._rest_until_s:
            self._missed_some = True
            return
        changes.everything |= self._missed_some
        try:
            for folder in self._folders:
                folder.turn(changes)
        except StoreError as error:
            if error.code in LASTING:
                raise
            self._rest_s = min(max(2 * self._rest_s, _FIRST_REST_S), _LONGEST_REST_S)
            self._rest_until_s = self._clock.steady_s() + self._rest_s
            self._missed_some = True
            self._store_reason = f"{error.code}: {error}"
        else:
            self._missed_some = False
            self._store_reason, self._rest_s = "", 0.0

    def _tell(self, arrival_id: str) -> None:
        recorded = outcomes.find(self._queue.store, arrival_id)
        if recorded is not None:
            self._on_outcome(recorded)


@contextmanager
def watching(
    queue: Queue, rules: Sequence[FolderRule], clock: Clock, on_outcome: Callable[[Recorded], None]
) -> Iterator[Watcher]:
    """Watches folders inside the block, whenever the watcher is given a turn.

    Args:
        queue: the feed.
        rules: one a folder; none of them lies in another.
        clock: for first seen, and for how long files keep still.
        on_outcome: told of each arrival whose files were closed.
    """
    real = [replace(rule, path=rule.path.resolve()) for rule in rules]
    with closing(Source(real)) as source:
        yield Watcher(queue, real, clock, source, on_outcome)
