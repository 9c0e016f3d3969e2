"""What is answered while there is no claim, such as a shadow's answers, and makes way at once when there is one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from engine.attempt import Attempt
from engine.pipeline import Bench

IDLE_S = 0.25
"""Without a claim for so long, there is time for what nobody waits for."""


class Spare(Protocol):
    """What is answered while there is no claim, and recorded as no study's outcome."""

    def begin(self) -> Attempt | None:
        """The next attempt, begun; None while there is nothing to do."""

    def done(self, attempt: Attempt) -> None:
        """Takes it back: at its end, or cancelled since a claim came first; then it may be begun again later."""


class SpareTime:
    """One study at a time, in the thread that looks.

    Args:
        bench: what answers.
        spare: what is done.
        is_idle: whether there is no claim.
    """

    def __init__(self, bench: Bench, spare: Spare, is_idle: Callable[[], bool]) -> None:
        self._bench = bench
        self._spare = spare
        self._is_idle = is_idle
        self._lock = threading.Lock()
        self._at: Attempt | None = None

    def use(self) -> None:
        """Answers one study that nobody waits for, unless a claim comes first."""
        attempt = self._spare.begin() if self._is_idle() else None
        if attempt is None:
            return
        with self._lock:  # a claim that enters after this question ends the attempt
            self._at = attempt
            if not self._is_idle():  # and so does one that came while it was begun: it ends as any other, and is told
                attempt.budget.cancel()
        self._bench.read(attempt)
        self._bench.look(attempt)
        with self._lock:
            self._at = None
        self._spare.done(attempt)

    def end(self) -> None:
        """A claim has entered: what is answered ends after its current tile. Any thread may call it."""
        with self._lock:
            if self._at is not None:
                self._at.budget.cancel()
