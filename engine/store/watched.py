"""The ledger of watched folders: which versions of which files were taken, and what still has to be done with them.

A row stands for a version of a file and an arrival made of it; without an arrival it was looked into and is no picture.
It is open until the arrival's outcome is recorded and the file lies where it is to lie. Rows go when the file has left
the folder, so the ledger holds no more than the folder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from engine.domain.outcome import Status
from engine.domain.watched_file import Version, WatchedFile
from engine.store.database import Store
from engine.store.tables import outcomes, watched_files
from engine.store.watched_units import Close, Forget, Take, Taken
from engine.store.write import write

_MOST_NAMES = 500
"""Most names that one question lists."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger says of one name.

    Args:
        versions: those that were taken.
        is_closed: whether nothing more is to be done with any of them.
    """

    versions: frozenset[Version]
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an arrival was answered, as far as it decides where its files go.

    Args:
        arrival_id: which.
        status: of its outcome.
        code: why it was not answered in full, empty otherwise.
        coverage: share of the study that was looked at, 0 to 1.
    """

    arrival_id: str
    status: Status
    code: str
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class Answered:
    """A file all of whose arrivals are answered, and which still lies where it came in."""

    file: WatchedFile
    verdicts: tuple[Verdict, ...]


class Ledger:
    """The rows of one watched folder.

    Args:
        store: where they lie.
        folder: absolute path of the watched folder.
    """

    def __init__(self, store: Store, folder: str) -> None:
        self._store = store
        self._folder = folder

    def known(self, parent: str, names: Sequence[str] | None = None) -> dict[str, Known]:
        """What was taken of the files of one folder, by name; of those named only, where names are given."""
        versions: defaultdict[str, set[Version]] = defaultdict(set)
        still_open = set()
        query = select(*_VERSION, _C.name, _C.closed_at).where(_C.folder == self._folder, _C.parent == parent)
        with self._store.reading() as connection:
            for part in [query] if names is None else [query.where(_C.name.in_(some)) for some in _parts(names)]:
                for row in connection.execute(part):
                    versions[row.name].add(Version(row.inode, row.size_bytes, row.mtime_ns))
                    if row.closed_at is None:
                        still_open.add(row.name)
        return {name: Known(frozenset(taken), name not in still_open) for name, taken in versions.items()}

    def in_series(self, series_uid: str) -> tuple[WatchedFile, ...]:
        """The files that were taken as slices of a series."""
        query = select(watched_files).where(_C.folder == self._folder, _C.series_uid == series_uid)
        with self._store.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(dict.fromkeys(_file_of(dict(row)) for row in rows))

    def answered(self) -> tuple[Answered, ...]:
        """The files that are still to be closed, each with the verdicts on all that was made of it."""
        verdicts: defaultdict[WatchedFile, dict[str, Verdict]] = defaultdict(dict)
        with self._store.reading() as connection:
            for row in connection.execute(_ANSWERED, {"of_folder": self._folder}).mappings():
                verdict = Verdict(row["arrival_id"], Status(row["status"]), row["code"], row["coverage"])
                verdicts[_file_of(dict(row))][row["arrival_id"]] = verdict
        return tuple(Answered(file, tuple(found.values())) for file, found in verdicts.items())

    def newest_outcome(self) -> tuple[int, str]:
        """What tells the newest outcome of all folders: its number, which may be given again, and its arrival."""
        query = select(outcomes.c.id, outcomes.c.arrival_id).order_by(outcomes.c.id.desc()).limit(1)
        with self._store.reading() as connection:
            row = connection.execute(query).one_or_none()
        return (0, "") if row is None else (row.id, row.arrival_id)

    def open_files(self) -> int:
        """How many files wait for an answer, or to be put where they are to lie."""
        query = select(func.count()).where(_C.folder == self._folder, _C.closed_at.is_(None))
        with self._store.reading() as connection:
            return connection.execute(query).scalar_one()

    def take(self, taken: Sequence[Taken]) -> None:
        """Writes that files were taken; what is said of them already stays as it is.

        Raises:
            StoreError: nothing was written.
        """
        write(self._store, Take(self._folder, tuple(taken), self._store.clock.now()))

    def close(self, left: Sequence[WatchedFile], gone: Sequence[WatchedFile]) -> None:
        """Writes that nothing more is to be done with files: they were left where they lie, or are there no more.

        Raises:
            StoreError: nothing was written.
        """
        write(self._store, Close(self._folder, tuple(left), tuple(gone), self._store.clock.now()))

    def forget(self, parent: str, names: Sequence[str]) -> None:
        """Drops the closed rows of files that are there no more; open ones wait for their outcome.

        Raises:
            StoreError: nothing was written.
        """
        write(self._store, Forget(self._folder, tuple((parent, name) for name in names)))

    def forget_all_but(self, parents: Set[str]) -> None:
        """Drops the closed rows of files in folders that are there no more.

        Args:
            parents: the folders that are there, relative to the watched one.

        Raises:
            StoreError: nothing was written.
        """
        of_folder = (_C.folder == self._folder, _C.closed_at.is_not(None))
        with self._store.reading() as connection:
            gone = set(connection.execute(select(_C.parent).distinct().where(*of_folder)).scalars()) - parents
            places = [
                (parent, name)
                for parent in sorted(gone)
                for name in connection.execute(select(_C.name).where(*of_folder, _C.parent == parent)).scalars()
            ]
        if places:
            write(self._store, Forget(self._folder, tuple(places)))


_C = watched_files.c
_VERSION = (_C.inode, _C.size_bytes, _C.mtime_ns)
_OTHER = watched_files.alias()
_ANSWERED = (
    select(watched_files, outcomes.c.status, outcomes.c.code, outcomes.c.coverage)
    .select_from(watched_files.join(outcomes, outcomes.c.arrival_id == _C.arrival_id))
    .where(
        _C.closed_at.is_(None),
        _C.folder == bindparam("of_folder"),
        # Nothing else that was made of the same version waits. The database sorts that out: a backlog has many rows.
        ~select(_OTHER.c.id)
        .where(
            *(_OTHER.c[column.name] == column for column in (_C.folder, _C.parent, _C.name, *_VERSION)),
            _OTHER.c.closed_at.is_(None),
            ~select(outcomes.c.id).where(outcomes.c.arrival_id == _OTHER.c.arrival_id).correlate(_OTHER).exists(),
        )
        .correlate(watched_files)
        .exists(),
    )
    .order_by(_C.id, outcomes.c.attempt)
)


def _file_of(row: Mapping[str, Any]) -> WatchedFile:
    version = Version(row["inode"], row["size_bytes"], row["mtime_ns"])
    return WatchedFile(row["parent"], row["name"], version, row["first_seen_at"], row["series_uid"])


def _parts(names: Sequence[str]) -> Iterable[Sequence[str]]:
    return (names[at : at + _MOST_NAMES] for at in range(0, len(names), _MOST_NAMES))
