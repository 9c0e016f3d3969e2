"""The timings that forecasts are learned from: what was recorded, after what a profile measured before."""

from __future__ import annotations

from engine.domain.timing import Timing
from engine.registry.profiled import profiled_timings
from engine.store.database import Store
from engine.store.timings import recorded_timings


def known_timings(store: Store, limit: int = 2000) -> tuple[Timing, ...]:
    """The newest last. Profiled ones count as the oldest: with every recorded answer they tell less.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    return (*profiled_timings(store.home), *recorded_timings(store, limit))
