"""Ten weeks of two cameras, of which the lamp of one failed: for what shows how the world changes."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from engine.domain.acquisition import Acquisition
from engine.domain.sketch import Sketch, Sketched
from engine.places import Home
from engine.store.database import Store, open_store
from engine.store.outcomes import record
from tests.engine.store.answers import answered, arrival, photograph, spot

WEEKS, A_WEEK, LAMP_FAILED = 10, 10, 7
LINES = ("/in/line-1", "/in/line-2")
"""The folders of both; the lamp is that of the second."""


class PastClock:
    """Says when each study of the last weeks came."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC) - timedelta(weeks=WEEKS)

    def now(self) -> datetime:
        return self.at

    def steady_s(self) -> float:
        return self.at.timestamp()


def fill_weeks(home: Home) -> None:
    """Records what both cameras saw, until now."""
    clock = PastClock()
    with open_store(home, clock) as store:
        for week in range(WEEKS):
            _week(store, clock, week)


def _week(store: Store, clock: PastClock, week: int) -> None:
    draw = random.Random(week)  # only what the studies look like hangs on it
    for _ in range(A_WEEK):
        clock.at += timedelta(weeks=1) / A_WEEK
        for line in LINES:
            light = 0.4 if line == LINES[1] and week >= LAMP_FAILED else 1.0
            near = draw.gauss(0.0, 0.01)
            sketch = Sketch(0.1 * light, 0.4 * light + near, 0.9 * light, 0.2 * light, 0.0, 0.01, 0.02 + near, 0.5, 0.0)
            came = replace(arrival(f"{line}/part.png"), arrived_at=clock.at)
            regions = [spot(0.6 + near)] if draw.random() < 0.3 else []
            doubts = ("unlike-training",) if light < 1.0 else ()
            outcome = answered(came, regions, doubts=doubts, model="surface-pitting 1.1.2")
            record(store, came, photograph(came.source), outcome, sketched=Sketched(sketch, Acquisition(), 3.0 / light))
