"""The scheduler through simulated days of a department, beside simpler ones: `python -m tests.bench.department`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence

from engine.queue.schedule import pick
from engine.queue.turn import STAT
from tests.engine.queue.department import (
    Answered,
    Department,
    at,
    day_of,
    first_come,
    late_although_possible,
    plain_deadlines,
)

_HEAD = (
    "studies an hour", "schedule", "studies", "stat", "late", "avoidable", "put aside", "routine late", "longest wait",
    "in full", "work forecast kept", "answer forecast kept",
)  # fmt: skip

_SCHEDULES = (
    ("Fovea", pick, True),
    ("nothing put aside", pick, False),
    ("plain deadlines", plain_deadlines, False),
    ("first come", first_come, False),
)


def main() -> None:
    """Prints a row for each load and schedule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="days for each row")
    seeds = range(1, parser.parse_args().seeds + 1)
    print("| " + " | ".join(_HEAD) + " |\n" + "|---" * len(_HEAD) + "|")
    for per_hour in (70.0, 100.0, 130.0, 160.0):
        for name, picks, puts_aside in _SCHEDULES:
            departments = [Department(picks=picks, puts_aside=puts_aside) for _ in seeds]
            days = [
                list(department.work_through(day_of(seed, per_hour=per_hour)))
                for department, seed in zip(departments, seeds, strict=True)
            ]
            put_aside = sum(department.put_aside for department in departments)
            print(f"| {per_hour:.0f} | {name} | " + " | ".join(_cells(days, put_aside)) + " |", flush=True)


def _cells(days: Sequence[Sequence[Answered]], put_aside: int) -> Iterable[str]:
    everything = [one for day in days for one in day]
    stat = [one for one in everything if one.case.waiting.priority == STAT]
    routine = [one for one in everything if one.case.waiting.priority != STAT]
    forecast = [one for one in everything if one.coverage == 1.0 and one.work.basis != "assumed"]
    yield f"{len(everything):,}"
    yield f"{len(stat):,}"
    yield f"{sum(not one.in_time for one in stat)}"
    yield f"{sum(len(late_although_possible(day)) for day in days)}"
    yield f"{put_aside}"
    yield _share(routine, lambda one: not one.in_time)
    yield f"{max(one.waited_s for one in everything) / 60.0:.0f} min"
    yield _share(everything, lambda one: one.effort == "full")
    yield _share(forecast, lambda one: one.ended_s - one.began_s <= one.work.p90_s)
    yield _share(everything, lambda one: at(one.ended_s) <= one.promised.at_latest)


def _share(answered: Sequence[Answered], held: Callable[[Answered], bool]) -> str:
    return f"{sum(map(held, answered)) / len(answered):.1%}"


if __name__ == "__main__":
    main()
