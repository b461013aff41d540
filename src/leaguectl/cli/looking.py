"""Commands that look: stats, quota, member, org."""

from typing import Annotated, Any

import typer

from leaguectl.cli.desk import Desk, counted, from_stdin, optional_day
from leaguectl.cli.framework import command
from leaguectl.findings import NotFound

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
) -> None:
    """The figures of a year."""
    from leaguectl.operations import reading

    desk = Desk.of(ctx)
    found = reading.year_figures(desk.location, year, optional_day(as_of), org)
    if get is not None:
        known = {one.figure.key: one.value for one in found.values}
        if get not in known:
            raise NotFound("figure-unknown", key=get, known=list(known))
        desk.printer.value(known[get])
        return
    told = desk.words.figures
    units = desk.words.units
    rows = [
        (one.figure.key, one.value, units[one.figure.unit], *told[one.figure.key])
        for one in found.values
    ]
    figures = {
        key: {"value": value, "unit": one.figure.unit, "label": label, "definition": definition}
        for (key, value, _, label, definition), one in zip(rows, found.values, strict=True)
    }
    document = {
        "year": year, "as_of": found.as_of, "organization": found.organization, "figures": figures,
    }  # fmt: skip
    desk.printer.answer("stats", ("key", "value", "unit", "label", "definition"), rows, document)


@command(prints=True)
def quota_show(ctx: typer.Context, year: Year, org: Org = None) -> None:
    """The year's quotas."""
    from leaguectl.operations import reading

    desk = Desk.of(ctx)
    rows = reading.quota_rows(desk.location, year, org)
    _answer(desk, "quota show", _QUOTA, rows, {"year": year})


@command(prints=True)
def quota_check(ctx: typer.Context, year: Year) -> None:
    """Whether the year's quotas hold."""
    from leaguectl.operations import reading

    desk = Desk.of(ctx)
    found = reading.quota_findings(desk.location, year)
    if found or desk.format == "json":
        documents = [desk.printer.finding_document(one) for one in found]
        rows = [(one["level"], one["subject"], one["message"]) for one in documents]
        document = {"year": year, "findings": documents, "counts": counted(found)}
        desk.printer.answer("quota check", ("level", "subject", "message"), rows, document)
    raise typer.Exit(1 if found else 0)


@command(prints=True)
def member_find(ctx: typer.Context, text: Text, org: Org = None) -> None:
    """Find people."""
    from leaguectl.operations import reading

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
    from leaguectl.operations import reading

    desk = Desk.of(ctx)
    found = reading.member(desk.location, from_stdin(text))
    desk.log_reveal("member show", f"#{found['id']}", 1)
    case = found["admission"] or {}
    rows = [
        (desk.words.heading(key), _named(desk, value))
        for key, value in {**found, **case}.items()
        if key != "admission" and value is not None
    ]
    desk.printer.answer("member show", ("field", "value"), rows, {"member": found})


@command(prints=True)
def org_tree(
    ctx: typer.Context,
    org: Org = None,
    depth: Annotated[int | None, typer.Option("--depth", min=0, show_default=False)] = None,
    as_of: AsOf = None,
) -> None:
    """The organisations."""
    from leaguectl.operations import reading

    desk = Desk.of(ctx)
    found = reading.organization_tree(desk.location, org, optional_day(as_of) or desk.today)
    rows = [one for one in found if depth is None or one["depth"] <= depth]
    drawn = [
        [
            "  " * one["depth"] + one["name"] if key == "name" else _named(desk, one[key])
            for key in _TREE
        ]
        for one in rows
    ]
    headings = ("code", "organization", *_TREE[2:])
    desk.printer.answer("org tree", headings, drawn, {"organizations": rows})


@command(prints=True)
def org_show(
    ctx: typer.Context,
    text: Text,
    year: Annotated[int | None, typer.Option("--year", min=1922, max=2200)] = None,
) -> None:
    """One organisation."""
    from leaguectl.operations import reading

    desk = Desk.of(ctx)
    found = reading.organization_card(desk.location, text, year or desk.today.year)
    rows = [
        (desk.words.heading(key), _named(desk, value))
        for key, value in found.items()
        if value is not None and key not in ("below", "quota", "depth", "own_members")
    ]
    rows += [
        (
            desk.words.heading("places"),
            f"{one['year']}: {one['places']} ({one['first']}-{one['last']})",
        )
        for one in found["quota"]
    ]
    rows += [(one["code"], f"{one['name']} ({one['members']})") for one in found["below"]]
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
