"""Ctrl+C as a wish that long work asks for between two steps, instead of an exception in the middle of one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from engine.errors import Cancelled


@contextmanager
def interrupted_by_ctrl_c() -> Iterator[Callable[[], bool]]:
    """Inside the block the first Ctrl+C only sets the answer to True; a second one stops at once."""
    wanted = threading.Event()

    def first(_number: int, _frame: FrameType | None) -> None:
        wanted.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, first)
    try:
        yield wanted.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def nothing_kept_by_ctrl_c() -> Iterator[Callable[[int, int], None]]:
    """For work that writes only at its end: inside the block, what it gives is asked after each step.

    It takes how many of how many steps are done, and raises `Cancelled` once somebody pressed Ctrl+C.
    """
    with interrupted_by_ctrl_c() as wanted:

        def check(done: int, of: int) -> None:
            if wanted():
                reason = f"Stopped after {done} of {of} images; nothing was kept or changed."
                raise Cancelled("BU-CANCELLED", reason, "Begin anew when ready.")

        yield check


@contextmanager
def ended_by_signals() -> Iterator[Callable[[], bool]]:
    """As `interrupted_by_ctrl_c`, for what runs until it is ended: a service manager's SIGTERM counts too."""
    with interrupted_by_ctrl_c() as by_ctrl_c:
        terminated = threading.Event()

        def first(_number: int, _frame: FrameType | None) -> None:
            terminated.set()
            signal.signal(signal.SIGTERM, before)

        before = signal.signal(signal.SIGTERM, first)
        try:
            yield lambda: by_ctrl_c() or terminated.is_set()
        finally:
            signal.signal(signal.SIGTERM, before)
