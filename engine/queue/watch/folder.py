"""One watched folder: what comes is followed until it is whole, taken, and once answered put where it is to lie."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from engine.clock import Clock
from engine.errors import StoreError
from engine.intake.text import printable
from engine.queue.watch.changes import Changes
from engine.queue.watch.closing import Closing
from engine.queue.watch.following import Following
from engine.queue.watch.gather import Gathering, Offer
from engine.queue.watch.rule import FolderRule
from engine.queue.watch.source import Source
from engine.queue.watch.taking import Queue, Taking
from engine.store.watched import Ledger

_MOST_AT_ONCE = 64
"""Most offers that one turn takes, so that changes are heard of in time."""

_BUSY_S = 0.1
_QUIET_S = 0.5
"""How long a turn may wait for changes, with files being followed and without."""

_CLOSE_EVERY_S = 0.5
_TRY_AGAIN_S = 10.0


class WatchedFolder:
    """One folder under its rule; all of it happens in `turn`.

    Args:
        rule: with a path without links.
        queue: where studies are submitted, and whose store holds the ledger.
        source: where changes are heard of.
        clock: replaceable in tests.
        tell: told the id of each arrival whose files were closed.
    """

    def __init__(
        self, rule: FolderRule, queue: Queue, source: Source, clock: Clock, tell: Callable[[str], None]
    ) -> None:
        self.rule = rule
        self._queue = queue
        self._source = source
        self._clock = clock
        self._ledger = Ledger(queue.store, str(rule.path))
        self._gathering = Gathering(rule, self._earlier)
        self._following = Following(
            rule,
            self._ledger,
            clock,
            listen=lambda folder: source.watch(rule.path, folder),
            let_go=self._gathering.drop,
        )
        self._taking = Taking(rule, queue, self._ledger)
        self._closing = Closing(rule, self._ledger, tell, self._following.is_away)
        self._rescan_at_s = -float("inf")
        self._close_at_s = -float("inf")
        self._is_full = False
        self._has_more = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """What keeps this folder's files from being answered now; nothing where all is well."""
        full = f"{printable(self.rule.path)}: {self.rule.most_waiting:,} studies wait in the queue, no more are taken"
        found = (self._following.reason, self._closing.reason, full if self._is_full else "")
        return tuple(reason for reason in found if reason)

    @property
    def is_idle(self) -> bool:
        """Whether all that could be seen at the last look is answered, and moved as far as it can be."""
        return not len(self._following) and self._ledger.open_files() == self._closing.held

    @property
    def rest_s(self) -> float:
        """How long the next turn may wait for changes."""
        if self._has_more:
            return 0.0
        return _BUSY_S if self._following.unsettled else _QUIET_S

    def turn(self, changes: Changes) -> None:
        """Does what is to be done now.

        Args:
            changes: in all watched folders since the last turn.

        Raises:
            StoreError: the ledger or the queue could not be written; nothing is lost, the next turn tries again.
        """
        now_s = self._clock.steady_s()
        self._look(changes, now_s)
        for followed in self._following.settle():
            self._gathering.add(followed, now_s)
        self._take(now_s)
        if now_s >= self._close_at_s:
            self._close_at_s = now_s + _CLOSE_EVERY_S
            for file in self._closing.close():
                self._following.follow_again(file, _TRY_AGAIN_S * self._closing.tries(file))

    def _look(self, changes: Changes, now_s: float) -> None:
        mine = changes.below(self.rule.path)
        room_again = self._following.passed_by and not len(self._following)
        if mine.everything or room_again or now_s >= self._rescan_at_s:
            self._source.decide(self.rule.path)
            self._following.rescan()
            hears = self._source.hears(self.rule.path) and not self._following.reason
            self._rescan_at_s = now_s + (self.rule.rescan_s if hears else self.rule.poll_s)
        elif not self._following.reason:
            self._following.look(mine)

    def _take(self, now_s: float) -> None:
        self._is_full = self._has_more = False
        if not len(self._following):
            return
        room = self.rule.most_waiting - self._queue.depth()
        self._is_full = room <= 0
        ready = self._gathering.ready(now_s, self._following.unsettled)
        offers = list(islice(ready, max(0, min(room, _MOST_AT_ONCE))))
        self._has_more = len(offers) == _MOST_AT_ONCE
        try:
            self._taking.take([(offer, self._tries(offer)) for offer in offers])
        except StoreError:
            for offer in offers:
                for followed in offer.files:
                    self._gathering.add(followed, now_s)
            raise
        self._following.taken(followed.path for offer in offers for followed in offer.files)
        if offers:
            self._closing.look_again()

    def _tries(self, offer: Offer) -> int:
        return sum(self._closing.tries(followed.file) for followed in offer.files)

    def _earlier(self, series_uid: str) -> list[Path]:
        return [self.rule.path / file.relative for file in self._ledger.in_series(series_uid)]
