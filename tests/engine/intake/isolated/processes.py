"""What the tests see of other processes: whether they live, whether they work, and files that keep them busy."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

PATIENCE_S = 20.0
"""On a busy machine."""

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def wait_until(holds: Callable[[], bool]) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end_s, "it never came true"
        time.sleep(0.005)


def is_gone(pid: int) -> bool:
    """Ended, whether or not somebody has asked how."""
    try:
        return _fields(pid)[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


def worked_s(pid: int) -> float:
    """Processor time that it has used."""
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND


def signalled_at_work(pid: int, number: signal.Signals, work_s: float = 0.05) -> None:
    """Sends a signal once the process has worked on something new for so long."""
    before_s = worked_s(pid)
    wait_until(lambda: worked_s(pid) >= before_s + work_s)
    os.kill(pid, number)


def write_large_picture(path: Path, side_px: int = 6000) -> Path:
    """Noise as PNG: it takes about half a second to decode, and more memory than a small limit allows."""
    noise = np.random.default_rng(5).integers(0, 16, (side_px, side_px), np.uint8)
    Image.fromarray(noise).save(path, compress_level=1)
    return path


def _fields(pid: int) -> list[str]:
    """Of proc(5), stat, from the state on: the name before it may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text("latin-1").rpartition(") ")[2].split()
