"""Commands that look: stats, quota, member, org."""

from datetime import date
from typing import Annotated, Any

import typer

from leaguectl.cli.desk import Desk, counted, from_stdin, optional_day
from leaguectl.cli.doing import history
from leaguectl.cli.framework import command
from leaguectl.findings import NotFound, UsageError

Year = Annotated[int, typer.Argument(min=1922, max=2200, show_default=False)]
Org = Annotated[str | None, typer.Option("--org", show_default=False)]
AsOf = Annotated[str | None, typer.Option("--as-of", show_default=False)]
Text = Annotated[str, typer.Argument(show_default=False)]

_QUOTA = (
    "organization", "places", "allotted_below", "used", "void", "left", "first", "last",
    "usage_rate",
)  # fmt: skip
_FOUND = (
    "id", "name", "id_number", "organization", "joined", "number", "left",
)  # fmt: skip
_TREE = ("code", "name", "type", "domain", "sector", "members")


@command(prints=True)
def stats(
    ctx: typer.Context,
    year: Year,
    get: Annotated[str | None, typer.Option("--get", show_default=False)] = None,
    org: Org = None,
    as_of: AsOf = None,
    compare: Annotated[bool, typer.Option("--compare")] = False,
    as_closed: Annotated[bool, typer.Option("--as-closed")] = False,
) -> None:
    """The figures of a year."""
    desk = Desk.of(ctx)
    if as_closed and (org or as_of or compare):
        raise UsageError("as-closed-alone")
    document = _frozen(desk, year) if as_closed else _counted(desk, year, org, as_of, get)
    figures = document["figures"]
    if get is not None:
        if get not in figures:
            raise NotFound("figure-unknown", key=get, known=list(desk.words.figures))
        desk.printer.value(figures[get]["value"])
        return
    keys = ["key", "value", "unit", "label", "definition"]
    if compare:
        _compare(desk, document, org, as_of)
        keys[2:2] = ["previous", "change"]
    units = desk.words.units
    rows = [
        [{"key": name, **one, "unit": units[one["unit"]]}.get(key) for key in keys]
        for name, one in figures.items()
    ]
    desk.printer.answer("stats", keys, rows, document)


def _counted(
    desk: Desk, year: int, org: str | None, as_of: str | None, only: str | None = None
) -> dict[str, Any]:
    """The figures as the rows give them, or the one that is asked for."""
    from leaguectl.actions import reading

    found = reading.year_figures(desk.location, year, optional_day(as_of), org, only)
    figures: dict[str, Any] = {}
    for one in found.values:
        label, definition = desk.words.figures[one.figure.key]
        figures[one.figure.key] = {
            "value": one.value, "unit": one.figure.unit, "label": label, "definition": definition,
        }  # fmt: skip
    return {
        "year": year, "as_of": found.as_of, "organization": found.organization, "figures": figures,
    }  # fmt: skip


def _frozen(desk: Desk, year: int) -> dict[str, Any]:
    """The figures as they were when the year was closed."""
    from leaguectl.actions import closed

    found = closed.closed(desk.location, year)
    figures = {
        one["key"]: {key: one[key] for key in ("value", "unit", "label", "definition")}
        for one in found.figures
    }
    return {
        "year": year, "as_of": f"{year}-12-31", "organization": None, "closed": found.day,
        "sha256": found.sha256, "explained": found.explained, "figures": figures,
    }  # fmt: skip


def _compare(desk: Desk, document: dict[str, Any], org: str | None, as_of: str | None) -> None:
    """Put the year before beside the year, to the same day."""
    from leaguectl.actions import reading

    year = document["year"] - 1
    day = optional_day(as_of)
    before = day and reading.year_before(day)
    for one in reading.year_figures(desk.location, year, before, org).values:
        figure = document["figures"][one.figure.key]
        known = one.value is not None and figure["value"] is not None
        figure |= {"previous": one.value, "change": figure["value"] - one.value if known else None}


@command(prints=True)
def quota_show(ctx: typer.Context, year: Year, org: Org = None) -> None:
    """The year's quotas."""
    from leaguectl.actions import reading

    desk = Desk.of(ctx)
    rows = reading.quota_rows(desk.location, year, org)
    beyond = ("beyond",) if any(one["beyond"] for one in rows) else ()
    _answer(desk, "quota show", _QUOTA + beyond, rows, {"year": year})


@command(prints=True)
def quota_check(ctx: typer.Context, year: Year) -> None:
    """Whether the year's quotas hold."""
    from leaguectl.actions import reading

    desk = Desk.of(ctx)
    found = reading.quota_findings(desk.location, year)
    if found or desk.format == "json":
        documents = [desk.printer.finding_document(one) for one in found]
        rows = [(one["level"], one["subject"], one["message"]) for one in documents]
        document = {"year": year, "findings": documents, "counts": counted(found)}
        desk.printer.answer("quota check", ("level", "subject", "message"), rows, document)
    raise typer.Exit(1 if any(one.is_error for one in found) else 0)


@command(prints=True)
def member_find(ctx: typer.Context, text: Text, org: Org = None) -> None:
    """Find people."""
    from leaguectl.actions import reading

    desk = Desk.of(ctx)
    text = from_stdin(text)
    rows = reading.members(desk.location, text, org)
    desk.log_reveal("member find", "member find", len(rows))
    _answer(desk, "member find", _FOUND, rows, {"count": len(rows)})
    if not rows:
        desk.printer.hint("found-none")
        raise typer.Exit(4)


@command(prints=True)
def member_show(ctx: typer.Context, text: Text) -> None:
    """One person."""
    from leaguectl.actions import reading

    desk = Desk.of(ctx)
    found = reading.member(desk.location, from_stdin(text))
    desk.log_reveal("member show", f"#{found['id']}", 1)
    case = found["admission"] or {}
    rows = [
        (desk.words.heading(key), _named(desk, value))
        for key, value in {**found, **case}.items()
        if key not in ("admission", "history") and value is not None
    ]
    rows += history(desk, found["history"])
    desk.printer.answer("member show", ("field", "value"), rows, {"member": found})


@command(prints=True)
def org_tree(
    ctx: typer.Context,
    org: Org = None,
    depth: Annotated[int | None, typer.Option("--depth", min=0, show_default=False)] = None,
    as_of: AsOf = None,
    closed: Annotated[bool, typer.Option("--closed")] = False,
) -> None:
    """The organisations."""
    from leaguectl.actions import reading

    desk = Desk.of(ctx)
    asked = optional_day(as_of) or desk.today
    found = reading.organization_tree(desk.location, org, asked)
    rows = [
        one
        for one in found
        if (depth is None or one["depth"] <= depth) and (closed or _is_there(one, asked))
    ]
    drawn = [
        [
            "  " * one["depth"] + one["name"] if key == "name" else _named(desk, one[key])
            for key in _TREE
        ]
        for one in rows
    ]
    headings = ("code", "organization", *_TREE[2:])
    desk.printer.answer("org tree", headings, drawn, {"organizations": rows})


def _is_there(organization: dict[str, Any], day: date) -> bool:
    """Whether it was founded by that day and not closed."""
    founded, dissolved = organization["founded"], organization["dissolved"]
    told = day.isoformat()
    return (founded is None or founded <= told) and (dissolved is None or dissolved > told)


@command(prints=True)
def org_show(
    ctx: typer.Context,
    text: Text,
    year: Annotated[int | None, typer.Option("--year", min=1922, max=2200)] = None,
) -> None:
    """One organisation."""
    from leaguectl.actions import reading

    desk = Desk.of(ctx)
    found = reading.organization_card(desk.location, text, year or desk.today.year)
    rows = [
        (desk.words.heading(key), _named(desk, value))
        for key, value in found.items()
        if value is not None and key not in ("below", "quota", "depth", "own_members", "history")
    ]
    rows += history(desk, {"event": found["history"]})
    rows += [
        (
            desk.words.heading("places"),
            f"{one['year']}: {one['places']} ({one['first']}-{one['last']})",
        )
        for one in found["quota"]
    ]
    rows += [
        (one["code"], f"{one['name']} ({one['members']})")
        for one in found["below"]
        if _is_there(one, desk.today)
    ]
    desk.printer.answer("org show", ("field", "value"), rows, {"organization": found})


def _answer(
    desk: Desk, name: str, keys: tuple[str, ...], rows: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    headings = ["places_left" if name == "quota show" and key == "left" else key for key in keys]
    shown = [[row[key] for key in keys] for row in rows]
    desk.printer.answer(name, headings, shown, {**more, "rows": rows})


def _named(desk: Desk, value: Any) -> Any:
    """A value of ours in the user's language."""
    return desk.words.values.get(value, value) if type(value) is str else value
