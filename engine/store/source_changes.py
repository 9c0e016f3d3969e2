"""What the watch over sources noticed, and where it began anew: records of their own, and none is ever changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from engine.audit.actions import Act
from engine.audit.commitment import commit, new_salt
from engine.audit.log import AuditDraft, Json, utc_text
from engine.domain.source_change import NOTICED, SourceChange, standing_changes
from engine.errors import UsageError
from engine.store.database import Store
from engine.store.model_changes import standing
from engine.store.statement import Insert, driver_of
from engine.store.tables import source_changes
from engine.store.write import write


def changed_sources(store: Store) -> tuple[SourceChange, ...]:
    """What is not what it was, of the versions of models that answer now; newest first.

    Reads what was noticed, and not the studies: it may be asked as often as a screen is drawn.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    if not (found := standing_changes(every_change(store))):
        return ()
    answering = {f"{model} {release.version}" for model, release in standing(store).active.items()}
    decided = {name.rpartition(" ")[0] for name in answering}
    return tuple(one for one in found if one.model in answering or one.model.rpartition(" ")[0] not in decided)


def every_change(store: Store) -> tuple[SourceChange, ...]:
    """Every record of the watch, oldest first.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        rows = connection.execute(select(source_changes).order_by(source_changes.c.number)).mappings()
        return tuple(_change_of(row) for row in rows)


def record_source_change(store: Store, change: SourceChange) -> SourceChange:
    """Adds a record, and returns it with its number.

    Raises:
        UsageError: US-CHANGED, the same was recorded meanwhile.
        StoreError: as `write`.
    """
    unit = _Change(change, new_salt())
    write(store, unit)
    return unit.change


def commitments(connection: Connection, keys: Sequence[tuple[Json, ...]]) -> dict[tuple[Json, ...], str]:
    """What the log must say of the records with some numbers, as far as they are there."""
    query = select(source_changes).where(source_changes.c.number.in_([key[0] for key in keys]))
    return {(row["number"],): _commitment(row["salt"], _change_of(row)) for row in connection.execute(query).mappings()}


@dataclass(slots=True)
class _Change:
    """The unit of a record; its number is known only inside the transaction."""

    change: SourceChange
    salt: bytes = field(repr=False)

    @property
    def audit(self) -> AuditDraft:
        one = self.change
        detail: dict[str, Json] = {
            "number": one.number,
            "what": one.what,
            "reason_given": bool(one.reason),
            "commitment": _commitment(self.salt, one),
        }
        act = Act.SOURCE_CHANGED if one.cause == NOTICED else Act.SOURCE_BEGUN
        return AuditDraft(one.operator, act, one.model, detail)

    def apply(self, connection: Connection) -> None:
        added = _ADD.one(driver_of(connection), _row(self.change) | {"salt": self.salt})
        if not added.rowcount:
            raise UsageError(
                "US-CHANGED", f"Meanwhile the same was recorded of {self.change.source}.", "Look at the report again."
            )
        self.change = replace(self.change, number=added.lastrowid or 0)


def _row(one: SourceChange) -> dict[str, Any]:
    row = asdict(one)
    del row["number"]
    return row


def _change_of(row: Mapping[Any, Any]) -> SourceChange:
    return SourceChange(**{name: row[name] for name in _COLUMNS}, number=row["number"])


def _commitment(salt: bytes, one: SourceChange) -> str:
    times: dict[str, Json] = {"at": utc_text(one.at), "since": None if one.since is None else utc_text(one.since)}
    return commit(salt, _row(one) | times)


_COLUMNS = [column.name for column in source_changes.c if column.name not in ("number", "salt")]
_ADD = Insert(source_changes, [*_COLUMNS, "salt"], unless="ON CONFLICT (source, model, what, after) DO NOTHING")
