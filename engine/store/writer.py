"""The one connection of a process that writes: a transaction at a time, and the audit log's end after each commit."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from engine.places import Home
from engine.store.faults import named_faults, named_file_faults
from engine.store.statement import driver_of
from engine.store.trail import Trail


class Writer:
    """Kept open between writes, since opening and closing one costs a quarter of a record.

    Args:
        engine: where the connection comes from.
        trail: told of every commit and rollback.
        home: whose database it is, for what fails.
    """

    def __init__(self, engine: Engine, trail: Trail, home: Home) -> None:
        self._database, self._root = home.database, home.root
        self._engine = engine
        self._trail = trail
        self._turn = threading.Lock()
        self._connection: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction of its own: one thread at a time here, one process at a time by SQLite's own lock.

        It is immediate: a deferred one that reads the head of the log and then writes fails with SQLITE_BUSY_SNAPSHOT
        as soon as another process has written in between, however long it is willing to wait.

        Raises:
            StoreError: ST-LOCKED, ST-READONLY, ST-FULL, ST-CORRUPT or ST-IO; nothing was written.
            ProgramError: PR-STORE for what our own statements got wrong; nothing was written.
        """
        with self._turn, named_faults(self._database), named_file_faults(self._root):
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
