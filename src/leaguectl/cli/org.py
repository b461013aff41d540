"""Organisations over time: org tree, show, add, rename, move, close, merge, split, graduate."""

from typing import Annotated

import typer

from leaguectl import actions, reports
from leaguectl.cli.answers import of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import (
    AsOf,
    Day,
    Org,
    RequiredText,
    Year,
    YearOption,
    fields_of,
)
from leaguectl.cli.render import Answer, card_rows, history, named
from leaguectl.screen import CARD

_TREE = ("code", "name", "type", "domain", "sector", "members")
_EVENT = ("code", "organization", "event", "day", "before", "after", "members")
_OWN_LINES = frozenset({"below", "quota", "depth", "own_members", "history"})
"""Fields that a card shows in separate lines, or not at all."""

_ORGANIZATION = of(
    "code name type domain sector founded dissolved secretary_seats committee_seats own_members"
    " depth",
    {"parent": str | None, "members": int},
)
_MOVED_ORGANIZATIONS = {"rows": [of("code organization event day before? after? members?")]}


@command(prints=True, answer={"organizations": [_ORGANIZATION]})
def org_tree(
    context: Context,
    org: Org = None,
    depth: Annotated[int | None, typer.Option(min=0)] = None,
    as_of: AsOf = None,
    closed: bool = False,
) -> None:
    """The organisations."""
    day = as_of or context.today
    with context.reading_of(org) as (reader, top):
        tree = reports.organizations.tree(reader, top, day)
    rows = [
        row
        for row in tree
        if (depth is None or row["depth"] <= depth)
        and reports.organizations.exists_on(row, day, closed=closed)
    ]
    step = "  " if context.printer.is_drawn else ""  # a program reads the names as they are
    shown = [
        [
            step * row["depth"] + row["name"] if key == "name" else named(context, row[key])
            for key in _TREE
        ]
        for row in rows
    ]
    headings = ("code", "organization", *_TREE[2:])
    context.answer(headings, shown, {"organizations": rows})


@command(
    prints=True,
    answer={
        "organization": {
            **_ORGANIZATION,
            "below": [_ORGANIZATION],
            "quota": [object],
            "history": [object],
        }
    },
)
def org_show(context: Context, text: str, year: YearOption = None, as_of: AsOf = None) -> None:
    """One organisation."""
    day = as_of or context.today
    with context.reading() as reader:
        code = actions.identify.find_organization(reader, text)
        card = reports.organizations.card(reader, code, year or day.year, as_of)
        above = card["parent"] and reports.organizations.by_code(reader, as_of)[card["parent"]]
    shown = {**card, "parent": above["name"]} if above else card
    # Chinese has a different word for the name of a person.
    rows = card_rows(context, shown, without=_OWN_LINES, headings={"name": "organization_name"})
    rows += history(context, {"event": card["history"]})
    rows += [
        (context.words.heading("places"), f"{quota['year']}: {quota['places']} ({spans})")
        for quota in card["quota"]
        for spans in [", ".join("{first}-{last}".format_map(block) for block in quota["blocks"])]
    ]
    rows += [
        (below["code"], f"{below['name']} ({below['members']})")
        for below in card["below"]
        if reports.organizations.exists_on(below, day)
    ]
    context.answer(CARD, rows, {"organization": card})


def founding_cells() -> tuple[str, ...]:
    """The fields of a new organisation besides its name and the day, as options."""
    hidden = ("name", "founded", "dissolved", "elected", "graduates")
    return fields_of("Organization", without=hidden)


@command(
    writes=True,
    columns=_EVENT,
    answer=_MOVED_ORGANIZATIONS,
    cells=founding_cells,
    required=("type", "parent"),
)
def org_add(context: Context, name: str, cells: dict[str, str], day: Day = None) -> Answer:
    """Found an organisation."""
    founded = (day or context.today).isoformat()
    return actions.organizations.add(context.request(), {"name": name, **cells, "founded": founded})


@command(writes=True, columns=_EVENT, answer=_MOVED_ORGANIZATIONS)
def org_rename(context: Context, text: str, name: str, day: Day = None) -> Answer:
    """Give an organisation another name."""
    return actions.organizations.rename(context.request(), text, name, day or context.today)


@command(writes=True, columns=_EVENT, answer=_MOVED_ORGANIZATIONS)
def org_alias(context: Context, text: str, name: str, day: Day = None) -> Answer:
    """Give an organisation a short name."""
    return actions.organizations.alias(context.request(), text, name, day or context.today)


@command(writes=True, columns=_EVENT, answer=_MOVED_ORGANIZATIONS)
def org_move(context: Context, text: str, to: RequiredText, day: Day = None) -> Answer:
    """Move an organisation under another."""
    return actions.organizations.move(context.request(), text, to, day or context.today)


@command(writes=True, columns=_EVENT, answer=_MOVED_ORGANIZATIONS)
def org_close(
    context: Context, text: str, members_to: str | None = None, day: Day = None
) -> Answer:
    """Close an organisation."""
    return actions.organizations.close(context.request(), text, members_to, day or context.today)


@command(writes=True, columns=_EVENT, answer=_MOVED_ORGANIZATIONS)
def org_merge(context: Context, text: str, into: RequiredText, day: Day = None) -> Answer:
    """Merge an organisation into another."""
    return actions.organizations.merge(context.request(), text, into, day or context.today)


@command(writes=True, columns=_EVENT, answer=_MOVED_ORGANIZATIONS)
def org_split(
    context: Context,
    text: str,
    name: str,
    code: str | None = None,
    member: list[str] | None = None,
    day: Day = None,
) -> Answer:
    """Found a second organisation out of an existing one."""
    return actions.organizations.split(
        context.request(), text, name, code, member or [], day or context.today
    )


@command(writes=True, columns=_EVENT, answer=_MOVED_ORGANIZATIONS)
def org_promote(context: Context, year: Year, org: Org = None, day: Day = None) -> Answer:
    """Promote the classes by a grade."""
    return actions.classes.promote(context.request(), year, org, day or context.today)


@command(writes=True, columns=_EVENT, answer=_MOVED_ORGANIZATIONS)
def org_graduate(
    context: Context, year: Year, to: str | None = None, org: Org = None, day: Day = None
) -> Answer:
    """Close the graduating classes of a year."""
    return actions.classes.graduate(context.request(), year, org, to, day or context.today)
