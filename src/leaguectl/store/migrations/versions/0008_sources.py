"""What is stored has a source: a table, a sheet, a file.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table of source lines. Of what was imported before, the files alone are known."""
    op.create_table(
        "source_line",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(32), nullable=False),
        sa.Column("first_key", sa.Integer(), nullable=True),
        sa.Column("last_key", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(64), nullable=True),
        sa.Column("first_row", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_source_line"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_source_line_operation"),
    )
    op.create_index(
        "ix_source_line_record", "source_line", ["operation", "noun", "first_key", "key"]
    )
