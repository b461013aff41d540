"""Import: read the sheets, plan, and carry out that plan in one operation, or write nothing."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from leaguectl.actions import Progress, Request, no_progress
from leaguectl.actions.intake import ParsedFiles, SheetReport, shown_names, take_in
from leaguectl.actions.keys import wanted
from leaguectl.actions.mapping import SETTING, Mappings
from leaguectl.actions.row_defaults import RowDefaults
from leaguectl.actions.suggestions import with_near_names
from leaguectl.findings import Conflict, Counts, Finding, NotFound
from leaguectl.kinds.planning import Plan, Steps, given_up, make
from leaguectl.kinds.saved_plan import SavedPlan
from leaguectl.model import Snapshot
from leaguectl.reader.limits import USUAL, Limits
from leaguectl.rules import policy_of
from leaguectl.workbooks.files import read_file

if TYPE_CHECKING:
    from leaguectl.store.transaction import Transaction
    from leaguectl.store.writing import Store


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch did, or would do."""

    operation: int | None
    dry_run: bool
    counts: Counts
    sheets: list[SheetReport]
    findings: list[Finding]
    steps: Steps
    faulty_rows: Sequence[tuple[str | None, int | None, list[Finding]]]
    made_registry: bool = False
    frozen: SavedPlan | None = None
    """The plan of a dry run that could be carried out."""
    limits: Limits = USUAL
    """Within which the files were read; a reply to them is made within the same."""

    @property
    def has_errors(self) -> bool:
        """Whether anything was rejected or not understood."""
        return any(finding.is_error for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a batch is to be taken: which kind and sheet, all or nothing or the valid rows."""

    kind: str | None = None
    sheet: str | None = None
    valid_only: bool = False
    admitting: bool = False
    creating: bool = False
    correcting: bool = False
    beside: RowDefaults = field(default_factory=RowDefaults)
    settings: dict[str, str] = field(default_factory=dict)
    mapped: Mappings = field(default_factory=Mappings)
    """The user's own headings with the fields that they are for."""
    beyond: str | None = None
    """The document that lets admissions take a place above where their own quota is exhausted."""


def import_files(
    request: Request,
    paths: Sequence[Path],
    choice: Choice = Choice(),
    progress: Progress = no_progress,
) -> Report:
    """Read the files into the registry: one operation, all of it or nothing.

    With ``choice.valid_only`` the rows without an error go in and the others are reported.
    """
    with ThreadPoolExecutor(1) as pool:
        shown = shown_names(paths)
        limits = request.limits or USUAL
        reading = {path: pool.submit(read_file, path, shown[path], limits) for path in shown}
        # What writes takes its time to load; the child process reads meanwhile.
        from leaguectl.store.writing import Store

        intake = take_in(
            paths,
            lambda path, _: reading.pop(path).result(),  # what was typed is not kept as it came
            only=choice.kind,
            sheet=choice.sheet,
            mapped=choice.mapped,
            beside=choice.beside,
            progress=progress,
        )
    progress("plan", 0, intake.rows)
    return carry_in(request, intake, choice, Store(request.location))


def carry_in(request: Request, intake: ParsedFiles, choice: Choice, store: "Store") -> Report:
    """Plan what was read under the lock and carry it out.

    A registry that does not exist yet is made only when there is something to write into it.
    """
    if not store.exists():
        if choice.admitting:
            raise NotFound("registry-not-found", db=request.location.shown)
        plan = _plan(Snapshot(settings=dict(choice.settings)), intake, choice, request)
        if request.dry_run or not _goes_in(plan, intake, choice):
            return _report(None, plan, intake, request, choice)
        with store.making(choice.settings) as transaction:
            operation = perform(transaction, frozen(plan, intake, request, choice), request)
        return _report(operation, plan, intake, request, choice, made=True)
    if request.dry_run:
        from leaguectl.actions.carrying import rehearse

        with store.read() as transaction:
            plan = _plan(transaction.slice(wanted(intake.items)), intake, choice, request)
        if _goes_in(plan, intake, choice):
            rehearse(store, request, plan.changes)
        return _report(None, plan, intake, request, choice)
    with store.write() as transaction:
        plan = _plan(transaction.slice(wanted(intake.items)), intake, choice, request)
        goes = _goes_in(plan, intake, choice)
        done = (
            perform(transaction, frozen(plan, intake, request, choice), request) if goes else None
        )
    return _report(done, plan, intake, request, choice)


def _plan(registry: Snapshot, intake: ParsedFiles, choice: Choice, request: Request) -> Plan:
    registry.today = request.today
    return make(
        given_up(intake.items),
        registry,
        policy_of(registry),
        admitting=choice.admitting,
        creating=choice.creating,
        beyond=choice.beyond,
        correcting=choice.correcting,
    )


def frozen(plan: Plan, intake: ParsedFiles, request: Request, choice: Choice) -> SavedPlan:
    """The plan with all that its carrying out needs."""
    counts = sum((one.counts for one in intake.counted(plan)), Counts())
    return SavedPlan(
        revision=plan.revision,
        command=request.command,
        settings=choice.settings,
        sources=intake.sources,
        counts=dict(counts.items()),
        changes=list(plan.changes),
    )


def perform(transaction: "Transaction", plan: SavedPlan, request: Request) -> int:
    """Write the plan as one operation; its number.

    :raises Refused: it moves the figures of a closed year, and the request gives no reason.
    :raises Conflict: the registry is no longer as the plan found it.
    """
    from leaguectl.actions.carrying import carry_out

    if transaction.revision() != plan.revision:
        raise Conflict("registry-changed", noun="registry")
    transaction.put_settings({key: text for key, text in plan.settings.items() if key == SETTING})
    return carry_out(
        transaction,
        request,
        plan.changes,
        counts=plan.counts,
        sources=plan.sources,
        command=plan.command,
    )


def _goes_in(plan: Plan, intake: ParsedFiles, choice: Choice) -> bool:
    """Whether anything is written: there is a change, and nothing speaks against it."""
    clean = intake.is_clean and plan.is_clean
    return (clean or choice.valid_only) and plan.steps.has_changes


def _in_order(intake: ParsedFiles, plan: Plan) -> list[Finding]:
    """All findings as the sheets have them: by file, sheet and row."""
    sheets = {(one.file, one.sheet): at for at, one in enumerate(intake.sheets)}

    def place(finding: Finding) -> tuple[int, int]:
        where = finding.where
        if where is None:
            return (0, 0)
        return (sheets.get((where.file, where.sheet or ""), 0), where.row or 0)

    return sorted(intake.findings + plan.findings, key=place)


def _report(
    operation: int | None,
    plan: Plan,
    intake: ParsedFiles,
    request: Request,
    choice: Choice,
    *,
    made: bool = False,
) -> Report:
    sheets = intake.counted(plan)
    could = request.dry_run and _goes_in(plan, intake, choice)
    return Report(
        operation=operation,
        dry_run=request.dry_run,
        counts=sum((one.counts for one in sheets), Counts()),
        sheets=sheets,
        findings=with_near_names(_in_order(intake, plan), request.location),
        steps=plan.steps,
        faulty_rows=intake.faulty_rows,
        made_registry=made,
        frozen=frozen(plan, intake, request, choice) if could else None,
        limits=request.limits or USUAL,
    )
