"""Who took part in an activity.

Revision ID: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("activity", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity"], ["activity.id"], name="fk_participant_activity"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_participant_operation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_participant_person"),
        sa.PrimaryKeyConstraint("id", name="pk_participant"),
        sa.UniqueConstraint("activity", "person", name="uq_participant_activity_person"),
    )
    op.create_index("ix_participant_activity", "participant", ["activity"])
    op.create_index("ix_participant_person", "participant", ["person"])
