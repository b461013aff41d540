"""The statements that make a registry, made from the tables themselves.

``python tests/schema.py`` renews them; ``test_store.py`` compares them.
"""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Column, MetaData, String, make_url
from sqlalchemy import Table as Bare
from sqlalchemy.schema import CreateIndex, CreateTable

from leaguectl import store
from leaguectl.store.tables import Table

FOLDER = Path(store.__file__).parent / "schema"
KINDS = ("sqlite", "postgresql")
VERSION = Bare(
    "alembic_version",
    MetaData(naming_convention={"pk": "%(table_name)s_pkc"}),
    Column("version_num", String(32), primary_key=True),
)
"""As Alembic would make it."""


def script(kind: str) -> str:
    """What makes every table and index on this kind of database, and the mark of the schema."""
    dialect = make_url(f"{kind}://").get_dialect()()
    made: list[Any] = []
    for table in (*Table.metadata.sorted_tables, VERSION):
        made.append(CreateTable(table))
        made += [CreateIndex(one) for one in sorted(table.indexes, key=lambda one: str(one.name))]
    texts = (str(one.compile(dialect=dialect)).strip().replace("\t", "    ") for one in made)
    return "\n".join(re.sub(" +\n", "\n", text) + ";\n" for text in texts)


if __name__ == "__main__":
    for kind in KINDS:
        (FOLDER / f"{kind}.sql").write_text(script(kind), "utf-8")
