"""Why a figure has its value: the operations that changed it, each with the rows of its sheets.

A copy of the registry is reversed operation by operation, and the figure is counted after each by
its own query, so that the parts always add up to the difference.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from leaguectl.model import DECLARATIONS, Entity, Person
from leaguectl.reports.figures import Figure
from leaguectl.reports.figures.counting import Counting
from leaguectl.reports.journal import Journal
from leaguectl.reports.query import Row
from leaguectl.store.past import Past
from leaguectl.store.provenance import Sheets
from leaguectl.store.reading import Reader
from leaguectl.store.versions import Versions

Number = int | Decimal
Subject = tuple[str, Any]
"""What a row of a figure is about: a person, a number, an organisation, a name."""


@dataclass(frozen=True, slots=True)
class Part:
    """What an operation did to the figure, before and after; ``rows`` has it by sheet, with the
    numbers of the rows and the people they are about."""

    operation: Mapping[str, Any]
    before: Number | None
    after: Number | None
    rows: list[Row]

    @property
    def change(self) -> Number:
        """The difference."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Question:
    """The figure that is asked about."""

    figure: Figure
    year: int
    as_of: date | None = None
    org: str = ""

    def counting(self, reader: Reader) -> Counting:
        """How it is counted in a registry."""
        return Counting(reader, self.year, self.as_of, self.org)


def why(reader: Reader, question: Question, operations: Iterable[Mapping[str, Any]]) -> list[Part]:
    """The parts of a figure by operation, those that changed it or the rows behind it;
    ``operations`` are the last of the registry, the newest first."""
    past, parts = Past(reader), []
    after, rows_after = _counted(past.reader, question)
    for operation in operations:
        past.take_back(operation["id"])
        before, rows_before = _counted(past.reader, question)
        moved = Counter(rows_after)
        moved.subtract(rows_before)
        moved = Counter({subject: count for subject, count in moved.items() if count})
        if before != after or moved:
            rows = _rows(reader, operation["id"], moved, (after or 0) - (before or 0), question)
            parts.append(Part(operation, before, after, rows))
        after, rows_after = before, rows_before
    return parts[::-1]


def _counted(reader: Reader, question: Question) -> tuple[Number | None, Counter[Subject]]:
    """The figure, and how much it counts for each subject of its rows."""
    figure, counting = question.figure, question.counting(reader)
    about = figure.about
    columns = (
        about.person or "NULL", about.number or "NULL", about.organization or "NULL",
        about.name or "NULL", about.head or "NULL", about.amount or "1",
        f"CASE WHEN {figure.part} THEN 1 ELSE 0 END" if figure.part else "1",
    )  # fmt: skip
    counted: Counter[Subject] = Counter()
    heads: set[Any] = set()
    for person, number, code, name, head, amount, is_in in counting.select(
        figure, ", ".join(columns)
    ):
        if not is_in or (about.head and (head is None or head in heads)):
            continue
        heads.add(head)
        named = ("name", (code, name)) if name is not None else ("organization", code)
        of_number = ("number", number) if number is not None else named
        subject = of_number if person is None or number is not None else ("person", person)
        counted[subject] += 1 if about.head else amount or 0
    return counting.value(figure).value, counted


def _rows(
    reader: Reader, operation: int, moved: Counter[Subject], change: Number, question: Question
) -> list[Row]:
    """What an operation did to a figure by sheet; the part not explained by its rows has no sheet,
    so that the parts add up to the change."""
    by_sheet: dict[tuple[str | None, str | None], list[tuple[int, Subject]]] = defaultdict(list)
    places = _Places(reader, operation, question.figure)
    for subject in moved:
        file, sheet, row = places.of(subject)
        by_sheet[file, sheet].append((row, subject))
    is_sum = question.figure.places is None
    names = places.names(moved)
    rows: list[Row] = []
    for (file, sheet), listed in sorted(by_sheet.items(), key=lambda item: str(item[0])):
        listed.sort(key=lambda pair: pair[0])
        numbers = {row for row, _ in listed if row}
        rows.append(
            {
                "file": file,
                "sheet": sheet,
                "rows": list(_ranges(numbers)),
                "change": sum(moved[subject] for _, subject in listed) if is_sum else None,
                "who": [names[subject] for _, subject in listed],
            }
        )
    explained = sum(row["change"] or 0 for row in rows)
    if len(rows) == 1 and not is_sum:
        rows[0]["change"] = change
    elif explained != change:
        rows.append(
            {"file": None, "sheet": None, "rows": [], "change": change - explained, "who": []}
        )
    return rows


def _ranges(numbers: Set[int]) -> Iterator[list[int]]:
    """The first and the last of each run of consecutive numbers."""
    starts = sorted(number for number in numbers if number - 1 not in numbers)
    ends = sorted(number for number in numbers if number + 1 not in numbers)
    yield from map(list, zip(starts, ends, strict=True))


_BY_ROWS = frozenset({"admission", "post", "number", "activity", "coverage", "trainee", "score"})
"""Tables whose rows each have a row of a sheet of their own."""


class _Places:
    """The places of an operation's rows, by their subjects."""

    def __init__(self, reader: Reader, operation: int, figure: Figure) -> None:
        self._reader, self._operation = reader, operation
        counts = re.findall(r"\bFROM ([a-z_]+)", figure.before + figure.rows)
        self._counts = [table for table in counts if table in _BY_ROWS]
        self._sheets = Sheets(reader, operation)
        self._records: dict[Subject, Entity] | None = None

    def of(self, subject: Subject) -> tuple[str | None, str | None, int]:
        """File, sheet and row; None and 0 where no sheet mentions it."""
        # Most figures count members, who have one row; their other records have rows of their own.
        record = self._by_subject.get(subject) if self._counts else None
        place = self._sheets.place(record) if record is not None else None
        place = place or self._sheets.place_of(*subject)
        if place is None and (record := self._by_subject.get(subject)) is not None:
            place = self._sheets.place(record)
        return (place.file, place.sheet, place.row) if place is not None else (None, None, 0)

    @property
    def _by_subject(self) -> dict[Subject, Entity]:
        """The records that the operation changed, by subject."""
        if self._records is None:
            self._records = {}
            found = Versions(self._reader).changes(self._operation) if self._sheets.sources else []
            found.sort(key=lambda change: DECLARATIONS[change.entity].table not in self._counts)
            for change in found:
                record: Any = change.before if change.after is None else change.after
                person = record.id if isinstance(record, Person) else None
                code = getattr(record, "organization", None)
                for subject in (
                    ("person", person or getattr(record, "person", None)),
                    ("number", getattr(record, "number", None)),
                    ("name", (code, getattr(record, "name", None))),
                    ("organization", code),
                ):
                    self._records.setdefault(subject, record)
        return self._records

    def names(self, subjects: Iterable[Subject]) -> dict[Subject, str]:
        """The name of each subject."""
        journal = Journal(self._reader)
        people = {key for kind, key in subjects if kind == "person"}
        codes = {key for kind, key in subjects if kind == "organization" and key is not None}
        journal.look_up({"person": people, "organization": codes})
        return {
            (kind, key): str(key[1]) if kind == "name" else journal.names.get((kind, key), str(key))
            for kind, key in subjects
        }
