"""Commands about candidates on their way: case open, advance, show, list, close."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl.cli.desk import Desk, from_stdin, optional_day
from leaguectl.cli.doing import conclude, show_findings
from leaguectl.cli.framework import command
from leaguectl.findings import Refused, UsageError
from leaguectl.words import LANGUAGES, words

if TYPE_CHECKING:
    from leaguectl.actions.batch import Report
    from leaguectl.actions.candidates import Card, Listed

Given = Annotated[str | None, typer.Option(show_default=False)]
Needed = Annotated[str, typer.Option(show_default=False)]
Twice = Annotated[list[str] | None, typer.Option(show_default=False)]
Org = Annotated[str | None, typer.Option("--org", show_default=False)]
Who = Annotated[str, typer.Argument(show_default=False)]

_STEPS = ("place", "step", "state", "day", "lacks", "earliest", "latest")
_LIST = ("name", "organization", "reached", "applied", "next", "earliest", "latest")
_ENDED = ("admitted", "refused", "withdrawn")


@command(prints=True, writes=True)
def open_(
    ctx: typer.Context,
    name: Needed,
    id_number: Needed,
    organization: Annotated[str, typer.Option("--org", show_default=False)],
    phone: Given = None,
    applied: Given = None,
    talked: Given = None,
    activist: Given = None,
    contact: Twice = None,
    course_hours: Given = None,
    service_hours: Given = None,
    candidate: Given = None,
    route: Given = None,
) -> None:
    """Open a case."""
    from leaguectl.actions import candidates

    desk = Desk.of(ctx)
    given = {
        "name": name, "id_number": from_stdin(id_number), "organization": organization,
        "phone": phone, "applied": applied, "talked": talked, "activist": activist,
        "course_hours": course_hours, "service_hours": service_hours, "candidate": candidate,
        "route": route, **_two("contact", contact),
    }  # fmt: skip
    report = candidates.open_case(desk.request("case open"), given)
    _answer_change(desk, "case open", report)


@command(prints=True, writes=True)
def advance(
    ctx: typer.Context,
    who: Who,
    organization: Org = None,
    phone: Given = None,
    applied: Given = None,
    talked: Given = None,
    activist: Given = None,
    contact: Twice = None,
    course_hours: Given = None,
    service_hours: Given = None,
    candidate: Given = None,
    reviewed: Given = None,
    notice_from: Given = None,
    notice_to: Given = None,
    introducer: Twice = None,
    form_given: Given = None,
    meeting: Given = None,
    due: Given = None,
    present: Given = None,
    in_favour: Given = None,
    approved: Given = None,
    approved_by: Given = None,
    told: Given = None,
    oath: Given = None,
    filed: Given = None,
    route: Given = None,
) -> None:
    """Record the next steps of a case."""
    from leaguectl.actions import candidates

    desk = Desk.of(ctx)
    given = {
        "organization": organization, "phone": phone, "applied": applied, "talked": talked,
        "activist": activist, "course_hours": course_hours, "service_hours": service_hours,
        "candidate": candidate, "reviewed": reviewed, "notice_from": notice_from,
        "notice_to": notice_to, "form_given": form_given, "meeting": meeting, "due": due,
        "present": present, "in_favour": in_favour, "approved": approved,
        "approved_by": approved_by, "told": told, "oath": oath, "filed": filed, "route": route,
        **_two("contact", contact), **_two("introducer", introducer),
    }  # fmt: skip
    if not any(given.values()):
        raise UsageError("advance-nothing")
    report = candidates.advance(desk.request("case advance"), from_stdin(who), given)
    _answer_change(desk, "case advance", report)


def _two(name: str, given: list[str] | None) -> dict[str, str]:
    """An option that may be given twice.

    :raises UsageError: it was given more often.
    """
    if len(given or ()) > 2:
        raise UsageError("introducers-two" if name == "introducer" else "contacts-two")
    return {f"{name}_{at}": one for at, one in enumerate(given or (), 1)}


def _answer_change(desk: Desk, name: str, report: "Report") -> None:
    """What became of it: the case as it stands now, or why it stands as it did."""
    from leaguectl.actions import candidates

    printer = desk.printer
    who = candidates.written_of(report)
    found = candidates.card(desk.location, f"#{who}") if who is not None else None
    document: dict[str, Any] = {
        "operation": report.operation, "dry_run": report.dry_run,
        **(_document(found) if found else {"case": None, "steps": []}),
        "findings": [printer.finding_document(one) for one in report.findings],
    }  # fmt: skip
    printer.answer(name, _STEPS, _rows(desk, found) if found else [], document)
    show_findings(desk, report.findings)
    if report.operation is not None:
        printer.hint("operation", operation=report.operation)
    elif report.has_errors:
        printer.hint("nothing-written")
    else:
        printer.hint("dry-run" if report.dry_run else "nothing-to-write")
    if report.has_errors:
        judged = report.steps.has_rejected or report.is_forbidden
        raise typer.Exit(Refused.exit_code if judged else 1)


@command(prints=True)
def show(ctx: typer.Context, who: Who) -> None:
    """One case."""
    from leaguectl.actions import candidates

    desk = Desk.of(ctx)
    found = candidates.card(desk.location, from_stdin(who))
    desk.log_reveal("case show", f"#{found.person.id}", 1)
    document = _document(found) | {
        "findings": [desk.printer.finding_document(one) for one in found.findings]
    }
    desk.printer.answer("case show", _STEPS, _rows(desk, found), document)
    desk.printer.findings(found.findings)
    _say_where_it_stands(desk, found)


def _say_where_it_stands(desk: Desk, found: "Card") -> None:
    case = found.case
    facts = {"name": found.person.name, "organization": found.organization}
    if case.state in ("refused", "withdrawn"):
        desk.printer.hint(
            "case-ended", **facts, state=_named(desk, case.state), day=case.closed,
            reason=case.reason or "",
        )  # fmt: skip
        return
    step = next((one for one in found.steps if one.state == "next"), None)
    if step is None:
        desk.printer.hint("case-complete", **facts)
    else:
        lacks = desk.words.line("comma").join(desk.words.heading(one) for one in step.lacks)
        desk.printer.hint("case-next", **facts, step=_step(desk, step.step.name), lacks=lacks)


@command(prints=True)
def list_(
    ctx: typer.Context,
    org: Org = None,
    stage: Annotated[list[str] | None, typer.Option("--stage", show_default=False)] = None,
    ended: Annotated[bool, typer.Option("--all")] = False,
) -> None:
    """The candidates."""
    from leaguectl.actions import candidates

    desk = Desk.of(ctx)
    found = candidates.listed(desk.location, org, [_stage(one) for one in stage or ()], ended=ended)
    rows = [
        (one.person.name, one.organization, _named(desk, one.stage), one.case.applied,
         _step(desk, one.next.step.name) if one.next else None,
         one.next.earliest if one.next else None, one.next.latest if one.next else None)
        for one in found
    ]  # fmt: skip
    document = {"cases": [_listed(one) for one in found]}
    desk.printer.answer("case list", _LIST, rows, document)


def _stage(text: str) -> str:
    """A stage by its code or its words in either language.

    :raises UsageError: there is none of that name.
    """
    from leaguectl.kinds.candidates import CASE_STAGES

    known = {word: code for code, said in CASE_STAGES.items() for word in (code, *said)}
    for code in _ENDED:
        known |= {code: code} | {words(one).values.get(code, code): code for one in LANGUAGES}
    if text not in known:
        raise UsageError("stage-unknown", text=text, known=[*CASE_STAGES, *_ENDED])
    return known[text]


def _listed(one: "Listed") -> dict[str, Any]:
    step = one.next
    return {
        "id": one.case.id, "person": one.person.id, "name": one.person.name,
        "organization": one.organization, "code": one.case.organization,
        "state": one.case.state, "stage": one.stage, "applied": one.case.applied,
        "next": step and step.step.name.removeprefix("step-"),
        "lacks": step.lacks if step else (), "earliest": step and step.earliest,
        "latest": step and step.latest,
    }  # fmt: skip


@command(writes=True)
def close(
    ctx: typer.Context,
    who: Who,
    refused: Annotated[bool, typer.Option("--refused")] = False,
    withdrawn: Annotated[bool, typer.Option("--withdrawn")] = False,
    on: Annotated[str | None, typer.Option("--on", show_default=False)] = None,
) -> None:
    """Close a case."""
    from leaguectl.actions import candidates

    desk = Desk.of(ctx)
    if refused == withdrawn:
        raise UsageError("close-how")
    if not desk.reason:
        raise UsageError("case-close-why")
    state = "refused" if refused else "withdrawn"
    day = optional_day(on) or desk.today
    done = candidates.close(desk.request("case close"), from_stdin(who), state, day)
    for row in done.rows:
        desk.printer.hint("case-closed-now", name=row["name"], state=_named(desk, state), day=day)
    conclude(desk, done)


# -- shown ---------------------------------------------------------------------------------------


def _document(found: "Card") -> dict[str, Any]:
    from dataclasses import asdict

    from leaguectl.findings import Private

    case = asdict(found.case) | {
        "name": found.person.name, "id_number": Private(found.person.id_number),
        "organization": found.organization, "code": found.case.organization,
    }  # fmt: skip
    keys = ("at", "step", "state", "day", "lacks", "earliest", "latest")
    steps = [
        dict(zip(keys, (one.step.at, one.step.name.removeprefix("step-"), one.state, one.day,
                        one.lacks, one.earliest, one.latest), strict=True))
        for one in found.steps
    ]  # fmt: skip
    coming = next((one["step"] for one in steps if one["state"] == "next"), None)
    return {"case": case, "steps": steps, "next": coming}


def _rows(desk: Desk, found: "Card") -> list[tuple[Any, ...]]:
    return [
        (one.step.at, _step(desk, one.step.name), _named(desk, one.state), one.day,
         [desk.words.heading(name) for name in one.lacks], one.earliest, one.latest)
        for one in found.steps
    ]  # fmt: skip


def _step(desk: Desk, name: str) -> str:
    return desk.words.heading(name)


def _named(desk: Desk, value: str) -> str:
    return desk.words.values.get(value, value)
