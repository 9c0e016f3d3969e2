"""Third schema: the queue, what forecasts are learned from, and the files of watched folders. Only adds tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Creates all of them empty; what was answered before was never queued, and its work was not measured."""
    _create_jobs()
    _create_timings()
    _create_watched_files()


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("arrival_id", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("key", sa.Text),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("refusal", sa.JSON),
        sa.Column("missing", sa.JSON, nullable=False),
        *_request(),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("stored_bytes", sa.Integer, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("claimed_at", sa.Text),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        *_forecast(),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrivals.id"], name="fk_jobs_arrival_id_arrivals"),
        sa.UniqueConstraint("arrival_id", name="uq_jobs_arrival_id"),
        sa.UniqueConstraint("key", name="uq_jobs_key"),
        sa.CheckConstraint("state IN ('waiting', 'working', 'answered', 'withdrawn')", name="ck_jobs_state"),
        sa.CheckConstraint("(state = 'working') = (worker IS NOT NULL)", name="ck_jobs_lease"),
        sa.CheckConstraint("attempt >= 1", name="ck_jobs_attempt"),
        sa.CheckConstraint("late IN ('answer', 'drop')", name="ck_jobs_late"),
    )
    waiting, working = sa.text("state = 'waiting'"), sa.text("state = 'working'")
    op.create_index("ix_jobs_waiting", "jobs", ["priority", "due", "id"], sqlite_where=waiting)
    op.create_index("ix_jobs_working", "jobs", ["worker"], sqlite_where=working)
    op.create_table(
        "job_files",
        sa.Column("job_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("member", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("job_id", "position", name="pk_job_files"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_job_files_job_id_jobs"),
        sqlite_with_rowid=False,
    )


def _request() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("model_id", sa.Text),
        sa.Column("modality", sa.Text),
        sa.Column("threshold", sa.Float),
        sa.Column("effort", sa.Text),
        sa.Column("budget_s", sa.Float),
        sa.Column("late", sa.Text, nullable=False),
        sa.Column("reuse", sa.Boolean, nullable=False),
    )


def _forecast() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("work_p50_s", sa.Float),
        sa.Column("work_p90_s", sa.Float),
        sa.Column("expected_at", sa.Text),
        sa.Column("at_latest", sa.Text),
        sa.Column("late_s", sa.Float),
        sa.Column("forecast_basis", sa.Text),
    )


def _create_timings() -> None:
    op.create_table(
        "timings",
        sa.Column("outcome_id", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("files", "read_bytes", "pixels", "tiles", "calls", "threads")
        ),
        sa.Column("forecast_p50_s", sa.Float),
        sa.Column("forecast_p90_s", sa.Float),
        sa.PrimaryKeyConstraint("outcome_id", name="pk_timings"),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name="fk_timings_outcome_id_outcomes"),
    )


def _create_watched_files() -> None:
    op.create_table(
        "watched_files",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("folder", "parent", "name")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("inode", "size_bytes", "mtime_ns")),
        sa.Column("first_seen_at", sa.Text, nullable=False),
        sa.Column("series_uid", sa.Text),
        sa.Column("arrival_id", sa.Text),
        sa.Column("closed_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_watched_files"),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrivals.id"], name="fk_watched_files_arrival_id_arrivals"),
        sa.UniqueConstraint(
            "folder", "parent", "name", "arrival_id", name="uq_watched_files_folder_parent_name_arrival_id"
        ),
    )
    op.create_index("ix_watched_files_series_uid", "watched_files", ["series_uid"])
    op.create_index("ix_watched_files_arrival_id", "watched_files", ["arrival_id"])
    op.create_index("ix_watched_files_open", "watched_files", ["arrival_id"], sqlite_where=sa.text("closed_at IS NULL"))
