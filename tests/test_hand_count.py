"""Every figure of ``stats`` is what somebody counts by hand from the sheets: of the sample, and of
two invented counties whose people moved, left and came back, and whose branches closed and moved.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook

from conftest import DATA, Run, answer_of
from county.entities import County, Org, Person, Size
from county.sheets import SHEETS
from county.whole import build
from hand_count import Question, Sheets
from leaguectl.reports import figures
from leaguectl.reports.figures import FIGURES
from leaguectl.store import locate
from leaguectl.store.reading import open_reader

DAYS = tuple(
    map(
        date.fromisoformat,
        ("2023-01-01", "2023-04-30", "2023-07-20", "2023-09-12", "2023-12-30", "2023-12-31"),
    )
)
LAST_YEAR, NEXT_YEAR = date(2022, 12, 31), date(2024, 1, 10)

ALL = "LEAGUECTL_TEST_ROUNDS" in os.environ
"""Whether every organisation is asked about that there is a reason to ask about, on every day."""

Row = dict[str, Any]


def differences(registry: str, sheets: Sheets, tops: list[str]) -> Iterator[str]:
    """Where the program and the hand count differ: each figure of all on each day of the year, at
    the end of the one before, and in the one after; of each organisation on half of the days."""
    with open_reader(locate(registry)) as reader:
        for top in ("", *tops):
            for day in (*DAYS, LAST_YEAR, NEXT_YEAR)[:: 2 if top and not ALL else 1]:
                by_hand = Question(sheets, day.year, day, top).figures()
                counted = {
                    found.figure.key: found.value
                    for found in figures.count(reader, day.year, day, top)
                }
                assert by_hand.keys() == counted.keys()
                yield from (
                    f"{top or 'all'} {day} {key}: {counted[key]}, by hand {by_hand[key]}"
                    for key in counted
                    if counted[key] != by_hand[key]
                )


def committees(sheets: Sheets) -> list[str]:
    """The county's committee, and those directly below it or some of them."""
    tops = [code for code in sheets.organizations if len(code) <= len("YS01")]
    return tops if ALL else tops[::5]


def test_every_figure_of_the_sample_is_the_one_counted_by_hand(sample_registry: Path) -> None:
    """Of the county, of each committee below it and of branches of all sorts."""
    sheets = Sheets(DATA / "sample.xlsx")
    tops = committees(sheets)
    tops += ["YS0102", "YS0108", "YS1101", "YS1301", "YS1701"]
    assert list(differences(str(sample_registry), sheets, tops)) == []


# -- a county in which much happened -------------------------------------------------------------


@dataclass
class Lives:
    """The sheets of a county, and what is written into them besides."""

    county: County
    rng: Random
    homes: list[Row] = field(default_factory=list)
    touched: set[Org] = field(default_factory=set)
    """Organisations that were mentioned already, with what was closed or moved."""

    def __post_init__(self) -> None:
        self.rows = {sheet.name: sheet.rows(self.county) for sheet in SHEETS}
        self.busy = {post.person for post in self.county.posts}
        for case in self.county.cases:
            self.busy |= {case.introducer_one, case.introducer_two}
        self.admitted = {case.person for case in self.county.cases}

    def quiet_branches(self, sector: str) -> list[Org]:
        """Branches of which no case and no activity of their own stands in the sheets."""
        hosts = {activity.org for activity in self.county.activities}
        return [
            org for org in self.county.branches()
            if org.sector == sector and org not in self.county.admitting
            and org not in hosts and org not in self.touched
        ]  # fmt: skip

    def members(self, org: Org, day: date) -> list[Person]:
        """Who belongs to a branch from long before a day to the end."""
        return [
            person for person in self.county.by_branch[org]
            if person.left is None and person.joined < day and person not in self.busy
        ]  # fmt: skip

    def roster_row(self, person: Person) -> Row:
        """The row of a member."""
        number = person.id_number
        return next(row for row in self.rows["团员"] if row["身份证号"] == number)

    def tell(
        self, person: Person, *homes: tuple[Org, str, date | None, date | None, str | None]
    ) -> None:
        """Write where somebody was: each home with the way in, its first day, its end and why."""
        self.busy.add(person)
        for org, entry, since, left, reason in homes:
            self.homes.append(
                {"姓名": person.name, "身份证号": person.id_number, "团籍所在组织": org.code,
                 "编入方式": entry, "入团时间": person.joined, "编入日期": since,
                 "离开日期": left, "离开原因": reason}
            )  # fmt: skip
        row = self.roster_row(person)
        last = homes[-1]
        row |= {"所在团支部": last[0].name, "离团日期": last[3], "离团原因": last[4]}

    def some_day(self, first: date, last: date) -> date:
        """A day between two."""
        return first + timedelta(self.rng.randrange((last - first).days))


def people_never_were(lives: Lives) -> None:
    """Members of the roster who were entered in error; one of them had moved."""
    for org in lives.rng.sample(lives.county.branches(), 12):
        if known := lives.members(org, date(2022, 1, 1)):
            row = lives.roster_row(known[0])
            row |= {"离团日期": known[0].joined, "离团原因": "误录"}
            lives.busy.add(known[0])


def people_move(lives: Lives) -> None:
    """From class to class, from school to village, twice, out and in again, from other counties."""
    rng, branches = lives.rng, lives.county.branches()
    for _ in range(60):
        old, new = rng.sample(branches, 2)
        day = lives.some_day(date(2023, 2, 1), date(2023, 12, 30))
        able = lives.members(old, date(2023, 1, 1))
        if not able or new.founded > day:
            continue
        person = rng.choice(able)
        began = (old, "登记在册", None)
        kind = rng.choice(("move", "move", "twice", "out and in", "from outside", "restored"))
        if kind == "move":
            lives.tell(person, (*began, day, "县内转接"), (new, "县内转接", day, None, None))
        elif kind == "twice":
            back = day + timedelta(rng.choice((0, 1, 9)))
            lives.tell(
                person, (*began, day, "县内转接"), (new, "县内转接", day, back, "县内转接"),
                (old, "县内转接", back, None, None),
            )  # fmt: skip
        elif kind == "out and in":
            back = min(day + timedelta(40), date(2023, 12, 31))
            lives.tell(person, (*began, day, "转出"), (new, "县外转入", back, None, None))
        elif kind == "from outside":
            lives.tell(person, (new, "县外转入", day, None, None))
        else:
            left = date(2022, 11, 11)
            if person.joined < left:
                lives.tell(person, (*began, left, "自愿退团"), (new, "恢复团籍", day, None, None))
    newcomers = [
        case for case in lives.county.cases if case.person not in lives.busy
        and case.approved < date(2023, 10, 1)
    ]  # fmt: skip
    for case in rng.sample(newcomers, 12):
        new, day = rng.choice(branches), lives.some_day(date(2023, 10, 20), date(2023, 12, 31))
        lives.tell(
            case.person, (case.person.org, "发展入团", None, day, "县内转接"),
            (new, "县内转接", day, None, None),
        )  # fmt: skip


def branches_close_and_move(lives: Lives) -> tuple[list[Row], list[str]]:
    """Two villages are closed, their members having gone elsewhere; two others come under another
    township, one of them twice. The events, and the codes of all of them."""
    rows = {row["团组织编码"]: row for row in lives.rows["团组织"]}
    villages = [org for org in lives.quiet_branches("农村") if org.parent]
    closed, moved = villages[:2], villages[2:4]
    for org in closed:
        end = lives.some_day(date(2023, 3, 1), date(2023, 11, 1))
        for at, person in enumerate(lives.county.by_branch[org]):
            if person.left is None or person.left > end:
                new = villages[6 + at % 3]
                lives.tell(person, (org, "登记在册", None, end, "县内转接"),
                           (new, "县内转接", end, None, None))  # fmt: skip
        for post in lives.rows["团干部"]:
            if post["团组织"] == org.name:
                post |= {"离任时间": end, "是否在岗": None}
        rows[org.code]["撤销日期"] = end
    events = []
    towns = [top for top in lives.county.orgs[0].children if top.type == "团委"]
    for at, org in enumerate(moved):
        above = org.parent
        for day in (date(2023, 5, 6), date(2023, 9, 12))[: at + 1]:
            town = lives.rng.choice(
                [top for top in towns if top.domain == "社会" and top is not above]
            )
            assert above
            events.append({"变动组织": org.code, "变动事项": "划转", "变动日期": day,
                           "变动前": above.code, "变动后": town.code})  # fmt: skip
            above = town
        assert above
        rows[org.code]["上级组织"] = above.name
    return events, [org.code for org in (*closed, *moved)]


def numbers_are_void(lives: Lives) -> list[Row]:
    """A block of ten more, of which three numbers are void."""
    first = int(lives.rows["发展计划"][0]["号段止"]) + 100
    plan = lives.rows["发展计划"][0] | {"名额": 10, "号段起": str(first), "号段止": str(first + 9)}
    lives.rows["发展计划"].append(plan)
    return [
        {"登记编号": str(first + at), "编号状态": "作废", "状态日期": date(2023, 4, 29 + at % 2),
         "作废原因": "填坏"}
        for at in (0, 4, 9)
    ]  # fmt: skip


def ways_are_taken(lives: Lives) -> list[Row]:
    """Some join the Party, and some were recommended long ago."""
    able = [person for person in lives.county.people if person.left is None
            and person.born < date(2004, 1, 1) and person.joined < date(2020, 1, 1)]  # fmt: skip
    return [
        {"姓名": person.name, "身份证号": person.id_number,
         "所在团支部": lives.roster_row(person)["所在团支部"],
         "推优入团时间": lives.some_day(DAYS[0], NEXT_YEAR) if at % 3 == 0 else None,
         "入党时间": lives.some_day(date(2022, 12, 1), date(2024, 1, 5))}
        for at, person in enumerate(lives.rng.sample(able, 9))
    ]  # fmt: skip


def trainings_by_name(lives: Lives) -> None:
    """Two people whose ID numbers nobody wrote down come to two drills."""
    drills = [row for row in lives.rows["培训"] if row["培训类别"] == "岗位大练兵"]
    for row in (drills[0], drills[-1]):
        lives.rows["培训"] += [
            row | {"姓名": name, "身份证号": None} for name in ("周有才", "吴有为")
        ]


@pytest.fixture(scope="module", params=[7, 4242])
def lived(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[str]]:
    """The workbook of a county in which much happened, and the branches to which it did."""
    county = build("星河县", "XH", request.param, Size())
    lives = Lives(county, Random(request.param))  # noqa: S311 -- repeatable, not secret
    events, codes = branches_close_and_move(lives)
    people_never_were(lives)
    people_move(lives)
    sheets = {
        **lives.rows, "组织沿革": events, "编号": numbers_are_void(lives),
        "成长": ways_are_taken(lives), "团籍经历": lives.homes,
    }  # fmt: skip
    trainings_by_name(lives)
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        page.append(list(rows[0]))
        for row in rows:
            page.append([row[heading] for heading in rows[0]])
    path = tmp_path_factory.mktemp("lived") / "county.xlsx"
    book.save(path)
    return path, codes


def test_every_figure_of_a_county_that_lived_on_is_the_one_counted_by_hand(
    lived: tuple[Path, list[str]], db: Path, run: Run
) -> None:
    """Figures of the county, of committees and of the branches to which most happened; the same
    are in the answer that scripts read."""
    path, codes = lived
    ran = run("import", "--province", "65", "-O", "json", path)
    reported = {finding["code"] for finding in json.loads(ran.out)["findings"]}
    assert (ran.code, reported) == (0, {"person-by-name"})  # a few at trainings have no ID number
    sheets = Sheets(path)
    tops = committees(sheets)
    movers = sheets["团籍经历"][:: len(sheets["团籍经历"]) // (30 if ALL else 4)]
    tops += [*codes, *{row["团籍所在组织"] for row in movers}]
    assert list(differences(str(db), sheets, tops)) == []
    answer = answer_of(run, "stats", "2023", "--org", codes[0])["figures"]
    by_hand = Question(sheets, 2023, date(2023, 12, 31), codes[0]).figures()
    assert {key: found["value"] for key, found in answer.items()} == pytest.approx(
        {key: value if value is None else float(value) for key, value in by_hand.items()}
    )
    assert list(answer) == [figure.key for figure in FIGURES]
