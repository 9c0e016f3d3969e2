"""The pace of a look: no batch of tiles is begun that does not fit into what the budget leaves."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median_low

from engine.budget import Budget

ENDING_S = 0.04
"""Kept for what follows the last tile: the boxes of the last slab, their place in the study, their measures. On two
busy cores that takes 1 to 3 ms for a photograph with 100 regions, 20 to 43 ms for a volume with 50 measured ones."""

_LATEST = 3
"""Batches whose median says what the next one takes: a machine that gets busy is noticed, a single hiccup is not."""


class Pace:
    """Holds the batches of one look, each with all of its views, against a budget.

    Before the first one nothing is known, so it is begun as long as there is any time. What was begun is finished: half
    of a tile's views are no answer.

    Args:
        budget: the time for the study.
        queued: batches that are under way when another is begun, as on a device that works by itself.
    """

    def __init__(self, budget: Budget, queued: int = 0) -> None:
        self._budget = budget
        self._queued = queued
        self._latest_s: deque[float] = deque(maxlen=_LATEST)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One batch, if it fits.

        Raises:
            Cancelled: a person asked to stop.
            BudgetExceeded: it does not fit.
        """
        needs_s = (1 + self._queued) * median_low(self._latest_s) + ENDING_S if self._latest_s else 0.0
        self._budget.check("detect", needs_s)
        begun_s = self._budget.clock.steady_s()
        yield
        self._latest_s.append(self._budget.clock.steady_s() - begun_s)
