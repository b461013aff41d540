"""Values that are asked whether they can be true: who is a member, since when, and where."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from leaguectl.rules.policy import load

Workbook = Callable[..., Path]
BRANCH = "云杉县第一中学高一（1）班团支部"


@pytest.fixture(autouse=True)
def county(run: Run, workbook: Workbook, db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The organisations of a county, on a day of 2023."""
    monkeypatch.setenv("LEAGUECTL_TODAY", "2023-09-20")
    begin(run, workbook, 团组织=ORGANIZATIONS)
    return db


@pytest.fixture
def read(run: Run, workbook: Workbook) -> Callable[..., Any]:
    """Import one sheet; what the answer says of it."""

    def reading(rows: list[list[Any]], *options: str, sheet: str = "名册") -> Any:
        path = workbook("a.xlsx", **{sheet: rows})
        return taken(run, path, *options)

    return reading


def codes_of(answer: Any) -> list[tuple[str, str, str]]:
    """Of each finding its level, its code and its cell."""
    return [(found["level"], found["code"], found["cell"]) for found in answer["findings"]]


def checked(run: Run) -> list[str]:
    """The codes that check finds."""
    answer = answer_of(run, "check", "--on", "2023-09-20")
    return sorted(finding["code"] for finding in answer["findings"])


@pytest.mark.parametrize(
    ("said", "is_refused"),
    [
        *((said, False) for said in ("共青团员", "03", 3, "中共党员", "预备党员", "入党积极分子")),
        *((said, True) for said in ("群众", "少先队员", "积极分子", "13", "非团员")),
        *((said, True) for said in ("群众（未入团）", "已退团", "非团", "不是团员", "未加入")),
        *((said, True) for said in ("申请入团", "超龄离团")),
        *((said, False) for said in ("共青团员（非团干）", "共青团员（未退团）", "保留团籍")),
    ],
)
def test_politics_that_deny_membership_make_no_member(
    run: Run, read: Callable[..., Any], said: Any, is_refused: bool
) -> None:
    """The row is refused in its cell; other politics of a member are taken."""
    answer = read([[*MEMBER_HEADINGS, "政治面貌"], [*member(1), said]])
    refused = [("error", "politics-not-member", "G2")] if is_refused else []
    assert codes_of(answer) == refused
    assert answer["totals"]["created"] == (0 if is_refused else 1)


def test_who_left_may_be_anything_now(read: Callable[..., Any]) -> None:
    """Of a former member the politics of today do not deny the membership of then."""
    rows = [[*MEMBER_HEADINGS, "政治面貌", "离团日期", "离团原因"]]
    rows += [[*member(1), "群众", "2023-06-01", "退团"]]
    assert (answer := read(rows))["totals"]["created"] == 1, answer


def test_a_column_that_asks_for_members_is_read(run: Run, read: Callable[..., Any]) -> None:
    """Of a whole class those marked 否 are not members."""
    rows = [["姓名", "身份证号", "班级", "是否团员"]]
    rows += [[*member(order)[:3], mark] for order, mark in ((1, "是"), (2, "否"))]
    answer = read(rows, "--valid-only")
    assert codes_of(answer) == [("error", "politics-not-member", "D3")]
    assert answer_of(run, "member", "show", id_number(1, "20060301"))[
        "member"
    ]["politics"] == "共青团员"  # fmt: skip


def test_nobody_joins_before_birth(run: Run, read: Callable[..., Any]) -> None:
    """A day, a month or a year in a cell of days that lies before the birth is an error."""
    days = ("2002-05-04", "2006-02", "2006-03-02")
    rows = [member(order, 入团时间=day) for order, day in enumerate(days, 1)]
    found = codes_of(read([MEMBER_HEADINGS, *rows]))
    assert [cell for level, code, cell in found if code == "joined-before-birth"] == ["D2", "D3"]
    assert {level for level, code, _ in found if code == "joined-before-birth"} == {"error"}


def test_a_member_belongs_to_a_branch(run: Run, read: Callable[..., Any]) -> None:
    """Neither a cell nor --org puts somebody into a committee."""
    answer = read([MEMBER_HEADINGS, member(1, 所在团支部="云杉县第一中学团委")])
    assert codes_of(answer) == [("error", "home-is-branch", "C2")]
    answer = read([["姓名", "身份证号"], member(1)[:2]], "--org", "S", "--kind", "members")
    assert [finding["code"] for finding in answer["findings"]] == ["home-is-branch"]


def test_age_is_asked_on_the_day_of_the_sheet(run: Run, read: Callable[..., Any]) -> None:
    """Under fourteen, or past the age of leaving, is a warning in the row and in check."""
    young = ["小甲", id_number(1, "20090921"), BRANCH, None, None, None]
    old = ["老乙", id_number(2, "19900301"), BRANCH, "2005-05-04", None, None]
    answer = read([MEMBER_HEADINGS, young, old])
    assert codes_of(answer) == [("warning", "under-age", "B2"), ("warning", "over-age", "B3")]
    assert answer["totals"]["created"] == 2
    assert {"under-age", "over-age"} <= {*checked(run)}
    assert read([MEMBER_HEADINGS, young, old])["totals"]["unchanged"] == 2
    early = [[*young[:1], id_number(3, "20090901"), *young[2:]]]
    found = codes_of(read([MEMBER_HEADINGS, *early], "--on", "2023-08-31"))
    assert ("warning", "under-age", "B2") in found  # people only in the later one are reported too


def test_whoever_holds_a_post_stays(run: Run, read: Callable[..., Any]) -> None:
    """A secretary past the age of leaving is no finding when the roster comes again."""
    old = ["老乙", id_number(2, "19900301"), BRANCH, "2005-05-04", None, None]
    read([MEMBER_HEADINGS, old])
    posts = [["姓名", "身份证号", "团组织", "团内职务", "任职时间"]]
    assert read([*posts, [*old[:2], "S1", "书记", "2022-09-01"]])["totals"]["created"] == 1
    assert codes_of(read([[*MEMBER_HEADINGS, "手机号码"], [*old, "13800000001"]])) == []
    assert "over-age" not in checked(run)


def test_a_list_of_pupils_is_no_roster(read: Callable[..., Any]) -> None:
    """Names and ID numbers of a class make no members unless something says that they are."""
    pupils = [["学号", "姓名", "身份证号", "班级"], ["2023001", *member(1)[:3]]]
    titled = [["云杉县第一中学2023年秋季学生花名册"], ["姓名", "身份证号", "班级"], member(2)[:3]]
    for rows, row in ((pupils, 1), (titled, 2)):
        answer = read(rows)
        (found,) = answer["findings"]
        assert (found["code"], found["level"], found["row"]) == ("sheet-of-pupils", "error", row)
        assert answer["totals"]["created"] == 0
        assert read(rows, "--kind", "members")["totals"]["created"] == 1


@pytest.mark.parametrize(
    ("title", "heading"),
    [("志愿服务记录", "备注"), ("名单", "服务时长（小时）"), ("2024年五四表彰名单", "备注"),
     ("一中团委", "应交"), ("合唱比赛报名表", "尺码"), ("团费", "实缴")],
)  # fmt: skip
def test_a_list_of_those_who_took_part_is_no_roster(
    read: Callable[..., Any], title: str, heading: str
) -> None:
    """Although it has names, ID numbers and branches: not everybody who helped or won a prize is a
    member. One that says who is has the day of joining, or the politics."""
    rows = [[title], ["姓名", "身份证号", "所在团支部", heading], [*member(1)[:3], "3"]]
    (found,) = read(rows)["findings"]
    assert (found["code"], found["level"], found["row"]) == ("sheet-of-others", "error", 2)
    assert read(rows, "--kind", "members", "-n")["totals"]["created"] == 1
    signed = [rows[0], [*rows[1], "政治面貌"], [*rows[2], "共青团员"]]
    assert read(signed, "-n")["totals"]["created"] == 1


def test_a_list_without_any_sign_is_reported(read: Callable[..., Any]) -> None:
    """A bare list of a class is taken for members with a warning; 团 in a title is a sign."""
    bare = [["姓名", "身份证号", "班级"], [*member(1)[:2], "S1"]]
    assert codes_of(read(bare, "-n")) == [("warning", "sheet-no-sign", None)]
    refused = [["姓名", "身份证号"], member(1)[:2]]  # nothing was taken that could be doubted
    assert codes_of(read(refused, "-n")) == [("error", "heading-missing", None)]
    assert codes_of(read(bare, "-n", sheet="团员")) == []
    assert codes_of(read([bare[0], member(1)[:3]], "-n")) == []  # the branch by its full name


@pytest.mark.parametrize(
    ("order", "born"),
    [(0, "20051228"), (0, "20060301"), (70, "20060303"), (280, "20060301")],
)
def test_lost_digits_are_reported_where_the_check_digit_fits(
    run: Run, read: Callable[..., Any], order: int, born: str
) -> None:
    """Nobody has the order 000, and 000 at the end is what a spreadsheet writes for lost digits."""
    number = id_number(order, born)
    is_doubtful = order == 0 or number.endswith("000")
    answer = read([MEMBER_HEADINGS, member(1, 身份证号=number)])
    codes = [code for _, code, _ in codes_of(answer)]
    assert codes == (["id-digits-lost"] if is_doubtful else [])
    assert ("id-digits-lost" in checked(run)) == is_doubtful


def test_a_ratio_is_one_ratio_everywhere(
    run: Run, read: Callable[..., Any], tmp_path: Path
) -> None:
    """check, survey show and stats use the rows; a different report is a finding."""
    read([MEMBER_HEADINGS, *(member(order) for order in range(1, 5))])
    survey = [["年度", "团组织", "学段", "学生数", "团员数"], [2023, "S", "普通高中", 3, 9]]
    policy = '[[ratio]]\nfrom = 2016-11-14\nsenior_middle = "0.50"\n'
    path = tmp_path / "own.toml"
    path.write_text(policy, encoding="utf-8")
    assert run("policy", "set", path, "--reason", "本县").code == 0
    assert read(survey, sheet="摸底")["findings"] == []
    answer = answer_of(run, "check", "ratio-capped", "survey-members-differ")
    messages = {found["code"]: found["message"] for found in answer["findings"]}
    assert "133.33%" in messages["ratio-capped"]
    assert "9" in messages["survey-members-differ"]
    (row,) = answer_of(run, "survey", "show", "2023")["rows"]
    assert (row["reported"], row["members"], float(row["ratio"])) == (9, 4, 1.3333)
    assert run("stats", "2023", "--get", "ratios.member_student").out.strip() == "1.3333"


def test_whoever_was_trained_by_name_is_not_missing(run: Run, read: Callable[..., Any]) -> None:
    """A list of trainees without ID numbers accuses nobody on it."""
    posts = [["姓名", "身份证号", "团组织", "团内职务", "任职时间"]]
    posts += [[*member(order)[:2], "S1", post, "2022-09-01"]
              for order, post in ((1, "书记"), (2, "副书记"))]  # fmt: skip
    assert read(posts, sheet="团干部")["totals"]["created"] == 2
    course = [["培训名称", "培训类别", "培训日期", "姓名"]]
    course += [["岗位大练兵", "岗位大练兵", "2023-04-01", member(1)[0]]]
    assert read(course, sheet="培训")["totals"]["created"] == 1
    missing = answer_of(run, "training", "missing", "--year", "2023")["rows"]
    assert [row["name"] for row in missing] == [member(2)[0]]


def test_two_rows_of_one_person_that_complete_each_other_are_one(
    run: Run, read: Callable[..., Any]
) -> None:
    """A second row may add a phone; one that adds nothing, or says otherwise, is refused."""
    headings = [*MEMBER_HEADINGS, "手机号码"]
    full, bare = [*member(1), None], [*member(1)[:3], None, None, None, "13800000002"]
    answer = read([headings, full, bare])
    assert codes_of(answer) == [("warning", "row-completes", "B3")]
    assert (answer["totals"]["created"], answer["totals"]["updated"]) == (1, 1)
    card = answer_of(run, "member", "show", id_number(1, "20060301"))["member"]
    assert (card["phone"][-2:], card["joined"]) == ("02", "2020-05-04")
    other = [*member(2), None]
    assert ("error", "row-repeated", "B3") in codes_of(read([headings, other, other]))
    second = [*member(2, 入团时间="2021-05-04")[:4], None, None, "13800000003"]
    found = codes_of(read([headings, other, second]))
    assert {("error", "row-repeated", "B3"), ("error", "rows-differ", "D3")} <= {*found}
    assert not {"joined-differs"} & {code for _, code, _ in found}  # nothing is stored yet


def test_several_who_look_alike_are_one_doubt_in_each_row(read: Callable[..., Any]) -> None:
    """Eight of one name and birth date are eight warnings at most, not twenty-eight."""
    rows = [["同名", *member(order)[1:3]] for order in range(1, 9)]
    found = codes_of(read([["姓名", "身份证号", "所在团支部"], *rows]))
    alike = [cell for _, code, cell in found if code == "person-alike"]
    assert alike == [f"B{row}" for row in range(3, 10)]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        *(
            (words, None)
            for words in ("党支部书记", "党委书记", "村支书", "镇委书记", "机关党委委员")
        ),
        *(
            (words, None)
            for words in ("原书记", "拟任书记", "候补委员", "团委候补委员", "书记（拟任）")
        ),
        ("党支部书记兼团支部书记", "secretary"),
        ("团支部书记（党员）", "secretary"),
        ("前进村团支部书记", "secretary"),
        ("原平团委书记", "secretary"),
        ("团县委副书记", "deputy secretary"),
        ("组织委员", "committee member"),
    ],
)
def test_a_post_is_one_of_the_league_that_is_held(words: str, title: str | None) -> None:
    """Posts of the Party and of villages, and those of before or to come, are none of ours."""
    assert load().title_of(words) == title
