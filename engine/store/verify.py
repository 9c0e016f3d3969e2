"""The check of everything recorded: the audit log's chain, then each record against what the log says of it."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from engine.audit.chain import Break, first_break
from engine.store.database import Store
from engine.store.outcomes import RECORDED, find_in
from engine.store.queue import QUEUED, is_known
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
            if entry.action == QUEUED and not is_known(connection, entry.subject):
                return Break(entry.seq, f"records an arrival in the queue that was removed: {entry.subject}")
            if entry.action != RECORDED:
                continue
            detail = json.loads(entry.detail)
            kept = _commitment_of(connection, entry.subject, detail["attempt"])
            if kept is None:
                return Break(entry.seq, f"records an outcome that was removed: arrival {entry.subject}")
            if kept != detail["commitment"]:
                return Break(entry.seq, f"records an outcome that was changed since: arrival {entry.subject}")
    return None


def _commitment_of(connection: Connection, arrival_id: str, attempt: int) -> str | None:
    try:
        kept = find_in(connection, arrival_id, attempt)
        return kept.commitment if kept else None
    except (ValueError, TypeError):
        return ""  # changed into something that is no outcome any more
