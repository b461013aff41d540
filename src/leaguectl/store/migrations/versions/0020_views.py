"""Views for other programs. They are made anew at the end of every upgrade, from the declarations of
the entities, so that there is nothing to do here but to give the schema with them a number.

Revision ID: 0020
"""

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Change no table."""
