"""The studies of one run between claim and record, and which of them is next: where its threads meet."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic

from engine.attempt import Attempt
from engine.errors import Cancelled
from engine.queue.in_hand import AtWork, C, InHand

_ASK_S = 0.1
"""How often it is asked whether an urgent study waits, while there is no room for another."""

_MOST_UNRECORDED = 8
"""Answers that wait to be recorded, from which on no other study is looked at."""


class InFlight(Generic[C]):
    """Any thread may call any method. Those that wait for others say so.

    Args:
        readers: threads that claim and read; each tells when it ends.
        ahead: studies that are read, or ready, while another is looked at.
        most_bytes: pixels that are held, from which on there is no room.
        urgent_waits: whether a study waits that goes before those that are ready; there is room for one such beside
            them.
    """

    def __init__(self, *, readers: int, ahead: int, most_bytes: int, urgent_waits: Callable[[], bool]) -> None:
        self._ahead = ahead
        self._most_bytes = most_bytes
        self._urgent_waits = urgent_waits
        self._changed = threading.Condition()
        # All below belong to the condition.
        self._readers = readers
        self._works: list[InHand[C]] = []
        self._ready: list[InHand[C]] = []
        self._looking: InHand[C] | None = None
        self._looked: deque[InHand[C]] = deque()
        self._claimed = 0
        self._is_looking = True
        self._stopping = False

    @property
    def is_stopping(self) -> bool:
        """Whether no more claims are wanted."""
        return self._stopping

    @property
    def is_idle(self) -> bool:
        """Whether there is no claim, and claims are wanted."""
        with self._changed:
            return not self._works and not self._stopping

    @property
    def looking(self) -> InHand[C] | None:
        """What is looked at."""
        with self._changed:
            return self._looking

    def stop(self) -> None:
        """No more claims are wanted, and what is at work ends after its current tile."""
        with self._changed:
            self._stopping = True
            for work in self._works:
                work.attempt.budget.cancel()
            self._changed.notify_all()

    def room_comes(self) -> bool:
        """Waits for room for a claim; False where no more are wanted. One thread at a time may wait."""
        while True:
            with self._changed:
                if self._changed.wait_for(lambda: self._stopping or self._has_room(self._ahead), _ASK_S):
                    return not self._stopping
            if self._urgent_waits():
                with self._changed:
                    if self._has_room(self._ahead + 1):
                        return True

    def enter(self, claim: C, begin: Callable[[], Attempt]) -> InHand[C]:
        """Puts a claim to work, as the one thread that waited for room; waits until one that is tried again is alone.

        Args:
            claim: the claim.
            begin: begins its attempt.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or claim.attempt == 1 or not self._works)
            work = InHand(claim, begin(), self._claimed)
            self._claimed += 1
            self._works.append(work)
            if self._stopping:
                work.attempt.budget.cancel()
            return work

    def was_read(self, work: InHand[C]) -> None:
        """It is ready to be looked at."""
        with self._changed:
            self._ready.append(work)
            self._changed.notify_all()

    def reader_ended(self) -> None:
        """One reader brings nothing more."""
        with self._changed:
            self._readers -= 1
            self._changed.notify_all()

    def in_turn(self) -> list[InHand[C]]:
        """What is ready, the most urgent first."""
        with self._changed:
            return sorted(self._ready, key=lambda work: work.urgency)

    def wait_for_turn(self, most_s: float | None) -> bool:
        """Waits until something may be looked at or nothing more comes; False where that took longer."""
        with self._changed:
            return self._changed.wait_for(
                lambda: len(self._looked) < _MOST_UNRECORDED and bool(self._ready or not self._readers), most_s
            )

    def take(self, now_s: float) -> InHand[C] | None:
        """The most urgent of what is ready is looked at from now on; None when nothing more comes.

        Args:
            now_s: of the bench's clock.
        """
        with self._changed:
            if not self._ready:
                return None
            work = min(self._ready, key=lambda ready: ready.urgency)
            self._ready.remove(work)
            work.unlooked, work.looked_at_since_s = False, now_s
            self._looking = work
            self._changed.notify_all()
            return work

    def was_looked_at(self, work: InHand[C]) -> None:
        """It is ready to be recorded."""
        with self._changed:
            self._looking = None
            self._looked.append(work)
            self._changed.notify_all()

    def looking_ended(self) -> None:
        """Nothing more is looked at."""
        with self._changed:
            self._is_looking = False
            self._changed.notify_all()

    def next_looked_at(self) -> InHand[C] | None:
        """Waits for what is to be recorded next; None when nothing more comes."""
        with self._changed:
            self._changed.wait_for(lambda: self._looked or not self._is_looking)
            return self._looked.popleft() if self._looked else None

    def leave(self, work: InHand[C]) -> None:
        """It is recorded, or given back."""
        with self._changed:
            self._works.remove(work)
            self._changed.notify_all()

    def left_over(self) -> tuple[InHand[C], ...]:
        """What entered and did not leave, in the order of the claims."""
        with self._changed:
            return tuple(self._works)

    def put_aside(self, work: InHand[C]) -> None:
        """Ends what is looked at after its current tile, to be given back; nothing where it came to its end already."""
        with self._changed:
            if self._looking is work:
                work.put_aside = True
                work.attempt.budget.cancel()

    def begin_anew(self, work: InHand[C]) -> None:
        """Ends what is looked at after its current tile, to be looked at again; nothing where it came to its end."""
        with self._changed:
            if self._looking is work:
                work.anew = True
                work.attempt.budget.cancel()

    def is_again(self, work: InHand[C], again: Callable[[Attempt], Attempt], now_s: float) -> bool:
        """Whether what was looked at is to be looked at once more; it has another attempt then.

        Args:
            work: the study.
            again: makes that of the one that was stopped.
            now_s: of the bench's clock.
        """
        with self._changed:
            wanted = work.anew and not (self._stopping or work.cancelled or work.put_aside)
            work.anew = False
            if not wanted or not isinstance(work.attempt.stopped_by, Cancelled):
                return False
            work.attempt, work.looked_at_since_s = again(work.attempt), now_s
            return True

    def cancel(self, arrival_id: str) -> bool:
        """Ends a study after its current tile, as a person wishes; False where it is not at work."""
        with self._changed:
            work = next((work for work in self._works if work.claim.arrival.id == arrival_id), None)
            if work is None:
                return False
            work.cancelled = True
            work.attempt.budget.cancel()
            return True

    def wait_for_record_of(self, is_awaited: Callable[[Attempt], bool]) -> None:
        """Waits until what was looked at already and is awaited has left.

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
        return tuple(
            AtWork(work.claim.arrival.id, work.claim.attempt, watch.at or "read", watch.share)
            for work in self.left_over()
            for watch in (work.attempt.watch,)
        )

    def _has_room(self, ahead: int) -> bool:
        return (
            sum(work.unlooked for work in self._works) < ahead
            and sum(work.held_bytes for work in self._works) < self._most_bytes
            and all(work.claim.attempt == 1 for work in self._works)
        )
