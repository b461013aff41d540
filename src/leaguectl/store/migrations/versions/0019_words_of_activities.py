"""Activities keep the words of the sheet for their category.

Revision ID: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column; nothing in it means what the category is called."""
    op.add_column("activity", sa.Column("said", sa.Text()))
