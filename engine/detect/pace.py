"""The pace of a look: no batch of tiles is begun that does not fit into what the budget leaves."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median_low

from engine.budget import Budget

ENDING_S = 0.04
"""Kept for what follows the last tile: the boxes of the last slab, their place in the study, their measures. On two
busy cores that takes 1 to 3 ms for a photograph with 100 regions, 20 to 43 ms for a volume with 50 measured ones."""

_LATEST = 3
"""Batches whose median says what the next one takes: a machine that gets busy is noticed, a single hiccup is not."""


@dataclass(slots=True)
class Batch:
    """One batch.

    Args:
        views: in which its tiles were looked at; whoever looks corrects it.
    """

    views: int


class Pace:
    """Holds the batches of one look, each with all of its views, against a budget.

    Before the first one nothing is known, so it is begun as long as there is any time. What was begun is finished: half
    of a tile's views are no answer. Nor is it known how many views the next one needs: it has to fit with the most.

    Args:
        budget: the time for the study.
        queued: batches that are under way when another is begun, as on a device that works by itself.
        most_views: of a batch.
    """

    def __init__(self, budget: Budget, queued: int = 0, most_views: int = 1) -> None:
        self._budget = budget
        self._queued = queued
        self._most_views = most_views
        self._latest_view_s: deque[float] = deque(maxlen=_LATEST)

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One batch, if it fits.

        Raises:
            Cancelled: a person asked to stop.
            BudgetExceeded: it does not fit.
        """
        needs_s = 0.0
        if self._latest_view_s:
            needs_s = (1 + self._queued) * self._most_views * median_low(self._latest_view_s) + ENDING_S
        self._budget.check("detect", needs_s)
        begun_s = self._budget.clock.steady_s()
        batch = Batch(self._most_views)
        yield batch
        self._latest_view_s.append((self._budget.clock.steady_s() - begun_s) / batch.views)
