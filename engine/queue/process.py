"""The worker process as its supervisor sees it: started, listened to, ended, and killed where it does not end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from engine.queue.orders import Link, Orders

_PROGRAM = "engine.queue.worker"

_ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}
"""The C library gives threads heaps of their own, and what one leaves free there no other takes: a worker, whose
threads hand studies on, grew by 6 KiB a study without end. With one heap it does not, see docs/figures.md."""

_CLOSING_S = 10.0
"""What a worker may take that has hung up."""


class WorkerProcess:
    """A worker of this process; it ends by itself when this process is gone.

    Args:
        orders: how it is to work.
    """

    def __init__(self, orders: Orders) -> None:
        self._link, theirs = Link.pair()
        with theirs:
            # It finds modules where this process does, and never beside the working directory. A group of its own
            # keeps the keyboard's interrupt from it. Who has set the heaps has a reason.
            self._process = subprocess.Popen(  # noqa: S603  # this very program
                [sys.executable, "-P", "-m", _PROGRAM, str(theirs.fileno())],
                env=_ONE_HEAP | os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                process_group=0,
            )
        self._link.send(orders.message())

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    def receive(self, timeout_s: float) -> Mapping[str, Any] | None:
        """What it says next: nothing where the time is over, None where it has ended."""
        return self._link.receive(timeout_s)

    def ask_to_end(self) -> None:
        """Has it give back what it has, after its current tile, and end."""
        self._link.hang_up()

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()

    def close(self) -> None:
        """Waits for its end, and kills it where it takes long."""
        self._link.close()
        if not self._has_ended(_CLOSING_S):
            self.kill()
            self._process.wait()

    @property
    def how_it_ended(self) -> str:
        """In words; empty for an orderly end, and while it goes on."""
        status = self._process.poll()
        if not status:
            return ""
        if status > 0:
            return f"exit status {status}"
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"

    def _has_ended(self, timeout_s: float) -> bool:
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True
