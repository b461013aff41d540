"""From files to typed lines: every sheet recognised, every row typed, every fault kept. No lock."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from leaguectl.actions import Progress, no_progress
from leaguectl.actions.inbox import shown_names
from leaguectl.actions.mapping import Mappings
from leaguectl.actions.parsed_files import ParsedFiles, SheetReport
from leaguectl.findings import Finding, Level, Private, Where
from leaguectl.kinds import KINDS
from leaguectl.kinds.candidates import CandidateLine
from leaguectl.kinds.cells import id_number
from leaguectl.kinds.combined import split_columns
from leaguectl.kinds.event_doubts import absences, event_doubts
from leaguectl.kinds.ignored_tables import IGNORED_TABLES
from leaguectl.kinds.line import Line
from leaguectl.kinds.parsing import is_blank, parse
from leaguectl.kinds.remarks import remarks_of_leaving
from leaguectl.kinds.roster_doubts import roster_doubts, row_doubts
from leaguectl.kinds.sheet_doubts import (
    UnseenSigns,
    aside_faults,
    heading_faults,
    is_sideways,
    other_kind,
    unread_numbers,
    without_places,
    without_running_numbers,
)
from leaguectl.kinds.sheet_facts import (
    SaidBranch,
    branches_of_sheet,
    day_of_sheet,
    says_everybody,
    unit_of_sheet,
    with_year,
    year_named,
)
from leaguectl.kinds.sheet_tables import tables_of
from leaguectl.kinds.titles import values_of_titles
from leaguectl.kinds.wide_tables import Table
from leaguectl.model import DECLARATIONS
from leaguectl.names import readable
from leaguectl.reader import Sheet, Source, column_letters
from leaguectl.workbooks.files import Unreadable, read_file
from leaguectl.workbooks.headings import titles
from leaguectl.workbooks.rows import Aside, Row, Rows, rows_above, table_rows, title_rows_of
from leaguectl.workbooks.sheet_kinds import Match, SheetKind
from leaguectl.workbooks.texts import first_text, has_id_number


@dataclass(frozen=True, slots=True)
class Days:
    """What is known about the day of sheets before they are read: the day that the user has
    ``chosen`` for all (``--on``), and today."""

    chosen: date | None = None
    today: date | None = None
    whole: bool = False
    """Whether rosters name all members of their organisations (``--whole``)."""


Facts = Mapping[str, Any]
"""Values of cells by their fields."""

ROWS_AT_ONCE = 1000
"""How many rows are typed together."""


@dataclass(frozen=True, slots=True)
class RowDefaults:
    """Values for cells that the rows of a sheet leave out. ``organization`` is the branch of rows
    that name none (an option), and ``unit`` its name where it is no branch but what classes lie
    in; ``cases`` has the facts of candidates' cases by ID number; ``titled`` has what the titles of
    a table give for missing columns."""

    organization: str | None = None
    unit: str | None = None
    cases: Mapping[str, Facts] = field(default_factory=dict)
    titled: Facts = field(default_factory=dict)

    @property
    def fields(self) -> frozenset[str]:
        """The columns that a sheet may lack because of these defaults."""
        of_cases = {name for facts in self.cases.values() for name in facts}
        return frozenset(of_cases | self._of_all.keys())

    @property
    def _of_all(self) -> Facts:
        option = {"organization": self.organization} if self.organization else {}
        # A title names the class that lies in the unit of an option.
        return {**option, **self.titled} if self.unit else {**self.titled, **option}

    def complete(self, row: Row) -> Row:
        """The row with its empty cells filled; a filled cell counts."""
        facts = {**self._of_all, **self._of_case(row)}
        added = {
            name: value for name, value in facts.items() if is_blank(name, row.cells.get(name))
        }
        return replace(row, cells={**row.cells, **added}) if added else row

    def _of_case(self, row: Row) -> Facts:
        if not self.cases or (cell := row.cells.get("id_number")) is None:
            return {}
        try:
            return self.cases.get(str(id_number(cell)), {})
        except PydanticCustomError:  # it is a finding when the row is typed
            return {}


def parse_files(
    paths: Collection[Path],
    open_source: Callable[[Path, str], Source] = read_file,
    *,
    only: str | None = None,
    sheet: str | None = None,
    mapped: Mappings | None = None,
    defaults: RowDefaults | None = None,
    days: Days | None = None,
    progress: Progress = no_progress,
) -> ParsedFiles:
    """Read the files and type their rows. ``only`` takes every sheet as that kind, ``sheet`` takes
    only the sheets of that name, ``mapped`` has the user's own headings with their fields, ``days``
    what is known about the day of the sheets. A file that is not a table is a finding, and the
    others are read.

    :raises NotFound: a file is not there.
    """
    defaults = defaults or RowDefaults()
    kinds = [KINDS[only].pattern] if only else [*(kind.pattern for kind in KINDS.values())]
    parser = _Parser(
        ParsedFiles(),
        # A column is not missing where a default fills its cells.
        [kind.with_given(defaults.fields) for kind in kinds] + list(() if only else IGNORED_TABLES),
        sheet,
        mapped or Mappings(),
        defaults,
        days or Days(),
        progress,
    )
    parsed = parser.parsed
    for path, name in shown_names(paths).items():
        try:
            source = open_source(path, name)
        except Unreadable as error:
            parsed.findings.append(Finding(error.code, error.facts, where=_place(name, error)))
            continue
        file = {"file": source.file, "sha256": source.sha256}
        file |= {"path": readable(str(path.resolve()))}
        # A letter among other files may have a table of anything, and a text be a note; one that is
        # named by itself not.
        is_letter = path.suffix.casefold() in (".docx", ".txt") and len(paths) > 1
        level = Level.WARNING if is_letter else Level.ERROR
        parser.add_source(source, file, parser.mapped.of(readable(path.name)), level)
    return parsed


def _place(name: str, error: Unreadable) -> Where:
    """Where a file is damaged: the line, sheet or cell, as far as that is known."""
    return Where(name, error.facts.get("sheet"), error.facts.get("line"))


@dataclass(frozen=True, slots=True)
class _Parser:
    """Parses the sheets of files and collects the results."""

    parsed: ParsedFiles
    kinds: list[SheetKind]
    sheet: str | None
    mapped: Mappings
    defaults: RowDefaults
    days: Days
    progress: Progress

    def add_source(
        self, source: Source, file: Mapping[str, str], mapped: Mapping[str, str], level: Level
    ) -> None:
        """Parse the sheets of a file, which is called ``file`` in the journal; ``level`` is that of
        the finding that nothing in it is known."""
        parsed, before = self.parsed, len(self.parsed.sheets)
        chosen = [sheet for sheet in source.sheets if self.sheet in (None, sheet.name)]
        if self.sheet is not None and not chosen:
            facts = {"sheet": self.sheet, "sheets": [sheet.name for sheet in source.sheets]}
            parsed.findings.append(Finding("sheet-not-there", facts, where=Where(source.file)))
        understood = len(parsed.items) + len(parsed.findings)
        for sheet in chosen:
            # A sheet hidden so that no menu shows it was not meant to be sent.
            chosen_kinds = () if sheet.very_hidden else self.kinds
            tables = tables_of(sheet, chosen_kinds, mapped)
            for table in tables:
                self._add_match(table, is_first=table is tables[0])
            if not tables:
                hidden = not sheet.visible or sheet.very_hidden
                report = SheetReport(sheet.file, sheet.name, None, None, hidden=hidden)
                parsed.sheets.append(report)
                if is_sideways(sheet):
                    where = Where(source.file, sheet.name)
                    parsed.findings.append(Finding("sheet-sideways", level=level, where=where))
        read = [report.source for report in parsed.sheets[before:] if report.columns]
        parsed.sources += [{**file, **table} for table in read or [{}]]
        is_silent = len(parsed.items) + len(parsed.findings) == understood
        reports = (report for report in parsed.sheets if report.file == source.file)
        if chosen and is_silent and not any(report.kind or report.known_as for report in reports):
            where = Where(source.file)
            parsed.findings.append(Finding("file-says-nothing", level=level, where=where))

    def _add_match(self, table: Table, *, is_first: bool) -> None:
        sheet, match = table.sheet, table.match
        header = sheet.rows[match.header][0]
        # A user who names the kind of a sheet (--kind) knows what it is.
        other = other_kind(sheet, match) if len(self.kinds) > 1 else None
        if match.imported and other is None:
            self._add_table(table, header, is_first=is_first)
        else:
            known_as = other or match.kind
            report = SheetReport(sheet.file, sheet.name, None, header, known_as=known_as)
            self.parsed.sheets.append(report)

    def _add_table(self, table: Table, header: int, *, is_first: bool) -> None:
        sheet = table.sheet
        match, defaults, branch = self._completed(table)
        day, cell = self._day_of(sheet, match)
        report = SheetReport(
            sheet.file, sheet.name, match.kind, header, ignored_columns=match.ignored, day=day,
            day_cell=cell, branch=branch,
        )  # fmt: skip
        where = Where(sheet.file, sheet.name, header)
        faults = self._faults_of(table, match, where)
        is_refused = any(finding.is_error for finding in faults)
        if not table.is_continued:  # of a wide table, whose parts have the same headings
            self.parsed.findings += faults
            self.parsed.sheets += [report] if is_refused else ()
        if is_refused:
            return
        line = KINDS[match.kind].line
        self.parsed.findings += unread_numbers(sheet, match, where)
        above, title_rows = (
            rows_above(sheet, match) if is_first else ((), title_rows_of(sheet, match))
        )
        ignored = [*self._left_above(line, above, defaults)]
        hidden, hidden_read = {*sheet.hidden_rows}, list[int]()
        signs = UnseenSigns()
        signs.add_text(sheet.name, replace(where, row=None))
        for title in title_rows:
            signs.add_text(title.text, replace(where, row=title.number))
        remarks = row_doubts(sheet, match, where) | remarks_of_leaving(sheet, match, where)
        remarks |= absences(sheet, match, where)
        for rows, asides in self._rows_of(sheet, match, defaults, signs):
            ignored += asides
            hidden_read += hidden.intersection(rows.numbers) if hidden else ()
            is_dated = cell is not None or self.days.chosen is not None
            dated = replace(rows, day=day, is_dated=is_dated)
            self._type(line, dated, defaults, remarks)
        # The parts of a wide table share columns.
        known = self.parsed.findings
        known += [finding for finding in signs.findings() if finding not in known]
        if not table.is_continued:  # else it is reported with its first part
            self.parsed.findings += aside_faults(sheet, match, [*title_rows, *ignored], where)
            columns = _letters(line, sheet, match, table.varying)
            report = replace(report, title_rows=tuple(title_rows), columns=columns)
            self.parsed.sheets.append(_with_rows(report, sheet, match, ignored, hidden_read))

    def _completed(self, table: Table) -> tuple[Match, RowDefaults, SaidBranch | None]:
        """A table without the columns that are not read, what its rows may leave out, and the
        branch of all of them, where no column has it."""
        branch = self._branch_of(table.sheet, table.match)
        titled = values_of_titles(table.sheet, table.match) | table.given
        titled |= {"organization": branch.branch} if branch is not None else {}
        defaults = replace(self.defaults, titled=titled)
        match = replace(table.match, missing=table.match.missing - defaults.fields)
        match = without_running_numbers(table.sheet, match)
        if self.defaults.organization and not self.defaults.unit:
            match = without_places(match)
        return match, defaults, branch

    def _rows_of(
        self, sheet: Sheet, match: Match, defaults: RowDefaults, signs: UnseenSigns
    ) -> Iterator[tuple[Rows, list[Aside]]]:
        """The rows of a table, some at a time, with what is given for all of them; and the rows
        around them that are left out."""
        line = KINDS[match.kind].line
        is_whole = self.days.whole or says_everybody(titles(sheet, match))
        takes_unit = "unit" in line.model_fields and "unit" not in match.fields
        host = defaults.titled.get("host") if "organization" in match.fields else None
        unit = self.defaults.unit or unit_of_sheet(sheet, match) or host if takes_unit else None
        year = year_named(titles(sheet, match))
        total, done = len(sheet.rows), 0
        for rows, asides in table_rows(sheet, match, ROWS_AT_ONCE):
            self.progress(sheet.name, done, total)
            done = min(done + ROWS_AT_ONCE, total)
            signs.add(rows)
            rows = replace(rows, is_whole=is_whole)
            rows = split_columns(rows, match.combined) if match.combined else rows
            rows = rows.with_column("unit", unit) if unit else rows
            yield with_year(rows, line, year) if year else rows, asides

    def _type(
        self, line: type[Line], rows: Rows, defaults: RowDefaults, remarks: Mapping[int, Finding]
    ) -> None:
        """Type rows of a table by column, unless each may lack other cells."""
        if defaults.fields or not remarks.keys().isdisjoint(rows.numbers):
            for row in map(defaults.complete, rows):
                self.parsed.add_row(line, row, remarks.get(row.number or 0))
        else:
            self.parsed.add_rows(line, rows)

    def _faults_of(self, table: Table, match: Match, where: Where) -> list[Finding]:
        """What is wrong with a table as a whole; of one that is refused the errors alone, since
        nothing was read that a warning could be about."""
        faults = [*heading_faults(table.sheet, match, where), *table.findings]
        if len(self.kinds) > 1:  # a user who names the kind of a sheet knows what it is
            is_placed = bool(self.defaults.organization)
            faults += roster_doubts(table.sheet, match, where, is_placed=is_placed)
            faults += event_doubts(table.sheet, match, where)
        return [finding for finding in faults if finding.is_error] or faults

    def _day_of(self, sheet: Sheet, match: Match) -> tuple[date | None, str | None]:
        """The day of effect of a table, and its cell. A future day is a typing error, or the last
        day for handing in: then today counts."""
        today = self.days.today
        if self.days.chosen is not None:
            return self.days.chosen, None
        said = day_of_sheet(sheet, match)
        if said is None or today is None or said.day <= today:
            return (today, None) if said is None else (said.day, said.cell)
        if (said.day.year, said.day.month) != (today.year, today.month):
            where = Where(sheet.file, sheet.name, said.row, said.column)
            facts = {"day": said.day, "today": today}
            self.parsed.findings.append(Finding("sheet-day-ahead", facts, Level.WARNING, where))
        return today, said.cell

    def _branch_of(self, sheet: Sheet, match: Match) -> SaidBranch | None:
        """The branch of a table that has no column for it; a finding where the sheet names two."""
        fields = KINDS[match.kind].line.model_fields
        # A record of somebody who is known by the ID number needs no branch; a class that lies in
        # the unit of an option is nearer than that.
        is_needed = match.kind == CandidateLine.kind or "id_number" not in match.fields
        is_needed |= self.defaults.unit is not None
        is_lacking = is_needed and "organization" in fields and "organization" not in match.fields
        if "organization" not in match.missing and not (is_lacking and not match.banners):
            return None
        branches = branches_of_sheet(sheet, match)
        if len(branches) < 2:
            return next(iter(branches), None)
        where = Where(sheet.file, sheet.name, sheet.rows[match.header][0])
        facts = {"first": branches[0].branch, "second": branches[1].branch}
        self.parsed.findings.append(Finding("sheet-branches-differ", facts, where=where))
        return None

    def _left_above(
        self, line: type[Line], above: Iterable[Row], defaults: RowDefaults
    ) -> Iterator[Aside]:
        """Rows with several cells above the headings. A row that would fit below them is an error:
        a sheet that was sorted together with its headings would lose the people above."""
        for row in map(defaults.complete, above):
            typed, faults = parse(line, row)
            faulty = {fault.where.field for fault in faults if fault.where}
            has_number = not is_blank("id_number", row.cells.get("id_number"))
            if typed is not None or (has_number and "id_number" not in faulty):
                self.parsed.findings.append(Finding("row-above-headings", where=row.where()))
            yield Aside(row.number or 0, first_text([*row.cells.values()]))


def _with_rows(
    report: SheetReport,
    sheet: Sheet,
    match: Match,
    ignored: Iterable[Aside],
    hidden_read: Iterable[int],
) -> SheetReport:
    """The report of a table with its headings, and with the rows that were ignored or hidden."""
    heading_rows = sheet.rows[match.header - match.depth + 1 : match.header + 1]
    return replace(
        report,
        heading_rows=tuple(number for number, _ in heading_rows),
        ignored_rows=tuple(map(_without_id_number, ignored)),
        hidden=not sheet.visible,
        hidden_rows=sheet.hidden_rows,
        hidden_read=tuple(sorted(hidden_read)),
        hidden_columns=_hidden_columns(sheet),
    )


def _without_id_number(aside: Aside) -> Aside:
    return (
        aside._replace(text=Private(aside.text).masked()) if has_id_number([aside.text]) else aside
    )


def _letters(
    line: type[Line], sheet: Sheet, match: Match, varying: frozenset[str]
) -> dict[str, str]:
    """The column letter of each field that is not ``varying``; where the record uses another name,
    also by that of the record (``training.name``)."""
    letters = {
        field: column_letters(column + sheet.first_column)
        for field, column in match.fields.items()
        if field not in varying
    }
    for entity, names in line.stored_as.items():
        noun = DECLARATIONS[entity].name
        letters |= {
            f"{noun}.{stored}": letters[column]
            for column, stored in names.items()
            if column in letters
        }
    return letters


def _hidden_columns(sheet: Sheet) -> tuple[str, ...]:
    """The letters of the hidden columns as far as the rows reach; hiding everything to the right of
    them hides nothing."""
    widest = sheet.first_column + max((len(cells) for _, cells in sheet.rows), default=0)
    return tuple(column_letters(index) for index in sheet.hidden_columns if index < widest)
