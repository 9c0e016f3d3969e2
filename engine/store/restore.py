"""Putting a copy of the database back: checked first, the present one kept aside, and recorded in the log itself.

The copy is made ready beside the database (brought to this program's schema, sealed, its log extended by the entry
that names the old head) and then written over it in one transaction of SQLite, so that whoever stops the machine finds
either the old records or the restored ones.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from engine.audit.actions import Act
from engine.audit.chain import ORIGIN, end_of, link
from engine.audit.head import Head, HeadFile, read_head
from engine.audit.log import AuditDraft, Json, utc_text
from engine.audit.ratchet import ChainKey, advanced, save_chain_key
from engine.audit.seal import Seal, Sealer
from engine.clock import Clock
from engine.domain.operator import Action
from engine.errors import StoreError
from engine.operators.session import Session
from engine.places import Home
from engine.store.copies import copy_database, require_sound_file, unsound
from engine.store.database import plain_engine
from engine.store.faults import named_faults, named_file_faults
from engine.store.filesystem import make_private, opening
from engine.store.migrate import SCHEMA, revision_of, upgrade
from engine.store.stored_log import StoredLog, add_entry, add_seal, head_of, seals_of
from engine.store.trail import chain_key
from engine.store.verify import verify_copy

_OPENING_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Args:
        head: how the log ends now; its newest entry says that it was restored.
        old_head: how it ended before, as the head file said; None where there was none.
        kept: where the database of before lies now; None where there was none.
    """

    head: Head
    old_head: Head | None
    kept: Path | None


def restore(home: Home, copy: Path, session: Session, clock: Clock, first_key: bytes | None = None) -> Restored:
    """Puts a copy in the place of the database.

    Args:
        home: whose database it is.
        copy: as `back_up` or a migration made it.
        session: who asks for it.
        clock: what the entry is stamped with.
        first_key: of the log, where this home has no key: on another machine.

    Raises:
        UsageError: US-ROLE, US-IDLE.
        StoreError: ST-COPY where the copy does not hold or is another home's, ST-NEWER or ST-FOREIGN for one of another
            program, ST-KEY-MISSING where neither the home nor the caller has a key. The database is as it was then.
    """
    session.require(Action.RESTORE)
    require_sound_file(copy)
    with named_faults(home.database), named_file_faults(home.root):
        home.make()
        with opening(home, _OPENING_LIMIT_S):
            old_head, key = _old_head(home), _require_key(home, first_key)
            known = old_head.origin if old_head else key.origin
            ready = home.root / ".restore.partial"
            try:
                copy_database(copy, ready)
                from_schema = _brought_up_to_date(ready, home)
                _require_intact(ready, copy, home, known, first_key)
                kept = _keep_aside(home, clock)
                with closing(sqlite3.connect(ready, isolation_level=None)) as connection:
                    draft = _draft(session.name, old_head, head_of(connection), from_schema)
                    head = _record(connection, home, key, draft, clock.now())
                    _write_over(home, connection)
            finally:
                ready.unlink(missing_ok=True)
            _put_head(home, head)
    return Restored(head, old_head, kept)


def _old_head(home: Home) -> Head | None:
    try:
        return read_head(home.audit_head)
    except StoreError:
        return None  # a head file that somebody spoilt names nothing


def _require_key(home: Home, first_key: bytes | None) -> ChainKey:
    try:
        return chain_key(home)
    except StoreError as error:
        if error.code != "ST-KEY-MISSING" or first_key is None:
            raise
        return ChainKey(0, first_key)


def _brought_up_to_date(ready: Path, home: Home) -> str:
    """The schema that the copy had."""
    engine = plain_engine(ready)
    try:
        with engine.connect() as connection:
            found = revision_of(connection, home, SCHEMA)
            if found is None:
                raise unsound(ready, "it holds nothing")
            if found != SCHEMA.revisions[-1]:
                upgrade(connection, SCHEMA)
                connection.commit()
        return found
    finally:
        engine.dispose()


def _require_intact(ready: Path, copy: Path, home: Home, known: str, first_key: bytes | None) -> None:
    verdict = verify_copy(ready, home, first_key)
    if verdict.broken is not None:
        raise unsound(copy, f"entry {verdict.broken.seq} of its audit log {verdict.broken.how}")
    with closing(sqlite3.connect(ready)) as connection:
        if known and head_of(connection).origin != known:
            raise unsound(copy, "it is a copy of another home's database")


def _keep_aside(home: Home, clock: Clock) -> Path | None:
    """The present database under another name; one that cannot even be read is moved there as it is."""
    if not home.database.exists():
        return None
    kept = home.root / f"{home.database.stem}-before-restore-{clock.now():%Y%m%dT%H%M%SZ}.db"
    try:
        copy_database(home.database, kept)
    except sqlite3.DatabaseError:
        for ending in ("-wal", "-shm"):
            home.database.with_name(home.database.name + ending).unlink(missing_ok=True)
        home.database.replace(kept)
    return kept


def _record(connection: sqlite3.Connection, home: Home, key: ChainKey, draft: AuditDraft, at: datetime) -> Head:
    """Extends the copy's log by the entry that says so, with the key of now: those between are wiped."""
    log = StoredLog(connection)
    newest = log.at(log.count)
    end = ORIGIN if newest is None else end_of(newest)
    number = max((seal.number for seal in seals_of(connection)), default=0)
    sealer = Sealer(home.seal_key, new=True)  # on another machine there is none yet
    connection.execute("BEGIN IMMEDIATE")
    if number < key.number:
        statement = Seal(key.number, number, log.origin, end.seq, end.digest, utc_text(at))
        add_seal(connection, sealer.sign(statement))
        key = replace(key, sealed=end.seq, origin=log.origin)
    key = replace(key, number=max(number, key.number), secret=advanced(key.secret, max(0, number - key.number)))
    add_entry(connection, link(draft, at, end, key.secret))
    connection.execute("COMMIT")
    save_chain_key(home.chain_key, key)
    return head_of(connection)


def _draft(actor: str, old: Head | None, head: Head, from_schema: str) -> AuditDraft:
    detail: dict[str, Json] = {
        "old_count": old.count if old else None,
        "old_mac": old.mac if old else None,
        "count": head.count,
        "mac": head.mac,
        "schema": from_schema,
    }
    return AuditDraft(actor, Act.STORE_RESTORED, "store", detail)


def _write_over(home: Home, ready: sqlite3.Connection) -> None:
    make_private(home)
    with closing(sqlite3.connect(home.database)) as live:
        ready.backup(live)


def _put_head(home: Home, head: Head) -> None:
    with closing(HeadFile(home.audit_head)) as file:
        file.put_back(head)
