"""Organisations over time: each change is an event, members go on, sheets of old still fit."""

from typing import Any

from conftest import Run, answer_of
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from lives import ADMITTED, ONE, THREE, TWO, Workbook, does, figures, refused, shown
from test_journal import rows

ON = ("--on", "2023-11-01")
PAPER = ("--authority", "云团发〔2023〕8号")


def card(run: Run, code: str) -> dict[str, Any]:
    """An organisation's card."""
    found: dict[str, Any] = answer_of(run, "org", "show", code)["organization"]
    return found


def test_an_organisation_is_founded_by_the_checks_of_a_sheet(run: Run, here: str) -> None:
    """Its type decides where it may lie; a name stands once in a place."""
    new = ("org", "add", "白桦镇物流园团支部", "--type", "团支部", "--parent", "T", "--code", "T2")
    done = does(run, *new, "--sector", "非公企业", *ON)
    assert [(row["code"], row["event"]) for row in done["rows"]] == [("T2", "founded")]
    found = card(run, "T2")
    assert (found["parent"], found["domain"], found["founded"]) == ("T", "society", "2023-11-01")
    refused(run(*new, "--sector", "非公企业", *ON), "organization-there-already")
    below = ("org", "add", "下级团支部", "--type", "团支部", "--parent", "T1", *ON)
    refused(run(*below), "parent-is-branch")
    general = ("org", "add", "某总支", "--type", "团总支", "--parent", "T", "--code", "G", *ON)
    does(run, *general)
    over = run("org", "add", "某团委", "--type", "团委", "--parent", "G", *ON)
    refused(over, "parent-not-allowed")


def test_a_sheet_puts_nothing_where_its_type_may_not_lie(
    run: Run, here: str, workbook: Workbook
) -> None:
    """Import asks the same table as the commands."""
    tree = [ORGANIZATIONS[0], ["G", "某总支", "白桦镇团委", "团总支", "社会", "农村"],
            ["K", "某团委", "某总支", "团委", "社会", "农村"]]  # fmt: skip
    ran = run("import", workbook("new.xlsx", 团组织=tree))
    assert (ran.code, "parent-not-allowed" in ran.err) == (1, True)


def test_a_renamed_organisation_is_known_by_both_names(
    run: Run, here: str, workbook: Workbook
) -> None:
    """Sheets with the former name mean it, and change nothing."""
    done = does(run, "org", "rename", "T1", "桥头社区团支部", *ON, *PAPER)
    assert done["rows"][0]["after"] == "桥头社区团支部"
    (event,) = card(run, "T1")["history"]
    assert (event["before"], event["authority"]) == ("桥头村团支部", "云团发〔2023〕8号")
    before = rows(here)
    again = run("import", workbook("old.xlsx", 团组织=ORGANIZATIONS))
    assert (again.code, rows(here)) == (0, before)
    assert "organization-renamed" in again.err
    assert card(run, "桥头村团支部")["code"] == "T1"
    row = member(7, 所在团支部="桥头村团支部")
    assert run("import", workbook("new.xlsx", 团员=[MEMBER_HEADINGS, row])).code == 0
    assert shown(run, 6)["organization"] == "桥头社区团支部"
    refused(run("org", "rename", "T1", "桥头社区团支部", *ON), "organization-named-so")
    assert run("org", "rename", "T1", " ").code == 2


def test_a_former_name_means_it_without_a_code(run: Run, here: str, workbook: Workbook) -> None:
    """A sheet without codes makes no second organisation of the former name."""
    does(run, "org", "rename", "T1", "桥头社区团支部", *ON)
    before = rows(here)
    bare = [row[1:] for row in ORGANIZATIONS]
    assert run("import", workbook("bare.xlsx", 团组织=bare)).code == 0
    assert rows(here) == before


def test_an_organisation_moves_with_all_below_it(run: Run, here: str, workbook: Workbook) -> None:
    """Not below itself, not where its type may not lie; an older sheet does not take it back."""
    does(run, "org", "move", "T1", "--to", "S", *ON, *PAPER)
    assert card(run, "T1")["parent"] == "S"
    assert figures(run, "T")["members.total"] == 0
    refused(run("org", "move", "S", "--to", "S1", *ON), "organization-circle", "parent-is-branch")
    refused(run("org", "move", "T1", "--to", "S", *ON), "organization-there")
    before = rows(here)
    again = run("import", workbook("old.xlsx", 团组织=ORGANIZATIONS))
    assert (again.code, rows(here)) == (0, before)
    assert "organization-moved-on" in again.err


def test_a_closed_organisation_has_neither_members_nor_places(
    run: Run, here: str, workbook: Workbook
) -> None:
    """Refused with how many, and what to do; then members go on and posts end."""
    refused(run("org", "close", "-y", "T1", *ON), "organization-has-members")
    refused(
        run("org", "close", "-y", "S", *ON), "organization-has-below", "organization-has-places"
    )
    refused(run("org", "close", "-y", "T1", "--members-to", "T1", *ON), "organization-to-itself")
    headings = ["姓名", "团组织", "团内职务", "任职时间"]
    post = [headings, ["外来人", "T1", "书记", "2022-01-01"]]
    assert run("import", workbook("posts.xlsx", 团干部=post)).code == 0
    done = does(run, "org", "close", "-y", "T1", "--members-to", "S1", *ON, *PAPER)
    assert (done["rows"][-1]["event"], done["rows"][-1]["members"]) == ("closed", 1)
    assert card(run, "T1")["dissolved"] == "2023-11-01"
    assert shown(run, 4)["code"] == "S1"
    assert str(rows(here)["Post"][0][7])[:10] == "2023-11-01"
    assert figures(run, "T")["members.transferred_out"] == 1
    refused(run("org", "close", "-y", "T1", *ON), "organization-dissolved")
    assert run("undo", str(done["operation"])).code == 0
    assert shown(run, 4)["code"] == "T1"


def test_unused_places_are_given_back_before(run: Run, here: str) -> None:
    """The message names the command that does it."""
    ran = run("org", "close", "-y", "T", *ON)
    refused(ran, "organization-has-below", "organization-has-places")
    assert "leaguectl quota move 2023 T C 2" in ran.err
    assert run("quota", "move", "2023", "T", "C", "2").code == 0
    does(run, "org", "close", "-y", "T1", "--members-to", "S1", *ON)
    does(run, "org", "close", "-y", "T", *ON)


def test_merged_organisations_carry_on_in_one(run: Run, here: str) -> None:
    """Members and what lies below go on in the other; both tell of it."""
    assert run("quota", "move", "2023", "T", "C", "2").code == 0
    refused(run("org", "merge", "-y", "S", "--into", "S1", *ON), "organization-circle")
    done = does(run, "org", "merge", "-y", "T", "--into", "S", *ON, *PAPER)
    assert [row["event"] for row in done["rows"]] == ["moved", "merged", "merged"]
    assert (card(run, "T1")["parent"], card(run, "T")["dissolved"]) == ("S", "2023-11-01")
    does(run, "org", "merge", "-y", "S2", "--into", "S1", "--on", "2023-11-02")
    does(run, "org", "merge", "-y", "S1", "--into", "T1", "--on", "2023-11-03")
    assert shown(run, ADMITTED)["code"] == "T1"
    assert figures(run, "C")["members.transferred_out"] == 0
    assert [row["event"] for row in card(run, "T1")["history"]] == ["moved", "merged"]


def test_an_organisation_splits_and_some_members_go(run: Run, here: str) -> None:
    """The new organisation has the same type and parent."""
    name = "云杉县第一中学高一（4）班团支部"
    stranger = run("org", "split", "S1", name, "--member", str(THREE), *ON)
    refused(stranger, "member-not-here")
    split = ("org", "split", "S1", name, "--code", "S4", "--member", str(ONE))
    does(run, *split, "--member", str(TWO), *ON)
    found = card(run, "S4")
    assert (found["type"], found["parent"], found["members"]) == ("branch", "S", 2)
    assert (shown(run, ONE)["code"], shown(run, ADMITTED)["code"]) == ("S4", "S1")
    again = run(*split, *ON)
    refused(again, "organization-other-name", "organization-other-code", "member-not-here")


def test_graduating_classes_close_in_one_operation(run: Run, here: str, workbook: Workbook) -> None:
    """Members go on above; a transfer under way goes on from there and is accepted later; the
    class's roster of before changes nothing."""
    does(run, "member", "transfer", THREE, "--to-outside", "青松市某大学", "--on", "2023-06-20")
    preview = does(run, "org", "graduate", "-y", "2023", "--on", "2023-07-20", "--dry-run")
    assert (preview["operation"], len(preview["rows"])) == (None, 1)
    done = does(run, "org", "graduate", "-y", "2023", "--org", "S", "--on", "2023-07-20")
    assert [(row["code"], row["members"]) for row in done["rows"]] == [("S3", 1)]
    assert shown(run, THREE)["code"] == "S"
    before = rows(here)
    roster = workbook("old.xlsx", 团员=[MEMBER_HEADINGS, member(THREE, 所在团支部="S3")])
    assert (run("import", roster).code, rows(here)) == (0, before)
    does(run, "transfer", "accept", 1, "--on", "2023-09-10")
    assert shown(run, THREE)["leaving_reason"] == "transferred"
    assert figures(run, "S")["members.transferred_out"] == 1
    nothing = does(run, "org", "graduate", "-y", "2023", "--on", "2023-07-21")
    assert (nothing["operation"], nothing["rows"]) == (None, [])


def test_events_are_shown_in_the_reader_s_language(run: Run, here: str) -> None:
    """Chinese names of events, in the answer and on the card."""
    ran = run("--lang", "zh", "org", "move", "T1", "--to", "S", *ON)
    assert (ran.code, "变更隶属关系" in ran.out) == (0, True)
    assert "变更隶属关系" in run("--lang", "zh", "org", "show", "T1").out


def test_a_year_s_quota_of_a_closed_organisation_of_old_is_no_hindrance(
    run: Run, here: str, workbook: Workbook
) -> None:
    """Unused numbers of a year that is over are dead already."""
    does(run, "org", "close", "-y", "T1", "--members-to", "S1", "--on", "2024-01-10")
    does(run, "org", "close", "-y", "T", "--on", "2024-01-10")


def test_the_figures_of_an_earlier_day_go_by_the_tree_of_that_day(run: Run, here: str) -> None:
    """What was moved since counts where it lay; so a move changes no figure of a year before."""
    earlier = {org: figures(run, org, 2022) for org in ("S", "T")}
    summer = {org: run("stats", "2023", "--as-of", "2023-10-31", "--org", org).out for org in "ST"}
    does(run, "org", "move", "T1", "--to", "S", *ON)
    does(run, "org", "close", "-y", "S2", "--on", "2023-11-02")
    assert {org: figures(run, org, 2022) for org in ("S", "T")} == earlier
    after = {org: run("stats", "2023", "--as-of", "2023-10-31", "--org", org).out for org in "ST"}
    assert after == summer
    assert (figures(run, "T")["members.total"], figures(run, "S")["members.total"]) == (0, 5)

    def tree(*arguments: str) -> dict[str, Any]:
        answer = answer_of(run, "org", "tree", *arguments)
        return {
            organization["code"]: organization["parent"] for organization in answer["organizations"]
        }

    assert tree()["T1"] == "S"
    then = tree("--as-of", "2023-10-31")
    assert (then["T1"], then["S2"]) == ("T", "S")
    assert "S2" not in tree()
    assert "S2" in tree("--closed")


def test_candidates_go_on_where_their_branch_is_closed(run: Run, here: str) -> None:
    """An open case does not stay behind in an organisation that is no more."""
    new = ("org", "add", "渠首村团支部", "--type", "团支部", "--parent", "T", "--code", "T9")
    does(run, *new, "--sector", "农村", "--on", "2023-01-01")
    person = ("--name", "测试甲", "--id-number", id_number(77), "--org", "T9")
    assert run("case", "open", *person, "--applied", "2023-09-10").code == 0
    refused(run("org", "close", "-y", "T9", *ON), "organization-has-cases")
    done = does(run, "org", "close", "-y", "T9", "--members-to", "T1", *ON)
    assert case_of(run, "测试甲") == "T1"
    assert run("undo", str(done["operation"])).code == 0
    assert case_of(run, "测试甲") == "T9"


def case_of(run: Run, who: str) -> str:
    """The branch of a candidate's case."""
    found: str = answer_of(run, "case", "show", who)["case"]["code"]
    return found
