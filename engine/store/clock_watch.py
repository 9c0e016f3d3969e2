"""Notices that the time of day jumped: backwards before the newest entry, or away from the steady clock."""

from __future__ import annotations

from datetime import datetime

from engine.audit.actions import PROGRAM, Act
from engine.audit.log import AuditDraft, Json, utc_text
from engine.clock import Clock

JUMP_S = 2.0
"""Below this, clocks are being kept in step, which slews them or steps them by little."""


class ClockWatch:
    """What one process knows of the two clocks: where they stood at its last write."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._now = clock.now()
        self._steady_s = clock.steady_s()

    def jump(self) -> AuditDraft | None:
        """What the log is to say where the clocks went apart since the last call; None where they did not.

        The steady clock stands still while the machine sleeps, so a sleep shows as a jump forward.
        """
        now, steady_s = self._clock.now(), self._clock.steady_s()
        expected_s = steady_s - self._steady_s
        passed_s = (now - self._now).total_seconds()
        before = self._now
        self._now, self._steady_s = now, steady_s
        return None if abs(passed_s - expected_s) < JUMP_S else _draft(before, now, passed_s - expected_s)


def _draft(before: datetime, now: datetime, by_s: float) -> AuditDraft:
    detail: dict[str, Json] = {"last_write": utc_text(before), "now": utc_text(now), "by_s": round(by_s, 3)}
    return AuditDraft(PROGRAM, Act.CLOCK_JUMPED, "clock", detail)
