"""An arrival: something came in and must be answered once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came in.

    Args:
        id: unique, a UUID in hexadecimal.
        source: the path as given or found.
        arrived_at: when it was first seen, UTC.
        deadline: when the answer is due, UTC; None without a budget.
        priority: 0 stat, 1 routine.
    """

    id: str
    source: str
    arrived_at: datetime
    deadline: datetime | None = None
    priority: int = 1
