"""An open database with the same interface for SQLite and PostgreSQL.

It needs only the drivers, and SQL that is written once, with ``:name`` for parameters: loading a
toolkit would take longer than the rest of a command's start.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

Row = Sequence[Any]
Parameters = Mapping[str, Any]


class Connection:
    """A connection of a driver. Its errors are those of the driver."""

    def __init__(self, driver: Any, *, on_sqlite: bool) -> None:
        self.driver = driver
        self.on_sqlite = on_sqlite

    def rows(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """All rows of one query."""
        return list(self.each(sql, parameters))

    def named_rows(self, sql: str, parameters: Parameters | None = None) -> list[dict[str, Any]]:
        """All rows of one query, each by the names of its columns."""
        cursor = self._execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def each(self, sql: str, parameters: Parameters | None = None) -> Iterator[Row]:
        """The rows of one query, fetched one after the other."""
        return iter(self._execute(sql, parameters))

    def value(self, sql: str, parameters: Parameters | None = None) -> Any:
        """The first value of the first row; None where there is no row."""
        row = self._execute(sql, parameters).fetchone()
        return None if row is None else row[0]

    def run(self, sql: str, parameters: Parameters | None = None) -> int:
        """Execute a statement; return how many rows it touched."""
        touched: int = self._execute(sql, parameters).rowcount
        return touched

    def run_each(self, sql: str, each: Iterable[Parameters]) -> int:
        """Execute a statement for each set of parameters; return how many rows they touched
        together."""
        cursor = self.driver.cursor()
        cursor.executemany(self._dialect(sql), [self._bound(row) for row in each])
        touched: int = cursor.rowcount
        return touched

    def run_all(self, statements: Iterable[str]) -> None:
        """Execute statements without parameters one after the other; on a server in a single round
        trip."""
        if self.on_sqlite:
            for statement in statements:
                self.driver.execute(statement)
        else:
            self.driver.execute(";\n".join(statements))

    def _execute(self, sql: str, parameters: Parameters | None) -> Any:
        if parameters is None:
            return self.driver.execute(sql)
        bound = self._bound(parameters)
        try:
            return self.driver.execute(self._dialect(sql), bound)
        except OverflowError:
            if not sql.lstrip().startswith(("SELECT", "WITH")):
                raise
            # A number beyond 64 bits, which somebody typed, is that of no row.
            texts = {name: str(v) if isinstance(v, int) else v for name, v in bound.items()}
            return self.driver.execute(sql, texts)

    def _dialect(self, sql: str) -> str:
        return sql if self.on_sqlite else _for_psycopg(sql)

    def _bound(self, parameters: Parameters) -> dict[str, Any]:
        if not self.on_sqlite:
            return dict(parameters)
        return {name: plain(value) for name, value in parameters.items()}


def plain(value: Any) -> Any:
    """A value in the form that SQLite's driver takes fastest: a day as text, and text of a
    subclass, for which the driver would search an adapter, as plain text."""
    if isinstance(value, str):
        return str.__str__(value)
    return value.isoformat() if isinstance(value, date) else value


def in_clause(column: str, keys: Iterable[Any], name: str = "key") -> tuple[str, dict[str, Any]]:
    """The condition that a column (or expression) is one of the keys, and its parameters, named
    ``name`` with a number."""
    named = {f"{name}{number}": key for number, key in enumerate(keys)}
    marks = ", ".join(f":{mark}" for mark in named)
    return (f"{column} IN ({marks})" if named else "1 = 0"), named


@lru_cache(maxsize=256)
def _for_psycopg(sql: str) -> str:
    return re.sub(r":(\w+)", r"%(\1)s", sql.replace("%", "%%"))
