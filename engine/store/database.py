"""Opening the store: the one SQLite file of a home, its safety settings, and this process's end of the audit log.

`open_store` makes what is missing, brings an older schema up to date and refuses what it cannot keep safe. Reading is
`with store.reading() as connection`; the one way to write is `engine.store.write.write`. At the end the log is sealed.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from engine.clock import Clock, SystemClock
from engine.errors import FoveaError, StoreError
from engine.places import Home
from engine.store.clock_watch import ClockWatch
from engine.store.faults import named_faults, named_file_faults
from engine.store.filesystem import make_private, opening
from engine.store.migrate import bring_up_to_date
from engine.store.statement import driver_of
from engine.store.trail import Trail, open_trail
from engine.store.writer import Writer

_log = logging.getLogger(__name__)

LISTING_CACHE_KIB = 16_000
"""Holds the inner pages of every index of a million records: for who lists, searches and counts."""

WORKING_CACHE_KIB = 2_000
"""For who takes up and records one study after the other, for months: each connection of a worker fills its own."""

_KEPT_OPEN = 3
"""Connections of a store for reading."""

_OPENING_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; threads may share it.

    Args:
        home: whose records these are.
        clock: what `recorded_at` and the audit log are stamped with.
        engine: SQLAlchemy's; stays inside `engine.store`.
        trail: this process's end of the audit log.
        writer: the connection that writes.
        watch: notices where the clock jumped between two writes.
    """

    home: Home
    clock: Clock
    engine: Engine = field(repr=False)
    trail: Trail = field(repr=False)
    writer: Writer = field(repr=False)
    watch: ClockWatch = field(repr=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state until the block ends; keep it short.

        Raises:
            StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
        """
        with named_faults(self.home.database), self.engine.connect() as connection:
            yield connection


@contextmanager
def open_store(
    home: Home, clock: Clock | None = None, busy_timeout_s: float = 10.0, cache_kib: int = LISTING_CACHE_KIB
) -> Iterator[Store]:
    """Opens the store of a home, making it where there is none.

    Args:
        home: the folder that holds all state.
        clock: replaced in tests.
        busy_timeout_s: how long to wait for another process that is writing.
        cache_kib: pages that each connection keeps at most; they are kept for as long as it is open.

    Raises:
        StoreError: ST-NETWORK, ST-HOME, ST-READONLY, ST-FULL, ST-CORRUPT, ST-FOREIGN, ST-LOCKED, ST-IO, ST-NEWER,
            ST-WAL, ST-KEY, ST-KEY-MISSING, ST-HEAD or ST-BEHIND.
    """
    store = _open(home, clock or SystemClock(), busy_timeout_s, cache_kib)
    try:
        yield store
    finally:
        _seal_what_was_written(store)
        store.writer.close()
        store.trail.close()
        store.engine.dispose()


def _open(home: Home, clock: Clock, busy_timeout_s: float, cache_kib: int) -> Store:
    with named_faults(home.database), named_file_faults(home.root):
        make_private(home)
        engine = connect(home.database, busy_timeout_s, cache_kib)
        try:
            with opening(home, _OPENING_LIMIT_S):
                bring_up_to_date(engine, home, clock)
                with engine.connect() as connection:
                    trail = open_trail(driver_of(connection), home)
            return Store(home, clock, engine, trail, Writer(engine, trail, home), ClockWatch(clock))
        except BaseException:
            engine.dispose()
            raise


def _seal_what_was_written(store: Store) -> None:
    """At stop. Where it cannot be done now, whoever writes next seals these entries with the next ones."""
    if not store.trail.unsealed:
        return
    try:
        with store.writer.transaction() as connection:
            store.trail.seal(driver_of(connection), store.clock.now())
    except FoveaError:
        _log.exception("The audit log was not sealed at stop")


def plain_engine(database: Path) -> Engine:
    """SQLAlchemy's engine for a copy that nobody else has open."""
    return create_engine(URL.create("sqlite", database=str(database)))


def connect(database: Path, busy_timeout_s: float, cache_kib: int = LISTING_CACHE_KIB) -> Engine:
    """SQLAlchemy's engine for a database in use, with the settings that keep it safe."""
    # Few stay open, and the one used last comes first: a rare crowd leaves neither descriptors nor caches behind.
    engine = create_engine(
        URL.create("sqlite", database=str(database)),
        connect_args={"timeout": busy_timeout_s},
        pool_size=_KEPT_OPEN,
        pool_use_lifo=True,
    )

    @event.listens_for(engine, "connect")
    def make_safe(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # The driver would open transactions by itself, deferred and not before DDL; `begin` below opens all of them.
        connection.isolation_level = None
        (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        if mode != "wal":
            raise StoreError(
                "ST-WAL",
                f"{database} cannot use a write-ahead log here (SQLite chose '{mode}').",
                "Name a folder on a local disk with FOVEA_HOME.",
            )
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA cache_size=-{cache_kib}")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if statement := connection.get_execution_options().get("begin", "BEGIN"):  # the writer begins by itself
            connection.exec_driver_sql(statement)

    return engine
