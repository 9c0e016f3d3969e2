"""Finding studies for a command: a search that takes long says on stderr how far it has come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.clock import Clock, SystemClock
from engine.intake.find import Found, find
from engine.intake.text import printable

_QUIET_S = 2.0
"""So long may a search go on without a word."""


def _go_on() -> bool:
    return False


def found_at(
    paths: Sequence[Path], clock: Clock | None = None, is_stopped: Callable[[], bool] = _go_on
) -> Iterator[Found]:
    """What `find` finds.

    Args:
        paths: files and folders.
        clock: replaceable in tests.
        is_stopped: asked at each file.

    Raises:
        KeyboardInterrupt: the search was stopped.
    """
    progress = _Progress(clock or SystemClock(), is_stopped)
    for found in find(paths, on_file=progress):
        progress.pause()
        yield found
        progress.go_on()


class _Progress:
    """Counts files and speaks when the search alone, without what is done with its findings, has taken long."""

    def __init__(self, clock: Clock, is_stopped: Callable[[], bool]) -> None:
        self._clock = clock
        self._is_stopped = is_stopped
        self._files = 0
        self._since_s = clock.steady_s()
        self._before_s = 0.0

    def __call__(self, path: Path) -> None:
        if self._is_stopped():
            raise KeyboardInterrupt
        self._files += 1
        if self._spent_s() >= _QUIET_S:
            print(f"Searching: {self._files:,} files so far, now in {printable(path.parent)}", file=sys.stderr)
            self._before_s, self._since_s = 0.0, self._clock.steady_s()

    def pause(self) -> None:
        self._before_s = self._spent_s()

    def go_on(self) -> None:
        self._since_s = self._clock.steady_s()

    def _spent_s(self) -> float:
        return self._before_s + self._clock.steady_s() - self._since_s
