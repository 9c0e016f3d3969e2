"""The changes of which version of each model answers: each is a record of its own, and none is ever changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from engine.audit.actions import Act
from engine.audit.commitment import commit, new_salt
from engine.audit.log import AuditDraft, Json, utc_text
from engine.domain.activation import FORWARD, Cause, GateLine, ModelChange, Release, Standing
from engine.errors import UsageError
from engine.store.database import Store
from engine.store.statement import Insert, driver_of
from engine.store.tables import model_changes
from engine.store.write import note, write

_ACTS = {
    Cause.IMPORTED: Act.MODEL_IMPORTED,
    **dict.fromkeys(FORWARD, Act.MODEL_ACTIVATED),
    Cause.SHADOWED: Act.MODEL_SHADOWED,
    Cause.ENDED: Act.MODEL_SHADOWED,
}


def standing(store: Store) -> Standing:
    """Which version of each model answers now.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    return Standing.after(changes(store))


def changes(store: Store, model_id: str | None = None) -> tuple[ModelChange, ...]:
    """Every change, oldest first.

    Args:
        store: where from.
        model_id: of this model alone.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        return _read(connection, model_id)


def record_change(store: Store, change: ModelChange) -> ModelChange:
    """Adds a change, and returns it with its number. It holds for the next study that is looked at.

    Raises:
        UsageError: US-CHANGED, somebody else changed who answers meanwhile.
        StoreError: as `write`.
    """
    unit = _Change(change, new_salt())
    write(store, unit)
    return unit.change


def record_refusal(store: Store, actor: str, model: str, model_hash: str, why: Mapping[str, Json]) -> None:
    """Notes in the log that a model was not let in or not activated.

    Raises:
        StoreError: as `write`.
    """
    note(store, AuditDraft(actor, Act.MODEL_REFUSED, model, {"hash": model_hash, **why}))


def commitments(connection: Connection, keys: Sequence[tuple[Json, ...]]) -> dict[tuple[Json, ...], str]:
    """What the log must say of the changes with some numbers, as far as they are there."""
    query = select(model_changes).where(model_changes.c.number.in_([key[0] for key in keys]))
    found = connection.execute(query).mappings()
    return {(row["number"],): _commitment(row["salt"], _change_of(row)) for row in found}


@dataclass(slots=True)
class _Change:
    """The unit of a change; its number is known only inside the transaction."""

    change: ModelChange
    salt: bytes = field(repr=False)

    @property
    def audit(self) -> AuditDraft:
        one = self.change
        detail: dict[str, Json] = {
            "number": one.number,
            "cause": one.cause.value,
            "version": one.release.version,
            "hash": one.release.hash,
            "old_version": one.previous.version if one.previous else None,
            "old_hash": one.previous.hash if one.previous else None,
            "gate_failed": [line.name for line in one.failed],
            "reason_given": bool(one.reason),
            "commitment": _commitment(self.salt, one),
        }
        return AuditDraft(one.operator, _ACTS.get(one.cause, Act.MODEL_ROLLED_BACK), one.model_id, detail)

    def apply(self, connection: Connection) -> None:
        one = self.change
        _require_unchanged(connection, one)
        added = _ADD.one(driver_of(connection), _row(one) | {"salt": self.salt})
        self.change = replace(one, number=added.lastrowid or 0)


def _require_unchanged(connection: Connection, change: ModelChange) -> None:
    """Two people, or a person and the program, may want to change the same model at once."""
    if change.cause in (Cause.IMPORTED, Cause.SHADOWED, Cause.ENDED):
        return
    active = Standing.after(_read(connection, change.model_id)).active.get(change.model_id)
    if active is not None and active != change.previous:
        raise UsageError(
            "US-CHANGED",
            f"Meanwhile {change.model_id} {active.version} was made the one that answers.",
            "Look at `fovea models list`, and decide again.",
        )


def _read(connection: Connection, model_id: str | None) -> tuple[ModelChange, ...]:
    query = select(model_changes).order_by(model_changes.c.number)
    if model_id is not None:
        query = query.where(model_changes.c.model_id == model_id)
    return tuple(_change_of(row) for row in connection.execute(query).mappings())


def _row(one: ModelChange) -> dict[str, Any]:
    return {
        "at": one.at,
        "model_id": one.model_id,
        "cause": one.cause.value,
        "version": one.release.version,
        "hash": one.release.hash,
        "old_version": one.previous.version if one.previous else None,
        "old_hash": one.previous.hash if one.previous else None,
        "operator": one.operator,
        "reason": one.reason,
        "gate": [asdict(line) for line in one.lines],
    }


def _change_of(row: Mapping[Any, Any]) -> ModelChange:
    return ModelChange(
        model_id=row["model_id"],
        cause=Cause(row["cause"]),
        release=Release(row["version"], row["hash"]),
        previous=None if row["old_hash"] is None else Release(row["old_version"], row["old_hash"]),
        operator=row["operator"],
        at=row["at"],
        reason=row["reason"],
        lines=tuple(GateLine(**line) for line in row["gate"]),
        number=row["number"],
    )


def _commitment(salt: bytes, one: ModelChange) -> str:
    return commit(salt, _row(one) | {"at": utc_text(one.at)})


_ADD = Insert(model_changes, [column.name for column in model_changes.c if column.name != "number"])
