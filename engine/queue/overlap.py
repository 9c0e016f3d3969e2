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
from collections.abc import Callable, Iterator
from typing import Generic

from engine.attempt import Attempt
from engine.errors import Cancelled
from engine.pipeline import Bench
from engine.queue.in_flight import InFlight
from engine.queue.in_hand import AtWork, C, Claim, InHand
from engine.queue.spare_time import IDLE_S, Spare, SpareTime

_log = logging.getLogger(__name__)

AHEAD = 2
"""Studies that are read or ready while another is looked at: with one, the looking waits for every study that takes
longer to read than the one before it takes to look at; each more makes an urgent one wait longer."""

MOST_BYTES = 512 << 20
"""Pixels that wait to be looked at, from which on no other study is read."""

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
        begins_anew: asked then where it makes no way: whether it is looked at once more, with less.
        spare: what is done while there is no claim; it ends after its current tile when there is one.
    """

    def __init__(
        self,
        bench: Bench,
        *,
        ahead: int = AHEAD,
        most_bytes: int = MOST_BYTES,
        urgent_waits: Callable[[], bool] = lambda: False,
        gives_way: GivesWay[C] = never,
        begins_anew: GivesWay[C] = never,
        spare: Spare | None = None,
    ) -> None:
        self._bench = bench
        self._gives_way = gives_way
        self._begins_anew = begins_anew
        self._readers = ahead + 1  # the last one for what is urgent
        self._flight: InFlight[C] = InFlight(
            readers=self._readers, ahead=ahead, most_bytes=most_bytes, urgent_waits=urgent_waits
        )
        self._spare_time = None if spare is None else SpareTime(bench, spare, lambda: self._flight.is_idle)
        self._claiming = threading.Lock()
        self._errors: list[BaseException] = []

    @property
    def is_stopping(self) -> bool:
        """Whether no more claims are wanted; an iterator that waits for work asks it."""
        return self._flight.is_stopping

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
            self._flight.looking_ended()
            recorder.join()
        if self._errors:
            raise self._errors[0]

    def stop(self) -> None:
        """Takes no more claims, and has what is at work given back after its current tile. Any thread may call it."""
        self._flight.stop()
        self._end_spare_time()

    def cancel(self, arrival_id: str) -> bool:
        """Ends the work on a study after its current tile, as a person wishes; it is recorded as it stands then.

        Returns:
            Whether the study is at work.
        """
        return self._flight.cancel(arrival_id)

    def reconsider(self) -> None:
        """Asks again whether what is looked at makes way for what is ready: it may be slower than was forecast.

        Any thread may call it.
        """
        for work in self._flight.in_turn():
            self._make_way_for(work)

    def wait_for_record_of(self, is_awaited: Callable[[Attempt], bool]) -> None:
        """Waits until what was looked at already and is awaited is recorded, or given back. The looking thread may ask.

        Args:
            is_awaited: asked of each study that is done but for its record.
        """
        self._flight.wait_for_record_of(is_awaited)

    def at_work(self) -> tuple[AtWork, ...]:
        """How far each study is, in the order of the claims."""
        return self._flight.at_work()

    def _read(self, claims: Iterator[C]) -> None:
        """A reader thread."""
        try:
            while (work := self._next_claimed(claims)) is not None:
                self._bench.read(work.attempt)
                self._flight.was_read(work)
                self._make_way_for(work)
        except BaseException as error:  # noqa: BLE001  # a thread's edge: `run` raises it
            self._fail(error)
        finally:
            self._flight.reader_ended()

    def _next_claimed(self, claims: Iterator[C]) -> InHand[C] | None:
        """The next claim, begun, once there is room for it; None when no more are to come."""
        with self._claiming:
            if not self._flight.room_comes() or (claim := next(claims, None)) is None:
                return None
            begin = self._bench.begin
            work = self._flight.enter(
                claim, lambda: begin(claim.found, claim.request, arrival=claim.arrival, number=claim.attempt)
            )
        self._end_spare_time()
        return work

    def _make_way_for(self, ready: InHand[C]) -> None:
        """Has the study that is looked at given back after its current tile, where it makes way for a ready one."""
        looking = self._flight.looking
        if looking is None or looking.put_aside or looking.anew:
            return
        if looking.claim.arrival.priority < ready.claim.arrival.priority:
            return
        looked_s = self._bench.clock.steady_s() - looking.looked_at_since_s
        progress = (looking.claim, looking.attempt.watch.share, looked_s, ready.claim)
        if self._gives_way(*progress):
            self._flight.put_aside(looking)
        elif self._begins_anew(*progress):
            self._flight.begin_anew(looking)

    def _look(self) -> None:
        """The looking thread: the most urgent of what is ready, until nothing is to come."""
        while (work := self._next_ready()) is not None:
            self._bench.look(work.attempt)
            while self._flight.is_again(work, self._bench.again, self._bench.clock.steady_s()):
                self._bench.look(work.attempt)
            work.attempt.let_go()
            self._flight.was_looked_at(work)

    def _next_ready(self) -> InHand[C] | None:
        """Waits for it, and does what may be done while there is nothing; None when nothing is to come."""
        if self._spare_time is None:
            self._flight.wait_for_turn(None)
        else:
            while not self._flight.wait_for_turn(IDLE_S):
                self._spare_time.use()
        return self._flight.take(self._bench.clock.steady_s())

    def _end_spare_time(self) -> None:
        if self._spare_time is not None:
            self._spare_time.end()

    def _record(self, record: Callable[[C, Attempt], None], give_back: Callable[[C], None]) -> None:
        """The recorder thread."""
        while (work := self._flight.next_looked_at()) is not None:
            try:
                if self._is_unwanted(work):
                    give_back(work.claim)
                else:
                    record(work.claim, work.attempt)
            except BaseException as error:  # noqa: BLE001  # a thread's edge: `run` raises it
                self._fail(error)
                self._try_to(give_back, work.claim)
            self._flight.leave(work)
        for work in self._flight.left_over():  # only where an error ended the looking
            self._try_to(give_back, work.claim)
            self._flight.leave(work)

    def _is_unwanted(self, work: InHand[C]) -> bool:
        """Whether it was ended by `stop`, or put aside, and nothing else. What came to its end is still recorded."""
        ended = self.is_stopping or work.put_aside
        return ended and not work.cancelled and isinstance(work.attempt.stopped_by, Cancelled)

    def _fail(self, error: BaseException) -> None:
        """Keeps the error for `run`, and ends the rest."""
        self._errors.append(error)
        self.stop()

    @staticmethod
    def _try_to(give_back: Callable[[C], None], claim: C) -> None:
        try:
            give_back(claim)
        except Exception:  # noqa: BLE001  # the lease of a claim that is not given back runs out
            _log.exception("Arrival %s could not be given back", claim.arrival.id)
