"""Import: read the sheets, plan them, write that plan as one operation, or nothing.

A command that gets the values of a row as options (``admit --name …``, ``org add``) works the same
way: :func:`row_from_options` makes the row, :func:`import_line` plans and writes it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from leaguectl.actions import Progress, Request, no_progress
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.file_parser import Days, RowDefaults, parse_files
from leaguectl.actions.identify import identify_organization
from leaguectl.actions.inbox import shown_names
from leaguectl.actions.mapping import SETTING, Mappings
from leaguectl.actions.parsed_files import ParsedFiles, SheetReport
from leaguectl.findings import Counts, Finding, NotFound, Where
from leaguectl.kinds.batch import Block, Item, PlanOptions
from leaguectl.kinds.class_names import near_names
from leaguectl.kinds.line import Line
from leaguectl.kinds.organizations import OrganizationLine
from leaguectl.kinds.planning import drain, keys_of, plan_rows
from leaguectl.kinds.steps import Plan, Steps
from leaguectl.model import DECLARATIONS, Entity, is_known
from leaguectl.model.league import BRANCH_TYPES
from leaguectl.model.short_names import meant_by
from leaguectl.names import fold_name, option_of
from leaguectl.reader import FileReader, Source
from leaguectl.reader.limits import USUAL, Limits
from leaguectl.store import Location
from leaguectl.store.provenance import Origin, Origins
from leaguectl.store.reading import open_reader
from leaguectl.store.writing import Store
from leaguectl.workbooks.files import read_file
from leaguectl.workbooks.rows import Row

_NEAR = 3
"""How many organisations are suggested for a name."""

T = TypeVar("T", bound=Entity)


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch did, or would do."""

    operation: int | None
    dry_run: bool
    day: date | None
    """The day of effect of the batch: the latest day of its sheets."""
    counts: Counts
    sheets: Sequence[SheetReport]
    findings: Sequence[Finding]
    steps: Steps
    made_registry: bool = False
    is_forbidden: bool = False
    """Whether the batch as a whole was refused, since it moves the figures of a closed year."""
    limits: Limits = USUAL
    """The bounds within which the files were read; replies to them use the same bounds."""

    @property
    def has_errors(self) -> bool:
        """Whether anything was rejected or not understood."""
        return any(finding.is_error for finding in self.findings)

    def written(self, entity: type[T]) -> list[T]:
        """The records of an entity that were written, or would be, as they are afterwards."""
        return [
            change.after
            for step in self.steps
            for change in step.changes
            if isinstance(change.after, entity)
        ]


@dataclass(frozen=True, slots=True)
class ImportOptions(PlanOptions):
    """How a batch is read and planned."""

    kind: str | None = None
    """The kind as which every sheet is read."""
    sheet: str | None = None
    """The name of the sheets that are read."""
    defaults: RowDefaults = field(default_factory=RowDefaults)
    settings: dict[str, str] = field(default_factory=dict)
    mapped: Mappings = field(default_factory=Mappings)
    """The user's own headings with the fields that they are for."""
    whole: bool = False
    """Whether rosters name all members of their organisations."""
    day: date | None = None
    """The day of all sheets, whatever the sheets themselves say."""


def defaults_of(request: Request, org: str | None) -> RowDefaults:
    """What the option ``--org`` gives rows: their branch, or the unit of their classes."""
    if org is None:
        return RowDefaults()
    with suppress(NotFound), open_reader(request.location) as reader:  # rows say what is not there
        code = identify_organization(reader, org)
        query = "SELECT name, type FROM organization WHERE code = :code"
        ((name, type_),) = reader.rows(query, {"code": code})
        return RowDefaults(org, None if type_ in BRANCH_TYPES else name)
    return RowDefaults(org)


def import_files(
    request: Request,
    paths: Sequence[Path],
    options: ImportOptions = ImportOptions(),
    progress: Progress = no_progress,
) -> Report:
    """Read the files into the registry: one operation, all of it or nothing.

    With ``options.valid_only`` the rows without an error go in and the others are reported.
    """
    if request.backups is not None and request.backups.before_import and not request.dry_run:
        from leaguectl.actions.backups import before

        if Store(request.location).exists():
            before(request, "import")
    limits, shown = request.limits or USUAL, shown_names(paths)
    with read_ahead(shown, limits) as reading:
        # The modules that write take some time to load; the child process reads meanwhile.
        import leaguectl.actions.work  # noqa: F401

        parsed = parse_files(
            paths,
            lambda path, _: reading.pop(path).result(),  # options are not kept as a source
            only=options.kind,
            sheet=options.sheet,
            mapped=options.mapped,
            defaults=options.defaults,
            days=Days(options.day, request.today, options.whole),
            progress=progress,
        )
    progress("plan", 0, parsed.rows)
    return import_parsed(request, parsed, options)


@contextmanager
def read_ahead(
    shown: Mapping[Path, str], limits: Limits = USUAL
) -> Iterator[dict[Path, Future[Source]]]:
    """The files, being read in another thread in their order; ``shown`` is what messages call them.
    Who leaves earlier, by Ctrl-C perhaps, does not wait for those that nobody will look at."""
    with FileReader(limits) as reader:
        pool = ThreadPoolExecutor(1)
        try:
            yield {
                path: pool.submit(read_file, path, shown[path], limits, reader) for path in shown
            }
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def import_parsed(request: Request, parsed: ParsedFiles, options: ImportOptions) -> Report:
    """Plan under the lock what was read, and write it.

    A missing registry is created where there is something to write into it; an admission needs an
    existing one.
    """
    from leaguectl.actions.work import run

    if options.admitting:  # nobody gets a number without the clerk having seen them
        parsed.warn_of_hidden()
    organizations = _organizations_of(parsed)  # planning takes the rows away
    outcome = run(
        request,
        partial(keys_of, parsed.items, correcting=options.correcting),
        lambda change_set: _plan(change_set, request, parsed, options),
        create=None if options.admitting else options.settings,
    )
    if outcome.result is None:
        raise TypeError("a batch was refused without a plan")
    planned, sheets = outcome.result
    return Report(
        operation=outcome.operation,
        dry_run=request.dry_run,
        day=parsed.day or request.today,
        counts=_sum(sheets),
        sheets=sheets,
        findings=with_near_names(
            _placed(outcome.findings, planned.steps), request.location, organizations
        ),
        steps=planned.steps,
        made_registry=outcome.made_registry,
        is_forbidden=outcome.is_forbidden,
        limits=request.limits or USUAL,
    )


def _plan(
    change_set: ChangeSet, request: Request, parsed: ParsedFiles, options: ImportOptions
) -> tuple[Plan, list[SheetReport]]:
    """Plan every row; return the plan, and the sheets with the outcomes of their rows."""
    planned = plan_rows(
        drain(parsed.items),
        change_set.snapshot,
        change_set.policy,
        options,
    )
    sheets = parsed.counted(planned)
    change_set.changes += planned.changes
    change_set.findings += _in_order(parsed, planned)
    change_set.skips_faulty = options.valid_only
    change_set.counts = dict(_sum(sheets).items())
    change_set.sources = _counted_sources(parsed, sheets, change_set.findings)
    change_set.day = parsed.day or change_set.today
    # Only mapped headings are added to the settings of an existing registry; other settings (the
    # province) belong to a new one.
    change_set.settings = {key: text for key, text in options.settings.items() if key == SETTING}
    change_set.origins = _origins(parsed, planned)
    if request.planned is not None:  # a plan shows its readers what becomes of each row
        change_set.rows = [
            {"file": row.file, "sheet": row.sheet, "row": row.number, "outcome": step.outcome}
            for step in planned.steps
            for row in [step.row]
        ]
    return planned, sheets


def _origins(parsed: ParsedFiles, planned: Plan) -> list[Origin]:
    """Which rows of the sheets mention which records."""
    tables = {
        (source["file"], source["sheet"], source["header_row"]): index
        for index, source in enumerate(parsed.sources)
        if "kind" in source
    }
    origins = Origins()
    for mention in planned.steps.mentions():
        source = tables[mention.file, mention.sheet, mention.table]
        origins.add(source, mention.noun, mention.keys, mention.rows, mention.fields)
    return origins.lines


def _placed(findings: Sequence[Finding], steps: Steps) -> list[Finding]:
    """The findings; where the database refused a row, with the place of that row."""
    return [
        replace(finding, where=_place_of(finding, steps) or finding.where)
        if finding.code == "constraint-broken"
        else finding
        for finding in findings
    ]


def _place_of(finding: Finding, steps: Steps) -> Where | None:
    key = finding.facts.get("noun"), finding.facts.get("key")
    for step in steps:
        for change in step.changes:
            if (DECLARATIONS[change.entity].name, str(change.key)) == key:
                return step.row.where("name")
    return None


def _sum(sheets: Sequence[SheetReport]) -> Counts:
    return sum((sheet.counts for sheet in sheets), Counts())


def _counted_sources(
    parsed: ParsedFiles, sheets: Sequence[SheetReport], findings: Sequence[Finding]
) -> list[dict[str, Any]]:
    """The sources; the first of each sheet has the number of rows and faults in the sheet, where a
    fault that is reported once for several rows counts in each."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sheet in sheets:
        rows = {"read": sheet.counts.read, "rejected": sheet.counts.rejected}
        counts[sheet.file, sheet.sheet].update(rows)
    for finding in findings:
        if (where := finding.where) is not None:
            faults = len(finding.facts.get("in_rows") or [0])
            counts[where.file, where.sheet or ""].update(faults=faults)
    return [
        {**source, **counts.pop((source["file"], source.get("sheet") or ""), {})}
        for source in parsed.sources
    ]


def _in_order(parsed: ParsedFiles, plan: Plan) -> list[Finding]:
    """All findings in the order of the sheets: by file, sheet and row."""
    # Rows are planned kind by kind, but a sheet is corrected from top to bottom.
    order = {(sheet.file, sheet.sheet): index for index, sheet in enumerate(parsed.sheets)}

    def place(finding: Finding) -> tuple[int, int]:
        where = finding.where
        if where is None:
            return (0, 0)
        return (order.get((where.file, where.sheet or ""), 0), where.row or 0)

    return sorted(parsed.findings + plan.findings, key=place)


def with_near_names(
    findings: Sequence[Finding], location: Location, organizations: Mapping[str, Any] | None = None
) -> list[Finding]:
    """The findings, with organisations that an unknown name may mean: suggested, but never
    assumed. They are those of the registry, and of the sheets: by name, with what they lie
    below."""
    if not any(finding.code == "organization-unknown" for finding in findings):
        return list(findings)
    parents = dict(organizations or {})
    with suppress(NotFound), open_reader(location) as reader:  # there may be no registry yet
        rows = reader.rows("SELECT name, parent FROM organization WHERE dissolved IS NULL")
        parents |= {str(name): parent for name, parent in rows}
    return [_with_near_names(finding, parents) for finding in findings]


def _organizations_of(parsed: ParsedFiles) -> dict[str, Any]:
    """The organisations of the sheets by name, with what they lie below."""
    pairs: list[tuple[Any, Any]] = []
    for item in parsed.items:
        if isinstance(item, Block) and item.line is OrganizationLine:
            names = item.typed["name"]
            pairs += zip(names, item.typed.get("parent", [None] * len(names)), strict=True)
        elif isinstance(item.line, OrganizationLine):
            pairs.append((item.line.name, item.line.parent))
    return {name: parent for name, parent in pairs if is_known(name)}


def _with_near_names(finding: Finding, parents: Mapping[str, Any]) -> Finding:
    if finding.code != "organization-unknown":
        return finding
    said = str(finding.facts["name"])
    names = {fold_name(name): name for name in parents}
    whole = fold_name(str(finding.facts.get("unit", "")) + said)
    root = next((name for name, parent in parents.items() if not parent), None)
    near = meant_by(said, dict(zip(parents, parents, strict=True)), root) or [
        names[each] for each in near_names(whole, names) or near_names(fold_name(said), names)
    ]
    return replace(finding, facts={**finding.facts, "near": near[:_NEAR]}) if near else finding


# -- one row of options --------------------------------------------------------------------------


def row_from_options(
    line: type[Line], values: Mapping[str, Any], names: Mapping[str, str] | None = None
) -> Row:
    """The row of a sheet with the values of options, by the fields of its line; None stands for an
    option that was not given. A fault in a cell names the option: by ``names``, or derived from the
    field."""
    columns = {
        field: (None, (names or {}).get(field) or option_of(field)) for field in line.model_fields
    }
    filled = {field: value for field, value in values.items() if value is not None}
    return Row("", "", None, filled, columns)


def import_line(
    request: Request, row: Row, line: Line, faults: list[Finding], options: ImportOptions
) -> Report:
    """Plan and write a row that was given by options: it is judged as a row of a sheet."""
    return import_parsed(request, ParsedFiles([Item(line, row, faults)]), options)
