"""Where received objects are kept: a file appears under its name only whole, on the disk for good, and never changes.

receiving/SOMETHING.part ── write ── flush, fsync ── rename ──► incoming/EXAM/SERIES/INSTANCE.dcm ── fsync the folder
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
import uuid
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import BinaryIO

from blake3 import blake3

from engine.domain.watched_file import DONE, REFUSED, free_names
from engine.network.identity import Identity

_LOCK = "names.lock"
_CHUNK_BYTES = 1 << 20


class ObjectTooLargeError(Exception):
    """An object is larger than the limit."""


class DiskFullError(Exception):
    """Fewer bytes are free than are to stay free."""


DISK_FAULTS = (OSError, ObjectTooLargeError, DiskFullError)
"""What keeps an object from being stored, and is no fault of the object's."""


@dataclass(slots=True, eq=False)
class Part:
    """A file that is being received.

    Args:
        path: its temporary name.
        file: open for writing, and locked, which tells it from what a process that died has left.
        most_bytes: its largest size.
        size_bytes: written so far.
    """

    path: Path
    file: BinaryIO
    most_bytes: int
    size_bytes: int = 0

    def write(self, data: bytes) -> None:
        """Adds to its end.

        Raises:
            ObjectTooLargeError: it would become larger than the limit.
            OSError: the disk is full, or failed.
        """
        self.size_bytes += len(data)
        if self.size_bytes > self.most_bytes:
            raise ObjectTooLargeError(f"more than {self.most_bytes:,} bytes")
        self.file.write(data)

    def finish(self) -> None:
        """Sees to it that its bytes outlast a power cut.

        Raises:
            OSError: the disk is full, or failed.
        """
        self.file.flush()
        os.fsync(self.file.fileno())

    def discard(self) -> None:
        """Closes it, and removes it unless it has got its name; may be called again."""
        with suppress(OSError):  # what could not be written cannot be flushed either
            self.file.close()
        self.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Incoming:
    """The folder of what was received, shared by all who receive.

    Args:
        folder: for whole files.
        parts: for what is being received; on the same disk.
        object_bytes: the largest object that is taken.
        keep_free_bytes: what is to stay free on the disk; the record of the answers needs it.
    """

    folder: Path
    parts: Path
    object_bytes: int = 2 << 30
    keep_free_bytes: int = 1 << 30
    _naming: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def make(self) -> None:
        """Creates both folders, readable by their owner only.

        Raises:
            OSError: they cannot be made.
        """
        for folder in (self.folder, self.parts):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def begin(self) -> Part:
        """A new file to write to.

        Raises:
            DiskFullError: too little is free.
            OSError: it cannot be made.
        """
        free_bytes = shutil.disk_usage(self.parts).free
        if free_bytes < self.keep_free_bytes:
            raise DiskFullError(f"{free_bytes:,} bytes are free, {self.keep_free_bytes:,} are to stay free")
        path = self.parts / f"{uuid.uuid4().hex}.part"
        file = path.open("xb")
        fcntl.flock(file, fcntl.LOCK_EX)
        return Part(path, file, self.object_bytes)

    def keep(self, part: Part, identity: Identity) -> Path | None:
        """Gives a finished file its name.

        The same object with other bytes gets a name of its own beside the first: neither is lost, and intake says that
        there are two.

        Returns:
            Where it lies now; None where the very same file was there already, or came before and was moved once it was
            answered, and the new one was removed.

        Raises:
            OSError: the disk is full, or failed; the part is as it was.
        """
        series = self.folder / identity.exam / identity.series
        _make_lasting(series, self.folder)
        with self._one_at_a_time():
            first = kept = series / f"{identity.sop_instance}.dcm"
            if kept.exists() and (own := _hash(part.path)) != _hash(kept):
                kept = series / f"{identity.sop_instance}.{own[:16]}.dcm"
            is_new = not kept.exists() and not self._was_moved(part.path, {first, kept})
            if is_new:
                part.path.rename(kept)
        _sync_folder(series)  # for a known file too: whoever renamed it may not have come to this yet
        part.discard()
        return kept if is_new else None

    def _was_moved(self, part: Path, names: Set[Path]) -> bool:
        """Whether the same bytes came before under one of these names, and lie where answered files go."""
        own = ""
        for folder, name in product((DONE, REFUSED), sorted(names)):
            for moved in free_names(self.folder / folder / name.parent.relative_to(self.folder), name.name):
                if not moved.exists():
                    break
                own = own or _hash(part)
                if _hash(moved) == own:
                    return True
        return False

    def remove_parts(self) -> int:
        """Removes what processes that died had begun, and counts it; what is being received is left alone."""
        removed = 0
        for path in self.parts.glob("*.part"):
            with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
                removed += 1
        return removed

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Between the look whether a name is taken and the renaming nobody else comes, of this process or another."""
        with self._naming, (self.parts / _LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _make_lasting(folder: Path, root: Path) -> None:
    """Makes the folders below the root that are missing, so that they outlast a power cut."""
    if folder.is_dir():
        return
    if folder.parent != root:
        _make_lasting(folder.parent, root)
    folder.mkdir(exist_ok=True, mode=0o700)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _hash(path: Path) -> str:
    hasher = blake3()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            hasher.update(chunk)
    return hasher.hexdigest()
