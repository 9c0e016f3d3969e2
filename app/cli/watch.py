"""`fovea watch DIR...`: answers what comes into folders, until it is ended."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from app.cli.interrupts import ended_by_signals
from app.cli.printing import print_json, printable
from app.cli.service import tell_service_manager
from engine.clock import SystemClock
from engine.domain.outcome import Status
from engine.errors import UsageError
from engine.export.lines import outcome_line
from engine.places import Home, default_home
from engine.queue.feed import Feed
from engine.queue.watch.rule import FolderRule
from engine.queue.watch.settings import check_places, read_rules, rule_of
from engine.queue.watch.watcher import Watcher, watching
from engine.registry.shelf import Shelf
from engine.store.outcomes import Recorded

SETTINGS_FILE = "watch.toml"


def run(arguments: Namespace) -> int:
    """Watches until Ctrl+C or SIGTERM, or with `--once` until all that is there is answered."""
    home = default_home()
    rules = _rules(arguments, home)
    check_places(rules, home)
    for model in {rule.request.model_id for rule in rules} - {None}:
        Shelf.of(home).named(str(model))  # a name that no model has is wrong use, not a failure of each study
    told = Told(as_json=arguments.json)
    with (
        ended_by_signals() as is_ended,
        Feed.open(home, origin="watch", backend=arguments.backend, threads=arguments.threads) as feed,
        watching(feed, rules, SystemClock(), told) as watcher,
    ):
        for rule in rules:
            print(f"Watching {printable(str(rule.path))}", file=sys.stderr)
        tell_service_manager("READY=1")
        keep_watching(watcher, feed, is_ended, once=arguments.once)
        tell_service_manager("STOPPING=1")
        unanswered = told.some_unanswered or bool(watcher.reasons)
    return int(arguments.once and unanswered)


def _rules(arguments: Namespace, home: Home) -> Sequence[FolderRule]:
    """Those of the folders given, or of the file."""
    if arguments.folders and arguments.config:
        raise UsageError("US-WATCH", "Both folders and --config are given.", "Give one of them.")
    if arguments.folders:
        for folder in arguments.folders:
            if not folder.is_dir():
                raise UsageError(
                    "US-WATCH",
                    f"{printable(str(folder))} is not a folder.",
                    "Make it, or let a settings file name it: what such a file names may come later.",
                )
        given = {name: value for name in _OPTIONS if (value := getattr(arguments, name)) is not None}
        if arguments.budget is not None:
            given |= {"picture_s": arguments.budget, "volume_s": arguments.budget}
        given["priority"] = "stat" if arguments.stat else "routine"
        return [rule_of(given | {"path": str(folder)}, str(folder), Path.cwd()) for folder in arguments.folders]
    file: Path = arguments.config or home.root / SETTINGS_FILE
    if unused := [name for name in (*_OPTIONS, "budget", "stat") if getattr(arguments, name) not in (None, False)]:
        raise UsageError(
            "US-WATCH",
            f"--{unused[0]} is about folders that the call names, and {file} says what holds for its own.",
            "Name folders too, or write it into that file.",
        )
    if not file.is_file():
        raise UsageError(
            "US-WATCH", f"No folder is given, and {file} is not there.", "Name a folder, or write that file."
        )
    return read_rules(file)


_OPTIONS = ("model", "modality", "threshold", "late", "completion", "marker", "routing", "events")
"""Options of the same name and meaning as settings."""


def keep_watching(watcher: Watcher, feed: Feed, is_ended: Callable[[], bool], *, once: bool) -> None:
    """Watches until it is ended, or with `once` until all that is there is answered, and tells what keeps it from it.

    Raises:
        UsageError: US-WORKER.
    """
    reasons: tuple[str, ...] = ()

    def is_done() -> bool:
        nonlocal reasons
        tell_service_manager("WATCHDOG=1")
        if isinstance(feed.supervisor.fault, UsageError):
            raise feed.supervisor.fault
        if watcher.reasons != reasons:
            reasons = feed.supervisor.reasons = watcher.reasons
            tell_service_manager("STATUS=" + (reasons[0] if reasons else "All folders are watched."))
            for reason in reasons or ("All folders are watched again.",):
                print(printable(reason), file=sys.stderr, flush=True)
        return is_ended() or (once and watcher.is_idle)

    watcher.turn(0.0)
    watcher.run(is_done)


class Told:
    """Tells each outcome as it comes."""

    def __init__(self, *, as_json: bool) -> None:
        self.some_unanswered = False
        self._as_json = as_json

    def __call__(self, recorded: Recorded) -> None:
        outcome = recorded.outcome
        self.some_unanswered |= outcome.status is not Status.ANSWERED
        if self._as_json:
            print_json(outcome_line(recorded.arrival.source, recorded.study, outcome))
        else:
            late = ", late" if _is_late(recorded) else ""
            again = ", from the record" if outcome.reused_from else ""
            why = f" ({outcome.code}: {printable(outcome.reason)})" if outcome.code else ""
            print(f"{printable(recorded.arrival.source)}: {outcome.reading}{late}{again}{why}", flush=True)


def _is_late(recorded: Recorded) -> bool:
    deadline = recorded.arrival.deadline
    return deadline is not None and recorded.recorded_at > deadline
