"""Handing the log's first key over to the administrator: shown once, then wiped here."""

from __future__ import annotations

from engine.audit.actions import Act
from engine.audit.key import load_key, remove_secret
from engine.audit.log import AuditDraft
from engine.domain.operator import Action
from engine.errors import UsageError
from engine.operators.session import Session
from engine.store.database import Store
from engine.store.faults import named_file_faults
from engine.store.statement import driver_of


def first_key(store: Store, session: Session) -> bytes:
    """The first key of the log, as long as it lies here.

    Raises:
        UsageError: US-ROLE, US-IDLE, US-HANDED-OVER where it was given away already.
        StoreError: ST-KEY where it is no key.
    """
    session.require(Action.HAND_OVER_KEY)
    if not store.home.audit_key.exists():
        raise UsageError(
            "US-HANDED-OVER",
            "The first key of the audit log was handed over already, and is no longer kept here.",
            "Ask whoever keeps it; fovea audit verify --first-key FILE takes it.",
        )
    return load_key(store.home.audit_key)


def forget_first_key(store: Store, session: Session) -> None:
    """Wipes the first key once the administrator has it. The log is sealed first, so that it is not the key of now.

    Raises:
        UsageError: US-ROLE, US-IDLE.
        StoreError: as `write`.
    """
    session.require(Action.HAND_OVER_KEY)
    with store.writer.transaction() as connection:
        driver, now = driver_of(connection), store.clock.now()
        store.trail.append(driver, AuditDraft(session.name, Act.KEY_HANDED_OVER, "store", {}), now)
        store.trail.seal(driver, now)
    with named_file_faults(store.home.root):
        remove_secret(store.home.audit_key)
