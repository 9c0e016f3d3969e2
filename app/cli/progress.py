"""The line on stderr that says how far long work has come and how long it will still take."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.clock import Clock, SystemClock
from engine.evaluate.time_left import TimeLeft

_MINUTE_S = 60
_WIDTH = 78
"""A shorter line than the one before would leave its end standing."""


def left_text(left_s: float) -> str:
    """A time that is left, in words."""
    minutes, seconds = divmod(round(left_s), _MINUTE_S)
    return f"{minutes} min {seconds:02} s left" if minutes else f"{seconds} s left"


@dataclass(slots=True)
class Progress:
    """Told of each image that is done.

    Args:
        check: asked after each with the same numbers; may raise `Cancelled`.
        clock: what times are measured with.
    """

    check: Callable[[int, int], None]
    clock: Clock = field(default_factory=SystemClock)
    _left: TimeLeft = field(init=False)

    def __post_init__(self) -> None:
        self._left = TimeLeft(self.clock)

    def __call__(self, done: int, of: int) -> None:
        left_s = self._left.after(done, of)
        about = "" if left_s is None else f", about {left_text(left_s)}"
        line = f"{done} of {of} images{about} (Ctrl+C keeps nothing)"
        print(f"\r{line:<{_WIDTH}}", end="", file=sys.stderr, flush=True)
        self.check(done, of)
