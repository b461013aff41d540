"""From files to typed lines: every sheet recognised, every row typed, every fault kept. No lock."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from leaguectl.findings import Counts, Finding, Level, Where
from leaguectl.names import branch_names
from leaguectl.operations import Progress, no_progress
from leaguectl.operations.beside import Beside
from leaguectl.operations.mapping import Mappings
from leaguectl.plan import Item, Plan
from leaguectl.records import (
    EVERYWHERE,
    KINDS,
    UNKEPT,
    ActivityLine,
    AdmissionLine,
    CadreLine,
    CandidateLine,
    Line,
    MemberLine,
    MilestoneLine,
    OrganizationLine,
    QuotaLine,
    TrainingLine,
    kind,
    parse_all,
)
from leaguectl.registry import (
    Activity,
    Coverage,
    Milestone,
    Noun,
    Post,
    Review,
    Score,
    Survey,
    Task,
    Trainee,
    Training,
    Wanted,
)
from leaguectl.sheets import Row, Sheet, Source, Unreadable, read
from leaguectl.sheets.headings import letter, rows, tables, titles
from leaguectl.sheets.kinds import Match

ROWS_AT_ONCE = 1000
"""How many rows are typed together; a faulty one takes the others of its block the long way."""


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
class Intake:
    """Everything that the files say, typed, and everything that could not be typed."""

    items: list[Item] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sheets: list[SheetReport] = field(default_factory=list)
    sources: list[dict[str, str]] = field(default_factory=list)
    faulty: dict[tuple[str, str, int | None], int] = field(default_factory=dict)
    faulty_rows: list[tuple[str | None, int | None, list[Finding]]] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether every row could be typed and every table was understood."""
        return not any(finding.is_error for finding in self.findings)

    def counted(self, plan: Plan) -> list[SheetReport]:
        """The sheets with what became of their rows."""
        ended = Counter(
            (step.row.file, step.row.sheet, step.row.table, step.outcome) for step in plan.steps
        )
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
    open_source: Callable[[Path, str], Source] = read,
    *,
    only: str | None = None,
    sheet: str | None = None,
    mapped: Mappings | None = None,
    beside: Beside | None = None,
    progress: Progress = no_progress,
) -> Intake:
    """Read the files and type their rows. ``only`` takes every sheet for that kind, ``sheet``
    takes the sheets of that name alone, ``mapped`` has the user's own headings with their fields,
    ``beside`` what is said of the rows elsewhere.

    A file that is no table is a finding, and the others are read. :raises NotFound: a file is not
    there.
    """
    intake = Intake()
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
        _take_source(source, only, sheet, own, beside or Beside(), intake, progress)
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
    beside: Beside,
    intake: Intake,
    progress: Progress,
) -> None:
    kinds = [kind(KINDS[only])] if only else [*map(kind, KINDS.values()), *UNKEPT]
    chosen = [one for one in source.sheets if sheet is None or one.name == sheet]
    if sheet is not None and not chosen:
        facts = {"sheet": sheet, "sheets": [one.name for one in source.sheets]}
        intake.findings.append(Finding("sheet-not-there", facts, where=Where(source.file)))
    understood = len(intake.items) + len(intake.findings)
    for one in chosen:
        # What its maker hid so that no menu shows it was not meant to be sent.
        found = [] if one.very_hidden else tables(one, kinds, mapped)
        for match in found:
            if not match.kept:
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
    sheet: Sheet, match: Match, beside: Beside, intake: Intake, progress: Progress
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
    number, found = len(sheet.rows), rows(sheet, match)
    while block := list(islice(found, ROWS_AT_ONCE)):
        progress(sheet.name, min(block[0][1] - header, number), number)
        left += [(position, first) for row, position, first in block if row is None]
        told = [row for row, _, _ in block if row is not None]
        if beside.fields:
            told = [beside.complete(row) for row in told]
        _take_rows(KINDS[match.kind], told, intake)
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
    return tuple(letter(at) for at in sheet.hidden_columns if at < widest)


def _take_rows(line: type[Line], block: Sequence[Row], intake: Intake) -> None:
    """Type some rows of a table; each is an item, or a faulty row with all that is wrong."""
    for row, (typed, found) in zip(block, parse_all(line, block), strict=True):
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
            replace(where, column=letter(at + first_column), field=name, heading=second),
        )
        for name, first, second, at in match.doubled
    ]
    if match.missing:
        columns = {column.field: column.headings[0] for column in kind(KINDS[match.kind]).columns}
        missing = [columns[name] for name in columns if name in match.missing]
        facts = {"kind": match.kind, "missing": missing, "found": list(match.headings.values())}
        faults.append(Finding("heading-missing", facts, Level.ERROR, where))
    return faults


_WHOLE: dict[str, tuple[type[Noun], ...]] = {
    "cadres": (Post,), "trainings": (Training, Trainee), "activities": (Activity, Coverage),
    "assessments": (Score,), "tasks": (Task,), "surveys": (Survey,),
    "reviews": (Review, Post), "milestones": (Milestone,),
}  # fmt: skip
"""What a kind of sheet is compared with as a whole: a county has some thousands of each."""


def wanted(items: Sequence[Item]) -> Wanted:
    """The keys that the lines touch."""
    keys = Wanted()
    for item in items:
        line = item.line
        if line.kind in _WHOLE:
            keys.whole.update(_WHOLE[line.kind])
            _want_deed(line, keys)
        if isinstance(line, (MemberLine, AdmissionLine)):
            _want_person(line, keys)
        elif isinstance(line, OrganizationLine):
            keys.organizations |= {text for text in (line.name, line.code, line.parent) if text}
        elif isinstance(line, QuotaLine):
            _want_block(line, keys)
        elif isinstance(line, CandidateLine):
            _want_candidate(line, keys)
    return keys


def _want_deed(line: Line, keys: Wanted) -> None:
    """The organisations and people of what the county does."""
    if organization := getattr(line, "organization", None):
        keys.organizations |= _possible_names(organization, getattr(line, "unit", None))
    if isinstance(line, ActivityLine):
        for name in set(line.covered or ()) - {EVERYWHERE}:
            keys.organizations.update(branch_names(name))
    if isinstance(line, (CadreLine, MilestoneLine, TrainingLine)) and line.id_number is not None:
        keys.id_numbers.add(line.id_number)
    elif isinstance(line, (CadreLine, MilestoneLine)):
        keys.names.add(line.name)


def _want_block(line: QuotaLine, keys: Wanted) -> None:
    keys.organizations.add(line.organization)
    keys.years.add(line.year)
    keys.whole_blocks = True
    if line.first or line.last:
        first = line.first or f"{int(line.last or 0) - line.places + 1:012d}"
        last = line.last or f"{int(first) + line.places - 1:012d}"
        keys.blocks.append((first, last))


@lru_cache(maxsize=1024)
def _possible_names(organization: str, unit: str | None) -> frozenset[str]:
    """What a roster can mean by its two columns; row after row says the same."""
    return frozenset([*branch_names(organization, unit), *([unit] if unit else [])])


def _want_person(line: MemberLine | AdmissionLine, keys: Wanted) -> None:
    keys.organizations |= _possible_names(line.organization, line.unit)
    keys.id_numbers.add(line.id_number)
    keys.births.setdefault(line.id_number[6:14], []).append(line.name)
    if line.form:
        keys.forms.add(line.form)
    if line.number:
        keys.forms.add(line.number)
        keys.numbers.add(line.number)
        keys.years.add(int(line.number[:4]))
    if line.certificate:
        keys.certificates.add(line.certificate)
    if isinstance(line, AdmissionLine):
        keys.years.add(line.meeting.year)
        keys.free_numbers += 1
        keys.names |= {line.introducer_1, line.introducer_2}
        keys.organizations |= {line.approved_by} if line.approved_by else set()
    elif line.joined is not None:
        keys.years.add(line.joined.date.year)


def _want_candidate(line: CandidateLine, keys: Wanted) -> None:
    if line.organization:
        keys.organizations |= _possible_names(line.organization, line.unit)
    if line.id_number is not None:
        keys.id_numbers.add(line.id_number)
    else:
        keys.names.add(line.name)
