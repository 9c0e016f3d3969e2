"""A file in a watched folder, and which version of it: what the ledger remembers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

DONE, REFUSED = "done", "refused"
"""Folders in a watched one that files may be moved to once they are answered, with their path below it."""

_SIGNED = (1 << 63) - 1
"""SQLite's integers are signed; some file systems number their files beyond that."""


@dataclass(frozen=True, slots=True)
class Version:
    """What tells one content of a path from the next, without reading it.

    Args:
        inode: number of the file; 0 where the file system makes it up anew with each mount.
        size_bytes: stored size.
        mtime_ns: last change, nanoseconds since 1970.
    """

    inode: int
    size_bytes: int
    mtime_ns: int

    @classmethod
    def of(cls, status: os.stat_result, *, steady_inodes: bool = True) -> Version:
        """The version that `lstat` tells."""
        return cls(status.st_ino & _SIGNED if steady_inodes else 0, status.st_size, status.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class WatchedFile:
    """A file as the ledger keeps it.

    Args:
        parent: the folder it lies in, relative to the watched one; empty for that itself.
        name: its name there.
        version: what was taken of it.
        first_seen_at: when this version was first met, UTC.
        series_uid: Series Instance UID (0020,000E) of a slice; None for all else.
    """

    parent: str
    name: str
    version: Version
    first_seen_at: datetime = field(compare=False)
    series_uid: str | None = field(default=None, compare=False)

    @property
    def relative(self) -> str:
        """Its path relative to the watched folder."""
        return f"{self.parent}/{self.name}" if self.parent else self.name


def free_names(folder: Path, name: str) -> Iterator[Path]:
    """What a file of a name may be called in a folder, where what comes first is taken: `name (2)` and so on."""
    yield folder / name
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in range(2, 10_000):
        yield folder / f"{stem} ({number}){suffix}"


def places_of(path: Path) -> Iterator[Path]:
    """Where a file may lie that was answered at a path: there, or where any folder above it would have moved it to."""
    yield path
    for folder in path.parents:
        for moved_to in (DONE, REFUSED):
            yield folder / moved_to / path.relative_to(folder)
