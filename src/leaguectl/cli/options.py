"""Arguments and options that several commands take, each declared once.

What they mean is said in ``words``: by command and name, else by name alone.
"""

import sys
from dataclasses import fields
from datetime import date
from typing import Annotated, cast

import typer

from leaguectl.findings import UsageError


def day(text: str) -> date:
    """A day as it is typed: as days are written in sheets.

    :raises UsageError: it is not a day of the calendar.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    # Only for what is not written as days are stored: what types cells takes long to load.
    from leaguectl.kinds.cells import exact_day
    from leaguectl.kinds.parsing import typed_value

    try:
        return cast("date", typed_value(exact_day, "day", text))
    except UsageError:
        raise UsageError("day-unknown", text=text) from None


def from_stdin(text: str | None) -> str | None:
    """``-`` reads the value from stdin, where no list of processes and no history shows it."""
    return sys.stdin.readline().strip() if text == "-" else text


def province_code(text: str | None) -> str | None:
    """The two digits of a province.

    :raises UsageError: it is something else.
    """
    if text is not None and (len(text) != 2 or not (text.isascii() and text.isdigit())):
        raise UsageError("province-unknown", text=text)
    return text


def fields_of(entity: str, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The fields of an entity that somebody types, as names of options: all but what the registry
    keeps for itself.

    From the entities, since help shows these options and must not load what declares the sheets.
    They take longer to load than a figure to count, so it is called for a command that runs.
    """
    from leaguectl import model

    hidden = {"id", "operation", *without}
    names = (field.name for field in fields(getattr(model, entity)))
    return tuple(name for name in names if name not in hidden)


PERSON = ("name", "id_number", "phone")
"""Who a row of admissions or candidates is about. What else is known of a person stands in the
sheet of members."""

# -- arguments -----------------------------------------------------------------------------------

Who = Annotated[str, typer.Argument(callback=from_stdin)]
"""Somebody: a name, a number, an ID number …, which may come from stdin."""

OptionalWho = Annotated[str | None, typer.Argument(callback=from_stdin)]

Year = Annotated[int, typer.Argument(min=1922, max=2200)]
"""The League was founded in 1922."""

Id = Annotated[int, typer.Argument(min=1)]
Ids = Annotated[list[int], typer.Argument(min=1)]
Kinds = Annotated[list[str] | None, typer.Argument()]

# -- options -------------------------------------------------------------------------------------

RequiredText = Annotated[str, typer.Option()]
RequiredWho = Annotated[str, typer.Option(callback=from_stdin)]
WhoOption = Annotated[str | None, typer.Option(callback=from_stdin)]
Org = Annotated[str | None, typer.Option("--org")]
AsOf = Annotated[date | None, typer.Option("--as-of", parser=day)]
Day = Annotated[date | None, typer.Option("--on", parser=day)]
DayOption = Annotated[date | None, typer.Option(parser=day)]
YearOption = Annotated[int | None, typer.Option("--year", min=1922, max=2200)]
# Checked as it is typed, before a file is read for minutes.
Province = Annotated[str | None, typer.Option("--province", callback=province_code)]
All = Annotated[bool, typer.Option("--all")]
Map = Annotated[list[str] | None, typer.Option("--map")]
