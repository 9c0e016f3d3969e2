"""What those who wait have to expect: when each will be answered, and how late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.queue.forecast import Forecast, Forecaster
from engine.queue.turn import STAT, Waiting
from engine.queue.waiting_line import Ahead, Line, likely


@dataclass(frozen=True, slots=True)
class Planned:
    """What a study in the queue has to expect, if nothing else arrives.

    Args:
        waiting: the study.
        work: how long it takes by itself.
        expected_at: when it will be answered, half of such studies earlier.
        at_latest: the same for nine of ten.
        late_s: by how much it is expected to miss its deadline, 0 if it is not.
    """

    waiting: Waiting
    work: Forecast
    expected_at: datetime
    at_latest: datetime
    late_s: float


def plan(
    waiting: Sequence[Waiting],
    now: datetime,
    forecaster: Forecaster,
    *,
    busy_s: float = 0.0,
    starting: Forecast | None = None,
) -> tuple[Planned, ...]:
    """What everyone in the queue has to expect, in the order in which they will be answered.

    Args:
        waiting: all of them, in any order.
        now: UTC.
        forecaster: what this machine needs.
        busy_s: how long what is at work already will take.
        starting: how long it will be until somebody can work; None where somebody can.
    """
    ahead = Ahead(busy_s)
    if starting is not None:
        ahead = ahead.with_work(starting)
    line = Line(now + timedelta(seconds=ahead.work_s), forecaster)
    stat = line.ordered(one for one in waiting if one.priority == STAT)
    routine = line.ordered(one for one in waiting if one.priority != STAT)
    planned = []
    for one in stat + routine:
        work = likely(one, now + timedelta(seconds=ahead.work_s), one.deadline, forecaster)
        planned.append(expect(one, work, now, ahead, forecaster.promise_times))
        ahead = ahead.with_work(work)
    return tuple(planned)


def expect(waiting: Waiting, work: Forecast, now: datetime, ahead: Ahead, promise_times: float = 1.0) -> Planned:
    """What one study has to expect behind the work that is ahead of it.

    Args:
        waiting: the study.
        work: what it takes by itself.
        now: UTC.
        ahead: what is done before it.
        promise_times: by how much later than their forecast nine of ten were answered, since others came and went
            first; see `Forecaster.promise_times`.
    """
    until = ahead.with_work(work)
    expected_at = now + timedelta(seconds=until.work_s)
    late_s = 0.0
    if waiting.deadline is not None:
        late_s = max(0.0, (expected_at - waiting.deadline).total_seconds())
    latest_s = until.work_s + promise_times * (until.p90_s - until.work_s)
    return Planned(waiting, work, expected_at, now + timedelta(seconds=latest_s), late_s)
