"""`fovea listen`: receives DICOM images from peers and answers them as those of a watched folder, until it is ended."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from app.cli.interrupts import ended_by_signals
from app.cli.service import tell_service_manager
from app.cli.watch import Told, keep_watching
from engine.clock import SystemClock
from engine.errors import UsageError
from engine.network.receive import Receiver, Reception, receiving
from engine.network.settings import SETTINGS as RECEPTION_SETTINGS
from engine.network.settings import read_settings, reception_of
from engine.places import Home, default_home
from engine.queue.feed import Feed
from engine.queue.watch.rule import FolderRule
from engine.queue.watch.settings import rule_of
from engine.queue.watch.watcher import watching
from engine.registry.shelf import Shelf

SETTINGS_FILE = "listen.toml"

_OF_FOLDER = ("model", "modality", "threshold", "late", "routing", "series_quiet_s", "wait_s")
"""Options of the same name and meaning as settings of a watched folder."""

_FIXED = {"path", "completion", "marker"}
"""Settings of a watched folder that follow from how a receiver keeps its files."""


def run(arguments: Namespace) -> int:
    """Receives and answers until Ctrl+C or SIGTERM; what was confirmed and not answered yet is when it starts again."""
    home = default_home()
    reception, rule = settings_of(arguments, home)
    if rule.request.model_id is not None:  # a name that no model has is wrong use, not a failure of each study
        Shelf.of(home).named(rule.request.model_id)
    with (
        ended_by_signals() as is_ended,
        receiving(home, reception) as receiver,
        Feed.open(home, origin="listen", backend=arguments.backend, threads=arguments.threads) as feed,
        watching(feed, [rule], SystemClock(), Told(as_json=arguments.json)) as watcher,
    ):
        print(f"Listening as {reception.title} at {receiver.host}, port {receiver.port}", file=sys.stderr, flush=True)
        feed.supervisor.counts = receiver.counts.so_far
        tell_service_manager("READY=1")
        keep_watching(watcher, feed, is_ended, once=False)
        tell_service_manager("STOPPING=1")
        _sum_up(receiver)
    return 0


def settings_of(arguments: Namespace, home: Home) -> tuple[Reception, FolderRule]:
    """Of the receiver, and of the folder that its files appear in whole, by renaming; options overrule the file."""
    file: Path = arguments.config or home.root / SETTINGS_FILE
    if arguments.config and not file.is_file():
        raise UsageError("US-LISTEN", f"{file} is not there.", "Name a file with settings, or leave --config out.")
    settings = read_settings(file)
    where = f"{file} with the options" if settings else "The command line"
    if fixed := _FIXED.intersection(settings):
        raise UsageError(
            "US-LISTEN", f"{file} has {', '.join(sorted(fixed))}.", "A receiver decides that: take it out."
        )
    for name in (*RECEPTION_SETTINGS, *_OF_FOLDER):
        if (given := getattr(arguments, name)) is not None:
            settings[name] = str(given) if isinstance(given, Path) else given
    if arguments.budget is not None:
        settings |= {"picture_s": arguments.budget, "volume_s": arguments.budget}
    if arguments.stat:
        settings["priority"] = "stat"
    of_folder = {name: value for name, value in settings.items() if name not in RECEPTION_SETTINGS}
    of_folder |= {"path": str(home.incoming), "completion": "renamed"}
    return reception_of(settings, where), rule_of(of_folder, where, home.root)


def _sum_up(receiver: Receiver) -> None:
    counts = receiver.counts
    print(
        f"Received {counts['received']} objects, {counts['again']} that were here before; refused {counts['refused']}",
        file=sys.stderr,
    )
