"""Organisations are called by short names.

Revision ID: 0013
"""

from alembic import op

revision = "0013"
down_revision = "0012"

KINDS = (
    "kind IN ('founded', 'renamed', 'called', 'moved', 'merged', 'split', 'retyped', 'elected',"
    " 'closed')"
)


def upgrade() -> None:
    """Allow the event."""
    with op.batch_alter_table("organization_event") as table:
        table.drop_constraint("ck_organization_event_kind", type_="check")
        table.create_check_constraint("ck_organization_event_kind", KINDS)
