"""A number that is lost or taken has the day from which it is.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the day, and take it from the operation that wrote the number."""
    op.add_column("number", sa.Column("since", sa.Date(), nullable=True))
    # SQLite keeps a day as text, and has no type to cast it to.
    is_text = op.get_bind().dialect.name == "sqlite"
    day = "substr(at, 1, 10)" if is_text else "CAST(substr(at, 1, 10) AS DATE)"
    op.execute(
        f"UPDATE number SET since = (SELECT {day} FROM operation"  # noqa: S608
        " WHERE operation.id = number.operation)"
        " WHERE state = 'void' OR (state = 'used'"
        " AND number NOT IN (SELECT number FROM admission))"
    )
