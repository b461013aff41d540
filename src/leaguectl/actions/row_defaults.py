"""What is said of the rows of a sheet elsewhere: by an option or the title for all of them, by
their cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic_core import PydanticCustomError

from leaguectl.kinds.activities import ActivityLine, category_named
from leaguectl.kinds.cells import id_number
from leaguectl.kinds.parsing import is_blank
from leaguectl.workbooks.rows import Row

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowDefaults:
    """``organization`` is the branch of the rows that name none; ``cases`` has by ID number what
    the case of a candidate says; ``category`` is what the title says of activities."""

    organization: str | None = None
    cases: Mapping[str, Facts] = field(default_factory=dict)
    category: str | None = None

    @property
    def fields(self) -> frozenset[str]:
        """The columns that a sheet may lack because of it."""
        known = {name for facts in self.cases.values() for name in facts}
        return frozenset(known | self._of_all.keys())

    def titled(self, kind: str, missing: Iterable[str], titles: Iterable[str]) -> "RowDefaults":
        """With what the titles of a table say in place of a column that it lacks: 主题团日 above a
        list of activities is the category of them all."""
        if kind != ActivityLine.kind or "category" not in missing:
            return self
        return replace(self, category=category_named(titles))

    @property
    def _of_all(self) -> dict[str, str]:
        said = {"organization": self.organization, "category": self.category}
        return {name: value for name, value in said.items() if value}

    def complete(self, row: Row) -> Row:
        """The row with what it leaves out and is said here; a filled cell counts."""
        facts = self._of_all | dict(self._of_case(row))
        added = {
            name: value for name, value in facts.items() if is_blank(name, row.cells.get(name))
        }
        return replace(row, cells={**row.cells, **added}) if added else row

    def _of_case(self, row: Row) -> Facts:
        if not self.cases or (cell := row.cells.get("id_number")) is None:
            return {}
        try:
            return self.cases.get(str(id_number(cell)), {})
        except PydanticCustomError:  # told when the row is typed
            return {}
