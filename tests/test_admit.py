"""Admit: every candidate judged, a number taken in order, form and certificate recorded."""

import json
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Run, answer_of, select
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)

Workbook = Callable[..., Path]

OPTIONS = {
    "--name": "测试甲", "--id-number": id_number(1), "--org": "S1", "--applied": "2022-09-10",
    "--talked": "2022-09-20", "--activist": "2022-10-10", "--course-hours": "8",
    "--candidate": "2023-03-01", "--meeting": "2023-04-10", "--due": "30", "--present": "28",
    "--in-favour": "27", "--approved": "2023-04-20",
}  # fmt: skip
INTRODUCERS = ["--introducer", "李介绍", "--introducer", "王介绍"]


def options(**changes: str | None) -> list[str]:
    """The options that admit one candidate; ``said`` replaces some, None leaves one out."""
    given = OPTIONS | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    flat = [part for name, value in given.items() if value is not None for part in (name, value)]
    return [*flat, *INTRODUCERS]


def candidate(at: int, **changes: Any) -> list[Any]:
    """A candidate without number and certificate yet."""
    return admission(at, **{"发展团员编号": None, "团员证编号": None, **changes})


@pytest.fixture
def candidates(workbook: Workbook) -> Callable[..., Path]:
    """Write a sheet of candidates."""

    def written(*rows: Sequence[Any]) -> Path:
        return workbook("candidates.xlsx", 发展对象=[ADMISSION_HEADINGS, *rows])

    return written


def answer(run: Run, *arguments: str | Path, stdin: str = "") -> dict[str, Any]:
    """The JSON answer of an admission."""
    found: dict[str, Any] = json.loads(run("admit", "-O", "json", *arguments, stdin=stdin).out)
    return found


def reasons(found: dict[str, Any]) -> list[str]:
    """Why the first candidate was refused."""
    return [
        finding["code"]
        for finding in found["refused"][0]["findings"]
        if finding["level"] == "error"
    ]


# -- who is admitted -----------------------------------------------------------------------------


def test_one_candidate_is_admitted_by_options(run: Run, county: Path) -> None:
    """The candidate gets the lowest free number of the block; form and certificate bear it."""
    ran = run("admit", "-O", "json", *options())
    found = json.loads(ran.out)
    assert ran.code == 0
    assert found["schema"] == "leaguectl/admit@1"
    assert (found["operation"], found["dry_run"], found["refused"]) == (2, False, [])
    (membership,) = found["admitted"]
    number = "202365000001"
    assert {key: membership[key] for key in ("name", "number", "form", "certificate", "row")} == {
        "name": "测试甲", "number": number, "form": number, "certificate": number, "row": None,
    }  # fmt: skip
    assert membership["organization"]
    assert select(county, "SELECT number, form, certificate FROM admission") == [(number,) * 3]
    assert select(county, "SELECT joined, organization FROM membership") == [("2023-04-10", "S1")]
    assert run("check").code == 0


def test_candidates_of_a_sheet_get_numbers_in_order(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """In the order of the sheet, each from the block of the branch or the nearest above it."""
    branch = ("org", "add", "机关团支部", "--type", "团支部", "--parent", "C", "--on", "2020-01-01")
    assert run(*branch).code == 0
    found = answer(
        run,
        candidates(
            candidate(1),
            candidate(2, 所在团支部="桥头村团支部"),
            candidate(3, 所在团支部="S2"),
            candidate(4, 所在团支部="机关团支部"),
            candidate(5, 所在团支部="T1"),
        ),
    )
    assert [(row["row"], row["number"][-2:]) for row in found["admitted"]] == [
        (2, "01"), (3, "06"), (4, "02"), (5, "08"), (6, "07"),
    ]  # fmt: skip
    assert run("stats", "2023", "--get", "admissions.total").out == "5\n"
    assert run("check").code == 0


def test_a_folder_of_sheets_is_one_admission(
    run: Run, county: Path, candidates: Callable[..., Path], tmp_path: Path
) -> None:
    """As of an import: the tables in it and in its archives, every other file named, a reply for
    each; and nobody is admitted where one of them is refused."""
    inbox, replies = tmp_path / "收件", tmp_path / "回复"
    inbox.mkdir()
    (inbox / "照片.jpg").write_bytes(b"photo")
    shutil.copy(candidates(candidate(1)), inbox / "一班.xlsx")
    with zipfile.ZipFile(inbox / "二班.zip", "w") as archive:
        archive.write(candidates(candidate(2, 应到人数=None)), "二班.xlsx")
    found = answer(run, inbox, "--reply", replies)
    assert (found["operation"], found["ignored_files"]) == (None, ["照片.jpg"])
    assert [(person["name"], person["file"]) for person in found["refused"]] == [
        (candidate(2)[0], "二班.xlsx")
    ]
    with zipfile.ZipFile(inbox / "二班.zip", "w") as archive:
        archive.write(candidates(candidate(2)), "二班.xlsx")
    found = answer(run, inbox, "--reply", replies)
    assert {person["file"]: person["number"][-2:] for person in found["admitted"]} == {
        "一班.xlsx": "01", "二班.xlsx": "02",
    }  # fmt: skip
    assert sorted(path.name for path in replies.iterdir()) == ["一班.xlsx", "二班.xlsx"]
    ran = run("admit", inbox / "一班.xlsx", inbox / "二班.zip")
    assert (ran.code, "file\tname" in ran.out) == (0, True)


def test_the_next_admission_goes_on_with_the_next_number(run: Run, county: Path) -> None:
    """Numbers are taken in order from one command to the next."""
    for at in range(1, 4):
        found = answer(run, *options(id_number=id_number(at), name="测试" + "甲乙丙"[at - 1]))
        assert found["admitted"][0]["number"] == f"20236500000{at}"


def test_a_candidate_keeps_form_and_certificate_of_his_own(run: Run, county: Path) -> None:
    """Serials that are given are recorded; the number is taken all the same."""
    found = answer(run, *options(form="F-77", certificate="10000077", phone="13800000001"))
    (row,) = found["admitted"]
    assert (row["number"], row["form"], row["certificate"]) == (
        "202365000001", "F-77", "10000077",
    )  # fmt: skip
    assert select(county, "SELECT phone FROM person") == [("13800000001",)]


def test_the_id_number_can_be_read_from_stdin(run: Run, county: Path) -> None:
    """``--id-number -`` keeps the number out of the list of processes and the history."""
    found = answer(run, *options(id_number="-"), stdin=f"{id_number(1)}\n")
    assert len(found["admitted"]) == 1
    assert select(county, "SELECT id_number FROM person") == [(id_number(1),)]


def test_the_answer_is_a_table_too(run: Run, county: Path) -> None:
    """Without a terminal the admitted come as tab-separated rows with the whole number."""
    ran = run("admit", *options())
    assert ran.out.splitlines()[1].split("\t")[:4] == ["测试甲", *["202365000001"] * 3]
    assert id_number(1) not in ran.out + ran.err


def test_an_admission_works_on_either_database(
    run: Run, either_db: str, workbook: Workbook, candidates: Callable[..., Path]
) -> None:
    """The same candidates get the same numbers on SQLite and on PostgreSQL."""
    assert run("import", workbook(团组织=ORGANIZATIONS, 计划=QUOTAS)).code == 0
    path = candidates(candidate(1), candidate(2, 所在团支部="T1"), candidate(3))
    found = answer(run, path)
    assert [row["number"][-2:] for row in found["admitted"]] == ["01", "06", "02"]
    assert answer(run, path)["admitted"] == []  # said again, it takes no number
    assert run("check").code == 0


# -- numbers that are given ----------------------------------------------------------------------


def test_a_number_that_is_given_is_checked_and_used(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """A row that has a number keeps it where it is a free one of its block."""
    found = answer(run, candidates(candidate(1, 发展团员编号="202365000004"), candidate(2)))
    assert [row["number"][-2:] for row in found["admitted"]] == ["04", "01"]


def test_a_number_that_is_given_is_on_the_certificate_too(run: Run, county: Path) -> None:
    """A candidate with a number and no certificate gets one that bears the number, like every
    other."""
    found = answer(run, *options(number="202365000004"))
    (row,) = found["admitted"]
    assert (row["number"], row["form"], row["certificate"]) == ("202365000004",) * 3
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("202365000006", "number-in-block"),
        ("202365000099", "number-in-block"),
        ("202265000001", "number-year"),
        ("20236500001", "number-format"),
    ],
)
def test_a_number_that_is_given_and_not_ours_is_refused(
    run: Run, county: Path, number: str, code: str
) -> None:
    """A number of another block, another year or too few digits admits nobody."""
    before = county.read_bytes()
    ran = run("admit", "-O", "json", *options(number=number))
    assert ran.code == 3
    assert code in reasons(json.loads(ran.out))
    assert county.read_bytes() == before


def test_a_number_that_somebody_has_is_refused(run: Run, county: Path) -> None:
    """One number, one person."""
    assert run("admit", *options(number="202365000002")).code == 0
    ran = run(
        "admit", "-O", "json",
        *options(number="202365000002", id_number=id_number(2), name="测试乙"),
    )  # fmt: skip
    assert ran.code == 3
    assert "one-number" in reasons(json.loads(ran.out))


def test_a_number_given_in_one_row_does_not_take_the_place_of_another_row(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """Where the lowest free number is given to one, the next candidate takes the next one."""
    found = answer(run, candidates(candidate(1, 发展团员编号="202365000001"), candidate(2)))
    assert found["refused"] == []
    assert [row["number"][-2:] for row in found["admitted"]] == ["01", "02"]


def test_a_number_given_further_down_is_kept_for_that_row(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """A candidate without a number does not take the one that a later row has on paper."""
    found = answer(run, candidates(candidate(1), candidate(2, 发展团员编号="202365000001")))
    assert found["refused"] == []
    assert {row["row"]: row["number"][-2:] for row in found["admitted"]} == {2: "02", 3: "01"}


# -- who is refused ------------------------------------------------------------------------------


def test_nobody_is_admitted_beyond_the_quota(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """Six candidates for five places: exit 3, nobody is admitted, nothing is written."""
    before = county.read_bytes()
    ran = run("admit", "-O", "json", candidates(*(candidate(at) for at in range(1, 7))))
    found = json.loads(ran.out)
    assert ran.code == 3
    assert (found["operation"], found["admitted"]) == (None, [])
    assert [row["row"] for row in found["refused"]] == [7]
    assert reasons(found) == ["place-left"]
    message = found["refused"][0]["findings"][0]["message"]
    assert "云杉县第一中学团委" in message
    assert "5" in message
    assert county.read_bytes() == before


def test_a_quota_that_is_used_up_stays_used_up(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """The places of the level above are not taken by a school that has its own."""
    assert run("admit", candidates(*(candidate(at) for at in range(1, 6)))).code == 0
    before = county.read_bytes()
    ran = run("admit", *options(id_number=id_number(6), name="测试己"))
    assert ran.code == 3
    assert county.read_bytes() == before


def test_a_year_without_a_quota_admits_nobody(run: Run, county: Path) -> None:
    """No quota for the year of the meeting, no place."""
    ran = run("admit", "-O", "json", *options(meeting="2024-01-10", approved="2024-01-12"))
    assert ran.code == 3
    found = json.loads(ran.out)
    assert reasons(found) == ["place-left"]
    assert "2024" in found["refused"][0]["findings"][0]["message"]


def test_every_reason_is_reported_at_once(run: Run, county: Path) -> None:
    """A candidate with many faults hears all of them in one answer."""
    ran = run(
        "admit", "-O", "json",
        *options(id_number=id_number(1, "20090301"), course_hours="7", in_favour="7",
                 present="15", activist="2023-03-20")[:-2],
        "--introducer", "李介绍",
    )  # fmt: skip
    assert ran.code == 3
    found = json.loads(ran.out)
    assert set(reasons(found)) >= {
        "age-at-application", "activist-months", "course-hours", "quorum", "majority-of-present",
        "dates-in-order", "two-introducers",
    }  # fmt: skip
    for finding in found["refused"][0]["findings"]:
        assert finding["message"]
        assert finding["fix"]
        assert finding["heading"].startswith("--")


def test_the_same_introducer_twice_is_refused(run: Run, county: Path) -> None:
    """Two members introduce a candidate."""
    ran = run("admit", "-O", "json", *options()[:-2], "--introducer", "李介绍")
    assert (ran.code, reasons(json.loads(ran.out))) == (3, ["two-introducers"])


@pytest.mark.parametrize(
    ("said", "name", "code"),
    [
        ({"applied": "去年"}, "--applied", "day-not-a-day"),
        ({"meeting": "2023-04"}, "--meeting", "day-month-only"),
        ({"id_number": "65889920070301001"}, "--id-number", "id-length"),
        ({"due": None}, "--due", "cell-missing"),
        ({"course_hours": "八"}, "--course-hours", "hours-not-hours"),
        ({"phone": "1380000"[:5]}, "--phone", "phone-not-a-phone"),
    ],
)
def test_an_option_that_cannot_be_read_is_a_finding_that_names_it(
    run: Run, county: Path, said: dict[str, str | None], name: str, code: str
) -> None:
    """A fault in a value is reported with its option."""
    before = county.read_bytes()
    ran = run("admit", "-O", "json", *options(**said))
    assert ran.code == 1
    (fault,) = json.loads(ran.out)["findings"]
    assert (fault["code"], fault["heading"]) == (code, name)
    assert county.read_bytes() == before


def test_a_third_introducer_is_a_wrong_use(run: Run, county: Path) -> None:
    """More introducers than two are refused in words: exit 2."""
    ran = run("admit", *options(), "--introducer", "赵介绍")
    assert ran.code == 2
    assert "introducer" in ran.err
    assert "extra_forbidden" not in ran.err
    assert select(county, "SELECT count(*) FROM admission") == [(0,)]


@pytest.mark.parametrize("how", ["admitted", "roster"])
def test_who_is_a_member_already_is_refused(
    run: Run, county: Path, workbook: Workbook, how: str
) -> None:
    """Nobody is admitted twice, whether the registry knows the case or the membership alone."""
    if how == "admitted":
        assert run("admit", *options()).code == 0
    else:
        row = member(1, 姓名="测试甲", 身份证号=id_number(1), 入团时间="2021-05-04",
                     发展团员编号="202165000001")  # fmt: skip
        assert run("import", workbook(团员=[MEMBER_HEADINGS, row])).code == 0
    before = county.read_bytes()
    ran = run("admit", "-O", "json", *options(meeting="2023-04-11"))
    assert ran.code == 3
    assert "one-person" in reasons(json.loads(ran.out))
    assert county.read_bytes() == before


def test_a_member_who_has_a_number_gets_no_second_one(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Somebody who has a number from a roster is refused in words, not by the database."""
    row = member(1, 姓名="测试甲", 身份证号=id_number(1), 入团时间="2023-04-10",
                 发展团员编号="202365000003")  # fmt: skip
    assert run("import", workbook(团员=[MEMBER_HEADINGS, row])).code == 0
    ran = run("admit", "-O", "json", *options())
    assert ran.code in (0, 3), ran.err
    assert select(county, "SELECT number FROM number WHERE person IS NOT NULL") == [
        ("202365000003",)
    ]
    assert run("check").code == 0


def test_two_rows_of_one_person_admit_nobody(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """The second row is refused, and with it the whole sheet."""
    ran = run("admit", "-O", "json", candidates(candidate(1), candidate(1)))
    found = json.loads(ran.out)
    assert (ran.code, found["operation"]) == (3, None)
    assert [row["row"] for row in found["refused"]] == [3]


# -- all or nothing ------------------------------------------------------------------------------


def test_one_refused_candidate_keeps_all_of_a_sheet_out(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """All or nobody: the answer names every refused one, the registry stays as it was."""
    before = county.read_bytes()
    path = candidates(candidate(1), candidate(2, 团课学时=7), candidate(3, 姓名="九9"))
    ran = run("admit", "-O", "json", path)
    found = json.loads(ran.out)
    assert ran.code == 3
    assert (found["operation"], found["admitted"]) == (None, [])
    assert [(person["row"], person["name"]) for person in found["refused"]] == [
        (3, candidate(2)[0]), (4, "九9"),
    ]  # fmt: skip
    assert county.read_bytes() == before


def test_with_valid_only_the_others_are_admitted(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """Who can be admitted is; a refused row takes no number, and exit is 1."""
    path = candidates(
        candidate(1), candidate(2, 团课学时=7), candidate(3), candidate(4, 姓名="九9")
    )
    ran = run("admit", "-O", "json", "--valid-only", path)
    found = json.loads(ran.out)
    assert ran.code == 1
    assert [(row["row"], row["number"][-2:]) for row in found["admitted"]] == [(2, "01"), (4, "02")]
    assert [row["row"] for row in found["refused"]] == [3, 5]
    assert run("check").code == 0


def test_a_dry_run_shows_the_numbers_and_takes_none(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """The preview names who would be admitted with which number; not a byte changes."""
    path = candidates(candidate(1), candidate(2))
    before = county.read_bytes()
    preview = answer(run, "--dry-run", path)
    assert county.read_bytes() == before
    assert (preview["operation"], preview["dry_run"]) == (None, True)
    done = answer(run, path)
    assert done["admitted"] == preview["admitted"]
    assert done["operation"] == 2


@pytest.mark.parametrize("at_fault", [(), (2,), (1, 2)])
def test_a_dry_run_ends_as_the_run_does(
    run: Run, county: Path, candidates: Callable[..., Path], at_fault: tuple[int, ...]
) -> None:
    """Nobody, some or all of a sheet being refused, with and without the others."""
    rows = [candidate(at, **({"团课学时": 7} if at in at_fault else {})) for at in (1, 2)]
    path = candidates(*rows)
    before = county.read_bytes()
    for options in ((), ("--valid-only",)):
        preview = run("admit", *options, path, "--dry-run", "-O", "json")
        done = run("admit", *options, path, "-O", "json")
        assert done.code == preview.code
        answers = [json.loads(ran.out) | {"operation": 0, "dry_run": 0} for ran in (preview, done)]
        assert answers[0] == answers[1]
        county.write_bytes(before)
    assert preview.code == {0: 0, 1: 1, 2: 3}[len(at_fault)]


def test_the_same_sheet_again_admits_nobody_twice(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """A sheet that was admitted before takes no second number for anybody."""
    path = candidates(candidate(1), candidate(2))
    assert run("admit", path).code == 0
    before = county.read_bytes()
    assert run("admit", path).code == 0
    assert county.read_bytes() == before


# -- use -----------------------------------------------------------------------------------------


def test_a_file_and_a_candidate_by_options_exclude_one_another(
    run: Run, county: Path, candidates: Callable[..., Path]
) -> None:
    """Either a sheet or one candidate: both together are exit 2."""
    before = county.read_bytes()
    assert run("admit", candidates(candidate(2)), *options()).code == 2
    assert county.read_bytes() == before


def test_nobody_to_admit_is_a_wrong_use(run: Run, county: Path) -> None:
    """``admit`` alone is exit 2 and says what to give."""
    ran = run("admit")
    assert ran.code == 2
    assert "--name" in ran.err


def test_a_sheet_that_is_not_there_is_exit_4(run: Run, county: Path, tmp_path: Path) -> None:
    """A missing file is named."""
    ran = run("admit", tmp_path / "nirgends.xlsx")
    assert ran.code == 4
    assert "nirgends.xlsx" in ran.err


def test_admit_makes_no_registry(run: Run, db: Path) -> None:
    """Only ``init`` and ``import`` make a registry; ``admit`` without one is exit 4."""
    ran = run("admit", *options())
    assert ran.code == 4
    assert not db.exists()


# -- twice is once -------------------------------------------------------------------------------


def test_a_script_that_asks_again_changes_nothing(run: Run, county: Path) -> None:
    """The same candidate with the same days is admitted already: no error, and no operation."""
    first = answer_of(run, "admit", *options())
    before = county.read_bytes()
    ran = run("admit", "-O", "json", *options())
    again = json.loads(ran.out)
    assert (ran.code, again["operation"], again["admitted"], again["refused"]) == (0, None, [], [])
    (known,), (new,) = again["unchanged"], first["admitted"]
    assert {key: known[key] for key in ("name", "number", "form", "certificate")} == {
        key: new[key] for key in ("name", "number", "form", "certificate")
    }
    assert county.read_bytes() == before


def test_our_own_reply_can_be_sent_back(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """The sheet with the numbers that it was given is unchanged; a new row in it is admitted."""
    row = admission(1, 发展团员编号=None, 团员证编号=None)
    sent, reply = workbook("sent.xlsx", 发展团员=[ADMISSION_HEADINGS, row]), tmp_path / "reply.xlsx"
    assert run("admit", sent, "--reply", reply).code == 0
    for path in (reply, sent):
        ran = run("admit", path, "-O", "json")
        answer = json.loads(ran.out)
        assert (ran.code, len(answer["unchanged"]), answer["operation"]) == (0, 1, None), ran.err
    second = admission(2, 发展团员编号=None, 团员证编号=None)
    both = workbook("both.xlsx", 发展团员=[ADMISSION_HEADINGS, row, second])
    again = tmp_path / "again.xlsx"
    answer = answer_of(run, "admit", both, "--reply", again)
    assert (len(answer["admitted"]), len(answer["unchanged"])) == (1, 1)
    cells = [
        [*line] for line in openpyxl.load_workbook(again)["发展团员"].iter_rows(values_only=True)
    ]
    at = cells[0].index("发展团员编号")
    assert [line[at] for line in cells[1:]] == ["202365000001", "202365000002"]


@pytest.mark.parametrize(
    "said",
    [{"所在团支部": "云杉县第一中学高一（2）班团支部"}, {"发展团员编号": "202365000004"},
     {"审批时间": "2023-04-21"}, {"团员证编号": "10000099"}],
    ids=["branch", "number", "day", "certificate"],
)  # fmt: skip
def test_another_case_of_the_same_person_is_no_second_admission(
    run: Run, county: Path, workbook: Workbook, said: dict[str, str]
) -> None:
    """Differences from the recorded admission are reported, and nothing is changed."""
    right = {"发展团员编号": None, "团员证编号": None}
    for cells, code in ((right, 0), (right | said, 3)):
        sheet = [ADMISSION_HEADINGS, admission(1, **cells)]
        ran = run("admit", workbook("a.xlsx", 发展团员=sheet), "-O", "json")
        assert ran.code == code, ran.err
    assert "one-person" in reasons(json.loads(ran.out))


# -- one admission taken back --------------------------------------------------------------------

REFUSED = ("--reason", "县团委不予备案", "--authority", "云团发〔2024〕3号")


def figures(run: Run) -> dict[str, Any]:
    """The year's figures of members and places."""
    answer = answer_of(run, "stats", "2023")["figures"]
    keys = ("members.total", "admissions.total", "members.left", "members.transferred_out")
    return {key: answer[key]["value"] for key in keys}


def test_one_of_a_batch_is_taken_back(
    run: Run, either_db: str, workbook: Workbook, candidates: Callable[..., Path]
) -> None:
    """The number is void, the papers are recalled, the case is open, and no figure counts it."""
    assert run("import", workbook("county.xlsx", 团组织=ORGANIZATIONS, 计划=QUOTAS)).code == 0
    assert run("admit", candidates(candidate(1), candidate(2), candidate(3))).code == 0
    before = figures(run)
    ran = run("admit", "--withdraw", "202365000002", *REFUSED, "-O", "json")
    answer = json.loads(ran.out)
    assert ran.code == 0, ran.err
    assert [row["number"] for row in answer["rows"]] == ["202365000002"]
    assert figures(run) == before | {"members.total": 2, "admissions.total": 2}
    assert run("check").code == 0
    shown = answer_of(run, "number", "show", "202365000002")["number"]
    assert (shown["state"], shown["reason"]) == ("void", "县团委不予备案")
    case = answer_of(run, "case", "show", id_number(2))["case"]
    assert (case["state"], case["meeting"], case["approved"]) == ("open", "2023-04-10", None)
    again = run("admit", "--case", id_number(2), "--approved", "2023-04-25", "-O", "json")
    (new,) = json.loads(again.out)["admitted"]
    assert new["number"] == "202365000004"
    assert figures(run) == before
    assert run("check").code == 0
    assert run("undo", "4").code == 0
    assert run("undo", "3").code == 0
    assert figures(run) == before


@pytest.mark.parametrize(
    ("takes_over", "is_member", "state", "branch"),
    [("S2", True, "open", "S2"), ("S", True, "refused", "S1"), ("S2", False, "refused", "S1")],
)
def test_a_case_is_open_again_where_there_is_a_branch(
    run: Run, county: Path, tmp_path: Path, *, takes_over: str, is_member: bool, state: str,
    branch: str,
) -> None:  # fmt: skip
    """Of a withdrawn admission whose branch was dissolved it goes on where the member went, or
    ends; so the county can be carried over."""
    assert run("admit", *options()).code == 0
    if not is_member:
        leave = ("member", "leave", "202365000001", "-y", "--reason-kind", "resigned")
        assert run(*leave, "--on", "2023-06-01").code == 0
    close = ("org", "close", "S1", "--members-to", takes_over, "--on", "2023-09-01", "-y")
    assert run(*close).code == 0
    assert run("admit", "--withdraw", "202365000001", *REFUSED).code == 0
    case = answer_of(run, "case", "show", id_number(1))["case"]
    assert (case["state"], case["code"]) == (state, branch)
    assert run("check").code == 0
    book, other = tmp_path / "all.xlsx", tmp_path / "other.db"
    assert run("export", "all", "-o", book, "--reveal", "--reason", "换机").code == 0
    assert run("--db", other, "import", "--province", "65", book).code == 0


def test_a_withdrawal_says_why_and_whose(run: Run, county: Path) -> None:
    """Without a reason and a document, for nobody, or together with a candidate, nothing is
    done."""
    assert run("admit", *options()).code == 0
    before = county.read_bytes()
    number = "202365000001"
    for arguments, code in (
        (("--withdraw", number), 2),
        (("--withdraw", number, "--reason", "不予备案"), 2),
        (("--withdraw", "202365000002", *REFUSED), 3),
        (("--withdraw", "202499999999", *REFUSED), 4),
        (("--withdraw", number, *REFUSED, *options()), 2),
        (("--withdraw", number, *REFUSED, "-n"), 0),
    ):
        assert run("admit", *arguments).code == code, arguments
    assert county.read_bytes() == before
