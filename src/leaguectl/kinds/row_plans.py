"""A row on its way into the registry: its typed line, the rows of a table together, and what it
would change."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from leaguectl.findings import Finding, Level
from leaguectl.kinds.cells import Day, days_of_event
from leaguectl.kinds.line import Line, precision_field, shared_fields
from leaguectl.kinds.moves import disorder_of
from leaguectl.kinds.parsing import Columns, build_lines, masked, stand_in
from leaguectl.model import (
    DECLARATIONS,
    NOT_YET,
    Change,
    Entity,
    Membership,
    Organization,
    Person,
    if_known,
    is_known,
    likeness_of,
)
from leaguectl.model.days import as_known
from leaguectl.rules import Verdict
from leaguectl.rules.rule import known_facts
from leaguectl.workbooks.rows import Row, Rows
from leaguectl.workbooks.texts import CLEARED

E = TypeVar("E", bound=Entity)
L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True)
class Item(Generic[L]):
    """A typed line and the row it came from, with what was found about it so far. Where a cell
    could not be read, its field is :data:`leaguectl.model.NOT_YET` and the row is rejected, but its
    other faults are still found."""

    line: L
    row: Row
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether an error was found already."""
        return bool(self.findings) and any(finding.is_error for finding in self.findings)


@dataclass(frozen=True)
class Block(Generic[L]):
    """Rows of one table, typed by column; a row that needs individual handling becomes an item."""

    line: type[L]
    rows: Rows
    typed: Columns

    @classmethod
    def single(cls, item: Item[L]) -> "Block[L]":
        """An item as a block of its own, for what is asked of whole columns; of a cell that could
        not be read, its :func:`leaguectl.kinds.parsing.stand_in`."""
        row = item.row
        rows = Rows("", "", 0, {}, {}, [0], [], row.day, row.is_dated, row.is_whole)
        line = type(item.line)
        values = {field: getattr(item.line, field) for field in line.model_fields}
        typed = {
            field: [stand_in(line, field) if value is NOT_YET else value]
            for field, value in values.items()
        }
        return cls(line, rows, typed)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Item[L]]:
        return map(Item, build_lines(self.line, self.typed), self.rows)

    def items(self, indexes: Set[int]) -> Iterator[tuple[int, Item[L]]]:
        """The items at these indexes, in order."""
        for index in sorted(indexes):
            cells = {field: column[index : index + 1] for field, column in self.typed.items()}
            (line,) = build_lines(self.line, cells)
            yield index, Item(line, self.rows[index])

    def column(self, field: str) -> Sequence[Any]:
        """A field of all rows; None in each where there is no such column."""
        return self.typed.get(field) or [None] * len(self)

    @cached_property
    def likenesses(self) -> Sequence[str]:
        """For rows about people, the keys under which two records may be the same person."""
        return [*map(likeness_of, self.column("name"), self.column("id_number"))]


@dataclass
class RowPlan:
    """What one row would change and what is wrong with it, while it is being planned."""

    item: Item[Any]
    changes: list[Change] = field(default_factory=list)
    cleared: set[str] = field(default_factory=set)
    """The columns whose cells say that the stored value is to be cleared."""
    confirmed: list[Entity] = field(default_factory=list)
    """Records that are already as the row says."""
    creates: bool = False
    concerned: set[int] = field(default_factory=set)
    """People that the rules also judge, although the row changes none of their records."""
    place: Row = field(init=False)
    """The place of the row: all that is kept of the row once it has been planned."""

    def __post_init__(self) -> None:
        # A row holds all its cells, but once it is planned only its place is still needed.
        self.place = self.item.row.place()

    @property
    def row(self) -> Row:
        """The row it is about."""
        return self.item.row

    @property
    def findings(self) -> list[Finding]:
        """What was found about the row."""
        return self.item.findings

    @if_known
    def put(self, before: Entity | None, after: Entity | None) -> None:
        """Change ``before`` (None: nothing) to ``after``; no change where they are equal."""
        if before != after:
            self.changes.append(Change(before, after))
        elif after is not None:
            self.confirmed.append(after)

    def remove(self, before: Entity) -> None:
        """Take a record away."""
        self.changes.append(Change(before, None))

    def fault(self, rule: str, column: str, level: Level = Level.ERROR, /, **facts: Any) -> None:
        """Add a fault with the column to look at."""
        where = masked(self.row.where(column))
        self.findings.append(Finding(rule, known_facts(facts), level, where))

    def has(self, rule: str, column: str) -> bool:
        """Whether that fault of the column is there already."""
        return any(
            finding.code == rule and finding.where is not None and finding.where.field == column
            for finding in self.findings
        )

    def say_last_day(self, first: Any) -> None:
        """For an event of several days, whose first day is stored, report until when it lasted."""
        if is_known(first) and (last := days_of_event(self.row.cells["day"])[1]) != first:
            self.fault("event-of-days", "day", Level.WARNING, first=first, last=last)

    def refuse_home(self, organization: Organization, column: str) -> None:
        """Refuse an organisation that has been dissolved."""
        facts = {"name": organization.name, "dissolved": organization.dissolved}
        self.fault("organization-dissolved", column, **facts)

    def refuse_disorder(self, home: Membership) -> None:
        """Refuse a membership that would end, or go on elsewhere, before it began, in the cell that
        says the day."""
        line = type(self.item.line)
        columns = {field: column for column, field in shared_fields(line, Membership)}
        for rule, fields, facts in disorder_of(home):
            column = next((columns[field] for field in fields if field in columns), "name")
            if not self.has(rule, column):
                self.fault(rule, column, **facts)

    def refuse_not_yet(
        self, organization: Organization, day: date, column: str, level: Level = Level.ERROR
    ) -> None:
        """Refuse an organisation that is founded only after that day."""
        founded, precision = organization.founded, organization.founded_precision
        if founded is not None and day < founded:
            facts = {"name": organization.name, "founded": as_known(founded, precision)}
            self.fault("organization-not-yet", column, level, **facts)

    def refuse_clearing(self) -> None:
        """A fault for each cell that is to clear what no sheet can clear."""
        for column, value in self.row.cells.items():
            if value == CLEARED and column not in self.cleared:
                self.fault("clear-refused", column, field=column)

    def add_verdicts(self, verdicts: Iterable[Verdict], unless: Collection[str] = ()) -> None:
        """Add what the rules say about the row as faults, except those of some rules."""
        for verdict in verdicts:
            if verdict.code not in unless:
                self.fault(verdict.code, verdict.field, verdict.level, **verdict.facts)

    @property
    def is_refused(self) -> bool:
        """Whether an error was found already."""
        return self.item.is_refused

    def check_identity(self, line: Any, person: Person) -> None:
        """The ID number contains birth date and sex; columns that contradict it are a finding,
        since either may be wrong."""
        if not is_known(person.id_number):
            return
        if is_known(line.born):
            born = as_precise(line.born, person.born)
            if line.born.date != born:
                self.fault("born-differs", "born", Level.WARNING, said=line.born.date, known=born)
        if is_known(line.sex) and line.sex != person.sex:
            self.fault("sex-differs", "sex", Level.WARNING, said=line.sex, known=person.sex)

    def exact_days(self, line: L, stored: Mapping[str, Iterable[Any]]) -> L:
        """The line with the days of columns that keep days, where their cells have months alone:
        the day of that month that is ``stored``, by column. Where none is, the day is not known,
        and that is a fault: no month is taken for its first day."""
        days: dict[str, Any] = {}
        for column, known in stored.items():
            said = getattr(line, column)
            if not is_known(said) or said.precision == "day":
                continue
            within = [day for day in known if day is not None and day.replace(day=1) == said.date]
            days[column] = Day(within[-1], "day") if within else NOT_YET
            if not within:
                as_written = str(self.item.row.cells.get(column, said))
                self.fault("day-month-only", column, text=as_written, field=column)
        return line.model_copy(update=days) if days else line


def as_precise(cell: Day, exact: date) -> date:
    """A day as precise as a cell has it: the first of its month where the cell has the month."""
    return exact if cell.precision == "day" else exact.replace(day=1)


def completed(
    stored: E, values: Mapping[str, Any]
) -> tuple[E, dict[str, Any], dict[str, dict[str, str]]]:
    """One rule for all days of which the month alone may be known, whichever comes first: the
    record with the days that complete its months; the values without those that agree with it; and
    by each day how exactly it is known."""
    left, precisions = dict(values), dict[str, dict[str, str]]()
    for name, said in values.items():
        precision, before = precision_field(type(stored), name), getattr(stored, name)
        if precision is None or (exactly := left.pop(precision, None)) is None:
            continue
        precisions[name] = {precision: exactly}
        by_month = "month" in (exactly, getattr(stored, precision))
        if not by_month or before is None or not is_known(said):
            continue
        if (said.year, said.month) == (before.year, before.month):
            del left[name]
            if exactly == "day":
                stored = replace(stored, **{name: said, precision: exactly})
    return stored, left, precisions


def known_of(record: Entity, name: str) -> Any:
    """The value of a field as messages show it: a day kept as a month without its day."""
    precision, value = precision_field(type(record), name), getattr(record, name)
    return value if precision is None else as_known(value, getattr(record, precision))


def day_column(line: type[Line], change: Change, code: str) -> str:
    """The column of the day on which something happened, or of that of its organisation."""
    if isinstance(change.after, Organization):
        return "dissolved" if code == "organization-dissolved" else "founded"
    is_home = code == "organization-dissolved"
    said = "organization" if is_home else DECLARATIONS[change.entity].occurs
    pairs = shared_fields(line, change.entity)
    return next((column for column, field in pairs if field == said), "name")


def name_column(changes: Iterable[Change]) -> str:
    """The column that gives an organisation its name, its place or the days on which it has it."""
    for change in changes:
        if isinstance(change.after, Organization):
            fields = change.fields if change.before is not None else ()
            said = (field for field in ("parent", "founded", "dissolved") if field in fields)
            return next(said, "name")
    return "day"
