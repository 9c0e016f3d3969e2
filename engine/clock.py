"""Time as an argument: a wall clock for records and a steady one for durations, both replaceable in tests."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the engine asks of a clock."""

    def now(self) -> datetime:
        """The time of day, in UTC, for records."""

    def steady_s(self) -> float:
        """Seconds of a clock that never jumps, for durations and deadlines."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def steady_s(self) -> float:
        return time.perf_counter()
