"""What the watch over sources looks at, and what it said."""

from __future__ import annotations

from sqlalchemy import (
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

from engine.domain.sketch import NAMES
from engine.store.columns import NameText, UtcTime
from engine.store.tables.metadata import metadata

sketches = Table(
    "sketches",
    metadata,
    Column("outcome_id", Integer, ForeignKey("outcomes.id"), primary_key=True),
    Column("folder", NameText, nullable=False),
    Column("model", Text, nullable=False),
    *(Column(name, Float) for name in (*NAMES, "distance")),
    *(Column(name, Float) for name in ("pixel_mm", "slice_mm", "tube_kv", "exposure_mas", "ctdi_mgy")),
    *(Column(name, Text, nullable=False) for name in ("scanner", "software", "kernel")),
    # The studies of one population, oldest first.
    Index(None, "folder", "model", "outcome_id"),
)

source_changes = Table(
    "source_changes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("source", NameText, nullable=False),
    Column("model", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("since", UtcTime),
    Column("after", Integer, nullable=False),
    Column("operator", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    # Whoever looks at the same time as another says the same thing once.
    UniqueConstraint("source", "model", "what", "after"),
    CheckConstraint("cause IN ('noticed', 'begun')", name="cause"),
    CheckConstraint("(cause = 'noticed') = (since IS NOT NULL)", name="since"),
)
