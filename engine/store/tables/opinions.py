"""The second answers to studies; each belongs to an outcome as its regions do."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Float, ForeignKey, Index, Integer, Table, Text

from engine.store.columns import NameText
from engine.store.tables.metadata import metadata

opinions = Table(
    "opinions",
    metadata,
    Column("outcome_id", Integer, ForeignKey("outcomes.id"), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", NameText, nullable=False),
    Column("hash", Text, nullable=False),
    Column("backend", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("coverage", Float, nullable=False),
    Column("look_ms", Float, nullable=False),
    Column("regions", JSON, nullable=False),
    Column("missing", JSON, nullable=False),
    Column("alone", JSON, nullable=False),
    Column("differs", Boolean, nullable=False),
    CheckConstraint("kind IN ('model', 'template', 'flips')", name="kind"),
    CheckConstraint("coverage BETWEEN 0 AND 1", name="coverage"),
    Index(None, "differs", "outcome_id"),
)
