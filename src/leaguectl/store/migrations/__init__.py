"""From an older schema to the present one, each migration in the transaction of its record.

Alembic writes and orders them; it is imported only where there is something to migrate or to
compare. A migration never changes once it was released: a test migrates from the first schema and
compares the result with the tables of today.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, StaticPool, create_engine, exc

from leaguectl import store
from leaguectl.store import connection as plain
from leaguectl.store import grants, views


@contextmanager
def upgrading(connection: plain.Connection) -> Iterator[Callable[[str], None]]:
    """The toolkit on a plain connection, before that begins a transaction; then what brings the
    schema to a revision within it. Errors are the driver's own."""
    name = "sqlite://" if connection.on_sqlite else "postgresql+psycopg://"
    engine = create_engine(name, creator=lambda: connection.driver, poolclass=StaticPool)
    try:
        with warnings.catch_warnings(), engine.connect() as toolkit:
            # It says of indexes on expressions that it does not look at them; nobody asked it to.
            warnings.simplefilter("ignore", exc.SAWarning)
            yield partial(upgrade, toolkit)
    except exc.DBAPIError as error:
        raise error.orig or error from None


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to ``revision`` within the transaction of the connection. The views of other
    programs are of the newest schema: they go before, and are made at the end of it."""
    for statement in views.drop():
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "postgresql":
        for (unit,) in connection.exec_driver_sql(grants.UNITS).all():
            connection.exec_driver_sql(f"DROP SCHEMA {unit} CASCADE")
    command.upgrade(config(connection), revision)
    if revision in ("head", store.SCHEMA):
        for statement in views.create(connection.dialect.name):
            connection.exec_driver_sql(statement)


def config(connection: Connection) -> Config:
    """Alembic's configuration for one connection."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["connection"] = connection
    return made
