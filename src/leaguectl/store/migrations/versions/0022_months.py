"""Of the end of a term, and of the founding and the election of an organisation, the month alone may
be known.

Revision ID: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add how exactly each is known; what is stored so far was said by the day."""
    for table, fields in (("post", ["until"]), ("organization", ["founded", "elected"])):
        names = [f"{field}_precision" for field in fields]
        with op.batch_alter_table(table) as changed:
            for name in names:
                changed.add_column(
                    sa.Column(name, sa.String(5), nullable=False, server_default="day")
                )
                changed.create_check_constraint(f"ck_{table}_{name}", f"{name} IN ('day', 'month')")
        with op.batch_alter_table(table) as changed:
            for name in names:
                changed.alter_column(name, server_default=None)
    # SQLite makes the table anew, and an index on an expression is not carried over.
    op.create_index(
        "uq_organization_name",
        "organization",
        [sa.text("coalesce(parent, '')"), "folded"],
        unique=True,
        sqlite_where=sa.text("dissolved IS NULL"),
        postgresql_where=sa.text("dissolved IS NULL"),
        if_not_exists=True,
    )
