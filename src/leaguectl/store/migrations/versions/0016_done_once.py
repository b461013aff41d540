"""An operation has the key by which it is done once.

Revision ID: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the key, and the checksum of the command that was given with it."""
    op.add_column("operation", sa.Column("once", sa.String(64), nullable=True))
    op.add_column("operation", sa.Column("asked", sa.String(8), nullable=True))
    op.create_index("uq_operation_once", "operation", ["once"], unique=True)
