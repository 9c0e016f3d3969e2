"""The studies that wait, held against the moment at which the next one can begin."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from engine.queue.forecast import Forecast, Forecaster
from engine.queue.turn import STAT, Turn, Waiting

_CHAIN = 64
"""So many of those behind are looked at: past them a forecast says nothing any more."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is to be done before a study's turn comes.

    Args:
        work_s: the sum of the medians.
        spread_s2: the sum of the squared spreads, `Forecast.spread_s`: the errors of forecasts partly cancel out.
    """

    work_s: float = 0.0
    spread_s2: float = 0.0

    def with_work(self, work: Forecast) -> Ahead:
        """And that as well."""
        return Ahead(self.work_s + work.p50_s, self.spread_s2 + work.spread_s**2)

    @property
    def p90_s(self) -> float:
        """What it takes in nine of ten cases."""
        return self.work_s + math.sqrt(self.spread_s2)


class Line:
    """Those who wait, against one moment.

    Args:
        begins_at: when the next study can begin, UTC.
        forecaster: what this machine needs.
    """

    def __init__(self, begins_at: datetime, forecaster: Forecaster) -> None:
        self._begins_at = begins_at
        self._forecaster = forecaster

    def ordered(self, waiting: Iterable[Waiting]) -> list[Waiting]:
        """One class: by deadline, then who is late anyway; the first of these first where no other gets late by it."""
        hopeful: list[Waiting] = []
        lost: list[Waiting] = []
        for one in sorted(waiting, key=_by_deadline):
            (hopeful if self._can_be_in_time(one) else lost).append(one)
        lost.sort(key=lambda one: (one.arrived_at, one.arrival_id))
        if lost and self.fits(lost[0], hopeful):
            return lost[:1] + hopeful + lost[1:]
        return hopeful + lost

    def fits(self, one: Waiting, others: Sequence[Waiting]) -> bool:
        """Whether a study can go first without making another late."""
        work = likely(one, self._begins_at, one.deadline, self._forecaster)
        latest = self._latest_start(others, self._begins_at)
        return latest is None or self._begins_at + timedelta(seconds=work.p90_s) <= latest

    def turn(self, one: Waiting, behind: Sequence[Waiting], *, relief: bool = False) -> Turn:
        """The turn of a study, with the time that those behind leave to it."""
        quick = self._quickest(one)
        allowed_until = self._latest_start(behind, self._begins_at + timedelta(seconds=quick.p50_s))
        until = min((moment for moment in (one.deadline, allowed_until) if moment), default=None)
        return Turn(one, likely(one, self._begins_at, until, self._forecaster), allowed_until, relief)

    def _can_be_in_time(self, one: Waiting) -> bool:
        """Whether it is worth trying: one in ten would be."""
        return one.deadline is None or self._begins_at + timedelta(seconds=self._quickest(one).p10_s) <= one.deadline

    def _latest_start(self, others: Iterable[Waiting], begins_at: datetime) -> datetime | None:
        """When the first of these has to begin so that all are in time that can be; None if none of them can.

        Each is taken with its quickest effort: what they leave is what the study before them may use.
        """
        ahead, latest = Ahead(), None
        for one in islice(others, _CHAIN):
            work, before_s = self._quickest(one), ahead.work_s
            ahead = ahead.with_work(work)
            if one.deadline is None:
                continue
            left_s = (one.deadline - begins_at).total_seconds()
            # In time for sure, else more likely than not, else perhaps; who is late anyway holds nobody back.
            needed_s = ahead.p90_s if ahead.p90_s <= left_s else ahead.work_s
            if needed_s <= left_s:
                start = one.deadline - timedelta(seconds=needed_s)
            elif before_s + work.p10_s <= left_s:
                start = begins_at
            else:
                continue
            latest = start if latest is None else min(latest, start)
        return latest

    def _quickest(self, one: Waiting) -> Forecast:
        return self._forecaster.quickest(one.kind, one.stored_bytes, one.model_id)


def likely(one: Waiting, begins_at: datetime, until: datetime | None, forecaster: Forecaster) -> Forecast:
    """The work with the effort that will most likely be chosen: the full one if it is in time, or too late already."""
    full = forecaster.work(one.kind, one.stored_bytes, one.model_id)
    too_late = one.deadline is not None and one.deadline <= begins_at
    sure_s = full.most_s if one.priority == STAT else full.p90_s
    if until is None or too_late or begins_at + timedelta(seconds=sure_s) <= until:
        return full
    return forecaster.quickest(one.kind, one.stored_bytes, one.model_id)


def _by_deadline(one: Waiting) -> tuple[bool, datetime, datetime, str]:
    return (one.deadline is None, one.deadline or one.arrived_at, one.arrived_at, one.arrival_id)
