"""What was read from files: the typed rows, how each sheet was understood, and every fault."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from leaguectl.findings import Counts, Finding, Level, Where
from leaguectl.kinds.batch import Block, Item
from leaguectl.kinds.line import Line
from leaguectl.kinds.parsing import parse_columns, read
from leaguectl.kinds.sheet_facts import SaidBranch
from leaguectl.kinds.steps import Plan
from leaguectl.workbooks.rows import Aside, Row, Rows

FEW = 4
"""Up to this many rows that include a wrong one are typed one by one."""


@dataclass(frozen=True, slots=True)
class SheetReport:
    """How a sheet was understood and what became of its rows."""

    file: str
    sheet: str
    kind: str | None
    header_row: int | None
    counts: Counts = field(default_factory=Counts)
    ignored_columns: tuple[str, ...] = ()
    heading_rows: tuple[int, ...] = ()
    title_rows: tuple[Aside, ...] = ()
    ignored_rows: tuple[Aside, ...] = ()
    """Every other row with content that was not read."""
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_read: tuple[int, ...] = ()
    """The hidden rows that were read."""
    hidden_columns: tuple[str, ...] = ()
    day: date | None = None
    """The day of effect, which its rows describe."""
    day_cell: str | None = None
    """The cell with that day; None where an option gives it, or nothing does."""
    branch: SaidBranch | None = None
    """The branch of all its rows, which have no column for it."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """The column letter of each field."""
    known_as: str | None = None
    """The name of a known table that is not imported: its rows are left out."""

    @property
    def source(self) -> dict[str, Any]:
        """The table as an operation records it along with its file."""
        return {
            "sheet": self.sheet, "header_row": self.header_row, "kind": self.kind,
            "day": self.day and self.day.isoformat(), "columns": self.columns,
        }  # fmt: skip


@dataclass
class ParsedFiles:
    """The typed content of the files, and everything that could not be typed."""

    items: list[Item[Any] | Block[Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sheets: list[SheetReport] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    """Each table with its file, and each file without one
    (:class:`leaguectl.store.schema.Operation`)."""

    @property
    def day(self) -> date | None:
        """The latest day of the sheets."""
        return max((sheet.day for sheet in self.sheets if sheet.day is not None), default=None)

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(len(item) if isinstance(item, Block) else 1 for item in self.items)

    def warn_of_hidden(self) -> None:
        """Warn of hidden rows: a filter may hide rows that were not meant to be imported."""
        for sheet in self.sheets:
            where = Where(sheet.file, sheet.sheet, sheet.header_row)
            if sheet.hidden:
                self.findings.append(Finding("sheet-hidden-read", level=Level.WARNING, where=where))
            if rows := sheet.hidden_read:
                where = replace(where, row=rows[0])
                self.findings.append(
                    Finding("rows-hidden-read", {"rows": rows}, Level.WARNING, where)
                )

    def counted(self, plan: Plan) -> list[SheetReport]:
        """The sheets with the outcomes of their rows."""
        ended = plan.steps.outcomes()
        outcomes = ("created", "updated", "unchanged", "rejected")
        reports = []
        for report in self.sheets:
            place = (report.file, report.sheet, report.header_row)
            counts = [ended[*place, outcome] for outcome in outcomes]
            reports.append(replace(report, counts=Counts(sum(counts), *counts)))
        return reports

    def add_rows(self, line: type[Line], rows: Rows) -> None:
        """Type rows of a table by column where all are right. Otherwise try each half by itself,
        down to the wrong row, which then reports all its faults."""
        if (typed := parse_columns(line, rows)) is not None:
            self.items.append(Block(line, rows, typed))
        elif len(rows) <= FEW:
            for row in rows:
                self.add_row(line, row)
        else:
            half = len(rows) // 2
            self.add_rows(line, rows[:half])
            self.add_rows(line, rows[half:])

    def add_row(self, line: type[Line], row: Row, remark: Finding | None = None) -> None:
        """Type one row as far as its cells can be read; ``remark`` is an error in a column that is
        not read."""
        typed, faults = read(line, row)
        self.items.append(Item(typed, row, faults + ([remark] if remark else [])))
