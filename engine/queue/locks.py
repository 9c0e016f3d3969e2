"""The two locks of a home, for who supervises and for who works; the system frees them with their process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.places import Home

_NOTE_BYTES = 256
"""Always as long, so that a full disk cannot keep a note from being overwritten in place."""


def supervisor_lock(home: Home) -> Path:
    """Held by the process that supervises the worker; its note says how."""
    return home.root / "supervisor.lock"


def worker_lock(home: Home) -> Path:
    """Held by the worker for its life: whoever holds it knows that all other leases are those of dead workers."""
    return home.root / "worker.lock"


class Lock:
    """A lock that is held, with a note for whoever takes it next or cannot have it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def read(self) -> str:
        """The note of whoever held it before."""
        return os.pread(self._descriptor, _NOTE_BYTES, 0).decode("utf-8", "replace").rstrip(" \n")

    def note(self, text: str) -> None:
        """Writes the note.

        Raises:
            OSError: the disk is full, and there never was a note.
        """
        os.pwrite(self._descriptor, text.encode("utf-8")[: _NOTE_BYTES - 1].ljust(_NOTE_BYTES - 1) + b"\n", 0)


@contextmanager
def taken(path: Path) -> Iterator[Lock | None]:
    """Holds the lock inside the block; None where another process, or another block of this one, has it.

    Raises:
        OSError: the file cannot be made or opened.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield Lock(descriptor)
    finally:
        os.close(descriptor)


def note_of(path: Path) -> str:
    """What the holder of a lock wrote into it; empty where nothing can be read."""
    try:
        return path.read_bytes().decode("utf-8", "replace").rstrip(" \n")
    except OSError:
        return ""
