"""Operators as stored: adding, disabling, changing passwords. Logging in is `engine.store.login`.

A home without operators has one person: the user of the operating system. The first operator that is added, an
administrator, makes it a site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.audit.actions import Act
from engine.audit.commitment import commit, new_salt
from engine.audit.log import AuditDraft, Json, utc_text
from engine.domain.operator import Action, Operator, Role
from engine.errors import UsageError
from engine.operators.password import hashed
from engine.operators.session import Session
from engine.store.database import Store
from engine.store.tables import operators
from engine.store.write import write

_NAME_MOST = 64


def listed(store: Store) -> tuple[Operator, ...]:
    """Every operator by name, disabled ones too; empty in a single-operator home.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        rows = connection.execute(select(operators).order_by(operators.c.name)).mappings()
        return tuple(operator_of(dict(row)) for row in rows)


def is_site(store: Store) -> bool:
    """Whether people log in here."""
    with store.reading() as connection:
        return connection.execute(select(operators.c.name).limit(1)).first() is not None


def add(store: Store, session: Session, name: str, role: Role, secret: str) -> Operator:
    """Adds an operator. The first one is an administrator, and from then on people log in.

    Raises:
        UsageError: US-ROLE, US-IDLE, US-PASSWORD, US-OPERATOR where the name is taken or no name, US-ADMINISTRATOR
            where the first one is none.
    """
    session.require(Action.MANAGE_OPERATORS)
    if not name.isprintable() or name != name.strip() or not 1 <= len(name) <= _NAME_MOST:
        raise UsageError("US-OPERATOR", f"{name!r} is no name for an operator.", "Give up to 64 printable characters.")
    row = _new_row(name, role, hashed(secret), store.clock.now())
    write(store, _Added(session.name, row))
    return operator_of(row)


def disable(store: Store, session: Session, name: str) -> None:
    """Keeps an operator from logging in. Nobody is deleted: the name stands in signatures.

    Raises:
        UsageError: US-ROLE, US-IDLE, US-OPERATOR where nobody has the name, US-ADMINISTRATOR for the last one.
    """
    session.require(Action.MANAGE_OPERATORS)
    write(store, _Changed(session.name, Act.OPERATOR_DISABLED, name, {"disabled_at": store.clock.now()}))


def change_password(store: Store, session: Session, name: str, secret: str) -> None:
    """Gives an operator a new password or PIN: one's own, or anybody's for whoever manages operators.

    Raises:
        UsageError: US-ROLE, US-IDLE, US-PASSWORD, US-OPERATOR where nobody has the name.
    """
    session.seen()
    if session.name != name or session.single:
        session.require(Action.MANAGE_OPERATORS)
    new = {"secret": hashed(secret), "failures": 0, "failed_at": None}
    write(store, _Changed(session.name, Act.PASSWORD_CHANGED, name, new))


def commitments(connection: Connection) -> dict[str, str]:
    """What the newest entry about each operator must say."""
    rows = connection.execute(select(operators)).mappings()
    return {row["name"]: _commitment(dict(row)) for row in rows}


@dataclass(frozen=True, slots=True)
class _Added:
    """The unit of a new operator."""

    actor: str
    row: Mapping[str, Any] = field(repr=False)

    @property
    def audit(self) -> AuditDraft:
        detail: dict[str, Json] = {"role": self.row["role"], "commitment": _commitment(self.row)}
        return AuditDraft(self.actor, Act.OPERATOR_ADDED, self.row["name"], detail)

    def apply(self, connection: Connection) -> None:
        first = connection.execute(select(operators.c.name).limit(1)).first() is None
        if first and self.row["role"] != Role.ADMINISTRATOR:
            raise _needs_administrator("The first operator of a site")
        if row_of(connection, self.row["name"]) is not None:
            raise UsageError("US-OPERATOR", f"There is an operator {self.row['name']} already.", "Choose another name.")
        connection.execute(insert(operators), dict(self.row))


@dataclass(slots=True)
class _Changed:
    """The unit of a changed operator; what the row is afterwards is known only once it was changed."""

    actor: str
    act: Act
    name: str
    new: Mapping[str, Any] = field(repr=False)
    commitment: str = ""

    @property
    def audit(self) -> AuditDraft:
        return AuditDraft(self.actor, self.act, self.name, {"commitment": self.commitment})

    def apply(self, connection: Connection) -> None:
        connection.execute(update(operators).where(operators.c.name == self.name).values(**self.new))
        row = row_of(connection, self.name)
        if row is None:
            raise UsageError("US-OPERATOR", f"There is no operator {self.name}.", "See fovea operators list.")
        able = (operators.c.role == Role.ADMINISTRATOR.value) & operators.c.disabled_at.is_(None)
        if connection.execute(select(operators.c.name).where(able).limit(1)).first() is None:
            raise _needs_administrator("A site")
        self.commitment = _commitment(row)


def _new_row(name: str, role: Role, kept: str, at: datetime) -> dict[str, Any]:
    return {
        "name": name,
        "role": role.value,
        "secret": kept,
        "added_at": at,
        "disabled_at": None,
        "failures": 0,
        "failed_at": None,
        "salt": new_salt(),
    }


def row_of(connection: Connection, name: str) -> dict[str, Any] | None:
    """The row of an operator; None where nobody has the name."""
    row = connection.execute(select(operators).where(operators.c.name == name)).mappings().one_or_none()
    return None if row is None else dict(row)


def operator_of(row: Mapping[str, Any]) -> Operator:
    """The operator of a row."""
    return Operator(row["name"], Role(row["role"]), row["added_at"], row["disabled_at"])


def _commitment(row: Mapping[str, Any]) -> str:
    disabled_at = row["disabled_at"]
    facts: dict[str, Json] = {
        "name": row["name"],
        "role": row["role"],
        "secret": row["secret"],
        "added_at": utc_text(row["added_at"]),
        "disabled_at": None if disabled_at is None else utc_text(disabled_at),
    }
    return commit(row["salt"], facts)


def _needs_administrator(what: str) -> UsageError:
    return UsageError(
        "US-ADMINISTRATOR",
        f"{what} needs an administrator who can log in.",
        "Add one first: fovea operators add NAME --role administrator.",
    )
