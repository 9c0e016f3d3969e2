"""Logging in: the password is checked one attempt at a time, and wrong ones slow the next ones down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from engine.audit.actions import PROGRAM, Act
from engine.audit.key import holding
from engine.audit.log import AuditDraft
from engine.domain.operator import Operator
from engine.errors import UsageError
from engine.operators.password import NOBODYS, matches
from engine.operators.session import IDLE_LIMIT_S, Session
from engine.store.database import Store
from engine.store.faults import named_file_faults
from engine.store.operators import operator_of, row_of
from engine.store.tables import operators
from engine.store.write import note, write

FREE_FAILURES = 3
"""Wrong passwords in a row before the next attempt has to wait."""
_FIRST_WAIT_S = 5.0
_LONGEST_WAIT_S = 900.0


def log_in(store: Store, name: str, secret: str, idle_limit_s: float | None = IDLE_LIMIT_S) -> Session:
    """A session of a person who knows the password. Recorded whether it succeeds or not.

    Raises:
        UsageError: US-LOGIN for a wrong name or password, US-WAIT after too many of them.
        StoreError: as `write`.
    """
    operator = check_secret(store, name, secret)
    write(store, _In(operator.name))
    return Session(operator, store.clock, idle_limit_s)


def log_out(store: Store, session: Session) -> None:
    """Ends a session, and records it.

    Raises:
        StoreError: as `write`.
    """
    session.end()
    note(store, AuditDraft(session.name, Act.OPERATOR_OUT, session.name, {}))


def check_secret(store: Store, name: str, secret: str) -> Operator:
    """The operator of a name whose password this is. A wrong one is recorded and slows the next attempt down.

    Raises:
        UsageError: US-LOGIN for a wrong name or password, US-WAIT after too many of them.
        StoreError: as `write`.
    """
    # One attempt at a time, or a thousand at once would all be the first.
    with named_file_faults(store.home.root), holding(store.home.root / "login.lock"):
        return _checked(store, name, secret)


def wait_s(failures: int) -> float:
    """How long after that many wrong passwords in a row the next attempt has to wait."""
    if failures < FREE_FAILURES:
        return 0.0
    return min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(failures - FREE_FAILURES, 20))


def _checked(store: Store, name: str, secret: str) -> Operator:
    with store.reading() as connection:
        row = row_of(connection, name)
    now = store.clock.now()
    if row is not None:
        _require_waited(row, now)
    kept = NOBODYS if row is None or row["disabled_at"] is not None else row["secret"]
    if row is None or not matches(kept, secret):
        # A name that nobody has may be a password typed into the wrong field: the log does not repeat it.
        write(store, _Attempt(name if row is not None else "", None if row is None else row["failures"] + 1, now))
        raise UsageError("US-LOGIN", "The name or the password is wrong.", "Check both and try again.")
    return operator_of(row)


def _require_waited(row: Mapping[str, Any], now: datetime) -> None:
    if row["failed_at"] is None:
        return
    # A clock that was put back must not lock anybody out for longer than the wait itself.
    passed_s = max(0.0, (now - row["failed_at"]).total_seconds())
    left_s = wait_s(row["failures"]) - passed_s
    if left_s > 0.0:
        raise UsageError(
            "US-WAIT",
            f"{row['failures']} wrong passwords in a row were given for {row['name']}; the next is looked at in "
            f"{left_s:.0f} s.",
            "Wait, or ask an administrator for a new password.",
        )


@dataclass(frozen=True, slots=True)
class _Attempt:
    """The unit of a wrong password."""

    name: str
    failures: int | None
    at: datetime

    @property
    def audit(self) -> AuditDraft:
        return AuditDraft(PROGRAM, Act.LOGIN_FAILED, self.name or "unknown", {"in_a_row": self.failures})

    def apply(self, connection: Connection) -> None:
        row = {"failures": self.failures, "failed_at": self.at}
        connection.execute(update(operators).where(operators.c.name == self.name).values(**row))


@dataclass(frozen=True, slots=True)
class _In:
    """The unit of a login: wrong passwords of before no longer count."""

    name: str

    @property
    def audit(self) -> AuditDraft:
        return AuditDraft(self.name, Act.OPERATOR_IN, self.name, {})

    def apply(self, connection: Connection) -> None:
        row = {"failures": 0, "failed_at": None}
        connection.execute(update(operators).where(operators.c.name == self.name).values(**row))
