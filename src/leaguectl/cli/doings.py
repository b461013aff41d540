"""Commands about what the county did: training, activity, survey, task, post."""

from typing import Annotated

import typer

from leaguectl.cli.desk import Desk, from_stdin, optional_day
from leaguectl.cli.doing import answer, code, named, on
from leaguectl.cli.framework import command
from leaguectl.cli.looking import AsOf, Org, Text, Year

Given = Annotated[str | None, typer.Option(show_default=False)]
OfYear = Annotated[int | None, typer.Option("--year", min=1922, max=2200, show_default=False)]
Post = Annotated[str, typer.Argument(show_default=False)]

_TRAININGS = ("day", "training", "category", "attendances")
_UNTRAINED = ("organization", "name", "posts")
_ACTIVITIES = ("day", "activity", "category", "organization", "covered", "attendances")
_MISSING = ("organization", "category", "asked", "held", "missing")
_SURVEYS = ("organization", "stage", "students", "youth", "reported", "members", "ratio", "cap")
_TASKS = ("module", "task", "lead", "deadline", "done", "state")
_POSTS = ("id", "organization", "post", "name", "since", "until", "basis", "source", "duty",
          "state")  # fmt: skip
_TERM = ("id", "organization", "post", "name", "since", "until", "basis", "source", "duty")
_HEADINGS = {"since": "begun", "until": "ended"}


@command(prints=True)
def training_list(ctx: typer.Context, year: OfYear = None, category: Given = None) -> None:
    """The sessions of a year."""
    from leaguectl.actions import doings

    desk = Desk.of(ctx)
    asked = year or desk.today.year
    kind = code(category, doings.TRAININGS) if category else ""
    rows = doings.trainings(desk.location, asked, kind)
    _show(desk, "training list", _TRAININGS, rows, year=asked)


@command(prints=True)
def training_missing(ctx: typer.Context, year: OfYear = None, org: Org = None) -> None:
    """Who was not trained."""
    from leaguectl.actions import doings

    desk = Desk.of(ctx)
    asked = year or desk.today.year
    rows = doings.untrained(desk.location, asked, desk.today, org)
    _show(desk, "training missing", _UNTRAINED, rows, year=asked, count=len(rows))


@command(prints=True)
def activity_list(
    ctx: typer.Context, year: OfYear = None, org: Org = None, category: Given = None
) -> None:
    """The activities of a year."""
    from leaguectl.actions import doings

    desk = Desk.of(ctx)
    asked = year or desk.today.year
    kind = code(category, doings.ACTIVITIES) if category else ""
    rows = doings.activities(desk.location, asked, org, kind)
    _show(desk, "activity list", _ACTIVITIES, rows, year=asked)


@command(prints=True)
def activity_due(ctx: typer.Context, year: OfYear = None, org: Org = None) -> None:
    """What branches have not held."""
    from leaguectl.actions import doings

    desk = Desk.of(ctx)
    asked = year or desk.today.year
    rows = doings.missing(desk.request("activity due"), asked, org)
    _show(desk, "activity due", _MISSING, rows, year=asked, count=len(rows))


@command(prints=True)
def survey_show(ctx: typer.Context, year: Year, org: Org = None) -> None:
    """What was counted in a year."""
    from leaguectl.actions import doings

    desk = Desk.of(ctx)
    _show(desk, "survey show", _SURVEYS, doings.surveys(desk.location, year, org), year=year)


@command(prints=True)
def task_list(ctx: typer.Context, org: Org = None, module: Given = None) -> None:
    """The tasks of the reform plan."""
    from leaguectl.actions import doings

    desk = Desk.of(ctx)
    rows = doings.tasks(desk.location, desk.today, org, module or "")
    _show(desk, "task list", _TASKS, rows)


@command(prints=True)
def post_list(
    ctx: typer.Context,
    org: Org = None,
    as_of: AsOf = None,
    empty: Annotated[bool, typer.Option("--empty")] = False,
    past: Annotated[bool, typer.Option("--past")] = False,
) -> None:
    """Who holds which post, and the empty seats."""
    from leaguectl.actions import doings

    desk = Desk.of(ctx)
    day = optional_day(as_of) or desk.today
    found = doings.posts(desk.location, day, org, past=past, empty=empty)
    rows = [one | {"post": one["post"] or named(desk, one["title"])} for one in found.rows]
    counts = {"seats": found.seats, "filled": found.filled, "empty": found.empty}
    _show(desk, "post list", _POSTS, rows, as_of=day, **counts)
    desk.printer.hint("seats-counted", **counts)


@command(prints=True, writes=True)
def post_appoint(
    ctx: typer.Context,
    text: Text,
    post: Post,
    name: Annotated[str, typer.Option("--name", show_default=False)],
    since: Annotated[str, typer.Option("--from", show_default=False)],
    id_number: Given = None,
    until: Annotated[str | None, typer.Option("--to", show_default=False)] = None,
    basis: Given = None,
    source: Given = None,
    off_duty: Annotated[bool, typer.Option("--off-duty")] = False,
) -> None:
    """Appoint somebody to a post."""
    from leaguectl.actions import posts

    desk = Desk.of(ctx)
    given = {
        "organization": text, "post": post, "name": name, "since": on(desk, since),
        "until": optional_day(until), "id_number": from_stdin(id_number) if id_number else None,
        "basis": code(basis, posts.BASES) if basis else None, "source": source,
        "duty": "off" if off_duty else "on",
    }  # fmt: skip
    answer(desk, "post appoint", _TERM, posts.appoint(desk.request("post appoint"), given))


@command(prints=True, writes=True)
def post_end(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(min=1, show_default=False)],
    day: Annotated[str | None, typer.Option("--on", show_default=False)] = None,
) -> None:
    """End a term."""
    from leaguectl.actions import posts

    desk = Desk.of(ctx)
    done = posts.end(desk.request("post end"), number, on(desk, day))
    answer(desk, "post end", _TERM, done)


def _show(
    desk: Desk, name: str, keys: tuple[str, ...], rows: list[dict[str, object]], **more: object
) -> None:
    headings = [_HEADINGS.get(key, key) for key in keys]
    shown = [[named(desk, row[key]) for key in keys] for row in rows]
    desk.printer.answer(name, headings, shown, {**more, "rows": rows})
