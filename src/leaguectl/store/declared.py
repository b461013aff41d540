"""What the tables declare, read from the statements that make them: to ask it of the toolkit would
cost `check` and `undo` a third of a second."""

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources


@dataclass(slots=True)
class Unique:
    """What may stand in one row only: its name, its columns, and the condition it is under."""

    name: str
    columns: list[str]
    condition: str | None = None


@dataclass(slots=True)
class Declared:
    """A table: its columns with their types and whether they may be empty, its constraints by name
    and what it points to, each as SQL has it."""

    name: str
    columns: dict[str, tuple[str, bool]] = field(default_factory=dict)
    checks: dict[str, str] = field(default_factory=dict)
    unique: list[Unique] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """The tables that columns point to."""

    @property
    def key(self) -> str:
        """The column by which a row is known."""
        return self.unique[0].columns[0]


_TABLE = re.compile(r"CREATE TABLE (\w+) \(\n(.*)\n\)", re.DOTALL)
_INDEX = re.compile(r"CREATE UNIQUE INDEX (\w+) ON (\w+) \((.*?)\)(?: WHERE (.*))?")
_COLUMN = re.compile(r'"?(\w+)"? ([A-Z]+)(?:\(\d+\))?( NOT NULL)?')
_CONSTRAINT = re.compile(r"CONSTRAINT (\w+) (CHECK|UNIQUE|PRIMARY KEY|FOREIGN KEY) ?\((.*)")


def statements(kind: str) -> list[str]:
    """The statements that make a registry on ``sqlite`` or ``postgresql``."""
    script = resources.files("leaguectl.store").joinpath("schema", f"{kind}.sql")
    return [one.strip() for one in script.read_text("utf-8").split(";\n") if one.strip()]


@cache
def declared() -> dict[str, Declared]:
    """Every table of nouns and of the registry itself, by name, in the order in which they name
    each other."""
    tables: dict[str, Declared] = {}
    for statement in statements("sqlite"):
        if made := _TABLE.fullmatch(statement):
            tables[made[1]] = _table(made[1], made[2].split(",\n"))
        elif made := _INDEX.fullmatch(statement):
            tables[made[2]].unique.append(Unique(made[1], _columns(made[3]), made[4]))
    del tables["alembic_version"]
    return tables


def _table(name: str, lines: list[str]) -> Declared:
    table = Declared(name)
    for line in map(str.strip, lines):
        if constraint := _CONSTRAINT.fullmatch(line):
            called, kind, rest = constraint.groups()
            if kind == "CHECK":
                table.checks[called] = rest.removesuffix(")")
            elif kind == "FOREIGN KEY":
                column, _, to = rest.partition(") REFERENCES ")
                table.references[column.strip('"')] = to.split()[0]
            else:
                table.unique.append(Unique(called, _columns(rest.removesuffix(")"))))
        elif column := _COLUMN.fullmatch(line):
            table.columns[column[1]] = (column[2], column[3] is None)
    return table


def _columns(listed: str) -> list[str]:
    """The parts of a list; a comma within brackets is none of its."""
    return [part.strip() for part in re.split(r",(?![^(]*\))", listed)]
