"""What is known of a member's papers that have no serial.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "paper_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "paper IN ('application', 'training record', 'form', 'registration form',"
            " 'certificate')",
            name="ck_paper_state_paper",
        ),
        sa.CheckConstraint(
            "state IN ('on hand', 'absent', 'lost', 'being replaced')", name="ck_paper_state_state"
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_paper_state_operation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_paper_state_person"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_state"),
        sa.UniqueConstraint("person", "paper", name="uq_paper_state_person_paper"),
    )
