"""Contents have a salt, so that what was erased cannot be tried out against the chain.

Revision ID: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the column; contents of older versions stay without."""
    op.add_column("content", sa.Column("salt", sa.String(32)))
