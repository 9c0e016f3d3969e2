"""The one connection of a process that writes: a transaction at a time, and the audit log's end after each commit."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from engine.store.statement import driver_of
from engine.store.trail import Trail


class Writer:
    """Kept open between writes, since opening and closing one costs a quarter of a record.

    Args:
        engine: where the connection comes from.
        trail: told of every commit and rollback.
    """

    def __init__(self, engine: Engine, trail: Trail) -> None:
        self._engine = engine
        self._trail = trail
        self._turn = threading.Lock()
        self._connection: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction of its own: one thread at a time here, one process at a time by SQLite's own lock.

        It is immediate: a deferred one that reads the head of the log and then writes fails with SQLITE_BUSY_SNAPSHOT
        as soon as another process has written in between, however long it is willing to wait.
        """
        with self._turn:
            connection = self._connection = self._connection or self._connect()
            driver = driver_of(connection)
            driver.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                driver.execute("COMMIT")
            except BaseException:
                self._undo(driver)
                raise
            finally:
                if connection.in_transaction():  # SQLAlchemy's own account of it, where a unit used its statements
                    connection.rollback()
            self._trail.committed()

    def close(self) -> None:
        """Lets go of the connection."""
        if self._connection is not None:
            self._connection.close()

    def _connect(self) -> Connection:
        return self._engine.connect().execution_options(begin="")

    def _undo(self, driver: sqlite3.Connection) -> None:
        self._trail.undone()
        if driver.in_transaction:  # some failures have rolled back already
            driver.execute("ROLLBACK")
