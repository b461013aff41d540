"""Figures split by unit, sector, sex, age, month and the like, and the rows behind a figure: its
own rows, with the subject of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from leaguectl.findings import Private
from leaguectl.model.county import BASES
from leaguectl.model.league import DOMAINS, SECTORS
from leaguectl.reports.figures.counting import Counting, counted
from leaguectl.reports.figures.figure import About, Figure, Tree
from leaguectl.reports.predicates import value_on
from leaguectl.reports.query import Row, as_text, below_on, select
from leaguectl.store.reading import Reader

UNIT = "unit"
BY = (UNIT, "sector", "domain", "sex", "age", "politics", "month", "quarter", "organization",
      "category", "basis")  # fmt: skip
"""What figures can be split by."""

Cells = dict[str, Any]
"""Values of figures by their keys."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation directly below the selected one, with all below it; or, ``alone``, the
    selected organisation itself."""

    code: str
    name: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A row of the table: the values it is split by, the unit first."""

    values: tuple[Any, ...]
    cells: Cells
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """The figures that can be split in this way. The groups and the ``rest`` add up to the whole:
    the rest subtracts what counts in several groups (somebody with posts in two, or who moved
    between them), and adds what belongs to none."""

    groups: Sequence[Group]
    whole: Cells
    rest: Cells
    figures: Sequence[Figure]
    names: Mapping[str, str]
    """The names of organisations on the day, by code."""


def split(
    reader: Reader, year: int, by: Sequence[str], figures: Sequence[Figure],
    as_of: date | None = None, org: str = "",
) -> Split:  # fmt: skip
    """The figures of a year up to a day that can be split in this way."""
    others = [dimension for dimension in by if dimension != UNIT]
    figures = [figure for figure in figures if can_split(figure, others)]
    top = Counting(reader, year, as_of, org)
    whole = {figure.key: top.value(figure).value for figure in figures}
    groups: list[Group] = []
    if UNIT in by:
        for unit in units(reader, top.last, org):
            counting = Counting(reader, year, as_of, unit.code, alone=unit.alone)
            groups += _groups(counting, figures, others, whole, unit)
    else:
        groups = _groups(top, figures, others, whole)
    rest = {
        figure.key: (whole[figure.key] or 0) - sum(group.cells[figure.key] or 0 for group in groups)
        for figure in figures
        if figure.places is None
    }
    names = _names(reader, top.last) if "organization" in by else {}
    return Split(groups, whole, rest, figures, names)


def can_split(figure: Figure, by: Sequence[str]) -> bool:
    """Whether its rows have the subjects it is to be split by; every figure can be split by
    unit."""
    needed = {_ABOUT[dimension] for dimension in by if dimension != UNIT}
    # The sex of surveyed students is not known here, so such a ratio is not split.
    is_divided = figure.places is None or bool(figure.part or figure.about.whole)
    return not needed or (is_divided and all(getattr(figure.about, name) for name in needed))


def units(reader: Reader, day: date, org: str = "") -> list[Unit]:
    """The organisations directly below an organisation on a day, and itself."""
    tree = select(
        reader,
        below_on(reader, day.isoformat(), every=True)
        + "SELECT code, parent, name FROM tree ORDER BY code",
        {"last": day.isoformat()},
    )
    tops = [row for row in tree if (row["code"] == org if org else row["parent"] is None)]
    if len(tops) != 1:  # several counties, or none yet
        return [Unit(row["code"], row["name"]) for row in tops]
    (top,) = tops
    below = [Unit(row["code"], row["name"]) for row in tree if row["parent"] == top["code"]]
    return [*below, Unit(top["code"], top["name"], alone=True)]


def _groups(
    counting: Counting, figures: Sequence[Figure], by: Sequence[str], whole: Cells,
    unit: Unit | None = None,
) -> list[Group]:  # fmt: skip
    if not by:
        return [Group((), {figure.key: counting.value(figure).value for figure in figures}, unit)]
    cells: dict[tuple[Any, ...], Cells] = {}
    if unit is None and len(by) == 1 and by[0] in _EACH_TIME:
        cells = {(period,): {} for period in range(1, _EACH_TIME[by[0]](counting.last.month) + 1)}
    for figure in figures:
        for values, value in _split(counting, figure, by).items():
            cells.setdefault(values, {})[figure.key] = value
    # Where anything is counted at all, a group without it has 0.
    none = {
        figure.key: None if figure.places is not None or whole[figure.key] is None else 0
        for figure in figures
    }
    ordered = sorted(cells, key=lambda values: tuple(map(_order, by, values)))
    return [Group(values, none | cells[values], unit) for values in ordered]


def _split(counting: Counting, figure: Figure, by: Sequence[str]) -> dict[tuple[Any, ...], Any]:
    """The values of a figure by group."""
    day = counting.eve if figure.tree is Tree.EVE else counting.last
    columns = ", ".join(_DIMENSIONS[dimension](figure.about, day) for dimension in by)
    places = ", ".join(str(place) for place in range(1, len(by) + 1))
    values: dict[tuple[Any, ...], Any] = {}
    for row in counting.select(figure, f"{columns}, {figure.counted}", f"GROUP BY {places}"):
        group, value = tuple(row[: len(by)]), counted(figure, row[len(by) :])
        # Periods with different trees have their own groups; all of these figures are counts.
        values[group] = value if values.get(group) is None else values[group] + (value or 0)
    return values


# -- what figures are split by -------------------------------------------------------------------


def _of_person(expression: str) -> Callable[[About, date], str]:
    return lambda about, _: f"(SELECT {expression} FROM person WHERE person.id = {about.person})"


def _on(field: str, alias: str, day: date) -> str:
    return value_on(field, alias, "code", f"'{day}'", table="organization")


def _sector(about: About, day: date) -> str:
    # A class has the sector of its school, as in the ratios of graduating classes.
    return (
        about.sector
        or f"""(
        SELECT coalesce({_on("sector", "own", day)}, {_on("sector", "above", day)})
        FROM organization AS own
        LEFT JOIN organization AS above ON above.code = own.parent
        WHERE own.code = {about.organization}
    )"""
    )


def _domain(about: About, day: date) -> str:
    return f"""(
        SELECT coalesce({_on("domain", "own", day)}, 'society') FROM organization AS own
        WHERE own.code = {about.organization}
    )"""


def _age(about: About, day: date) -> str:
    """Full years on the day, as ``model.days.age_on`` counts them, from the digits of the ID
    number."""
    born = "substr(person.id_number, 7, 4)"
    years = f"{day.year} - CAST({born} AS INTEGER)"
    later = f"CASE WHEN substr(person.id_number, 11, 4) > '{day:%m%d}' THEN 1 ELSE 0 END"
    return _of_person(f"{years} - {later}")(about, day)


def _month(about: About, _: date) -> str:
    return f"CAST(substr(CAST({about.day} AS TEXT), 6, 2) AS INTEGER)"


_DIMENSIONS: Mapping[str, Callable[[About, date], str]] = {
    "sector": _sector,
    "domain": _domain,
    "sex": _of_person(
        "CASE WHEN substr(person.id_number, 17, 1) IN ('1', '3', '5', '7', '9')"
        " THEN 'male' ELSE 'female' END"
    ),
    "age": _age,
    "politics": lambda about, day: _of_person(value_on("politics", "person", day=f"'{day}'"))(
        about, day
    ),
    "month": _month,
    "organization": lambda about, _: about.organization,
    "category": lambda about, _: about.category,
    "basis": lambda about, _: about.basis,
    "quarter": lambda about, day: f"({_month(about, day)} + 2) / 3",
}
_ABOUT = {
    **dict.fromkeys(("sector", "domain", "organization"), "organization"),
    "category": "category",
    "basis": "basis",
    **dict.fromkeys(("sex", "age", "politics"), "person"),
    **dict.fromkeys(("month", "quarter"), "day"),
}
"""The subjects that the rows of a figure must have to be split in each way."""

_EACH_TIME: Mapping[str, Callable[[int], int]] = {
    "month": lambda month: month, "quarter": lambda month: (month + 2) // 3,
}  # fmt: skip
"""All periods are shown, even without events: the number of periods up to a month."""

_ORDERS: Mapping[str, Sequence[str]] = {
    "sector": SECTORS, "domain": DOMAINS, "sex": ("male", "female"), "basis": BASES,
}  # fmt: skip


def _order(dimension: str, value: Any) -> tuple[bool, int, str]:
    """The sort key of values: in the order of their list, numbers by size, unknown values last."""
    if value in _ORDERS.get(dimension, ()):
        return False, _ORDERS[dimension].index(value), ""
    return (value is None, value, "") if isinstance(value, int) else (value is None, 0, value or "")


# -- the rows behind a figure --------------------------------------------------------------------


def behind(
    reader: Reader, year: int, figure: Figure, as_of: date | None = None, org: str = ""
) -> list[Row]:
    """What a figure counted, a row for each subject: who or what, where, on which day, and how much
    (``amount``) of what (``whole``). For a ratio also those of the whole that are not in the part:
    their ``counted`` is false."""
    about, counting = figure.about, Counting(reader, year, as_of, org)
    is_ratio = figure.places is not None
    columns: dict[str, str] = {
        "head": about.head or "NULL",
        "name": _named(about),
        "id_number": _of_person("person.id_number")(about, date.min) if about.person else "NULL",
        "number": about.number or "NULL",
        "code": about.organization or "NULL",
        "day": about.day or "NULL",
        "amount": about.amount or "NULL",
        "whole": about.whole or "NULL",
        "missing": about.missing or "NULL",
        "counted": f"CASE WHEN {figure.part} THEN 1 ELSE 0 END" if figure.part else "1",
    }
    names = _names(reader, counting.last)
    rows: list[Row] = []
    for values in counting.select(figure, ", ".join(columns.values())):
        row = dict(zip(columns, values, strict=True))
        row["organization"], row["day"] = names.get(row["code"]), as_text(row["day"])
        row["id_number"] = row["id_number"] and Private(row["id_number"])
        row["missing"] = (row["missing"] or "").split("/")[:-1] or None
        row["counted"] = bool(row["counted"])
        if (row["counted"] or is_ratio) and not (about.head and row["head"] is None):
            rows.append(row)
    rows.sort(key=lambda row: [row[key] or "" for key in ("day", "code", "number", "name")])
    # Counted once, even if it is in several rows: listed at the first, as counted if any of them
    # is.
    once: dict[Any, Row] = {}
    for place, row in enumerate(rows):
        head = row.pop("head") or place
        once.setdefault(head, row)["counted"] |= row["counted"]
    return list(once.values())


def _named(about: About) -> str:
    of_person = f"(SELECT person.name FROM person WHERE person.id = {about.person})"
    if about.person and about.name:
        return f"coalesce({of_person}, {about.name})"
    return of_person if about.person else about.name or "NULL"


def _names(reader: Reader, day: date) -> Mapping[str, str]:
    sql = below_on(reader, day.isoformat(), every=True) + "SELECT code, name FROM tree"
    return dict(map(tuple, reader.rows(sql, {"last": day.isoformat()})))
