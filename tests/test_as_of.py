"""``--as-of`` a day shows the registry as if only the rows up to that day had ever come."""

import json
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Run, examples
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission, id_number, member

DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))
MAYBE = st.one_of(st.none(), DAYS)
BRANCHES = ("云杉县第一中学高一（1）班团支部", "云杉县第一中学高一（2）班团支部", "桥头村团支部")
Sheets = dict[str, list[list[Any]]]

HEADINGS: dict[str, list[str]] = {
    "团组织": [*ORGANIZATIONS[0], "成立日期", "撤销日期"],  # type: ignore[list-item]
    "发展计划": QUOTAS[0],  # type: ignore[dict-item]
    "团员": ["姓名", "身份证号", "所在团支部", "入团时间", "发展团员编号", "团员证编号",
           "离团日期", "离团原因"],
    "发展团员": ADMISSION_HEADINGS,
    "团干部": ["姓名", "团组织", "团内职务", "任职时间", "离任时间", "团干部性质", "是否在岗"],
    "培训": ["培训名称", "培训类别", "培训日期", "姓名"],
    "活动": ["活动名称", "活动类别", "活动日期", "主办团组织", "覆盖团组织", "参与人次"],
    "改革任务": ["模块", "任务", "牵头单位", "完成时限", "完成日期"],
}  # fmt: skip
BEGINS = {"团组织": "成立日期", "团员": "入团时间", "发展团员": "支部大会时间",
          "团干部": "任职时间", "培训": "培训日期", "活动": "活动日期"}  # fmt: skip
"""From which day on a row of each sheet is known."""
ENDS = {"团组织": ("撤销日期",), "团员": ("离团日期", "离团原因"), "团干部": ("离任时间",),
        "改革任务": ("完成日期",)}  # fmt: skip
"""What a row says of a later day: the day, and what belongs to it."""


@st.composite
def counties(draw: st.DrawFn) -> Sheets:
    """A small county in which things happen on any day of 2023."""
    founded = draw(st.lists(MAYBE, min_size=2, max_size=2))
    organizations = [[*row, None, None] for row in ORGANIZATIONS[1:]]
    organizations += [
        [f"N{at}", f"新建{at}团支部", "白桦镇团委", "团支部", "社会", "城市社区", day, None]
        for at, day in enumerate(founded)
    ]
    members, branch = [], st.sampled_from(BRANCHES)
    for at in range(1, 5):
        joined, left = draw(DAYS) - timedelta(days=200), draw(MAYBE)
        reason = draw(st.sampled_from(["转出", "自愿退团"])) if left else None
        left = max(left, joined) if left else None
        row = member(at, 所在团支部=draw(branch), 入团时间=joined,
                     发展团员编号=f"{joined.year}1400{at:04d}")  # fmt: skip
        members.append([*row, left, reason])
    meetings = draw(st.lists(st.dates(date(2023, 4, 1), date(2023, 12, 20)), max_size=3))
    admissions = [
        admission(at, 支部大会时间=day, 发展对象时间=day - timedelta(days=20),
                  审批时间=day + timedelta(days=5), 身份证号=id_number(at + 20))
        for at, day in enumerate(meetings, 1)
    ]  # fmt: skip
    cadres = []
    for at, organization in enumerate(("桥头村团支部", "白桦镇团委")):
        since, until = draw(DAYS), draw(MAYBE)
        until = max(until, since) if until else None
        duty = draw(st.sampled_from(["是", "否"]))
        cadres.append([f"干部{'甲乙'[at]}", organization, "书记", since, until, "专职", duty])
    trainings = [
        ["团干部岗位大练兵", "岗位大练兵", draw(DAYS), f"学员{letter}"] for letter in "甲乙丙"
    ]
    kinds = st.sampled_from(["主题团日", "座谈会", "青年讲师团宣讲", "青年大学习"])
    activities = [
        [f"活动{letter}", draw(kinds), draw(DAYS), "白桦镇团委", "白桦镇团委", 10]
        for letter in "甲乙丙"
    ]
    tasks = [
        ["组织建设", f"任务{letter}", "团县委", date(2023, 6, 30), draw(MAYBE)] for letter in "甲乙"
    ]
    return {
        "团组织": organizations, "发展计划": QUOTAS[1:], "团员": members, "发展团员": admissions,
        "团干部": cadres, "培训": trainings, "活动": activities, "改革任务": tasks,
    }  # fmt: skip


def known_by(sheets: Sheets, day: date) -> Sheets:
    """The rows as they could be written on that day."""
    found: Sheets = {}
    for title, rows in sheets.items():
        headings = HEADINGS[title]
        kept = []
        for row in rows:
            cells = dict(zip(headings, row, strict=True))
            begun = cells.get(BEGINS.get(title, ""))
            if begun is not None and begun > day:
                continue
            ends = ENDS.get(title, ())
            if ends and cells[ends[0]] is not None and cells[ends[0]] > day:
                cells |= dict.fromkeys(ends)
            kept.append(list(cells.values()))
        found[title] = kept
    return found


def figures(run: Run, folder: Path, sheets: Sheets, day: date) -> dict[str, Any]:
    """What ``stats 2023 --as-of`` says of a registry made of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in [HEADINGS[title], *rows]:
            sheet.append(row)
    book.save(folder / "county.xlsx")
    db = folder / "league.db"
    db.unlink(missing_ok=True)
    with patch.dict("os.environ", {"LEAGUECTL_DB": str(db)}):
        done = run("import", "--province", "65", folder / "county.xlsx")
        assert done.code == 0, done.err
        ran = run("stats", "2023", "--as-of", day.isoformat(), "-O", "json")
    found: dict[str, Any] = json.loads(ran.out)["figures"]
    return {key: item["value"] for key, item in found.items()}


@settings(
    max_examples=examples(15), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(counties(), DAYS)
def test_a_day_is_what_the_rows_up_to_it_say(run: Run, sheets: Sheets, day: date) -> None:
    """The figures of any day of 2023 are those of a registry into which only the rows up to that
    day were imported."""
    with TemporaryDirectory() as folder:
        whole = figures(run, Path(folder), sheets, day)
        part = figures(run, Path(folder), known_by(sheets, day), day)
    assert whole == part
