"""What the county did, and who leads it: training, activity, survey, task, post."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from leaguectl import actions, model, reports
from leaguectl.cli.answers import of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import (
    AsOf,
    Day,
    Org,
    RequiredFirstDay,
    RequiredText,
    Who,
    WhoOption,
    Year,
    YearOption,
    day,
)
from leaguectl.cli.render import HEADINGS, Answer, code, named, show_rows, word
from leaguectl.findings import UsageError

if TYPE_CHECKING:
    from leaguectl.store.reading import Reader

_TRAININGS = ("day", "training", "category", "attendances")
_UNTRAINED = ("organization", "name", "posts")
_ACTIVITIES = ("day", "activity", "category", "organization", "covered", "attendances")
_MISSING = ("organization", "category", "asked", "held", "missing")
_SURVEYS = ("organization", "stage", "students", "youth", "reported", "members", "ratio", "cap")
_TASKS = ("module", "task", "lead", "deadline", "done", "state")
_TERM = ("id", "organization", "post", "name", "since", "until", "basis", "source", "duty")
_POSTS = (*_TERM, "state")


@command(
    prints=True,
    answer=of("year", {"rows": [of(" ".join(("said", *_TRAININGS)), {"training": str})]}),
)
def training_list(
    context: Context, year: YearOption = None, org: Org = None, category: str | None = None
) -> None:
    """The sessions of a year."""
    year = year or context.today.year
    with context.reading_of(org) as (reader, top):
        kind, said = _category(category or "", reader, "trainings")
        rows = reports.activities.trainings(reader, year, kind, top, said)
    _show(context, _TRAININGS, rows, year)


def _show(
    context: Context, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], year: int
) -> None:
    """Show what was held in a year. The words of the sheet say more than the category; a script
    gets both."""
    in_words = [{**row, "category": row["said"] or row["category"]} for row in rows]
    shown = [[word(context, key, row[key]) for key in columns] for row in in_words]
    headings = [HEADINGS.get(key, key) for key in columns]
    context.answer(headings, shown, {"year": year, "rows": rows})


@command(
    prints=True,
    answer=of(
        "year count",
        {
            "rows": [of("code " + " ".join(_UNTRAINED), {"posts": [str]})],
        },
    ),
)
def training_missing(context: Context, year: YearOption = None, org: Org = None) -> None:
    """Who was not trained."""
    year = year or context.today.year
    with context.reading_of(org) as (reader, top):
        rows = reports.activities.untrained(reader, year, context.today, top)
    show_rows(context, _UNTRAINED, rows, year=year, count=len(rows))


@command(
    prints=True,
    answer=of(
        "year",
        {
            "rows": [
                of("id code said " + " ".join(_ACTIVITIES), {"activity": str, "covered": [str]})
            ],
        },
    ),
)
def activity_list(
    context: Context, year: YearOption = None, org: Org = None, category: str | None = None
) -> None:
    """The activities of a year."""
    year = year or context.today.year
    with context.reading_of(org) as (reader, top):
        kind, said = _category(category or "", reader, "activities")
        rows = reports.activities.activities(reader, year, top, kind, said)
    _show(context, _ACTIVITIES, rows, year)


def _category(
    typed: str, reader: "Reader", section: Literal["activities", "trainings"]
) -> tuple[str, str]:
    """The category that was typed, and the words of a sheet where they name one of its themes;
    empty for no text.

    :raises UsageError: the policy does not know it.
    """
    if not typed:
        return "", ""
    try:
        return code(typed, _KNOWN[section]), ""
    except UsageError:
        policy = reports.rulebook.policy_in(reader)
        if (category := policy.category_of(typed, section)) is None:
            raise
    return category, "" if typed == getattr(policy, section)[category][0] else typed


_KNOWN = {"activities": model.ACTIVITY_CATEGORIES, "trainings": model.TRAINING_CATEGORIES}


@command(
    prints=True,
    answer=of(
        "year count",
        {
            "rows": [of("code " + " ".join(_MISSING), {"missing": [str]})],
        },
    ),
)
def activity_due(context: Context, year: YearOption = None, org: Org = None) -> None:
    """What branches have not held."""
    year = year or context.today.year
    with context.reading_of(org) as (reader, top):
        rows = reports.activities.missing(
            reader, reports.rulebook.policy_in(reader), year, context.today, top
        )
    show_rows(context, _MISSING, rows, year=year, count=len(rows))


@command(prints=True, answer=of("year", {"rows": [of("code " + " ".join(_SURVEYS))]}))
def survey_show(context: Context, year: Year, org: Org = None) -> None:
    """What was counted in a year."""
    with context.reading_of(org) as (reader, top):
        rows = reports.activities.surveys(reader, reports.rulebook.policy_in(reader), year, top)
    show_rows(context, _SURVEYS, rows, year=year)


@command(prints=True, answer=of("", {"rows": [of("authority " + " ".join(_TASKS))]}))
def task_list(context: Context, org: Org = None, module: str | None = None) -> None:
    """The tasks of the reform plan."""
    with context.reading_of(org) as (reader, top):
        rows = reports.activities.tasks(reader, context.today, top, module or "")
    show_rows(context, _TASKS, rows)


@command(
    prints=True,
    answer=of(
        "as_of seats filled empty",
        {
            "rows": [of("code title person reason " + " ".join(_POSTS))],
        },
    ),
)
def post_list(
    context: Context,
    org: Org = None,
    as_of: AsOf = None,
    empty: bool = False,
    past: bool = False,
) -> None:
    """Who holds which post, and the empty seats."""
    as_of = as_of or context.today
    with context.reading_of(org) as (reader, top):
        posts = reports.activities.posts(reader, as_of, context.today, top, past=past, empty=empty)
    # A post is shown as its sheet called it; an empty seat has only a title.
    rows = [row | {"post": row["post"] or named(context, row["title"])} for row in posts.rows]
    counts = {"seats": posts.seats, "filled": posts.filled, "empty": posts.empty}
    document = {"as_of": as_of, **counts, "rows": rows}
    shown = [
        [word(context, key, row.get(key)) for key in _POSTS] for row in _together(context, rows)
    ]
    context.answer([HEADINGS.get(key, key) for key in _POSTS], shown, document)
    context.printer.hint("seats-counted", **counts)


def _together(context: Context, rows: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The terms, and the empty seats of the same post and organisation as one row with their
    number: only the number is of interest."""
    for (state, _, _), of_post in groupby(
        rows, lambda row: (row["state"], row["organization"], row["post"])
    ):
        same = list(of_post)
        if state != "empty":
            yield from same
        else:
            yield {**same[0], "state": f"{named(context, state)} {len(same)}"}


@command(writes=True, columns=_TERM, answer={"rows": [of(" ".join(_TERM))]})
def post_appoint(
    context: Context,
    text: str,
    post: str,
    name: RequiredText,
    since: RequiredFirstDay,
    id_number: WhoOption = None,
    until: Annotated[str | None, typer.Option("--until", "--to")] = None,
    basis: str | None = None,
    source: str | None = None,
    off_duty: bool = False,
) -> Answer:
    """Appoint somebody to a post."""
    # As in a row of cadres: the person may not be in this registry.
    appointment = {
        "organization": text, "post": post, "name": name, "since": since,
        "until": day(until) if until else None, "id_number": id_number,
        "basis": code(basis, actions.posts.BASES) if basis else None, "source": source,
        "duty": "off" if off_duty else "on",
    }  # fmt: skip
    return actions.posts.appoint(context.request(), appointment)


@command(writes=True, columns=_TERM, answer={"rows": [of(" ".join(_TERM))]})
def post_end(context: Context, which: Who, day: Day = None) -> Answer:
    """End a term."""
    return actions.posts.end(context.request(), which, day or context.today)
