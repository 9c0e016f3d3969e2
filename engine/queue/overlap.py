"""Reading, looking and recording at one time: while one study is looked at, the next are read and the last is recorded.

```
claims ── reader threads ── ready, few and bounded in bytes ── the calling thread looks ── recorder thread ── record
                                                                                                       └── give_back
```

All of them share the decoder processes, the row pool and the models of one bench. A study's regions are those that it
has alone. Studies are looked at as they become ready, so one that reads slowly holds up none but itself.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic

from engine.attempt import Attempt
from engine.errors import Cancelled
from engine.pipeline import Bench
from engine.queue.in_hand import AtWork, C, Claim, InHand

_log = logging.getLogger(__name__)

AHEAD = 2
"""Studies that are read or ready while another is looked at: with one, the looking waits for every study that takes
longer to read than the one before it takes to look at; each more makes an urgent one wait longer."""

MOST_BYTES = 512 << 20
"""Pixels that wait to be looked at, from which on no other study is read."""

_ASK_S = 0.1
"""How often it is asked whether an urgent study waits, while there is no room for another."""

_MOST_UNRECORDED = 8
"""Answers that wait to be recorded, from which on no other study is looked at."""


GivesWay = Callable[[C, float, float, C], bool]
"""Whether a study, the share of it that was looked at, and how many seconds that took, make way for another."""


def never(_looked_at: Claim, _share: float, _looked_s: float, _ready: Claim) -> bool:
    """Nothing makes way."""
    return False


class Overlap(Generic[C]):
    """The three stages of one run over claims.

    Args:
        bench: what answers.
        ahead: studies that are read, or ready, while another is looked at.
        most_bytes: pixels that are held, from which on no other study is read; each reader may add one study to that.
        urgent_waits: whether a study waits that goes before those that are ready; there is room for one such beside
            them.
        gives_way: asked when a more urgent study is ready to be looked at than the one that is, and by `reconsider`.
    """

    def __init__(
        self,
        bench: Bench,
        *,
        ahead: int = AHEAD,
        most_bytes: int = MOST_BYTES,
        urgent_waits: Callable[[], bool] = lambda: False,
        gives_way: GivesWay[C] = never,
    ) -> None:
        self._bench = bench
        self._ahead = ahead
        self._most_bytes = most_bytes
        self._urgent_waits = urgent_waits
        self._gives_way = gives_way
        self._claiming = threading.Lock()
        self._changed = threading.Condition()
        # All below belong to the condition.
        self._works: list[InHand[C]] = []
        self._ready: list[InHand[C]] = []
        self._looking: InHand[C] | None = None
        self._looking_since_s = 0.0
        self._looked: deque[InHand[C]] = deque()
        self._claimed = 0
        self._readers = 0
        self._is_looking = True
        self._stopping = False
        self._error: BaseException | None = None

    @property
    def is_stopping(self) -> bool:
        """Whether no more claims are wanted; an iterator that waits for work asks it."""
        return self._stopping

    def run(self, claims: Iterator[C], record: Callable[[C, Attempt], None], give_back: Callable[[C], None]) -> None:
        """Answers all claims; the calling thread looks. To be called once.

        Args:
            claims: asked by one reader thread at a time, and only for what is to be read at once. It may wait for work,
                and ends when there is none or `is_stopping` is true.
            record: called in one thread with each claim and the attempt that answers it, whose pixels are gone.
            give_back: called in the same thread with each claim that `stop` or an error left without an answer, or that
                made way.

        Raises:
            BaseException: what `claims` or `record` raised; what had no answer by then was given back.
        """
        self._readers = self._ahead + 1  # the last one for what is urgent
        readers = [
            threading.Thread(target=self._read, args=(claims,), name="fovea-reader") for _ in range(self._readers)
        ]
        recorder = threading.Thread(target=self._record, args=(record, give_back), name="fovea-recorder")
        for thread in (*readers, recorder):
            thread.start()
        try:
            self._look()
        except BaseException:
            self.stop()
            raise
        finally:
            for thread in readers:
                thread.join()
            with self._changed:
                self._is_looking = False
                self._changed.notify_all()
            recorder.join()
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """Takes no more claims, and has what is at work given back after its current tile. Any thread may call it."""
        with self._changed:
            self._stopping = True
            for work in self._works:
                work.attempt.budget.cancel()
            self._changed.notify_all()

    def cancel(self, arrival_id: str) -> bool:
        """Ends the work on a study after its current tile, as a person wishes; it is recorded as it stands then.

        Returns:
            Whether the study is at work.
        """
        with self._changed:
            work = next((work for work in self._works if work.claim.arrival.id == arrival_id), None)
            if work is None:
                return False
            work.cancelled = True
            work.attempt.budget.cancel()
            return True

    def reconsider(self) -> None:
        """Asks again whether what is looked at makes way for what is ready: it may be slower than was forecast.

        Any thread may call it.
        """
        with self._changed:
            ready = sorted(self._ready, key=lambda work: work.urgency)
        for work in ready:
            self._make_way_for(work)

    def wait_for_record_of(self, is_awaited: Callable[[Attempt], bool]) -> None:
        """Waits until what was looked at already and is awaited is recorded, or given back. The looking thread may ask.

        Args:
            is_awaited: asked of each study that is done but for its record.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._stopping
                    or not any(
                        not work.unlooked and work is not self._looking and is_awaited(work.attempt)
                        for work in self._works
                    )
                )
            )

    def at_work(self) -> tuple[AtWork, ...]:
        """How far each study is, in the order of the claims."""
        with self._changed:
            return tuple(
                AtWork(work.claim.arrival.id, work.claim.attempt, watch.at or "read", watch.share)
                for work in self._works
                for watch in (work.attempt.watch,)
            )

    def _read(self, claims: Iterator[C]) -> None:
        """A reader thread."""
        try:
            while (work := self._next_claimed(claims)) is not None:
                self._bench.read(work.attempt)
                with self._changed:
                    self._ready.append(work)
                    self._changed.notify_all()
                self._make_way_for(work)
        except BaseException as error:  # noqa: BLE001  # a thread's edge: `run` raises it
            self._fail(error)
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    def _make_way_for(self, ready: InHand[C]) -> None:
        """Has the study that is looked at given back after its current tile, where it makes way for a ready one."""
        with self._changed:
            looking, looked_s = self._looking, self._bench.clock.steady_s() - self._looking_since_s
        if looking is None or looking.put_aside or looking.claim.arrival.priority < ready.claim.arrival.priority:
            return
        if self._gives_way(looking.claim, looking.attempt.watch.share, looked_s, ready.claim):
            with self._changed:
                if self._looking is looking:
                    looking.put_aside = True
                    looking.attempt.budget.cancel()

    def _next_claimed(self, claims: Iterator[C]) -> InHand[C] | None:
        """The next claim, begun, once there is room for it; None when no more are to come."""
        with self._claiming:
            if not self._room_comes() or (claim := next(claims, None)) is None:
                return None
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or claim.attempt == 1 or not self._works)
                return self._begin(claim)

    def _room_comes(self) -> bool:
        """Waits for room; False where no more claims are wanted."""
        while True:
            with self._changed:
                if self._changed.wait_for(lambda: self._stopping or self._has_room(self._ahead), _ASK_S):
                    return not self._stopping
            if self._urgent_waits():
                with self._changed:
                    if self._has_room(self._ahead + 1):
                        return True

    def _has_room(self, ahead: int) -> bool:
        return (
            sum(work.unlooked for work in self._works) < ahead
            and sum(work.held_bytes for work in self._works) < self._most_bytes
            and all(work.claim.attempt == 1 for work in self._works)
        )

    def _begin(self, claim: C) -> InHand[C]:
        attempt = self._bench.begin(claim.found, claim.request, arrival=claim.arrival, number=claim.attempt)
        work = InHand(claim, attempt, self._claimed)
        self._claimed += 1
        self._works.append(work)
        if self._stopping:
            attempt.budget.cancel()
        return work

    def _look(self) -> None:
        """The looking thread: the most urgent of what is ready, until nothing is to come."""
        while (work := self._next_ready()) is not None:
            self._bench.look(work.attempt)
            work.attempt.let_go()
            with self._changed:
                self._looking = None
                self._looked.append(work)
                self._changed.notify_all()

    def _next_ready(self) -> InHand[C] | None:
        with self._changed:
            self._changed.wait_for(lambda: len(self._looked) < _MOST_UNRECORDED and (self._ready or not self._readers))
            if not self._ready:
                return None
            work = min(self._ready, key=lambda ready: ready.urgency)
            self._ready.remove(work)
            work.unlooked = False
            self._looking, self._looking_since_s = work, self._bench.clock.steady_s()
            self._changed.notify_all()
            return work

    def _record(self, record: Callable[[C, Attempt], None], give_back: Callable[[C], None]) -> None:
        """The recorder thread."""
        while (work := self._next_looked()) is not None:
            try:
                if self._is_unwanted(work):
                    give_back(work.claim)
                else:
                    record(work.claim, work.attempt)
            except BaseException as error:  # noqa: BLE001  # a thread's edge: `run` raises it
                self._fail(error)
                self._try_to(give_back, work.claim)
            self._leave(work)
        for work in tuple(self._works):  # only where an error ended the looking
            self._try_to(give_back, work.claim)
            self._leave(work)

    def _next_looked(self) -> InHand[C] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._looked or not self._is_looking)
            return self._looked.popleft() if self._looked else None

    def _is_unwanted(self, work: InHand[C]) -> bool:
        """Whether it was ended by `stop`, or put aside, and nothing else. What came to its end is still recorded."""
        ended = self._stopping or work.put_aside
        return ended and not work.cancelled and isinstance(work.attempt.stopped_by, Cancelled)

    def _leave(self, work: InHand[C]) -> None:
        with self._changed:
            self._works.remove(work)
            self._changed.notify_all()

    def _fail(self, error: BaseException) -> None:
        """Keeps the first error for `run`, and ends the rest."""
        with self._changed:
            self._error = self._error or error
        self.stop()

    @staticmethod
    def _try_to(give_back: Callable[[C], None], claim: C) -> None:
        try:
            give_back(claim)
        except Exception:  # noqa: BLE001  # the lease of a claim that is not given back runs out
            _log.exception("Arrival %s could not be given back", claim.arrival.id)
