"""The head file: how long the log is and how it ends, kept outside the database. The database may be ahead of it."""

from __future__ import annotations

import fcntl
import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path

from engine.errors import StoreError

_LINE = re.compile(rb"fovea-audit-head-1 \d{12} ([0-9a-f]{64}|-{64}) ([0-9a-f]{64}|-{64})\n")
_COUNT = slice(19, 31)
_NONE = "-" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a log.

    Args:
        count: its number, which is how many there are; 0 for a log that is about to be made.
        mac: its MAC; empty for count 0.
        origin: MAC of the first entry, which tells one log from another.
    """

    count: int
    mac: str = ""
    origin: str = ""


def read_head(path: Path) -> Head | None:
    """What the head file says; None where there is none.

    Raises:
        StoreError: ST-HEAD where it is not a head file.
        OSError: it cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    return _head_of(content, path) if content else None  # empty: its maker was stopped before the first line


class HeadFile:
    """The head file, open for writing. One line of fixed length, written in place by one call: never half of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        self._lock = threading.Lock()  # the lock of the file is one for all threads of a process

    def advance(self, head: Head) -> None:
        """Says that the log is at least this long; where it says more already, that stays.

        Raises:
            StoreError: ST-HEAD where somebody wrote something else into it.
            OSError: it cannot be written.
        """
        with self._lock:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            try:
                found = os.pread(self._descriptor, 256, 0)
                line = _line_of(head)
                # Numbers of fixed width are ordered as their digits are.
                if not found or _require_line(found, self._path)[_COUNT] < line[_COUNT]:
                    # Not flushed: after a power cut the file may be behind the database, which is allowed.
                    os.pwrite(self._descriptor, line, 0)
            finally:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def put_back(self, head: Head) -> None:
        """Says that the log is this long, even if it was longer: after a restore, which is recorded.

        Raises:
            OSError: it cannot be written.
        """
        with self._lock:
            os.pwrite(self._descriptor, _line_of(head), 0)
            os.fsync(self._descriptor)

    def close(self) -> None:
        """Lets go of the file."""
        os.close(self._descriptor)


def _line_of(head: Head) -> bytes:
    return f"fovea-audit-head-1 {head.count:012d} {head.mac or _NONE} {head.origin or _NONE}\n".encode("ascii")


def _head_of(content: bytes, path: Path) -> Head:
    _, count, mac, origin = _require_line(content, path).decode("ascii").split()
    return Head(int(count), mac.strip("-"), origin.strip("-"))


def _require_line(content: bytes, path: Path) -> bytes:
    if _LINE.fullmatch(content) is None:
        raise StoreError(
            "ST-HEAD",
            f"The head file {path} of the audit log was changed: it does not hold its one line.",
            "Run fovea audit verify; fovea restore puts a copy back, or goes on from the database as it is.",
        )
    return content
