"""What Tab offers for a value: organisations, development numbers, rule codes, figures, kinds.

A shell calls this while somebody types, so nothing here may fail or wait: where there is no
registry, or it is busy, nothing is offered. People are never offered, neither by name nor by ID
number.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import typer

from leaguectl.findings import LeagueError
from leaguectl.words import words

MOST = 200
"""How many values are offered at most; nobody reads more."""

Offered = list[tuple[str, str]]
"""Values with what they mean, as Typer takes them."""

Offer = Callable[[typer.Context, list[str], str], Offered]
"""The function that offers them, from the command line so far; only its last word is used."""


class Suggestion(NamedTuple):
    """A completion as a shell receives it. Typer's own class is private; its shells only use these
    three fields."""

    value: str
    help: str
    type: str = "plain"


def _offer(
    found: Callable[[typer.Context, str], Iterator[tuple[str, str]]],
) -> Offer:
    """Offer what a function finds, and nothing where the registry cannot be read."""

    def offered(ctx: typer.Context, args: list[str], incomplete: str) -> Offered:  # noqa: ARG001
        try:
            return [pair for pair, _ in zip(found(ctx, incomplete), range(MOST), strict=False)]
        except LeagueError:
            return []

    return offered


def _rows(ctx: typer.Context, sql: str, incomplete: str) -> Iterator[tuple[str, str]]:
    """Two columns of the registry that the command line names so far."""
    from leaguectl.cli import settings
    from leaguectl.store import locate
    from leaguectl.store.reading import open_reader

    given = next((db for each in (ctx, ctx.find_root()) if (db := each.params.get("db"))), None)
    given = given[-1] if isinstance(given, (list, tuple)) else given
    with open_reader(locate(settings.registry(given).value, settings.key())) as reader:
        for value, meaning in reader.rows(sql, {"incomplete": incomplete, "most": MOST}):
            yield str(value), str(meaning)


@_offer
def organizations(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Organisations that exist, by name and by code."""
    by_code = incomplete and incomplete.isascii()
    value, meaning = ("code", "name") if by_code else ("name", "code")
    yield from _rows(
        ctx,
        f"SELECT {value}, {meaning} FROM organization WHERE dissolved IS NULL"  # noqa: S608
        f" AND substr({value}, 1, length(:incomplete)) = :incomplete ORDER BY code LIMIT :most",
        incomplete,
    )


@_offer
def numbers(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Development numbers of the ledger that are in use, without their holders."""
    yield from _rows(
        ctx,
        "SELECT number, '' FROM number"
        " WHERE substr(number, 1, length(:incomplete)) = :incomplete ORDER BY number LIMIT :most",
        incomplete,
    )


@_offer
def rule_codes(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """The codes of rules, each with its sentence."""
    from leaguectl.reports.rulebook import Rulebook

    context = ctx.find_root().obj
    for found in Rulebook.of(None).rules(context.today):
        if found.rule.code.startswith(incomplete):
            yield found.rule.code, found.rule.sentence_in(context.language)


@_offer
def figures(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """The keys of figures, and their Chinese names where somebody has begun to type one."""
    from leaguectl.reports.figures import FIGURES

    labels, chinese = words(ctx.find_root().obj.language).figures, words("zh").figures
    for figure in FIGURES:
        if figure.key.startswith(incomplete):
            yield figure.key, labels[figure.key][0]
        elif chinese[figure.key][0].startswith(incomplete):
            yield chinese[figure.key][0], figure.key


@_offer
def kinds(_: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """The kinds of sheets, and their Chinese names where somebody has begun to type one."""
    from leaguectl.cli.render import chinese
    from leaguectl.kinds import KINDS

    for kind in KINDS:
        if kind.startswith(incomplete):
            yield kind, chinese(kind)
        elif chinese(kind).startswith(incomplete):
            yield chinese(kind), kind


def codes_of_values(*codes: str) -> Offer:
    """Values of a fixed list."""

    return _offer(lambda _, typed: ((code, "") for code in codes if code.startswith(typed)))


_ORGANIZATION = dict.fromkeys(
    (
        "org", "to", "into", "members_to", "organization", "parent", "quota move.source",
        "quota move.target", "org show.text", "org history.text", "org rename.text",
        "org alias.text", "org move.text", "org close.text", "org merge.text", "org split.text",
    ),
    organizations,
)  # fmt: skip
_OFFERED = {
    **_ORGANIZATION,
    "number": numbers,
    "number usage.first": numbers,
    "explain.code": rule_codes,
    "check.codes": rule_codes,
    "get": figures,
    "stats.rows": figures,
    "why.key": figures,
    "assert.figure": figures,
    "kinds": kinds,
    "import.kind": kinds,
    "format": codes_of_values("table", "json", "csv", "tsv", "md"),
    "lang": codes_of_values("zh", "en"),
    "color": codes_of_values("auto", "always", "never"),
}
"""What is offered, by command and parameter, else by parameter only, as for help."""


def of_parameter(path: str, name: str) -> Offer | None:
    """What is offered for a parameter of a command; None for nothing."""
    return _OFFERED.get(f"{path}.{name}") or _OFFERED.get(name)
