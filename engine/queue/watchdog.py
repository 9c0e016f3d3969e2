"""The end of a worker that hangs, and what is written down when it dies: for whoever repairs it."""

from __future__ import annotations

import faulthandler
import os
import time
from pathlib import Path
from types import TracebackType
from typing import IO

_HUNG_S = 90.0
"""A process whose threads cannot run for so long, since native code holds the interpreter, ends itself: its supervisor
would have killed it long before, but may be gone."""

_ARM_EVERY_S = 5.0


class Watchdog:
    """Watches this process inside the block, by a thread that needs no interpreter.

    Args:
        crashes: where the thread is written that a signal killed the process in, and all threads where it hangs;
            nowhere if the file cannot be written.
    """

    def __init__(self, crashes: Path) -> None:
        self._file = _opened(crashes)
        self._arm_at_s = 0.0

    def feed(self) -> None:
        """To be called again and again, as long as all is well."""
        now_s = time.monotonic()
        if now_s >= self._arm_at_s:
            self._arm_at_s = now_s + _ARM_EVERY_S
            faulthandler.dump_traceback_later(_HUNG_S, exit=True, file=self._file)

    def __enter__(self) -> Watchdog:
        # Not all threads: the others run on, and reading what they just free can kill the process by another signal,
        # which would then be told as the cause.
        faulthandler.enable(self._file, all_threads=False)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        faulthandler.cancel_dump_traceback_later()
        faulthandler.disable()
        self._file.close()


def _opened(path: Path) -> IO[str]:
    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8")
    except OSError:
        return Path(os.devnull).open("a", encoding="utf-8")
