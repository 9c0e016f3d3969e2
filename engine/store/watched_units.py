"""What changes the ledger of watched folders: taking, closing and forgetting files, each a unit of one transaction.

Their audit entries hold counts alone, for a path may name a patient.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, update
from sqlalchemy.dialects.sqlite import insert

from engine.audit.actions import PROGRAM, Act
from engine.audit.log import AuditDraft
from engine.domain.watched_file import WatchedFile
from engine.store.tables import watched_files


@dataclass(frozen=True, slots=True)
class Taken:
    """A file, and what it was taken for.

    Args:
        file: the version that was taken.
        arrival_id: what was made of it; None for what is no picture.
    """

    file: WatchedFile
    arrival_id: str | None


@dataclass(frozen=True, slots=True)
class Take:
    """Writes that files were taken; what is said of them already stays as it is."""

    folder: str
    taken: tuple[Taken, ...]
    at: datetime

    @property
    def audit(self) -> AuditDraft:
        arrivals = {taken.arrival_id for taken in self.taken} - {None}
        return AuditDraft(PROGRAM, Act.FILES_TAKEN, "watch", {"files": len(self.taken), "arrivals": len(arrivals)})

    def apply(self, connection: Connection) -> None:
        # An answered file that comes again, changed or as part of a series, needs no word about the time before.
        connection.execute(
            _DROP_CLOSED, [_place(self.folder, file) for file in dict.fromkeys(taken.file for taken in self.taken)]
        )
        connection.execute(_ADD, [self._row(taken) for taken in self.taken])

    def _row(self, taken: Taken) -> Mapping[str, Any]:
        file = taken.file
        return {
            "folder": self.folder,
            "parent": file.parent,
            "name": file.name,
            "inode": file.version.inode,
            "size_bytes": file.version.size_bytes,
            "mtime_ns": file.version.mtime_ns,
            "first_seen_at": file.first_seen_at,
            "series_uid": file.series_uid,
            "arrival_id": taken.arrival_id,
            "closed_at": None if taken.arrival_id else self.at,
        }


@dataclass(frozen=True, slots=True)
class Close:
    """Marks files that stay as done with, and drops those that went."""

    folder: str
    left: tuple[WatchedFile, ...]
    gone: tuple[WatchedFile, ...]
    at: datetime

    @property
    def audit(self) -> AuditDraft:
        return AuditDraft(PROGRAM, Act.FILES_CLOSED, "watch", {"left": len(self.left), "gone": len(self.gone)})

    def apply(self, connection: Connection) -> None:
        if self.left:
            connection.execute(_CLOSE, [_version(self.folder, file) | {"at": self.at} for file in self.left])
        if self.gone:
            connection.execute(_DROP, [_version(self.folder, file) for file in self.gone])


@dataclass(frozen=True, slots=True)
class Forget:
    """Drops the closed rows of names: (parent, name) each."""

    folder: str
    places: tuple[tuple[str, str], ...]

    @property
    def audit(self) -> AuditDraft:
        return AuditDraft(PROGRAM, Act.FILES_FORGOTTEN, "watch", {"files": len(self.places)})

    def apply(self, connection: Connection) -> None:
        connection.execute(
            _DROP_CLOSED,
            [{"of_folder": self.folder, "of_parent": parent, "of_name": name} for parent, name in self.places],
        )


_C = watched_files.c
_AT_PLACE = (
    _C.folder == bindparam("of_folder"),
    _C.parent == bindparam("of_parent"),
    _C.name == bindparam("of_name"),
)
_OF_VERSION = (
    *_AT_PLACE,
    _C.inode == bindparam("of_inode"),
    _C.size_bytes == bindparam("of_size"),
    _C.mtime_ns == bindparam("of_mtime"),
)
_ADD = insert(watched_files).on_conflict_do_nothing(index_elements=["folder", "parent", "name", "arrival_id"])
_DROP_CLOSED = delete(watched_files).where(*_AT_PLACE, _C.closed_at.is_not(None))
_DROP = delete(watched_files).where(*_OF_VERSION)
_CLOSE = update(watched_files).where(*_OF_VERSION, _C.closed_at.is_(None)).values(closed_at=bindparam("at"))


def _place(folder: str, file: WatchedFile) -> dict[str, Any]:
    return {"of_folder": folder, "of_parent": file.parent, "of_name": file.name}


def _version(folder: str, file: WatchedFile) -> dict[str, Any]:
    version = file.version
    return _place(folder, file) | {
        "of_inode": version.inode,
        "of_size": version.size_bytes,
        "of_mtime": version.mtime_ns,
    }
