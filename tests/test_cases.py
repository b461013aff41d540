"""Candidates as cases: opened, followed step by step, listed, closed; and taken over by `admit`."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, answer_of, begin
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)

Run = Callable[..., Ran]
Workbook = Callable[..., Path]

BRANCH = "云杉县第一中学高一（1）班团支部"
NAME, NUMBER = "测试甲", id_number(1)
OPEN = ("case", "open", "--name", NAME, "--id-number", NUMBER, "--org", BRANCH)
STEPS = (
    "--talked", "2022-09-20", "--activist", "2022-10-10", "--contact", "李联系",
    "--course-hours", "8", "--candidate", "2023-03-01", "--reviewed", "2023-03-05",
    "--notice-from", "2023-03-06", "--notice-to", "2023-03-12", "--introducer", "李介绍",
    "--introducer", "王介绍", "--form-given", "2023-03-13", "--meeting", "2023-04-10",
    "--due", "30", "--present", "28", "--in-favour", "27",
)  # fmt: skip


def made(run: Run, workbook: Workbook) -> None:
    """Make the small county's organisations and quotas."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 发展计划=QUOTAS)


@pytest.fixture
def county(db: Path, run: Run, workbook: Workbook) -> None:
    """The small county."""
    made(run, workbook)


@pytest.fixture
def either_county(either_db: str, run: Run, workbook: Workbook) -> None:
    """The small county on either database."""
    made(run, workbook)


@pytest.fixture
def opened(county: None, run: Run) -> None:
    """The county with one open case."""
    assert run(*OPEN, "--applied", "2022-09-10").code == 0


def case(run: Run) -> dict[str, Any]:
    """The case as it is stored."""
    found: dict[str, Any] = answer_of(run, "case", "show", NAME)["case"]
    return found


def codes(found: dict[str, Any], level: str = "error") -> list[str]:
    """What was found."""
    return [finding["code"] for finding in found["findings"] if finding["level"] == level]


# -- open, advance, show -------------------------------------------------------------------------


def test_a_case_is_followed_from_application_to_file(either_county: None, run: Run) -> None:
    """Each step is recorded once; the case says what comes next, until nothing does."""
    assert run(*OPEN, "--applied", "2022-09-10").code == 0
    assert answer_of(run, "case", "show", NAME)["next"] == "talked"
    done = answer_of(run, "case", "advance", NAME, *STEPS)
    assert (done["findings"], done["next"], done["dry_run"]) == ([], "approved", False)
    assert {step["step"]: step["earliest"] for step in done["steps"]}["approved"] == "2023-04-11"
    assert run("admit", "--case", NAME, "--approved", "2023-04-18").code == 0
    found = case(run)
    assert (found["state"], found["closed"]) == ("admitted", "2023-04-18")
    after = ("--told", "2023-04-19", "--oath", "2023-05-04", "--filed", "2023-05-04")
    assert answer_of(run, "case", "advance", NAME, *after)["next"] is None
    assert run("check").code == 0


def test_show_tells_the_steps_in_order_with_what_is_missing(opened: None, run: Run) -> None:
    """Done with its day, missing, next, later; and the days that an open step may bear."""
    assert run("case", "advance", NAME, "--activist", "2022-10-10").code == 0
    steps = answer_of(run, "case", "show", NAME)["steps"]
    assert [step["at"] for step in steps] == list(range(1, 16))
    assert [(step["state"], step["day"]) for step in steps[:4]] == [
        ("done", "2022-09-10"), ("missing", None), ("done", "2022-10-10"), ("next", None),
    ]  # fmt: skip
    assert (steps[1]["earliest"], steps[1]["latest"]) == ("2022-09-11", "2022-10-09")
    assert steps[10]["lacks"] == ["meeting", "due", "present", "in_favour"]


def test_all_that_can_be_asked_is_asked_at_once(county: None, run: Run) -> None:
    """Too young, and talked with before applying: both are reported, and nothing is written."""
    arguments = (*OPEN, "--applied", "2021-02-20", "--talked", "2021-02-19")
    ran = run(*arguments, "-O", "json")
    assert ran.code == 3
    assert codes(json.loads(ran.out)) == ["age-at-application", "dates-in-order"]
    assert run("case", "show", NAME).code == 4


def test_a_warning_does_not_stop_a_step(opened: None, run: Run) -> None:
    """A late talk is reported and recorded."""
    done = answer_of(run, "case", "advance", NAME, "--talked", "2022-11-30")
    assert (codes(done), codes(done, "warning")) == ([], ["talk-within-a-month"])
    assert case(run)["talked"] == "2022-11-30"


def test_a_day_that_is_known_is_changed_only_for_a_reason(opened: None, run: Run) -> None:
    """And then the reason stands in the log, and undo brings the old day back."""
    assert run("case", "advance", NAME, "--talked", "2022-09-20").code == 0
    ran = run("case", "advance", NAME, "--talked", "2022-09-21", "-O", "json")
    assert (ran.code, codes(json.loads(ran.out))) == (3, ["case-differs"])
    done = answer_of(run, "case", "advance", NAME, "--talked", "2022-09-21", "--reason", "笔误")
    assert case(run)["talked"] == "2022-09-21"
    assert answer_of(run, "show", str(done["operation"]))["operation"]["reason"] == "笔误"
    assert run("undo", str(done["operation"])).code == 0
    assert case(run)["talked"] == "2022-09-20"


def test_hours_grow_without_a_reason(opened: None, run: Run) -> None:
    """More of them contradict nothing; fewer do."""
    for hours in ("4", "6.5"):
        assert run("case", "advance", NAME, "--course-hours", hours).code == 0
    assert run("case", "advance", NAME, "--course-hours", "5").code == 3
    assert case(run)["course_hours"] == 6.5


def test_a_dry_run_writes_nothing(opened: None, run: Run) -> None:
    """Neither a step nor an end."""
    assert run("case", "advance", NAME, "--talked", "2022-09-20", "-n").code == 0
    assert run("case", "close", NAME, "--refused", "--reason", "未通过", "-n").code == 0
    assert (case(run)["talked"], case(run)["state"]) == (None, "open")


def test_a_member_is_no_candidate(county: None, run: Run, workbook: Workbook) -> None:
    """Nobody applies who is a member already."""
    roster = [
        ["姓名", "身份证号", "所在团支部", "入团时间", "发展团员编号", "团员证编号"],
        member(1),
    ]
    assert run("import", workbook(团员=roster)).code == 0
    name, number = member(1)[:2]
    ran = run("case", "open", "--name", name, "--id-number", number, "--org", "S1", "-O", "json")
    assert (ran.code, codes(json.loads(ran.out))) == (3, ["one-person"])


def test_nobody_is_a_member_and_a_candidate(opened: None, run: Run, workbook: Workbook) -> None:
    """A roster does not make the candidate a member behind the case's back; once that is closed it
    does."""
    roster = [MEMBER_HEADINGS, member(1, 姓名=NAME, 身份证号=NUMBER, 入团时间=date(2021, 5, 4),
                                      发展团员编号="202165000001")]  # fmt: skip
    ran = run("import", workbook(团员=roster))
    assert (ran.code, "one-person" in ran.err, "case close" in ran.err) == (1, True, True)
    assert run("check").code == 0
    closing = ("case", "close", NAME, "--withdrawn", "--reason", "已是团员", "--on", "2023-01-10")
    assert run(*closing).code == 0
    assert run("import", workbook(团员=roster)).code == 0


def test_a_candidate_has_one_open_case(opened: None, run: Run) -> None:
    """A second one is refused; after the first has ended it is not."""
    assert run(*OPEN).code == 3
    ended = ("--withdrawn", "--reason", "转学", "--on", "2023-01-10")
    assert run("case", "close", NAME, *ended).code == 0
    assert run("case", "advance", NAME, "--talked", "2022-09-20").code == 3
    assert run("case", "close", NAME, *ended).code == 3
    assert run(*OPEN, "--applied", "2023-03-01").code == 0
    listed = answer_of(run, "case", "list", "--all")["cases"]
    assert [row["stage"] for row in listed] == ["withdrawn", "applicant"]


def test_the_day_of_its_end_is_called_so(opened: None, run: Run) -> None:
    """The end of a case is no closing of a year, which has a word of its own."""
    closing = ("--withdrawn", "--reason", "转学", "--on", "2023-01-10")
    operation = answer_of(run, "case", "close", NAME, *closing)["operation"]
    shown = run("show", str(operation), "--lang", "zh").out
    assert ("结束日期" in shown, "锁定时" in shown) == (True, False)


def test_an_end_has_a_manner_a_reason_and_a_day_after_all_steps(opened: None, run: Run) -> None:
    """What is missing is a matter of usage; a day before the application is refused."""
    assert run("case", "close", NAME, "--reason", "x").code == 2
    assert run("case", "close", NAME, "--refused", "--withdrawn", "--reason", "x").code == 2
    assert run("case", "close", NAME, "--refused").code == 2
    early = ("--refused", "--reason", "x", "--on", "2022-09-01")
    assert run("case", "close", NAME, *early).code == 3
    assert case(run)["state"] == "open"


def test_list_shows_the_open_cases_of_an_organisation_at_a_stage(
    either_county: None, run: Run
) -> None:
    """By code or by the words of either language; what is no stage is named."""
    assert run(*OPEN, "--applied", "2022-09-10").code == 0
    other = ("--name", "测试乙", "--id-number", id_number(2), "--org", "桥头村团支部")
    assert (
        run("case", "open", *other, "--applied", "2022-09-01", "--activist", "2022-10-01").code == 0
    )

    def names(*arguments: str) -> list[str]:
        return [case["name"] for case in answer_of(run, "case", "list", *arguments)["cases"]]

    assert names() == [NAME, "测试乙"]
    assert names("--org", "白桦镇团委") == names("--stage", "积极分子") == ["测试乙"]
    assert names("--stage", "applicant") == [NAME]
    assert names("--stage", "已撤回") == []
    ran = run("case", "list", "--stage", "saint")
    assert ran.code == 2
    assert "activist" in ran.err


def test_no_answer_shows_an_id_number(opened: None, run: Run) -> None:
    """Masked in every form, unless a reason is given and recorded."""
    for arguments in (("case", "show", NAME), ("case", "list"),
                      ("case", "advance", NAME, "--talked", "2022-09-20")):  # fmt: skip
        ran = run(*arguments, "-O", "json")
        assert NUMBER not in ran.out + ran.err
    shown = run("case", "show", NUMBER, "-O", "json", "--reveal", "--reason", "核对")
    assert NUMBER in shown.out
    assert "核对" in run("log", "-O", "json").out


def test_who_is_not_one_is_named(opened: None, run: Run) -> None:
    """Two of a name: the candidates with their ids, one of which decides."""
    twin = ("--name", NAME, "--id-number", id_number(2), "--org", "T1")
    assert run("case", "open", *twin).code == 0
    ran = run("case", "show", NAME)
    assert ran.code == 4
    assert "桥头村团支部" in ran.err
    assert answer_of(run, "case", "show", "2")["case"]["code"] == "T1"
    assert run("case", "show", "无此人").code == 4


# -- admit ---------------------------------------------------------------------------------------


def test_admit_takes_from_the_case_what_its_options_leave_out(opened: None, run: Run) -> None:
    """And refuses what neither says, by the name of the option."""
    assert run("case", "advance", NAME, *STEPS).code == 0
    lacking = run("admit", "--case", NAME)
    assert lacking.code == 1
    assert "--approved" in lacking.err
    (done,) = answer_of(run, "admit", "--case", NAME, "--approved", "2023-04-18")["admitted"]
    assert (done["name"], done["number"]) == (NAME, "202365000001")
    found = answer_of(run, "member", "show", NAME)["member"]["admission"]
    assert (found["talked"], found["in_favour"]) == ("2022-09-20", 27)


def test_a_sheet_to_admit_may_leave_to_the_cases_what_they_say(
    opened: None, run: Run, workbook: Workbook
) -> None:
    """Also whole columns; a filled cell counts before the case, and says so."""
    assert run("case", "advance", NAME, *STEPS).code == 0
    headings = ["姓名", "身份证号", "谈话时间", "审批时间"]
    row = [NAME, NUMBER, date(2022, 9, 21), date(2023, 4, 18)]
    done = answer_of(run, "admit", workbook(发展对象=[headings, row]))
    assert [row["number"] for row in done["admitted"]] == ["202365000001"]
    assert codes(done, "warning") == ["case-differs"]
    assert (case(run)["talked"], case(run)["state"]) == ("2022-09-21", "admitted")


def test_a_row_without_a_case_must_say_all_itself(
    opened: None, run: Run, workbook: Workbook
) -> None:
    """The columns that another row's case fills are missing for this one."""
    assert run("case", "advance", NAME, *STEPS).code == 0
    sheet = [["姓名", "身份证号", "审批时间"], [NAME, NUMBER, date(2023, 4, 18)],
             ["测试乙", id_number(2), date(2023, 4, 18)]]  # fmt: skip
    done = answer_of(run, "admit", workbook(发展对象=sheet))
    assert done["operation"] is None
    assert {finding["row"] for finding in done["findings"]} == {3}
    assert set(codes(done)) == {"cell-missing"}


@pytest.mark.parametrize("command", ["admit", "import"])
def test_whoever_is_admitted_has_no_open_case(
    opened: None, run: Run, workbook: Workbook, command: str
) -> None:
    """In the same operation, however the admission comes; undone, the case is open again."""
    sheet = [ADMISSION_HEADINGS, admission(1, 姓名=NAME)]
    done = answer_of(run, command, workbook(发展团员=sheet))
    assert (case(run)["state"], case(run)["closed"]) == ("admitted", "2023-04-20")
    assert case(run)["meeting"] == "2023-04-10"
    assert run("undo", str(done["operation"])).code == 0
    assert (case(run)["state"], case(run)["meeting"]) == ("open", None)


# -- sheets --------------------------------------------------------------------------------------

HEADINGS = ["姓名", "身份证号", "所在团支部", "申请入团时间", "谈话时间", "积极分子时间",
            "培养联系人", "团课学时", "发展对象时间", "培养阶段"]  # fmt: skip
ROW = [NAME, NUMBER, BRANCH, date(2022, 9, 10), date(2022, 9, 20), date(2022, 10, 10), "李联系", 8,
       date(2023, 3, 1), "发展对象"]  # fmt: skip
OTHER = ["测试乙", id_number(2), BRANCH, date(2022, 9, 11), *[None] * 5, "申请人"]


def imported(run: Run, book: Path, *options: str) -> dict[str, Any]:
    """How a sheet of candidates went in."""
    found = answer_of(run, "import", book, *options)
    assert [sheet["kind"] for sheet in found["sheets"]] == ["candidates"]
    return found


def test_a_sheet_of_candidates_at_any_stage_goes_in(
    either_county: None, run: Run, workbook: Workbook
) -> None:
    """Twice changes nothing; a later one adds what it knows."""
    book = workbook("a.xlsx", 名单=[HEADINGS, ROW, OTHER])
    assert imported(run, book)["totals"]["created"] == 2
    assert imported(run, book)["totals"]["unchanged"] == 2
    later = [*OTHER[:4], date(2022, 9, 30), *OTHER[5:]]
    done = imported(run, workbook("b.xlsx", 名单=[HEADINGS, ROW, later]))
    assert (done["totals"]["updated"], done["totals"]["unchanged"]) == (1, 1)
    assert answer_of(run, "case", "show", "测试乙")["case"]["talked"] == "2022-09-30"
    assert run("check").code == 0


def test_a_sheet_of_candidates_changes_nothing_after_their_admission(
    county: None, run: Run, workbook: Workbook
) -> None:
    """The list of before comes again; those who were admitted meanwhile stand as they do."""
    book = workbook("a.xlsx", 名单=[HEADINGS, ROW])
    assert imported(run, book)["totals"]["created"] == 1
    row = admission(1, 姓名=NAME)
    assert run("admit", workbook("b.xlsx", 发展对象=[ADMISSION_HEADINGS, row])).code == 0
    assert imported(run, book)["totals"]["unchanged"] == 1


def test_what_contradicts_a_case_is_a_finding_with_its_cell(
    county: None, run: Run, workbook: Workbook
) -> None:
    """Nothing is overwritten by a list."""
    imported(run, workbook("a.xlsx", 名单=[HEADINGS, ROW]))
    wrong = [*ROW[:4], date(2022, 9, 25), *ROW[5:]]
    done = imported(run, workbook("b.xlsx", 名单=[HEADINGS, wrong]))
    (finding,) = done["findings"]
    assert (finding["code"], finding["cell"]) == ("case-differs", "E2")
    assert case(run)["talked"] == "2022-09-20"


def test_a_stage_that_no_day_shows_is_reported(county: None, run: Run, workbook: Workbook) -> None:
    """The word alone makes nobody an activist."""
    row = [*OTHER[:-1], "积极分子"]
    done = imported(run, workbook(名单=[HEADINGS, row]))
    assert (codes(done), codes(done, "warning")) == ([], ["stage-not-shown"])


LIST = ["学号", "姓名", "性别", "民族", "籍贯", "出生日期", "申请入团时间", "备注"]


def listed(name: str = NAME, born: Any = date(2007, 3, 1)) -> list[Any]:
    """A row of 申请入团名单."""
    return [1, name, None, "汉族", None, born, date(2022, 9, 10), None]


def test_a_name_without_a_number_is_known_by_birth_date_and_branch(
    opened: None, run: Run, workbook: Workbook
) -> None:
    """申请入团名单 has no ID numbers: people with a case are found, for others the answer says what
    to add."""
    book = workbook("a.xlsx", 申请入团名单=[LIST, listed()])
    assert imported(run, book, "--org", BRANCH)["totals"]["unchanged"] == 1
    for options, row in (
        ((), listed()), (("--org", "T1"), listed()), (("--org", BRANCH), listed("测试乙")),
        (("--org", BRANCH), listed(born=date(2007, 3, 2))), (("--org", BRANCH), listed(born=None)),
    ):  # fmt: skip
        done = imported(run, workbook("b.xlsx", 申请入团名单=[LIST, row]), *options)
        assert codes(done) == ["id-number-absent"]
        assert done["operation"] is None


def test_two_of_a_name_and_birth_date_are_not_guessed_between(
    opened: None, run: Run, workbook: Workbook
) -> None:
    """The answer says who they are."""
    twin = ("--name", NAME, "--id-number", id_number(3), "--org", BRANCH)
    assert run("case", "open", *twin).code == 0
    done = imported(run, workbook(名单=[LIST, listed()]), "--org", BRANCH)
    assert codes(done) == ["person-ambiguous"]
    assert "2" in done["findings"][0]["message"]


def test_all_cases_move_to_another_registry(
    opened: None, run: Run, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exported and imported again nothing changes; into an empty registry open cases come as open,
    those that ended with their end, those of members with the admission."""
    for at, name in ((2, "测试乙"), (3, "测试丙")):
        item = ("--name", name, "--id-number", id_number(at), "--org", BRANCH)
        assert run("case", "open", *item, "--applied", "2022-09-10").code == 0
    ended = ("--refused", "--reason", "票数未过半", "--on", "2023-01-10")
    assert run("case", "close", "测试乙", *ended).code == 0
    sheet = [ADMISSION_HEADINGS, admission(3, 姓名="测试丙")]
    assert run("admit", workbook("b.xlsx", 发展对象=sheet)).code == 0
    assert run("case", "advance", "测试丙", "--oath", "2023-05-04").code == 0
    book = tmp_path / "all.xlsx"
    assert run("export", "all", "-o", book, "--reveal", "--reason", "搬迁").code == 0
    found = answer_of(run, "import", book)["totals"]
    assert found["unchanged"] == found["read"]
    before = answer_of(run, "case", "list", "--all")["cases"]
    assert [row["stage"] for row in before] == ["applicant", "refused", "admitted"]
    monkeypatch.setenv("LEAGUECTL_DB", str(tmp_path / "other.db"))
    assert run("import", "--province", "65", book).code == 0
    known = ("name", "stage", "applied", "next", "earliest")
    after = answer_of(run, "case", "list", "--all")["cases"]
    assert [[figure[key] for key in known] for figure in after] == [
        [figure[key] for key in known] for figure in before
    ]
    assert run("check").code == 0


# -- which kind a sheet is -----------------------------------------------------------------------

FILING = [
    "序号",
    "学校",
    "班级",
    "姓名",
    "性别",
    "民族",
    "身份证号",
    "出生年月",
    "籍贯",
    "联系电话",
    "是否已进行政治家访",
    "家访时间",
    "是否有宗教信仰",
    "分配编号",
    "入团志愿书问题备注",
]
ROSTER = ["姓名", "身份证号", "所在团支部", "性别", "入团时间", "分配编号", "手机号码"]


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (HEADINGS, "candidates"), (LIST, "candidates"), (FILING, "candidates"),
        (ROSTER, "members"), (["姓名", "身份证号", "班级", "分配编号"], "members"),
        (ADMISSION_HEADINGS, "admissions"),
        *(([heading for heading in ADMISSION_HEADINGS if heading != gone], "admissions")
          for gone in ADMISSION_HEADINGS[1:-2]),
        (["姓名", "学历", "备注"], None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_candidates_take_no_sheet_from_another_kind(
    headings: Sequence[str], kind: str | None
) -> None:
    """A roster stays a roster; a sheet with a ballot is of admissions whatever else it lacks."""
    from leaguectl.kinds import KINDS
    from leaguectl.reader import Sheet
    from leaguectl.workbooks.headings import find_tables

    sheet = Sheet("a.xlsx", "表", [(1, list(headings))])
    found = find_tables(sheet, [kind.pattern for kind in KINDS.values()])
    assert [item.kind for item in found] == ([kind] if kind else [])


def test_the_filing_list_of_a_county_opens_cases(
    county: None, run: Run, workbook: Workbook
) -> None:
    """团员发展对象个人信息备案表: no dates at all, so the application is what comes next."""
    values = {"学校": "云杉县第一中学团委", "班级": "云杉县第一中学高一（1）班", "姓名": NAME,
              "性别": "男", "身份证号": NUMBER, "出生年月": "2007.03",
              "分配编号": "202365000009"}  # fmt: skip
    book = workbook(备案表=[["2026年上半年团员发展对象个人信息备案表"], FILING,
                         [values.get(heading) for heading in FILING]])  # fmt: skip
    assert imported(run, book)["totals"]["created"] == 1
    found = answer_of(run, "case", "show", NAME)
    assert (found["next"], found["case"]["applied"]) == ("applied", None)
