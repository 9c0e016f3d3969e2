"""What shadows answered: beside the outcome of the same study, and seen by nobody who reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, cast, select

from engine.audit.actions import PROGRAM, Act
from engine.audit.commitment import commit, new_salt
from engine.audit.log import AuditDraft, Json, utc_text
from engine.domain.outcome import THRESHOLD_CHANGED, Outcome, Status
from engine.domain.region import Region
from engine.errors import StoreError
from engine.store.database import Store
from engine.store.opinion_rows import bare_region, bare_row
from engine.store.outcomes import Recorded, by_id
from engine.store.statement import Insert, driver_of
from engine.store.tables import outcomes, shadow_answers
from engine.store.write import write


@dataclass(frozen=True, slots=True)
class ShadowAnswer:
    """One answer of a shadow.

    Args:
        model: `id version`.
        model_hash: of its package.
        backend: run time and its version.
        status: as an outcome's.
        code: of what stopped it; empty where nothing did.
        coverage: share of the scan that it looked at.
        look_ms: from the scan to the regions.
        regions: what it would have flagged: boxes alone.
    """

    model: str
    model_hash: str
    backend: str
    status: Status
    code: str
    coverage: float
    look_ms: float
    regions: tuple[Region, ...]

    @classmethod
    def of(cls, outcome: Outcome) -> ShadowAnswer:
        """The answer of an attempt that is not recorded as the study's own."""
        bare = tuple(replace(region, center_mm=None, instances=(), measures=()) for region in outcome.regions)
        look_ms = outcome.ms.prepare + outcome.ms.detect + outcome.ms.merge
        return cls(
            *(outcome.model, outcome.model_hash, outcome.backend, outcome.status, outcome.code),
            *(float(outcome.coverage), float(look_ms), bare),
        )


def record_shadow(store: Store, of: Recorded, answer: ShadowAnswer) -> None:
    """Keeps an answer of a shadow.

    Raises:
        StoreError: ST-ANSWERED, it has one to this outcome already; else as `write`.
    """
    write(store, _Answer(of, answer, store.clock.now(), new_salt()))


def next_for(store: Store, answered_by: str, shadow: str, since: datetime) -> Recorded | None:
    """The newest study that was answered in full and that a shadow has not answered; None where there is none.

    Args:
        store: where from.
        answered_by: hash of the model that answered.
        shadow: hash of the one that is to.
        since: answered then or later.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    done = select(shadow_answers.c.outcome_id).where(shadow_answers.c.model_hash == shadow)
    wanted = (
        select(outcomes.c.id)
        .where(
            outcomes.c.status == Status.ANSWERED.value,
            outcomes.c.model_hash == answered_by,
            outcomes.c.recorded_at >= since,
            outcomes.c.reused_from.is_(None),
            cast(outcomes.c.doubts, Text).not_like(
                f"%{THRESHOLD_CHANGED}%"
            ),  # the shadow would answer another question
            outcomes.c.id.not_in(done),
        )
        .order_by(outcomes.c.id.desc())
        .limit(1)
    )
    with store.reading() as connection:
        outcome_id = connection.execute(wanted).scalar_one_or_none()
        return None if outcome_id is None else by_id(connection, [outcome_id])[outcome_id]


def commitments(connection: Connection, keys: Sequence[tuple[Json, ...]]) -> dict[tuple[Json, ...], str]:
    """What the log must say of the answers to some (arrival, attempt, model hash), as far as they are there."""
    joined = shadow_answers.join(outcomes)
    query = (
        select(shadow_answers, outcomes.c.arrival_id, outcomes.c.attempt)
        .select_from(joined)
        .where(outcomes.c.arrival_id.in_({key[0] for key in keys}))
    )
    return {
        (row["arrival_id"], row["attempt"], row["model_hash"]): _commitment(
            row["salt"], (row["arrival_id"], row["attempt"]), row["recorded_at"], answer_of(row)
        )
        for row in connection.execute(query).mappings()
    }


@dataclass(frozen=True, slots=True)
class _Answer:
    """The unit that adds an answer."""

    of: Recorded
    answer: ShadowAnswer
    recorded_at: datetime
    salt: bytes = field(repr=False)

    @property
    def audit(self) -> AuditDraft:
        answer, outcome = self.answer, self.of.outcome
        detail: dict[str, Json] = {
            "attempt": outcome.attempt,
            "model": answer.model,
            "model_hash": answer.model_hash,
            "status": answer.status.value,
            "regions": len(answer.regions),
            "commitment": _commitment(self.salt, (outcome.arrival_id, outcome.attempt), self.recorded_at, answer),
        }
        return AuditDraft(PROGRAM, Act.SHADOW_ANSWERED, outcome.arrival_id, detail)

    def apply(self, connection: Connection) -> None:
        row = _row(self.answer) | {"outcome_id": self.of.id, "recorded_at": self.recorded_at, "salt": self.salt}
        if not _ADD.one(driver_of(connection), row).rowcount:
            raise StoreError(
                "ST-ANSWERED",
                f"{self.answer.model} has answered arrival {self.of.arrival.id} as a shadow already.",
                "Nothing is lost: the first answer stands.",
            )


def _row(answer: ShadowAnswer) -> dict[str, Any]:
    return {
        "model": answer.model,
        "model_hash": answer.model_hash,
        "backend": answer.backend,
        "status": answer.status.value,
        "code": answer.code,
        "coverage": answer.coverage,
        "look_ms": answer.look_ms,
        "regions": [bare_row(region) for region in answer.regions],
    }


def answer_of(row: Mapping[Any, Any]) -> ShadowAnswer:
    """The answer that a row of `shadow_answers` holds."""
    return ShadowAnswer(
        *(row["model"], row["model_hash"], row["backend"], Status(row["status"]), row["code"]),
        *(row["coverage"], row["look_ms"], tuple(map(bare_region, row["regions"]))),
    )


def _commitment(salt: bytes, of: tuple[str, int], recorded_at: datetime, answer: ShadowAnswer) -> str:
    facts: dict[str, Json] = {"arrival_id": of[0], "attempt": of[1], "recorded_at": utc_text(recorded_at)}
    return commit(salt, facts | _row(answer))


_ADD = Insert(
    shadow_answers,
    [column.name for column in shadow_answers.c if column.name != "id"],
    unless="ON CONFLICT (outcome_id, model_hash) DO NOTHING",
)
