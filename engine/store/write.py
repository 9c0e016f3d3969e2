"""The one way to write: a unit and its audit entry in one transaction, everything or nothing."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Connection

from engine.audit.log import AuditDraft, AuditEntry
from engine.store.database import Store
from engine.store.statement import driver_of


class Unit(Protocol):
    """One change of the records; a frozen value, ready to be applied."""

    @property
    def audit(self) -> AuditDraft:
        """What the log will say about it; asked for after the change was made."""

    def apply(self, connection: Connection) -> None:
        """Makes the change. Whatever it raises undoes all of it, and nothing is logged."""


def write(store: Store, unit: Unit) -> AuditEntry:
    """Applies a unit and appends its audit entry; on return both are on the disk, and the head file knows.

    Where the clock jumped since this process's last write, an entry of its own says so first.

    Raises:
        StoreError: ST-LOCKED, ST-READONLY, ST-FULL, ST-CORRUPT or ST-IO; nothing was written. ST-BEHIND where
            another copy was put in the place of the database.
        ProgramError: PR-STORE where the unit breaks a constraint; nothing was written.
    """
    with store.writer.transaction() as connection:
        unit.apply(connection)
        driver = driver_of(connection)
        if jump := store.watch.jump():
            store.trail.append(driver, jump, store.clock.now())
        return store.trail.append(driver, unit.audit, store.clock.now())


def note(store: Store, draft: AuditDraft) -> AuditEntry:
    """Appends an entry about something that changes no other row, such as a view or an export.

    Raises:
        StoreError: as `write`.
    """
    return write(store, _Note(draft))


class _Note:
    """The unit that changes nothing."""

    def __init__(self, draft: AuditDraft) -> None:
        self.audit = draft

    def apply(self, connection: Connection) -> None:
        pass
