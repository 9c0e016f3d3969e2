"""Noticing that the database changed, without asking for what changed, and that it is still the same one."""

from __future__ import annotations

import sqlite3
from typing import cast

from engine.store.database import Store
from engine.store.faults import named_faults
from engine.store.trail import newest_in, require_still_there


class Changes:
    """One watcher over a store, for one thread at a time; closed at the end.

    Args:
        store: whose commits it notices, those of other processes and of other connections of this one alike.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.

    Source:
        sqlite.org/pragma.html#pragma_data_version
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        # The number is comparable on one connection only, so it is not given back to the pool in between.
        self._connection = store.engine.raw_connection()
        self._driver = cast(sqlite3.Connection, self._connection.driver_connection)
        self._version = -1
        with named_faults(store.home.database):
            self._newest = newest_in(self._driver)

    def seen(self) -> bool:
        """Whether anything was committed since the last call; at the first one it is taken for granted.

        Raises:
            StoreError: ST-LOCKED, ST-CORRUPT or ST-IO; ST-BEHIND where another copy was put in the place of the
                database: what its reader knows from before is not true any more.
        """
        with named_faults(self._store.home.database):
            (version,) = self._driver.execute("PRAGMA data_version").fetchone()
            if self._version == version:
                return False
            require_still_there(self._driver, self._store.home, self._newest)
            self._version, self._newest = int(version), newest_in(self._driver)
        return True

    def close(self) -> None:
        """Gives the connection back."""
        self._connection.close()
