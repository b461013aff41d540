"""An operation has the day of which its facts speak.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the day; of what was written before nobody knows it."""
    op.add_column("operation", sa.Column("day", sa.Date(), nullable=True))
