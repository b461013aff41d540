"""Every rule with the smallest case that is right and the smallest that is wrong, and its edges."""

import string
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, taken
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission, id_number
from leaguectl.findings import Private
from leaguectl.model import (
    Certificate,
    Entity,
    Form,
    Membership,
    Number,
    Quota,
    RuleSubject,
    Snapshot,
)
from leaguectl.model.days import age_on, months_after
from leaguectl.rules import ENTRY, GATE, STANDING, Rule, judge, load, review
from leaguectl.rules.examples import EXAMPLES, Example
from leaguectl.rules.examples.example import (
    BRANCH,
    CHAIN,
    HAN,
    MEMBER,
    MEMBERSHIP,
    N1,
    N2,
    N3,
    N4,
    OLD,
    OLD_MEMBERSHIP,
    PLACE,
    SLOT,
    candidate,
)
from leaguectl.words import LANGUAGES, words

POLICY = load()
NUMBERED = replace(MEMBER, number=N1)
RULES: tuple[Rule[Any], ...] = (*ENTRY, *GATE, *STANDING)


def registry(*nouns: Entity, province: str = "65") -> Snapshot:
    """A registry of these nouns, with its tallies."""
    return Example(nouns, province=province).snapshot()


def codes(case: RuleSubject, of: Snapshot) -> list[str]:
    """What entry and, for an admission, the gate find wrong."""
    book = ENTRY + GATE if case.admission else ENTRY
    return [verdict.code for verdict in judge(case, of, POLICY, book)]


# -- the pairs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", EXAMPLES)
def test_what_is_right_is_found_right(code: str) -> None:
    """The smallest right case of a rule gives no finding of any rule."""
    assert EXAMPLES[code].right.findings() == []


@pytest.mark.parametrize("code", EXAMPLES)
def test_what_is_wrong_in_one_thing_gives_exactly_that_code(code: str) -> None:
    """The smallest wrong case of a rule gives its code, and no other, once."""
    assert [finding.code for finding in EXAMPLES[code].wrong.findings()] == [code]


def days_by_month(record: Any) -> dict[str, date]:
    """The days of a record of which only the month may be known, each as the first of its month."""
    known = {name: getattr(record, name) for name in type(record).__dataclass_fields__}
    return {
        name: day.replace(day=1)
        for name, day in known.items()
        if f"{name}_precision" in known and day is not None
    }


def by_month(record: Any) -> Any:
    """A record that has the months of these days alone."""
    days = days_by_month(record)
    return replace(record, **days, **{f"{name}_precision": "month" for name in days})


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_month_is_never_shown_as_its_first_day(code: str) -> None:
    """A day of which only the month is known is shown as the month, whatever rule speaks of it."""
    wrong = EXAMPLES[code].wrong
    case = by_month(wrong.case) if wrong.case else None
    example = replace(wrong, entities=tuple(map(by_month, wrong.entities)), case=case)
    records = [*example.entities, *filter(None, [case])]
    firsts = {day for record in records for day in days_by_month(record).values()}
    shown = {
        value
        for finding in example.findings()
        for name, value in finding.facts.items()
        if type(value) is date and name != "day"  # as of which all is judged
    }
    assert shown & firsts == set()


def test_no_rule_lacks_its_pair() -> None:
    """Whoever adds a rule adds what is right and what is wrong by it."""
    assert list(EXAMPLES) == [rule.code for rule in RULES]


@pytest.mark.parametrize("code", EXAMPLES)
def test_what_makes_the_difference_can_be_shown(code: str) -> None:
    """Right and wrong differ in something that a reader is shown, and in little."""
    differences = EXAMPLES[code].differences()
    assert 1 <= len(differences) <= 4
    assert all(right != wrong for _, _, right, wrong in differences)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_itself_in_one_sentence_and_names_its_source(rule: Rule[Any]) -> None:
    """The rule book can be read: one sentence in either language, and where it stands."""
    assert rule.sentence[0].isupper()
    assert rule.sentence.endswith(".")
    assert ". " not in rule.sentence
    assert rule.chinese.endswith("。")
    assert rule.chinese.count("。") == 1
    assert rule.source.strip()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_number_of_a_rule_stands_in_the_policy_with_its_source(rule: Rule[Any]) -> None:
    """What ``explain`` names is there on every day, and says since when and from where."""
    for key in rule.numbers:
        section, _, name = key.partition(".")
        assert POLICY.sources[section][name].strip()
        _, since = POLICY.in_force(key, date(2023, 9, 1), "65")
        assert since <= date(2023, 9, 1)


def test_every_number_of_the_policy_has_a_source() -> None:
    """No number is there without saying where it comes from, but for what a rating goes by."""
    for section in ("admission", "member", "number", "quota", "form", "certificate", "ratio",
                    "organization", "evidence"):  # fmt: skip
        (entry, *_) = getattr(POLICY, section)
        known = type(entry).model_fields.keys() - {"since", "regions"}
        assert POLICY.sources[section].keys() == known, section


def test_evidence_is_reported_as_evidence() -> None:
    """Mass and sudden admission are never a verdict: a warning, and words that say so."""
    evidence = ("near-all", "meeting-crowded", "same-dates", "same-votes", "admissions-bunched",
            "numbers-rushed", "same-introducers")  # fmt: skip
    for rule in RULES:
        if rule.code in evidence:
            assert rule.level == "warning"
            assert "evidence, not a verdict" in rule.sentence
            assert words("en").codes[rule.code][0].startswith("evidence: ")
            assert words("zh").codes[rule.code][0].startswith("线索：")


def test_a_code_names_one_rule() -> None:
    """A finding's code leads to one rule."""
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", EXAMPLES)
def test_a_finding_gives_every_fact_that_its_words_ask_for(code: str, language: str) -> None:
    """No message of a rule has a hole where a fact should stand."""
    (found,) = EXAMPLES[code].wrong.findings()
    texts = words(language)
    variants = [key for fact in found.facts if (key := f"{code}/{fact}") in texts.codes]
    template = "".join(texts.codes[variants[0] if variants else code])
    asked = {name.partition("|")[0] for _, name, _, _ in string.Formatter().parse(template) if name}
    assert asked <= {key for key, value in found.facts.items() if value not in (None, "")}


def test_a_rule_of_the_whole_names_its_subject() -> None:
    """A finding of check has a subject that a person can look up."""
    for rule in STANDING:
        (found,) = EXAMPLES[rule.code].wrong.findings()
        assert found.subject


def test_a_person_s_id_number_in_a_finding_is_private() -> None:
    """The finding about a wrong ID number does not show it."""
    (found,) = EXAMPLES["id-number-valid"].wrong.findings()
    assert isinstance(found.facts["id_number"], Private)


# -- ages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "found"),
    [("20080909", []), ("20080910", []), ("20080911", ["age-at-application"])],
    ids=["birthday yesterday", "birthday today", "birthday tomorrow"],
)
def test_fourteen_is_reached_on_the_birthday_itself(born: str, found: list[str]) -> None:
    """Who applies on the 14th birthday is fourteen; a day earlier, not."""
    case = replace(candidate(), person=replace(HAN, id_number=id_number(1, born)))
    assert codes(case, registry(PLACE, SLOT)) == found


@pytest.mark.parametrize(
    ("born", "found"), [("19930911", ["age-at-meeting"]), ("19930910", ["age-at-application"])],
    ids=["29 tomorrow", "29 today"],
)  # fmt: skip
def test_twenty_eight_lasts_until_the_next_birthday(born: str, found: list[str]) -> None:
    """Twenty-eight full years are allowed up to the eve of the 29th birthday."""
    case = replace(candidate(), person=replace(HAN, id_number=id_number(1, born)))
    assert codes(case, registry(PLACE, SLOT)) == found


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2022, 2, 28), 13), (date(2022, 3, 1), 14), (date(2024, 2, 28), 15),
     (date(2024, 2, 29), 16)],
)  # fmt: skip
def test_who_was_born_on_29_february_turns_on_1_march(day: date, age: int) -> None:
    """In a year without 29 February the birthday falls on the day after the 28th."""
    assert age_on(date(2008, 2, 29), day) == age


@pytest.mark.parametrize(("day", "found"), [(28, ["age-at-application"]), (1, [])])
def test_an_applicant_of_29_february_is_fourteen_on_1_march(day: int, found: list[str]) -> None:
    """The gate counts a leap-day birth the same way."""
    applied = date(2022, 2, 28) if day == 28 else date(2022, 3, 1)
    case = replace(
        candidate(applied=applied, talked=date(2022, 3, 20)),
        person=replace(HAN, id_number=id_number(1, "20080229")),
    )
    assert codes(case, registry(PLACE, SLOT)) == found


@pytest.mark.parametrize("born", ["20060315", "20060330", "20060331"])
def test_a_month_of_joining_counts_from_its_end(born: str) -> None:
    """Of somebody who turned fourteen in the month of joining, nobody can say it was too early."""
    case = replace(
        MEMBER, person=replace(HAN, id_number=id_number(1, born)), joined=date(2020, 3, 1),
        joined_precision="month", number="202065000001",
    )  # fmt: skip
    assert codes(case, registry()) == []


# -- months, days, hours -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "later"),
    [(date(2022, 11, 30), date(2023, 2, 28)), (date(2023, 11, 30), date(2024, 2, 29)),
     (date(2023, 1, 31), date(2023, 4, 30)), (date(2022, 10, 31), date(2023, 1, 31)),
     (date(2023, 2, 28), date(2023, 5, 28))],
)  # fmt: skip
def test_three_months_end_on_the_last_day_of_a_shorter_month(day: date, later: date) -> None:
    """Three months after the 30th or 31st is the last day where the month has fewer."""
    assert months_after(day, 3) == later


@pytest.mark.parametrize(
    ("meeting", "found"), [(date(2023, 2, 27), ["activist-months"]), (date(2023, 2, 28), [])]
)
def test_the_meeting_may_be_held_on_the_last_day_of_the_third_month(
    meeting: date, found: list[str]
) -> None:
    """An activist of 30 November can be admitted on 28 February."""
    case = candidate(
        activist=date(2022, 11, 30), candidate=date(2023, 2, 1), meeting=meeting,
        approved=date(2023, 3, 20),
    )  # fmt: skip
    assert codes(case, registry(PLACE, SLOT)) == found


@pytest.mark.parametrize(
    ("hours", "found"), [(8.0, []), (7.5, ["course-hours"]), (7.99, ["course-hours"]), (8.5, [])]
)
def test_eight_hours_are_enough_and_less_is_not(hours: float, found: list[str]) -> None:
    """The minimum itself is enough."""
    assert codes(candidate(course_hours=hours), registry(PLACE, SLOT)) == found


def test_service_hours_that_are_not_recorded_are_not_asked_for() -> None:
    """A sheet without the column gives no warning."""
    assert codes(candidate(service_hours=None), registry(PLACE, SLOT)) == []


def test_steps_that_are_not_recorded_are_left_out_of_the_order() -> None:
    """Without talk, candidate and notice the dates that are there are in order."""
    assert codes(candidate(talked=None, candidate=None), registry(PLACE, SLOT)) == []


def test_a_date_out_of_order_is_found_across_steps_that_are_missing() -> None:
    """A meeting before the application is found though everything between is unknown."""
    case = candidate(talked=None, candidate=None, activist=date(2022, 9, 9))
    assert codes(case, registry(PLACE, SLOT)) == ["dates-in-order"]


# -- votes ---------------------------------------------------------------------------------------


def _alone(code: str, case: RuleSubject) -> bool:
    rule = next(rule for rule in GATE if rule.code == code)
    return not list(rule.check(case, registry(PLACE, SLOT), POLICY))


@pytest.mark.parametrize(
    ("due", "present", "holds"), [(30, 15, False), (30, 16, True), (31, 15, False), (31, 16, True)]
)
def test_exactly_half_present_is_no_quorum(due: int, present: int, holds: bool) -> None:
    """More than half of those due must come; half is not more."""
    assert _alone("quorum", candidate(due=due, present=present, in_favour=present)) is holds


@pytest.mark.parametrize(
    ("code", "due", "present", "favour", "holds"),
    [
        ("majority-of-present", 30, 28, 14, False), ("majority-of-present", 30, 28, 15, True),
        ("majority-of-present", 30, 27, 13, False), ("majority-of-present", 30, 27, 14, True),
        ("majority-of-due", 30, 28, 15, False), ("majority-of-due", 30, 28, 16, True),
    ],
)  # fmt: skip
def test_exactly_half_in_favour_is_no_majority(
    code: str, due: int, present: int, favour: int, holds: bool
) -> None:
    """More than half must vote in favour; half is not more."""
    assert _alone(code, candidate(due=due, present=present, in_favour=favour)) is holds


@pytest.mark.parametrize("votes", [(0, 0, 0), (1, 1, 0), (1, 0, 0)])
def test_nobody_is_admitted_by_nobody(votes: tuple[int, int, int]) -> None:
    """A meeting without members or votes admits nobody."""
    due, present, favour = votes
    assert codes(candidate(due=due, present=present, in_favour=favour), registry(PLACE, SLOT))


# -- numbers -------------------------------------------------------------------------------------


def _joined(number: str | None, day: date, province: str = "65") -> list[str]:
    born = f"{day.year - 15}0301"
    case = replace(MEMBER, person=replace(HAN, id_number=id_number(1, born)), number=number,
                   joined=day)  # fmt: skip
    return codes(case, registry(province=province))


@pytest.mark.parametrize("year", [2017, 2018])
@pytest.mark.parametrize("first", [2017, 2018])
def test_numbers_of_2017_and_2018_interchange(year: int, first: int) -> None:
    """Who joined in one of these two years may have a number of either."""
    assert _joined(f"{first}65000001", date(year, 5, 4)) == []


@pytest.mark.parametrize(
    ("number", "day"),
    [("201665000001", date(2017, 1, 1)), ("201965000001", date(2018, 12, 31)),
     ("201865000001", date(2019, 1, 1)), ("202065000001", date(2019, 5, 4))],
)  # fmt: skip
def test_other_years_do_not_interchange(number: str, day: date) -> None:
    """Except in 2017 and 2018 the number begins with the year of joining."""
    assert _joined(number, day) == ["number-year"]


@pytest.mark.parametrize(
    ("number", "province", "found"),
    [
        ("201665000001", "65", []), (None, "65", ["number-missing"]),
        ("20160", "65", ["number-format"]), (None, "62", []), ("20160", "62", []),
    ],
)  # fmt: skip
def test_xinjiang_asked_for_numbers_a_year_before_the_others(
    number: str | None, province: str, found: list[str]
) -> None:
    """In 2016 a number of twelve digits was required in Xinjiang, elsewhere not yet."""
    assert _joined(number, date(2016, 6, 1), province) == found


@pytest.mark.parametrize(
    ("number", "found"),
    [(None, []), ("20151", []), ("20151234567", []), ("2015", ["number-format"]),
     ("20141", ["number-year"])],
)  # fmt: skip
def test_before_2016_a_number_is_any_that_begins_with_its_year(
    number: str | None, found: list[str]
) -> None:
    """Older numbers may be absent or of any length above four, with the year in front."""
    assert _joined(number, date(2015, 6, 1)) == found


@pytest.mark.parametrize("province", ["37", "65"])
@pytest.mark.parametrize(
    ("number", "year", "found"),
    [
        ("2015160000000001", 2015, []), ("2015160000000001", 2016, []),
        ("2016170000000001", 2016, []), ("2016170000000001", 2017, []),
        ("2015160000000001", 2017, ["number-year"]), ("2016170000000001", 2015, ["number-year"]),
    ],
)  # fmt: skip
def test_shandong_s_sixteen_digits_stand_for_two_years(
    number: str, year: int, found: list[str], province: str
) -> None:
    """A number of sixteen digits from Shandong is right wherever its holder lives now."""
    assert _joined(number, date(year, 6, 1), province) == found


@pytest.mark.parametrize("year", [2014, 2015, 2016, 2017])
def test_sixteen_digits_of_another_beginning_are_no_number(year: int) -> None:
    """Only 201516… and 201617… have sixteen digits; any other is written wrongly."""
    assert _joined(f"{year}990000000001", date(year, 6, 1), "62") == ["number-format"]


@pytest.mark.parametrize("number", ["2023６5000001", "２０２３65000001"])
def test_a_number_has_ascii_digits_only(number: str) -> None:
    """Digits of full width are another text, even if they look the same."""
    assert "number-format" in codes(replace(MEMBER, number=number), registry())


def test_a_void_number_is_never_used_again() -> None:
    """A number that was made void is refused with its reason."""
    void = Number(N1, 2023, "void", 1, None, "spoiled form")
    (verdict,) = judge(NUMBERED, registry(PLACE, void), POLICY, ENTRY)
    assert (verdict.code, verdict.facts["void"]) == ("one-number", "spoiled form")


@pytest.mark.parametrize(
    ("code", "held", "field"),
    [
        ("one-number", Number(N2, 2023, "used", 1, 1), "number"),
        ("one-form", Form("F2", 1), "form"),
        ("one-certificate", Certificate("10000009", 1), "certificate"),
    ],
)  # fmt: skip
def test_who_has_one_gets_no_second(code: str, held: Entity, field: str) -> None:
    """A second number, form or certificate names the one that the person has."""
    case = replace(MEMBER, number=N1, form="F1", certificate="10000001")
    (verdict,) = judge(case, registry(HAN, PLACE, SLOT, held), POLICY, ENTRY)
    assert (verdict.code, verdict.field) == (code, field)
    assert verdict.facts["has"] in (N2, "F2", "10000009")


@pytest.mark.parametrize("state", ["void", "replaced", "recalled"])
def test_papers_that_are_not_valid_leave_room_for_new_ones(state: str) -> None:
    """Who lost a form or certificate may have another."""
    paper: Entity = Form("F2", 1, "void") if state == "void" else Certificate("10000009", 1, state)
    case = replace(MEMBER, number=N1, form="F1", certificate="10000001")
    assert codes(case, registry(HAN, paper)) == []


# -- places --------------------------------------------------------------------------------------


def test_no_quota_from_here_up_is_said_so() -> None:
    """Without any quota nobody is admitted, and the message says that there is none."""
    (verdict,) = judge(candidate(None), registry(), POLICY, GATE)
    assert (verdict.code, verdict.facts["holder"]) == ("place-left", "")


def test_an_exhausted_quota_is_counted_out() -> None:
    """The message tells places, used, void and what was given below; they add up."""
    taken = (
        Quota(1, 2023, "S", N1, N4, 4), Number(N1, 2023, "used", 1, 2),
        Number(N2, 2023, "void", 1, None, "spoiled"), Quota(2, 2023, "S2", N3, N4, 2, parent=1),
        Number(N3, 2023, "free", 2), Number(N4, 2023, "free", 2),
    )  # fmt: skip
    (verdict,) = judge(candidate(None), registry(*taken), POLICY, GATE)
    counted = {key: verdict.facts[key] for key in ("places", "used", "void", "below")}
    assert counted == {"places": 4, "used": 1, "void": 1, "below": 2}


def test_a_branch_admits_from_the_nearest_quota_above_only() -> None:
    """Where the school has a quota, the county's free numbers are not for its branches."""
    county = (Quota(2, 2023, "C", N3, N4, 2), Number(N3, 2023, "free", 2))
    full = registry(PLACE, replace(SLOT, state="used", person=2), *county)
    assert codes(candidate(None), full) == ["place-left"]
    assert codes(candidate(None), registry(*county)) == []


@pytest.mark.parametrize(
    ("joined", "precision", "left", "found"),
    [
        (date(2023, 4, 10), "day", None, []),
        (date(2023, 4, 1), "month", None, []),
        (date(2021, 5, 4), "day", None, ["one-person"]),
        (date(2023, 4, 1), "day", None, ["one-person"]),
        (date(2021, 5, 4), "day", date(2022, 1, 1), []),
    ],
)  # fmt: skip
def test_who_is_a_member_already_is_not_admitted(
    joined: date, precision: str, left: date | None, found: list[str]
) -> None:
    """A roster may have recorded this admission; any other membership contradicts it."""
    stored = Membership(1, 1, "S1", joined, precision, left=left)
    assert codes(candidate(), registry(HAN, PLACE, SLOT, stored)) == found


# -- the whole -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "link"),
    [(HAN, "person"), (MEMBERSHIP, "membership"), (CHAIN[2], "number"), (CHAIN[-2], "form"),
     (CHAIN[-1], "certificate")],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_broken_chain_names_the_missing_link(gone: Entity, link: str) -> None:
    """Whichever link is gone, check names it."""
    whole = registry(*(entity for entity in CHAIN if entity is not gone))
    (found,) = [finding for finding in review(whole, POLICY) if finding.code == "chain-closed"]
    assert found.facts["missing"] == [link]


def test_blocks_side_by_side_do_not_overlap() -> None:
    """Two blocks of which the second begins within the first are found."""
    whole = registry(Quota(1, 2023, "C", N1, N3, 3), Quota(2, 2023, "S", N3, N4, 2))
    assert "block-within" in {finding.code for finding in review(whole, POLICY)}


def test_a_member_who_left_may_have_belonged_to_a_dissolved_branch() -> None:
    """Only who is a member still needs a living organisation."""
    closed = replace(BRANCH, dissolved=date(2023, 10, 31))
    left = replace(MEMBERSHIP, left=date(2023, 8, 1))
    assert list(review(registry(*CHAIN, closed, left), POLICY)) == []


def test_who_was_admitted_elsewhere_needs_no_admission_here() -> None:
    """A foreign number says that the admission is recorded where it was given."""
    joined = replace(OLD_MEMBERSHIP, joined=date(2023, 5, 4))
    foreign = Number("202314000001", 2023, "foreign", None, 3)
    block = Number(N1, 2023, "free", 1), Number(N2, 2023, "free", 1)
    whole = registry(OLD, joined, foreign, PLACE, *block)
    assert [finding.code for finding in review(whole, POLICY)] == ["branch-size"]


def test_a_quota_that_comes_after_one_below_it_leaves_check_silent(
    run: Run, db: Path, workbook: Callable[..., Path]
) -> None:
    """A branch may get its block before the committee above it gets one; what was then admitted
    within both is found right."""
    first = [QUOTAS[0], QUOTAS[1], [2023, "S1", 2, "202365000001", "202365000002", None]]
    later = [QUOTAS[0], [2023, "S", 1, "202365000003", "202365000003", None]]
    for name, quotas in (("first.xlsx", first), ("later.xlsx", later)):
        ran = run("import", workbook(name, 团组织=ORGANIZATIONS, 发展计划=quotas))
        assert ran.code == 0, ran.err
    rows = [ADMISSION_HEADINGS, admission(1), admission(2)]
    ran = run("import", workbook("admissions.xlsx", 发展团员=rows))
    assert ran.code == 0, ran.err
    assert run("check", "-O", "json").code == 0


def test_an_admission_without_a_certificate_is_reported_when_it_comes_in(
    run: Run, db: Path, workbook: Callable[..., Path]
) -> None:
    """Import is not silent about what check finds wrong a moment later."""
    rows = [ADMISSION_HEADINGS, admission(1, 团员证编号=None)]
    book = workbook(团组织=ORGANIZATIONS, 发展计划=QUOTAS, 发展团员=rows)
    findings = taken(run, book)["findings"]
    found = answer_of(run, "check")["findings"]
    assert bool(findings) == bool(found)
