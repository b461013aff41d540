"""Commands about the rule book: rules, explain."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl.cli.desk import Desk, optional_day
from leaguectl.cli.framework import command

if TYPE_CHECKING:
    from leaguectl.actions.explaining import Figure, Told
    from leaguectl.output import Printer


@command(prints=True)
def rules(ctx: typer.Context) -> None:
    """The rules."""
    from leaguectl.actions.explaining import Rulebook

    desk = Desk.of(ctx)
    found = Rulebook.of(desk.location).rules(desk.today)
    values = desk.words.values
    rows = [
        (one.rule.code, values[one.book], desk.words.lines[one.level],
         one.rule.sentence_in(desk.language))
        for one in found
    ]  # fmt: skip
    document = {"rules": [_brief(one, desk.language) for one in found]}
    desk.printer.answer("rules", ("rule_code", "book", "level", "sentence"), rows, document)


@command(prints=True)
def explain(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(show_default=False)],
    on: Annotated[str | None, typer.Option("--on", show_default=False)] = None,
) -> None:
    """One rule."""
    from leaguectl.actions.explaining import Rulebook

    desk = Desk.of(ctx)
    day = optional_day(on) or desk.today
    found = Rulebook.of(desk.location).rule(code, day)
    document = {"day": day, "rule": in_full(found, desk.printer)}
    desk.printer.answer("explain", ("field", "value"), lines(found, desk.printer), document)


def _brief(told: "Told", language: str) -> dict[str, Any]:
    return {
        "code": told.rule.code, "book": told.book, "level": told.level,
        "level_from": told.origin, "sentence": told.rule.sentence_in(language),
        "source": told.rule.source,
    }  # fmt: skip


def in_full(told: "Told", printer: "Printer") -> dict[str, Any]:
    """A rule as JSON has it."""
    message, fix = printer.words.finding(told.finding, printer)
    sides: dict[str, list[dict[str, Any]]] = {"right": [], "wrong": []}
    for of, name, *values in told.example.differences():
        for side, value in zip(sides, values, strict=True):
            sides[side].append({"of": of, "field": name, "value": _plain(value)})
    return {
        **_brief(told, printer.words.language),
        "numbers": [
            {"key": one.key, "value": _plain(one.value), "since": one.since, "from": one.origin,
             "source": one.source}
            for one in told.figures
        ],
        "example": {**sides, "policy": told.example.policy or None, "message": message},
        "fix": fix,
    }  # fmt: skip


def lines(told: "Told", printer: "Printer") -> list[tuple[str, str]]:
    """A rule for people: what it is called, and what there is to say."""
    words = printer.words
    message, fix = words.finding(told.finding, printer)
    level = f"{words.lines[told.level]} ({words.values[f'by {told.origin}']})"
    found = [
        ("rule_code", told.rule.code),
        ("book", words.values[told.book]),
        ("sentence", told.rule.sentence_in(words.language)),
        ("level", level),
        ("source", told.rule.source),
    ]
    found += [("in_force", _figure(one, printer)) for one in told.figures]
    if told.example.policy:
        found.append(("example_policy", " · ".join(told.example.policy.split("\n")).strip(" ·")))
    sides: dict[str, list[str]] = {"right": [], "wrong": []}
    for of, name, *values in told.example.differences():
        for side, value in zip(sides, values, strict=True):
            called = words.heading(name)
            if of not in ("", "case", name):
                called = f"{words.term(of, printer)}: {called}"
            sides[side].append(f"{called} {_word(value, printer)}")
    found += [(side, "; ".join(texts)) for side, texts in sides.items()]
    found += [("message", message), ("fix", fix)]
    return [(words.heading(key), text) for key, text in found]


def _figure(figure: "Figure", printer: "Printer") -> str:
    words = printer.words
    return words.line(
        "figure-in-force",
        key=figure.key,
        value=_word(figure.value, printer),
        since=figure.since.isoformat(),
        source=figure.source,
        origin=words.values[f"by {figure.origin}"],
    )


def _plain(value: Any) -> Any:
    """A value of the rule book in an order that stays."""
    return sorted(value) if isinstance(value, frozenset) else value


def _word(value: Any, printer: "Printer") -> str:
    """A value of the rule book on one line."""
    if value is None or value in ((), frozenset(), ""):
        return printer.words.lines["none"]
    if isinstance(value, dict):
        parts = [f"{_word(key, printer)} {one}" for key, one in value.items()]
        return printer.words.lines["comma"].join(parts)
    return printer.words.term(_plain(value), printer)
