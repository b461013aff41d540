"""People and their membership: the commands of ``member`` except transfer, and ``dup``."""

from functools import partial
from typing import Any

import typer

from leaguectl import actions, model, reports
from leaguectl.cli.answers import ERROR, TRANSFER, of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import (
    All,
    AsOf,
    Day,
    DayOption,
    FirstDay,
    OptionalWho,
    Org,
    Who,
    Year,
    YearOption,
    fields_of,
)
from leaguectl.cli.render import Answer, card_rows, code, history, show_outcome, show_rows
from leaguectl.findings import NotFound, UsageError, compared
from leaguectl.screen import CARD

_FOUND = ("id", "name", "id_number", "organization", "joined", "number", "left")
_LEFT = ("id", "name", "organization", "joined", "left", "leaving_reason")
_ERASED = ("id", "name", "organization", "ended", "kept_until")
_RESTORED = ("id", "name", "organization", "joined", "since")
_AGING = ("id", "name", "number", "organization", "turns", "party", "stays")
_MEASURE = ("id", "name", "kind", "since", "until", "authority")
_REGISTERED = ("id", "name", "organization", "year", "grade", "registered")
_MILESTONE = ("id", "name", "kind", "day", "organization")
_PAIR = (
    "id", "name", "id_number", "organization", "other_id", "other_name", "other_id_number",
    "other_organization", "likeness", "reason",
)  # fmt: skip
_APART = ("id", "name", "id_number", "other_id", "other_name", "other_id_number", "reason")

_ENDED = {"rows": [of("id name organization joined since left leaving_reason")]}
_ADMISSION = of(
    "applied talked activist candidate notice_from notice_to meeting approved approved_by route"
    " course_hours service_hours introducer_1 introducer_2 due present in_favour",
    {"due": int | None},
)
_CARD = "@Person code organization joined number form certificate left leaving_reason"


# -- found, shown, corrected ---------------------------------------------------------------------


@command(prints=True, answer=of("count", {"rows": [of(_CARD)], "error?": ERROR}))
def member_find(context: Context, text: Who, org: Org = None, as_of: AsOf = None) -> None:
    """Find people."""
    with context.reading_of(org) as (reader, top):
        rows = reports.members.find(reader, text, top, as_of)
    context.log_reveal("member find", len(rows))
    document: dict[str, Any] = {"count": len(rows)}
    if not rows:
        said = {"code": "found-none", "message": context.words.line("found-none"), "fix": ""}
        document["error"] = {**said, "exit": NotFound.exit_code}
    show_rows(context, _FOUND, rows, **document)
    if not rows:
        context.printer.hint("found-none")  # and exit with 4, as any command that finds nobody
        raise typer.Exit(NotFound.exit_code)


@command(
    prints=True,
    answer={
        "member": of(
            _CARD,
            {
                "papers": {"*": str},
                "admission": (_ADMISSION, None),
                "history": {
                    "memberships": [of("organization code entry since left leaving_reason")],
                    "discipline": [of("kind since until authority")],
                    "milestones": [of("kind day")],
                    "registrations": [of("year grade registered")],
                    "transfers": [TRANSFER],
                },
            },
        )
    },
)
def member_show(context: Context, text: Who, as_of: AsOf = None) -> None:
    """One person."""
    with context.reading() as reader:
        person = actions.identify.identify_person(reader, text)
        card = reports.members.member(reader, person, as_of) | {
            "history": reports.members.history(reader, person, as_of)
        }
    context.log_reveal(f"#{card['id']}", 1)
    admission = card["admission"] or {}
    # A paper without a serial has its state in the serial's place.
    marked = {paper: state for paper, state in card["papers"].items() if not card.get(paper)}
    shown = {**card, **admission, **marked}
    rows = card_rows(context, shown, without=("admission", "history", "papers"))
    rows += history(context, card["history"])
    context.answer(CARD, rows, {"member": card})


@command(
    writes=True,
    cells=partial(fields_of, "Person", without=("written",)),
    clears=True,
    answer={"rows": [of("field", {"was": object, "becomes": object})]},
)
def member_edit(context: Context, who: Who, cells: dict[str, str]) -> None:
    """Correct what is known of a person."""
    outcome = actions.identity.edit(context.request(), who, cells)
    context.log_reveal("member edit", 1)  # the old value is shown next to the new one
    show_outcome(context, ("field", "was", "becomes"), outcome)


@command(
    writes=True,
    answer={
        **dict.fromkeys(("kept", "gone"), of("id name id_number")),
        "rows": [of("noun moved combined")],
    },
)
def member_merge(context: Context, keep: Who, other: Who, home: str | None = None) -> None:
    """Join two records of one person."""
    outcome, people = actions.merging.merge(context.request(), keep, other, home)
    context.log_reveal("member merge", 2)
    show_outcome(context, ("noun", "moved", "combined"), outcome, **people)


@command(prints=True, answer=of("count", {"rows": [of(" ".join(_PAIR), {"likeness": [str]})]}))
def dup_list(context: Context, org: Org = None, all_: All = False) -> None:
    """Records that may be of one person."""
    suspects = actions.identity.suspects(context.location, org, decided=all_)
    context.log_reveal("dup list", 2 * len(suspects))
    rows = []
    for suspect in suspects:
        first, second = suspect.pair.first, suspect.pair.second
        row: dict[str, Any] = {}
        id_numbers = compared(first.id_number, second.id_number)
        for prefix, person, id_number, home in zip(
            ("", "other_"), (first, second), id_numbers, suspect.homes, strict=True
        ):
            row |= {
                f"{prefix}id": person.id, f"{prefix}name": person.name,
                f"{prefix}id_number": id_number, f"{prefix}organization": home,
            }  # fmt: skip
        likeness = list(suspect.pair.likeness)
        rows.append({**row, "likeness": likeness, "reason": suspect.reason})
    show_rows(context, _PAIR, rows, count=len(rows))
    if not rows:
        context.printer.hint("dup-none")


@command(writes=True, columns=_APART)
def dup_ignore(context: Context, first: Who, second: Who) -> Answer:
    """Record that two similar people are different."""
    return actions.identity.tell_apart(context.request(), [first, second])


# -- membership ----------------------------------------------------------------------------------


@command(writes=True, columns=_LEFT, answer=_ENDED, confirm=actions.Confirm.LEAVING)
def member_leave(
    context: Context,
    who: OptionalWho = None,
    reason_kind: str | None = None,
    day: Day = None,
    approved_by: str | None = None,
    aged: bool = False,
    org: Org = None,
) -> Answer:
    """End a membership."""
    request, left = context.request(), day or context.today
    # Members who reach the age leave without an application, so many may leave at once.
    if aged:
        if who is not None or reason_kind not in (None, "age"):
            raise UsageError("leave-aged-alone")
        return actions.members.leave_aged(request, left, org)
    if who is None or reason_kind is None:
        raise UsageError("leave-who-why")
    reason = code(reason_kind, actions.members.REASONS)
    # These two do not explain themselves; every other kind of leaving has its article in the
    # Charter.
    if reason in ("other", model.IN_ERROR) and context.reason is None:
        raise UsageError("reason-needed")
    return actions.members.leave(request, who, reason, left, approved_by)


@command(writes=True, columns=_ERASED, confirm=actions.Confirm.ALWAYS)
def member_erase(
    context: Context, who: OptionalWho = None, due: bool = False, org: Org = None
) -> Answer:
    """Take personal values out of everything."""
    if due is (who is not None):
        raise UsageError("erase-who")
    return actions.retention.erase(context.request(), who, org)


@command(prints=True, answer=of("year age", {"rows": [of("code " + " ".join(_AGING))]}))
def member_aging(context: Context, year: YearOption = None, org: Org = None) -> None:
    """Members without a post who reach the age of leaving."""
    year = year or context.today.year
    with context.reading_of(org) as (reader, top):
        aging = reports.due.aging(reader, year, context.today, top)
    headings = {key: context.words.heading(key).format(age=aging.age) for key in _AGING}
    show_rows(context, _AGING, aging.rows, headings, year=year, age=aging.age)


@command(writes=True, columns=_RESTORED, answer=_ENDED)
def member_restore(context: Context, who: Who, day: Day = None, to: str | None = None) -> Answer:
    """Restore a membership."""
    return actions.members.restore(context.request(), who, day or context.today, to)


# An expulsion is the end of the membership as well, and answered as such.
@command(
    writes=True, columns=_MEASURE, answer={"rows": [(of(" ".join(_MEASURE)), *_ENDED["rows"])]}
)
def member_discipline(
    context: Context,
    who: Who,
    kind: str,
    day: FirstDay = None,
    until: DayOption = None,
    approved_by: str | None = None,
    lift: bool = False,
) -> Answer:
    """Record a disciplinary measure, or lift it."""
    measure = code(kind, actions.member_records.DISCIPLINES)
    request, day = context.request(), day or context.today
    if not lift:
        return actions.member_records.discipline(request, who, measure, day, until, approved_by)
    if until or approved_by:
        raise UsageError("lift-alone")
    return actions.member_records.lift(request, who, measure, day)


@command(writes=True, columns=_MILESTONE)
def member_milestone(
    context: Context,
    who: Who,
    kind: str,
    day: Day = None,
    remove: bool = False,
) -> Answer:
    """Record a milestone of a member."""
    step, request = code(kind, actions.member_records.MILESTONES), context.request()
    return actions.member_records.milestone(request, who, step, day or context.today, remove=remove)


@command(writes=True, columns=_REGISTERED)
def member_register(
    context: Context,
    text: str,
    year: Year,
    grade: str | None = None,
    member: list[str] | None = None,
    day: Day = None,
) -> Answer:
    """Register members for a year."""
    grade = code(grade, actions.member_records.GRADES) if grade else None
    return actions.member_records.register(
        context.request(), text, year, grade, day or context.today, member or []
    )
