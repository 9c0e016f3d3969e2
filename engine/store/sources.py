"""The index of sources: which outcomes have a text in their path. A cache beside the database, made again at will.

It is a file of its own, so that writing a record does not pay for it: whoever looks for a text brings it up to date
first. Nothing in it is a record, and a backup leaves it out.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from engine.places import Home

SHORTEST = 3
"""Characters of a text that the index can look up: it holds every three that follow one another."""

_FEW_OF = 10
"""What one in ten of a sample has is not common."""
_CHUNK = 20_000
_FETCHED = 500
_BUSY_TIMEOUT_S = 10.0
_NEW = """
    PRAGMA journal_mode = WAL;
    CREATE VIRTUAL TABLE sources USING fts5 (source, content = '', tokenize = 'trigram');
    CREATE TABLE reached (outcome_id INTEGER NOT NULL, arrival_id TEXT NOT NULL);
    INSERT INTO reached VALUES (0, '');
"""


class Sources:
    """The index, open and up to date."""

    def __init__(self, connection: sqlite3.Connection, records: sqlite3.Connection) -> None:
        self._connection = connection
        self._records = records

    @classmethod
    @contextmanager
    def open(cls, home: Home, records: sqlite3.Connection) -> Iterator[Sources]:
        """Opens the index of a home, and brings it up to date with the records.

        Args:
            home: whose it is.
            records: a connection to the database, reading.

        Raises:
            sqlite3.Error: it cannot be used.
        """
        connection = _opened(home)
        try:
            index = cls(connection, records)
            if not index._belongs():
                connection.close()
                forget_sources(home)
                connection = _opened(home)
                index = cls(connection, records)
            index._catch_up()
            yield index
        finally:
            connection.close()

    def holding(self, text: str, before: int | None = None) -> Iterator[Sequence[int]]:
        """Numbers of the outcomes whose source holds the text, highest first, some hundreds at a time.

        Args:
            text: of any length; upper and lower case are the same.
            before: only lower numbers; None for all.
        """
        while True:
            found = self._page(text, before)
            if found:
                yield found
            if len(found) < _FETCHED:
                return
            before = found[-1]

    def _page(self, text: str, before: int | None) -> list[int]:
        below = 1 << 62 if before is None else before
        like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        if len(text) < SHORTEST:
            query = (
                "SELECT o.id FROM outcomes o JOIN arrivals a ON a.id = o.arrival_id "
                "LEFT JOIN studies s ON s.id = o.study_id WHERE o.id < ? "
                "AND CAST(coalesce(s.source, a.source) AS TEXT) LIKE ? ESCAPE '\\' ORDER BY o.id DESC LIMIT ?"
            )
            return [row[0] for row in self._records.execute(query, (below, like, _FETCHED))]
        query = "SELECT rowid FROM sources WHERE sources MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
        return [row[0] for row in self._connection.execute(query, (_quoted(text), below, _FETCHED))]

    def _belongs(self) -> bool:
        """Whether the records are those that were indexed: a restore may have put others under the same numbers."""
        outcome_id, arrival_id = self._connection.execute("SELECT outcome_id, arrival_id FROM reached").fetchone()
        row = self._records.execute("SELECT arrival_id FROM outcomes WHERE id = ?", (outcome_id,)).fetchone()
        return outcome_id == 0 or (row is not None and row[0] == arrival_id)

    def _catch_up(self) -> None:
        newer = (
            "SELECT o.id, coalesce(s.source, a.source), a.id FROM outcomes o JOIN arrivals a ON a.id = o.arrival_id "
            "LEFT JOIN studies s ON s.id = o.study_id WHERE o.id > ? ORDER BY o.id LIMIT ?"
        )
        while True:
            (reached,) = self._connection.execute("SELECT outcome_id FROM reached").fetchone()
            if self._records.execute("SELECT coalesce(max(id), 0) FROM outcomes").fetchone()[0] <= reached:
                return
            self._connection.execute("BEGIN IMMEDIATE")
            (reached,) = self._connection.execute("SELECT outcome_id FROM reached").fetchone()
            rows = self._records.execute(newer, (reached, _CHUNK)).fetchall()
            texts = [
                (number, os.fsdecode(source) if isinstance(source, bytes) else source) for number, source, _ in rows
            ]
            self._connection.executemany("INSERT INTO sources (rowid, source) VALUES (?, ?)", _storable(texts))
            if rows:
                self._connection.execute(
                    "UPDATE reached SET outcome_id = ?, arrival_id = ?", (rows[-1][0], rows[-1][2])
                )
            self._connection.execute("COMMIT")


def telling_part(text: str, sample: Sequence[str]) -> str:
    """The part of a text that few sources hold, or all of it: the index goes through every source of each three
    characters that it is asked for, so those that nearly all sources share cost most and tell least.

    Args:
        text: what is looked for.
        sample: some sources, in lower case.
    """
    if len(text) <= SHORTEST or not text.isascii():  # beyond ASCII the index tells upper from lower case otherwise
        return text
    few = len(sample) // _FEW_OF
    telling = [
        sum(text[place : place + SHORTEST].lower() in source for source in sample) <= few
        for place in range(len(text) - SHORTEST + 1)
    ]
    best, start = (0, 0), 0
    for place, is_telling in enumerate([*telling, False]):
        if not is_telling:
            best, start = max(best, (place - start, -start)), place + 1
    length, begins = best[0], -best[1]
    return text[begins : begins + length + SHORTEST - 1] if length else text


def _opened(home: Home) -> sqlite3.Connection:
    with suppress(FileExistsError):
        os.close(os.open(home.sources, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(home.sources, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")  # a cache: what a power cut spoils is made again
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'reached'").fetchone() is None:
        connection.executescript(_NEW)
    return connection


def forget_sources(home: Home) -> None:
    """Removes the index; it is made again when a text is looked for."""
    for ending in ("", "-wal", "-shm"):
        home.sources.with_name(home.sources.name + ending).unlink(missing_ok=True)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _storable(texts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Names that are not UTF-8 are found by what of them is."""
    return ((number, text.encode("utf-8", "replace").decode("utf-8")) for number, text in texts)
