"""The rule book as its readers have it: rules, explain, check by another day's policy, and the
numbers of other years and places, all through the command line."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)
from leaguectl.rules import ENTRY, GATE, STANDING
from leaguectl.words import LANGUAGES, words

RULES = {rule.code: rule for rule in (*ENTRY, *GATE)} | {rule.code: rule for rule in STANDING}
Workbook = Callable[..., Path]
SIX_MONTHS = "[[admission]]\nfrom = 2023-09-01\nactivist_months = 6\n"


def findings_of(ran: Any, name: str) -> list[tuple[str, str]]:
    """The codes of an answer's findings, with their places (a cell, or who it is about)."""
    found = json.loads(ran.out)["findings"]
    return [(finding["code"], finding[name]) for finding in found]


# -- rules ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_lists_the_whole_book_in_either_language(run: Run, db: Path, language: str) -> None:
    """Every rule, in the order of the books, with its level and its sentence."""
    ran = run("rules", "--lang", language, "-O", "json")
    listed = json.loads(ran.out)["rules"]
    assert ran.code == 0
    assert [finding["code"] for finding in listed] == list(RULES)
    assert len(listed) >= 40
    for finding in listed:
        assert finding["sentence"] == RULES[finding["code"]].sentence_in(language)
        assert finding["level"] in ("error", "warning", "off")
        assert finding["book"] in ("entry", "gate", "standing")


def test_rules_says_who_sets_a_level(run: Run, db: Path, tmp_path: Path) -> None:
    """A level is the rule's own, the package's, or the county's; ``off`` is said, not left out."""
    policy = tmp_path / "policy.toml"
    policy.write_text('[levels]\n"course-hours" = "off"\n"dates-tied" = "warning"\n')
    assert run("init", "--province", "65", "--policy", policy).code == 0
    listed = {rule["code"]: rule for rule in answer_of(run, "rules")["rules"]}
    levels = {code: (item["level"], item["level_from"]) for code, item in listed.items()}
    assert levels["course-hours"] == ("off", "county")
    assert levels["dates-tied"] == ("warning", "package")
    assert levels["quorum"] == ("error", "rule")


# -- explain -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_explain_tells_everything_about_every_rule(run: Run, db: Path, language: str) -> None:
    """Sentence, level, source, numbers with theirs, right and wrong, what is said, what to do."""
    for code, rule in RULES.items():
        ran = run("explain", code, "--lang", language, "-O", "json")
        assert ran.code == 0, code
        found = json.loads(ran.out)["rule"]
        assert found["sentence"] == rule.sentence_in(language)
        assert found["source"] == rule.source
        assert [number["key"] for number in found["numbers"]] == list(rule.numbers)
        assert all(number["source"] and number["since"] for number in found["numbers"])
        example = found["example"]
        assert example["right"] != example["wrong"]
        assert example["message"]
        assert "{" not in example["message"] + found["fix"]
        assert found["fix"]


def test_explain_is_read_by_people(run: Run, db: Path) -> None:
    """What a newcomer needs stands on lines of its own."""
    ran = run("explain", "activist-months")
    assert ran.code == 0
    for text in ("three months", "admission.activist_months = 3", "2023-01-10", "2023-01-11",
                 "at the earliest"):  # fmt: skip
        assert text in ran.out
    chinese = run("explain", "activist-months", "--lang", "zh").out
    assert "至少三个月" in chinese
    assert words("zh").fields["wrong"] in chinese


@pytest.mark.parametrize(
    ("day", "value", "since"),
    [("2016-06-01", [], "1957-05-25"), ("2017-06-01", [2017, 2018], "2017-01-01"),
     ("2018-12-31", [2017, 2018], "2017-01-01"), ("2019-01-01", [], "2019-01-01")],
)  # fmt: skip
def test_explain_gives_the_numbers_of_a_day(
    run: Run, db: Path, day: str, value: list[int], since: str
) -> None:
    """The years that a number may begin with, as they were on that day, and since when."""
    found = answer_of(run, "explain", "number-year", "--on", day)
    (number,) = found["rule"]["numbers"]
    assert (found["day"], number["value"], number["since"]) == (day, value, since)


def test_explain_gives_a_county_s_own_number(run: Run, db: Path, tmp_path: Path) -> None:
    """Values of the county's file are shown as the county's, from their first day, with the source
    named there."""
    policy = tmp_path / "policy.toml"
    own = SIX_MONTHS + '[sources.admission]\nactivist_months = "云团发〔2023〕7号"\n'
    policy.write_text(own, "utf-8")
    assert run("init", "--province", "65", "--policy", policy).code == 0
    for day, value, origin in (("2023-08-31", 3, "package"), ("2023-09-01", 6, "county")):
        ran = run("explain", "activist-months", "--on", day, "-O", "json")
        (number,) = json.loads(ran.out)["rule"]["numbers"]
        assert (number["value"], number["from"]) == (value, origin)
        assert number["source"] == "云团发〔2023〕7号"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_rule_is_not_found_and_near_ones_are_named(
    run: Run, db: Path, language: str
) -> None:
    """A slip of the finger is answered with what was meant, and exit code 4."""
    ran = run("explain", "activist-month", "--lang", language)
    assert (ran.code, ran.out) == (4, "")
    assert "activist-months" in ran.err
    assert run("explain", "xyzzy").code == 4
    asked = run("check", "activist-month", "quorum", "--lang", language)
    assert (asked.code, asked.out) == (2, "")
    assert "activist-months" in asked.err


# -- a county's own file -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[evidence]]\nfrom = 2024-01-01\nnear_al = \"0.9\"\n", "near_al"),
        ("[[organization]]\nfrom = 2024-01-01\n[organization.term_years]\nbranches = 2\n",
         "branches"),
        ('[sources.admission]\nactivist_month = "云团发"\n', "activist_month"),
        ('[sources.admissions]\nactivist_months = "云团发"\n', "admissions"),
        ('[levels]\n"same-vote" = "off"\n', "same-vote"),
    ],
)  # fmt: skip
def test_a_misspelt_key_of_the_policy_is_named(
    run: Run, db: Path, tmp_path: Path, text: str, named: str
) -> None:
    """A number under a wrong name is reported before a registry is made."""
    policy = tmp_path / "policy.toml"
    policy.write_text(text, "utf-8")
    ran = run("init", "--policy", policy)
    assert ran.code == 2
    assert named in ran.err
    assert not db.exists()


def test_a_table_of_the_policy_keeps_what_a_county_does_not_name(
    run: Run, db: Path, tmp_path: Path
) -> None:
    """Who sets the term of branches leaves that of committees as it is."""
    policy = tmp_path / "policy.toml"
    policy.write_text("[[organization]]\nfrom = 2024-01-01\nterm_years = {branch = 2}\n")
    assert run("init", "--policy", policy).code == 0
    ran = run("explain", "term-over", "--on", "2024-06-01", "-O", "json")
    years = json.loads(ran.out)["rule"]["numbers"][0]["value"]
    assert (years["branch"], years["committee"]) == (2, 5)


# -- check ---------------------------------------------------------------------------------------


@pytest.fixture
def admitted(run: Run, db: Path, workbook: Workbook, tmp_path: Path) -> None:
    """Somebody who was admitted in April 2023 after five months and a half as an activist, in a
    county that asks for six from September on."""
    policy = tmp_path / "policy.toml"
    policy.write_text(SIX_MONTHS)
    assert run("init", "--province", "65", "--policy", policy).code == 0
    case = admission(1, 积极分子时间=date(2022, 10, 25))
    book = workbook(团组织=ORGANIZATIONS, 发展计划=QUOTAS, 发展团员=[ADMISSION_HEADINGS, case])
    ran = run("import", book)
    assert ran.code == 0, ran.err


def test_an_admission_is_judged_by_the_policy_of_its_day(run: Run, admitted: None) -> None:
    """What was right then stays right; judged by today's policy, it is reported what would be
    wrong."""
    assert run("check").out == ""
    for day in ("TODAY", "today", "2023-09-01"):
        ran = run("check", "--policy-of", day, "-O", "json")
        assert ran.code == 1
        assert [code for code, _ in findings_of(ran, "subject")] == ["activist-months"]
    assert run("check", "--policy-of", "2023-08-31").code == 0
    assert run("check", "--policy-of", "yesterday").code == 2


def test_the_whole_is_judged_as_of_its_last_day_or_another(run: Run, admitted: None) -> None:
    """A registry that was kept until April is not at fault for what is left over in December,
    unless it is asked as of then."""
    assert run("check").out == ""
    ran = run("check", "--on", "2023-12-15", "-O", "json")
    assert {code for code, _ in findings_of(ran, "subject")} == {"numbers-unused"}
    assert ran.code == 0


def test_nothing_is_admitted_in_the_future(
    run: Run, db: Path, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An approval that is dated tomorrow is refused today, and goes in tomorrow."""
    book = workbook(
        团组织=ORGANIZATIONS, 发展计划=QUOTAS, 发展团员=[ADMISSION_HEADINGS, admission(1)]
    )
    monkeypatch.setenv("LEAGUECTL_TODAY", "2023-04-19")
    ran = run("import", "-O", "json", book)
    assert (ran.code, findings_of(ran, "cell")) == (1, [("dates-in-future", "O2")])
    monkeypatch.setenv("LEAGUECTL_TODAY", "2023-04-20")
    assert run("import", book).code == 0


# -- introducers ---------------------------------------------------------------------------------


def test_introducers_are_looked_for_where_the_members_are_known(
    run: Run, db: Path, workbook: Workbook
) -> None:
    """In a branch with as many known members as were due, an introducer of another name is
    reported; a member of the branch, or of another class of the school, is not."""
    people = [member(at) for at in range(1, 4)]
    people.append(member(4, 所在团支部="云杉县第一中学高一（2）班团支部"))
    people.append(member(5, 所在团支部="桥头村团支部"))
    voted = {"应到人数": 3, "实到人数": 3, "赞成票数": 3}
    pairs = [(1, 2), (1, 4), (1, 5)]
    cases = [
        admission(at, 介绍人一=people[pair - 1][0], 介绍人二=people[other - 1][0], **voted)
        for at, (pair, other) in enumerate(pairs, 1)
    ]
    first = workbook("first.xlsx", 团组织=ORGANIZATIONS, 发展计划=QUOTAS,
                     团员=[MEMBER_HEADINGS, *people])  # fmt: skip
    assert run("import", first).code == 0
    book = workbook("cases.xlsx", 发展团员=[ADMISSION_HEADINGS, *cases])
    ran = run("import", "-O", "json", book)
    assert ran.code == 0, ran.err
    found = [item for item in findings_of(ran, "cell") if item[0].startswith("introducer")]
    assert found == [("introducer-member", "J4")]
    checked = run("check", "-O", "json", "introducer-member")
    assert len(findings_of(checked, "subject")) == 1


VOTED = {"应到人数": 3, "实到人数": 3, "赞成票数": 3}
CADRE_HEADINGS = ["姓名", "身份证号", "团组织", "团内职务", "任职时间", "离任时间"]


@pytest.fixture
def branch(run: Run, either_db: str, workbook: Workbook) -> list[str]:
    """A branch of three members with their names, on either database; a post of the school is held
    by somebody whose name alone is known, another by somebody who is no member."""
    people = [member(at) for at in range(1, 4)]
    posts = [
        CADRE_HEADINGS,
        ["周书记", None, "云杉县第一中学团委", "书记", date(2022, 9, 1), None],
        ["吴干事", id_number(30, "19980301"), "云杉县第一中学团委", "委员", date(2022, 9, 1), None],
        ["郑离任", None, "云杉县第一中学团委", "委员", date(2021, 9, 1), date(2022, 9, 1)],
        ["王邻镇", None, "白桦镇团委", "书记", date(2022, 9, 1), None],
    ]
    sheets = {"团组织": ORGANIZATIONS, "发展计划": QUOTAS, "团员": [MEMBER_HEADINGS, *people],
              "团干部": posts}  # fmt: skip
    begin(run, workbook, "--province", "65", "--on", "2023-03-01", **sheets)
    return [str(person[0]) for person in people]


@pytest.mark.parametrize(
    ("introducer", "found"),
    [("周书记", []), ("吴干事", []), ("郑离任", ["introducer-member"]),
     ("王邻镇", ["introducer-member"])],
)  # fmt: skip
def test_who_holds_a_post_above_the_branch_may_introduce(
    run: Run, branch: list[str], workbook: Workbook, introducer: str, found: list[str]
) -> None:
    """A post of the school counts as long as it is held, whether or not its holder is a member; a
    neighbour's does not. It is a warning: introducers may come from elsewhere."""
    case = admission(1, 介绍人一=branch[0], 介绍人二=introducer, **VOTED)
    book = workbook("case.xlsx", 发展团员=[ADMISSION_HEADINGS, case])
    ran = run("admit", "-O", "json", book)
    assert ran.code == 0, ran.err
    # People kept only by name in the sheet of cadres are named too.
    reported = [item for item in run("check").out.split() if item in RULES]
    assert [code for code in reported if code != "person-by-name"] == found
    assert ("introducer-member" in ran.err) is bool(found)


def test_who_is_under_probation_introduces_nobody(
    run: Run, branch: list[str], workbook: Workbook
) -> None:
    """The admission is refused while probation lasts. Of two namesakes in the branch it must be
    said who is meant: by their number or registry id behind the name."""
    ran = run("member", "discipline", branch[0], "probation", "--since", "2023-01-10", "--until",
              "2023-07-10", "--authority", "云团纪〔2023〕1号")  # fmt: skip
    assert ran.code == 0, ran.err
    case = admission(1, 介绍人一=branch[0], 介绍人二=branch[1], **VOTED)
    book = workbook("case.xlsx", 发展团员=[ADMISSION_HEADINGS, case])
    ran = run("admit", book)
    assert ran.code == 3
    assert "introducer-in-standing" in ran.err
    namesake = [MEMBER_HEADINGS, member(4, 姓名=branch[0])]
    # Both were members on the day of the meeting, so the roster is one of before.
    book_of_before = workbook("namesake.xlsx", 团员=namesake)
    assert run("import", "--on", "2023-03-01", book_of_before).code == 0
    known = answer_of(run, "member", "find", branch[0])["rows"]
    refused = run("admit", "-O", "json", book)
    (finding,) = json.loads(refused.out)["findings"]
    assert (refused.code, finding["code"], finding["cell"]) == (3, "introducer-one", "I2")
    assert all(f"#{person['id']} {branch[0]}" in finding["message"] for person in known)
    first, second = known
    found = []
    for sign in (f"#{first['id']}", f" {first['number']} ", f"#{second['id']}"):
        case[ADMISSION_HEADINGS.index("介绍人一")] = f"{branch[0]} ({sign})"
        ran = run("admit", workbook("said.xlsx", 发展团员=[ADMISSION_HEADINGS, case]))
        found.append((ran.code, "introducer-in-standing" in ran.err))
    assert found == [(3, True), (3, True), (0, False)]
    assert run("check", "introducer-one").code == 0
    stored = run("export", "admissions", "-O", "csv").out
    assert f"{branch[0]}（#{second['id']}）" in stored


def test_the_same_two_over_a_batch_are_reported_once(
    run: Run, branch: list[str], workbook: Workbook
) -> None:
    """The fifth person that two members introduce in a year is reported, with the number so far; in
    check, with the total."""
    cases = [admission(at, 介绍人一=branch[0], 介绍人二=branch[1], **VOTED) for at in range(1, 6)]
    for at, case in enumerate(cases):
        case[ADMISSION_HEADINGS.index("支部大会时间")] = date(2023, 4, 4 + at)
        case[ADMISSION_HEADINGS.index("赞成票数")] = 2 + at % 2
    book = workbook("cases.xlsx", 发展团员=[ADMISSION_HEADINGS, *cases])
    ran = run("import", "-O", "json", book)
    assert ran.code == 0, ran.err
    assert findings_of(ran, "cell") == [("same-introducers", "I6")]
    found = answer_of(run, "check")["findings"]
    found = [finding for finding in found if finding["code"] != "person-by-name"]
    assert [finding["code"] for finding in found] == ["same-introducers"]
    assert "5" in found[0]["message"]


@pytest.mark.parametrize(
    ("approver", "code", "said"),
    [
        ("云杉县第一中学团委", 0, ""), ("共青团云杉县委员会", 0, ""), ("云杉县委员会", 0, ""),
        ("外县团委", 0, ""),
        ("云杉县第一中学高一（1）班团支部", 3, "the branch that admitted"),
        ("白桦镇团委", 3, "does not stand above"),
    ],
)  # fmt: skip
def test_the_committee_above_approves(
    run: Run, branch: list[str], workbook: Workbook, approver: str, code: int, said: str
) -> None:
    """A committee above does, with or without 共青团 before its name; the branch itself and a
    neighbour do not; of a name that is not known here nothing is said."""
    case = [*admission(1, 介绍人一=branch[0], 介绍人二=branch[1], **VOTED), approver]
    book = workbook("case.xlsx", 发展团员=[[*ADMISSION_HEADINGS, "审批单位"], case])
    ran = run("admit", book)
    assert ran.code == code, ran.err
    assert ("approval-power" in ran.err) is bool(said)
    assert said in ran.err


def test_explain_reads_the_county_s_file_on_either_database(
    run: Run, either_db: str, tmp_path: Path
) -> None:
    """The level that a county set is shown wherever its registry is."""
    policy = tmp_path / "policy.toml"
    policy.write_text('[levels]\n"course-hours" = "warning"\n')
    assert run("init", "--province", "65", "--policy", policy).code == 0
    found = answer_of(run, "explain", "course-hours")["rule"]
    assert (found["level"], found["level_from"]) == ("warning", "county")


# -- numbers of other years and places -----------------------------------------------------------


def _with_number(at: int, number: str, joined: date) -> list[Any]:
    born = f"{joined.year - 15}0301"
    return member(at, 身份证号=id_number(at, born), 入团时间=joined, 发展团员编号=number)


def test_numbers_of_their_years_and_provinces_go_in(run: Run, db: Path, workbook: Workbook) -> None:
    """2017 and 2018 interchange, Shandong's sixteen digits stand for two years, and a member from
    another province keeps its number."""
    right = [
        ("201765000001", date(2018, 5, 4)), ("201865000002", date(2017, 5, 4)),
        ("2015160000000003", date(2016, 5, 4)), ("2016170000000004", date(2017, 5, 4)),
        ("201914000005", date(2019, 5, 4)), ("201665000006", date(2016, 9, 1)),
    ]  # fmt: skip
    rows = [_with_number(at, *item) for at, item in enumerate(right, 1)]
    book = workbook(团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, *rows])
    ran = run("import", "--province", "65", "-O", "json", book)
    assert (ran.code, findings_of(ran, "cell")) == (0, [])
    assert [item for item, _ in findings_of(run("check", "-O", "json"), "subject")] == []


@pytest.mark.parametrize(
    ("number", "joined", "code"),
    [
        ("201865000001", date(2019, 5, 4), "number-year"),
        ("201965000001", date(2018, 5, 4), "number-year"),
        ("2015160000000001", date(2019, 5, 4), "number-year"),
        ("2019190000000001", date(2019, 5, 4), "number-format"),
        ("20196500001", date(2019, 5, 4), "number-format"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_of_another_year_is_refused(
    run: Run, db: Path, workbook: Workbook, number: str, joined: date, code: str, language: str
) -> None:
    """A 2019 number with 2018 in it, Shandong's beyond its two years, and wrong lengths."""
    rows = [MEMBER_HEADINGS, _with_number(1, number, joined)]
    book = workbook(团组织=ORGANIZATIONS, 团员=rows)
    ran = run("import", "--province", "65", "--lang", language, "-O", "json", book)
    assert (ran.code, findings_of(ran, "cell")) == (1, [(code, "E2")])
    assert number in json.loads(ran.out)["findings"][0]["message"]
    assert not db.exists()


@pytest.mark.parametrize("command", ["import", "admit"])
def test_a_number_of_a_neighbour_s_block_is_refused_with_its_owner(
    run: Run, db: Path, workbook: Workbook, command: str
) -> None:
    """The township's number is not for the school's branch; the message names the township."""
    assert run("import", workbook("a.xlsx", 团组织=ORGANIZATIONS, 发展计划=QUOTAS)).code == 0
    case = admission(1, 发展团员编号="202365000006")
    book = workbook("b.xlsx", 发展团员=[ADMISSION_HEADINGS, case])
    ran = run(command, book)
    assert ran.code == (1 if command == "import" else 3)
    assert "number-in-block" in ran.err
    assert "白桦镇团委" in ran.err
    assert "202365000001-202365000005" in ran.err
    assert answer_of(run, "stats", "2023")["figures"]["admissions.total"][
        "value"
    ] == 0  # fmt: skip
