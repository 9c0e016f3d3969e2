"""Removing what is no record once it is old: received files of answered studies, and thumbnails. Records stay."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from engine.audit.actions import PROGRAM, Act
from engine.audit.log import AuditDraft, Json
from engine.domain.watched_file import DONE, REFUSED
from engine.settings import Retention
from engine.store.database import Store
from engine.store.faults import named_file_faults
from engine.store.tables import arrivals, instances, outcomes
from engine.store.write import note


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed.

    Args:
        files: received files.
        thumbnails: small pictures.
        size_bytes: of both.
    """

    files: int = 0
    thumbnails: int = 0
    size_bytes: int = 0


def tidy(store: Store, retention: Retention) -> Removed:
    """Removes what the settings say, and folders of received exams that are empty.

    Only files inside the home are ever removed, and only of answered studies.

    Raises:
        StoreError: ST-IO or ST-READONLY where a file cannot be removed; else as `write`.
    """
    now = store.clock.now()
    _remove_empty_folders(store.home.incoming, now - timedelta(days=1))
    files: list[Path] = []
    thumbnails: list[Path] = []
    if retention.pixels_days is not None:
        files = list(_answered_before(store, now - timedelta(days=retention.pixels_days)))
    if retention.thumbnails_days is not None:
        thumbnails = list(_older(store.home.thumbnails, now - timedelta(days=retention.thumbnails_days)))
    if not files and not thumbnails:
        return Removed()
    with named_file_faults(store.home.root):
        size_bytes = sum(_remove(path) for path in (*files, *thumbnails))
    detail: dict[str, Json] = {"files": len(files), "thumbnails": len(thumbnails), "size_bytes": size_bytes}
    note(store, AuditDraft(PROGRAM, Act.PIXELS_REMOVED, "home", detail))
    return Removed(len(files), len(thumbnails), size_bytes)


def _answered_before(store: Store, limit: datetime) -> Iterator[Path]:
    """Received files all of whose outcomes are older; one that was never answered is kept, however old it is."""
    root = store.home.incoming
    if not root.is_dir():
        return
    last = func.max(outcomes.c.recorded_at)
    of_images = select(instances.c.path, last).join(outcomes, outcomes.c.study_id == instances.c.study_id)
    of_files = select(arrivals.c.source, last).join(outcomes, outcomes.c.arrival_id == arrivals.c.id)
    answered: dict[str, datetime] = {}
    queries = (of_images.group_by(instances.c.path), of_files.group_by(arrivals.c.source))
    with store.reading() as connection:
        rows = [(row[0], row[1]) for query in queries for row in connection.execute(query)]
    for source, recorded_at in rows:
        answered[source] = max(recorded_at, answered.get(source, recorded_at))
    for path in _files(root):
        at = answered.get(_as_answered(path, root))
        if at is not None and at < limit:
            yield path


def _as_answered(path: Path, root: Path) -> str:
    """Where a file lay when it was answered, which may have been moved since."""
    first, *others = path.relative_to(root).parts
    return str(root.joinpath(*others) if first in (DONE, REFUSED) else path)


def _older(folder: Path, limit: datetime) -> Iterator[Path]:
    return (path for path in _files(folder) if path.stat().st_mtime < limit.timestamp())


def _files(folder: Path) -> Iterator[Path]:
    """Regular files below a folder; links are not followed, and are no files."""
    for parent, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(parent) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _remove_empty_folders(root: Path, limit: datetime) -> None:
    """Folders of exams and series whose files were moved or removed: each costs whoever watches them a look a minute.

    One that changed since the limit stays: something may be coming into it right now.
    """
    folders = [Path(parent) for parent, _, _ in os.walk(root, topdown=False)]
    # All of them before the first is removed, which changes the one above.
    old = [folder for folder in folders if folder != root and folder.stat().st_mtime < limit.timestamp()]
    for folder in old:
        with suppress(OSError):  # it holds something
            folder.rmdir()


def _remove(path: Path) -> int:
    size_bytes = path.stat().st_size
    path.unlink()
    return size_bytes
