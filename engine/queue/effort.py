"""The best work variant of a model that is done in the time left."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.clock import Clock
from engine.domain.model_card import ModelCard
from engine.domain.request import FULL
from engine.domain.scan import Scan
from engine.prepare.layout import lay_out
from engine.queue.forecast import Extent, Forecast, Forecaster
from engine.queue.turn import STAT, Turn

ChooseEffort = Callable[[ModelCard, str, Scan, float], str]
"""Model, run time, scan and seconds left to the name of an effort; `engine.stages` asks once the scan is read."""


def chooser(forecaster: Callable[[], Forecaster], turn: Callable[[], Turn | None], clock: Clock) -> ChooseEffort:
    """What the pipeline asks.

    Args:
        forecaster: the newest one.
        turn: that of the study which is being looked at; None where it was not given one.
        clock: the one that turns are given by.
    """

    def choose(card: ModelCard, backend: str, scan: Scan, time_left_s: float) -> str:
        extents = [extent_of(card, scan, effort.name) for effort in card.efforts]
        lane = Lane(forecaster(), card.name, backend)
        return choose_effort(lane, extents, time_left_s, turn(), clock.now())

    return choose


@dataclass(frozen=True, slots=True)
class Lane:
    """What does the work.

    Args:
        forecaster: what this machine needs.
        model: `id version`.
        backend: run time and its version, the one that really looks; empty where that is not known.
    """

    forecaster: Forecaster
    model: str
    backend: str = ""

    def look(self, extent: Extent) -> Forecast:
        """From the scan to the answer, with one effort."""
        return self.forecaster.look(self.model, extent, self.backend)


def choose_effort(
    lane: Lane,
    extents: Sequence[Extent],
    time_left_s: float,
    turn: Turn | None,
    now: datetime,
) -> str:
    """The effort that does most of those that are done in time; if there is none, the one that does least.

    In time is what nine of ten such studies are; of stat cases, what all that were seen are. A deadline that has passed
    does not shorten the work: it cannot be kept any more.

    Args:
        lane: what does the work.
        extents: what there is to be done with each effort.
        time_left_s: until the study's own deadline.
        turn: what those waiting behind it leave to it; None if nobody does.
        now: UTC.
    """
    if time_left_s <= 0.0:
        return FULL
    if turn is not None and turn.allowed_until is not None:
        time_left_s = min(time_left_s, (turn.allowed_until - now).total_seconds())
    is_stat = turn is not None and turn.waiting.priority == STAT
    for extent in sorted(extents, key=lambda extent: (extent.effort != FULL, -extent.network_px)):
        work = lane.look(extent)
        if (work.most_s if is_stat else work.p90_s) <= time_left_s:
            return extent.effort
    return min(extents, key=lambda extent: extent.network_px).effort


def extent_of(card: ModelCard, scan: Scan, effort: str) -> Extent:
    """What looking at a scan with an effort takes.

    Raises:
        OutOfDomainError: OD-SPACING, as `lay_out`.
        UsageError: US-EFFORT, the model has no such effort.
    """
    layout = lay_out(scan, card.input, card.head.stride, card.effort(effort))
    calls = math.ceil(len(layout.origins) / card.input.batch) * len(layout.flips)
    return Extent(effort, len(layout.origins), calls, calls * card.input.batch * math.prod(card.input.tile))
