"""How long work in equal pieces will go on, by what its pieces took so far."""

from __future__ import annotations

import time
from collections.abc import Callable

LEAST_S = 2.0
"""So long it must have gone on before anything is said of the rest."""


class TimeLeft:
    """Watches one piece of work after the other.

    Args:
        now_s: a clock that never goes back.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._began_s = 0.0
        self._done = self._first = 0
        self._of = 0

    def left_s(self, done: int, of: int) -> float | None:
        """Seconds that the rest will take; None where there is nothing to go by yet.

        Args:
            done: pieces. Fewer than before is the beginning of other work.
            of: pieces in all; 0 where nothing is done, or nobody knows.
        """
        if not self._of or done < self._done or not of:
            self._began_s, self._first = self._now_s(), done
        self._done, self._of = done, of
        gone_s, since = self._now_s() - self._began_s, done - self._first
        if since <= 0 or done >= of or gone_s < LEAST_S:
            return None
        return gone_s / since * (of - done)
