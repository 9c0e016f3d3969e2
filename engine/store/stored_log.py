"""The audit log as it stands in a database: read, and extended, by the driver itself."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple

from engine.audit.head import Head
from engine.audit.log import AuditEntry
from engine.audit.seal import Seal

_ADD_ENTRY = "INSERT INTO audit_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_LOWEST = -sys.maxsize
_ADD_SEAL = "INSERT INTO audit_seals VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class StoredLog:
    """The entries of a database, for the examination."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def count(self) -> int:
        """The number of the last entry."""
        return int(self._connection.execute("SELECT coalesce(max(seq), 0) FROM audit_entries").fetchone()[0])

    @property
    def origin(self) -> str:
        """The MAC of the entry that comes first."""
        return str(self._connection.execute("SELECT mac FROM audit_entries ORDER BY seq LIMIT 1").fetchone()[0])

    def in_order(self, first: int, last: int) -> Iterator[AuditEntry]:
        """Those with numbers from the first to the last, without holding them in memory."""
        query = "SELECT * FROM audit_entries WHERE seq BETWEEN ? AND ? ORDER BY seq"
        # From the first one on also what somebody numbered 0 or below.
        return (AuditEntry(*row) for row in self._connection.execute(query, (first if first > 1 else _LOWEST, last)))

    def at(self, seq: int) -> AuditEntry | None:
        """The one with this number."""
        row = self._connection.execute("SELECT * FROM audit_entries WHERE seq = ?", (seq,)).fetchone()
        return None if row is None else AuditEntry(*row)

    def following(self, digest: str) -> Sequence[AuditEntry]:
        """Those that name this digest as that of their predecessor; a scan, for where something is wrong already."""
        rows = self._connection.execute("SELECT * FROM audit_entries WHERE previous = ?", (digest,))
        return [AuditEntry(*row) for row in rows]


def head_of(connection: sqlite3.Connection) -> Head:
    """What the head file is to say of a log."""
    log = StoredLog(connection)
    newest = log.at(log.count)
    return Head(0) if newest is None else Head(newest.seq, newest.mac, log.origin)


def seals_of(connection: sqlite3.Connection) -> tuple[Seal, ...]:
    """Every seal, oldest first."""
    return tuple(Seal(*row) for row in connection.execute("SELECT * FROM audit_seals ORDER BY number"))


def add_entry(connection: sqlite3.Connection, entry: AuditEntry) -> None:
    """Adds an entry inside the writer's transaction."""
    fields = (entry.seq, entry.at, entry.actor, entry.action, entry.subject, entry.detail, entry.previous, entry.mac)
    connection.execute(_ADD_ENTRY, fields)


def add_seal(connection: sqlite3.Connection, seal: Seal) -> None:
    """Adds a seal inside the writer's transaction."""
    connection.execute(_ADD_SEAL, astuple(seal))
