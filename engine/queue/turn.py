"""Who waits, and a turn: what the schedule works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.domain.study import Kind
from engine.domain.timing import LEAST_COVERAGE
from engine.queue.forecast import Forecast

STAT = 0
ROUTINE = 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """A study in the queue, as far as it is known before it is read.

    Args:
        arrival_id: whose turn it may be.
        arrived_at: when it was first seen, UTC.
        deadline: when its answer is due, UTC; None without one.
        priority: 0 stat, 1 routine.
        kind: what it most likely is.
        stored_bytes: size of its files.
        model_id: the model that is asked for; None leaves it open.
    """

    arrival_id: str
    arrived_at: datetime
    deadline: datetime | None
    priority: int
    kind: Kind
    stored_bytes: int
    model_id: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is.

    Args:
        waiting: this study's.
        work: how long it will take, with the effort that is likely to be chosen.
        allowed_until: when it has to be done for those behind it to be in time; None where nobody is kept waiting.
        relief: it goes first because it has waited too long; `pick` wants to know when that was last so.
    """

    waiting: Waiting
    work: Forecast
    allowed_until: datetime | None = None
    relief: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work on a study is.

    Args:
        turn: as what it was picked.
        share: of it that was looked at, 0..1.
        looked_s: how long that took.
    """

    turn: Turn
    share: float
    looked_s: float

    @property
    def pace_s(self) -> float | None:
        """What looking at all of it takes as it goes; None until that can be told."""
        return self.looked_s / self.share if self.share >= LEAST_COVERAGE else None

    @property
    def left_s(self) -> float:
        """What the rest will take: by the longest forecast, or longer where it is slower than that already."""
        pace_s = self.looked_s / self.share if self.share > 0.0 else 0.0
        return (1.0 - self.share) * max(pace_s, self.turn.work.most_s)
