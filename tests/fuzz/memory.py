"""How much memory a process and its children took at most, as Linux counts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_FORGET = "5"
"""What `clear_refs` takes to set the peak back to what is held now (man 5 proc)."""


def peak_bytes(pid: int) -> int:
    """The highest peak among the process and its children; 0 where it has ended."""
    return max((_peak_of(one) for one in _family(pid)), default=0)


def forget_peak(pid: int) -> None:
    """Begins to measure anew."""
    for one in _family(pid):
        try:
            Path(f"/proc/{one}/clear_refs").write_text(_FORGET)
        except OSError:  # it has ended, or the system does not allow it; the peak is then that of its whole life
            continue


def _peak_of(pid: int) -> int:
    try:
        found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) << 10 if found else 0


def _family(pid: int) -> Iterator[int]:
    yield pid
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = listed.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))
