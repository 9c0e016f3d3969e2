"""The tables of `fovea.db`. `docs/data.md` describes each column; `migrations/` holds the way to here."""

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
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.columns import NameText, UtcTime

metadata = MetaData(
    # Constraints need names that stay: a migration can only change what it can name.
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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
