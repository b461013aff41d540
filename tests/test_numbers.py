"""The number ledger: what a number is, was and hangs on; gaps; void numbers; disputes."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run, answer_of, begin, ledger_faults, succeeded
from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, ORGANIZATIONS, QUOTAS, admission, member

Workbook = Callable[..., Path]
N = [f"2023650000{at:02d}" for at in range(11)]
WHY = ("--reason", "志愿书填坏")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def enter(run: Run, workbook: Workbook) -> None:
    """Ten places of the county; of the school's five the first, second and fourth are used."""
    rows = [admission(at) for at in (1, 2, 4)]
    county = {"团组织": ORGANIZATIONS, "计划": QUOTAS, "发展团员": [ADMISSION_HEADINGS, *rows]}
    begin(run, workbook, **county)


@pytest.fixture
def county(run: Run, workbook: Workbook, db: Path) -> Path:
    """The county on SQLite."""
    enter(run, workbook)
    return db


@pytest.fixture
def either(run: Run, workbook: Workbook, either_db: str) -> str:
    """The county on either database."""
    enter(run, workbook)
    return either_db


# -- show ----------------------------------------------------------------------------------------


def test_a_number_shows_all_that_hangs_on_it(run: Run, either: str) -> None:
    """State, block and its owner, holder with form and certificate."""
    found = succeeded(run, "number", "show", N[1])
    assert found["schema"] == "leaguectl/number show@1"
    card = found["number"]
    assert {key: card[key] for key in ("number", "state", "first", "last", "owner", "form")} == {
        "number": N[1], "state": "used", "first": N[1], "last": N[5],
        "owner": "云杉县第一中学团委", "form": N[1],
    }  # fmt: skip
    assert (card["holder"], card["certificate"]) == (admission(1)[0], "10000001")
    assert run("number", "show", "202365000099").code == 4


def test_a_number_shows_every_state_that_it_was_in(run: Run, either: str) -> None:
    """Made, split off, void, and free again by undo; each with its operation and command."""
    assert run("quota", "move", "2023", "S", "T", "1").code == 0
    assert run("number", "void", "-y", N[5], *WHY, "--authority", "云团发〔2023〕8号").code == 0
    assert run("undo", "3").code == 0
    states = succeeded(run, "number", "show", N[5])["number"]["states"]
    assert [(state["operation"], state["command"], state["state"], state["organization"])
            for state in states] == [
        (1, "import", "free", "云杉县第一中学团委"), (2, "quota move", "free", "白桦镇团委"),
        (3, "number void", "void", "白桦镇团委"), (4, "undo", "free", "白桦镇团委"),
    ]  # fmt: skip
    assert states[2]["authority"] == "云团发〔2023〕8号"
    assert ledger_faults(run) == []


def test_a_number_names_who_had_it_before_an_undo(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """The person of an admission that was taken back is named as they were, and not the next who
    is admitted; no id is given twice."""
    free, names = N[3], []
    for at in (7, 8):
        sheet = [ADMISSION_HEADINGS, admission(at, 发展团员编号=free)]
        ran = run("admit", workbook("one.xlsx", 发展团员=sheet), "-O", "json")
        assert ran.code == 0, ran.err
        names.append(admission(at)[0])
        if at == 7:
            assert run("undo", str(json.loads(ran.out)["operation"])).code == 0
    states = succeeded(run, "number", "show", free)["number"]["states"]
    assert [state["holder"] for state in states if state["state"] == "used"] == names


def test_a_foreign_number_is_shown_as_it_is(run: Run, county: Path, workbook: Workbook) -> None:
    """The number of a member from elsewhere is in no block of ours, and has its holder."""
    roster = workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, member(1)])
    assert run("import", roster).code == 0
    card = succeeded(run, "number", "show", "202065000001")["number"]
    assert (card["state"], card["owner"], card["first"]) == ("foreign", None, None)
    assert card["holder"] == member(1)[0]
    ran = run("number", "void", "-y", "202065000001", *WHY)
    assert ran.code == 3


# -- usage, gaps ---------------------------------------------------------------------------------


def test_the_states_of_a_block_add_up_to_its_size(run: Run, either: str) -> None:
    """Every block of the year, with what lies below counted in."""
    assert run("number", "void", "-y", N[3], *WHY).code == 0
    found = succeeded(run, "number", "usage", "2023")
    assert found["schema"] == "leaguectl/number usage@1"
    blocks = {block["code"]: block for block in found["blocks"]}
    assert all(
        block["size"] == block["free"] + block["used"] + block["void"] for block in found["blocks"]
    )
    keys = ("first", "last", "size", "free", "used", "void")
    assert [blocks["C"][key] for key in keys] == [N[1], N[10], 10, 6, 3, 1]
    assert [blocks["S"][key] for key in keys] == [N[1], N[5], 5, 1, 3, 1]
    assert [
        block["code"] for block in succeeded(run, "number", "usage", "2023", "--org", "T")["blocks"]
    ] == ["T"]


def test_a_gap_is_explained(run: Run, either: str, workbook: Workbook) -> None:
    """Below the highest number in use each that nobody has says why: void with its reason, skipped
    within its block, or a block whose turn has not come."""
    assert succeeded(run, "number", "gaps", "2023")["gaps"] == [
        {"first": N[3], "last": N[3], "count": 1, "why": "skipped", "reason": None,
         "organization": "云杉县第一中学团委"},
    ]  # fmt: skip
    assert run("number", "void", "-y", N[3], *WHY).code == 0
    branch = ("org", "add", "机关团支部", "--type", "团支部", "--parent", "C", "--on", "2020-01-01")
    assert run(*branch).code == 0
    row = admission(9, 所在团支部="机关团支部")
    assert run("import", workbook("more.xlsx", 发展团员=[ADMISSION_HEADINGS, row])).code == 0
    gaps = succeeded(run, "number", "gaps", "2023")["gaps"]
    assert [(gap["first"], gap["last"], gap["why"], gap["reason"]) for gap in gaps] == [
        (N[3], N[3], "void", WHY[1]), (N[5], N[5], "waiting", None),
        (N[6], N[7], "waiting", None), (N[8], N[8], "skipped", None),
    ]  # fmt: skip
    assert succeeded(run, "number", "gaps", "2022")["gaps"] == []


# -- void ----------------------------------------------------------------------------------------


def test_a_void_number_is_never_given_out(run: Run, county: Path, workbook: Workbook) -> None:
    """The next candidate gets the number after it; whoever has it on paper is refused."""
    assert run("number", "void", "-y", N[3], *WHY).code == 0
    row = admission(6, 发展团员编号=None, 团员证编号=None)
    candidates = workbook("next.xlsx", 发展团员=[ADMISSION_HEADINGS, row])
    assert succeeded(run, "admit", str(candidates))["admitted"][0]["number"] == N[5]
    wrong = workbook("wrong.xlsx", 发展团员=[ADMISSION_HEADINGS, admission(3)])
    refused = run("admit", wrong)
    assert (refused.code, WHY[1] in refused.err) == (3, True)
    assert ledger_faults(run) == []


def test_a_number_is_typed_in_either_width(run: Run, county: Path) -> None:
    """A Chinese keyboard makes wide digits, which sheets take as well."""
    wide = {at: number.translate(WIDE) for at, number in enumerate(N)}
    assert answer_of(run, "number", "show", f" {wide[3]} ")["number"]["number"] == N[3]
    assert succeeded(run, "number", "dispute", wide[1], "--claim", "外县人", *WHY)
    assert succeeded(run, "number", "settle", wide[1], "--outcome", "归持有人")
    found = succeeded(run, "number", "void", "-y", f"{wide[6]}..{wide[8]}", *WHY)
    assert found["numbers"] == N[6:9]
    back = ("--withdraw", wide[1], *WHY, "--authority", "文", "-y")
    assert run("admit", *back).code == 0


def test_many_numbers_are_void_at_once_or_none(run: Run, county: Path) -> None:
    """``N..M`` takes all of them, and refuses where one is not free."""
    refused = run("number", "void", "-y", f"{N[3]}..{N[6]}", *WHY)
    assert (refused.code, N[4] in refused.err) == (3, True)
    found = succeeded(run, "number", "void", "-y", f"{N[6]}..{N[8]}", *WHY)
    assert found["numbers"] == N[6:9]
    again = succeeded(run, "number", "void", "-y", f"{N[7]}..{N[9]}", *WHY)
    assert again["numbers"] == [N[9]]  # the two are void already, and said to be
    assert [finding["subject"] for finding in again["findings"]] == [N[7], N[8]]
    for operation in (again["operation"], found["operation"]):
        assert run("undo", str(operation)).code == 0
    assert ledger_faults(run) == []


def test_a_number_in_use_is_not_void(run: Run, county: Path) -> None:
    """The refusal names who has it and what can be done; twice void is refused too."""
    refused = run("number", "void", "-y", N[1], *WHY)
    assert refused.code == 3
    assert admission(1)[0] in refused.err
    assert "leaguectl undo 1" in refused.err
    assert run("number", "void", "-y", N[3], *WHY).code == 0
    assert run("number", "void", "-y", N[3], *WHY).code == 3
    assert run("number", "void", "-y", "202365000099", *WHY).code == 4
    assert run("number", "void", "-y", N[5]).code == 2


def test_what_comes_next_is_of_the_same_year(
    run: Run, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hint of a command about last year's places names last year."""
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-01-08")
    for words, following in (
        (("number", "void", "-y", N[3], *WHY), "leaguectl number usage 2023"),
        (("quota", "move", "2023", "S", "S1", "1", *WHY), "leaguectl quota show 2023"),
    ):
        done = run(*words)
        assert (done.code, following in done.err) == (0, True), done.err


def test_a_trial_of_void_writes_nothing(run: Run, county: Path) -> None:
    """``--dry-run`` names the numbers alone."""
    assert succeeded(run, "number", "void", "-y", N[3], *WHY, "--dry-run")["operation"] is None
    assert succeeded(run, "number", "show", N[3])["number"]["state"] == "free"


# -- disputes ------------------------------------------------------------------------------------


def test_two_who_claim_a_number_are_both_shown(run: Run, either: str) -> None:
    """The case names both with their papers, and check shows it until it is settled."""
    other = str(admission(2)[0])
    found = succeeded(run, "number", "dispute", N[1], "--claim", other, "--reason", "志愿书同号")
    assert (found["holder"]["name"], found["claimant"]["name"]) == (admission(1)[0], other)
    assert found["claimant"]["number"] == N[2]
    assert [fault.split()[0] for fault in ledger_faults(run)] == ["number-disputed"]
    assert run("check", "number-disputed").code == 0
    assert run("check", "number-disputed", "--strict").code == 1
    assert run("number", "dispute", N[1], "--claim", other).code == 3
    (case,) = succeeded(run, "number", "disputes")["disputes"]
    assert (case["number"], case["claim"], case["reason"]) == (N[1], other, "志愿书同号")
    assert run("number", "settle", N[1], "--outcome", "归原持有人").code == 0
    assert ledger_faults(run) == []
    assert succeeded(run, "number", "disputes")["disputes"] == []
    (case,) = succeeded(run, "number", "disputes", "--all")["disputes"]
    assert (case["settled"], case["outcome"]) == ("2024-01-15", "归原持有人")
    assert run("number", "settle", N[1], "--outcome", "再来").code == 4


def test_a_claimant_from_elsewhere_is_known_by_name_alone(run: Run, county: Path) -> None:
    """A part of a name is nobody of ours: the claimant may be somebody elsewhere."""
    part = str(admission(2)[0])[:2]
    found = succeeded(run, "number", "dispute", N[1], "--claim", part)
    assert (found["claimant"]["name"], found["claimant"]["id"]) == (part, None)


@pytest.mark.parametrize(
    ("number", "claim", "code"), [(N[3], "外人", 3), (N[1], N[1], 3), ("202365000099", "外人", 4)]
)
def test_a_dispute_needs_two(number: str, claim: str, code: int, run: Run, county: Path) -> None:
    """A number that nobody holds, or that the claimant holds, is in no dispute."""
    assert run("number", "dispute", number, "--claim", claim).code == code
    assert succeeded(run, "number", "disputes")["disputes"] == []


def test_a_claimant_s_id_number_is_masked(run: Run, county: Path) -> None:
    """Whoever is named by an ID number that nobody here has is not shown by it."""
    unknown = "658899200703019999"
    ran = run("number", "dispute", N[1], "--claim", "-", "-O", "json", stdin=unknown)
    assert ran.code == 0
    for out in (ran.out, run("number", "disputes").out, run("check").out, run("log").out):
        assert unknown not in out


def test_the_refusal_of_a_taken_number_names_the_command(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """After importing a second holder of a number, the message says how to keep the case open."""
    row = admission(6, 发展团员编号=N[1])
    ran = run("import", workbook("second.xlsx", 发展团员=[ADMISSION_HEADINGS, row]))
    assert f"leaguectl number dispute {N[1]}" in ran.err


def test_the_ledger_is_asked_by_its_keys(county: Path) -> None:
    """What a number costs to look up does not grow with the ledger: no query walks a table."""
    from leaguectl.reports import ledger

    connection = sqlite3.connect(county)
    plans = connection.execute("EXPLAIN QUERY PLAN " + ledger._NUMBER, {"number": N[1]}).fetchall()
    walked = [str(step) for *_, step in plans if str(step).startswith("SCAN")]
    connection.close()
    assert walked == []
