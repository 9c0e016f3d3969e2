"""Where the time of one study went, stage by stage, and where its work is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from engine.clock import Clock
from engine.domain.outcome import StageTimes

Stage = Literal["read", "prepare", "detect", "merge", "record"]


class Stopwatch:
    """Adds up the time of each stage; a stage may be entered many times, as for each batch of tiles.

    One thread at a time works with it; others may look at it for what they show of the progress.

    Args:
        clock: the steady clock.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.at: Stage | None = None
        """The stage that was entered last; None before the first."""
        self.share = 0.0
        """How much of the scan was looked at, 0..1."""
        self._started_s = clock.steady_s()
        self._spent_s: dict[Stage, float] = {}

    @contextmanager
    def stage(self, name: Stage) -> Iterator[None]:
        """Counts the block's time to a stage, also when it ends by an error."""
        self.at = name
        entered_s = self._clock.steady_s()
        try:
            yield
        finally:
            self._spent_s[name] = self._spent_s.get(name, 0.0) + self._clock.steady_s() - entered_s

    def again(self) -> Stopwatch:
        """Another for a second look: the time of reading and the start stay, the rest is counted anew."""
        fresh = Stopwatch(self._clock)
        fresh._started_s = self._started_s
        fresh._spent_s = {name: spent_s for name, spent_s in self._spent_s.items() if name == "read"}
        return fresh

    def times(self) -> StageTimes:
        """Milliseconds so far; the total is the time since the start, waiting included."""
        spent_ms = {name: spent_s * 1000.0 for name, spent_s in self._spent_s.items()}
        return StageTimes(**spent_ms, total=(self._clock.steady_s() - self._started_s) * 1000.0)
