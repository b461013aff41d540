"""Values that dated fields had before: what a change leaves behind."""

from collections.abc import Iterable, Iterator
from datetime import date

from leaguectl.model.declaration import DECLARATIONS
from leaguectl.model.entities import Change, key_of
from leaguectl.model.league import FormerValue
from leaguectl.model.snapshot import Snapshot


def former_values(changes: Iterable[Change], day: date, snapshot: Snapshot) -> Iterator[Change]:
    """For each dated field that changes on that day, the value that it had until then. A field that
    is filled in for the first time had none."""
    for change in [*changes]:
        if change.before is None or change.after is None:
            continue
        declaration = DECLARATIONS[change.entity]
        for field in declaration.dated:
            before = getattr(change.before, field)
            if before is not None and before != getattr(change.after, field):
                yield Change(None, FormerValue(
                    snapshot.new_id(FormerValue), declaration.name, str(key_of(change.before)),
                    field, str(before), day,
                ))  # fmt: skip
