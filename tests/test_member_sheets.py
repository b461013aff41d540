"""Sheets about members that are no roster: yearly registration, discipline, transfers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member

Workbook = Callable[..., Path]
HOME = member(1)[2]
ONE, TWO, THREE = (member(at)[:2] for at in (1, 2, 3))
REVEALED = ("--reveal", "--reason", "copy")

REGISTRATIONS = [
    ["2023年度团籍注册花名册"],
    ["姓名", "身份证号", "所在团支部", "评议等次", "注册情况", "注册时间"],
    [*ONE, HOME, "优秀", "已注册", date(2024, 1, 10)],
    [*TWO, HOME, "不合格", "暂缓注册", None],
    [THREE[0], None, HOME, None, "是", None],
]
DISCIPLINE = [
    ["姓名", "身份证号", "处分种类", "处分日期", "处分文号", "解除日期"],
    [*ONE, "警告", date(2023, 3, 1), "云团发〔2023〕9号", None],
    [*TWO, "留团察看", date(2023, 3, 1), "云团发〔2023〕10号", date(2023, 9, 1)],
    [*THREE, "开除团籍", date(2023, 3, 1), "云团发〔2023〕11号", None],
]


TRANSFERS = [
    ["姓名", "身份证号", "转出团支部", "转入团支部", "时间", "状态", "接收时间", "入团时间"],
    [*ONE, HOME, "青松市某大学", date(2023, 6, 20), None, None, None],
    [*TWO, HOME, "桥头村团支部", date(2023, 6, 20), "已接收", date(2023, 7, 1), None],
    [*THREE, HOME, "青松市某大学", date(2023, 6, 20), "已转出", None, None],
    ["来者", id_number(60), "青松市一中团支部", HOME, date(2023, 9, 1), None, None, "2022.05"],
]


@pytest.fixture
def people(run: Run, db: Path, workbook: Workbook) -> None:
    """Three members of one branch."""
    there = [MEMBER_HEADINGS, member(1), member(2), member(3)]
    begin(run, workbook, "--province", "65", 团组织=ORGANIZATIONS, 团员=there)


def codes(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """What was found, and in which cell."""
    return [(finding["code"], finding["cell"]) for finding in answer["findings"]]


def rows(run: Run, kind: str) -> list[dict[str, Any]]:
    """What an export of a kind has."""
    found: list[dict[str, Any]] = answer_of(run, "export", kind, *REVEALED)["rows"]
    return found


def comes_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, *, read: int
) -> None:
    """What is exported of a kind changes nothing here, and makes the same in an empty registry."""
    single, everything = tmp_path / "one.xlsx", tmp_path / "all.xlsx"
    assert run("export", kind, "-o", single, *REVEALED).code == 0
    again = taken(run, single)
    assert (again["findings"], again["totals"]["unchanged"], again["totals"]["read"]) == (
        [], read, read,
    )  # fmt: skip
    before = rows(run, kind)
    assert run("export", "all", "-o", everything, *REVEALED).code == 0
    monkeypatch.setenv("LEAGUECTL_DB", str(tmp_path / "other.db"))
    ran = run("import", "--province", "65", everything)
    assert ran.code == 0, ran.err
    assert rows(run, kind) == before


# -- yearly registration -------------------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_a_list_of_registrations_is_read(
    run: Run, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The year stands in the title; who has no day was registered on that of the sheet."""
    book = workbook(注册=REGISTRATIONS)
    answer = taken(run, "--on", "2024-01-12", book)
    assert (answer["findings"], answer["totals"]["created"]) == ([], 3)
    assert [
        (row["year"], row["grade"], row["is_registered"], row["registered"])
        for row in rows(run, "registrations")
    ] == [
        (2023, "excellent", "yes", "2024-01-10"), (2023, "unqualified", "no", None),
        (2023, None, "yes", "2024-01-12"),
    ]  # fmt: skip
    assert taken(run, book)["totals"]["unchanged"] == 3  # another day says nothing else
    comes_again(run, tmp_path, monkeypatch, "registrations", read=3)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("said", "code", "cell"),
    [
        ([*ONE, HOME, None, None, None], "registration-empty", "D3"),
        ([*ONE, HOME, "优秀", "否", date(2024, 1, 9)], "registration-both", "F3"),
        ([*ONE, HOME, "优秀", None, date(2022, 1, 9)], "registered-early", "F3"),
        ([*ONE, HOME, "优秀", None, date(2025, 1, 9)], "day-ahead", "F3"),
        ([*ONE, "无名团支部", "优秀", "是", None], "organization-unknown", "C3"),
        (["无此人", None, HOME, "优秀", "是", None], "milestone-bearer", "A3"),
        (["别人", None, None, "优秀", "是", None], "branch-not-said", "A3"),
        ([*ONE, HOME, "合格", "已注册", None], "stored-differs", "D3"),
        ([*ONE, HOME, "优秀", "未注册", None], "stored-differs", "E3"),
    ],
)
def test_what_is_wrong_with_a_registration_is_reported(
    run: Run, workbook: Workbook, said: list[Any], code: str, cell: str
) -> None:
    """Each in its cell, and nothing is written."""
    if code == "stored-differs":
        assert run("import", workbook("first.xlsx", 注册=REGISTRATIONS)).code == 0
    answer = taken(run, workbook("wrong.xlsx", 注册=[*REGISTRATIONS[:2], said]))
    assert (codes(answer), answer["operation"]) == ([(code, cell)], None)


@pytest.mark.usefixtures("people")
def test_a_registration_is_corrected_with_a_reason(run: Run, workbook: Workbook) -> None:
    """Also that it was none."""
    assert run("import", workbook("first.xlsx", 注册=REGISTRATIONS)).code == 0
    none = workbook("second.xlsx", 注册=[*REGISTRATIONS[:2], [*ONE, HOME, "合格", "未注册", None]])
    assert run("import", none, "--reason", "minutes").code == 0
    first = rows(run, "registrations")[0]
    assert (first["grade"], first["is_registered"]) == ("qualified", "no")


def test_the_year_in_a_title_is_the_year(run: Run, db: Path, workbook: Workbook) -> None:
    """Of a plan as of a list; where the title names two, the column is asked for."""
    plan = [["团组织", "名额", "号段起"], [ORGANIZATIONS[1][1], 9, "202465000001"]]
    two = [["2023年结转2024年发展团员计划分配表"], *plan]
    assert run("import", "--province", "65", workbook("o.xlsx", 团组织=ORGANIZATIONS)).code == 0
    answer = taken(run, "--dry-run", workbook("two.xlsx", 计划=two))
    assert [finding["code"] for finding in answer["findings"]] == ["heading-missing"]
    book = workbook("plan.xlsx", 计划=[["2024年发展团员计划分配表（2023年12月1日）"], *plan])
    assert taken(run, book)["findings"] == []
    assert [row["year"] for row in rows(run, "quotas")] == [2024]


# -- discipline ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_a_list_of_measures_is_read(
    run: Run, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expulsion ends the membership; a later sheet says when a warning was lifted."""
    book = workbook(处分=DISCIPLINE)
    answer = taken(run, book)
    assert (answer["findings"], answer["totals"]["created"]) == ([], 3)
    assert taken(run, book)["totals"]["unchanged"] == 3
    left = {row["name"]: (row["left"], row["leaving_reason"]) for row in rows(run, "members")}
    assert left[THREE[0]] == ("2023-03-01", "expelled")
    assert left[TWO[0]] == (None, None)
    lifted = [*DISCIPLINE[1][:-1], date(2023, 8, 1)]
    assert taken(run, workbook("l.xlsx", 处分=[DISCIPLINE[0], lifted]))["totals"]["updated"] == 1
    assert [row["lifted"] for row in rows(run, "discipline")] == ["2023-08-01", "2023-09-01", None]
    comes_again(run, tmp_path, monkeypatch, "discipline", read=3)


@pytest.mark.usefixtures("people")
def test_removal_from_post_ends_the_posts(run: Run, workbook: Workbook) -> None:
    """What was held on the day, and no term that ended before."""
    posts = [["姓名", "身份证号", "团组织", "团内职务", "任职时间", "离任时间"]]
    posts += [[*ONE, HOME, "书记", date(2022, 9, 1), None]]
    posts += [[*ONE, HOME, "组织委员", date(2021, 9, 1), date(2022, 9, 1)]]
    removed = [*ONE, "撤销团内职务", date(2023, 3, 1), "云团发〔2023〕9号", None]
    assert run("import", workbook("p.xlsx", 团干部=posts)).code == 0
    assert taken(run, workbook("d.xlsx", 处分=[DISCIPLINE[0], removed]))["findings"] == []
    assert sorted(row["until"] for row in rows(run, "cadres")) == ["2022-09-01", "2023-03-01"]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("said", "code", "cell"),
    [
        ([*ONE, "留团察看", date(2023, 3, 1), "9号", None], "probation-months", "F2"),
        ([*ONE, "警告", date(2023, 3, 1), "9号", date(2023, 2, 1)], "discipline-reversed", "F2"),
        ([*ONE, "警告", date(2024, 3, 1), "9号", None], "day-ahead", "D2"),
        ([*ONE, "警告", date(2010, 3, 1), "9号", None], "day-before-membership", "D2"),
        ([*ONE, "警告", date(2023, 3, 1), None, None], "cell-missing", "E2"),
        ([*ONE, "记过", date(2023, 3, 1), "9号", None], "choice-unknown", "C2"),
        (["别人", id_number(77), "警告", date(2023, 3, 1), "9号", None], "milestone-person", "B2"),
        ([*ONE, "警告", date(2023, 4, 1), "9号", None], "discipline-in-force", "C2"),
    ],
)
def test_what_is_wrong_with_a_measure_is_reported(
    run: Run, workbook: Workbook, said: list[Any], code: str, cell: str
) -> None:
    """Each in its cell, and nothing is written."""
    if code == "discipline-in-force":
        assert run("import", workbook("first.xlsx", 处分=DISCIPLINE)).code == 0
    answer = taken(run, workbook("wrong.xlsx", 处分=[DISCIPLINE[0], said]))
    assert (codes(answer), answer["operation"]) == ([(code, cell)], None)


# -- transfers -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_a_list_of_transfers_is_read(
    run: Run, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Transfers out are requested, transfers within and out are settled where the sheet says so,
    people who come are accepted; places elsewhere are reported once each."""
    book = workbook(转接=TRANSFERS)
    answer = taken(run, book)
    assert answer["totals"]["created"] == 4
    assert [finding["code"] for finding in answer["findings"]] == ["place-elsewhere"] * 2
    again = taken(run, book)
    assert (again["findings"], again["totals"]["unchanged"]) == ([], 4)
    listed = answer_of(run, "transfer", "list")["rows"]
    assert sorted((row["name"], row["state"], row["settled"]) for row in listed) == sorted([
        (ONE[0], "pending", None), (TWO[0], "accepted", "2023-07-01"),
        (THREE[0], "accepted", "2023-06-20"), ("来者", "accepted", "2023-09-01"),
    ])  # fmt: skip
    homes = {row["name"]: (row["organization"], row["left"]) for row in rows(run, "members")}
    assert homes[ONE[0]] == (HOME, None)
    assert homes[TWO[0]] == ("桥头村团支部", None)
    assert homes[THREE[0]] == (HOME, "2023-06-20")
    assert homes["来者"] == (HOME, None)
    arrived = [*TRANSFERS[1][:5], "已接收", date(2023, 8, 1), None]
    assert taken(run, workbook("a.xlsx", 转接=[TRANSFERS[0], arrived]))["totals"]["updated"] == 1
    assert run("check").code == 0
    comes_again(run, tmp_path, monkeypatch, "transfers", read=4)


@pytest.mark.usefixtures("people")
def test_a_list_of_arrivals_has_the_day_of_arrival_alone(run: Run, workbook: Workbook) -> None:
    """转出地 and 转入时间: whoever came that day was asked for that day; a row without any day is
    refused."""
    head = ["姓名", "身份证号", "转出地", "转入团支部", "转入时间"]
    came = ["来者", id_number(60), "青松市一中团支部", HOME, date(2023, 9, 1)]
    assert taken(run, workbook("a.xlsx", 转接=[head, came]))["totals"]["created"] == 1
    (row,) = rows(run, "transfers")
    assert (row["transfer_state"], row["requested"]) == ("accepted", "2023-09-01")
    refused = taken(run, workbook("b.xlsx", 转接=[head, [*came[:4], None]]))
    assert [code for code, _ in codes(refused)] == ["cell-missing"]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("said", "code", "cell"),
    [
        ([*ONE, "甲地", "乙地", date(2023, 6, 20)], "transfer-not-ours", "C2"),
        ([*ONE, "桥头村团支部", "乙地", date(2023, 6, 20)], "transfer-not-from", "C2"),
        ([*ONE, HOME, HOME, date(2023, 6, 20)], "transfer-nowhere", "D2"),
        ([*ONE, HOME, "乙地", date(2025, 6, 20)], "day-ahead", "E2"),
        ([*ONE, HOME, "乙地", date(2010, 6, 20)], "day-before-membership", "E2"),
        ([*ONE, HOME, "乙地", date(2023, 6, 20), None, date(2023, 6, 1)],
         "transfer-before-request", "G2"),
        (["来者", None, "甲地", HOME, date(2023, 6, 20)], "transfer-nameless", "A2"),
        ([*ONE, "甲地", HOME, date(2023, 6, 20), "已转入"], None, None),
        ([*ONE, "甲地", "桥头村团支部", date(2023, 6, 20)], "member-now", "D2"),
        ([*ONE, HOME, "丙地", date(2023, 6, 21)], "transfer-pending", "A2"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_transfer_is_reported(
    run: Run, workbook: Workbook, said: list[Any], code: str | None, cell: str | None
) -> None:
    """Each in its cell; who is there already is only noted as having come."""
    if code == "transfer-pending":
        assert run("import", workbook("first.xlsx", 转接=TRANSFERS[:2])).code == 0
    row = [*said, *[None] * (len(TRANSFERS[0]) - len(said))]
    answer = taken(run, workbook("wrong.xlsx", 转接=[TRANSFERS[0], row]))
    errors = [each for each in answer["findings"] if each["level"] == "error"]
    assert [(each["code"], each["cell"]) for each in errors] == ([(code, cell)] if code else [])


# -- files ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_a_check_list_of_files_is_read(
    run: Run, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mark for each paper; what a later list has found is there now."""
    heads = ["姓名", "身份证号", "入团申请书", "入团积极分子培养考察登记表", "团员登记表", "团员证"]
    book = workbook(档案=[heads, [*ONE, "有", "有", "无", "有"], [*TWO, "√", "遗失", None, None]])
    answer = taken(run, book)
    assert (answer["findings"], answer["totals"]["created"]) == ([], 2)
    assert taken(run, book)["totals"]["unchanged"] == 2
    later = workbook("later.xlsx", 档案=[heads, [*ONE, None, None, "有", None]])
    assert taken(run, later)["totals"]["updated"] == 1
    papers = ("application_paper", "training_paper", "register_paper", "certificate_paper")
    assert [[row[paper] for paper in papers] for row in rows(run, "archives")] == [
        ["on hand", "on hand", "on hand", None], ["on hand", "lost", None, None],
    ]  # fmt: skip
    comes_again(run, tmp_path, monkeypatch, "archives", read=2)


@pytest.mark.usefixtures("people")
def test_a_check_list_does_not_take_a_serial_away(run: Run, workbook: Workbook) -> None:
    """A certificate that is known by its serial is not made absent by a mark."""
    heads = ["姓名", "身份证号", "入团申请书", "团员证"]
    assert codes(taken(run, workbook("d.xlsx", 档案=[heads, [*ONE, "有", "无"]]))) == [
        ("paper-has-serial", "D2")
    ]
