"""What a site takes at one moment: the memory and the descriptors of all of its processes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from engine.places import Home
from tests.crash.processes import processes_of

_SHARE = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sample:
    """One moment.

    Args:
        at_s: after the begin.
        memory_bytes: of all processes; what several share counts once.
        descriptors: open files, pipes and sockets of all processes.
        processes: how many they are.
    """

    at_s: float
    memory_bytes: int
    descriptors: int
    processes: int


def sample(home: Home, at_s: float) -> Sample:
    """Measures now."""
    pids = [process.pid for process in processes_of(home)]
    return Sample(at_s, sum(map(_memory_bytes, pids)), sum(map(_descriptors, pids)), len(pids))


def _memory_bytes(pid: int) -> int:
    """The proportional share: pages that n processes map count an n-th (man 5 proc)."""
    try:
        found = _SHARE.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:  # it has ended
        return 0
    return int(found[1]) << 10 if found else 0


def _descriptors(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208  # only how many
    except OSError:
        return 0
