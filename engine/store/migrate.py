"""From any released schema to this program's, in one transaction, after a copy was made."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from engine.audit.key import load_key, make_key
from engine.audit.log import AuditDraft
from engine.clock import Clock
from engine.errors import StoreError
from engine.places import Home
from engine.store.filesystem import audit_key_path
from engine.store.trail import append


@dataclass(frozen=True, slots=True)
class Schema:
    """The schemas a program knows.

    Args:
        revisions: oldest first; the last is the one it works with.
        scripts: the folder with Alembic's `env.py` and `versions/`.
    """

    revisions: tuple[str, ...]
    scripts: Path


SCHEMA = Schema(("0001", "0002", "0003"), Path(__file__).parent / "migrations")
"""Names the revisions here too, so that opening a database that is up to date does not import Alembic."""


def bring_up_to_date(engine: Engine, home: Home, clock: Clock, schema: Schema = SCHEMA) -> None:
    """Makes or migrates the database where needed; the caller holds the opening lock.

    Raises:
        StoreError: ST-NEWER for a database of a later program, ST-FOREIGN for one of another program.
    """
    with engine.connect() as connection:
        found = _revision(connection, home, schema)
    if found == schema.revisions[-1]:
        return
    if found is None:
        make_key(audit_key_path(home))
    key = load_key(audit_key_path(home))
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        if found is not None:
            _copy(home, found, clock)
        _upgrade(connection, schema)
        append(connection, _draft(found, schema), clock.now(), key)


def _revision(connection: Connection, home: Home, schema: Schema) -> str | None:
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
    source, copy = sqlite3.connect(home.database), sqlite3.connect(temporary)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
    temporary.replace(target)


def _upgrade(connection: Connection, schema: Schema) -> None:
    # Late, for start-up time: Alembic is needed once for each schema, and its import costs as much as SQLAlchemy's.
    from alembic import command  # noqa: PLC0415 - start-up time
    from alembic.config import Config  # noqa: PLC0415 - start-up time

    config = Config()
    config.set_main_option("script_location", str(schema.scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, schema.revisions[-1])


def _draft(found: str | None, schema: Schema) -> AuditDraft:
    action = "store.created" if found is None else "store.migrated"
    return AuditDraft("fovea", action, "store", {"from": found, "to": schema.revisions[-1]})
