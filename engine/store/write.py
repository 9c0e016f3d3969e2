"""The one way to write: a unit and its audit entry in one transaction, everything or nothing."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Connection

from engine.audit.log import AuditDraft, AuditEntry
from engine.store.database import Store
from engine.store.faults import named_faults
from engine.store.trail import append


class Unit(Protocol):
    """One change of the records; a frozen value, ready to be applied."""

    @property
    def audit(self) -> AuditDraft:
        """What the log will say about it."""

    def apply(self, connection: Connection) -> None:
        """Makes the change. Whatever it raises undoes all of it, and nothing is logged."""


def write(store: Store, unit: Unit) -> AuditEntry:
    """Applies a unit and appends its audit entry; on return both are on the disk.

    The transaction is immediate: a deferred one that reads the head of the log and then writes fails with
    SQLITE_BUSY_SNAPSHOT as soon as another process has written in between, however long it is willing to wait.

    Raises:
        StoreError: ST-LOCKED, ST-READONLY, ST-FULL, ST-CORRUPT or ST-IO; nothing was written.
        ProgramError: PR-STORE where the unit breaks a constraint; nothing was written.
    """
    with (
        named_faults(store.home.database),
        store.engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection,
        connection.begin(),
    ):
        unit.apply(connection)
        return append(connection, unit.audit, store.clock.now(), store.key)
