"""Of more days the month alone may be known: of badges, designations, seats, campaigns, steps,
registrations and certificates; and trainings keep the words of the sheet for their category.

Revision ID: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

DAYS = {
    "seat": ["appointed"], "badge": ["awarded"], "base": ["designated"],
    "campaign": ["launched", "finished"], "milestone": ["day"], "registration": ["registered"],
    "certificate": ["issued"],
}  # fmt: skip


def upgrade() -> None:
    """Add how exactly each day is known, which was said by the day so far, and the words."""
    for table, fields in DAYS.items():
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
    op.add_column("training", sa.Column("said", sa.Text()))
