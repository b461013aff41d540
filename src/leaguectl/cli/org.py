"""Organisations over time: org tree, show, add, rename, move, close, merge, split, graduate."""

from datetime import date
from typing import Annotated, Any

import typer

from leaguectl.actions import Confirm
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import (
    AsOf,
    Day,
    Org,
    RequiredText,
    Text,
    TextOption,
    Year,
    YearOption,
    fields_of,
)
from leaguectl.cli.render import history, named, show_outcome
from leaguectl.findings import UsageError

_TREE = ("code", "name", "type", "domain", "sector", "members")
_EVENT = ("code", "organization", "event", "day", "before", "after", "members")
_OWN_LINES = frozenset({"below", "quota", "depth", "own_members", "history"})
"""What a card shows in lines of its own, or not at all."""


@command(prints=True)
def org_tree(
    context: Context,
    org: Org = None,
    depth: Annotated[int | None, typer.Option("--depth", min=0, show_default=False)] = None,
    as_of: AsOf = None,
    closed: Annotated[bool, typer.Option("--closed")] = False,
) -> None:
    """The organisations."""
    from leaguectl.actions import reading

    day = as_of or context.today
    rows = [
        row
        for row in reading.organization_tree(context.location, org, day)
        if (depth is None or row["depth"] <= depth) and (closed or _exists_on(row, day))
    ]
    shown = [
        [
            "  " * row["depth"] + row["name"] if key == "name" else named(context, row[key])
            for key in _TREE
        ]
        for row in rows
    ]
    headings = ("code", "organization", *_TREE[2:])
    context.answer(headings, shown, {"organizations": rows})


def _exists_on(organization: dict[str, Any], day: date) -> bool:
    """Whether it was founded by that day and not closed."""
    founded, dissolved = organization["founded"], organization["dissolved"]
    text = day.isoformat()
    return (founded is None or founded <= text) and (dissolved is None or dissolved > text)


@command(prints=True)
def org_show(context: Context, text: Text, year: YearOption = None) -> None:
    """One organisation."""
    from leaguectl.actions import reading

    heading = context.words.heading
    card = reading.organization_card(context.location, text, year or context.today.year)
    rows = [
        (heading(key), named(context, value))
        for key, value in card.items()
        if value is not None and key not in _OWN_LINES
    ]
    rows += history(context, {"event": card["history"]})
    rows += [
        (heading("places"), "{year}: {places} ({first}-{last})".format_map(quota))
        for quota in card["quota"]
    ]
    rows += [
        (below["code"], f"{below['name']} ({below['members']})")
        for below in card["below"]
        if _exists_on(below, context.today)
    ]
    context.answer(("field", "value"), rows, {"organization": card})


def founding_cells() -> tuple[str, ...]:
    """What a new organisation has besides its name and the day, as options."""
    hidden = ("name", "founded", "dissolved", "elected", "graduates")
    return fields_of("Organization", without=hidden)


@command(prints=True, writes=True, cells=founding_cells, required=("type", "parent"))
def org_add(context: Context, name: Text, cells: dict[str, str], day: Day = None) -> None:
    """Found an organisation."""
    from leaguectl.actions import organizations

    founded = (day or context.today).isoformat()
    outcome = organizations.add(context.request(), {"name": name, **cells, "founded": founded})
    show_outcome(context, _EVENT, outcome)


@command(prints=True, writes=True)
def org_rename(context: Context, text: Text, name: Text, day: Day = None) -> None:
    """Give an organisation another name."""
    from leaguectl.actions import organizations

    if not name.strip():
        raise UsageError("name-empty")
    outcome = organizations.rename(context.request(), text, name, day or context.today)
    show_outcome(context, _EVENT, outcome)


@command(prints=True, writes=True)
def org_move(context: Context, text: Text, to: RequiredText, day: Day = None) -> None:
    """Put an organisation under another."""
    from leaguectl.actions import organizations

    outcome = organizations.move(context.request(), text, to, day or context.today)
    show_outcome(context, _EVENT, outcome)


@command(prints=True, writes=True, confirm=Confirm.LEAVING)
def org_close(context: Context, text: Text, members_to: TextOption = None, day: Day = None) -> None:
    """Close an organisation."""
    from leaguectl.actions import organizations

    outcome = organizations.close(context.request(), text, members_to, day or context.today)
    show_outcome(context, _EVENT, outcome)


@command(prints=True, writes=True, confirm=Confirm.LEAVING)
def org_merge(context: Context, text: Text, into: RequiredText, day: Day = None) -> None:
    """Carry an organisation on in another."""
    from leaguectl.actions import organizations

    outcome = organizations.merge(context.request(), text, into, day or context.today)
    show_outcome(context, _EVENT, outcome)


@command(prints=True, writes=True)
def org_split(
    context: Context,
    text: Text,
    name: Text,
    code: TextOption = None,
    member: Annotated[list[str] | None, typer.Option("--member", show_default=False)] = None,
    day: Day = None,
) -> None:
    """Found another organisation beside one."""
    from leaguectl.actions import organizations

    if not name.strip():
        raise UsageError("name-empty")
    outcome = organizations.split(
        context.request(), text, name, code, member or [], day or context.today
    )
    show_outcome(context, _EVENT, outcome)


@command(prints=True, writes=True, confirm=Confirm.LEAVING)
def org_graduate(
    context: Context, year: Year, to: TextOption = None, org: Org = None, day: Day = None
) -> None:
    """Close the graduating classes of a year."""
    from leaguectl.actions import organizations

    outcome = organizations.graduate(context.request(), year, org, to, day or context.today)
    show_outcome(context, _EVENT, outcome)
