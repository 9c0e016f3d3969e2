"""Notices that something in the database changed, without reading any of it."""

from __future__ import annotations

from engine.store.database import Store
from engine.store.faults import named_faults


class Changes:
    """One watcher over a store, for one thread at a time; closed at the end.

    Args:
        store: whose commits it notices, those of other processes and of other connections of this one alike.

    Source:
        sqlite.org/pragma.html#pragma_data_version
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        # The number is comparable on one connection only, so it is not given back to the pool in between.
        self._connection = store.engine.raw_connection()
        self._version = -1

    def seen(self) -> bool:
        """Whether anything was committed since the last call; at the first one it is taken for granted.

        Raises:
            StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
        """
        with named_faults(self._store.home.database):
            (version,) = self._connection.cursor().execute("PRAGMA data_version").fetchone()
        before, self._version = self._version, int(version)
        return self._version != before

    def close(self) -> None:
        """Gives the connection back."""
        self._connection.close()
