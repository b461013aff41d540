"""People and their membership: the commands of member but transfer, and dup."""

from functools import partial
from typing import Annotated, Any

import typer

from leaguectl.actions import Confirm
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import (
    Day,
    DayOption,
    OptionalWho,
    Org,
    Text,
    TextOption,
    Who,
    Year,
    YearOption,
    fields_of,
)
from leaguectl.cli.render import code, history, named, show_outcome, show_rows
from leaguectl.findings import Private, UsageError

_FOUND = ("id", "name", "id_number", "organization", "joined", "number", "left")
_LEFT = ("id", "name", "organization", "joined", "left", "leaving_reason")
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


# -- found, shown, corrected ---------------------------------------------------------------------


@command(prints=True)
def member_find(context: Context, text: Who, org: Org = None) -> None:
    """Find people."""
    from leaguectl.actions import reading

    rows = reading.members(context.location, text, org)
    context.log_reveal("member find", len(rows))
    show_rows(context, _FOUND, rows, count=len(rows))
    if not rows:
        context.printer.hint("found-none")
        raise typer.Exit(4)


@command(prints=True)
def member_show(context: Context, text: Who) -> None:
    """One person."""
    from leaguectl.actions import reading

    card = reading.member(context.location, text)
    context.log_reveal(f"#{card['id']}", 1)
    admission = card["admission"] or {}
    rows = [
        (context.words.heading(key), named(context, value))
        for key, value in {**card, **admission}.items()
        if key not in ("admission", "history") and value is not None
    ]
    rows += history(context, card["history"])
    context.answer(("field", "value"), rows, {"member": card})


@command(prints=True, writes=True, cells=partial(fields_of, "Person", without=("written",)))
def member_edit(context: Context, who: Who, cells: dict[str, str]) -> None:
    """Correct what is known of a person."""
    from leaguectl.actions import identity

    outcome = identity.edit(context.request(), who, cells)
    context.log_reveal("member edit", 1)
    show_outcome(context, ("field", "was", "becomes"), outcome)


@command(prints=True, writes=True)
def member_merge(context: Context, keep: Who, other: Who) -> None:
    """Join two records of one person."""
    from leaguectl.actions import merging

    outcome, people = merging.merge(context.request(), keep, other)
    context.log_reveal("member merge", 2)
    show_outcome(context, ("noun", "moved", "combined"), outcome, **people)


@command(prints=True)
def dup_list(
    context: Context, org: Org = None, all_: Annotated[bool, typer.Option("--all")] = False
) -> None:
    """People who look like one."""
    from leaguectl.actions import identity

    suspects = identity.suspects(context.location, org, decided=all_)
    context.log_reveal("dup list", 2 * len(suspects))
    rows = []
    for suspect in suspects:
        first, second = suspect.pair.first, suspect.pair.second
        row: dict[str, Any] = {}
        for prefix, person, home in zip(
            ("", "other_"), (first, second), suspect.homes, strict=True
        ):
            row |= {
                f"{prefix}id": person.id, f"{prefix}name": person.name,
                f"{prefix}id_number": Private(person.id_number), f"{prefix}organization": home,
            }  # fmt: skip
        likeness = list(suspect.pair.likeness)
        rows.append({**row, "likeness": likeness, "reason": suspect.reason})
    show_rows(context, _PAIR, rows, count=len(rows))
    if not rows:
        context.printer.hint("dup-none")


@command(prints=True, writes=True)
def dup_ignore(context: Context, first: Who, second: Who) -> None:
    """Two people who look like one are two."""
    from leaguectl.actions import identity

    outcome = identity.tell_apart(context.request(), [first, second])
    show_outcome(context, _APART, outcome)


# -- membership ----------------------------------------------------------------------------------


@command(prints=True, writes=True, confirm=Confirm.LEAVING)
def member_leave(
    context: Context,
    who: OptionalWho = None,
    reason_kind: TextOption = None,
    day: Day = None,
    approved_by: TextOption = None,
    aged: Annotated[bool, typer.Option("--aged")] = False,
    org: Org = None,
) -> None:
    """End a membership."""
    from leaguectl.actions import members

    request, left = context.request(), day or context.today
    if aged:
        if who is not None or reason_kind not in (None, "age"):
            raise UsageError("leave-aged-alone")
        outcome = members.leave_aged(request, left, org)
    elif who is None or reason_kind is None:
        raise UsageError("leave-who-why")
    else:
        reason = code(reason_kind, members.REASONS)
        if reason == "other" and context.reason is None:
            raise UsageError("reason-needed")
        outcome = members.leave(request, who, reason, left, approved_by)
    show_outcome(context, _LEFT, outcome)


@command(prints=True)
def member_aging(context: Context, year: YearOption = None, org: Org = None) -> None:
    """Who is of the age to leave and holds no post."""
    from leaguectl.actions import members

    year = year or context.today.year
    aging = members.aging(context.request(), year, org, context.today)
    headings = {key: context.words.heading(key).format(age=aging.age) for key in _AGING}
    show_rows(context, _AGING, aging.rows, headings, year=year, age=aging.age)


@command(prints=True, writes=True)
def member_restore(context: Context, who: Who, day: Day = None, to: TextOption = None) -> None:
    """Restore a membership."""
    from leaguectl.actions import members

    outcome = members.restore(context.request(), who, day or context.today, to)
    show_outcome(context, _RESTORED, outcome)


@command(prints=True, writes=True)
def member_discipline(
    context: Context,
    who: Who,
    kind: Text,
    since: DayOption = None,
    until: DayOption = None,
    approved_by: TextOption = None,
    lift: Annotated[bool, typer.Option("--lift")] = False,
    day: Day = None,
) -> None:
    """Record a disciplinary measure, or lift it."""
    from leaguectl.actions import member_records

    measure = code(kind, member_records.DISCIPLINES)
    request = context.request()
    if lift:
        if since or until or approved_by:
            raise UsageError("lift-alone")
        outcome = member_records.lift(request, who, measure, day or context.today)
    elif since is None:
        raise UsageError("since-needed")
    else:
        outcome = member_records.discipline(request, who, measure, since, until, approved_by)
    show_outcome(context, _MEASURE, outcome)


@command(prints=True, writes=True)
def member_milestone(
    context: Context,
    who: Who,
    kind: Text,
    day: Day = None,
    remove: Annotated[bool, typer.Option("--remove")] = False,
) -> None:
    """Record a step of somebody's way."""
    from leaguectl.actions import member_records

    step, request = code(kind, member_records.MILESTONES), context.request()
    outcome = member_records.milestone(request, who, step, day or context.today, remove=remove)
    show_outcome(context, _MILESTONE, outcome)


@command(prints=True, writes=True)
def member_register(
    context: Context,
    text: Text,
    year: Year,
    grade: TextOption = None,
    member: Annotated[list[str] | None, typer.Option("--member", show_default=False)] = None,
    day: Day = None,
) -> None:
    """Register members for a year."""
    from leaguectl.actions import member_records

    grade = code(grade, member_records.GRADES) if grade else None
    outcome = member_records.register(
        context.request(), text, year, grade, day or context.today, member or []
    )
    show_outcome(context, _REGISTERED, outcome)
