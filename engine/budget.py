"""The time one study may take, asked at every stage and tile, and the way to cancel it."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field

from engine.clock import Clock, SystemClock
from engine.errors import BudgetExceeded, Cancelled


@dataclass(frozen=True, slots=True)
class Budget:
    """A share of time that starts when it is made.

    Args:
        total_s: seconds allowed in all; `math.inf` means no limit.
        clock: the steady clock that durations are read from.
    """

    total_s: float = math.inf
    clock: Clock = field(default_factory=SystemClock)
    started_s: float = field(init=False)
    _cancelled: threading.Event = field(init=False, default_factory=threading.Event)

    def __post_init__(self) -> None:
        object.__setattr__(self, "started_s", self.clock.steady_s())

    @property
    def limit_s(self) -> float | None:
        """The seconds allowed, None without a limit."""
        return self.total_s if math.isfinite(self.total_s) else None

    def spent_s(self) -> float:
        """Seconds since the start."""
        return self.clock.steady_s() - self.started_s

    def left_s(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.total_s - self.spent_s())

    def cancel(self) -> None:
        """Asks the work to stop at its next check; may be called from any thread."""
        self._cancelled.set()

    def check(self, stage: str) -> None:
        """Returns while there is time left.

        Raises:
            Cancelled: a person asked to stop.
            BudgetExceeded: no time is left.
        """
        if self._cancelled.is_set():
            raise Cancelled("BU-CANCELLED", f"Cancelled while at stage '{stage}'.", "Run the study again when ready.")
        if self.left_s() <= 0.0:
            raise BudgetExceeded(
                "BU-TIME",
                f"The budget of {self.total_s:g} s ran out at stage '{stage}'.",
                "Give more time with --budget, or choose a model effort that needs less.",
            )
