"""A term may begin in a month of which the day is not known.

Revision ID: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add how exactly the beginning is known; what is stored so far was said by the day."""
    with op.batch_alter_table("post") as table:
        table.add_column(
            sa.Column("since_precision", sa.String(5), nullable=False, server_default="day")
        )
        table.create_check_constraint(
            "ck_post_since_precision", "since_precision IN ('day', 'month')"
        )
    with op.batch_alter_table("post") as table:
        table.alter_column("since_precision", server_default=None)
