"""Arguments and options that several commands take, each declared once.

Their help is in ``words``: by command and name, else by name only.
"""

import sys
from collections.abc import Collection, Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Annotated, Any

import typer

from leaguectl.cli import settings
from leaguectl.findings import (
    Finding,
    InputNeeded,
    LeagueError,
    Level,
    NotFound,
    UsageError,
    Where,
)
from leaguectl.names import code_points, is_text, unseen, without_unseen

LONGEST = 500
"""The longest text that may be typed, the same as for a cell. SQLite does not accept much longer
patterns."""

_PATHS = ("db", "output")
"""Common options that name a place. File names may be whatever the system allows."""


def usable(
    command: Any, ctx: Any, arguments: list[str], noticed: list[Finding],
    may_be_empty: Collection[str] = (),
) -> list[str]:  # fmt: skip
    """The arguments without the characters that nobody sees, which are ``noticed``. Refuse values
    that are wrong for every option: empty text (an unset variable of a script), bytes of another
    encoding, excessively long text.

    :raises UsageError: one of the values is so.
    :raises NotFound: an argument is no text, so that nothing is called so.
    """
    # The values as they were typed: parsing turns an empty path into the current folder.
    values, _, _ = command.make_parser(ctx).parse_args(list(arguments))
    for param in command.get_params(ctx):
        is_argument = param.param_type_name == "argument"
        name = param.name.upper() if is_argument else max(param.opts, key=len)
        is_path = param.name in _PATHS or param.type.name == "path"
        for text in _texts(values.get(param.name)):
            seen = text if is_path else without_unseen(text)
            if not seen.strip() and param.name not in may_be_empty:
                raise UsageError("option-empty", option=name)
            if not is_path:
                _refuse_text(text, name, is_argument=is_argument)
            if seen != text:
                facts = {"signs": code_points(unseen(text))}
                where = Where("", heading=name)
                noticed.append(Finding("signs-unseen", facts, Level.WARNING, where))
                arguments = [_replaced_end(each, text, seen) for each in arguments]
    return arguments


def _replaced_end(argument: str, text: str, seen: str) -> str:
    """An argument that is a text or ends with it (``--name=text``), with another in its place."""
    return argument.removesuffix(text) + seen if argument.endswith(text) else argument


def in_one_shape(command: Any, ctx: Any, arguments: list[str]) -> list[str]:
    """The arguments with the year where the command has it: a year is understood first, behind an
    organisation and as ``--year`` by every command that takes one."""
    params = {param.name: param for param in command.get_params(ctx)}
    wanted = params.get("year") or params.get("years")
    if wanted is None:
        return arguments
    places = [name for name, param in params.items() if param.param_type_name == "argument"]
    if wanted.name not in places:
        return arguments if places else _year_as_option(command, ctx, arguments)
    if "--year" in arguments[:-1]:
        at = arguments.index("--year")
        value, rest = arguments[at + 1], arguments[:at] + arguments[at + 2 :]
        return [value, *rest] if places[0] == wanted.name else [*rest, value]
    values, _, _ = command.make_parser(ctx).parse_args(list(arguments))
    typed = values.get(wanted.name)
    for name in places if typed is not None else ():
        other = values.get(name)
        if params[name].type.name == "str" and is_year(other) and not is_year(typed):
            return [{typed: other, other: typed}.get(text, text) for text in arguments]
    return arguments


def _year_as_option(command: Any, ctx: Any, arguments: list[str]) -> list[str]:
    """A year that stands by itself, of a command that has it as an option and no argument."""
    _, alone, _ = command.make_parser(ctx).parse_args(list(arguments))
    if len(alone) != 1 or not is_year(alone[0]):
        return arguments
    rest = [*arguments]
    rest.remove(alone[0])
    return [*rest, "--year", alone[0]]


def is_year(text: Any) -> bool:
    """Whether that was typed for a year."""
    from leaguectl.model.days import read_year

    return isinstance(text, str) and read_year(text) is not None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)


def _refuse_text(text: str, name: str, *, is_argument: bool = False) -> None:
    if not is_text(text):
        kind: type[LeagueError] = NotFound if is_argument else UsageError
        raise kind("not-text", option=name)
    if len(text) > LONGEST:
        raise UsageError("option-too-long", option=name, length=len(text), longest=LONGEST)


def today() -> date:
    """The day that rules and lists use: the configured day, else that of the clock.

    :raises UsageError: the configured value is not a day.
    """
    chosen = settings.setting("today")
    return _read_day(chosen.value, _clock()) if chosen else _clock()


def _clock() -> date:
    return datetime.now().astimezone().date()


def day(text: str) -> date:
    """A day as it is typed: in any form of a cell, 今天, or a day of this year.

    :raises UsageError: it is not a day of the calendar.
    """
    return _read_day(text, today())


def cell_as_typed(text: str) -> str:
    """What somebody typed for a cell; words that only people use (今天) as a day."""
    from leaguectl.model.days import read_day, read_typed_day

    if read_day(text) is None and (read := read_typed_day(text, today())) is not None:
        return read.date.isoformat()
    return text


def _read_day(text: str, today: date) -> date:
    from leaguectl.model.days import read_typed_day  # most commands have no day

    read = read_typed_day(text, today)
    if read is None or read.precision != "day":
        raise UsageError("day-unknown", text=text)
    return read.date


_FIRST_YEAR, _LAST_YEAR = 1922, 2200
"""The League was founded in 1922."""


def year(text: str) -> int:
    """A year as it is typed: 2024, 2024年, 2024年度.

    :raises UsageError: it is not a year, or before the League was founded.
    """
    from leaguectl.model.days import read_year

    read = read_year(text)
    if read is None:
        raise UsageError("year-unknown", text=text)
    if not _FIRST_YEAR <= read <= _LAST_YEAR:
        raise UsageError("year-out-of-range", text=text, first=_FIRST_YEAR, last=_LAST_YEAR)
    return read


def typed_number(text: str | None) -> str | None:
    """A number as cells have it, whichever width its digits have, and without blanks."""
    from leaguectl.model.serials import fold_serial

    return text if text is None else fold_serial(text)


def from_stdin(text: str | None) -> str | None:
    """``-`` reads the value from stdin, so that no list of processes and no history shows it.

    :raises InputNeeded: stdin is empty.
    """
    if text != "-":
        return text
    try:
        line = sys.stdin.readline()
    except OSError:
        line = ""
    if not line:  # closed, or at its end
        raise InputNeeded("stdin-empty")
    if not line.strip():
        raise UsageError("option-empty", option="-")
    _refuse_text(line, "-")
    return line.strip()


def all_from_stdin(texts: list[str] | None) -> list[str] | None:
    """The values that were typed; for ``-`` each line of stdin, of a terminal one.

    :raises InputNeeded: nothing comes from there.
    """
    found: list[str] = []
    for text in texts or ():
        found.append(from_stdin(text) or "")
        if text == "-" and not sys.stdin.isatty():
            lines = [line.strip() for line in sys.stdin]
            for line in lines:
                _refuse_text(line, "-")
            found += filter(None, lines)
    return found or None


def province_code(text: str | None) -> str | None:
    """The two digits of a province.

    :raises UsageError: the text is something else, or no province has these digits.
    """
    if text is not None:
        from leaguectl.kinds.cells import PROVINCES  # help reads no cells

        if text not in PROVINCES:
            raise UsageError("province-unknown", text=text)
    return text


def fields_of(entity: str, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The fields of an entity that a user can give, as names of options: all except the registry's
    internal ones; how exact a day is follows from how it is written.

    From the entities, since help shows these options and must not load the kinds of sheets. Loading
    them takes longer than counting a figure, so this is only called for a running command.
    """
    from leaguectl import model

    hidden = {"id", "operation", *without}
    names = (field.name for field in fields(getattr(model, entity)))
    return tuple(name for name in names if name not in hidden and not name.endswith("_precision"))


PERSON = ("name", "id_number", "phone")
"""The fields that say who a row of admissions or candidates is about. Other facts about a person
are in the sheet of members."""

# -- arguments -----------------------------------------------------------------------------------

Who = Annotated[str, typer.Argument(callback=from_stdin)]
"""Somebody: a name, a number, an ID number …, which may come from stdin."""

People = Annotated[list[str] | None, typer.Argument(callback=all_from_stdin)]
"""Several of them; stdin has one on each line."""

OptionalWho = Annotated[str | None, typer.Argument(callback=from_stdin)]

Year = Annotated[int, typer.Argument(parser=year)]

Years = Annotated[list[int], typer.Argument(parser=year)]

Id = Annotated[int, typer.Argument(min=1)]
Which = Annotated[list[str] | None, typer.Argument()]
"""Several records by their numbers, as 15-22, or by their person."""

Kinds = Annotated[list[str] | None, typer.Argument()]

# -- options -------------------------------------------------------------------------------------

RequiredText = Annotated[str, typer.Option()]
LedgerNumber = Annotated[str, typer.Argument(callback=typed_number)]
RequiredWho = Annotated[str, typer.Option(callback=from_stdin)]
WhoOption = Annotated[str | None, typer.Option(callback=from_stdin)]
Org = Annotated[str | None, typer.Option("--org")]
AsOf = Annotated[date | None, typer.Option("--as-of", parser=day)]
Day = Annotated[date | None, typer.Option("--on", parser=day)]
FIRST_DAY = ("--on", "--since", "--from")
"""A day from which something holds is given as each day of a change; the others do as well."""
FirstDay = Annotated[date | None, typer.Option(*FIRST_DAY, parser=day)]
RequiredFirstDay = Annotated[date, typer.Option(*FIRST_DAY, parser=day)]
DayOption = Annotated[date | None, typer.Option(parser=day)]
YearOption = Annotated[int | None, typer.Option("--year", parser=year)]
# Checked at once, before a file is read for minutes.
Province = Annotated[str | None, typer.Option("--province", callback=province_code)]
All = Annotated[bool, typer.Option("--all")]
Map = Annotated[list[str] | None, typer.Option("--map")]
