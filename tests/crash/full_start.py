"""`python -m tests.crash.full_start DIR`: starts where the disk is full or nearly so, and again once there is room.

A program of its own, because it starts anew where it may mount a small disk. Exit status 0 if each start works or says
ST-FULL and nothing is lost, 1 if not, 77 where the system lets nobody mount.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from engine.errors import StoreError
from engine.places import Home
from engine.store.database import open_store
from engine.store.outcomes import newest, record
from engine.store.verify import verify_home
from tests.crash.full_disk import NOT_ALLOWED
from tests.crash.small_disk import SmallDisk, enter_own_mounts
from tests.engine.store.answers import answered, arrival, photograph, spot

_FULL = "ST-FULL"

ROOM_KIB = (0, 4, 8, 16, 32, 64, 96, 128, 192, 256, 384, 512, 1024)
"""Left free at a start: from nothing at all to more than a new home takes."""


def main() -> int:
    """Plays it and prints what is wrong."""
    enter_own_mounts([sys.executable, "-m", "tests.crash.full_start", *sys.argv[1:]])
    root = Path(sys.argv[1])
    root.mkdir()
    disk = SmallDisk.at(root)
    if disk is None:
        return NOT_ALLOWED
    try:
        problems = [*_new_homes(disk), *_known_home(disk)]
    finally:
        disk.unmount()
    print(*problems, sep="\n")
    return int(bool(problems))


def _new_homes(disk: SmallDisk) -> Iterator[str]:
    ended = set()
    for room_kib in ROOM_KIB:
        home = Home(disk.root / f"home-{room_kib}")
        _leave(disk, room_kib)
        how = _started(home)
        ended.add(how)
        if how not in {"", _FULL}:
            yield f"a new home with {room_kib} KiB left: {how}"
        disk.free()
        if how := _started(home):
            yield f"a home that was begun with {room_kib} KiB left, with room again: {how}"
        yield from _unsound(home)
        yield from (f"left behind: {path}" for path in home.keys.glob(".*"))
    if ended != {"", _FULL}:
        yield f"starts ended with {ended}: the rooms tried are too much alike"


def _known_home(disk: SmallDisk) -> Iterator[str]:
    home = Home(disk.root / "known")
    kept = 0
    for room_kib in (1024, *ROOM_KIB):
        _leave(disk, room_kib)
        how, recorded = _answered(home)
        kept += recorded
        if how not in {"", _FULL}:
            yield f"an answer with {room_kib} KiB left: {how}"
        disk.free()
        with open_store(home) as store:
            if len(newest(store, 1000)) != kept:
                yield f"after {room_kib} KiB were left, {len(newest(store, 1000))} outcomes are there of {kept}"
        yield from _unsound(home)


def _leave(disk: SmallDisk, room_kib: int) -> None:
    disk.fill()
    size_bytes = disk.ballast.stat().st_size
    os.truncate(disk.ballast, size_bytes - (room_kib << 10))


def _started(home: Home) -> str:
    try:
        with open_store(home) as store:
            newest(store, 1)
    except StoreError as error:
        return error.code
    return ""


def _answered(home: Home) -> tuple[str, int]:
    """How it ended, and how many were recorded; each is told to be on the disk or refused."""
    recorded = 0
    try:
        with open_store(home) as store:
            for _ in range(10):
                record(store, came := arrival(), photograph(), answered(came, [spot()] * 50))
                recorded += 1
    except StoreError as error:
        return error.code, recorded
    return "", recorded


def _unsound(home: Home) -> Iterator[str]:
    if broken := verify_home(home).broken:
        yield f"{home.root.name}: entry {broken.seq} {broken.how}"


if __name__ == "__main__":
    sys.exit(main())
