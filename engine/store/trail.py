"""The audit log as kept in the database: appended inside the writer's transaction, read in order, verified."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, insert, select

from engine.audit.chain import link
from engine.audit.log import AuditDraft, AuditEntry
from engine.store.tables import audit_entries

_COLUMNS = tuple(audit_entries.c)
_NEWEST = select(*_COLUMNS).order_by(audit_entries.c.seq.desc()).limit(1)
_IN_ORDER = select(*_COLUMNS).order_by(audit_entries.c.seq)
_APPEND = insert(audit_entries)


def append(connection: Connection, draft: AuditDraft, at: datetime, key: bytes) -> AuditEntry:
    """Appends an entry; the connection's transaction was begun with BEGIN IMMEDIATE, so the head read here stays it."""
    row = connection.execute(_NEWEST).one_or_none()
    entry = link(draft, at, None if row is None else AuditEntry(*row), key)
    connection.execute(
        _APPEND,
        {
            "seq": entry.seq,
            "at": entry.at,
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "detail": entry.detail,
            "previous": entry.previous,
            "mac": entry.mac,
        },
    )
    return entry


def entries(connection: Connection) -> Iterator[AuditEntry]:
    """Every entry, oldest first, without holding the whole log in memory."""
    rows = connection.execution_options(yield_per=1000).execute(_IN_ORDER)
    return (AuditEntry(*row) for row in rows)
