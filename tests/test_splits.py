"""Figures in one table: split by unit, sector, sex …, several years side by side, and the rows
behind one. Every figure is walked: its parts are its whole, and its rows are what it counts."""

import json
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, Run, answer_of
from leaguectl.model.days import age_on
from leaguectl.model.league import born_by, sex_by
from leaguectl.reports import figures
from leaguectl.reports.figures import FIGURES, Figure
from leaguectl.reports.figures.splits import BY, behind, can_split, split
from leaguectl.store import locate
from leaguectl.store.reading import Reader, open_reader
from leaguectl.words import words

COUNTS = [figure for figure in FIGURES if figure.places is None]
IN_ONE = [figure for figure in COUNTS if not figure.about.head]
"""Figures of which each row counts in one group only."""


def value(reader: Reader, key: str, year: int = 2023, org: str = "") -> Any:
    """A figure as ``stats --get`` gives it."""
    (counted,) = figures.count(reader, year, org=org, only=[key])
    return counted.value


def assert_adds_up(reader: Reader, year: int, org: str = "") -> None:
    """Whatever a figure is split by, its groups and the rest are the whole; and the rows behind it
    are what it counts."""
    for dimension in BY:
        found = split(reader, year, [dimension], FIGURES, org=org)
        assert found.whole == {f.key: value(reader, f.key, year, org) for f in found.figures}
        for figure in found.figures:
            if figure.places is None:
                parts = [group.cells[figure.key] or 0 for group in found.groups]
                whole = found.whole[figure.key] or 0
                assert sum(parts) + found.rest[figure.key] == whole, (figure.key, dimension)
                if figure in IN_ONE and dimension != "unit":
                    assert found.rest[figure.key] == 0, (figure.key, dimension)
    for figure in FIGURES:
        assert_rows_are_counted(reader, figure, year, org)


def assert_rows_are_counted(reader: Reader, figure: Figure, year: int, org: str = "") -> None:
    """As many rows as the figure says; of a ratio as many as its two parts."""
    rows, counted = behind(reader, year, figure, org=org), value(reader, figure.key, year, org)
    if figure.places is None:
        total = sum(row["amount"] or 0 for row in rows) if figure.about.amount else len(rows)
        assert total == (counted or 0), figure.key
        return
    part = sum(row["counted"] for row in rows)
    whole: Any = len(rows)
    if figure.about.whole:
        part, whole = (sum(row[name] for row in rows) for name in ("amount", "whole"))
    elif not figure.part:  # the students that a survey counted are no rows of ours
        whole = counted and Decimal(part) / counted
    expected = round(Decimal(part) / Decimal(whole), 4) if whole else None
    assert counted == pytest.approx(expected, abs=Decimal("0.0001")), figure.key


# -- every figure --------------------------------------------------------------------------------


@pytest.mark.parametrize("org", ["", "YS01", "YS11", "YS0101"])
def test_the_parts_of_every_figure_are_its_whole(org: str, sample_registry: Path) -> None:
    """Of the county, a township, a school and a branch, by each of the eight."""
    with open_reader(locate(str(sample_registry))) as reader:
        assert_adds_up(reader, 2023, org)


def test_postgresql_splits_the_same(sample_registry: Path, postgresql: str, run: Run) -> None:
    """Every figure by each two of them, and the rows behind each."""
    ran = run("--db", postgresql, "import", "--province", "65", DATA / "sample.xlsx")
    assert ran.code == 0, ran.err
    answers = []
    for where in (str(sample_registry), postgresql):
        with open_reader(locate(where)) as reader:
            found = [
                [(group.values, group.cells) for group in split(reader, 2023, by, FIGURES).groups]
                for by in (*([dimension] for dimension in BY), ["sector", "sex"], ["unit", "month"])
            ]
            rows = [
                [(row["name"], row["code"], row["day"], row["amount"], row["counted"])
                 for row in behind(reader, 2023, figure, org="YS01")]
                for figure in FIGURES
            ]  # fmt: skip
            answers.append((found, [sorted(map(repr, named)) for named in rows]))
    assert answers[0] == answers[1]


def test_several_at_once_add_up_too(sample_registry: Path) -> None:
    """By each two that leave some figure to be split."""
    with open_reader(locate(str(sample_registry))) as reader:
        for by in combinations(BY[1:], 2):
            found = split(reader, 2023, by, IN_ONE)
            assert set(found.rest.values()) <= {0}, by


def test_every_figure_can_be_split_by_unit_and_most_by_more() -> None:
    """Figures about nobody and no day, and the ratios to a survey, can be split by no other."""
    alone = {figure.key for figure in FIGURES if not any(can_split(figure, [by]) for by in BY[1:])}
    assert all(can_split(figure, ["unit"]) for figure in FIGURES)
    assert alone == {
        *(figure.key for figure in FIGURES if figure.key.startswith("ratios.")),
        "tasks.total", "tasks.done",
    }  # fmt: skip


# -- what the groups are -------------------------------------------------------------------------


def test_a_unit_is_what_stats_says_of_it(sample_registry: Path) -> None:
    """A row by unit is ``stats --org UNIT``; the last is the county's own committee by itself."""
    with open_reader(locate(str(sample_registry))) as reader:
        found = split(reader, 2023, ["unit"], FIGURES)
        units = [group.unit for group in found.groups]
        assert [unit and unit.code for unit in units[-2:]] == ["YS20", "YS"]
        for group in found.groups[:-1]:
            assert group.unit is not None
            counted = figures.count(reader, 2023, org=group.unit.code)
            assert group.cells == {count.figure.key: count.value for count in counted}


def test_sector_and_domain_are_those_of_the_figures(sample_registry: Path) -> None:
    """Villages, communities, and what schools and society admitted are figures of their own."""
    with open_reader(locate(str(sample_registry))) as reader:
        by_sector = split(reader, 2023, ["sector"], FIGURES).groups
        of = {group.values[0]: group.cells for group in by_sector}
        assert of["village"]["organizations.total"] == value(reader, "organizations.villages")
        assert of["community"]["organizations.total"] == value(reader, "organizations.communities")
        of = {g.values[0]: g.cells for g in split(reader, 2023, ["domain"], FIGURES).groups}
        for domain in ("school", "society"):
            admitted = value(reader, f"admissions.{domain}")
            assert of[domain]["admissions.total"] == admitted


def test_sex_and_age_are_those_of_the_id_number(sample_registry: Path) -> None:
    """As the model reads them, on the last day; at the beginning on the eve."""
    sql = """
        SELECT id_number FROM person JOIN membership ON membership.person = person.id
        WHERE coalesce(since, joined) <= :day AND ("left" IS NULL OR "left" > :day)
    """
    with open_reader(locate(str(sample_registry))) as reader:
        found = split(reader, 2023, ["sex", "age"], FIGURES).groups
        for key, day in (
            ("members.total", date(2023, 12, 31)), ("members.opening", date(2022, 12, 31)),
        ):  # fmt: skip
            expected: dict[tuple[str, int], int] = {}
            for (number,) in reader.rows(sql, {"day": day.isoformat()}):
                group = (sex_by(number), age_on(born_by(number), day))
                expected[group] = expected.get(group, 0) + 1
            counted = {group.values: group.cells[key] for group in found if group.cells[key]}
            assert counted == expected


def test_months_are_all_there_up_to_the_day(sample_db: Path, run: Run) -> None:
    """A month without anything is a row with 0, and what is to come is none."""
    asked = ("stats", "2023", "--by", "month", "--get", "admissions.total", "-O", "json")
    answer = json.loads(run(*asked).out)
    assert [row["month"] for row in answer["rows"]] == [*range(1, 13)]
    assert answer["rows"][0]["figures"] == {"admissions.total": 0}
    answer = json.loads(run(*asked, "--as-of", "2023-08-31").out)
    assert [row["month"] for row in answer["rows"]] == [*range(1, 9)]
    assert sum(row["figures"]["admissions.total"] for row in answer["rows"]) == 196


# -- the command ---------------------------------------------------------------------------------


def test_a_table_ends_with_the_whole(sample_db: Path, run: Run) -> None:
    """Labels first, rates as per cent, what counts twice taken off, the whole last."""
    label = words("zh").figures["cadres.total"][0]
    ran = run("--lang", "zh", "stats", "2023", "--by", "行业类别", "--get", label, "--get",
              "numbers.usage_rate", "-O", "tsv")  # fmt: skip
    assert ran.code == 0, ran.err
    lines = [line.split("\t") for line in ran.out.splitlines()]
    assert lines[0][0] == "行业类别"
    assert lines[1] == ["农村", "100%", "225"]
    assert lines[-2] == ["重复计入的（减）或不属于任何一行的（加）", "", "-20"]
    assert lines[-1] == ["合计", "100%", "924"]


def test_several_years_stand_side_by_side(sample_db: Path, run: Run) -> None:
    """A column a year; in JSON each year whole; split, a block of rows for each."""
    ran = run("stats", "2022", "2023", "--get", "members.total", "--get", "ratios.member_youth",
              "-O", "tsv")  # fmt: skip
    heading, members, youth = (line.split("\t") for line in ran.out.splitlines())
    assert (heading[1:3], heading[-1]) == (["2022", "2023"], "key")
    assert members[1:3] == ["5264", "5187"]
    assert youth[1:3] == ["", "27.50%"]
    answer = answer_of(run, "stats", "2022", "2023")
    assert [year["figures"]["members.total"]["value"] for year in answer["years"]] == [5264, 5187]
    ran = run("stats", "2022", "2023", "--by", "domain", "-O", "tsv")
    assert [line.split("\t")[:2] for line in ran.out.splitlines()[1:]] == [
        ["2022", "school"], ["2022", "society"], ["2022", "total"],
        ["2023", "school"], ["2023", "society"], ["2023", "total"],
    ]  # fmt: skip


def test_the_rows_behind_a_figure_are_named_and_masked(sample_db: Path, run: Run) -> None:
    """Who it is, where, on which day; the ID number masked, unless revealed with a reason."""
    asked = ("stats", "2023", "--rows", "members.transferred_out", "-O", "json")
    answer = json.loads(run(*asked).out)
    assert answer["schema"] == "leaguectl/stats@1"
    assert (answer["figure"]["key"], answer["figure"]["value"]) == ("members.transferred_out", 120)
    assert len(answer["rows"]) == 120
    first = answer["rows"][0]
    assert first["name"]
    assert first["id_number"] == "******************"
    assert (first["day"][:4], first["organization"][:4]) == ("2023", "云杉县第")
    revealed = json.loads(run(*asked, "--reveal", "--reason", "对账").out)["rows"][0]["id_number"]
    assert revealed.startswith("658899")
    assert "*" not in revealed
    assert "stats 2023 --rows members.transferred_out" in run("log", "-O", "json").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--by", "colour"), 2), (("--by", "sex", "--get", "organizations.total"), 2),
        (("--by", "unit", "--compare"), 2), (("--all",), 2), (("--by", "unit", "--as-closed"), 2),
        (("--rows", "members.total", "--by", "sex"), 2), (("--rows", "members.totl"), 4),
        (("2022", "--compare"), 2), (("--by", "unit", "--get", "members.totl"), 4),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(
    arguments: tuple[str, ...], code: int, sample_db: Path, run: Run
) -> None:
    """Nothing on stdout; what to write instead on stderr."""
    ran = run("stats", "2023", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert "→" in ran.err


def test_what_is_left_out_of_a_table_is_named(sample_db: Path, run: Run) -> None:
    """Of the figures that are shown by default, those that have no month."""
    ran = run("stats", "2023", "--by", "month")
    assert ran.code == 0
    assert "cannot be split by month and are left out: " in ran.err
