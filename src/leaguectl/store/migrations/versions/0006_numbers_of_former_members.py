"""A former member who is admitted again has a number of each time.

Revision ID: 0006
"""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Let a person have one number of each year, instead of one for all."""
    op.execute("DROP INDEX uq_number_person")
    op.execute(
        "CREATE UNIQUE INDEX uq_number_person ON number (person, year) WHERE person IS NOT NULL"
    )
