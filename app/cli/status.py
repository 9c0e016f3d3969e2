"""`fovea status`: how the queue stands, what it expects, who is alive, and what somebody has to look after."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.printing import print_json, print_table, printable
from engine.audit.log import utc_text
from engine.clock import SystemClock
from engine.domain.outcome import Status
from engine.domain.watched_file import places_of
from engine.errors import StoreError
from engine.export.finite import finite
from engine.places import Home, default_home
from engine.queue.alarms import Alarm, Condition, alarms_of, condition_of
from engine.queue.pulse import Pulse, Sign
from engine.queue.turn import STAT
from engine.store.database import open_store
from engine.store.outcomes import Recorded

EXIT_ALARM = 3
_LAST = 10


def run(arguments: Namespace) -> int:
    """Prints how it stands; exit status 3 if an alarm stands."""
    home = default_home()
    try:
        condition = _condition(home)
        alarms = alarms_of(condition, arguments.expect or ())
    except StoreError as error:
        condition, alarms = None, (Alarm("store", f"{error.code}: {error.message}", error.next_step),)
    if arguments.json:
        print_json(finite(_line(condition, alarms)))
    else:
        _tell(condition, alarms)
    return EXIT_ALARM if alarms else 0


def _condition(home: Home) -> Condition:
    with open_store(home, SystemClock()) as store, closing(Pulse(home)) as pulse:
        return condition_of(store, pulse)


def _line(condition: Condition | None, alarms: tuple[Alarm, ...]) -> dict[str, Any]:
    """All of it as one JSON object, as the manual describes it."""
    line: dict[str, Any] = {"healthy": not alarms, "alarms": [asdict(alarm) for alarm in alarms]}
    if condition is None:
        return line
    return line | {
        "at": utc_text(condition.at),
        "queue": _queue_line(condition),
        "worker": _worker_line(condition.worker),
        "feeders": [
            {
                "origin": sign.facts.get("origin"),
                "pid": sign.pid,
                "supervises": bool(sign.facts.get("supervisor")),
                "counts": sign.facts.get("counts") or {},
            }
            for sign in condition.feeders
        ],
        "forecasts_kept": _share(condition.promises),
        "free_bytes": condition.free_bytes,
        "last": [_last_line(recorded) for recorded in condition.last[:_LAST]],
    }


def _queue_line(condition: Condition) -> dict[str, Any]:
    planned, late = condition.planned, condition.late
    return {
        "waiting": len(planned),
        "stat": sum(one.waiting.priority == STAT for one in planned),
        "at_work": len(condition.at_work),
        "longest_wait_s": round(condition.longest_wait_s, 1),
        "empty_at": utc_text(planned[-1].expected_at) if planned else None,
        "empty_at_latest": utc_text(planned[-1].at_latest) if planned else None,
        "basis": planned[-1].work.basis if planned else None,
        "expected_late": len(late),
        "expected_late_by_s": round(max((one.late_s for one in late), default=0.0), 1),
    }


def _worker_line(worker: Sign | None) -> dict[str, Any] | None:
    if worker is None:
        return None
    facts = worker.facts
    return {
        "alive": worker.is_alive,
        "pid": worker.pid,
        "ready": bool(facts.get("ready")),
        "backend": facts.get("backend", ""),
        "trouble": facts.get("trouble", ""),
        "at_work": facts.get("at_work", []),
    }


def _last_line(recorded: Recorded) -> dict[str, Any]:
    outcome, deadline = recorded.outcome, recorded.arrival.deadline
    return {
        "arrival": recorded.arrival.id,
        "source": recorded.arrival.source,
        "lies_at": _lies_at(recorded.arrival.source),
        "recorded_at": utc_text(recorded.recorded_at),
        "status": outcome.status.value,
        "flagged": outcome.flagged,
        "code": outcome.code,
        "reason": outcome.reason,
        "effort": outcome.effort,
        "late_s": None if deadline is None else round(max(0.0, (recorded.recorded_at - deadline).total_seconds()), 1),
    }


def _tell(condition: Condition | None, alarms: tuple[Alarm, ...]) -> None:
    for alarm in alarms:
        print(f"ALARM {alarm.name}: {printable(alarm.reason)}")
        print(f"      next step: {printable(alarm.next_step)}")
    if condition is None:
        return
    if not alarms:
        print("No alarm stands.")
    for what, found in (
        ("queue", _queue_words(condition)),
        ("forecasts", _forecast_words(condition)),
        ("worker", _worker_words(condition.worker)),
        ("fed by", _feeder_words(condition.feeders)),
        *(("receiver", words) for sign in condition.feeders if (words := _count_words(sign))),
        ("disk", f"{condition.free_bytes / (1 << 30):.1f} GiB free"),
    ):
        print(f"{what:10}{printable(found)}")
    if condition.last:
        print()
        print_table(("recorded", "status", "effort", "late", "study"), [_row(one) for one in condition.last[:_LAST]])
        for code, reason in _reasons(condition.last[:_LAST]).items():
            print(f"{code}: {printable(reason)}")


def _queue_words(condition: Condition) -> str:
    line = _queue_line(condition)
    if not condition.planned:
        return f"nothing waits, {line['at_work']} at work"
    last = condition.planned[-1]
    until_s, at_latest_s = ((moment - condition.at).total_seconds() for moment in (last.expected_at, last.at_latest))
    words = f"waiting: {line['waiting']} ({line['stat']} stat), {line['at_work']} at work; "
    words += f"empty in {_span(until_s)}, in nine of ten cases within {_span(at_latest_s)} ({last.work.basis})"
    if condition.late:
        words += f"; {line['expected_late']} expected late, by up to {_span(line['expected_late_by_s'])}"
    return words


def _forecast_words(condition: Condition) -> str:
    kept = _share(condition.promises)
    if kept is None:
        return "no answer had a forecast yet"
    return f"{kept:.0%} of the last {len(condition.promises)} answers came by their 90 % forecast"


def _worker_words(worker: Sign | None) -> str:
    if worker is None or not worker.is_alive:
        return "none"
    steps = ", ".join(f"{step['stage']} {step['share']:.0%}" for step in worker.facts.get("at_work", ()))
    backend = worker.facts.get("backend") or "no run time yet"
    state = f"ready, {backend}" if worker.facts.get("ready") else f"{_starting_words(worker)}, {backend}"
    return f"{state}, process {worker.pid}" + (f"; at work: {steps}" if steps else "")


def _starting_words(worker: Sign) -> str:
    """Since when, and that it may last: otherwise somebody takes the first start for one that hangs."""
    began_s = worker.facts.get("began_s")
    since = "" if began_s is None else f" for {_span(time.monotonic() - float(began_s))}"
    return f"starting{since} (after an installation this takes minutes: kernels are compiled, models are checked)"


def _feeder_words(feeders: tuple[Sign, ...]) -> str:
    names = (
        f"{sign.facts.get('origin')} (process {sign.pid}{', supervises' if sign.facts.get('supervisor') else ''})"
        for sign in feeders
    )
    return ", ".join(names) or "nobody"


def _count_words(sign: Sign) -> str:
    """What a receiver has done since it was started."""
    counts = sign.facts.get("counts") or {}
    if not counts:
        return ""
    return f"{counts['received']} received, {counts['again']} that were here before, {counts['refused']} refused"


def _lies_at(source: str) -> str | None:
    """Where a study lies by now, which may have been moved since it was answered; None where it is not found."""
    return next((str(place) for place in places_of(Path(source)) if place.exists()), None)


def _row(recorded: Recorded) -> tuple[str, ...]:
    line = _last_line(recorded)
    status = recorded.outcome.reading + (f" {line['code']}" if recorded.outcome.status is not Status.ANSWERED else "")
    late = _span(line["late_s"]) if line["late_s"] else ""
    return (line["recorded_at"][:19].replace("T", " "), status, line["effort"], late, line["lies_at"] or line["source"])


def _reasons(some: Sequence[Recorded]) -> dict[str, str]:
    """Of what was not answered in full: by code the newest, which names its file and the next step."""
    return {one.outcome.code: one.outcome.reason for one in reversed(some) if one.outcome.code}


def _share(held: tuple[bool, ...]) -> float | None:
    return round(sum(held) / len(held), 3) if held else None


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120.0 else f"{seconds / 60.0:.0f} min"
