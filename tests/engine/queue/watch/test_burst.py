"""Two thousand files at once, written, renamed, replaced and deleted while they are taken, with a watcher that dies."""

from __future__ import annotations

import random
import threading
import time
import tracemalloc
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from engine.clock import SystemClock
from engine.domain.watched_file import Version
from engine.queue.watch.rule import FolderRule
from engine.queue.watch.watcher import Watcher, watching
from engine.store.database import open_store
from engine.store.watched import Ledger
from tests.engine.queue.watch.desk import Desk
from tests.engine.queue.watch.test_folder import DATA

FILES = 2000
WRITERS = 4
ENDS_S = 240.0


class Killed(BaseException):
    """The watcher dies here, as if the plug were pulled."""


@pytest.fixture
def desk(home):
    with open_store(home, SystemClock()) as store:
        yield Desk(store)


def watch_until(desk: Desk, rule: FolderRule, done) -> None:
    """Watches, and answers what waits between the turns; begins anew whenever the watcher dies."""
    until_s = time.monotonic() + ENDS_S
    while True:
        try:
            with watching(desk, [rule], SystemClock(), lambda _: None) as watcher:
                while True:
                    watcher.turn(0.05)
                    desk.answer()
                    if done(watcher):
                        return
                    assert time.monotonic() < until_s, watcher.reasons
        except Killed:
            continue


def dies_now_and_then(monkeypatch, chance: random.Random) -> Counter[str]:
    """Kills the watcher before or after some of its writes to the ledger."""
    deaths: Counter[str] = Counter()
    for name in ("take", "close"):
        really = getattr(Ledger, name)

        def written(ledger: Ledger, *files: object, really=really, name: str = name) -> None:
            where = chance.choice(("before", "after", "", "", ""))
            if where == "before":
                deaths[f"{where} {name}"] += 1
                raise Killed
            really(ledger, *files)
            if where == "after":
                deaths[f"{where} {name}"] += 1
                raise Killed

        monkeypatch.setattr(Ledger, name, written)
    return deaths


def write_all(folder: Path, mine: range, seed: int) -> None:
    """One of several programs that fill the folder, each in its own bad way."""
    chance = random.Random(seed)
    for number in mine:
        path = folder / f"{number % 7}" / f"{number:04}.jpg"
        path.parent.mkdir(exist_ok=True)
        way = chance.choice(("at once", "slowly", "renamed", "moved", "replaced", "rewritten", "deleted"))
        first = path.with_suffix(".jpg.part") if way == "renamed" else path
        with first.open("wb", buffering=0) as file:
            file.write(DATA[:1000])
            if way == "slowly":
                time.sleep(chance.uniform(0.0, 0.05))
            file.write(DATA[1000:] + bytes([number % 251]))
        if way == "renamed":
            first.rename(path)
        elif way == "moved":
            with suppress(FileNotFoundError):  # on a slow machine the watcher may have moved it first
                path.rename(path.with_name(f"moved {number}.jpg"))
        elif way in ("replaced", "rewritten"):
            time.sleep(chance.uniform(0.0, 0.3))
            other = path.with_suffix(".tmp") if way == "replaced" else path
            other.write_bytes(DATA + b"again" + bytes([number % 251]))
            if way == "replaced":
                other.replace(path)
        elif way == "deleted":
            time.sleep(chance.uniform(0.0, 0.3))
            path.unlink(missing_ok=True)  # likewise


@pytest.mark.deep
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("events", "routing"), [("inotify", "move"), ("poll", "leave")])
def test_nothing_is_lost_and_nothing_taken_twice(folder, desk, monkeypatch, routing, events):
    deaths = dies_now_and_then(monkeypatch, random.Random(3))
    parts = [range(start, FILES, WRITERS) for start in range(WRITERS)]
    writers = [threading.Thread(target=write_all, args=(folder, part, seed)) for seed, part in enumerate(parts)]
    for writer in writers:
        writer.start()
    rule = FolderRule(folder, routing=routing, events=events, settle_s=0.2, poll_s=0.5, most_waiting=300)

    def is_done(watcher: Watcher) -> bool:
        return watcher.is_idle and not any(writer.is_alive() for writer in writers) and all_known(desk, rule)

    watch_until(desk, rule, is_done)
    assert sum(deaths.values()) > 10
    jobs_of = Counter(Path(recorded.arrival.source).name for recorded in desk.outcomes())
    there = {(path.name.replace(" (2)", ""), path.stat().st_size) for path in folder.rglob("*.jpg")}
    assert there - desk.seen == set()
    # A file that was replaced or rewritten after it was taken is an arrival of each content; no other is.
    assert [name for name, times in jobs_of.items() if times > 2] == []
    assert desk.waiting() == []


def all_known(desk: Desk, rule: FolderRule) -> bool:
    """Whether the ledger has every file that lies in the folder in the version that lies there."""
    ledger = Ledger(desk.store, str(rule.path))
    for path in rule.path.rglob("*.jpg"):
        parent = str(path.parent.relative_to(rule.path))
        if rule.routing == "move" and parent.split("/", maxsplit=1)[0] in ("done", "refused"):
            continue
        known = ledger.known(parent, [path.name]).get(path.name)
        if known is None or Version.of(path.lstat()) not in known.versions:
            return False
    return True


@pytest.mark.deep
@pytest.mark.timeout(600)
def test_memory_does_not_grow_with_what_waits_in_the_folder(folder, desk):
    for number in range(FILES):
        (folder / f"{number:04}.jpg").write_bytes(DATA[:100])
    rule = FolderRule(folder, settle_s=0.0, most_waiting=1)
    with watching(desk, [rule], SystemClock(), lambda _: None) as watcher:
        watcher.turn(0.0)
        tracemalloc.start()
        try:
            for _ in range(20):
                watcher.turn(0.0)
            before, _ = tracemalloc.get_traced_memory()
            for _ in range(200):
                watcher.turn(0.0)
            after, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert desk.depth() == 1
    assert after - before < 256 << 10
