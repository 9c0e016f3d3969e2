"""How much time is left until an answer is due: words, with a shape as well as a colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.state.words import later

SOON_S = 60.0
"""With so little left it is said to be soon, however long there was at first."""

SOON_SHARE = 0.25
"""Nor with less than this share of the time that there was."""


class Haste(StrEnum):
    """How it stands with a deadline."""

    NONE = "none"
    CALM = "calm"
    SOON = "soon"
    LATE = "late"
    KEPT = "kept"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Countdown:
    """A deadline as it is shown.

    Args:
        haste: how it stands.
        seconds: left, or by how much it was or will be missed; 0 where there is none.
        left_share: of the time between arrival and deadline, 0..1: how much of the shape is filled.
    """

    haste: Haste
    seconds: float = 0.0
    left_share: float = 0.0


HASTE_WORDS = {
    Haste.NONE: later("no deadline"),
    Haste.CALM: later("due in %1"),
    Haste.SOON: later("due soon: %1"),
    Haste.LATE: later("late by %1"),
    Haste.KEPT: later("in time"),
    Haste.MISSED: later("was late by %1"),
}


def countdown(
    arrived_at: datetime, deadline: datetime | None, now: datetime, answered_at: datetime | None = None
) -> Countdown:
    """How a deadline stands now, or stood when the answer came."""
    if deadline is None:
        return Countdown(Haste.NONE)
    if answered_at is not None:
        late_s = (answered_at - deadline).total_seconds()
        return Countdown(Haste.MISSED, late_s) if late_s > 0 else Countdown(Haste.KEPT)
    left_s = (deadline - now).total_seconds()
    if left_s <= 0:
        return Countdown(Haste.LATE, -left_s)
    given_s = max((deadline - arrived_at).total_seconds(), left_s)
    share = left_s / given_s
    haste = Haste.SOON if left_s < SOON_S or share < SOON_SHARE else Haste.CALM
    return Countdown(haste, left_s, share)


def span(seconds: float) -> str:
    """A stretch of time in two figures at most: `9 s`, `4:05 min`, `3:20 h`, `5 d`."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02} min"
    if whole < 86400:
        return f"{whole // 3600}:{whole % 3600 // 60:02} h"
    return f"{whole // 86400} d"
