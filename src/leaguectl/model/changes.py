"""What a plan changes: single records before and after, or many new ones column by column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from leaguectl.model.declaration import DECLARATIONS, Entity
from leaguectl.model.entities import key_of


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after: ``before`` is None where it is new, ``after`` where it goes."""

    before: Entity | None
    after: Entity | None

    @property
    def noun(self) -> type[Entity]:
        """The entity of which a record changes."""
        return type(self.after if self.after is not None else self.before)  # type: ignore[return-value]

    @property
    def key(self) -> Any:
        """The key of the record that changes."""
        return key_of(self.after if self.after is not None else self.before)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class NewRows:
    """Many new records of one entity, field by field: of the hundred thousand that a large sheet
    brings, a record is made only where it is looked at by itself.

    ``columns`` holds what differs, equally long; ``same`` what all have in common; a field in
    neither has its default. No other change of the same operation concerns one of them.
    """

    noun: type[Entity]
    columns: Mapping[str, Sequence[Any]]
    same: Mapping[str, Any]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __iter__(self) -> Iterator[Change]:
        """The change that makes each record."""
        make: Any = self.noun
        values = (
            self.columns[name]
            if name in self.columns
            else repeat(self.same.get(name, field.default))
            for name, field in DECLARATIONS[self.noun].fields.items()
        )
        # The columns come to an end; what all have in common is repeated for ever.
        return map(Change, repeat(None), map(make, *values))


def one_by_one(changes: Iterable[Change | NewRows]) -> Iterator[Change]:
    """Each change by itself."""
    for change in changes:
        if isinstance(change, NewRows):
            yield from change
        else:
            yield change
