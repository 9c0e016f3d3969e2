"""The processes that work for one home, as Linux lists them: who is who, and who is left."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.places import Home

_WORKER = b"engine.queue.worker"
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Process:
    """One process of a home.

    Args:
        pid: its number.
        parent: that of its parent.
        started: clock ticks after boot; with the pid it names the process for good.
        command: its arguments.
    """

    pid: int
    parent: int
    started: int
    command: tuple[bytes, ...]

    @property
    def is_worker(self) -> bool:
        return _WORKER in self.command

    def __str__(self) -> str:
        return f"{self.pid} {b' '.join(self.command).decode(errors='replace')}"


def processes_of(home: Home) -> tuple[Process, ...]:
    """All that run with this home in their environment, oldest first."""
    marker = b"FOVEA_HOME=" + os.fsencode(home.root)
    found = [process for pid in _pids() if (process := _process(pid, marker))]
    return tuple(sorted(found, key=lambda process: process.started))


def wait_for_end(home: Home, limit_s: float) -> tuple[Process, ...]:
    """Returns as soon as none is left, or those that are left when the time is over."""
    end_s = time.monotonic() + limit_s
    while (left := processes_of(home)) and time.monotonic() < end_s:
        time.sleep(_LOOK_S)
    return left


def _pids() -> Iterator[int]:
    for name in os.listdir("/proc"):  # noqa: PTH208  # a Path for each of them is slow, and this is asked often
        if name.isdigit():
            yield int(name)


def _process(pid: int, marker: bytes) -> Process | None:
    """The process, if its environment holds the marker; one that has ended, reaped or not, has none."""
    folder = Path(f"/proc/{pid}")
    try:
        if marker not in (folder / "environ").read_bytes().split(b"\0"):
            return None
        command = tuple((folder / "cmdline").read_bytes().rstrip(b"\0").split(b"\0"))
        # The name, in brackets, may hold anything; behind the last bracket the third and twentieth of man 5 proc.
        fields = (folder / "stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    return Process(pid, int(fields[1]), int(fields[19]), command)
