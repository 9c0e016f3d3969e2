"""Watches the event loop of a test: how long it was blocked, and how much of that the process was at work."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QObject, QTimer

BEAT_MS = 5
LONGEST_S = 0.050
OWN_SHARE = 0.8
"""A stall counts where the process was at work in so much of it: otherwise the machine was busy with others."""


@dataclass(frozen=True, slots=True)
class Stall:
    """Once the loop did not turn.

    Args:
        wall_s: how long.
        cpu_s: time that the process was at work meanwhile.
    """

    wall_s: float
    cpu_s: float

    @property
    def counts(self) -> bool:
        """Whether it was too long, and our own fault."""
        return self.wall_s > LONGEST_S and self.cpu_s >= OWN_SHARE * self.wall_s


@dataclass(slots=True)
class Watched:
    """What was seen while a block was carried out."""

    stalls: list[Stall] = field(default_factory=list)

    @property
    def counting(self) -> list[Stall]:
        """Those that count, the longest first."""
        return sorted((stall for stall in self.stalls if stall.counts), key=lambda stall: -stall.wall_s)


@contextmanager
def watching_the_loop(parent: QObject) -> Iterator[Watched]:
    """Measures the gaps between the beats of a timer in this thread."""
    watched = Watched()
    last = [time.perf_counter(), time.process_time()]
    assert threading.current_thread() is threading.main_thread()

    def beat() -> None:
        now_s, cpu_s = time.perf_counter(), time.process_time()
        gap_s, worked_s = now_s - last[0] - BEAT_MS / 1000, cpu_s - last[1]
        last[:] = now_s, cpu_s
        if gap_s > LONGEST_S:
            watched.stalls.append(Stall(gap_s, worked_s))

    timer = QTimer(parent)
    timer.setInterval(BEAT_MS)
    timer.timeout.connect(beat)
    QCoreApplication.processEvents()
    last[:] = time.perf_counter(), time.process_time()
    timer.start()
    try:
        yield watched
    finally:
        timer.stop()
        timer.deleteLater()
