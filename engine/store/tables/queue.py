"""Unattended work: what waits, what forecasts learn from, and the files of watched folders."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.columns import NameText, UtcTime
from engine.store.tables.metadata import metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("arrival_id", Text, ForeignKey("arrivals.id"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("key", NameText),
    Column("path", NameText, nullable=False),
    Column("refusal", JSON),
    Column("missing", JSON, nullable=False),
    Column("model_id", NameText),
    Column("modality", Text),
    Column("threshold", Float),
    Column("effort", Text),
    Column("budget_s", Float),
    Column("late", Text, nullable=False),
    Column("reuse", Boolean, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stored_bytes", Integer, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("due", UtcTime, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("worker", Text),
    Column("claimed_at", UtcTime),
    Column("cancel", Boolean, nullable=False),
    Column("reason", NameText, nullable=False),
    Column("work_p50_s", Float),
    Column("work_p90_s", Float),
    Column("expected_at", UtcTime),
    Column("at_latest", UtcTime),
    Column("late_s", Float),
    Column("forecast_basis", Text),
    Column("second", Text),
    UniqueConstraint("arrival_id"),
    UniqueConstraint("key"),
    CheckConstraint("state IN ('waiting', 'working', 'answered', 'withdrawn')", name="state"),
    # A lease has an owner, and nothing else has.
    CheckConstraint("(state = 'working') = (worker IS NOT NULL)", name="lease"),
    CheckConstraint("attempt >= 1", name="attempt"),
    CheckConstraint("late IN ('answer', 'drop')", name="late"),
    # The open jobs are few among all that ever were: what asks for them never meets the others.
    Index("ix_jobs_waiting", "priority", "due", "id", sqlite_where=text("state = 'waiting'")),
    Index("ix_jobs_working", "worker", sqlite_where=text("state = 'working'")),
)

job_files = Table(
    "job_files",
    metadata,
    Column("job_id", Integer, ForeignKey("jobs.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("path", NameText, nullable=False),
    Column("member", NameText, nullable=False),
    sqlite_with_rowid=False,
)

timings = Table(
    "timings",
    metadata,
    Column("outcome_id", Integer, ForeignKey("outcomes.id"), primary_key=True),
    Column("files", Integer, nullable=False),
    Column("read_bytes", Integer, nullable=False),
    Column("pixels", Integer, nullable=False),
    Column("tiles", Integer, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("threads", Integer, nullable=False),
    Column("forecast_p50_s", Float),
    Column("forecast_p90_s", Float),
)

watched_files = Table(
    "watched_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folder", NameText, nullable=False),
    Column("parent", NameText, nullable=False),
    Column("name", NameText, nullable=False),
    Column("inode", Integer, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("mtime_ns", Integer, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("series_uid", Text),
    Column("arrival_id", Text, ForeignKey("arrivals.id")),
    Column("closed_at", UtcTime),
    UniqueConstraint("folder", "parent", "name", "arrival_id"),
    Index(None, "series_uid"),
    Index(None, "arrival_id"),
    Index("ix_watched_files_open", "arrival_id", sqlite_where=text("closed_at IS NULL")),
)
