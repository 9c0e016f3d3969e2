"""Which version of each model answers, and what its shadow answered."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from engine.store.columns import UtcTime
from engine.store.tables.metadata import metadata

model_changes = Table(
    "model_changes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("model_id", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("old_version", Text),
    Column("old_hash", Text),
    Column("operator", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("gate", JSON, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    CheckConstraint(
        "cause IN ('imported', 'activated', 'overridden', 'rolled-back', 'failures', 'parity', 'self-test', "
        "'shadowed', 'ended')",
        name="cause",
    ),
    CheckConstraint("(old_version IS NULL) = (old_hash IS NULL)", name="old"),
)

shadow_answers = Table(
    "shadow_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outcome_id", Integer, ForeignKey("outcomes.id"), nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("model", Text, nullable=False),
    Column("model_hash", Text, nullable=False),
    Column("backend", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("coverage", Float, nullable=False),
    Column("look_ms", Float, nullable=False),
    Column("regions", JSON, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    UniqueConstraint("outcome_id", "model_hash"),
    CheckConstraint("status IN ('answered', 'incomplete', 'out-of-domain', 'refused', 'failed')", name="status"),
    CheckConstraint("coverage BETWEEN 0 AND 1", name="coverage"),
    Index(None, "model_hash", "outcome_id"),
)
