"""Papers go on, members move on, operations are undone: more columns of the first tables.

Revision ID: 0002
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ENTRIES = "entry IN ('admitted', 'recorded', 'transferred', 'moved', 'restored')"
REASONS = (
    "leaving_reason IN ('age', 'transferred', 'moved', 'resigned', 'removed', 'expelled',"
    " 'deceased', 'other')"
)


def upgrade() -> None:
    """Complete the tables of the first schema."""
    op.add_column("organization", sa.Column("elected", sa.Date(), nullable=True))
    op.add_column("organization", sa.Column("graduates", sa.Integer(), nullable=True))
    op.add_column("person", sa.Column("written", sa.Text(), nullable=True))
    op.add_column("admission", sa.Column("beyond", sa.Text(), nullable=True))
    _complete_certificate()
    _complete_form()
    _complete_membership()
    with op.batch_alter_table("operation") as table:
        table.add_column(sa.Column("undoes", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_operation_undoes", "operation", ["undoes"], ["id"])
        table.create_index("ix_operation_undoes", ["undoes"])
    _complete_history()


def _complete_certificate() -> None:
    op.add_column("certificate", sa.Column("copies", sa.Integer(), nullable=True))
    op.execute("UPDATE certificate SET copies = 1")
    with op.batch_alter_table("certificate") as table:
        table.add_column(sa.Column("issued", sa.Date(), nullable=True))
        table.alter_column("copies", nullable=False)
        table.add_column(sa.Column("replaces", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("reason", sa.Text(), nullable=True))
        table.create_foreign_key("fk_certificate_replaces", "certificate", ["replaces"], ["serial"])
        table.create_check_constraint("ck_certificate_copies", "copies >= 1")
        table.create_check_constraint("ck_certificate_not_its_own", "replaces <> serial")
        table.create_index("ix_certificate_person", ["person"])


def _complete_form() -> None:
    with op.batch_alter_table("form") as table:
        table.add_column(sa.Column("received", sa.Date(), nullable=True))
        table.add_column(sa.Column("sha256", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("size", sa.Integer(), nullable=True))
        table.add_column(sa.Column("pages", sa.Integer(), nullable=True))
        table.create_check_constraint("ck_form_size", "size > 0 AND pages > 0")
        table.create_check_constraint("ck_form_scan", "(sha256 IS NULL) = (size IS NULL)")
        table.create_index("ix_form_person", ["person"])
    known = sa.text("sha256 IS NOT NULL")
    op.create_index(
        "uq_form_sha256",
        "form",
        ["sha256"],
        unique=True,
        sqlite_where=known,
        postgresql_where=known,
    )


def _complete_membership() -> None:
    with op.batch_alter_table("membership") as table:
        table.add_column(sa.Column("since", sa.Date(), nullable=True))
        table.drop_constraint("ck_membership_entry", type_="check")
        table.create_check_constraint("ck_membership_entry", ENTRIES)
        table.drop_constraint("ck_membership_leaving_reason", type_="check")
        table.create_check_constraint("ck_membership_leaving_reason", REASONS)
        table.create_check_constraint(
            "ck_membership_since_between", 'since >= joined AND "left" >= since'
        )


def _complete_history() -> None:
    """The operation that had written a replaced row stands in the row itself."""
    op.add_column("history", sa.Column("written", sa.Integer(), nullable=True))
    connection = op.get_bind()
    kept = connection.execute(sa.text("SELECT id, before FROM history")).all()
    if rows := [{"id": id_, "written": json.loads(before)["operation"]} for id_, before in kept]:
        connection.execute(sa.text("UPDATE history SET written = :written WHERE id = :id"), rows)
    with op.batch_alter_table("history") as table:
        table.alter_column("written", nullable=False)
        table.create_foreign_key("fk_history_written", "operation", ["written"], ["id"])
        table.create_index("ix_history_written", ["written"])
