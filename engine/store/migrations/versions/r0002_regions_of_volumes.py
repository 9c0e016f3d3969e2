"""Second schema: the stored images that a region touches, and its measures. Only adds tables: nothing is rebuilt."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Creates both tables; the regions recorded before have neither instances nor measures."""
    op.create_table(
        "region_instances",
        *_place(),
        sa.Column("sop_uid", sa.Text, nullable=False),
        sa.Column("frame", sa.Integer, nullable=False),
        *(sa.Column(edge, sa.Float, nullable=False) for edge in ("x0", "y0", "x1", "y1")),
        *_keys("region_instances"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_region_instances_sop_uid", "region_instances", ["sop_uid"])
    op.create_table(
        "region_measures",
        *_place(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        *_keys("region_measures"),
        sa.UniqueConstraint("outcome_id", "region", "name", name="uq_region_measures_outcome_id_region_name"),
        sqlite_with_rowid=False,
    )


def _place() -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in ("outcome_id", "region", "position")]


def _keys(table: str) -> tuple[sa.PrimaryKeyConstraint, sa.ForeignKeyConstraint]:
    return (
        sa.PrimaryKeyConstraint("outcome_id", "region", "position", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["outcome_id", "region"],
            ["regions.outcome_id", "regions.position"],
            name=f"fk_{table}_outcome_id_region_regions",
        ),
    )
