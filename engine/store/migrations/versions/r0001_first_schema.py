"""First schema: arrivals, studies, instances, outcomes, regions and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TRIGGERS = (
    """
    CREATE TRIGGER audit_entries_gapless BEFORE INSERT ON audit_entries
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_entries)
    BEGIN SELECT raise(ABORT, 'audit entries are appended without gaps'); END
    """,
    """
    CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
    BEGIN SELECT raise(ABORT, 'audit entries are never changed'); END
    """,
    """
    CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
    BEGIN SELECT raise(ABORT, 'audit entries are never deleted'); END
    """,
)


def upgrade() -> None:
    """Creates everything."""
    _create_arrivals()
    _create_outcomes()
    _create_audit()


def _create_arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("arrived_at", sa.Text, nullable=False),
        sa.Column("deadline", sa.Text),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_arrivals"),
    )
    op.create_table(
        "studies",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("modality", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_studies"),
    )
    op.create_index("ix_studies_content_hash", "studies", ["content_hash"])
    op.create_table(
        "instances",
        sa.Column("study_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sop_uid", sa.Text),
        sa.Column("frame", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("study_id", "position", name="pk_instances"),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name="fk_instances_study_id_studies"),
        sqlite_with_rowid=False,
    )


def _create_outcomes() -> None:
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("arrival_id", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("study_id", sa.Integer),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("flagged", sa.Boolean),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("coverage", sa.Float, nullable=False),
        sa.Column("doubts", sa.JSON, nullable=False),
        *(
            sa.Column(f"{stage}_ms", sa.Float, nullable=False)
            for stage in ("read", "prepare", "detect", "merge", "record", "total")
        ),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("model_hash", sa.Text, nullable=False),
        sa.Column("backend", sa.Text, nullable=False),
        sa.Column("effort", sa.Text, nullable=False),
        sa.Column("budget_s", sa.Float),
        sa.Column("program_version", sa.Text, nullable=False),
        sa.Column("reused_from", sa.Text),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outcomes"),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrivals.id"], name="fk_outcomes_arrival_id_arrivals"),
        sa.ForeignKeyConstraint(["study_id"], ["studies.id"], name="fk_outcomes_study_id_studies"),
        sa.UniqueConstraint("arrival_id", "attempt", name="uq_outcomes_arrival_id_attempt"),
        sa.CheckConstraint(
            "status IN ('answered', 'incomplete', 'out-of-domain', 'refused', 'failed')", name="ck_outcomes_status"
        ),
        sa.CheckConstraint("attempt >= 1", name="ck_outcomes_attempt"),
        sa.CheckConstraint("coverage BETWEEN 0 AND 1", name="ck_outcomes_coverage"),
        sa.CheckConstraint(
            "status <> 'answered' OR (coverage = 1 AND flagged IS NOT NULL)", name="ck_outcomes_answered_in_full"
        ),
    )
    op.create_table(
        "regions",
        sa.Column("outcome_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("band", sa.Text, nullable=False),
        sa.Column("z0", sa.Float),
        sa.Column("y0", sa.Float, nullable=False),
        sa.Column("x0", sa.Float, nullable=False),
        sa.Column("z1", sa.Float),
        sa.Column("y1", sa.Float, nullable=False),
        sa.Column("x1", sa.Float, nullable=False),
        sa.Column("center_x_mm", sa.Float),
        sa.Column("center_y_mm", sa.Float),
        sa.Column("center_z_mm", sa.Float),
        sa.PrimaryKeyConstraint("outcome_id", "position", name="pk_regions"),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name="fk_regions_outcome_id_outcomes"),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name="ck_regions_score"),
        sa.CheckConstraint("band IN ('sure', 'unsure')", name="ck_regions_band"),
        sa.CheckConstraint("(z0 IS NULL) = (z1 IS NULL)", name="ck_regions_box"),
        sqlite_with_rowid=False,
    )


def _create_audit() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("mac", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_entries"),
    )
    for trigger in _TRIGGERS:
        op.execute(trigger)
