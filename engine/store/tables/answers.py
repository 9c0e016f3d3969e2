"""What is seen and answered: arrivals, studies and their images, outcomes and their regions."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from engine.store.columns import NameText, UtcTime
from engine.store.tables.metadata import metadata

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("source", NameText, nullable=False),
    Column("arrived_at", UtcTime, nullable=False),
    Column("deadline", UtcTime),
    Column("priority", Integer, nullable=False),
)

studies = Table(
    "studies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content_hash", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("source", NameText, nullable=False),
    # Not unique: each attempt keeps what it saw, and the same content may arrive twice.
    Index(None, "content_hash"),
)

instances = Table(
    "instances",
    metadata,
    Column("study_id", Integer, ForeignKey("studies.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("path", NameText, nullable=False),
    Column("sop_uid", Text),
    Column("frame", Integer, nullable=False),
    sqlite_with_rowid=False,
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("arrival_id", Text, ForeignKey("arrivals.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("study_id", Integer, ForeignKey("studies.id")),
    Column("recorded_at", UtcTime, nullable=False),
    Column("status", Text, nullable=False),
    Column("flagged", Boolean),
    Column("reason", NameText, nullable=False),
    Column("code", Text, nullable=False),
    Column("coverage", Float, nullable=False),
    Column("doubts", JSON, nullable=False),
    Column("read_ms", Float, nullable=False),
    Column("prepare_ms", Float, nullable=False),
    Column("detect_ms", Float, nullable=False),
    Column("merge_ms", Float, nullable=False),
    Column("record_ms", Float, nullable=False),
    Column("total_ms", Float, nullable=False),
    Column("model", Text, nullable=False),
    Column("model_hash", Text, nullable=False),
    Column("backend", Text, nullable=False),
    Column("effort", Text, nullable=False),
    Column("budget_s", Float),
    Column("program_version", Text, nullable=False),
    Column("reused_from", Text),
    Column("salt", LargeBinary, nullable=False),
    UniqueConstraint("arrival_id", "attempt"),
    CheckConstraint("status IN ('answered', 'incomplete', 'out-of-domain', 'refused', 'failed')", name="status"),
    CheckConstraint("attempt >= 1", name="attempt"),
    CheckConstraint("coverage BETWEEN 0 AND 1", name="coverage"),
    # No silent miss: an answer covers every pixel and says whether anything was flagged.
    CheckConstraint("status <> 'answered' OR (coverage = 1 AND flagged IS NOT NULL)", name="answered_in_full"),
    # The lanes of the worklist, each newest first; see `engine.store.worklist`.
    Index(None, "status", "flagged", "model", "recorded_at"),
)

regions = Table(
    "regions",
    metadata,
    Column("outcome_id", Integer, ForeignKey("outcomes.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("band", Text, nullable=False),
    Column("z0", Float),
    Column("y0", Float, nullable=False),
    Column("x0", Float, nullable=False),
    Column("z1", Float),
    Column("y1", Float, nullable=False),
    Column("x1", Float, nullable=False),
    Column("center_x_mm", Float),
    Column("center_y_mm", Float),
    Column("center_z_mm", Float),
    CheckConstraint("score BETWEEN 0 AND 1", name="score"),
    CheckConstraint("band IN ('sure', 'unsure')", name="band"),
    CheckConstraint("(z0 IS NULL) = (z1 IS NULL)", name="box"),
    sqlite_with_rowid=False,
)

region_instances = Table(
    "region_instances",
    metadata,
    Column("outcome_id", Integer, primary_key=True),
    Column("region", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sop_uid", Text, nullable=False),
    Column("frame", Integer, nullable=False),
    Column("x0", Float, nullable=False),
    Column("y0", Float, nullable=False),
    Column("x1", Float, nullable=False),
    Column("y1", Float, nullable=False),
    ForeignKeyConstraint(["outcome_id", "region"], ["regions.outcome_id", "regions.position"]),
    # What was flagged in this image: asked by exports and by whoever holds the image in hand.
    Index(None, "sop_uid"),
    sqlite_with_rowid=False,
)

region_measures = Table(
    "region_measures",
    metadata,
    Column("outcome_id", Integer, primary_key=True),
    Column("region", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("unit", Text, nullable=False),
    ForeignKeyConstraint(["outcome_id", "region"], ["regions.outcome_id", "regions.position"]),
    UniqueConstraint("outcome_id", "region", "name"),
    sqlite_with_rowid=False,
)
