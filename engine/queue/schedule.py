"""Whose turn it is: a pure function over frozen values.

Stat before routine; within each, the earliest deadline first among those that can still be in time. One that cannot is
put in as soon as nobody becomes late by it, so that a backlog does not make everything after it late as well. Whatever
has waited too long gets a turn at a steady rate, so nothing waits for ever.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.queue.forecast import Forecaster
from engine.queue.turn import STAT, Progress, Turn, Waiting
from engine.queue.waiting_line import Line


@dataclass(frozen=True, slots=True)
class Rules:
    """The bound on waiting.

    Args:
        longest_wait_s: who has waited longer is given a turn before others, if no stat case becomes late by it; who has
            waited twice as long gets it in any case, where there was none for twice `relief_every_s`; who has waited
            four times as long keeps it, whatever stat case comes.
        relief_every_s: such turns are at least so far apart.
    """

    longest_wait_s: float = 1800.0
    relief_every_s: float = 300.0


def pick(
    waiting: Sequence[Waiting],
    now: datetime,
    forecaster: Forecaster,
    rules: Rules = Rules(),
    *,
    busy_s: float = 0.0,
    relieved_at: datetime | None = None,
) -> Turn | None:
    """Whose turn it is; None if nobody waits.

    Args:
        waiting: in any order. Of a long queue the first hundred of each class by deadline are enough, with the study
            that has waited longest.
        now: UTC.
        forecaster: what this machine needs.
        rules: the bound on waiting.
        busy_s: how long what is at work already will take.
        relieved_at: when a turn was last given out of order; None if never.
    """
    if not waiting:
        return None
    line = Line(now + timedelta(seconds=busy_s), forecaster)
    stat = line.ordered(one for one in waiting if one.priority == STAT)
    overdue = min(waiting, key=lambda one: (one.arrived_at, one.arrival_id))
    before = [one for one in stat if one != overdue]
    if _is_overdue(overdue, now, rules, relieved_at, times=2.0) or (
        _is_overdue(overdue, now, rules, relieved_at) and line.fits(overdue, before)
    ):
        return line.turn(overdue, before, relief=True)
    # A stat case gives way to no routine study, so only other stat cases can shorten it.
    first, *behind = stat or line.ordered(waiting)
    return line.turn(first, behind)


def gives_way(at_work: Progress, other: Waiting, now: datetime, forecaster: Forecaster, rules: Rules = Rules()) -> bool:
    """Whether a study at work is put aside for a stat case that would be late behind it and can be in time before it.

    What was done of it is lost, so in no other case. A stat case is put aside only where it is in time all the same,
    and who has waited for four times the bound never.

    Args:
        at_work: the study that is looked at.
        other: the study that is ready to be.
        now: UTC.
        forecaster: what this machine needs.
        rules: the bound on waiting.
    """
    one = at_work.turn.waiting
    if other.priority != STAT or other.deadline is None or _waited_s(one, now) > 4.0 * rules.longest_wait_s:
        return False
    work = forecaster.quickest(other.kind, other.stored_bytes, other.model_id)
    if one.priority == STAT and one.deadline is not None:
        if one.deadline <= other.deadline:  # or the two would make way for each other, again and again
            return False
        again_s = forecaster.quickest(one.kind, one.stored_bytes, one.model_id).p50_s
        if at_work.pace_s is not None:
            again_s = min(again_s, at_work.pace_s)
        if now + timedelta(seconds=work.p90_s + again_s) > one.deadline:
            return False
    return work.p10_s <= (other.deadline - now).total_seconds() < at_work.left_s + work.most_s


def begins_anew(at_work: Progress, other: Waiting, now: datetime, forecaster: Forecaster) -> Turn | None:
    """The turn with which a stat case at work begins anew, with less, for another that is due after it.

    Alone it may take all of its own time; with what comes while it does, that is not so any more. None where the other
    is in time all the same, or would not be even so. Who began with others in mind does not begin anew: so each does it
    once.

    Args:
        at_work: the study that is looked at.
        other: the study that is ready to be.
        now: UTC.
        forecaster: what this machine needs.
    """
    one = at_work.turn.waiting
    if at_work.turn.allowed_until is not None or {one.priority, other.priority} != {STAT}:
        return None
    if one.deadline is None or other.deadline is None or one.deadline > other.deadline:
        return None
    again = forecaster.quickest(one.kind, one.stored_bytes, one.model_id)
    work = forecaster.quickest(other.kind, other.stored_bytes, other.model_id)
    other_left_s = (other.deadline - now).total_seconds()
    is_late_behind_it = other_left_s < at_work.left_s + work.most_s
    both_can_be_in_time = now + timedelta(seconds=again.p90_s) <= one.deadline and (
        again.p50_s + work.p50_s <= other_left_s
    )
    if not (is_late_behind_it and both_can_be_in_time and again.most_s < at_work.left_s):
        return None
    turn = Line(now, forecaster).turn(one, [other])
    return turn if turn.allowed_until is not None else None


def _waited_s(one: Waiting, now: datetime) -> float:
    return (now - one.arrived_at).total_seconds()


def _is_overdue(
    longest: Waiting, now: datetime, rules: Rules, relieved_at: datetime | None, *, times: float = 1.0
) -> bool:
    """Whether who has waited longest is due for a turn out of order."""
    apart_s = math.inf if relieved_at is None else (now - relieved_at).total_seconds()
    return _waited_s(longest, now) > times * rules.longest_wait_s and apart_s >= times * rules.relief_every_s
