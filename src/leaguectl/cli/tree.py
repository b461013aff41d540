"""Commands about organisations over time: org add, rename, move, close, merge, split, graduate."""

from typing import Annotated

import typer

from leaguectl.cli.desk import Desk
from leaguectl.cli.doing import answer, on
from leaguectl.cli.framework import command
from leaguectl.cli.looking import Org, Text, Year
from leaguectl.findings import UsageError

Given = Annotated[str | None, typer.Option(show_default=False)]
Needed = Annotated[str, typer.Option(show_default=False)]
Day = Annotated[str | None, typer.Option("--on", show_default=False)]

_EVENT = ("code", "organization", "event", "day", "before", "after", "members")


@command(prints=True, writes=True)
def add(
    ctx: typer.Context,
    name: Text,
    type_: Annotated[str, typer.Option("--type", show_default=False)],
    parent: Needed,
    code: Given = None,
    domain: Given = None,
    sector: Given = None,
    secretary_seats: Given = None,
    committee_seats: Given = None,
    day: Day = None,
) -> None:
    """Found an organisation."""
    from leaguectl.actions import organizations as tree

    desk = Desk.of(ctx)
    given = {
        "name": name, "type": type_, "parent": parent, "code": code, "domain": domain,
        "sector": sector, "secretary_seats": secretary_seats,
        "committee_seats": committee_seats, "founded": on(desk, day).isoformat(),
    }  # fmt: skip
    answer(desk, "org add", _EVENT, tree.add(desk.request("org add"), given))


@command(prints=True, writes=True)
def rename(ctx: typer.Context, text: Text, name: Text, day: Day = None) -> None:
    """Give an organisation another name."""
    from leaguectl.actions import organizations as tree

    desk = Desk.of(ctx)
    if not name.strip():
        raise UsageError("name-empty")
    done = tree.rename(desk.request("org rename"), text, name, on(desk, day))
    answer(desk, "org rename", _EVENT, done)


@command(prints=True, writes=True)
def move(ctx: typer.Context, text: Text, to: Needed, day: Day = None) -> None:
    """Put an organisation under another."""
    from leaguectl.actions import organizations as tree

    desk = Desk.of(ctx)
    done = tree.move(desk.request("org move"), text, to, on(desk, day))
    answer(desk, "org move", _EVENT, done)


@command(prints=True, writes=True)
def close(ctx: typer.Context, text: Text, members_to: Given = None, day: Day = None) -> None:
    """Close an organisation."""
    from leaguectl.actions import organizations as tree

    desk = Desk.of(ctx)
    done = tree.close(desk.request("org close"), text, members_to, on(desk, day))
    answer(desk, "org close", _EVENT, done)


@command(prints=True, writes=True)
def merge(ctx: typer.Context, text: Text, into: Needed, day: Day = None) -> None:
    """Carry an organisation on in another."""
    from leaguectl.actions import organizations as tree

    desk = Desk.of(ctx)
    done = tree.merge(desk.request("org merge"), text, into, on(desk, day))
    answer(desk, "org merge", _EVENT, done)


@command(prints=True, writes=True)
def split(
    ctx: typer.Context,
    text: Text,
    name: Text,
    code: Given = None,
    member: Annotated[list[str] | None, typer.Option("--member", show_default=False)] = None,
    day: Day = None,
) -> None:
    """Found another organisation beside one."""
    from leaguectl.actions import organizations as tree

    desk = Desk.of(ctx)
    if not name.strip():
        raise UsageError("name-empty")
    request = desk.request("org split")
    done = tree.split(request, text, name, code, member or [], on(desk, day))
    answer(desk, "org split", _EVENT, done)


@command(prints=True, writes=True)
def graduate(
    ctx: typer.Context, year: Year, to: Given = None, org: Org = None, day: Day = None
) -> None:
    """Close the graduating classes of a year."""
    from leaguectl.actions import organizations as tree

    desk = Desk.of(ctx)
    done = tree.graduate(desk.request("org graduate"), year, org, to, on(desk, day))
    answer(desk, "org graduate", _EVENT, done)
