"""An open database, asked alike whether it is SQLite or PostgreSQL.

The drivers alone, and SQL that is written once, with ``:name`` for parameters: to load a toolkit
takes longer than all else that a command starts with.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

Row = Sequence[Any]
Parameters = Mapping[str, Any]


class Connection:
    """One connection of a driver. Its errors are the driver's own."""

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
        """The rows of one query, one after the other as they are asked for."""
        return iter(self._execute(sql, parameters))

    def value(self, sql: str, parameters: Parameters | None = None) -> Any:
        """The first value of the first row; None where there is no row."""
        row = self._execute(sql, parameters).fetchone()
        return None if row is None else row[0]

    def run(self, sql: str, parameters: Parameters | None = None) -> int:
        """Carry out a statement; how many rows it touched."""
        touched: int = self._execute(sql, parameters).rowcount
        return touched

    def run_each(self, sql: str, each: Iterable[Parameters]) -> int:
        """Carry out a statement for each of several; how many rows they touched together."""
        cursor = self.driver.cursor()
        cursor.executemany(self._dialect(sql), [self._bound(row) for row in each])
        touched: int = cursor.rowcount
        return touched

    def run_all(self, statements: Iterable[str]) -> None:
        """Carry out statements without parameters one after the other; a server is asked once."""
        if self.on_sqlite:
            for statement in statements:
                self.driver.execute(statement)
        else:
            self.driver.execute(";\n".join(statements))

    def _execute(self, sql: str, parameters: Parameters | None) -> Any:
        if parameters is None:
            return self.driver.execute(sql)
        return self.driver.execute(self._dialect(sql), self._bound(parameters))

    def _dialect(self, sql: str) -> str:
        return sql if self.on_sqlite else _for_psycopg(sql)

    def _bound(self, parameters: Parameters) -> dict[str, Any]:
        if not self.on_sqlite:
            return dict(parameters)
        return {name: plain(value) for name, value in parameters.items()}


def plain(value: Any) -> Any:
    """A value as SQLite's driver takes it at once: a day as text, and text of a class of its own,
    about which the driver would ask around, as plain text."""
    if isinstance(value, str):
        return str.__str__(value)
    return value.isoformat() if isinstance(value, date) else value


def in_clause(column: str, keys: Iterable[Any], name: str = "key") -> tuple[str, dict[str, Any]]:
    """The condition that a column (or expression) is one of the keys, and its parameters, of which
    each is called ``name`` and its place."""
    named = {f"{name}{number}": key for number, key in enumerate(keys)}
    marks = ", ".join(f":{mark}" for mark in named)
    return (f"{column} IN ({marks})" if named else "1 = 0"), named


@lru_cache(maxsize=256)
def _for_psycopg(sql: str) -> str:
    return re.sub(r":(\w+)", r"%(\1)s", sql.replace("%", "%%"))
