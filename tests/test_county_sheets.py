"""The sheets of what the county does: cadres, trainings, activities, assessments and the others."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin, select, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from leaguectl.kinds import KINDS
from leaguectl.kinds.activities import ACTIVITIES
from leaguectl.kinds.cadres import BASES, DUTIES
from leaguectl.kinds.surveys import STAGES
from leaguectl.kinds.trainings import TRAININGS
from leaguectl.model import ACTIVITY_CATEGORIES, TRAINING_CATEGORIES
from leaguectl.model import BASES as KNOWN_BASES
from leaguectl.model import DUTIES as KNOWN_DUTIES
from leaguectl.model import STAGES as KNOWN_STAGES
from leaguectl.rules import load

Workbook = Callable[..., Path]
Rows = Sequence[Sequence[Any]]

CADRES = [
    ["姓名", "身份证号", "团组织", "团内职务", "任职时间", "离任时间", "团干部性质", "来源",
     "是否在岗"],
    ["陈书记", id_number(70, "19950301"), "白桦镇团委", "书记", date(2022, 9, 1), None, "专职",
     None, "是"],
    ["林志愿", id_number(71, "19990301"), "白桦镇团委", "副书记（兼）", date(2023, 2, 1), None,
     "兼职", "西部计划志愿者", "是"],
    ["团员一", None, "桥头村团支部", "组织委员", date(2022, 9, 1), date(2023, 9, 1), None, None,
     "否"],
]  # fmt: skip
TRAININGS_SHEET = [
    ["培训名称", "培训类别", "培训日期", "姓名", "身份证号"],
    ["大练兵一期", "岗位大练兵", date(2023, 4, 1), "陈书记", id_number(70, "19950301")],
    ["大练兵一期", "岗位大练兵", date(2023, 4, 1), "外来人", None],
    ["团务班", "基础团务培训", date(2023, 5, 1), None, None],
]
ACTIVITIES_SHEET = [
    ["活动名称", "活动类别", "活动日期", "主办团组织", "覆盖团组织", "参与人次"],
    ["学雷锋", "主题团日", date(2023, 3, 5), "共青团云杉县委员会", "全县", 120],
    [
        "红色研学",
        "红色研学",
        date(2023, 6, 1),
        "云杉县第一中学团委",
        "S1、云杉县第一中学高一（2）班团支部",
        60,
    ],
    ["村团课", "团课", date(2023, 6, 2), "桥头村团支部", None, 12],
    ["座谈", "座谈会", date(2023, 6, 3), "白桦镇团委", None, 35],
]
ASSESSMENTS = [
    ["年度", "团组织", "考核项目", "得分", "满分", "自评分", "一票否决"],
    [2023, "白桦镇团委", "组织建设", 18.5, 20, 19, "否"],
    [2023, "白桦镇团委", "阵地建设", "8分", 10, None, "弄虚作假"],
]
TASKS = [
    ["模块", "任务", "牵头单位", "完成时限", "完成日期", "依据"],
    [
        "高位推动",
        "召开联席会",
        "共青团云杉县委员会",
        "2023年10月",
        date(2023, 9, 1),
        "云办〔2023〕5号",
    ],
    ["选用", "配齐副书记", "县委组织部", date(2023, 12, 1), None, None],
]
SURVEYS = [
    ["年度", "团组织", "学段", "学生数", "青年数", "团员数"],
    [2023, "云杉县第一中学团委", "高中毕业班", 450, 450, 260],
    [2023, "云杉县第一中学团委", None, 900, 880, 400],
    [2023, "白桦镇团委", None, None, 700, 120],
]
REVIEWS = [
    ["年度", "团组织", "书记姓名", "评议等次"],
    [2023, "白桦镇团委", "陈书记", "优秀"],
    [2023, "桥头村团支部", "团员一", "较好"],
    [2023, "云杉县第一中学团委", "外来人", "基本合格"],
]
SHEETS = {
    "团干部": CADRES, "培训": TRAININGS_SHEET, "活动": ACTIVITIES_SHEET, "考核": ASSESSMENTS,
    "述职评议": REVIEWS,
    "改革任务": TASKS, "基数摸底": SURVEYS,
}  # fmt: skip
VILLAGER = member(1, 姓名="团员一", 所在团支部="桥头村团支部")


@pytest.fixture
def county(run: Run, workbook: Workbook, db: Path) -> Path:
    """A registry with the small county's organisations and one member in a village."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, VILLAGER])
    return db


def with_row(rows: Rows, **changes: Any) -> list[list[Any]]:
    """A sheet of the first row alone, some of its cells said otherwise."""
    headings, first, *_ = rows
    return [list(headings), [changes.get(str(h), v) for h, v in zip(headings, first, strict=True)]]


# -- what goes in --------------------------------------------------------------------------------


def test_all_kinds_go_in_and_twice_change_nothing(
    either_db: str, run: Run, workbook: Workbook
) -> None:
    """One workbook of all of them, on both databases; and it may be sent again."""
    first = workbook("a.xlsx", 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, VILLAGER])
    assert run("import", first).code == 0
    book = workbook("b.xlsx", **SHEETS)
    answer = taken(run, book)
    assert {found["code"] for found in answer["findings"]} == {"person-by-name"}
    assert [sheet["kind"] for sheet in answer["sheets"]] == [
        "cadres", "trainings", "activities", "assessments", "reviews", "tasks", "surveys",
    ]  # fmt: skip
    assert answer["totals"]["created"] == answer["totals"]["read"] == 20
    again = taken(run, book)
    assert (again["operation"], again["totals"]["unchanged"], again["findings"]) == (None, 20, [])
    assert run("check").code == 0
    assert run("undo", "2").code == 0
    assert taken(run, book)["totals"]["created"] == 20


def test_a_cadre_need_not_be_a_member(county: Path, run: Run, workbook: Workbook) -> None:
    """Whoever comes with an ID number is a person; posts, bases and sources are values of ours."""
    assert taken(run, workbook(团干部=CADRES))["findings"] == []
    assert select(county, "SELECT title, said, basis, source, duty FROM post ORDER BY id") == [
        ("secretary", "书记", "full-time", None, "on"),
        ("deputy secretary", "副书记（兼）", "part-time", "western plan", "on"),
        ("committee member", "组织委员", None, None, "off"),
    ]
    holders = select(
        county, "SELECT p.name FROM post JOIN person AS p ON p.id = post.person ORDER BY post.id"
    )
    assert holders == [("陈书记",), ("林志愿",), ("团员一",)]
    assert select(county, "SELECT count(*) FROM membership") == [(1,)]


@pytest.mark.parametrize(
    ("more", "known"),
    [([], True), ([member(2, 姓名="团员一", 所在团支部="桥头村团支部")], False),
     ([member(2, 姓名="团员一")], True)],
    ids=["one bears it", "two bear it", "another elsewhere bears it"],
)  # fmt: skip
def test_a_name_alone_is_a_member_only_where_one_bears_it(
    county: Path, run: Run, workbook: Workbook, more: Rows, known: bool
) -> None:
    """Nobody is guessed: of two people of a name in the organisation neither is taken."""
    assert run("import", workbook("m.xlsx", 团员=[MEMBER_HEADINGS, *more])).code == 0
    code = run("import", workbook("c.xlsx", 团干部=[CADRES[0], CADRES[3]])).code
    assert code == (0 if known else 1)
    assert select(county, "SELECT person IS NOT NULL FROM post") == [(1,)] * known


def test_a_post_says_by_its_name_that_it_is_held_by_secondment(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """挂职副书记 counts as seconded without a column for it; one that says otherwise is refused."""
    row = ["陈挂职", id_number(90, "19960301"), "C", "挂职副书记", "2022-01-01"]
    heads = [*CADRES[0][:5], "团干部性质"]
    refused = run("import", "-O", "json", workbook("a.xlsx", 团干部=[heads, [*row, "专职"]]))
    assert [found["code"] for found in json.loads(refused.out)["findings"]] == ["basis-differs"]
    assert run("import", workbook("b.xlsx", 团干部=[heads, [*row, None]])).code == 0
    ran = run("stats", "2023", "--get", "cadres.seconded_deputies")
    assert ran.out.strip() == "1"


def test_a_name_is_completed_by_its_id_number(county: Path, run: Run, workbook: Workbook) -> None:
    """A term and an attendance that stood under a name alone get their person, and no second
    row."""
    nameless = [[*row[:1], None, *row[2:]] for row in CADRES[1:2]]
    first = workbook("a.xlsx", 团干部=[CADRES[0], *nameless], 培训=TRAININGS_SHEET)
    assert run("import", first).code == 0
    known = [*TRAININGS_SHEET[2][:4], id_number(80)]
    second = workbook("b.xlsx", 团干部=CADRES[:2], 培训=[TRAININGS_SHEET[0], known])
    assert taken(run, second)["totals"]["updated"] == 2
    assert select(county, "SELECT count(*), count(person) FROM post") == [(1, 1)]
    assert select(county, "SELECT count(*), count(person) FROM trainee") == [(2, 2)]


def test_an_export_changes_nothing_though_the_bearers_of_its_names_are_known_by_now(
    county: Path, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """A post, a review and an attendance were recorded by name alone; then came a member and a
    secretary of those names. The review is the secretary's at once; the rest waits for an ID number
    or, at a training, for the branch."""
    names = ("陈书记", "新来人")
    cadres = [[name, None, "桥头村团支部", "宣传委员", date(2022, 9, 1)] for name in names]
    trainees = [["班", "岗位大练兵", date(2023, 4, 1), name, None] for name in names]
    reviews = [[2023, "桥头村团支部", name, "优秀"] for name in names]
    by_name = {
        "团干部": [CADRES[0][:5], *cadres], "培训": [TRAININGS_SHEET[0], *trainees],
        "述职": [REVIEWS[0], *reviews],
    }  # fmt: skip
    assert run("import", workbook("a.xlsx", **by_name)).code == 0
    secretary = ["陈书记", id_number(70, "19950301"), "桥头村团支部", "书记", date(2022, 9, 1)]
    newcomer = member(2, 姓名="新来人", 所在团支部="桥头村团支部")
    known = {"团干部": [CADRES[0][:5], secretary], "团员": [MEMBER_HEADINGS, newcomer]}
    assert taken(run, workbook("b.xlsx", **known))["totals"]["created"] == 2
    assert select(county, "SELECT name FROM review WHERE person IS NOT NULL") == [("陈书记",)]
    book = tmp_path / "all.xlsx"
    assert run("export", "all", "-o", book, "--reveal", "--reason", "x").code == 0
    answer = taken(run, book)
    assert answer["totals"]["read"] == answer["totals"]["unchanged"]
    branch = [["班", "岗位大练兵", date(2023, 4, 1), "新来人", "桥头村团支部"]]
    heads = [*TRAININGS_SHEET[0][:4], "所在团组织"]
    assert taken(run, workbook("c.xlsx", 培训=[heads, *branch]))["totals"]["updated"] == 1


def test_a_term_is_ended_by_a_later_sheet(county: Path, run: Run, workbook: Workbook) -> None:
    """The same organisation, post, name and beginning is the same term; a successor is dated
    ahead."""
    assert run("import", workbook("a.xlsx", 团干部=CADRES[:2])).code == 0
    ended = with_row(CADRES, 离任时间=date(2024, 3, 1))
    next_one = ["王接任", id_number(72, "19960301"), "白桦镇团委", "书记", date(2024, 3, 1), None,
                "专职", None, None]  # fmt: skip
    answer = taken(run, workbook("b.xlsx", 团干部=[*ended, next_one]))
    assert (answer["findings"], answer["totals"]["updated"], answer["totals"]["created"]) == (
        [], 1, 1,
    )  # fmt: skip
    assert select(county, "SELECT name, since, until FROM post ORDER BY since") == [
        ("陈书记", "2022-09-01", "2024-03-01"), ("王接任", "2024-03-01", None),
    ]  # fmt: skip


def test_a_month_finds_the_term_that_began_in_it(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """A sheet that knows the month alone speaks of the term that is stored to the day."""
    assert run("import", workbook("a.xlsx", 团干部=CADRES[:2])).code == 0
    answer = taken(run, workbook("b.xlsx", 团干部=with_row(CADRES, 任职时间="2022.09")))
    assert (answer["findings"], answer["totals"]["unchanged"]) == ([], 1)


def test_coverage_is_by_names_codes_or_the_whole_county(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """An empty cell covers the branch that held it, and nobody where a committee did."""
    assert taken(run, workbook(活动=ACTIVITIES_SHEET))["findings"] == []
    found = select(
        county,
        "SELECT a.name, c.organization FROM coverage AS c JOIN activity AS a ON a.id = c.activity"
        " ORDER BY a.id, c.organization",
    )
    assert found == [("学雷锋", "C"), ("红色研学", "S1"), ("红色研学", "S2"), ("村团课", "T1")]


def test_marks_tasks_and_surveys_are_kept_as_said(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """A veto that says no is none; a month is until its last day; a stage follows from the
    school."""
    assert run("import", workbook(**SHEETS)).code == 0
    assert select(county, 'SELECT score, "full", self_score, veto FROM score ORDER BY id') == [
        (18.5, 20.0, 19.0, None), (8.0, 10.0, None, "弄虚作假"),
    ]  # fmt: skip
    assert select(county, "SELECT due, done FROM task ORDER BY id") == [
        ("2023-10-31", "2023-09-01"), ("2023-12-01", None),
    ]  # fmt: skip
    assert select(county, "SELECT stage, students, youth, members FROM survey ORDER BY id") == [
        ("senior graduating", 450, 450, 260), ("senior middle", 900, 880, 400),
        ("youth", None, 700, 120),
    ]  # fmt: skip


def test_a_review_knows_its_person(county: Path, run: Run, workbook: Workbook) -> None:
    """Whoever held a post there that year, else the one member of that name, else a name alone."""
    assert run("import", workbook(**SHEETS)).code == 0
    assert select(
        county,
        "SELECT review.name, review.grade, person.id_number FROM review"
        " LEFT JOIN person ON person.id = review.person ORDER BY review.id",
    ) == [
        ("陈书记", "excellent", id_number(70, "19950301")),
        ("团员一", "qualified", VILLAGER[1]), ("外来人", "barely qualified", None),
    ]  # fmt: skip


def test_the_day_of_an_election_is_kept(county: Path, run: Run, workbook: Workbook) -> None:
    """换届时间 in the row of an organisation."""
    rows = [[*ORGANIZATIONS[0], "换届时间"], [*ORGANIZATIONS[6], date(2022, 9, 1)]]
    assert taken(run, workbook(团组织=rows))["totals"]["updated"] == 1
    assert select(county, "SELECT elected FROM organization WHERE code = 'T1'") == [("2022-09-01",)]


def test_what_is_exported_of_them_comes_in_without_a_change(
    either_db: str, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """Every kind, with its people and the organisations covered."""
    first = workbook("a.xlsx", 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, VILLAGER], **SHEETS)
    assert run("import", first).code == 0
    kinds = ("cadres", "trainings", "activities", "assessments", "reviews", "tasks", "surveys")
    out = tmp_path / "out.xlsx"
    ran = run("export", *kinds, "--reveal", "--reason", "copy", "-o", out)
    assert ran.code == 0, ran.err
    answer = taken(run, out)
    assert answer["findings"] == []
    assert answer["totals"]["unchanged"] == answer["totals"]["read"] == 20


# -- what is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "said", "code", "cell"),
    [
        ("团干部", {"任职时间": "昨天"}, "day-not-a-day", "E2"),
        ("团干部", {"团内职务": None}, "cell-missing", "D2"),
        ("团干部", {"离任时间": date(2022, 8, 1)}, "term-reversed", "F2"),
        ("团干部", {"团干部性质": "临时"}, "choice-unknown", "G2"),
        ("团干部", {"团组织": "无名团委"}, "organization-unknown", "C2"),
        ("培训", {"培训类别": "唱歌"}, "category-unknown", "B2"),
        ("培训", {"姓名": None}, "trainee-nameless", "D2"),
        ("培训", {"培训日期": "2023.04"}, "day-month-only", "C2"),
        ("活动", {"活动类别": "唱歌"}, "category-unknown", "B2"),
        ("活动", {"参与人次": "很多"}, "count-not-a-count", "F2"),
        ("活动", {"覆盖团组织": "桥头村团支部、无名团委"}, "organization-unknown", "E2"),
        ("考核", {"得分": "优"}, "marks-not-marks", "D2"),
        ("考核", {"得分": 21}, "score-above-full", "D2"),
        ("考核", {"自评分": 20.5}, "score-above-full", "F2"),
        ("改革任务", {"牵头单位": None}, "cell-missing", "C2"),
        ("基数摸底", {"学段": "大学"}, "choice-unknown", "C2"),
        ("基数摸底", {"学生数": None, "青年数": None, "团员数": None}, "survey-empty", "D2"),
    ],
)
def test_each_fault_is_named_with_its_cell(
    county: Path, run: Run, workbook: Workbook, sheet: str, said: dict[str, Any], code: str,
    cell: str,
) -> None:  # fmt: skip
    """And nothing of the workbook is written."""
    rows = with_row(SHEETS[sheet], **said)
    ran = run("import", "-O", "json", workbook(**{sheet: rows}))
    answer = json.loads(ran.out)
    assert ran.code == 1
    assert [(finding["code"], finding["cell"]) for finding in answer["findings"]] == [(code, cell)]
    assert answer["operation"] is None


@pytest.mark.parametrize(
    ("sheet", "said", "cells"),
    [
        ("团干部", {"团干部性质": "挂职"}, ["G2"]),
        ("培训", {"培训类别": "青马工程"}, ["B2"]),
        ("活动", {"活动类别": "团课", "参与人次": 121}, ["B2", "F2"]),
        ("考核", {"得分": 17}, ["D2"]),
        ("改革任务", {"牵头单位": "县委办", "完成时限": date(2023, 11, 30)}, ["C2", "D2"]),
        ("基数摸底", {"学生数": 451}, ["D2"]),
    ],
)
def test_what_contradicts_the_registry_is_reported_and_not_taken(
    county: Path, run: Run, workbook: Workbook, sheet: str, said: dict[str, Any], cells: list[str]
) -> None:
    """A sheet completes what is stored; it never changes it by silence."""
    assert run("import", workbook("a.xlsx", **{sheet: SHEETS[sheet][:2]})).code == 0
    ran = run(
        "import", "-O", "json", workbook("b.xlsx", **{sheet: with_row(SHEETS[sheet], **said)})
    )
    found = json.loads(ran.out)["findings"]
    assert ran.code == 1
    assert sorted((finding["code"], finding["cell"]) for finding in found) == [
        ("stored-differs", cell) for cell in cells
    ]


@pytest.mark.parametrize(
    ("sheet", "said", "asked_for", "now"),
    [
        ("团干部", {"离任时间": date(2024, 2, 1)}, "SELECT until FROM post", "2024-02-01"),
        ("培训", {"培训类别": "青马工程"}, "SELECT category FROM training", "qingma"),
        ("活动", {"参与人次": 121}, "SELECT attendances FROM activity", 121),
        (
            "活动",
            {"活动类别": "社会实践"},
            "SELECT category || ' ' || said FROM activity",
            "other 社会实践",
        ),
        ("考核", {"得分": 17}, "SELECT score FROM score", 17),
        ("改革任务", {"完成时限": date(2023, 11, 30)}, "SELECT due FROM task", "2023-11-30"),
        ("基数摸底", {"学生数": 451}, "SELECT students FROM survey", 451),
    ],
)
def test_a_correction_has_its_reason(
    county: Path, run: Run, workbook: Workbook, sheet: str, said: dict[str, Any], asked_for: str,
    now: Any,
) -> None:  # fmt: skip
    """With --reason the sheet's new values are taken, with a warning; undo restores the old
    ones."""
    first = with_row(SHEETS[sheet], 离任时间=date(2024, 3, 1))
    assert run("import", workbook("a.xlsx", **{sheet: first})).code == 0
    before = select(county, asked_for)
    again = workbook("b.xlsx", **{sheet: with_row(SHEETS[sheet], **said)})
    ran = run("import", "-O", "json", "--reason", "县里更正", again)
    (found,) = json.loads(ran.out)["findings"]
    assert (ran.code, found["code"], found["level"]) == (0, "stored-differs", "warning")
    assert select(county, asked_for) == [(now,)]
    assert run("undo", "3").code == 0
    assert select(county, asked_for) == before


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_row_that_stands_twice_is_reported(
    county: Path, run: Run, workbook: Workbook, sheet: str
) -> None:
    """The second one names the first."""
    rows = [*SHEETS[sheet][:2], SHEETS[sheet][1]]
    found = taken(run, workbook(**{sheet: rows}))["findings"]
    found = [finding for finding in found if finding["level"] == "error"]
    assert [(finding["code"], finding["row"]) for finding in found] == [("row-repeated", 3)]
    assert "2" in found[0]["message"]


def test_a_term_that_overlaps_another_of_the_same_person_is_reported(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """Another beginning of a term that still runs is a slip, not a second seat."""
    assert run("import", workbook("a.xlsx", 团干部=CADRES[:2])).code == 0
    rows = with_row(CADRES, 任职时间=date(2022, 10, 1))
    found = taken(run, workbook("b.xlsx", 团干部=rows))["findings"]
    assert [(finding["code"], finding["cell"]) for finding in found] == [("term-overlaps", "E2")]


def test_a_term_of_a_namesake_is_reported(county: Path, run: Run, workbook: Workbook) -> None:
    """The ID number decides who it is."""
    assert run("import", workbook("a.xlsx", 团干部=CADRES[:2])).code == 0
    rows = with_row(CADRES, 身份证号=id_number(79, "19950301"))
    found = taken(run, workbook("b.xlsx", 团干部=rows))["findings"]
    assert [(finding["code"], finding["cell"]) for finding in found] == [
        ("post-other-person", "B2")
    ]
    assert "1995" not in found[0]["message"]


def test_an_unknown_organisation_is_reported_once_for_all_its_rows(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """Twenty activities of one misspelt committee are one finding."""
    rows = [["活动" + str(at), "主题团日", date(2023, 3, 5), "白华镇团委", None, 5]
            for at in range(20)]  # fmt: skip
    found = taken(run, workbook(活动=[ACTIVITIES_SHEET[0], *rows]))["findings"]
    assert [finding["code"] for finding in found] == ["organization-unknown"]
    assert "21" in found[0]["message"]


def test_nothing_is_done_by_a_dissolved_organisation(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """A post or an activity after its end is reported."""
    rows = [[*ORGANIZATIONS[0], "撤销日期"], [*ORGANIZATIONS[6], date(2023, 1, 1)]]
    connection = sqlite3.connect(county)
    connection.execute("UPDATE membership SET left = '2022-12-31', leaving_reason = 'age'")
    connection.commit()
    connection.close()
    assert run("import", workbook("a.xlsx", 团组织=rows)).code == 0
    book = workbook("b.xlsx", 活动=[ACTIVITIES_SHEET[0], ACTIVITIES_SHEET[3]])
    found = taken(run, book)["findings"]
    assert [finding["code"] for finding in found] == ["organization-dissolved"]


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "title"),
    [("书记", "secretary"), ("团委书记", "secretary"), ("团支部书记（兼）", "secretary"),
     ("副书记", "deputy secretary"), ("挂职副书记", "deputy secretary"),
     ("副书记(西部计划志愿者)", "deputy secretary"), ("Secretary", "secretary"),
     ("deputy secretary", "deputy secretary"), ("委员", "committee member"),
     ("宣传委员", "committee member"), ("committee member", "committee member"),
     ("书记助理", "other"), ("干事", "other"), ("组长", None), ("副组长", None), ("主席", None),
     ("成员", None), ("书记员", None)],
)  # fmt: skip
def test_a_post_is_known_by_its_words(said: str, title: str | None) -> None:
    """Whatever stands before it or in brackets behind it."""
    assert load().title_of(said) == title


@pytest.mark.parametrize(
    ("words", "known"),
    [(BASES, KNOWN_BASES), (DUTIES, KNOWN_DUTIES), (TRAININGS, TRAINING_CATEGORIES),
     (ACTIVITIES, ACTIVITY_CATEGORIES), (STAGES, KNOWN_STAGES)],
    ids=["bases", "duties", "trainings", "activities", "stages"],
)  # fmt: skip
def test_a_sheet_can_say_every_value_that_is_kept(
    words: dict[str, Any], known: tuple[str, ...]
) -> None:
    """The words of sheets and the values of the registry are the same list."""
    assert tuple(words) == known


@pytest.mark.parametrize(
    ("said", "later", "outcome"),
    [("主题教育", "主题教育", "unchanged"), ("主题教育", "其他", "unchanged"),
     ("其他", "主题教育", "updated"), ("社会实践活动", "社会实践", "rejected"),
     ("志愿服务（学雷锋）", "other", "unchanged"), ("主题团日", "主题团日活动", "updated"),
     ("学党史", "学党史", "unchanged"), ("学党史", "主题团日", "unchanged"),
     ("学党史", "廉洁", "rejected"), ("学党史", "其他", "rejected")],
)  # fmt: skip
def test_an_activity_keeps_the_words_of_its_category(
    county: Path, run: Run, workbook: Workbook, tmp_path: Path, said: str, later: str, outcome: str
) -> None:
    """They come out again, complete the mere category, and contradict other words; a county has
    its own, with what they count for."""
    for word in ("学党史", "廉洁") if said == "学党史" else ():
        assert run("policy", "set", "activities.theme-day", word).code == 0
    rows = [with_row(ACTIVITIES_SHEET, 活动类别=words) for words in (said, later)]
    assert run("import", workbook("a.xlsx", 活动=rows[0])).code == 0
    assert run("stats", "2023", "--get", "activities.total").out.strip() == "1"
    out = tmp_path / "out.xlsx"
    assert run("export", "activities", "-o", out).code == 0
    assert taken(run, out)["totals"]["unchanged"] == 1
    assert taken(run, workbook("b.xlsx", 活动=rows[1]))["totals"][outcome] == 1
    kept = later if outcome == "updated" else said
    assert f",{kept}," in run("export", "activities", "-O", "csv").out
    listed = ("activity", "list", "--year", "2023", "-O", "json", "--category")
    assert len(json.loads(run(*listed, kept).out)["rows"]) == 1


@pytest.mark.parametrize(
    ("said", "later", "outcome"),
    [("团支书培训", "团支书培训", "unchanged"), ("其他", "专题培训", "updated"),
     ("专题培训", "other", "unchanged"), ("基础团务", "基础团务培训班", "rejected"),
     ("学党史", "学党史", "unchanged"), ("学党史", "基础团务培训", "unchanged")],
)  # fmt: skip
def test_a_training_keeps_the_words_of_its_category(
    county: Path, run: Run, workbook: Workbook, tmp_path: Path, said: str, later: str, outcome: str
) -> None:
    """As an activity does; a county's own word counts for the figure that it is listed under."""
    if said == "学党史":
        assert run("policy", "set", "trainings.basics", said).code == 0
    rows = [with_row(TRAININGS_SHEET, 培训类别=words, 姓名=None) for words in (said, later)]
    for row in rows:
        row[1][4] = None
    assert run("import", workbook("a.xlsx", 培训=rows[0])).code == 0
    counted = run("stats", "2023", "--get", "training.sessions").out.strip()
    assert counted == ("1" if said in ("学党史", "基础团务") else "")
    out = tmp_path / "out.xlsx"
    assert run("export", "trainings", "-o", out).code == 0
    assert taken(run, out)["totals"]["unchanged"] == 1
    assert taken(run, workbook("b.xlsx", 培训=rows[1]))["totals"][outcome] == 1
    kept = later if outcome == "updated" else said
    assert f",{kept}," in run("export", "trainings", "-O", "csv").out
    listed = ("training", "list", "--year", "2023", "-O", "json", "--category")
    assert len(json.loads(run(*listed, kept).out)["rows"]) == 1


def test_values_are_taken_in_english_too(county: Path, run: Run, workbook: Workbook) -> None:
    """A sheet whose headings and values are English."""
    cadres = [
        ["name", "id number", "organization", "post", "from", "basis", "source", "on duty"],
        ["陈书记", id_number(70, "19950301"), "T", "secretary", "2022-09-01", "full-time",
         "western plan", "yes"],
    ]  # fmt: skip
    activities = [
        ["activity", "category", "date", "organization", "organizations covered", "attendances"],
        ["学雷锋", "theme day", "2023-03-05", "C", "all", 120],
    ]
    answer = taken(run, workbook(Posts=cadres, Doings=activities))
    assert (answer["findings"], answer["totals"]["created"]) == ([], 2)


def test_a_roster_with_posts_is_still_a_roster(county: Path, run: Run, workbook: Workbook) -> None:
    """A post in each member's row, without its days, does not make it a list of cadres."""
    rows = [[*MEMBER_HEADINGS[:3], "团内职务"], [*member(5)[:3], "书记"]]
    answer = taken(run, workbook(团员=rows))
    (sheet,) = answer["sheets"]
    assert (sheet["kind"], sheet["ignored_columns"], sheet["created"]) == (
        "members", ["团内职务"], 1,
    )  # fmt: skip


def test_every_kind_of_the_contract_is_read() -> None:
    """Ten kinds of sheet, in the order in which one names the other."""
    assert {
        "organizations", "quotas", "members", "admissions", "cadres", "trainings", "activities",
        "assessments", "tasks", "surveys",
    } <= set(KINDS)  # fmt: skip


# -- posts that the League has -------------------------------------------------------------------


def test_a_leadership_group_is_no_list_of_cadres(
    county: Path, run: Run, workbook: Callable[..., Path]
) -> None:
    """A sheet of which no post is one of the League is refused, and counts for nobody."""
    group = [["职务", "姓名", "单位", "任职时间"]]
    group += [[post, name, "S", "2023-03-01"]
              for post, name in (("组长", "甲大"), ("副组长", "乙大"))]  # fmt: skip
    answer = taken(run, workbook("组.xlsx", 领导小组=group))
    assert {(found["code"], found["level"]) for found in answer["findings"]} == {
        ("post-unknown", "error")
    }
    assert answer["totals"]["created"] == 0


def test_one_unknown_post_among_others_is_reported(
    county: Path, run: Run, workbook: Callable[..., Path]
) -> None:
    """The row goes in with a warning that offers the nearest post; check says it again."""
    rows = [["姓名", "团组织", "团内职务", "任职时间"]]
    rows += [["甲大", "S1", "书记", "2023-03-01"], ["乙大", "S1", "付书纪", "2023-03-01"]]
    answer = taken(run, workbook("干.xlsx", 团干部=rows))
    (found,) = [item for item in answer["findings"] if item["code"] == "post-unknown"]
    assert (found["level"], found["cell"], "副书记" in found["message"]) == ("warning", "C3", True)
    assert answer["totals"]["created"] == 2
    checked = answer_of(run, "check", "post-unknown")["findings"]
    assert [found["subject"] for found in checked] == ["乙大"]


@pytest.mark.parametrize("post", ["党支部书记", "原书记", "拟任副书记", "书记（已离任）"])
def test_a_post_of_others_is_refused(
    post: str, county: Path, run: Run, workbook: Callable[..., Path]
) -> None:
    """The Party's secretary, or who was one before, would be counted among the year's cadres."""
    rows = [["姓名", "团组织", "团内职务", "任职时间"], ["甲大", "S1", "书记", "2023-03-01"],
            ["乙大", "S1", post, "2023-03-01"]]  # fmt: skip
    answer = taken(run, workbook("干.xlsx", 团干部=rows))
    faults = [(f["code"], f["level"], f["cell"]) for f in answer["findings"]
              if f["level"] == "error"]  # fmt: skip
    assert faults == [("post-unknown", "error", "C3")]


def test_a_post_that_nobody_has_is_not_given(county: Path, run: Run) -> None:
    """An option is a row of its own: the post is refused, and the posts are offered."""
    ran = run("post", "appoint", "S1", "主席", "--name", "甲大", "--from", "2023-03-01")
    assert (ran.code, "书记" in ran.err) == (3, True)


# -- what is kept as it is said ------------------------------------------------------------------

KEPT = {
    "领导小组": [
        ["领导小组", "职务", "姓名", "单位", "任职时间"],
        ["基层改革领导小组", "组长", "甲大", "共青团云杉县委员会", date(2023, 3, 1)],
        ["基层改革领导小组", "副组长", "乙大", "县委组织部", None],
    ],
    "争章": [
        ["姓名", "学校", "中队", "红领巾争章", "推优时间"],
        ["小明", "云杉县第三中学", "初一1中队", "一星章", date(2023, 5, 30)],
    ],
    "基地": [
        ["基地名称", "基地类型", "地址", "管理单位", "命名时间"],
        ["云杉县烈士陵园", "爱国主义教育基地", "白桦镇", "县退役军人事务局", date(2021, 7, 1)],
    ],
    "主题教育": [
        ["主题教育", "开展团组织", "启动时间", "结束时间", "场次", "参与人次"],
        ["学党史", "白桦镇团委", date(2023, 4, 10), date(2023, 8, 31), 4, 120],
    ],
}


def test_groups_badges_bases_and_campaigns_come_in_and_out(
    either_db: str, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """Each a kind of its own, and none of a group's seats is a post of the League."""
    assert run("import", workbook("a.xlsx", 团组织=ORGANIZATIONS)).code == 0
    book = workbook("b.xlsx", **KEPT)
    answer = taken(run, book)
    assert (answer["findings"], answer["totals"]["created"]) == ([], 5)
    kinds = ("groups", "pioneers", "bases", "campaigns")
    assert tuple(sheet["kind"] for sheet in answer["sheets"]) == kinds
    assert taken(run, book)["totals"]["unchanged"] == 5
    out = tmp_path / "out.xlsx"
    assert run("export", *kinds, "-o", out, "--reveal", "--reason", "copy").code == 0
    again = taken(run, out)
    assert (again["findings"], again["totals"]["unchanged"]) == ([], 5)
    assert answer_of(run, "export", "cadres")["rows"] == []


@pytest.mark.parametrize(
    ("sheet", "said", "code", "cell"),
    [
        ("领导小组", {"职务": None}, "cell-missing", "B2"),
        ("争章", {"推优时间": "2023"}, "day-year-only", "E2"),
        ("基地", {"管理单位": "清空"}, "clear-refused", "D2"),
        ("主题教育", {"结束时间": date(2023, 4, 1)}, "campaign-reversed", "D2"),
        ("主题教育", {"开展团组织": "无名团委"}, "organization-unknown", "B2"),
    ],
)
def test_what_is_wrong_with_what_is_kept_is_reported(
    county: Path, run: Run, workbook: Workbook, sheet: str, said: dict[str, Any], code: str,
    cell: str,
) -> None:  # fmt: skip
    """In its cell, and nothing is written."""
    answer = taken(run, workbook(**{sheet: with_row(KEPT[sheet], **said)}))
    assert [(each["code"], each["cell"]) for each in answer["findings"]] == [(code, cell)]
    assert answer["operation"] is None
