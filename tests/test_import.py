"""Import: what goes in, what is refused and why, what is never written, erased or shown."""

import csv
import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, Ran, Run, answer_of, codes, select, taken
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)
from hostile import compound_file

Rows = Sequence[Sequence[Any]]
Workbook = Callable[..., Path]
PHONE = "13800000001"
TREE_HEADINGS = ["团组织编码", "团组织全称", "上级组织", "组织类型", "领域", "行业类别"]


def errors(found: dict[str, Any]) -> list[str]:
    """The codes of an answer's findings that are errors."""
    return [finding["code"] for finding in found["findings"] if finding["level"] == "error"]


def text_of(table: Rows, delimiter: str = ",") -> str:
    """The rows as a text table."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table)
    return out.getvalue()


# -- the answer ----------------------------------------------------------------------------------


def test_the_answer_has_the_keys_that_scripts_rely_on(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """The JSON answer is whole and alone on stdout, with the keys of the contract."""
    table = [[*MEMBER_HEADINGS, "籍贯"], [*member(1), "云杉"], [*member(2, 姓名="九9"), ""]]
    ran = run("import", "-O", "json", "--valid-only", workbook("a.xlsx", 团员=table))
    found = json.loads(ran.out)
    assert found["schema"] == "leaguectl/import@1"
    assert found["operation"] == 2
    assert found["dry_run"] is False
    counts = {"read": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    assert found["totals"] == counts
    (sheet,) = found["sheets"]
    wanted = {
        "file": "a.xlsx", "sheet": "团员", "kind": "members", "header_row": 1,
        "ignored_columns": ["籍贯"],
    }  # fmt: skip
    assert {key: sheet[key] for key in wanted | counts} == wanted | counts
    (fault,) = found["findings"]
    assert fault["fix"]
    assert fault["message"]
    assert {key: fault[key] for key in fault if key not in ("fix", "message", "heading")} == {
        "code": "name-not-a-name", "level": "error", "file": "a.xlsx", "sheet": "团员",
        "row": 3, "column": "A", "cell": "A3", "field": "name", "value": "九9",
    }  # fmt: skip


def test_every_row_that_was_read_ends_in_one_way(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """For each sheet and in total, read is created, updated, unchanged and rejected together."""
    run("import", workbook(团员=[MEMBER_HEADINGS, member(1), member(2)]))
    path = workbook(
        团员=[
            MEMBER_HEADINGS, member(1), member(2, 所在团支部="S2"), member(3),
            member(4, 身份证号="1"), member(5, 所在团支部="没有的支部"),
        ],
        发展=[ADMISSION_HEADINGS, admission(1), admission(2, 团课学时=1)],
    )  # fmt: skip
    for options in (("--dry-run",), ("--valid-only",)):
        found = taken(run, *options, path)
        assert found["totals"] == {
            "read": 7, "created": 2, "updated": 1, "unchanged": 1, "rejected": 3,
        }  # fmt: skip
        for counts in (found["totals"], *found["sheets"]):
            ended = [counts[key] for key in ("created", "updated", "unchanged", "rejected")]
            assert counts["read"] == sum(ended)
        for key in ("read", "created", "rejected"):
            assert sum(sheet[key] for sheet in found["sheets"]) == found["totals"][key]


def test_two_files_of_one_name_are_counted_apart(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """Every school sends its 团员.xlsx; each is counted for itself and once in the total."""
    for at in (1, 2):
        (tmp_path / str(at)).mkdir()
        path = workbook("团员.xlsx", 团员=[MEMBER_HEADINGS, member(at)])
        path.rename(tmp_path / str(at) / "团员.xlsx")
    found = taken(run, tmp_path / "1" / "团员.xlsx", tmp_path / "2" / "团员.xlsx")
    assert found["totals"]["created"] == 2
    assert [sheet["created"] for sheet in found["sheets"]] == [1, 1]


def test_the_answer_can_be_a_table_too(run: Run, county: Path, workbook: Workbook) -> None:
    """Every format shows the sheets; without a terminal the table is tab-separated and whole."""
    path = workbook("a.xlsx", 团员=[MEMBER_HEADINGS, member(1)])
    assert run("import", "-n", path).out.splitlines()[1].split("\t") == [
        "a.xlsx", "团员", "members", "1", "1", "1", "0", "0", "0", "2024-01-15",
    ]  # fmt: skip
    assert run("import", "-n", "-O", "csv", path).out.splitlines()[1].startswith("a.xlsx,团员,")
    assert run("import", "-n", "-O", "md", path).out.splitlines()[2].startswith("| a.xlsx | 团员")


# -- dry run, again, blanks, updates -------------------------------------------------------------


def test_a_dry_run_shows_what_the_commit_does_and_writes_nothing(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """The outcomes and findings of the preview are those of the import; not a byte changes."""
    path = workbook(
        团员=[MEMBER_HEADINGS, member(1), member(1), member(2, 入团时间="2019-13-01"), member(3)],
        发展=[ADMISSION_HEADINGS, admission(1), admission(2, 赞成票数=3)],
    )
    before = county.read_bytes()
    shown = run("import", "-n", "-O", "json", "--valid-only", path)
    assert county.read_bytes() == before
    preview = json.loads(shown.out)
    assert (preview["operation"], preview["dry_run"]) == (None, True)
    done = run("import", "-O", "json", "--valid-only", path)
    result = json.loads(done.out)
    assert (result["operation"], result["dry_run"]) == (2, False)
    for key in ("totals", "sheets", "findings"):
        assert preview[key] == result[key]
    assert shown.code == done.code == 1


def test_a_dry_run_makes_no_registry(run: Run, db: Path, workbook: Workbook) -> None:
    """Where there is none yet, a preview leaves none behind."""
    ran = run("import", "-n", workbook(团组织=ORGANIZATIONS))
    assert ran.code == 0
    assert not db.exists()


def test_an_import_that_refuses_everything_makes_no_registry(
    run: Run, db: Path, workbook: Workbook
) -> None:
    """A first import with a fault leaves no empty registry."""
    ran = run("import", workbook(团员=[MEMBER_HEADINGS, member(1)]))
    assert ran.code == 1
    assert not db.exists()


def test_the_same_file_again_changes_nothing(run: Run, county: Path, workbook: Workbook) -> None:
    """Read twice, a file creates and updates nothing, and the registry stays byte for byte."""
    path = workbook(
        团组织=ORGANIZATIONS, 计划=QUOTAS, 团员=[MEMBER_HEADINGS, member(1), member(2)],
        发展=[ADMISSION_HEADINGS, admission(1), admission(2)],
    )  # fmt: skip
    assert taken(run, path)["totals"]["created"] == 4
    before = county.read_bytes()
    ran = run("import", "-O", "json", path)
    found = json.loads(ran.out)
    assert ran.code == 0
    assert found["operation"] is None
    assert found["totals"] == {
        "read": 13, "created": 0, "updated": 0, "unchanged": 13, "rejected": 0,
    }  # fmt: skip
    assert county.read_bytes() == before


def test_the_whole_sample_again_changes_nothing(run: Run, sample_db: Path) -> None:
    """The sample county, imported a second time, leaves its registry byte for byte."""
    before = sample_db.read_bytes()
    found = taken(run, DATA / "sample.xlsx")
    assert (found["operation"], errors(found)) == (None, [])
    assert found["totals"]["read"] == found["totals"]["unchanged"] > 5000
    assert sample_db.read_bytes() == before


def test_a_blank_cell_erases_nothing(run: Run, county: Path, workbook: Workbook) -> None:
    """A shorter list that says less takes nothing away."""
    headings = [*MEMBER_HEADINGS, "手机号码", "政治面貌"]
    run("import", workbook(团员=[headings, [*member(1), PHONE, "共青团员"]]))
    before = county.read_bytes()
    bare = member(1, 入团时间=None, 发展团员编号="/", 团员证编号="无")
    found = taken(run, workbook(团员=[headings, [*bare, None, "—"]]))
    assert found["totals"]["unchanged"] == 1
    found = taken(run, workbook(团员=[MEMBER_HEADINGS[:3], member(1)[:3]]))
    assert found["totals"]["unchanged"] == 1
    found = taken(run, workbook(团组织=[["团组织全称", "组织类型"], ["白桦镇团委", "团委"]]))
    assert found["totals"]["unchanged"] == 1
    assert county.read_bytes() == before


def test_a_new_phone_and_branch_are_an_update_that_keeps_what_was(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """What is replaced is kept in the history with the operation that replaced it."""
    headings = [*MEMBER_HEADINGS, "手机号码"]
    run("import", workbook(团员=[headings, [*member(1), PHONE]]))
    found = taken(
        run, workbook(团员=[headings, [*member(1, 所在团支部="桥头村团支部"), "13900000002"]])
    )
    assert (found["operation"], found["totals"]["updated"]) == (3, 1)
    shown = run("member", "show", "团员" + chr(0x4E01), "--reveal", "--reason", "核对").out
    assert "桥头村团支部" in shown
    assert "13900000002" in shown
    kept = {
        noun: json.loads(before)
        for noun, before in select(county, "SELECT noun, before FROM history WHERE operation = 3")
    }
    assert kept["person"]["phone"] == PHONE
    assert kept["membership"]["organization"] == "S1"
    assert kept["membership"]["operation"] == 2


def test_a_month_is_completed_by_the_day_and_never_the_other_way(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """The day of joining that is known is not lost to a list that knows the month alone."""
    for said, outcome in (
        ("2020.05", "created"),
        ("2020-05-04", "updated"),
        ("202005", "unchanged"),
    ):
        found = taken(run, workbook(团员=[MEMBER_HEADINGS, member(1, 入团时间=said)]))
        assert found["totals"][outcome] == 1
    assert select(county, "SELECT joined, joined_precision FROM membership") == [
        ("2020-05-04", "day")
    ]


# -- contradictions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "code", "cell"),
    [
        ({"姓名": "另一个人"}, "id-other-name", "A2"),
        ({"入团时间": date(2020, 5, 5)}, "joined-differs", "D2"),
        ({"入团时间": "2020-06"}, "joined-differs", "D2"),
        ({"发展团员编号": "202065000099"}, "one-number", "E2"),
        ({"团员证编号": "99999999"}, "one-certificate", "F2"),
    ],
)
def test_what_contradicts_the_registry_is_a_finding_and_changes_nothing(
    run: Run, county: Path, workbook: Workbook, said: dict[str, Any], code: str, cell: str
) -> None:
    """Another name, number, certificate or day of joining is never taken for an update."""
    run("import", workbook(团员=[MEMBER_HEADINGS, member(1)]))
    before = county.read_bytes()
    found = taken(run, workbook(团员=[MEMBER_HEADINGS, member(1, **said)]))
    assert (found["findings"][0]["code"], found["findings"][0]["cell"]) == (code, cell)
    assert found["totals"]["rejected"] == 1
    assert county.read_bytes() == before


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"发展团员编号": "202065000001"}, "one-number"),
        ({"团员证编号": "20000001"}, "one-certificate"),
    ],
)
def test_what_belongs_to_somebody_else_is_refused_with_his_name(
    run: Run, county: Path, workbook: Workbook, said: dict[str, Any], code: str
) -> None:
    """A number or certificate that another member has is refused, and the message names him."""
    run("import", workbook(团员=[MEMBER_HEADINGS, member(1)]))
    before = county.read_bytes()
    found = taken(run, workbook(团员=[MEMBER_HEADINGS, member(2, **said)]))
    assert code in codes(found)
    finding = next(finding for finding in found["findings"] if finding["code"] == code)
    assert member(1)[0] in finding["message"]
    assert "高一（1）班" in finding["message"]
    assert county.read_bytes() == before


def test_a_form_that_another_person_has_is_refused(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """One form, one person."""
    headings = [*MEMBER_HEADINGS, "志愿书编号"]
    table = [headings, [*member(1), "F-1"], [*member(2), "F-1"]]
    found = taken(run, workbook(团员=table))
    assert [(finding["code"], finding["cell"]) for finding in found["findings"]] == [
        ("one-form", "G3")
    ]


@pytest.mark.parametrize("kind", ["members", "admissions"])
def test_a_number_that_another_persons_form_bears_is_a_finding(
    run: Run, county: Path, workbook: Workbook, kind: str
) -> None:
    """The number is free, but the form that would bear it belongs to somebody else."""
    if kind == "members":
        rows, headings, other = [member(1), member(2)], MEMBER_HEADINGS, "202065000002"
    else:
        rows, headings, other = [admission(1), admission(2)], ADMISSION_HEADINGS, "202365000002"
    table = [[*headings, "志愿书编号"], [*rows[0], other], [*rows[1], None]]
    ran = run("import", "-O", "json", workbook(表=table))
    assert ran.code == 1, ran.err
    assert errors(json.loads(ran.out)) == ["one-form"]


def test_a_day_of_leaving_is_never_changed_by_a_list(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Who left stays left on that day; a reason needs a day, and nobody leaves before joining."""
    headings = [*MEMBER_HEADINGS, "离团日期", "离团原因"]

    def said(at: int, left: str | None, reason: str | None) -> dict[str, Any]:
        return taken(run, workbook(团员=[headings, [*member(at), left, reason]]))

    assert said(1, "2023-06-30", "转出")["totals"]["created"] == 1
    assert said(1, None, None)["totals"]["unchanged"] == 1
    assert codes(said(1, "2023-07-01", "转出")) == ["left-differs"]
    assert codes(said(2, "2019-06-30", "转出")) == ["left-before-joined"]
    assert codes(said(2, None, "超龄离团")) == ["left-missing"]


def test_a_row_that_stands_twice_is_a_finding_that_names_the_first(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """The second row is refused, and the message says where the first is."""
    found = taken(run, workbook(团员=[MEMBER_HEADINGS, member(1), member(2), member(1)]))
    assert [(finding["code"], finding["cell"]) for finding in found["findings"]] == [
        ("row-repeated", "B4")
    ]
    assert "团员" in found["findings"][0]["message"]
    assert "2" in found["findings"][0]["message"]


# -- organisations -------------------------------------------------------------------------------


def test_organizations_may_stand_in_any_order(run: Run, db: Path, workbook: Workbook) -> None:
    """A branch may stand above its committee; every order gives the same tree."""
    turned = [ORGANIZATIONS[0], *reversed(ORGANIZATIONS[1:])]
    found = taken(run, workbook(团组织=turned))
    assert (codes(found), found["totals"]["created"]) == ([], 6)
    assert select(db, "SELECT code, parent FROM organization ORDER BY code") == [
        ("C", None), ("S", "C"), ("S1", "S"), ("S2", "S"), ("T", "C"), ("T1", "T"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    ["S1", "云杉县第一中学高一（1）班团支部", "云杉县第一中学高一(1)班 团支部",
     "云杉县第一中学团委/云杉县第一中学高一（1）班团支部",
     "共青团云杉县委员会/云杉县第一中学高一（1）班团支部", "S/云杉县第一中学高一（1）班团支部"],
)  # fmt: skip
def test_an_organization_is_named_by_code_by_name_or_by_path(
    run: Run, county: Path, workbook: Workbook, said: str
) -> None:
    """A code, a full name (width and spaces do not count), or anything above and the name."""
    found = taken(run, workbook(团员=[MEMBER_HEADINGS, member(1, 所在团支部=said)]))
    assert codes(found) == []
    assert select(county, "SELECT organization FROM membership") == [("S1",)]


def test_a_name_that_several_bear_is_refused_with_the_candidates(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Both candidates are named with what decides between them; a path or a code decides."""
    twins = [ORGANIZATIONS[0], ["S9", "高三团支部", "S", "团支部", "学校", "普通高中"],
             ["T9", "高三团支部", "T", "团支部", "社会", "农村"]]  # fmt: skip
    run("import", workbook(团组织=twins))
    path = workbook(团员=[MEMBER_HEADINGS, member(1, 所在团支部="高三团支部")])
    found = taken(run, path)
    assert codes(found) == ["organization-ambiguous"]
    for candidate in ("S9", "云杉县第一中学团委/高三团支部", "T9", "白桦镇团委/高三团支部"):
        assert candidate in found["findings"][0]["message"]
    for text in ("白桦镇团委/高三团支部", "T9"):
        table = [MEMBER_HEADINGS, member(1, 所在团支部=text)]
        assert codes(taken(run, workbook(团员=table))) == []
    assert select(county, "SELECT organization FROM membership") == [("T9",)]


def test_an_organization_that_nobody_knows_is_reported_once_with_its_rows(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Forty rows of one misspelt class are one finding, not forty."""
    table = [MEMBER_HEADINGS, *(member(at, 所在团支部="高一三班") for at in range(1, 5))]
    found = taken(run, workbook(团员=table))
    assert codes(found) == ["organization-unknown"]
    assert "2, 3, 4, 5" in found["findings"][0]["message"]
    assert found["totals"]["rejected"] == 4


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["N1", "新支部", "没有的团委", "团支部", None, None], "organization-unknown"),
        (["N1", "新支部", "桥头村团支部", "团支部", None, None], "parent-is-branch"),
        (["S", "另一个名字", "C", "团委", None, None], "organization-other-name"),
        (["C", "共青团云杉县委员会", "S", "团委", None, None], "organization-circle"),
        (["N1", "新支部", "S", "小组", None, None], "choice-unknown"),
        ([None, "新支部", "S", "团支部", "学校", "大学"], "choice-unknown"),
    ],
)
def test_an_organization_that_cannot_be_is_refused(
    run: Run, county: Path, workbook: Workbook, row: list[Any], code: str
) -> None:
    """No parent, a branch as parent, a code of another, a circle, a type that is none."""
    before = county.read_bytes()
    found = taken(run, workbook(团组织=[ORGANIZATIONS[0], row]))
    assert codes(found) == [code]
    assert county.read_bytes() == before


def test_two_codes_for_one_name_below_one_committee_are_a_finding(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """The second is reported like any other fault; it is not an error of the database."""
    table = [ORGANIZATIONS[0], ["N1", "新支部", "S", "团支部", None, None],
             ["N2", "新支部", "S", "团支部", None, None]]  # fmt: skip
    ran = run("import", "-O", "json", workbook(团组织=table))
    assert ran.code == 1
    assert len(errors(json.loads(ran.out))) == 1


def test_an_organization_is_not_dissolved_before_it_was_founded(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Dates that contradict each other are a finding with their cell."""
    headings = [*TREE_HEADINGS, "成立日期", "撤销日期"]
    row = ["N1", "新支部", "S", "团支部", None, None, "2020-01-01", "2019-01-01"]
    ran = run("import", "-O", "json", workbook(团组织=[headings, row]))
    assert ran.code == 1
    assert len(errors(json.loads(ran.out))) == 1


def test_nobody_is_entered_into_an_organization_that_was_dissolved(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """What the check would call an error the import does not let in."""
    headings = [*TREE_HEADINGS, "撤销日期"]
    row = ["N1", "旧支部", "S", "团支部", None, None, "2019-01-01"]
    table = [MEMBER_HEADINGS, member(1, 所在团支部="旧支部")]
    ran = run("import", workbook(团组织=[headings, row], 团员=table))
    assert (ran.code, run("check").code) == (1, 0)


# -- quotas --------------------------------------------------------------------------------------


def places(run: Run, year: int = 2023) -> dict[str, tuple[int, int, int, int, str, str]]:
    """The year's quotas by organisation: places, given below, used, left, first, last."""
    rows = answer_of(run, "quota", "show", str(year))["rows"]
    keys = ("places", "allotted_below", "used", "left", "first", "last")
    return {row["code"]: tuple(row[key] for key in keys) for row in rows}


def test_a_quota_is_split_down_and_the_places_stay_the_same(run: Run, county: Path) -> None:
    """What a school gets is taken out of the county's; no place stands in two quotas."""
    assert places(run) == {
        "C": (10, 7, 0, 10, "202365000001", "202365000010"),
        "S": (5, 0, 0, 5, "202365000001", "202365000005"),
        "T": (2, 0, 0, 2, "202365000006", "202365000007"),
    }
    assert select(county, "SELECT count(*) FROM number") == [(10,)]


def test_quotas_may_stand_in_any_order(run: Run, db: Path, workbook: Workbook) -> None:
    """A school's places may stand above the county's."""
    turned = [QUOTAS[0], *reversed(QUOTAS[1:])]
    assert codes(taken(run, workbook(团组织=ORGANIZATIONS, 计划=turned))) == []
    assert places(run)["C"][:2] == (10, 7)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([2023, "S1", 2, "202365000005", "202365000006", None], "block-outside"),
        ([2023, "T1", 1, "202365000001", "202365000001", None], "block-outside"),
        ([2023, "S2", 3, "202365000001", "202365000002", None], "block-size"),
        ([2023, "S2", 2, "202265000001", "202265000002", None], "block-year"),
        ([2023, "S2", 2, "20236500001", "20236500002", None], "block-digits"),
        ([2023, "S2", 0, None, None, None], "places-none"),
        ([2023, "S2", 6, None, None, None], "quota-above-exceeded"),
        ([2022, "S2", 2, None, None, None], "block-missing"),
        ([2023, "没有", 2, None, None, None], "organization-unknown"),
        ([2023, "白桦镇团委", 3, None, None, None], "quota-differs"),
        ([2023, "C", 2, "202365000010", "202365000011", None], "block-overlaps"),
    ],
)
def test_a_block_that_cannot_be_is_refused(
    run: Run, county: Path, workbook: Workbook, row: list[Any], code: str
) -> None:
    """Blocks that overlap, lie outside, have another size or year, or do not exist, are
    reported."""
    before = county.read_bytes()
    found = taken(run, workbook(计划=[QUOTAS[0], row]))
    assert set(codes(found)) == {code}
    assert county.read_bytes() == before


def test_two_blocks_side_by_side_never_overlap(run: Run, county: Path, workbook: Workbook) -> None:
    """A number that one branch got is not given to the next."""
    table = [QUOTAS[0], [2023, "S1", 2, "202365000001", "202365000002", None],
             [2023, "S2", 2, "202365000002", "202365000003", None]]  # fmt: skip
    found = taken(run, workbook(计划=table))
    assert [(finding["code"], finding["row"]) for finding in found["findings"]] == [
        ("block-overlaps", 3)
    ]


def test_a_block_without_numbers_is_the_next_free_one_above(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Places alone are enough where a level above holds a block."""
    table = [QUOTAS[0], [2023, "S1", 2, None, None, None], [2023, "S2", 2, None, None, None]]
    path = workbook(计划=table)
    assert codes(taken(run, path)) == []
    assert places(run)["S1"][4:] == ("202365000001", "202365000002")
    assert places(run)["S2"][4:] == ("202365000003", "202365000004")
    assert taken(run, path)["totals"]["unchanged"] == 2


@pytest.mark.parametrize("given", ["first", "last"])
def test_one_end_of_a_block_and_the_places_are_enough(
    run: Run, county: Path, workbook: Workbook, given: str
) -> None:
    """The other end follows from the number of places."""
    ends = ["202365000002", None] if given == "first" else [None, "202365000003"]
    assert codes(taken(run, workbook(计划=[QUOTAS[0], [2023, "S1", 2, *ends, None]]))) == []
    assert places(run)["S1"][4:] == ("202365000002", "202365000003")


def test_a_further_block_in_mid_year_is_a_further_quota(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """New places come as a new block with its own document."""
    row = [2023, "共青团云杉县委员会", 5, "202365000101", "202365000105", "云团发〔2023〕9号"]
    assert codes(taken(run, workbook(计划=[QUOTAS[0], row]))) == []
    rows = answer_of(run, "quota", "show", "2023")["rows"]
    assert sum(row["places"] for row in rows if row["code"] == "C") == 15
    assert run("quota", "check", "2023").code == 0


@pytest.mark.parametrize("ends", ["both", "first", "last"])
def test_numbers_that_members_brought_before_are_taken_into_the_block(
    run: Run, db: Path, workbook: Workbook, ends: str
) -> None:
    """The rosters came first: when the block is allotted, their numbers count as used."""
    headings, row = MEMBER_HEADINGS, member(1, 入团时间="2023-04", 发展团员编号="202365000003")
    run("import", workbook(团组织=ORGANIZATIONS, 团员=[headings, row]))
    assert select(db, "SELECT state FROM number") == [("foreign",)]
    first = "202365000001" if ends in ("both", "first") else None
    last = "202365000010" if ends in ("both", "last") else None
    table = [QUOTAS[0], [2023, "共青团云杉县委员会", 10, first, last, None]]
    ran = run("import", "-O", "json", workbook(计划=table))
    assert ran.code == 0, ran.err
    assert places(run)["C"] == (10, 0, 1, 9, "202365000001", "202365000010")
    assert run("quota", "check", "2023").code == 0


def test_a_block_split_off_later_makes_earlier_admissions_no_fault(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Who was admitted with a number of the committee above stays rightly admitted when the branch
    gets a block of its own; importing the case again changes nothing."""
    path = workbook("cases.xlsx", 发展=[ADMISSION_HEADINGS, admission(1)])
    assert taken(run, path)["totals"]["created"] == 1
    row = [2023, "S1", 2, "202365000004", "202365000005", None]
    assert codes(taken(run, workbook(计划=[QUOTAS[0], row]))) == []
    assert run("check").code == 0
    assert taken(run, path)["totals"]["unchanged"] == 1


# -- admissions ----------------------------------------------------------------------------------


def test_an_admission_that_has_happened_needs_its_number(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A row without a number is a finding that points to ``admit``."""
    found = taken(run, workbook(发展=[ADMISSION_HEADINGS, admission(1, 发展团员编号=None)]))
    assert "number-absent" in codes(found)
    finding = next(finding for finding in found["findings"] if finding["code"] == "number-absent")
    assert "admit" in finding["fix"]


@pytest.mark.parametrize("mark", [None, "有", "202365000001"])
def test_the_form_bears_the_number_where_it_has_no_serial(
    run: Run, county: Path, workbook: Workbook, mark: str | None
) -> None:
    """An empty form, or 有, means that the form bears the development number."""
    headings = [*ADMISSION_HEADINGS, "志愿书编号"]
    assert codes(taken(run, workbook(发展=[headings, [*admission(1), mark]]))) == []
    assert select(county, "SELECT serial FROM form") == [("202365000001",)]


def test_nobody_is_admitted_without_a_form(run: Run, county: Path, workbook: Workbook) -> None:
    """无 in the form's column refuses the admission."""
    headings = [*ADMISSION_HEADINGS, "入团志愿书"]
    assert codes(taken(run, workbook(发展=[headings, [*admission(1), "无"]]))) == ["form-absent"]


def test_a_roster_before_the_cases_is_completed_by_them(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A member from a roster keeps one membership when the case of the admission comes."""
    person = member(
        1, 姓名=admission(1)[0], 身份证号=id_number(1), 入团时间="2023.04",
        发展团员编号="202365000001", 团员证编号="10000001",
    )  # fmt: skip
    assert errors(taken(run, workbook(团员=[MEMBER_HEADINGS, person]))) == []
    assert errors(taken(run, workbook(发展=[ADMISSION_HEADINGS, admission(1)]))) == []
    assert select(county, "SELECT joined, entry FROM membership") == [("2023-04-10", "admitted")]
    assert run("check").code == 0


def test_a_roster_that_knows_no_day_of_joining_is_completed_by_the_case(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A list of names and branches first, the cases later: the day of the meeting is the day."""
    bare = [admission(1)[0], id_number(1), "S1"]
    assert errors(taken(run, workbook(团员=[MEMBER_HEADINGS[:3], bare]))) == []
    assert errors(taken(run, workbook(发展=[ADMISSION_HEADINGS, admission(1)]))) == []
    assert select(county, "SELECT joined, entry FROM membership") == [("2023-04-10", "admitted")]


def test_an_admission_without_a_certificate_is_reported_and_is_no_error(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """The certificate's column is optional: its lack is a warning at import and ever after."""
    ran = run("import", workbook(发展=[ADMISSION_HEADINGS, admission(1, 团员证编号=None)]))
    assert (ran.code, ran.err.count("certificate-given")) == (0, 1)
    checked = run("check", "-O", "json")
    codes = {finding["code"] for finding in json.loads(checked.out)["findings"]}
    assert codes == {"certificate-given", "archive-incomplete"}
    assert checked.code == 0


# -- files ---------------------------------------------------------------------------------------

ROSTER = [MEMBER_HEADINGS, member(1), member(2, 姓名="阿依古丽•吐尔逊")]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t"), ("utf-16", ","),
     ("utf-8", "\t"), ("gb18030", "\t")],
)  # fmt: skip
def test_a_text_table_is_read_in_every_usual_encoding(
    run: Run, county: Path, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    """CSV and TSV as different programs save them mean the same."""
    path = tmp_path / ("roster.tsv" if delimiter == "\t" else "roster.csv")
    path.write_bytes(text_of(ROSTER, delimiter).encode(encoding))
    found = taken(run, path)
    assert (codes(found), found["totals"]["created"]) == ([], 2)
    assert select(county, "SELECT name FROM person ORDER BY id") == [
        (ROSTER[1][0],), ("阿依古丽·吐尔逊",),
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_text_table_may_have_a_title_above_its_headings(
    run: Run, county: Path, tmp_path: Path, delimiter: str
) -> None:
    """What parts the cells is seen from the whole table and not from its title."""
    path = tmp_path / "roster.txt"
    path.write_text("云杉县团员花名册\n" + text_of(ROSTER, delimiter), encoding="utf-8")
    found = taken(run, path)
    assert (codes(found), found["totals"]["created"]) == ([], 2)
    assert found["sheets"][0]["header_row"] == 2


def test_a_file_is_known_by_its_content_and_not_by_its_name(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """A workbook named .csv and a text table named .xlsx are read for what they are."""
    book = workbook("a.xlsx", 团员=[MEMBER_HEADINGS, member(1)])
    named = book.rename(tmp_path / "a.csv")
    text = tmp_path / "b.xlsx"
    text.write_text(text_of([MEMBER_HEADINGS, member(2)]), encoding="utf-8")
    found = taken(run, named, text)
    assert (codes(found), found["totals"]["created"]) == ([], 2)


def truncated(book: bytes) -> bytes:
    """The first half of a workbook."""
    return book[: len(book) // 2]


def bare_zip(_book: bytes) -> bytes:
    """An archive that is no workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return out.getvalue()


BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "encrypted": (lambda _: compound_file("EncryptedPackage", "EncryptionInfo"), "file-encrypted"),
    "truncated": (truncated, "file-damaged"),
    "zip": (bare_zip, "file-not-a-table"),
    "empty": (lambda _: b"", "file-empty"),
    "random": (lambda _: random.Random(5).randbytes(5000), "file-not-a-table"),  # noqa: S311
    "random after the mark of a zip": (
        lambda _: b"PK\x03\x04" + random.Random(6).randbytes(5000),  # noqa: S311
        "file-damaged",
    ),
    "picture": (lambda _: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 99, "file-not-a-table"),
    "prose": (lambda _: "这是一封信。\n没有表格。\n".encode(), "file-says-nothing"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_is_no_table_is_a_finding(
    run: Run, county: Path, workbook: Workbook, kind: str
) -> None:
    """Encrypted, damaged, empty or random: a coded finding with a remedy, and exit 1."""
    make, code = BROKEN[kind]
    path = workbook("bad.xlsx", 团员=[MEMBER_HEADINGS, member(1)])
    path.write_bytes(make(path.read_bytes()))
    before = county.read_bytes()
    ran = run("import", "-O", "json", path)
    found = json.loads(ran.out)
    assert (ran.code, codes(found)) == (1, [code])
    assert found["findings"][0]["file"] == "bad.xlsx"
    assert found["findings"][0]["fix"]
    assert county.read_bytes() == before


def test_a_file_that_is_not_there_is_exit_4(run: Run, county: Path, tmp_path: Path) -> None:
    """The message names the file; nothing else is done."""
    ran = run("import", tmp_path / "nirgends.xlsx")
    assert ran.code == 4
    assert "nirgends.xlsx" in ran.err
    assert ran.out == ""


def test_one_damaged_file_of_several_keeps_all_out_and_every_fault_is_reported(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """All or nothing over all files of one import; the good ones are read for their faults too."""
    good = workbook("good.xlsx", 团员=[MEMBER_HEADINGS, member(1)])
    bad = workbook("bad.xlsx", 团员=[MEMBER_HEADINGS, member(2)])
    bad.write_bytes(truncated(bad.read_bytes()))
    faulty = workbook("faulty.xlsx", 团员=[MEMBER_HEADINGS, member(3, 身份证号="1")])
    before = county.read_bytes()
    ran = run("import", "-O", "json", good, bad, faulty)
    found = json.loads(ran.out)
    assert (ran.code, found["operation"]) == (1, None)
    assert {(finding["file"], finding["code"]) for finding in found["findings"]} == {
        ("bad.xlsx", "file-damaged"), ("faulty.xlsx", "id-length"),
    }  # fmt: skip
    assert county.read_bytes() == before
    found = taken(run, "--valid-only", good, bad, faulty)
    assert found["totals"]["created"] == 1


# -- both databases, a process of its own --------------------------------------------------------


def test_a_file_goes_in_through_pipes_on_either_database(
    spawn: Run, either_db: str, workbook: Workbook
) -> None:
    """A process of its own makes the registry, answers in whole JSON, and finds it again."""
    path = workbook(
        团组织=ORGANIZATIONS, 计划=QUOTAS, 团员=[MEMBER_HEADINGS, member(1)],
        发展=[ADMISSION_HEADINGS, admission(1)],
    )  # fmt: skip
    first = spawn("import", "-O", "json", "--province", "65", path)
    assert first.code == 0, first.err
    assert json.loads(first.out)["totals"]["created"] == 11
    again = json.loads(spawn("import", "-O", "json", path).out)
    assert (again["operation"], again["totals"]["unchanged"]) == (None, 11)
    assert spawn("stats", "2023", "--get", "admissions.total").out == "1\n"
    assert spawn("check").code == 0


def test_the_samples_organizations_go_in_on_either_database(run: Run, either_db: str) -> None:
    """One sheet of the sample county, all its 288 organisations."""
    found = taken(run, "--province", "65", "--sheet", "团组织", DATA / "sample.xlsx")
    assert (errors(found), found["totals"]["created"] >= 288) == ([], True)
    ran = run("stats", "2023", "--get", "organizations.total")
    assert ran.out == "288\n"


def test_a_long_remark_is_no_fault_of_one_database(
    run: Run, either_db: str, workbook: Workbook
) -> None:
    """What one database takes the other takes, or the import says which cell is too long."""
    headings = [*MEMBER_HEADINGS, "政治面貌"]
    path = workbook(团组织=ORGANIZATIONS, 团员=[headings, [*member(1), "共青团员，" * 20]])
    ran = run("import", "-O", "json", path)
    assert ran.code in (0, 1), ran.err
    assert ran.code == len(errors(json.loads(ran.out)))


# -- masks ---------------------------------------------------------------------------------------


def outputs(ran: Ran) -> str:
    """All that a command printed."""
    return ran.out + ran.err


@pytest.fixture
def one_member(run: Run, county: Path, workbook: Workbook) -> Path:
    """The small county with one admitted member who has a phone."""
    headings = [*ADMISSION_HEADINGS, "手机号码"]
    assert run("import", workbook(发展=[headings, [*admission(1), PHONE]])).code == 0
    return county


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "md"])
def test_no_full_id_number_or_phone_is_shown_without_a_reason(
    run: Run, one_member: Path, workbook: Workbook, form: str
) -> None:
    """Import, admit, find and show print neither, in no format, on neither stream."""
    number = id_number(1)
    headings = [*MEMBER_HEADINGS, "手机号码"]
    wrong = number[:17] + ("1" if number[17] == "0" else "0")
    faulty = workbook(
        "faulty.xlsx",
        团员=[headings, [*member(1, 身份证号=number, 姓名="他人"), "1380000"],
            [*member(2, 身份证号=wrong), "138000000012345"], [*member(3, 所在团支部="无此"), PHONE],
            [*member(4), PHONE], [*member(4), PHONE]],
        发展=[ADMISSION_HEADINGS, admission(1, 团课学时=2)],
    )  # fmt: skip
    candidates = workbook(
        "c.xlsx", 发展=[ADMISSION_HEADINGS, admission(1), admission(2, 团课学时=1)]
    )
    commands: list[tuple[str | Path, ...]] = [
        ("import", faulty), ("import", "-n", faulty), ("admit", candidates),
        ("member", "find", "测试"), ("member", "show", "202365000001"),
    ]  # fmt: skip
    for command in commands:
        shown = outputs(run(*command, "-O", form))
        assert shown
        for secret in (number, wrong, PHONE, id_number(2), id_number(4, "20060301"),
                       "138000000012345", number[6:]):  # fmt: skip
            assert secret not in shown, command


def test_an_id_number_that_was_looked_for_is_not_shown_again(run: Run, one_member: Path) -> None:
    """Searching for a full ID number, found or not, prints it nowhere."""
    for number in (id_number(1), id_number(77)):
        for command in ("find", "show"):
            assert number not in outputs(run("member", command, number)), command
            assert number not in outputs(run("member", command, "-", stdin=f"{number}\n")), command


@pytest.mark.parametrize("at", range(6))
def test_an_id_number_in_a_wrong_column_is_masked_too(
    run: Run, county: Path, workbook: Workbook, at: int
) -> None:
    """Columns slip; a value that looks like an ID number is masked wherever it stands."""
    number = id_number(1)
    row = member(1)
    row[at] = number
    table = [MEMBER_HEADINGS, row]
    if at == 1:
        row[2] = None
    for form in ("table", "json"):
        shown = outputs(run("import", "-n", "-O", form, workbook(团员=table)))
        assert number not in shown


def test_an_id_number_in_a_note_below_the_rows_is_masked_too(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Rows that are left alone are named, without the numbers that stand in them."""
    table = [MEMBER_HEADINGS, member(1), [f"备注：{id_number(1)}有误，电话{PHONE}", *[None] * 5]]
    for form in ("table", "json"):
        shown = outputs(run("import", "-n", "-O", form, workbook(团员=table)))
        assert id_number(1) not in shown
        assert PHONE not in shown


def test_masked_values_are_shown_for_a_reason_that_is_recorded(
    run: Run, one_member: Path, workbook: Workbook
) -> None:
    """``--reveal --reason`` shows them, and an operation tells who saw them and why."""
    ran = run("member", "show", "202365000001", "--reveal", "--reason", "核对档案")
    assert ran.code == 0
    assert id_number(1) in ran.out
    assert PHONE in ran.out
    newest = "SELECT actor, command, reason FROM operation ORDER BY id DESC LIMIT 1"
    assert select(one_member, newest) == [("tester", "member show --reveal", "核对档案")]
    wrong = workbook(团员=[MEMBER_HEADINGS, member(1, 身份证号=id_number(1)[:17])])
    ran = run("import", "-O", "json", "--reveal", "--reason", "核对名册", wrong)
    assert ran.code == 1
    assert json.loads(ran.out)["findings"][0]["value"] == id_number(1)[:17]
    assert select(one_member, "SELECT command, reason FROM operation ORDER BY id DESC")[0] == (
        "import --reveal", "核对名册",
    )  # fmt: skip


@pytest.mark.parametrize("command", ["import", "admit", "find", "show"])
def test_masked_values_are_not_shown_without_a_reason(
    run: Run, one_member: Path, workbook: Workbook, command: str
) -> None:
    """``--reveal`` alone is a wrong use: exit 2, nothing shown, nothing written."""
    path = workbook(团员=[MEMBER_HEADINGS, member(1)])
    given: tuple[str | Path, ...] = (
        (command, path) if command in ("import", "admit") else ("member", command, "测试")
    )
    before = one_member.read_bytes()
    ran = run(*given, "--reveal")
    assert ran.code == 2
    assert "--reason" in ran.err
    assert ran.out == ""
    assert one_member.read_bytes() == before


def test_findings_are_shown_in_full_for_a_reason_before_there_is_a_registry(
    run: Run, db: Path, workbook: Workbook
) -> None:
    """The first list of all may be faulty; its findings are shown all the same."""
    path = workbook(
        团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, member(1, 身份证号=id_number(1)[:17])]
    )
    ran = run("import", "-O", "json", "--reveal", "--reason", "首次核对", path)
    assert ran.code == 1, ran.err
    assert codes(json.loads(ran.out)) == ["id-length"]


def test_the_registry_keeps_no_copy_of_a_refused_row(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """A refused person is not in the registry, nor in any file next to it."""
    table = [MEMBER_HEADINGS, member(1), member(2, 姓名="拒绝者", 入团时间="无效")]
    path = workbook("in.xlsx", 团员=table)
    away = shutil.move(path, tmp_path.parent / f"{tmp_path.name}.xlsx")
    assert run("import", "--valid-only", away).code == 1
    kept = list(tmp_path.rglob("*.db*"))
    assert county in kept
    for stored in kept:
        assert "拒绝者".encode() not in stored.read_bytes()
        assert id_number(2, "20060301").encode() not in stored.read_bytes()
