"""Commands about members' lives: member leave, aging, restore, discipline, milestone."""

from typing import Annotated

import typer

from leaguectl.cli.desk import Desk, from_stdin, optional_day
from leaguectl.cli.doing import answer, code, on
from leaguectl.cli.framework import command
from leaguectl.cli.looking import Org, Text, Year
from leaguectl.findings import UsageError

Given = Annotated[str | None, typer.Option(show_default=False)]
Day = Annotated[str | None, typer.Option("--on", show_default=False)]
Kind = Annotated[str, typer.Argument(show_default=False)]

_LEFT = ("id", "name", "organization", "joined", "left", "leaving_reason")
_BACK = ("id", "name", "organization", "joined", "since")
_AGING = ("id", "name", "number", "organization", "turns", "party", "stays")
_MEASURE = ("id", "name", "kind", "since", "until", "authority")
_REGISTERED = ("id", "name", "organization", "year", "grade", "registered")
_STEP = ("id", "name", "kind", "day", "organization")


@command(prints=True, writes=True)
def member_leave(
    ctx: typer.Context,
    who: Annotated[str | None, typer.Argument(show_default=False)] = None,
    reason_kind: Given = None,
    day: Day = None,
    approved_by: Given = None,
    aged: Annotated[bool, typer.Option("--aged")] = False,
    org: Org = None,
) -> None:
    """End a membership."""
    from leaguectl.actions import leaving

    desk = Desk.of(ctx)
    request = desk.request("member leave")
    if aged:
        if who is not None or reason_kind not in (None, "age"):
            raise UsageError("leave-aged-alone")
        answer(desk, "member leave", _LEFT, leaving.leave_aged(request, on(desk, day), org))
        return
    if who is None or reason_kind is None:
        raise UsageError("leave-who-why")
    reason = code(reason_kind, leaving.REASONS)
    if reason == "other" and desk.reason is None:
        raise UsageError("reason-needed")
    done = leaving.leave(request, from_stdin(who), reason, on(desk, day), approved_by)
    answer(desk, "member leave", _LEFT, done)


@command(prints=True)
def member_aging(
    ctx: typer.Context,
    year: Annotated[int | None, typer.Option("--year", min=1922, max=2200)] = None,
    org: Org = None,
) -> None:
    """Who is of the age to leave and holds no post."""
    from leaguectl.actions import leaving

    desk = Desk.of(ctx)
    asked = year or desk.today.year
    aging = leaving.aging(desk.request("member aging"), asked, org, desk.today)
    shown = [[row[key] for key in _AGING] for row in aging.rows]
    document = {"year": asked, "age": aging.age, "rows": aging.rows}
    headings = [desk.words.heading(key).format(age=aging.age) for key in _AGING]
    desk.printer.answer("member aging", headings, shown, document)


@command(prints=True, writes=True)
def member_restore(ctx: typer.Context, who: Text, day: Day = None, to: Given = None) -> None:
    """Restore a membership."""
    from leaguectl.actions import leaving

    desk = Desk.of(ctx)
    done = leaving.restore(desk.request("member restore"), from_stdin(who), on(desk, day), to)
    answer(desk, "member restore", _BACK, done)


@command(prints=True, writes=True)
def member_discipline(
    ctx: typer.Context,
    who: Text,
    kind: Kind,
    since: Given = None,
    until: Given = None,
    approved_by: Given = None,
    lift: Annotated[bool, typer.Option("--lift")] = False,
    day: Day = None,
) -> None:
    """Record a disciplinary measure, or lift it."""
    from leaguectl.actions import leaving

    desk = Desk.of(ctx)
    measure = code(kind, leaving.MEASURES)
    request = desk.request("member discipline")
    if lift:
        if since or until or approved_by:
            raise UsageError("lift-alone")
        done = leaving.lift(request, from_stdin(who), measure, on(desk, day))
    else:
        if since is None:
            raise UsageError("since-needed")
        begun = on(desk, since)
        done = leaving.discipline(
            request, from_stdin(who), measure, begun, optional_day(until), approved_by
        )
    answer(desk, "member discipline", _MEASURE, done)


@command(prints=True, writes=True)
def member_milestone(
    ctx: typer.Context,
    who: Text,
    kind: Kind,
    day: Day = None,
    remove: Annotated[bool, typer.Option("--remove")] = False,
) -> None:
    """Record a step of somebody's way."""
    from leaguectl.actions import leaving

    desk = Desk.of(ctx)
    step = code(kind, leaving.STEPS)
    done = leaving.milestone(
        desk.request("member milestone"), from_stdin(who), step, on(desk, day), remove=remove
    )
    answer(desk, "member milestone", _STEP, done)


@command(prints=True, writes=True)
def member_register(
    ctx: typer.Context,
    text: Text,
    year: Year,
    grade: Given = None,
    member: Annotated[list[str] | None, typer.Option("--member", show_default=False)] = None,
    day: Day = None,
) -> None:
    """Register members for a year."""
    from leaguectl.actions import registering

    desk = Desk.of(ctx)
    given = code(grade, registering.GRADES) if grade else None
    done = registering.register_members(
        desk.request("member register"), text, year, given, on(desk, day), member or []
    )
    answer(desk, "member register", _REGISTERED, done)
