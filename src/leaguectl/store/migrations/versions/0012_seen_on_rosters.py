"""A membership has the first day of which a roster tells of it.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the day; what rosters have told so far was so on the day on which it was written."""
    op.add_column("membership", sa.Column("seen", sa.Date(), nullable=True))
    # SQLite keeps a day as text, and has no type to cast it to.
    is_text = op.get_bind().dialect.name == "sqlite"
    day = "substr(at, 1, 10)" if is_text else "CAST(substr(at, 1, 10) AS DATE)"
    op.execute(
        f"UPDATE membership SET seen = (SELECT {day} FROM operation"  # noqa: S608
        " WHERE operation.id = membership.operation)"
        " WHERE entry = 'recorded' AND since IS NULL"
    )
