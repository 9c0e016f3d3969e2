"""The audit log as kept in the database, and this process's end of it: key of the moment, seals, and the head file."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from engine.audit.chain import ORIGIN, End, end_of, extend
from engine.audit.head import Head, HeadFile, read_head
from engine.audit.key import load_key, make_secret
from engine.audit.log import AuditDraft, AuditEntry, utc_text
from engine.audit.ratchet import ChainKey, advanced, load_chain_key, save_chain_key
from engine.audit.seal import Seal, Sealer
from engine.errors import StoreError
from engine.places import Home
from engine.store.stored_log import add_entry, add_seal
from engine.store.tables import audit_entries

_log = logging.getLogger(__name__)

SEAL_EVERY = 1000
"""Entries between two seals, unless the program stops before."""

_IN_ORDER = select(*audit_entries.c).order_by(audit_entries.c.seq)
_NEWEST = "SELECT * FROM audit_entries ORDER BY seq DESC LIMIT 1"
_MAC = "SELECT mac FROM audit_entries WHERE seq = ?"
_ORIGIN = "SELECT mac FROM audit_entries WHERE seq = 1"
_LAST_SEAL = "SELECT number, count FROM audit_seals ORDER BY number DESC LIMIT 1"


class Trail:
    """What a process needs to append. Everything but `committed` runs inside the writer's transaction."""

    def __init__(self, home: Home, key: ChainKey, first_seal: bool) -> None:
        self._home = home
        self._key = key
        self._origin = key.origin
        self._newest: _Newest | None = None
        self._committed: Head | None = None
        self._version = -1
        self._head_file = HeadFile(home.audit_head)
        self._sealer: Sealer | None = None if first_seal else Sealer(home.seal_key, new=False)
        self._new_key: ChainKey | None = None
        self._unsealed = False

    @property
    def key(self) -> ChainKey:
        """The key of the moment, as this process knows it."""
        return self._key

    def append(self, connection: sqlite3.Connection, draft: AuditDraft, at: datetime) -> AuditEntry:
        """Appends an entry, and a seal where one is due. BEGIN IMMEDIATE came before, so the end read here stays it.

        Raises:
            StoreError: ST-BEHIND where another copy was put in the place of the database; the keys as `load_key`.
        """
        newest = self._newest_now(connection)
        if newest.seal > self._key.number:
            secret = advanced(self._key.secret, newest.seal - self._key.number)
            self._key = replace(self._key, number=newest.seal, secret=secret, sealed=newest.sealed, origin=self._origin)
        entry, end = extend(draft, at, newest.end, self._key.secret)
        add_entry(connection, entry)
        self._origin = self._origin or entry.mac
        self._newest = _Newest(end, entry.mac, newest.seal, newest.sealed)
        self._unsealed = True
        if entry.seq - newest.sealed >= SEAL_EVERY:
            self.seal(connection, at)
        return entry

    def seal(self, connection: sqlite3.Connection, at: datetime) -> Seal:
        """Signs how the log ends now; after the commit the key's successor takes its place."""
        newest = self._newest_now(connection)
        number, end = newest.seal + 1, newest.end
        if self._sealer is None:
            self._sealer = Sealer(self._home.seal_key, new=True)
        statement = Seal(number, newest.seal, self._origin, end.seq, end.digest, utc_text(at))
        seal = self._sealer.sign(statement)
        add_seal(connection, seal)
        self._newest = replace(newest, seal=number, sealed=end.seq)
        secret = advanced(self._key.secret, number - self._key.number)
        self._new_key = replace(self._key, number=number, secret=secret, origin=self._origin, sealed=end.seq)
        self._unsealed = False
        return seal

    def committed(self) -> None:
        """After a commit: writes the head file, and the new key where a seal was made.

        What was recorded is on the disk by now, so a failure here is none of the record: the database may be ahead of
        the head file, and whoever opens the store next finds the seal and goes on to its key.
        """
        try:
            if self._newest is not None:
                self._committed = Head(self._newest.end.seq, self._newest.mac, self._origin)
                self._head_file.advance(self._committed)
            if self._new_key is not None:
                keep_first_key(self._home, self._key)
                self._key, self._new_key = self._new_key, None
                save_chain_key(self._home.chain_key, self._key)
        except (StoreError, OSError):
            _log.exception("The head file or the key of the audit log could not be written")

    def undone(self) -> None:
        """After a rollback: forgets what was about to be."""
        self._newest, self._new_key = None, None

    @property
    def unsealed(self) -> bool:
        """Whether this process has appended since the last seal that it made."""
        return self._unsealed

    def close(self) -> None:
        """Lets go of the head file."""
        self._head_file.close()

    def _newest_now(self, connection: sqlite3.Connection) -> _Newest:
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        known = self._newest
        if known is not None and version == self._version:
            return known  # nobody else has written since
        self._version = version
        require_still_there(connection, self._home, self._committed)
        row = connection.execute(_NEWEST).fetchone()
        if row is None:
            return _Newest(ORIGIN, "", 0, 0)
        entry = AuditEntry(*row)
        self._origin = self._origin or connection.execute(_ORIGIN).fetchone()[0]
        seal, sealed = connection.execute(_LAST_SEAL).fetchone() or (0, 0)
        return _Newest(end_of(entry), entry.mac, seal, sealed)


@dataclass(frozen=True, slots=True)
class _Newest:
    """How the log ends: its newest entry, the newest seal, and how many entries that covers."""

    end: End
    mac: str
    seal: int
    sealed: int


def open_trail(connection: sqlite3.Connection, home: Home) -> Trail:
    """This process's end of the log of a database that is up to date.

    Raises:
        StoreError: ST-BEHIND where the head file names an entry that the database does not have, ST-HEAD, ST-KEY or
            ST-KEY-MISSING.
        OSError: a file of the home cannot be used.
    """
    head = read_head(home.audit_head)  # before the database: what was committed since may only make that one longer
    require_not_behind(connection, home, head)
    number, sealed = connection.execute(_LAST_SEAL).fetchone() or (0, 0)
    key = chain_key(home)
    if number > key.number:  # the program stopped between a seal and its key
        keep_first_key(home, key)
        origin = connection.execute(_ORIGIN).fetchone()[0]
        secret = advanced(key.secret, number - key.number)
        key = replace(key, number=number, secret=secret, sealed=sealed, origin=origin)
        save_chain_key(home.chain_key, key)
    return Trail(home, key, first_seal=number == 0)


def chain_key(home: Home) -> ChainKey:
    """The key of the moment; that of a home of before there were seals is its first key.

    Raises:
        StoreError: ST-KEY or ST-KEY-MISSING.
    """
    if not home.chain_key.exists() and home.audit_key.exists():
        save_chain_key(home.chain_key, ChainKey(0, load_key(home.audit_key)))
    return load_chain_key(home.chain_key)


def keep_first_key(home: Home, key: ChainKey) -> None:
    """Before the first key is replaced: keeps it until it is handed over to the administrator."""
    if key.number == 0:
        make_secret(home.audit_key, key.secret)


def require_not_behind(connection: sqlite3.Connection, home: Home, head: Head | None) -> None:
    """Lets a log through that is at least as long as the head file says, and the same one.

    Raises:
        StoreError: ST-BEHIND.
    """
    (count,) = connection.execute("SELECT coalesce(max(seq), 0) FROM audit_entries").fetchone()
    if head is None:
        raise StoreError(
            "ST-BEHIND",
            f"The head file {home.audit_head} is missing: nobody can tell whether the newest entries of the audit log "
            f"({count} now) were cut off.",
            f"Run fovea audit verify; once it is known what happened, fovea restore {home.database} goes on from it.",
        )
    if head.count == 0:
        return
    at_head = connection.execute(_MAC, (head.count,)).fetchone()
    if at_head is None or at_head[0] != head.mac:
        raise behind(home, head, count)


def require_still_there(connection: sqlite3.Connection, home: Home, known: Head | None) -> None:
    """Lets a log through that still holds an entry which this process saw in it.

    Raises:
        StoreError: ST-BEHIND where it does not: another copy was put in the place of the database.
    """
    if known is None:
        return
    there = connection.execute(_MAC, (known.count,)).fetchone()
    if there is None or there[0] != known.mac:
        raise StoreError(
            "ST-BEHIND",
            f"{home.database} was put back, or another in its place, while this program had it open: entry "
            f"{known.count} of its audit log is not there any more.",
            "Start the program again, which goes on with the records that are there now.",
        )


def newest_in(connection: sqlite3.Connection) -> Head | None:
    """The newest entry of a log, for `require_still_there`."""
    row = connection.execute("SELECT seq, mac FROM audit_entries ORDER BY seq DESC LIMIT 1").fetchone()
    return None if row is None else Head(*row)


def behind(home: Home, head: Head, count: int) -> StoreError:
    """The database is not the one that the head file was written for."""
    return StoreError(
        "ST-BEHIND",
        f"The audit log in {home.database} has {count} entries; {home.audit_head} names entry {head.count}, which is "
        "not among them: entries were cut off, or another copy was put in place.",
        f"Run fovea audit verify; fovea restore puts a copy back with a record of it, or goes on from {home.database}.",
    )


def entries(connection: Connection) -> Iterator[AuditEntry]:
    """Every entry, oldest first, without holding the whole log in memory."""
    rows = connection.execution_options(yield_per=1000).execute(_IN_ORDER)
    return (AuditEntry(*row) for row in rows)
