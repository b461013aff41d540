"""Operations are linked by digests, and settings have history like everything else.

Revision ID: 0010
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_FIRST = 0
_HIGHEST = (
    "SELECT noun, max(CAST(key AS BIGINT)) FROM history WHERE noun IN ('activity', 'admission',"
    " 'alias', 'candidacy', 'coverage', 'discipline', 'dispute', 'distinctpair', 'membership',"
    " 'milestone', 'organizationevent', 'person', 'post', 'quota', 'registration', 'reported',"
    " 'review', 'score', 'survey', 'task', 'trainee', 'training', 'transfer') GROUP BY noun"
)
_HIGHEST_CODE = (
    "SELECT noun, max(CAST(substr(key, 2) AS BIGINT)) FROM history WHERE noun = 'organization'"
    " AND key BETWEEN 'O00000' AND 'O99999' AND length(key) = 6 GROUP BY noun"
)


def upgrade() -> None:
    """Make the tables; the chain itself is computed when all migrations are done."""
    op.create_table(
        "content",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_content"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_content_operation"),
        sa.ForeignKeyConstraint(["written"], ["operation.id"], name="fk_content_written"),
    )
    op.create_index("ix_content_operation", "content", ["operation"])
    op.create_table(
        "last_id",
        sa.Column("noun", sa.String(32), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("noun", name="pk_last_id"),
    )
    op.add_column("operation", sa.Column("digest", sa.String(64), nullable=True))
    connection = op.get_bind()
    _remember_last_ids(connection)
    _make_first(connection)
    with op.batch_alter_table("setting") as table:
        table.add_column(
            sa.Column("operation", sa.Integer(), nullable=False, server_default=str(_FIRST))
        )
        table.create_foreign_key("fk_setting_operation", "operation", ["operation"], ["id"])
    with op.batch_alter_table("setting") as table:
        table.alter_column("operation", server_default=None)
    op.execute(
        "UPDATE setting SET operation = (SELECT max(id) FROM operation WHERE command ="
        " 'policy set') WHERE key = 'policy' AND EXISTS (SELECT 1 FROM operation WHERE"
        " command = 'policy set')"
    )


def _remember_last_ids(connection: Any) -> None:
    """From the setting that kept them so far, else from the history, which has every row that
    went."""
    kept = connection.scalar(sa.text("SELECT value FROM setting WHERE key = 'last_ids'"))
    if kept is None:
        found = [
            *connection.execute(sa.text(_HIGHEST)),
            *connection.execute(sa.text(_HIGHEST_CODE)),
        ]
        last = dict(map(tuple, found))
    else:
        last = json.loads(kept)
    for noun, number in last.items():
        op.execute(
            sa.text("INSERT INTO last_id (noun, last) VALUES (:noun, :last)").bindparams(
                noun=noun, last=number
            )
        )
    op.execute("DELETE FROM setting WHERE key = 'last_ids'")


def _make_first(connection: Any) -> None:
    """The operation that made the registry: nobody wrote down who it was, nor when; at the latest
    when the first was written."""
    at = connection.scalar(sa.text("SELECT min(at) FROM operation"))
    op.execute(
        sa.text(
            "INSERT INTO operation (id, at, actor, command, sources, counts, version)"
            " VALUES (:id, :at, '', 'init', '[]', '{}', '')"
        ).bindparams(id=_FIRST, at=at or "")
    )
