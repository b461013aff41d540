"""Fields that stand under figures of a day keep until when another value held.

Revision ID: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table; what is stored so far is taken to have been so always."""
    op.create_table(
        "former_value",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("noun", sa.String(32), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("field", sa.String(32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_former_value"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_former_value_operation"),
    )
    op.create_index("ix_former_value_of", "former_value", ["noun", "key", "field"])
