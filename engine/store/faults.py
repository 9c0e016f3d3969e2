"""What SQLite and the file system report, turned into a `StoreError` with a code and a next step."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy.exc import DBAPIError

from engine.errors import FoveaError, ProgramError, StoreError

_LOCKED = (
    "ST-LOCKED",
    "{path} stayed locked by another program for longer than the time allowed.",
    "Close what else has it open (a backup, a database browser) and try again.",
)
_READ_ONLY = (
    "ST-READONLY",
    "{path} cannot be written: {detail}.",
    "Give your user write permission for the home folder, or name another home with FOVEA_HOME.",
)
_FULL = (
    "ST-FULL",
    "{path} cannot grow: {detail}.",
    "Free space on its disk and try again; everything recorded so far is kept.",
)
_CORRUPT = (
    "ST-CORRUPT",
    "{path} is not a sound database: {detail}.",
    "Keep the file for inspection and put back the newest backup, or name another home with FOVEA_HOME.",
)
_UNREADABLE = (
    "ST-IO",
    "{path} cannot be used: {detail}.",
    "Check the disk and its mount, then try again.",
)

_BY_SQLITE_CODE = {
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _UNREADABLE,
    sqlite3.SQLITE_CORRUPT: _CORRUPT,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: _UNREADABLE,
    sqlite3.SQLITE_NOTADB: _CORRUPT,
}
_BY_EXTENDED_CODE = {
    # The index of the write-ahead log, shared memory that lies beside the database, cannot be made as large as it must.
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,
}
_BY_ERRNO = {
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EROFS: _READ_ONLY,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
}


LASTING = frozenset({"ST-CORRUPT", "ST-BEHIND"})
"""Codes of what no waiting mends, as a full disk is freed and a lock let go: whoever works on ends instead."""


class _Named:
    """A block whose failures of one kind are named; a class, since one is made for every record on its way."""

    __slots__ = ("_kinds", "_name", "_path")

    def __init__(
        self, path: Path, kinds: tuple[type[BaseException], ...], name: Callable[[Any, Path], FoveaError]
    ) -> None:
        self._path = path
        self._kinds = kinds
        self._name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(error, self._kinds):
            raise self._name(error, self._path) from error


def named_faults(database: Path) -> AbstractContextManager[None]:
    """Runs a block that uses the database.

    Raises:
        StoreError: ST-LOCKED, ST-READONLY, ST-FULL, ST-CORRUPT or ST-IO, naming the database.
        ProgramError: PR-STORE for what our own statements got wrong.
    """
    return _Named(database, (DBAPIError, sqlite3.Error), _from_sqlite)


def named_file_faults(home: Path) -> AbstractContextManager[None]:
    """Runs a block that uses the files of the home itself.

    Raises:
        StoreError: ST-READONLY, ST-FULL or ST-IO, naming the file.
    """
    return _Named(home, (OSError,), _from_system)


def _from_system(error: OSError, home: Path) -> FoveaError:
    code, message, next_step = _BY_ERRNO.get(error.errno or 0, _UNREADABLE)
    return StoreError(code, message.format(path=error.filename or home, detail=error.strerror or str(error)), next_step)


def _from_sqlite(error: DBAPIError | sqlite3.Error, database: Path) -> FoveaError:
    if isinstance(error, DBAPIError):
        return _from_driver(error.orig or error, database)
    return _from_driver(error, database)


def _from_driver(error: BaseException, database: Path) -> FoveaError:
    number = getattr(error, "sqlite_errorcode", -1)
    # Extended result codes carry the primary one in their low byte.
    kind = _BY_EXTENDED_CODE.get(number) or _BY_SQLITE_CODE.get(number & 0xFF)
    if kind is None:
        return ProgramError(
            "PR-STORE", f"The database refused what was to be recorded: {error}.", "Report this with the log."
        )
    code, message, next_step = kind
    return StoreError(code, message.format(path=database, detail=error), next_step)
