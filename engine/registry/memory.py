"""How much memory this process held at most since it was last asked to forget; Linux tells it."""

from __future__ import annotations

import resource
import sys
from contextlib import suppress
from pathlib import Path

_SELF = Path("/proc/self")


def forget_peak() -> None:
    """Lets the peak begin anew, where the system can; otherwise it stays that of the whole process.

    Source:
        proc(5), /proc/pid/clear_refs, value 5.
    """
    with suppress(OSError):
        (_SELF / "clear_refs").write_text("5")


def peak_bytes() -> int:
    """The most memory that was resident since."""
    with suppress(OSError, ValueError, StopIteration):
        lines = (_SELF / "status").read_text().splitlines()
        line = next(line for line in lines if line.startswith("VmHWM:"))
        return int(line.split()[1]) << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10
