"""A membership that never was ends as one.

Revision ID: 0017
"""

from alembic import op

revision = "0017"
down_revision = "0016"

REASONS = (
    "leaving_reason IN ('age', 'transferred', 'moved', 'resigned', 'removed', 'expelled',"
    " 'deceased', 'other', 'in error')"
)


def upgrade() -> None:
    """Allow the reason."""
    with op.batch_alter_table("membership") as table:
        table.drop_constraint("ck_membership_leaving_reason", type_="check")
        table.create_check_constraint("ck_membership_leaving_reason", REASONS)
