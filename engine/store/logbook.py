"""The audit log for whoever reads it: entries page by page, and the seals that go with them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, select

from engine.audit.log import AuditEntry, utc_text
from engine.audit.seal import Seal
from engine.store.database import Store
from engine.store.tables import audit_entries, audit_seals


def page(
    store: Store, limit: int, after: int = 0, since: datetime | None = None, until: datetime | None = None
) -> tuple[AuditEntry, ...]:
    """A page of the log, oldest first.

    Args:
        store: where from.
        limit: most entries of the page.
        after: the `seq` of the last entry of the page before; 0 for the first page.
        since: appended then or later, UTC.
        until: appended before, UTC.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    query = select(audit_entries).where(audit_entries.c.seq > after).order_by(audit_entries.c.seq).limit(limit)
    if since is not None:
        query = query.where(audit_entries.c.at >= utc_text(since))
    if until is not None:
        query = query.where(audit_entries.c.at < utc_text(until))
    with store.reading() as connection:
        return tuple(AuditEntry(*row) for row in connection.execute(query))


def seals(store: Store) -> tuple[Seal, ...]:
    """Every seal, oldest first: what exports carry.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        return seals_in(connection)


def seals_in(connection: Connection) -> tuple[Seal, ...]:
    """As `seals`, on a connection that is already reading."""
    return tuple(Seal(*row) for row in connection.execute(select(audit_seals).order_by(audit_seals.c.number)))


def newest(
    store: Store, limit: int, before: int | None = None, text: str = "", action: str = ""
) -> tuple[AuditEntry, ...]:
    """A page of the log, newest first.

    Args:
        store: where from.
        limit: most entries of the page.
        before: the `seq` of the last entry of the page before; None for the first page.
        text: part of the actor, the action, the subject or the detail; empty for any.
        action: how the action begins, `review.`; empty for any.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    columns = audit_entries.c
    query = select(audit_entries).order_by(columns.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(columns.seq < before)
    if action:
        query = query.where(columns.action.startswith(action, autoescape=True))
    if text:
        searched = (columns.actor, columns.action, columns.subject, columns.detail)
        query = query.where(or_(*(column.contains(text, autoescape=True) for column in searched)))
    with store.reading() as connection:
        return tuple(AuditEntry(*row) for row in connection.execute(query))
