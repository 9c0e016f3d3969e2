"""Fourth schema: seals of the audit log, operators, reviews, and the worklist's index. Only adds; rebuilds nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_PLACE = ("z0", "y0", "x0", "z1", "y1", "x1", "center_x_mm", "center_y_mm", "center_z_mm")


def upgrade() -> None:
    """Creates the tables; what was recorded before has no review, and its entries no seal."""
    _create_seals()
    _create_operators()
    _create_reviews()
    op.create_index(
        "ix_audit_entries_settings", "audit_entries", ["seq"], sqlite_where=sa.text("action = 'settings.changed'")
    )
    op.create_index(
        "ix_outcomes_status_flagged_model_recorded_at", "outcomes", ["status", "flagged", "model", "recorded_at"]
    )


def _create_seals() -> None:
    op.create_table(
        "audit_seals",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("follows", sa.Integer, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("head", "at", "public_key", "signature")),
        sa.PrimaryKeyConstraint("number", name="pk_audit_seals"),
    )
    _forbid("audit_seals", "UPDATE", "seals are never changed")
    _forbid("audit_seals", "DELETE", "seals are never deleted")


def _create_operators() -> None:
    op.create_table(
        "operators",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "role", "secret", "added_at")),
        sa.Column("disabled_at", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", sa.Text),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_operators"),
        sa.CheckConstraint(
            "role IN ('viewer', 'reader', 'inspector', 'lead', 'administrator')", name="ck_operators_role"
        ),
        sqlite_with_rowid=False,
    )
    # Names stand in signatures: one is disabled, never given to somebody else.
    _forbid("operators", "DELETE", "operators are disabled, not deleted")


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("outcome_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("signed_at", sa.Text),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name="fk_reviews_outcome_id_outcomes"),
        sa.UniqueConstraint("outcome_id", "version", name="uq_reviews_outcome_id_version"),
        sa.CheckConstraint("verdict IN ('accept', 'warn', 'reject', 'agree', 'disagree')", name="ck_reviews_verdict"),
        sa.CheckConstraint("signed_at IS NULL OR verdict IS NOT NULL", name="ck_reviews_signed_with_verdict"),
    )
    op.create_table(
        "review_regions",
        sa.Column("review_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("region", sa.Integer),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("label", sa.Text),
        *(sa.Column(name, sa.Float) for name in _PLACE),
        sa.Column("instances", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("review_id", "position", name="pk_review_regions"),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name="fk_review_regions_review_id_reviews"),
        sa.CheckConstraint(
            "verdict IN ('confirmed', 'rejected', 'changed', 'added')", name="ck_review_regions_verdict"
        ),
        sa.CheckConstraint("(verdict = 'added') = (region IS NULL)", name="ck_review_regions_region"),
        sa.CheckConstraint(
            "(verdict IN ('changed', 'added')) = (label IS NOT NULL AND y0 IS NOT NULL)", name="ck_review_regions_place"
        ),
        sqlite_with_rowid=False,
    )
    for table in ("reviews", "review_regions"):
        _forbid(table, "UPDATE", "reviews are never changed: a new version is added")


def _forbid(table: str, what: str, why: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} BEGIN SELECT raise(ABORT, '{why}'); END"
    )
