"""Candidates on their way into the League: case open, advance, show, list, close."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from leaguectl import actions, reports
from leaguectl.cli.answers import FINDINGS, of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import PERSON, All, Day, Org, Who, fields_of
from leaguectl.cli.render import Answer, finish, named, show_findings
from leaguectl.findings import Private, Refused, UsageError
from leaguectl.model.ledger import NOT_ADMITTED
from leaguectl.words import LANGUAGES, words

if TYPE_CHECKING:
    from leaguectl.actions.batch import Report
    from leaguectl.actions.candidates import Card
    from leaguectl.reports.candidates import ListedCase

_LATER = (
    "reviewed", "notice_from", "notice_to", "introducer_1", "introducer_2", "form_given", "meeting",
    "due", "present", "in_favour", "approved", "approved_by", "told", "oath", "filed",
)  # fmt: skip
"""Steps that come long after a case is opened; ``case open`` does not offer them."""

_STEPS = ("place", "step", "state", "day", "lacks", "earliest", "latest")
_LIST = ("name", "organization", "reached", "applied", "next", "earliest", "latest")
_ENDED = ("admitted", *NOT_ADMITTED)


def progress_cells() -> tuple[str, ...]:
    """The fields of a row of candidates, as options."""
    hidden = ("person", "state", "closed", "reason")
    return ("phone", *fields_of("Candidacy", without=hidden))


def _opening_cells() -> tuple[str, ...]:
    cells = dict.fromkeys((*PERSON, *progress_cells()))
    return tuple(cell for cell in cells if cell not in _LATER)


_CASE = {
    "case": (of("@Candidacy operation name id_number code"), None),
    "steps": [of("step state day earliest latest", {"at": int, "lacks": [str]})],
    "next?": str | None,
}


@command(
    writes=True,
    cells=_opening_cells,
    required=("name", "id_number", "organization"),
    answer=_CASE,
)
def case_open(context: Context, cells: dict[str, str]) -> None:
    """Open a case."""
    report = actions.candidates.open_case(context.request(), cells)
    _show_change(context, report)


@command(writes=True, cells=progress_cells, answer=_CASE)
def case_advance(context: Context, who: Who, cells: dict[str, str]) -> None:
    """Record the next steps of a case."""
    if not any(cells.values()):
        raise UsageError("advance-nothing")
    report = actions.candidates.advance(context.request(), who, cells)
    _show_change(context, report)


def _show_change(context: Context, report: "Report") -> None:
    """The result: the case as it is now or would be, or why it has not changed."""
    card = actions.candidates.card_after(context.location, report)
    judged = report.has_errors and (report.steps.has_judged or report.is_forbidden)
    document: dict[str, Any] = {
        "operation": report.operation, "dry_run": report.dry_run,
        **(_document(card) if card else {"case": None, "steps": []}),
        "findings": context.finding_documents(report.findings),
        **(context.refusal(report.findings) if judged else {}),
    }  # fmt: skip
    context.answer(_STEPS, _rows(context, card) if card else [], document)
    show_findings(context, report.findings)
    finish(context, report.operation, is_refused=report.has_errors, nothing="nothing-to-write")
    if report.has_errors:
        raise typer.Exit(Refused.exit_code if judged else 1)


@command(prints=True, answer={**_CASE, **FINDINGS})
def case_show(context: Context, who: Who) -> None:
    """One case."""
    card = actions.candidates.card(context.location, who)
    context.log_reveal(f"#{card.person.id}", 1)
    findings = context.finding_documents(card.findings)
    document = _document(card) | {"findings": findings}
    context.answer(_STEPS, _rows(context, card), document)
    context.printer.findings(card.findings)
    _hint_at_next_step(context, card)


def _hint_at_next_step(context: Context, card: "Card") -> None:
    case = card.case
    facts = {"name": card.person.name, "organization": card.organization}
    if case.state in NOT_ADMITTED:
        context.printer.hint(
            "case-ended", **facts, state=named(context, case.state), day=case.closed,
            reason=case.reason or "",
        )  # fmt: skip
        return
    following = next((step for step in card.steps if step.state == "next"), None)
    if following is None:
        context.printer.hint("case-complete", **facts)
    else:
        heading = context.words.heading
        lacks = context.words.line("comma").join(map(heading, following.lacks))
        context.printer.hint("case-next", **facts, step=heading(following.step.name), lacks=lacks)


@command(
    prints=True,
    answer={
        "cases": [
            of(
                "id person name organization code state stage applied next earliest latest",
                {"lacks": [str]},
            )
        ]
    },
)
def case_list(
    context: Context,
    org: Org = None,
    stage: list[str] | None = None,
    ended: All = False,
) -> None:
    """The candidates."""
    stages = [_stage(text) for text in stage or ()]
    with context.reading_of(org) as (reader, top):
        policy = reports.rulebook.policy_in(reader)
        listed = reports.candidates.listed_cases(reader, policy, top, stages, ended=ended)
    rows = [_row(context, case) for case in listed]
    document = {"cases": [_listed_document(case) for case in listed]}
    context.answer(_LIST, rows, document)


def _stage(text: str) -> str:
    """A stage by its code or its words in either language.

    :raises UsageError: there is none of that name.
    """
    from leaguectl.kinds.candidates import CASE_STAGES

    codes = {word: code for code, names in CASE_STAGES.items() for word in (code, *names)}
    for code in _ENDED:
        codes |= {code: code}
        codes |= {words(language).values.get(code, code): code for language in LANGUAGES}
    if text not in codes:
        raise UsageError("stage-unknown", text=text, known=[*CASE_STAGES, *_ENDED])
    return codes[text]


def _row(context: Context, case: "ListedCase") -> tuple[Any, ...]:
    step = case.next
    return (
        case.person.name,
        case.organization,
        named(context, case.stage),
        case.case.applied,
        context.words.heading(step.step.name) if step else None,
        step.earliest if step else None,
        step.latest if step else None,
    )


def _listed_document(case: "ListedCase") -> dict[str, Any]:
    step = case.next
    return {
        "id": case.case.id, "person": case.person.id, "name": case.person.name,
        "organization": case.organization, "code": case.case.organization,
        "state": case.case.state, "stage": case.stage, "applied": case.case.applied,
        "next": step and step.step.name.removeprefix("step-"),
        "lacks": step.lacks if step else (), "earliest": step and step.earliest,
        "latest": step and step.latest,
    }  # fmt: skip


@command(writes=True, answer={"rows": [of("id name state closed")]})
def case_close(
    context: Context,
    who: Who,
    refused: bool = False,
    withdrawn: bool = False,
    day: Day = None,
) -> Answer:
    """Close a case."""
    if refused == withdrawn:
        raise UsageError("close-how")
    # The candidate may apply again; a later reader of the case must know the reasons against it.
    if not context.reason:
        raise UsageError("case-close-why")
    state = "refused" if refused else "withdrawn"
    closed = day or context.today
    outcome = actions.candidates.close(context.request(), who, state, closed)
    for row in outcome.rows:
        facts: dict[str, Any] = {"name": row["name"], "state": named(context, state)}
        context.printer.hint("case-closed-now", **facts, day=closed)
    return outcome


def _document(card: "Card") -> dict[str, Any]:
    case = asdict(card.case) | {
        "name": card.person.name, "id_number": Private(card.person.id_number),
        "organization": card.organization, "code": card.case.organization,
    }  # fmt: skip
    steps = [
        {
            "at": step.step.place, "step": step.step.name.removeprefix("step-"),
            "state": step.state, "day": step.day, "lacks": step.lacks,
            "earliest": step.earliest, "latest": step.latest,
        }
        for step in card.steps
    ]  # fmt: skip
    following = next((step["step"] for step in steps if step["state"] == "next"), None)
    return {"case": case, "steps": steps, "next": following}


def _rows(context: Context, card: "Card") -> list[tuple[Any, ...]]:
    heading = context.words.heading
    return [
        (step.step.place, heading(step.step.name), named(context, step.state), step.day,
         [heading(field) for field in step.lacks], step.earliest, step.latest)
        for step in card.steps
    ]  # fmt: skip
