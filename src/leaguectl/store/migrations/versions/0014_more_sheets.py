"""Seats in groups, badges of pioneers, bases and campaigns of education.

Revision ID: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


Names = tuple[str, ...]


def upgrade() -> None:
    """Make the tables."""
    _create("seat", ("group_name", "role", "name"), (), ("institution",), "appointed")
    _create("badge", ("school", "name", "badge"), (), ("squad",), "awarded")
    _create("base", ("title",), ("base_type",), ("address", "keeper"), "designated")
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("launched", sa.Date(), nullable=False),
        sa.Column("finished", sa.Date(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=True),
        sa.Column("attendances", sa.Integer(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint("sessions >= 0 AND attendances >= 0", name="ck_campaign_counts"),
        sa.CheckConstraint("finished >= launched", name="ck_campaign_finished_after_launched"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_campaign_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_campaign_organization"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
        sa.UniqueConstraint(
            "organization", "title", "launched", name="uq_campaign_organization_title_launched"
        ),
    )


def _create(table: str, key: Names, more: Names, texts: Names, day: str) -> None:
    """Make a table of records that a sheet means by some texts; it needs ``more``, and may have
    ``texts`` and a day."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*key, *more)),
        *(sa.Column(name, sa.Text(), nullable=True) for name in texts),
        sa.Column(day, sa.Date(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name=f"fk_{table}_operation"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint(*key, name=f"uq_{table}_{'_'.join(key)}"),
    )
