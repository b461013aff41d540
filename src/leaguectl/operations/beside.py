"""What is said of the rows of a sheet elsewhere: by an option for all of them, by their cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic_core import PydanticCustomError

from leaguectl.records import is_blank
from leaguectl.records.cells import id_number
from leaguectl.sheets import Row

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """``organization`` is the branch of the rows that name none; ``cases`` has by ID number what
    the case of a candidate says."""

    organization: str | None = None
    cases: Mapping[str, Facts] = field(default_factory=dict)

    @property
    def fields(self) -> frozenset[str]:
        """The columns that a sheet may lack because of it."""
        known = {name for facts in self.cases.values() for name in facts}
        return frozenset(known | ({"organization"} if self.organization else set()))

    def complete(self, row: Row) -> Row:
        """The row with what it leaves out and is said here; a filled cell counts."""
        facts = dict(self._of_case(row))
        if self.organization:
            facts.setdefault("organization", self.organization)
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
