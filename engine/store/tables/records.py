"""Who did what: the audit log with its seals, operators, and what they decided."""

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
    text,
)

from engine.store.columns import UtcTime
from engine.store.tables.metadata import metadata

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("seq", Integer, primary_key=True),
    # Text: the MAC is over what stands here, even where somebody made it something that is not a time.
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("mac", Text, nullable=False),
    # Asked for at every start; an entry of any other kind costs it nothing.
    Index("ix_audit_entries_settings", "seq", sqlite_where=text("action = 'settings.changed'")),
)

audit_seals = Table(
    "audit_seals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("follows", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("head", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("signature", Text, nullable=False),
)

operators = Table(
    "operators",
    metadata,
    Column("name", Text, primary_key=True, nullable=False),
    Column("role", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("disabled_at", UtcTime),
    Column("failures", Integer, nullable=False),
    Column("failed_at", UtcTime),
    Column("salt", LargeBinary, nullable=False),
    CheckConstraint("role IN ('viewer', 'reader', 'inspector', 'lead', 'administrator')", name="role"),
    sqlite_with_rowid=False,
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outcome_id", Integer, ForeignKey("outcomes.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("operator", Text, nullable=False),
    Column("verdict", Text),
    Column("comment", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("signed_at", UtcTime),
    Column("salt", LargeBinary, nullable=False),
    UniqueConstraint("outcome_id", "version"),
    CheckConstraint("verdict IN ('accept', 'warn', 'reject', 'agree', 'disagree')", name="verdict"),
    CheckConstraint("signed_at IS NULL OR verdict IS NOT NULL", name="signed_with_verdict"),
)

review_regions = Table(
    "review_regions",
    metadata,
    Column("review_id", Integer, ForeignKey("reviews.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("region", Integer),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("label", Text),
    Column("z0", Float),
    Column("y0", Float),
    Column("x0", Float),
    Column("z1", Float),
    Column("y1", Float),
    Column("x1", Float),
    Column("center_x_mm", Float),
    Column("center_y_mm", Float),
    Column("center_z_mm", Float),
    Column("instances", JSON, nullable=False),
    CheckConstraint("verdict IN ('confirmed', 'rejected', 'changed', 'added')", name="verdict"),
    CheckConstraint("(verdict = 'added') = (region IS NULL)", name="region"),
    CheckConstraint("(verdict IN ('changed', 'added')) = (label IS NOT NULL AND y0 IS NOT NULL)", name="place"),
    sqlite_with_rowid=False,
)
