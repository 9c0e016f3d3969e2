"""When forecasts are made anew: after every answer while there are few, and then less and less often."""

from __future__ import annotations

_MORE = 10
"""Anew after a tenth as many answers again as there were."""

_AT_MOST = 25
"""Answers that teach nothing yet: making forecasts costs some milliseconds, and much changes within so many."""


class Learning:
    """Counts the answers of each run time in turn: of one that takes over little is known at first."""

    def __init__(self) -> None:
        self._backend = ""
        self._of_backend = 0
        self._unlearned = 0

    def is_due(self, backend: str) -> bool:
        """Counts one more answer in, and says whether forecasts are to be made anew.

        Args:
            backend: that gave it; empty where none looked.
        """
        if backend and backend != self._backend:
            self._backend, self._of_backend = backend, 0
        self._of_backend += 1
        self._unlearned += 1
        if self._of_backend > 1 and self._unlearned < min(self._of_backend / _MORE, _AT_MOST):
            return False
        self._unlearned = 0
        return True
