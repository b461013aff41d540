"""Leaving and coming back, discipline, steps of a member's way: by the Charter, never deleted."""

from typing import Any

import pytest

from conftest import Run, answer_of, taken
from county import MEMBER_HEADINGS, member
from lives import ADMITTED, OLD, ONE, TWO, Workbook, county, does, figures, refused, shown
from test_journal import rows

DOCUMENT = ("--authority", "云团纪〔2023〕1号")


def appoint(run: Run, workbook: Workbook, who: int, name: str, **changes: str) -> None:
    """Give somebody a post in the village branch since 2022."""
    from county import id_number

    number = id_number(OLD, "19951120") if who == OLD else id_number(who, "20060301")
    row = [name, number, changes.get("organization", "T1"), "书记", "2022-01-01"]
    headings = ["姓名", "身份证号", "团组织", "团内职务", "任职时间"]
    assert run("import", workbook("posts.xlsx", 团干部=[headings, row])).code == 0


def leaves(who: int, kind: str, *more: str) -> tuple[str, ...]:
    """The command by which somebody leaves in October 2023."""
    return ("member", "leave", "-y", str(who), "--reason-kind", kind, "--on", "2023-10-10", *more)


# -- leaving -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["deceased", "自愿退团"])
def test_a_membership_ends_and_nothing_is_deleted(run: Run, here: str, kind: str) -> None:
    """The day is the first without it; the person stays with number, form and certificate."""
    done = does(run, *leaves(ADMITTED, kind))
    assert done["rows"][0]["left"] == "2023-10-10"
    card = shown(run, ADMITTED)
    assert (card["left"], card["number"]) == ("2023-10-10", "202365000001")
    assert figures(run)["members.left"] == 1


def test_a_removal_is_approved_from_above(run: Run, here: str) -> None:
    """It needs a document and a committee above; the certificate is recalled in the same
    operation."""
    refused(run(*leaves(ONE, "removed")), "document-missing", "approval-missing")
    refused(run(*leaves(ONE, "removed", *DOCUMENT, "--approved-by", "T")), "approval-not-theirs")
    refused(run(*leaves(ONE, "removed", *DOCUMENT, "--approved-by", "S1")), "approval-not-theirs")
    does(run, *leaves(ONE, "removed", *DOCUMENT, "--approved-by", "S"))
    card = shown(run, ONE)
    assert (card["leaving_reason"], card["certificate"]) == ("removed", None)
    operation = answer_of(run, "show", "2")["operation"]
    assert operation["authority"] == "云团纪〔2023〕1号, 云杉县第一中学团委"


def test_an_expulsion_is_the_county_s(run: Run, here: str) -> None:
    """The school's committee may not, unless the county authorised it; the measure is recorded."""
    refused(run(*leaves(ONE, "expelled", *DOCUMENT, "--approved-by", "S")), "approval-not-theirs")
    outside = ("--approved-by", "共青团某自治区委员会")
    refused(run(*leaves(ONE, "expelled", *DOCUMENT, *outside)), "approval-not-theirs")
    does(run, *leaves(ONE, "expelled", *DOCUMENT, "--approved-by", "C"))
    (measure,) = shown(run, ONE)["history"]["discipline"]
    assert (measure["kind"], measure["authority"]) == ("expulsion", "云团纪〔2023〕1号")


def test_a_county_s_policy_says_who_approves(
    run: Run, either_db: str, workbook: Workbook, tmp_path: object
) -> None:
    """An authorised committee expels where the policy names it, the province where it says so."""
    from pathlib import Path

    policy = Path(str(tmp_path)) / "policy.toml"
    policy.write_text(
        '[[leaving]]\nfrom = 1957-05-25\nauthorised = ["S"]\n'
        'expelled_by = ["authorised", "outside"]\n',
        encoding="utf-8",
    )
    assert run("init", "--province", "65", "--policy", policy).code == 0
    county(run, workbook)
    refused(run(*leaves(ONE, "expelled", *DOCUMENT, "--approved-by", "C")), "approval-not-theirs")
    does(run, *leaves(ONE, "expelled", *DOCUMENT, "--approved-by", "S"))
    does(run, *leaves(TWO, "expelled", *DOCUMENT, "--approved-by", "共青团某自治区委员会"))


def test_who_leaves_by_age_is_of_age_and_holds_no_post(
    run: Run, here: str, workbook: Workbook
) -> None:
    """28 by the birth date of the ID number."""
    refused(run(*leaves(ONE, "age")), "not-of-age")
    refused(run(*leaves(OLD, "age")), "not-of-age")  # 28 on 20 November
    appoint(run, workbook, OLD, member(OLD)[0])
    late = ("member", "leave", "-y", str(OLD), "--reason-kind", "age", "--on", "2023-11-20")
    refused(run(*late), "leaves-post")
    assert answer_of(run, "member", "aging", "--year", "2023")["rows"] == []


def test_the_ceremony_s_list_leaves_in_one_operation(run: Run, here: str) -> None:
    """Who turns 28 in the year is listed with the day; who has by the day asked for leaves."""
    listed = answer_of(run, "member", "aging", "--year", "2023")["rows"]
    assert [(person["name"], person["turns"]) for person in listed] == [
        (member(OLD)[0], "2023-11-20")
    ]
    assert answer_of(run, "member", "aging", "--year", "2022")["rows"] == []
    assert does(run, "member", "leave", "-y", "--aged", "--on", "2023-11-19")["rows"] == []
    preview = does(run, "member", "leave", "-y", "--aged", "--on", "2023-11-20", "--dry-run")
    assert (preview["operation"], len(preview["rows"])) == (None, 1)
    done = does(run, "member", "leave", "-y", "--aged", "--on", "2023-11-20", "--org", "T")
    assert (done["operation"], done["rows"][0]["leaving_reason"]) == (2, "age")
    assert shown(run, OLD)["left"] == "2023-11-20"


def test_leaving_is_refused_with_every_reason(run: Run, here: str) -> None:
    """Too early, to come, under way elsewhere, gone already; nothing is written."""
    does(run, "member", "transfer", ONE, "--to", "T1", "--on", "2023-08-20")
    before = rows(here)
    late = ("member", "leave", "-y", str(ONE), "--reason-kind", "resigned", "--on", "2024-02-01")
    refused(run(*late), "day-ahead", "transfer-pending")
    early = ("member", "leave", "-y", str(TWO), "--reason-kind", "resigned", "--on", "2020-05-03")
    refused(run(*early), "left-before-joined")
    assert run("member", "leave", "-y", str(TWO), "--reason-kind", "bored").code == 2
    assert run("member", "leave", "-y", str(TWO), "--reason-kind", "other").code == 2
    assert run("member", "leave", "-y", str(TWO)).code == 2
    assert run("member", "leave", "-y", str(TWO), "--aged").code == 2
    assert rows(here) == before
    does(run, *leaves(TWO, "resigned"))
    refused(run(*leaves(TWO, "resigned")), "member-not-now")


# -- coming back ---------------------------------------------------------------------------------


def test_a_membership_is_restored_with_its_day_of_joining(run: Run, here: str) -> None:
    """Document needed; the certificate is given back, the expulsion ends, the year balances."""
    does(run, *leaves(ADMITTED, "expelled", *DOCUMENT, "--approved-by", "C"))
    back = ("member", "restore", str(ADMITTED), "--on", "2023-12-01")
    refused(run(*back), "document-missing")
    does(run, *back, "--authority", "云团纪〔2023〕3号")
    card = shown(run, ADMITTED)
    assert (card["joined"], card["left"]) == ("2023-04-10", None)
    assert card["certificate"] == "10000001"
    assert card["history"]["discipline"][0]["until"] == "2023-12-01"
    found = figures(run)
    assert (found["members.left"], found["members.transferred_in"]) == (1, 1)
    assert (found["admissions.total"], found["members.transferred_out"]) == (1, 0)


def test_who_cannot_be_restored_is_not(run: Run, here: str) -> None:
    """A member, the dead, and who was transferred away."""
    paper = ("--authority", "文")
    refused(run("member", "restore", str(ONE), *paper), "member-now")
    does(run, *leaves(ONE, "deceased"))
    refused(run("member", "restore", str(ONE), *paper), "restore-not")
    does(run, *leaves(TWO, "resigned"))
    early = run("member", "restore", str(TWO), *paper, "--on", "2023-10-09")
    refused(early, "day-before-leaving")


# -- discipline ----------------------------------------------------------------------------------


def test_probation_lasts_half_a_year_or_a_year(run: Run, here: str) -> None:
    """It needs a document, is taken once at a time, and is lifted on a day."""
    probation = ("member", "discipline", str(ONE), "probation", "--since", "2023-03-31")
    refused(run(*probation, "--until", "2023-10-01"), "document-missing", "probation-months")
    does(run, *probation, "--until", "2023-09-30", *DOCUMENT)
    again = run(*probation[:5], "2023-05-01", "--until", "2023-11-01", *DOCUMENT)
    refused(again, "discipline-in-force")
    does(run, "member", "discipline", ONE, "留团察看", "--lift", "--on", "2023-09-01")
    (measure,) = shown(run, ONE)["history"]["discipline"]
    assert (measure["since"], measure["until"]) == ("2023-03-31", "2023-09-01")
    refused(
        run("member", "discipline", str(ONE), "probation", "--lift", "--on", "2023-09-02"),
        "discipline-none",
    )
    assert "probation" in run("member", "show", str(ONE)).out
    assert "留团察看" in run("--lang", "zh", "member", "show", str(ONE)).out


def test_removal_from_post_ends_every_post(run: Run, here: str, workbook: Workbook) -> None:
    """The measure and the end of the post are one operation."""
    appoint(run, workbook, ONE, member(ONE)[0], organization="S1")
    take = ("member", "discipline", ONE, "removal-from-post", "--since", "2023-03-31", *DOCUMENT)
    done = does(run, *take)
    assert done["findings"] == []
    assert rows(here)["Post"][0][7].__str__()[:10] == "2023-03-31"
    assert run("undo", str(done["operation"])).code == 0
    assert rows(here)["Post"][0][7] is None


def test_expulsion_is_a_measure_and_an_end(run: Run, here: str) -> None:
    """By either command; it is not lifted but restored."""
    take = ("member", "discipline", ONE, "expulsion", "--since", "2023-10-10", *DOCUMENT)
    does(run, *take, "--approved-by", "C")
    assert shown(run, ONE)["leaving_reason"] == "expelled"
    refused(run("member", "discipline", str(ONE), "expulsion", "--lift"), "expulsion-stays")


# -- steps ---------------------------------------------------------------------------------------


def test_a_step_is_taken_once_and_in_order(run: Run, here: str) -> None:
    """And taken back where it was recorded by mistake."""
    step = ("member", "milestone", str(ONE))
    does(run, *step, "推优入党", "--on", "2023-06-01")
    refused(run(*step, "recommended-to-party", "--on", "2023-06-02"), "milestone-known")
    refused(run(*step, "joined-party", "--on", "2023-05-01"), "milestone-order")
    does(run, *step, "joined-party", "--on", "2023-12-01")
    does(run, *step, "joined-party", "--remove")
    refused(run(*step, "joined-party", "--remove"), "milestone-none")
    steps = shown(run, ONE)["history"]["milestones"]
    assert steps == [{"kind": "recommended to party", "day": "2023-06-01"}]


def test_who_is_out_of_reach_is_marked_until_found(run: Run, here: str) -> None:
    """失联 is a mark, not an end; found again, it goes, and history keeps it."""
    does(run, "member", "milestone", ONE, "失联", "--on", "2023-06-01")
    assert "lost contact" in run("member", "show", str(ONE)).out
    assert figures(run)["members.left"] == 0
    does(run, "member", "milestone", ONE, "lost-contact", "--remove")
    assert shown(run, ONE)["history"]["milestones"] == []
    assert run("undo", "3").code == 0
    assert len(shown(run, ONE)["history"]["milestones"]) == 1


# -- who never was a member ----------------------------------------------------------------------


def every_figure(run: Run, *years: int) -> dict[tuple[int, str, str], Any]:
    """All figures of these years, of the county, the school and the class."""
    found = {}
    for year in years:
        for org in ("C", "S", "S1"):
            answer = answer_of(run, "stats", str(year), "--org", org)
            values = answer["figures"].items()
            found |= {(year, org, key): figure["value"] for key, figure in values}
    return found


def test_who_was_entered_in_error_is_in_no_figure_of_any_year(
    run: Run, here: str, workbook: Workbook
) -> None:
    """By a command or by a sheet, of somebody who moved from class to class besides: all figures
    are those of a registry without them, and `undo` brings all of it back."""
    without = every_figure(run, 2020, 2021, 2023)
    stranger = member(9, 姓名="误录人")
    roster = [[*MEMBER_HEADINGS, "转入时间"], [*stranger, "2023-09-01"]]
    assert run("import", workbook("m.xlsx", 团员=roster)).code == 0
    does(
        run, "member", "transfer", "-y", "误录人", "--to", "S2", "--on", "2023-10-01", "--accepted"
    )
    does(run, "member", "milestone", "误录人", "joined party", "--on", "2023-07-01")
    with_them = every_figure(run, 2020, 2021, 2023)
    assert with_them != without
    leaves_in_error = ("member", "leave", "-y", "误录人", "--reason-kind", "误录")
    assert run(*leaves_in_error).code == 2  # without a reason
    done = does(run, *leaves_in_error, "--reason", "重复登记")
    assert done["rows"][0]["leaving_reason"] == "in error"
    assert every_figure(run, 2020, 2021, 2023) == without
    assert run("check").code == 0
    assert run("undo", "-y", str(done["operation"])).code == 0
    assert every_figure(run, 2020, 2021, 2023) == with_them
    gone = [[*MEMBER_HEADINGS, "离团原因"], [*stranger[:2], "S2", *stranger[3:], "误录"]]
    book = workbook("gone.xlsx", 团员=gone)
    assert taken(run, book)["totals"]["updated"] == 1
    assert every_figure(run, 2020, 2021, 2023) == without
    assert taken(run, book)["totals"]["unchanged"] == 1


def test_a_closed_year_asks_why_somebody_never_was_a_member(run: Run, here: str) -> None:
    """Its figures move, so a reason stands in `year diff`; whoever was admitted is no such row."""
    assert run("year", "close", "2022", "-y").code == 0
    refused(run("member", "leave", "-y", str(ADMITTED), "--reason-kind", "误录", "--reason", "x"),
            "in-error-admitted")  # fmt: skip
    does(run, "member", "leave", "-y", str(ONE), "--reason-kind", "误录", "--reason", "查无此人")
    assert "members.total" in run("year", "diff", "2022").out
