"""A cell that shows a month is a month, whatever number stands behind it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sheetmakers
from conftest import Ran, answer_of, taken
from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, admission, member
from leaguectl.kinds import KINDS
from leaguectl.kinds.cells import day as any_day
from leaguectl.kinds.cells import exact_day
from leaguectl.kinds.line import precision_field, shared_fields
from leaguectl.kinds.parsing import cell_type
from leaguectl.model import Milestone
from leaguectl.reader import Month, read
from leaguectl.reader.number_formats import shown_by
from sheetmakers import Formatted, Maker, Page

Run = Callable[..., Ran]
Workbook = Callable[..., Path]

FIRST = date(2020, 5, 1)
MAKERS: dict[str, Maker] = {
    "xlsx": sheetmakers.xlsx, "xls": sheetmakers.xls, "xlsb": sheetmakers.xlsb,
    "ods": sheetmakers.ods,
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('yyyy"年"m"月"', "month"), ("yyyy.mm", "month"), ("yyyy-mm", "month"), ("mmm-yy", "month"),
        ("yyyymm", "month"), ('yyyy"年"m"月";@', "month"), ("yyyy/m", "month"),
        ('[$-804]yyyy"年"m"月"', "month"), (r"yyyy\年m\月", "month"), ("m/yyyy", "month"),
        ("YYYY-MM", "month"), ("yyyy", "year"), ('yyyy"年"', "year"), ("00000000", 8),
        ("yyyy-mm-dd", None), ('yyyy"年"m"月"d"日"', None), ("m/d/yy h:mm", None), ("h:mm", None),
        ('m"月"d"日"', None), ("[h]:mm", None), ("0", None), ("0.00", None), ("General", None),
        ("@", None), ("#,##0", None), ('0"岁"', None),
    ],
)  # fmt: skip
def test_a_format_says_what_its_cell_shows(code: str, shown: Any) -> None:
    """A format without a day shows a month, one without a month a year."""
    assert shown_by(code) == shown


@pytest.mark.parametrize("ending", MAKERS)
def test_every_format_of_file_says_what_its_cells_show(ending: str, tmp_path: Path) -> None:
    """Of the formats of workbooks; a day in a format of days stays a day."""
    row = [
        Formatted(FIRST, 'yyyy"年"m"月"'), Formatted(FIRST, "yyyy-mm"), Formatted(FIRST, "yyyy"),
        Formatted(FIRST, "yyyy-mm-dd"), "文",
    ]  # fmt: skip
    path = tmp_path / f"months.{ending}"
    path.write_bytes(MAKERS[ending]([Page([["甲", "乙", "丙", "丁", "戊"], row, row])]))
    (sheet,) = read(path).sheets
    for _, cells in sheet.rows[1:]:
        assert [type(cell) for cell in cells[:2]] == [Month, Month]
        assert cells[2] == "2020"
        day = cells[3] if isinstance(cells[3], date) else date(1899, 12, 30)
        assert (type(cells[3]) is Month, day.day) != (True, 1)
        assert str(cells[0]) == "2020-05"


@pytest.mark.parametrize("ending", ["xlsx", "xls", "xlsb"])
def test_a_number_is_read_with_the_zeros_that_its_cell_shows(ending: str, tmp_path: Path) -> None:
    """00123456 is what a clerk sees; a number that lost digits stays one that did."""
    path = tmp_path / f"zeros.{ending}"
    row = [Formatted(123456, "00000000"), Formatted(658899200603010014, "0" * 18), 7]
    path.write_bytes(MAKERS[ending]([Page([["证", "号", "数"], row])]))
    (sheet,) = read(path).sheets
    zeros, lost, plain = sheet.rows[1][1]
    assert (zeros, type(lost), plain) == ("00123456", float, 7)


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("month_first", [True, False])
def test_a_month_and_its_day_agree_in_either_order(
    ending: str, month_first: bool, run: Run, county: Path, tmp_path: Path
) -> None:
    """The day of joining is completed by an exact day, and a month takes nothing of it away."""
    at = MEMBER_HEADINGS.index("入团时间")
    for part in ("month", "day") if month_first else ("day", "month"):
        row = [*member(1)]
        row[at] = Formatted(FIRST, 'yyyy"年"m"月"') if part == "month" else "2020-05-04"
        path = tmp_path / f"{part}.{ending}"
        path.write_bytes(MAKERS[ending]([Page([MEMBER_HEADINGS, row])]))
        found = taken(run, path)
        assert (found["totals"]["rejected"], found["findings"]) == (0, [])
    shown = run("member", "show", member(1)[0], "-O", "json").out
    assert "2020-05-04" in shown


def test_a_step_of_an_admission_needs_its_day(run: Run, county: Path, tmp_path: Path) -> None:
    """As for a month in words: the day is missing, and the cell is quoted as it is."""
    row = [*admission(1)]
    row[ADMISSION_HEADINGS.index("支部大会时间")] = Formatted(date(2023, 4, 1), 'yyyy"年"m"月"')
    path = tmp_path / "admit.xlsx"
    path.write_bytes(sheetmakers.xlsx([Page([ADMISSION_HEADINGS, row])]))
    found = answer_of(run, "admit", path)
    (fault,) = found["findings"]
    assert (fault["code"], found["admitted"]) == ("day-month-only", [])
    assert "2023年4月" in fault["message"]
    assert fault["value"] in ("2023年4月", "2023-04")


@pytest.mark.parametrize("days", [("2022年9月", "2022-09-15"), ("2022-09-15", "2022年9月")])
def test_the_day_of_a_post_completes_its_month_in_either_order(
    days: tuple[str, str], run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """A month is kept as one where no day is known, and agrees with the day that is; sheets say it
    as it is known."""
    headings = ["姓名", "所在团组织", "团内职务", "任职时间"]
    for index, day in enumerate(days):
        sheet = workbook(f"{index}.xlsx", 干部=[headings, ["王示范", member(1)[2], "书记", day]])
        found = taken(run, "--kind", "cadres", sheet)
        assert found["totals"]["rejected"] == 0
        (term,) = answer_of(run, "post", "list")["rows"]
        assert term["since"] == ("2022-09" if (index, day) == (0, "2022年9月") else "2022-09-15")
        export = tmp_path / f"out{index}.csv"
        run("export", "cadres", "-o", export)
        assert taken(run, export)["totals"]["unchanged"] == 1


def test_a_term_of_which_a_month_is_known_may_follow_another_of_that_month(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Nobody is said to hold a post twice at a time for a day that nobody said; but a day that says
    that a term begins after its end is refused."""
    headings = ["姓名", "所在团组织", "团内职务", "任职时间", "离任时间"]
    term = ["王示范", member(1)[2], "书记"]
    for number, (since, until, codes) in enumerate((
        ("2021-09-01", "2022-09-10", []),
        ("2022年9月", "2022-09-20", []),
        ("2022-09-25", None, ["term-reversed"]),
        ("2022-09-12", None, []),
        ("2023-03-01", "2022年8月", ["term-reversed"]),
        ("2023-03-01", "2023年7月", []),
        ("2023-07-20", None, []),
        ("2023-03-01", "2023-07-15", []),
    )):  # fmt: skip
        sheet = workbook(f"{number}.xlsx", 干部=[headings, [*term, since, until]])
        found = taken(run, "--kind", "cadres", sheet)
        reported = [finding["code"] for finding in found["findings"] if finding["level"] == "error"]
        assert reported == codes
    terms = answer_of(run, "post", "list", "--past")["rows"]
    assert [term["until"] for term in terms if term["since"] == "2023-03-01"] == ["2023-07-15"]


@pytest.mark.parametrize("days", [("2015年5月", "2015-05-20"), ("2015-05-20", "2015年5月")])
def test_a_month_of_founding_is_kept_as_one(
    days: tuple[str, str], run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """So is that of an election. Nobody is told a first of May that nobody said, the day completes
    the month in either order, another month contradicts it, and what is exported says the same."""
    headings = ["团组织全称", "上级组织", "组织类型", "成立日期", "换届时间"]
    new = ["云杉县林场团支部", "共青团云杉县委员会", "团支部"]
    for index, day in enumerate(days):
        sheet = workbook(f"{index}.xlsx", 团组织=[headings, [*new, day, "2021年9月"]])
        found = taken(run, sheet)
        assert (found["totals"]["rejected"], found["findings"]) == (0, [])
        is_month = (index, day) == (0, "2015年5月")
        shown = run("org", "show", new[0], "-O", "json").out
        assert ('"2015-05"' in shown, '"2015-05-20"' in shown) == (is_month, not is_month)
        export = tmp_path / f"out{index}.csv"
        run("export", "organizations", "-o", export)
        assert "2021-09-01" not in export.read_text("utf-8")
        again = taken(run, export)["totals"]
        assert (again["rejected"], again["updated"]) == (0, 0)
    other = workbook("other.xlsx", 团组织=[headings, [*new, "2015年6月", None]])
    (fault,) = taken(run, other)["findings"]
    assert (fault["code"], "2015-06-01" in fault["message"]) == ("stored-differs", False)


DAYS = {
    f"{kind.name}.{column}": cell_type(info) is exact_day
    for kind in KINDS.values()
    for column, info in kind.line.model_fields.items()
    if cell_type(info) in (any_day, exact_day)
}
"""Every column of a day, and whether it needs the day itself."""
KEPT = {
    f"{kind.name}.{column}"
    for kind in KINDS.values()
    for entity in kind.entities
    for column, field in shared_fields(kind.line, entity)
    if precision_field(entity, field) is not None
} | {
    f"milestones.{column}" for column in KINDS["milestones"].line.model_fields
    if DAYS.get(f"milestones.{column}") is False
}  # fmt: skip
"""Columns of which a month is kept as one."""
NEEDED = {
    "admissions": "the steps of an admission, between which the rules count days",
    "candidates": "likewise",
    "discipline": "a measure is in force from one day to another",
    "events": "the tree of that day",
    "homes": "the members of each day",
    "members.seen": "the day of a roster",
    "numbers": "the state of each day",
    "periods": "the values of each day",
    "transfers": "the deadlines of a procedure",
}
"""Kinds whose days are asked for, or single columns, with the reason."""
OF_THE_STORED_DAY = {"members.left", "members.arrived", "organizations.dissolved"}
"""Days that end or begin what is counted by the day: a month agrees with the stored day of it."""
COMPARED_ALONE = {f"{kind}.born" for kind in KINDS}


def test_every_day_of_every_sheet_is_kept_as_it_is_known() -> None:
    """Whoever declares a new column of a day keeps its month, or says here why it needs the day."""
    needed = {name for name, is_needed in DAYS.items() if is_needed}
    asked = {name if name in NEEDED else name.partition(".")[0] for name in needed}
    assert asked == {*NEEDED}
    others = {name for name, is_needed in DAYS.items() if not is_needed}
    others -= KEPT | OF_THE_STORED_DAY | COMPARED_ALONE
    assert {name for name in others if name.partition(".")[0] not in NEEDED} == set()
    assert precision_field(Milestone, "day") is not None


def filled(kind: str, column: str, day: str) -> list[list[Any]]:
    """A sheet of that kind with its least row, of somebody who is in the registry."""
    who = dict(zip(("name", "id_number", "organization"), member(1), strict=False))
    known = who | {"serial": member(1)[5], "state": "有效", "year": 2023, "launched": "2023-04-10"}
    said = {
        heading.field: known.get(heading.field, heading.example)
        for heading in KINDS[kind].headings
        if heading.required or heading.field in who
    } | {column: day}
    texts = {heading.field: heading.headings[0] for heading in KINDS[kind].headings}
    return [[texts[field] for field in said], [*said.values()]]


TRIED_ABOVE = ("members", "cadres", "organizations")
MORE = sorted(name for name in KEPT if name.partition(".")[0] not in (*TRIED_ABOVE, *NEEDED))


@pytest.mark.parametrize("name", MORE)
def test_a_month_is_completed_by_its_day_in_every_kind(
    name: str, run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """In either order: it is kept and exported as it is known, and another month contradicts it."""
    kind, _, column = name.partition(".")
    roster = workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, member(1)])
    assert run("import", roster).code == 0
    begun = county.read_bytes()
    for days in (("2023年5月", "2023-05-20"), ("2023-05-20", "2023年5月")):
        county.write_bytes(begun)
        for index, day in enumerate(days):
            sheet = workbook(f"{index}.xlsx", 表=filled(kind, column, day))
            found = taken(run, "--kind", kind, sheet)
            errors = [fault for fault in found["findings"] if fault["level"] == "error"]
            assert (found["totals"]["rejected"], errors) == (0, [])
            export = tmp_path / "out.csv"
            assert run("export", kind, "-o", export, "--reveal", "--reason", "test").code == 0
            text = export.read_text("utf-8")
            is_month = (index, day) == (0, days[0]) and day.endswith("月")
            assert ("2023-05-20" not in text) == is_month
            assert "2023-05" in text
            assert not any(f"2023-05-{day}" in text for day in ("01", "31"))
            again = taken(run, export)["totals"]
            assert (again["rejected"], again["updated"], again["created"]) == (0, 0, 0)
    shown = run("member", "history", member(1)[0], "-O", "json").out
    assert "2023-05-01" not in shown
    if column != "launched":  # which is another campaign
        sheet = workbook("other.xlsx", 表=filled(kind, column, "2023年6月"))
        found = taken(run, "--kind", kind, sheet)
        assert [fault["code"] for fault in found["findings"]] == ["stored-differs"]
        assert "2023-06-" not in found["findings"][0]["message"]
