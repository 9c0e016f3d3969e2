"""A clock that a test turns by hand."""

from datetime import UTC, datetime, timedelta


class HandClock:
    """Starts at a fixed moment and moves only when told to.

    Args:
        step_s: seconds that pass by themselves each time the steady clock is read.
    """

    def __init__(self, step_s: float = 0.0) -> None:
        self._passed_s = 0.0
        self._step_s = step_s

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self._passed_s)

    def steady_s(self) -> float:
        self._passed_s += self._step_s
        return self._passed_s

    def pass_s(self, seconds: float) -> None:
        self._passed_s += seconds
