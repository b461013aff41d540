"""One person on the rosters of two branches: the records are joined without inventing a leaving."""

from typing import Any

import pytest

from conftest import Run, answer_of
from county import MEMBER_HEADINGS, id_number, member
from lives import ADMITTED, ONE, Workbook, does, figures, refused, shown
from test_journal import rows

REASON = ("--reason", "同一人，身份证号录错")
OTHER = ADMITTED + 1


def again(run: Run, workbook: Workbook, **changes: Any) -> dict[str, Any]:
    """The same person on the roster of another branch, under a mistyped number."""
    cells = {
        "姓名": shown(run, ONE)["name"],
        "身份证号": id_number(77, "20060301"),
        "所在团支部": "T1",
        "入团时间": shown(run, ONE)["joined"],
        "发展团员编号": None,
        "团员证编号": None,
        "志愿书编号": None,
    }
    known = {name: value for name, value in {**cells, **changes}.items() if name in MEMBER_HEADINGS}
    ran = run("import", workbook("w.xlsx", 团员=[MEMBER_HEADINGS, member(7, **known)]))
    assert ran.code == 0, ran.err
    return shown(run, OTHER)


@pytest.mark.parametrize(
    ("options", "home"), [((), "S1"), (("--home", "S1"), "S1"), (("--home", "T1"), "T1")]
)
def test_one_home_stays_and_nobody_left(
    run: Run, here: str, workbook: Workbook, options: tuple[str, ...], home: str
) -> None:
    """The home that is named, else that of the record that is kept; undo gives both back."""
    again(run, workbook)
    before = rows(here)
    preview = run("member", "merge", str(ONE), str(OTHER), *REASON, *options, "--dry-run")
    assert (preview.code, rows(here)) == (0, before)
    done = does(run, "member", "merge", ONE, OTHER, *REASON, *options)
    assert [finding["code"] for finding in done["findings"]] == ["merge-home"]
    card = shown(run, ONE)
    assert (card["code"], card["left"], card["number"]) == (home, None, "202065000001")
    assert [figures(run, "C")[f"members.{name}"] for name in ("left", "transferred_out")] == [0, 0]
    assert len(rows(here)["Membership"]) == len(before["Membership"]) - 1
    assert run("undo", "-y", str(done["operation"])).code == 0
    assert rows(here) == before


def test_the_papers_of_the_mistaken_record_end(run: Run, here: str, workbook: Workbook) -> None:
    """Without --home that both have a number is a contradiction; with it, one is believed."""
    own = shown(run, ONE)
    other = again(run, workbook, 发展团员编号="202065000077", 团员证编号="77777777")
    refused(
        run("member", "merge", str(ONE), str(OTHER), *REASON),
        "merge-number", "merge-paper", "merge-paper",
    )  # fmt: skip
    before = rows(here)
    for home, kept in (("S1", own), ("T1", other)):
        done = does(run, "member", "merge", ONE, OTHER, *REASON, "--home", home)
        card = shown(run, ONE)
        for field in ("number", "form", "certificate"):
            assert card[field] == kept[field]
        assert run("undo", "-y", str(done["operation"])).code == 0
        assert rows(here) == before


def test_what_cannot_be_settled_is_refused(run: Run, here: str, workbook: Workbook) -> None:
    """A home that neither has; another day of joining, unless somebody chose a record."""
    again(run, workbook, 入团时间="2021-06-01")
    two = ("member", "merge", str(ONE), str(OTHER), *REASON)
    refused(run(*two, "--home", "S2"), "merge-home-neither", "merge-membership")
    refused(run(*two), "merge-membership")
    assert run(*two, "--home", "Q9").code == 4
    assert run(*two, "--home", "").code == 2
    done = does(run, *two, "--home", "S1")
    assert shown(run, ONE)["joined"] == "2020-05-04"
    assert run("undo", "-y", str(done["operation"])).code == 0


def test_whoever_was_admitted_somewhere_stays_there(
    run: Run, here: str, workbook: Workbook
) -> None:
    """An admission and its membership are one."""
    admitted = shown(run, ADMITTED)
    again(run, workbook, 姓名=admitted["name"], 入团时间=None)
    refused(
        run("member", "merge", str(OTHER), str(ADMITTED), *REASON), "merge-home-admitted",
        "merge-membership",
    )  # fmt: skip
    does(run, "member", "merge", OTHER, ADMITTED, *REASON, "--home", admitted["code"])
    assert shown(run, OTHER)["code"] == admitted["code"]


@pytest.mark.parametrize("is_chosen", [False, True])
@pytest.mark.parametrize("who", [ONE, ADMITTED])
@pytest.mark.parametrize("says", ["option", "columns"])
def test_whoever_was_here_before_has_not_come_from_elsewhere(
    run: Run, here: str, workbook: Workbook, who: int, says: str, *, is_chosen: bool
) -> None:
    """Another roster had them under a mistyped number, as come from elsewhere on a later day: they
    joined as before, and nobody came."""
    known = shown(run, who)

    def counts() -> list[Any]:
        found = [figures(run, org).items() for org in "CST"]
        return [[pair for pair in each if pair[0].startswith("members.")] for each in found]

    before = counts(), [row[:-1] for row in rows(here)["Membership"]]
    headings = [*MEMBER_HEADINGS, "转入时间", "转出单位"]
    number = id_number(77, "20060301" if who == ONE else "20070301")
    cells = {"姓名": known["name"], "身份证号": number, "所在团支部": "T1",
             "入团时间": known["joined"]}  # fmt: skip
    row = [cells.get(name) for name in MEMBER_HEADINGS]
    row += ["2023-10-08", "青松市二中"] if says == "columns" else []
    options = ("--from-outside", "青松市") if says == "option" else ()
    book = workbook("w.xlsx", 团员=[headings, row])
    assert run("import", book, *options).code == 0
    home = ("--home", known["code"]) if is_chosen else ()
    does(run, "member", "merge", who, OTHER, *REASON, *home)
    assert (counts(), [row[:-1] for row in rows(here)["Membership"]]) == before
    assert rows(here)["Transfer"] == []


def test_an_open_case_ends_with_the_admission_of_the_other_record(
    run: Run, here: str, workbook: Workbook
) -> None:
    """Who was admitted under a mistyped number is no candidate any more; a case that was opened
    after the admission is nobody's who is a member."""
    name, number = shown(run, ADMITTED)["name"], id_number(78, "20070301")
    opened = ("case", "open", "--name", name, "--id-number", number, "--org", "S1")
    two = ("member", "merge", number, str(ADMITTED), *REASON)
    does(run, *opened, "--applied", "2023-05-04")
    refused(run(*two), "rule-broken-by")
    assert run("undo", "-y", "2").code == 0
    does(run, *opened, "--applied", "2022-09-10")
    does(run, *two)
    card = shown(run, number)
    assert (card["number"], card["joined"]) == ("202365000001", "2023-04-10")
    case = answer_of(run, "case", "show", number)
    assert case["case"]["state"] == "admitted"


def test_a_home_before_stays_as_it_was(run: Run, here: str, workbook: Workbook) -> None:
    """Of a record that has moved already, the move stays."""
    again(run, workbook)
    does(run, "member", "transfer", ONE, "--to", "S2", "--on", "2023-06-01", "--accepted")
    done = does(run, "member", "merge", ONE, OTHER, *REASON, "--home", "T1")
    homes = answer_of(run, "member", "show", str(ONE))["member"]["history"]
    assert [(home["code"], home["left"]) for home in homes["memberships"]] == [
        ("S1", "2023-06-01"), ("T1", None),
    ]  # fmt: skip
    assert figures(run, "C")["members.total"] == 5
    assert run("undo", "-y", str(done["operation"])).code == 0
