"""The time one study may take, asked at every stage and tile, and the way to cancel it."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field

from engine.clock import Clock, SystemClock
from engine.errors import BudgetExceeded, Cancelled


@dataclass(slots=True, eq=False)
class Budget:
    """Time that starts to run when it is made: so much work, and not after a deadline.

    Args:
        total_s: seconds of work allowed in all; `math.inf` means no limit.
        clock: the steady clock that durations are read from.
        deadline_s: seconds from now after which the work must have ended, rests included; `math.inf` means none.
    """

    total_s: float = math.inf
    clock: Clock = field(default_factory=SystemClock)
    deadline_s: float = math.inf
    started_s: float = field(init=False)
    _rested_s: float = field(init=False, default=0.0)
    _rests_since_s: float | None = field(init=False, default=None)
    _cancelled: threading.Event = field(init=False, default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.started_s = self.clock.steady_s()

    @property
    def limit_s(self) -> float | None:
        """The seconds allowed, None without a limit."""
        limit_s = min(self.total_s, self.deadline_s)
        return limit_s if math.isfinite(limit_s) else None

    def spent_s(self) -> float:
        """Seconds since the start."""
        return self.clock.steady_s() - self.started_s

    def left_s(self) -> float:
        """Seconds left, never below zero."""
        spent_s = self.spent_s()
        return max(0.0, min(self.total_s - spent_s + self._rested_s, self.deadline_s - spent_s))

    def rest(self) -> None:
        """Stops counting work, as while the study waits for another; a deadline comes nearer nevertheless."""
        self._rests_since_s = self.clock.steady_s()

    def go_on(self) -> bool:
        """Counts work again, and says whether the deadline, if it was ahead when the rest began, is ahead still."""
        if self._rests_since_s is None:
            return True
        now_s, since_s = self.clock.steady_s(), self._rests_since_s
        self._rested_s += now_s - since_s
        self._rests_since_s = None
        ends_s = self.started_s + self.deadline_s
        return now_s < ends_s or since_s >= ends_s

    def lift_deadline(self) -> None:
        """Lets the work take as long as it takes, for a study that is late whatever is done."""
        self.deadline_s = math.inf

    def again(self) -> Budget:
        """What is left of it as one of its own, which nobody has cancelled."""
        spent_s = self.spent_s()
        left_s = max(0.0, self.total_s - spent_s + self._rested_s)
        return Budget(left_s, self.clock, max(0.0, self.deadline_s - spent_s))

    def cancel(self) -> None:
        """Asks the work to stop at its next check; may be called from any thread."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def check(self, stage: str, needs_s: float = 0.0) -> None:
        """Returns while there is time left.

        Args:
            stage: where the work is.
            needs_s: what the next step takes as far as is known; it is not begun where less is left.

        Raises:
            Cancelled: a person asked to stop.
            BudgetExceeded: no time is left, or too little.
        """
        if self._cancelled.is_set():
            raise Cancelled("BU-CANCELLED", f"Cancelled while at stage '{stage}'.", "Run the study again when ready.")
        left_s = self.left_s()
        if left_s > 0.0 and left_s >= needs_s:
            return
        limit_s = min(self.total_s, self.deadline_s)
        of = f"{round(limit_s, 1) if limit_s >= 10.0 else limit_s:.5g}"  # nobody reads milliseconds of a minute
        spent = f"The budget of {of} s ran out at stage '{stage}'."
        short = (
            f"The budget of {of} s has {left_s:.2g} s left and the next step takes {needs_s:.2g} s, at stage '{stage}'."
        )
        raise BudgetExceeded(
            "BU-TIME",
            short if left_s > 0.0 else spent,
            "Give more time with --budget, or choose a model effort that needs less.",
        )
