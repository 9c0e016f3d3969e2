"""The real files and folders that a search has met, so that each is answered once."""

from __future__ import annotations

import os
from pathlib import Path


class Known:
    """Files and folders by what they really are, whatever links led to them.

    Inode numbers are compared first, and real paths, which take long, only where these agree: some file systems give
    one number to several files.
    """

    def __init__(self) -> None:
        self._first: dict[tuple[int, int], Path] = {}
        self._real: set[Path] = set()

    def has(self, path: Path, status: os.stat_result) -> bool:
        first = self._first.get((status.st_dev, status.st_ino))
        if first is None:
            return False
        self._real.add(_real(first))
        return _real(path) in self._real

    def add(self, path: Path, status: os.stat_result) -> None:
        if self._first.setdefault((status.st_dev, status.st_ino), path) is not path:
            self._real.add(_real(path))


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # RuntimeError: a loop of links that appeared since (Python below 3.13)
        return path.absolute()
