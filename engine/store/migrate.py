"""From any released schema to this program's, in one transaction, after a copy was made."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from engine.audit.actions import PROGRAM, Act
from engine.audit.chain import ORIGIN, end_of, link
from engine.audit.head import Head, HeadFile, read_head
from engine.audit.key import make_key
from engine.audit.log import AuditDraft, AuditEntry, Json
from engine.audit.ratchet import advanced
from engine.clock import Clock
from engine.errors import StoreError
from engine.places import Home
from engine.store.statement import driver_of
from engine.store.stored_log import StoredLog, add_entry, head_of
from engine.store.trail import behind, chain_key


@dataclass(frozen=True, slots=True)
class Schema:
    """The schemas a program knows.

    Args:
        revisions: oldest first; the last is the one it works with.
        scripts: the folder with Alembic's `env.py` and `versions/`.
    """

    revisions: tuple[str, ...]
    scripts: Path


SCHEMA = Schema(("0001", "0002", "0003", "0004", "0005"), Path(__file__).parent / "migrations")
"""Names the revisions here too, so that opening a database that is up to date does not import Alembic."""


_ALEMBIC = threading.Lock()
"""Alembic keeps what it works on in its module: two homes that are made at once would get each other's connection."""


def bring_up_to_date(engine: Engine, home: Home, clock: Clock, schema: Schema = SCHEMA) -> None:
    """Makes or migrates the database where needed; the caller holds the opening lock.

    Raises:
        StoreError: ST-NEWER for a database of a later program, ST-FOREIGN for one of another program, ST-BEHIND for
            an empty one where there was a log, ST-KEY-MISSING.
    """
    with engine.connect() as connection:
        found = revision_of(connection, home, schema)
    if found == schema.revisions[-1]:
        return
    head = read_head(home.audit_head)
    if found is None:
        if head is not None and head.count > 0:
            raise behind(home, head, 0)
        make_key(home.audit_key)
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        if found is not None:
            _copy(home, found, clock)
        upgrade(connection, schema)
        _start_head_file(connection, home, head)
        _append(connection, home, _draft(found, schema, connection), clock)


def _start_head_file(connection: Connection, home: Home, head: Head | None) -> None:
    """Before the commit, so that a missing head file always means that somebody took it away."""
    if head is not None:
        return
    with closing(HeadFile(home.audit_head)) as file:
        file.advance(head_of(driver_of(connection)))


def _append(connection: Connection, home: Home, draft: AuditDraft, clock: Clock) -> None:
    newest, key = _newest(connection), chain_key(home)
    last_seal = connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM audit_seals").scalar_one()
    secret = advanced(key.secret, max(0, last_seal - key.number))
    entry = link(draft, clock.now(), ORIGIN if newest is None else end_of(newest), secret)
    add_entry(driver_of(connection), entry)


def revision_of(connection: Connection, home: Home, schema: Schema) -> str | None:
    """The schema of a database; None of one that holds nothing.

    Raises:
        StoreError: ST-NEWER for a database of a later program, ST-FOREIGN for one of another program.
    """
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    if not names:
        return None
    if "alembic_version" not in names or "audit_entries" not in names:
        raise StoreError(
            "ST-FOREIGN",
            f"{home.database} is a database of another program (its first table is '{names[0]}').",
            "Move it away, or name another home with FOVEA_HOME.",
        )
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    if revision not in schema.revisions:
        raise StoreError(
            "ST-NEWER",
            f"{home.database} has schema {revision}, this program knows up to {schema.revisions[-1]}.",
            "Install the newer Fovea again, or put back the copy made before its migration "
            f"({home.database.stem}-schema-*.db).",
        )
    return str(revision)


def _copy(home: Home, found: str, clock: Clock) -> None:
    """A consistent copy beside the database; the caller holds the write lock, so nothing changes meanwhile."""
    target = home.root / f"{home.database.stem}-schema-{found}-{clock.now():%Y%m%dT%H%M%SZ}.db"
    temporary = target.with_suffix(".partial")
    temporary.unlink(missing_ok=True)
    os.close(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(home.database)) as source, closing(sqlite3.connect(temporary)) as copy:
        source.backup(copy)
    temporary.replace(target)


def upgrade(connection: Connection, schema: Schema) -> None:
    """Changes the tables to those of the newest schema, inside the caller's transaction."""
    # Late, for start-up time: Alembic is needed once for each schema, and its import costs as much as SQLAlchemy's.
    from alembic import command  # noqa: PLC0415 - start-up time
    from alembic.config import Config  # noqa: PLC0415 - start-up time

    config = Config()
    config.set_main_option("script_location", str(schema.scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _ALEMBIC:
        command.upgrade(config, schema.revisions[-1])


def _newest(connection: Connection) -> AuditEntry | None:
    log = StoredLog(driver_of(connection))
    return log.at(log.count)


def _draft(found: str | None, schema: Schema, connection: Connection) -> AuditDraft:
    to, newest = schema.revisions[-1], _newest(connection)
    if found is None or newest is None:
        return AuditDraft(PROGRAM, Act.STORE_CREATED, "store", {"from": found, "to": to})
    detail: dict[str, Json] = {"from": found, "to": to, "old_count": newest.seq, "old_mac": newest.mac}
    return AuditDraft(PROGRAM, Act.STORE_MIGRATED, "store", detail)
