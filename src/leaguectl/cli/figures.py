"""The figures of years: stats, whole, split, compared, and the rows behind one."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from leaguectl import reports
from leaguectl.cli.answers import FIGURE, Value, of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import All, AsOf, Org, Years
from leaguectl.cli.render import figure_key, named, show_rows
from leaguectl.findings import NotFound, Rate, UsageError
from leaguectl.words import LANGUAGES, words

if TYPE_CHECKING:
    from leaguectl.reports.figures import Figure
    from leaguectl.reports.figures.splits import Group, Split

_SHOWN = ("organizations.total", "members.total", "admissions.total", "members.transferred_in",
          "members.transferred_out", "members.left", "cadres.total")  # fmt: skip
"""The figures that are split by default, as far as they can be."""
_BEHIND = ("number", "name", "id_number", "organization", "day", "amount", "whole", "missing",
           "counted")  # fmt: skip
_HEADINGS = {"age": "age_years"}  # "age" alone is a reason for leaving
Document = dict[str, Any]

_OF_YEAR = of(
    "year as_of organization",
    {
        "figures": {"*": of("", {**FIGURE, "previous?": Value, "change?": Value})},
        "closed?": date,
        "sha256?": str,
        "explained?": {"*": str},
    },
)
_SPLIT = {
    **_OF_YEAR,
    "by": [str],
    "rows": [{"figures": {"*": Value}, "*": object}],
    "rest": {"*": Value},
    "not_split": [str],
}


@command(
    prints=True,
    several=True,
    answer=(
        _OF_YEAR,
        {"years": [_OF_YEAR]},
        _SPLIT,
        {"years": [_SPLIT]},
        of(
            "year as_of organization",
            {
                "figure": of("key", FIGURE),
                "rows": [of("code " + " ".join(_BEHIND), {"missing": ([str], None)})],
            },
        ),
        of(
            "year as_of",
            {
                "counties": [of("name registry")],
                "figures": {"*": of("", {**FIGURE, "by_county": [Value]})},
            },
        ),
    ),
)
def stats(
    context: Context,
    years: Years,
    get: list[str] | None = None,
    org: Org = None,
    as_of: AsOf = None,
    compare: bool = False,
    as_closed: bool = False,
    by: list[str] | None = None,
    all_: All = False,
    rows: str | None = None,
    counties: str | None = None,
) -> None:
    """The figures of a year, or of several side by side."""
    if counties is not None or len(context.databases) > 1:
        if org or compare or as_closed or by or rows or len(years) > 1:
            raise UsageError("counties-alone")
        keys = [figure_key(context, text) for text in get or ()]
        _show_counties(context, years[0], as_of, keys, counties)
        return
    _refuse_together(years, get, org, as_of, compare, as_closed, by, all_, rows)
    if max(years) > context.today.year:
        context.printer.hint("year-to-come", year=max(years), today=context.today)
    get = [figure_key(context, text) for text in get or ()]
    if rows is not None:
        _show_rows_behind(context, years[0], figure_key(context, rows), org, as_of)
    elif by:
        _show_split(context, years, _dimensions(by), _chosen(get, all_), org, as_of)
    elif as_closed:
        _show(context, [_closed(context, years[0])], get, compare=False)
    else:
        counted = [_counted(context, year, org, as_of, get) for year in years]
        if compare:
            _compare(context, counted[0], org, as_of, get)
        _show(context, counted, get, compare=compare)


def _refuse_together(
    years: list[int], get: list[str] | None, org: str | None, as_of: date | None, compare: bool,
    as_closed: bool, by: list[str] | None, every: bool, rows: str | None,
) -> None:  # fmt: skip
    """Refuse options that exclude each other.

    :raises UsageError: two of them are given together, or one without what it needs.
    """
    if as_closed and (org or as_of or compare or by or rows or len(years) > 1):
        raise UsageError("as-closed-alone")
    if rows is not None and (get or compare or by or len(years) > 1):
        raise UsageError("rows-alone")
    if compare and (by or len(years) > 1):
        raise UsageError("compare-alone")
    if every and (get or not by):
        raise UsageError("all-of-split")


# -- several counties ----------------------------------------------------------------------------


def _show_counties(
    context: Context, year: int, as_of: date | None, get: list[str], pattern: str | None
) -> None:
    """A row for each figure, a column for each county, and the sum of all."""
    places = [context.located(db) for db in context.databases]
    if pattern is not None:
        from leaguectl.store.registries import registries

        places = registries(context.location, pattern)
    found = []
    for place in places:
        with context.reading_at(place) as reader:
            found.append(reports.counties.county(reader, place.shown, year, as_of, get))
    chosen = [figure for figure in reports.figures.FIGURES if not get or figure.key in get]
    rows, documents = [], {}
    for figure in chosen:
        values = [county.value(figure) for county in found]
        total, about = reports.counties.together(figure, found), _described(context, figure)
        documents[figure.key] = {"value": total, "by_county": values, **about}
        shown = [shown_value({**about, "value": value}, "value") for value in (*values, total)]
        rows.append([about["label"], *shown, unit_name(context, figure.unit), figure.key])
    names = [county.name for county in found]
    document = {
        "year": year, "as_of": as_of or date(year, 12, 31),
        "counties": [{"name": county.name, "registry": county.place} for county in found],
        "figures": documents,
    }  # fmt: skip
    together = context.words.heading("together")
    context.answer(["label", *names, together, "unit", "key"], rows, document)


# -- whole ---------------------------------------------------------------------------------------


def _counted(
    context: Context, year: int, org: str | None, as_of: date | None, only: Sequence[str]
) -> Document:
    """The figures counted from the rows; with ``only`` just these."""
    with context.reading_of(org) as (reader, top):
        counted = reports.years.year_figures(reader, year, as_of, top, only)
    figures = {
        count.figure.key: {"value": count.value, **_described(context, count.figure)}
        for count in counted.values
    }
    return {
        "year": year, "as_of": counted.as_of, "organization": counted.organization,
        "figures": figures,
    }  # fmt: skip


def _described(context: Context, figure: "Figure") -> Document:
    label, definition = context.words.figures[figure.key]
    return {"unit": figure.unit, "label": label, "definition": definition}


def _closed(context: Context, year: int) -> Document:
    """The figures as they were when the year was closed."""
    with context.reading() as reader:
        closing = reports.years.closed(reader, year)
    figures = {
        figure["key"]: {key: figure[key] for key in ("value", "unit", "label", "definition")}
        for figure in closing.figures
    }
    return {
        "year": year, "as_of": f"{year}-12-31", "organization": None, "closed": closing.day,
        "sha256": closing.sha256, "explained": closing.explained, "figures": figures,
    }  # fmt: skip


def _compare(
    context: Context, document: Document, org: str | None, as_of: date | None, only: Sequence[str]
) -> None:
    """Add to each figure that of the year before, counted to the same day of it."""
    year = document["year"] - 1
    before = as_of and reports.years.year_before(as_of)
    with context.reading_of(org) as (reader, top):
        counted = reports.years.year_figures(reader, year, before, top, only)
    for previous in counted.values:
        figure = document["figures"][previous.figure.key]
        comparable = previous.value is not None and figure["value"] is not None
        change = figure["value"] - previous.value if comparable else None
        figure |= {"previous": previous.value, "change": change}


def _show(context: Context, documents: list[Document], get: list[str], *, compare: bool) -> None:
    """A row for each figure: of one year with its definition, of several a column for each."""
    first = documents[0]
    if get and len(get) == len(documents) == 1:  # for scripts: only the value
        if get[0] not in first["figures"]:
            raise NotFound("figure-unknown", key=get[0])
        figure = first["figures"][get[0]]
        if figure["value"] is None:
            context.printer.hint("value-none", definition=figure["definition"])
        context.printer.value(figure["value"])
        return
    several = [str(document["year"]) for document in documents] if len(documents) > 1 else []
    changes = ["previous", "change"] if compare else []
    headings = ["label", *(several or ["value"]), *changes, "unit"]
    # Where there is no room, definitions are only shown on request.
    is_defined = not several and (context.verbose or not context.printer.is_drawn)
    headings += ["definition", "key"] if is_defined else ["key"]
    rows = []
    for key, figure in first["figures"].items():
        if get and key not in get:
            continue
        shown = [shown_value(document["figures"][key], "value") for document in documents]
        shown += [shown_value(figure, name) for name in changes]
        texts = [figure["label"], *shown, unit_name(context, figure["unit"])]
        rows.append([*texts, *([figure["definition"]] if is_defined else []), key])
    context.answer(
        headings, rows, {"years": documents} if several else first, _title(documents, context)
    )


def _title(documents: list[Document], context: Context) -> str:
    """The title of a table of these years on paper."""
    years = context.words.line("comma").join(str(document["year"]) for document in documents)
    name = documents[0]["organization"] or ""
    return context.words.line("stats-title", years=years, name=name).strip()


def shown_value(figure: Document, name: str) -> Any:
    """A value of a figure as a table shows it: a ratio as per cent."""
    return rate(figure[name]) if figure["unit"] == "ratio" else figure[name]


def unit_name(context: Context, unit: str) -> str:
    """What a figure counts, shown next to its value; the sign of a rate is enough."""
    return "" if unit == "ratio" else context.words.units[unit]


def rate(value: Decimal | None) -> Rate | None:
    """A ratio for people."""
    return None if value is None else Rate(value)


# -- split ---------------------------------------------------------------------------------------


def _dimensions(by: Sequence[str]) -> list[str]:
    """The dimensions to split by, in the order given, each once."""
    from leaguectl.reports.figures.splits import BY

    parts = [part.strip() for text in by for part in text.replace("，", ",").split(",")]
    return list(dict.fromkeys(_dimension(part, BY) for part in parts))


def _dimension(text: str, known: Sequence[str]) -> str:
    for dimension in known:
        heading = _HEADINGS.get(dimension, dimension)
        if text in (dimension, *(words(language).heading(heading) for language in LANGUAGES)):
            return dimension
    raise UsageError("choice-unknown", text=text, known=list(known))


def _chosen(get: list[str], every: bool) -> "list[Figure]":
    figures = reports.figures.FIGURES
    if every:
        return list(figures)
    return [figure for figure in figures if figure.key in (get or _SHOWN)]


def _show_split(
    context: Context, years: list[int], by: list[str], figures: "list[Figure]", org: str | None,
    as_of: date | None,
) -> None:  # fmt: skip
    """A row for each group of each year, then what they add up to."""
    from leaguectl.reports.figures.splits import can_split, split

    left_out = [figure.key for figure in figures if not can_split(figure, by)]
    figures = [figure for figure in figures if figure.key not in left_out]
    if not figures:
        labels = [context.words.figures[key][0] for key in left_out]
        raise UsageError("figures-not-split", keys=labels, by=by)
    rows, documents = [], []
    for year in years:
        counted = _counted(context, year, org, as_of, [figure.key for figure in figures])
        with context.reading_of(org) as (reader, top):
            found = split(reader, year, by, figures, as_of, top)
        rows_of = [_group_document(by, group, found.names) for group in found.groups]
        counted |= {"by": by, "rows": rows_of}
        documents.append(counted | {"rest": found.rest, "not_split": left_out})
        before = [year] if len(years) > 1 else []
        rows += [[*before, *row] for row in _split_rows(context, by, found)]
    headings = [*(["year"] if len(years) > 1 else []), *(_HEADINGS.get(part, part) for part in by)]
    headings += [context.words.figures[figure.key][0] for figure in figures]
    answer = {"years": documents} if len(years) > 1 else documents[0]
    context.answer(headings, rows, answer, _title(documents, context))
    if left_out:
        labels = [context.words.figures[key][0] for key in left_out]
        context.printer.hint(
            "not-split",
            figures=labels,
            by=[context.words.heading(_HEADINGS.get(part, part)) for part in by],
        )


def _group_document(by: Sequence[str], group: "Group", names: Mapping[str, str]) -> Document:
    values = iter(group.values)
    document: Document = {}
    for dimension in by:
        if dimension == "unit" and (unit := group.unit) is not None:
            document["unit"] = {"code": unit.code, "name": unit.name, "alone": unit.alone}
            continue
        value = next(values)
        if dimension == "organization" and value is not None:
            value = {"code": value, "name": names.get(value)}
        document[dimension] = value
    return {**document, "figures": group.cells}


def _split_rows(context: Context, by: Sequence[str], found: "Split") -> list[list[Any]]:
    """The groups, what is counted in several of them or in none, and the whole."""
    line = context.words.line
    rows = []
    for group in found.groups:
        values = iter(group.values)
        shown = []
        for dimension in by:
            if dimension == "unit" and group.unit is not None:
                name = group.unit.name
                shown.append(line("split-itself", name=name) if group.unit.alone else name)
            else:
                value = next(values)
                if dimension == "organization":
                    value = found.names.get(value, value)
                shown.append(line("split-unknown") if value is None else named(context, value))
        rows.append([*shown, *_cells(found, group.cells)])
    blank = [None] * (len(by) - 1)
    if any(found.rest.values()):
        rows.append([line("split-rest"), *blank, *_cells(found, found.rest)])
    rows.append([line("split-total"), *blank, *_cells(found, found.whole)])
    return rows


def _cells(found: "Split", cells: Document) -> list[Any]:
    return [
        rate(cells.get(figure.key)) if figure.unit == "ratio" else cells.get(figure.key)
        for figure in found.figures
    ]


# -- the rows behind one -------------------------------------------------------------------------


def _show_rows_behind(
    context: Context, year: int, key: str, org: str | None, as_of: date | None
) -> None:
    from leaguectl.reports.figures.splits import behind

    figure = next(figure for figure in reports.figures.FIGURES if figure.key == key)
    counted = _counted(context, year, org, as_of, [key])
    with context.reading_of(org) as (reader, top):
        found = behind(reader, year, figure, as_of, top)
    context.log_reveal(f"stats {year} --rows {key}", len(found))
    shown = [name for name in _BEHIND if any(row[name] is not None for row in found)]
    if "counted" in shown and not figure.part:  # a record for every row that names somebody
        shown.remove("counted")
    facts = {"year": year, "as_of": counted["as_of"], "organization": counted["organization"]}
    figures = {"key": key, **counted["figures"][key]}
    show_rows(context, shown or _BEHIND[1:4], found, **facts, figure=figures)
    label, value = figures["label"], shown_value(figures, "value")
    context.printer.hint("rows-behind", label=label, value=value, rows=len(found))
