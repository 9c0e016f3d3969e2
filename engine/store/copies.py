"""Copies of the database: made while it is in use, consistent, verified once written, and named only then."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engine.audit.actions import Act
from engine.audit.head import Head
from engine.audit.key import flush_folder
from engine.audit.log import AuditDraft, Json
from engine.domain.operator import Action
from engine.errors import StoreError, UsageError
from engine.operators.session import Session
from engine.store.database import Store
from engine.store.faults import named_faults, named_file_faults
from engine.store.stored_log import head_of
from engine.store.verify import verify_copy
from engine.store.write import note

_STEP_PAGES = 1000
"""Between two steps of a copy others may write; what they change is copied again."""

OnPages = Callable[[int, int], None]
"""Told after each step how many pages are copied, and of how many."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A verified copy.

    Args:
        path: where it lies.
        size_bytes: of the file.
        head: how the log in it ends.
    """

    path: Path
    size_bytes: int
    head: Head


def back_up(store: Store, session: Session, target: Path, on_pages: OnPages = lambda _done, _of: None) -> Copy:
    """Writes a copy of the database, checks it, and records that it was made. Others may go on working meanwhile.

    Args:
        store: what to copy.
        session: who asks for it.
        target: a file that is not there yet.
        on_pages: told how far it is.

    Raises:
        UsageError: US-ROLE, US-IDLE, US-TARGET where the file is there already.
        StoreError: ST-COPY where the copy does not hold; ST-FULL, ST-READONLY or ST-IO. No file is left then.
    """
    session.require(Action.BACK_UP)
    if target.exists():
        raise UsageError("US-TARGET", f"{target} exists already.", "Name a file that is not there yet.")
    partial = target.with_name(f".{target.name}.partial")
    with named_faults(partial), named_file_faults(target.parent):
        try:
            copy_database(store.home.database, partial, on_pages)
            head = sound_copy(partial, store)
            flush(partial)
            partial.rename(target)
            flush_folder(target.absolute().parent)
        finally:
            partial.unlink(missing_ok=True)
    detail: dict[str, Json] = {"count": head.count, "mac": head.mac}
    note(store, AuditDraft(session.name, Act.STORE_BACKED_UP, "store", detail))
    return Copy(target, target.stat().st_size, head)


def copy_database(source: Path, target: Path, on_pages: OnPages = lambda _done, _of: None) -> None:
    """A consistent copy of a database in a new file that only its owner may read.

    Raises:
        OSError, sqlite3.Error: it could not be made.
    """
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing, pages=_STEP_PAGES, progress=lambda _, left, of: on_pages(of - left, of))
        # One file that needs no other: a copy in WAL mode would make two more where it is opened.
        writing.execute("PRAGMA journal_mode=DELETE")


def sound_copy(copy: Path, store: Store) -> Head:
    """How the log of a copy ends, once the copy was found sound.

    Raises:
        StoreError: ST-COPY, naming what is wrong.
    """
    require_sound_file(copy)
    verdict = verify_copy(copy, store.home)
    if verdict.broken is not None:
        raise unsound(copy, f"entry {verdict.broken.seq} of its audit log {verdict.broken.how}")
    with closing(sqlite3.connect(copy)) as connection:
        return head_of(connection)


def require_sound_file(copy: Path) -> None:
    """Lets a file through whose pages are those of a sound database.

    Raises:
        StoreError: ST-COPY.
    """
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise unsound(copy, str(error)) from error
    if found != "ok":
        raise unsound(copy, found)


def unsound(copy: Path, why: str) -> StoreError:
    """A copy that is not to be put in the database's place."""
    return StoreError("ST-COPY", f"The copy {copy} is not sound: {why}.", "Use another copy.")


def flush(path: Path) -> None:
    """Makes a file's content durable.

    Raises:
        OSError: it cannot be.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
