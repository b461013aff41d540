"""From files to typed lines: every sheet recognised, every row typed, every fault kept. No lock."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from leaguectl.actions import Progress, no_progress
from leaguectl.actions.mapping import Mappings
from leaguectl.actions.row_defaults import RowDefaults
from leaguectl.findings import Counts, Finding, Level, Where
from leaguectl.kinds import KINDS
from leaguectl.kinds.ignored_tables import IGNORED_TABLES
from leaguectl.kinds.line import Line
from leaguectl.kinds.parsing import parse, parse_columns
from leaguectl.kinds.planning import Block, Item, Plan
from leaguectl.reader import Sheet, Source, column_letters
from leaguectl.workbooks.files import Unreadable, read_file
from leaguectl.workbooks.headings import Match, find_tables, titles
from leaguectl.workbooks.rows import Row, Rows, table_rows

ROWS_AT_ONCE = 1000
"""How many rows are typed together."""

FEW = 4
"""So many rows of which one is wrong are typed one by one."""


@dataclass(frozen=True, slots=True)
class SheetReport:
    """How a sheet was understood and what became of its rows."""

    file: str
    sheet: str
    kind: str | None
    header_row: int | None
    counts: Counts = field(default_factory=Counts)
    ignored_columns: tuple[str, ...] = ()
    ignored_rows: tuple[tuple[int, str], ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    known_as: str | None = None
    """What the table is where it is known and not kept: its rows are left alone."""


@dataclass
class ParsedFiles:
    """Everything that the files say, typed, and everything that could not be typed."""

    items: list[Item[Any] | Block[Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sheets: list[SheetReport] = field(default_factory=list)
    sources: list[dict[str, str]] = field(default_factory=list)
    faulty: dict[tuple[str, str, int | None], int] = field(default_factory=dict)
    faulty_rows: list[tuple[str | None, int | None, list[Finding]]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows could be typed."""
        return sum(len(one) if isinstance(one, Block) else 1 for one in self.items)

    @property
    def is_clean(self) -> bool:
        """Whether every row could be typed and every table was understood."""
        return not any(finding.is_error for finding in self.findings)

    def counted(self, plan: Plan) -> list[SheetReport]:
        """The sheets with what became of their rows."""
        ended = plan.steps.outcomes()
        for (file, sheet, table), faulty in self.faulty.items():
            ended[file, sheet, table, "rejected"] += faulty
        outcomes = ("created", "updated", "unchanged", "rejected")
        reports = []
        for one in self.sheets:
            of_sheet = [ended[one.file, one.sheet, one.header_row, outcome] for outcome in outcomes]
            reports.append(replace(one, counts=Counts(sum(of_sheet), *of_sheet)))
        return reports


def take_in(
    paths: Iterable[Path],
    open_source: Callable[[Path, str], Source] = read_file,
    *,
    only: str | None = None,
    sheet: str | None = None,
    mapped: Mappings | None = None,
    beside: RowDefaults | None = None,
    progress: Progress = no_progress,
) -> ParsedFiles:
    """Read the files and type their rows. ``only`` takes every sheet for that kind, ``sheet``
    takes the sheets of that name alone, ``mapped`` has the user's own headings with their fields,
    ``beside`` what is said of the rows elsewhere.

    A file that is no table is a finding, and the others are read. :raises NotFound: a file is not
    there.
    """
    intake = ParsedFiles()
    for path, shown in shown_names(paths).items():
        try:
            source = open_source(path, shown)
        except Unreadable as error:
            intake.findings.append(Finding(error.code, error.facts, where=Where(shown)))
            continue
        intake.sources.append(
            {"file": source.file, "sha256": source.sha256, "path": str(path.resolve())}
        )
        own = mapped.of(path.name) if mapped is not None else {}
        _take_source(source, only, sheet, own, beside or RowDefaults(), intake, progress)
    return intake


def shown_names(paths: Iterable[Path]) -> dict[Path, str]:
    """How messages name each file: without its folder, unless several go by that name."""
    listed = list(paths)
    names = Counter(path.name for path in listed)
    return {path: path.name if names[path.name] == 1 else str(path) for path in listed}


def _take_source(
    source: Source,
    only: str | None,
    sheet: str | None,
    mapped: Mapping[str, str],
    beside: RowDefaults,
    intake: ParsedFiles,
    progress: Progress,
) -> None:
    kinds = (
        [KINDS[only].pattern]
        if only
        else [*(kind.pattern for kind in KINDS.values()), *IGNORED_TABLES]
    )
    chosen = [one for one in source.sheets if sheet is None or one.name == sheet]
    if sheet is not None and not chosen:
        facts = {"sheet": sheet, "sheets": [one.name for one in source.sheets]}
        intake.findings.append(Finding("sheet-not-there", facts, where=Where(source.file)))
    understood = len(intake.items) + len(intake.findings)
    for one in chosen:
        # What its maker hid so that no menu shows it was not meant to be sent.
        found = [] if one.very_hidden else find_tables(one, kinds, mapped)
        for match in found:
            if not match.imported:
                header = one.rows[match.header][0]
                intake.sheets.append(
                    SheetReport(one.file, one.name, None, header, known_as=match.kind)
                )
                continue
            _take_table(one, match, beside, intake, progress)
        if not found:
            hidden = not one.visible or one.very_hidden
            intake.sheets.append(SheetReport(one.file, one.name, None, None, hidden=hidden))
    if (
        chosen
        and len(intake.items) + len(intake.findings) == understood
        and not any(
            report.kind or report.known_as for report in intake.sheets if report.file == source.file
        )
    ):
        intake.findings.append(Finding("file-says-nothing", where=Where(source.file)))


def _take_table(
    sheet: Sheet, match: Match, beside: RowDefaults, intake: ParsedFiles, progress: Progress
) -> None:
    beside = beside.titled(match.kind, match.missing, titles(sheet, match))
    match = replace(match, missing=match.missing - beside.fields)
    header = sheet.rows[match.header][0]
    where = Where(sheet.file, sheet.name, header)
    faults = _heading_faults(match, where, sheet.first_column)
    intake.findings += faults
    if faults:
        intake.sheets.append(
            SheetReport(sheet.file, sheet.name, match.kind, header, ignored_columns=match.ignored)
        )
        return
    left: list[tuple[int, str]] = []
    number, done = len(sheet.rows), 0
    for rows, of_nobody in table_rows(sheet, match, ROWS_AT_ONCE):
        progress(sheet.name, done, number)
        done = min(done + ROWS_AT_ONCE, number)
        left += of_nobody
        if beside.fields:
            for row in map(beside.complete, rows):
                _take_row(KINDS[match.kind].line, row, intake)
        else:
            type_rows(KINDS[match.kind].line, rows, intake)
    intake.sheets.append(
        SheetReport(
            sheet.file,
            sheet.name,
            match.kind,
            header,
            ignored_columns=match.ignored,
            ignored_rows=tuple(left),
            hidden=not sheet.visible,
            hidden_rows=sheet.hidden_rows,
            hidden_columns=_hidden_columns(sheet),
        )
    )


def _hidden_columns(sheet: Sheet) -> tuple[str, ...]:
    """The hidden columns as far as the rows reach; who hides all to the right hides nothing."""
    widest = sheet.first_column + max((len(cells) for _, cells in sheet.rows), default=0)
    return tuple(column_letters(at) for at in sheet.hidden_columns if at < widest)


def type_rows(line: type[Line], rows: Rows, intake: ParsedFiles) -> None:
    """Type rows of a table by column where all are right; where one is not, the halves are asked
    on their own, and the row itself tells all that is wrong."""
    if (typed := parse_columns(line, rows)) is not None:
        intake.items.append(Block(line, rows, typed))
    elif len(rows) <= FEW:
        for row in rows:
            _take_row(line, row, intake)
    else:
        half = len(rows) // 2
        type_rows(line, rows[:half], intake)
        type_rows(line, rows[half:], intake)


def _take_row(line: type[Line], row: Row, intake: ParsedFiles) -> None:
    """Type one row; it is an item, or a faulty row with all that is wrong."""
    typed, found = parse(line, row)
    intake.findings += found
    if typed is None:
        key = (row.file, row.sheet, row.table)
        intake.faulty[key] = intake.faulty.get(key, 0) + 1
        intake.faulty_rows.append((row.cells.get("name"), row.number, found))
    else:
        intake.items.append(Item(typed, row))


def _heading_faults(match: Match, where: Where, first_column: int) -> list[Finding]:
    """A heading fault is told once, not once for each row."""
    faults = [
        Finding(
            "heading-twice",
            {"field": name, "first": first, "second": second},
            Level.ERROR,
            replace(where, column=column_letters(at + first_column), field=name, heading=second),
        )
        for name, first, second, at in match.doubled
    ]
    if match.missing:
        columns = {column.field: column.headings[0] for column in KINDS[match.kind].pattern.columns}
        missing = [columns[name] for name in columns if name in match.missing]
        facts = {"kind": match.kind, "missing": missing, "found": list(match.headings.values())}
        faults.append(Finding("heading-missing", facts, Level.ERROR, where))
    return faults
