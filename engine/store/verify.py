"""The check of everything recorded: the audit log's chain, then each record against what the log says of it."""

from __future__ import annotations

import json

from engine.audit.chain import Break, first_break
from engine.store.database import Store
from engine.store.outcomes import RECORDED, find_in
from engine.store.trail import entries


def verify(store: Store) -> Break | None:
    """The first entry that does not hold, or whose record was changed or removed; None if all is intact.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        if broken := first_break(entries(connection), store.key):
            return broken
        for entry in entries(connection):
            if entry.action != RECORDED:
                continue
            detail = json.loads(entry.detail)
            kept = find_in(connection, entry.subject, detail["attempt"])
            if kept is None:
                return Break(entry.seq, f"records an outcome that was removed: arrival {entry.subject}")
            if kept.commitment != detail["commitment"]:
                return Break(entry.seq, f"records an outcome that was changed since: arrival {entry.subject}")
    return None
