"""Fifth schema: which version of each model answers, and what its shadow answered. Only adds tables, and a column."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_CAUSES = (
    "cause IN ('imported', 'activated', 'overridden', 'rolled-back', 'failures', 'parity', 'self-test', "
    "'shadowed', 'ended')"
)
_STATUSES = "status IN ('answered', 'incomplete', 'out-of-domain', 'refused', 'failed')"


def upgrade() -> None:
    """Creates both empty: nothing was ever imported or activated before, and the only version of a model answers."""
    op.create_table(
        "model_changes",
        sa.Column("number", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "model_id", "cause", "version", "hash")),
        sa.Column("old_version", sa.Text),
        sa.Column("old_hash", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("operator", "reason")),
        sa.Column("gate", sa.JSON, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_model_changes"),
        sa.CheckConstraint(_CAUSES, name="ck_model_changes_cause"),
        sa.CheckConstraint("(old_version IS NULL) = (old_hash IS NULL)", name="ck_model_changes_old"),
    )
    op.create_table(
        "shadow_answers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("outcome_id", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("recorded_at", "model", "model_hash", "backend", "status", "code")
        ),
        sa.Column("coverage", sa.Float, nullable=False),
        sa.Column("look_ms", sa.Float, nullable=False),
        sa.Column("regions", sa.JSON, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shadow_answers"),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name="fk_shadow_answers_outcome_id_outcomes"),
        sa.UniqueConstraint("outcome_id", "model_hash", name="uq_shadow_answers_outcome_id_model_hash"),
        sa.CheckConstraint(_STATUSES, name="ck_shadow_answers_status"),
        sa.CheckConstraint("coverage BETWEEN 0 AND 1", name="ck_shadow_answers_coverage"),
    )
    op.create_index("ix_shadow_answers_model_hash_outcome_id", "shadow_answers", ["model_hash", "outcome_id"])
    _create_watch_over_sources()
    _create_second_opinions()
    _create_persons()
    _forbid("model_changes", "UPDATE", "changes of models are never changed")
    _forbid("model_changes", "DELETE", "changes of models are never deleted")
    _forbid("shadow_answers", "UPDATE", "answers of a shadow are never changed")
    _forbid("source_changes", "UPDATE", "changes of sources are never changed")
    _forbid("source_changes", "DELETE", "changes of sources are never deleted")


def _create_watch_over_sources() -> None:
    """What older programs answered has no sketch: the watch begins with this schema."""
    numbers = (
        *("dark", "middle", "bright", "spread", "warmth", "noise", "edge", "sharpness", "blocks", "distance"),
        *("pixel_mm", "slice_mm", "tube_kv", "exposure_mas", "ctdi_mgy"),
    )
    op.create_table(
        "sketches",
        sa.Column("outcome_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("folder", "model")),
        *(sa.Column(name, sa.Float) for name in numbers),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("scanner", "software", "kernel")),
        sa.PrimaryKeyConstraint("outcome_id", name="pk_sketches"),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name="fk_sketches_outcome_id_outcomes"),
    )
    op.create_index("ix_sketches_folder_model_outcome_id", "sketches", ["folder", "model", "outcome_id"])
    op.create_table(
        "source_changes",
        sa.Column("number", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "source", "model", "cause", "what")),
        sa.Column("since", sa.Text),
        sa.Column("after", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("operator", "reason")),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_source_changes"),
        sa.UniqueConstraint(*("source", "model", "what", "after"), name="uq_source_changes_source_model_what_after"),
        sa.CheckConstraint("cause IN ('noticed', 'begun')", name="ck_source_changes_cause"),
        sa.CheckConstraint("(cause = 'noticed') = (since IS NOT NULL)", name="ck_source_changes_since"),
    )


def _create_second_opinions() -> None:
    """Empty: no outcome had a second opinion before, and no job asked for one."""
    op.add_column("jobs", sa.Column("second", sa.Text))
    op.create_table(
        "opinions",
        sa.Column("outcome_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "name", "hash", "backend", "code")),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("coverage", "look_ms")),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("regions", "missing", "alone")),
        sa.Column("differs", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("outcome_id", name="pk_opinions"),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name="fk_opinions_outcome_id_outcomes"),
        sa.CheckConstraint("kind IN ('model', 'template', 'flips')", name="ck_opinions_kind"),
        sa.CheckConstraint("coverage BETWEEN 0 AND 1", name="ck_opinions_coverage"),
    )
    op.create_index("ix_opinions_differs_outcome_id", "opinions", ["differs", "outcome_id"])


def _create_persons() -> None:
    """Empty: of what older programs answered nobody knows whose it is without reading the files again."""
    op.create_table(
        "persons",
        sa.Column("outcome_id", sa.Integer, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("outcome_id", name="pk_persons"),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name="fk_persons_outcome_id_outcomes"),
    )
    op.create_index("ix_persons_person_outcome_id", "persons", ["person", "outcome_id"])


def _forbid(table: str, what: str, why: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} BEGIN SELECT raise(ABORT, '{why}'); END"
    )
