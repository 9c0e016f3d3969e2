"""Opening the store: the one SQLite file of a home, its safety settings, and its audit key.

`open_store` makes what is missing, brings an older schema up to date and refuses what it cannot keep safe. Reading is
`with store.reading() as connection`; the one way to write is `engine.store.write.write`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from engine.audit.key import load_key
from engine.clock import Clock, SystemClock
from engine.errors import StoreError
from engine.places import Home
from engine.store.faults import named_faults, named_file_faults
from engine.store.filesystem import audit_key_path, make_private, opening
from engine.store.migrate import bring_up_to_date

_OPENING_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; threads may share it.

    Args:
        home: whose records these are.
        clock: what `recorded_at` and the audit log are stamped with.
        engine: SQLAlchemy's; stays inside `engine.store`.
        key: the secret of this home's audit log.
    """

    home: Home
    clock: Clock
    engine: Engine = field(repr=False)
    key: bytes = field(repr=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state until the block ends; keep it short.

        Raises:
            StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
        """
        with named_faults(self.home.database), self.engine.connect() as connection:
            yield connection


@contextmanager
def open_store(home: Home, clock: Clock | None = None, busy_timeout_s: float = 10.0) -> Iterator[Store]:
    """Opens the store of a home, making it where there is none.

    Args:
        home: the folder that holds all state.
        clock: replaced in tests.
        busy_timeout_s: how long to wait for another process that is writing.

    Raises:
        StoreError: ST-NETWORK, ST-HOME, ST-READONLY, ST-FULL, ST-CORRUPT, ST-FOREIGN, ST-LOCKED, ST-IO, ST-NEWER,
            ST-WAL, ST-KEY or ST-KEY-MISSING.
    """
    store = _open(home, clock or SystemClock(), busy_timeout_s)
    try:
        yield store
    finally:
        store.engine.dispose()


def _open(home: Home, clock: Clock, busy_timeout_s: float) -> Store:
    with named_faults(home.database), named_file_faults(home.root):
        make_private(home)
        engine = _engine(home, busy_timeout_s)
        try:
            with opening(home, _OPENING_LIMIT_S):
                bring_up_to_date(engine, home, clock)
            return Store(home, clock, engine, load_key(audit_key_path(home)))
        except BaseException:
            engine.dispose()
            raise


def _engine(home: Home, busy_timeout_s: float) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(home.database)), connect_args={"timeout": busy_timeout_s})

    @event.listens_for(engine, "connect")
    def make_safe(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # The driver would open transactions by itself, deferred and not before DDL; `begin` below opens all of them.
        connection.isolation_level = None
        (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        if mode != "wal":
            raise StoreError(
                "ST-WAL",
                f"{home.database} cannot use a write-ahead log here (SQLite chose '{mode}').",
                "Name a folder on a local disk with FOVEA_HOME.",
            )
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine
