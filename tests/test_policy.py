"""The policy: dated numbers, a county's file laid over them, and what they change."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import Run, answer_of
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission, id_number
from leaguectl.findings import Level, UsageError
from leaguectl.model import Admission, Number, Organization, Person, Quota, RuleSubject, Snapshot
from leaguectl.rules import GATE, STANDING, judge, load, review

NUMBER = "202365000001"
FROM_2024 = '[[admission]]\nfrom = 2024-01-01\ncourse_hours = "10"\n'


def _case(meeting: date, hours: float) -> tuple[RuleSubject, Snapshot]:
    """A candidate of these hours who is right in all else, and a registry with a place."""
    number = f"{meeting.year}65000001"
    registry = Snapshot(settings={"province": "65"})
    registry.load(Organization("S", "云杉县第一中学团支部", "branch", domain="school"))
    registry.load(Quota(1, meeting.year, "S", number, number, 1))
    registry.load(Number(number, meeting.year, "free", 1))
    this = Admission(
        id=1, person=1, organization="S", number=number, form=number, certificate=number,
        applied=date(2022, 9, 10), activist=date(2022, 10, 10), meeting=meeting,
        approved=meeting + timedelta(days=10),
        course_hours=hours, introducer_1="李介绍", introducer_2="王介绍", due=30, present=28,
        in_favour=27,
    )  # fmt: skip
    person = Person(1, "韩一", id_number(1))
    return RuleSubject(person, "S", meeting, number, number, number, admission=this), registry


def _levels(overlay: str, hours: float = 7) -> list[tuple[str, Level]]:
    case, registry = _case(date(2023, 4, 10), hours)
    found = judge(case, registry, load(overlay), GATE)
    return [(finding.code, finding.level) for finding in found]


# -- dated entries -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2023, 12, 31), "8"), (date(2024, 1, 1), "10"), (date(2030, 1, 1), "10"),
     (date(1950, 1, 1), "8")],
)  # fmt: skip
def test_an_entry_counts_from_its_day_on(day: date, hours: str) -> None:
    """The eve is judged by the entry before; days before all entries by the first."""
    assert load(FROM_2024).admission_on(day).course_hours == Decimal(hours)


def test_an_entry_carries_on_what_it_does_not_say() -> None:
    """A later entry says only what changed."""
    now, then = (load(FROM_2024).admission_on(date(year, 1, 1)) for year in (2024, 2023))
    unsaid = {"since", "course_hours"}
    assert now.model_dump(exclude=unsaid) == then.model_dump(exclude=unsaid)


def test_the_order_of_the_entries_in_a_file_does_not_matter() -> None:
    """Entries are sorted by their day."""
    middle = '[[admission]]\nfrom = 2020-01-01\ncourse_hours = "9"\n'
    for text in (FROM_2024 + middle, middle + FROM_2024):
        policy = load(text)
        found = [policy.admission_on(date(year, 6, 1)).course_hours for year in (2019, 2021, 2024)]
        assert found == [8, 9, 10]


def test_an_entry_for_a_region_is_no_base_for_the_others() -> None:
    """Xinjiang's rule of 2016 is not carried on to other provinces."""
    policy = load()
    assert policy.number_format(date(2016, 6, 1), "65").digits == 12
    assert policy.number_format(date(2016, 6, 1), "62").digits == 0
    assert policy.number_format(date(2016, 6, 1), None).digits == 0
    assert policy.number_format(date(2015, 12, 31), "65").digits == 0
    assert policy.number_format(date(2017, 1, 1), "62").years == (2017, 2018)
    assert policy.number_format(date(2019, 1, 1), "65").years == ()


@pytest.mark.parametrize(
    ("meeting", "found"), [(date(2023, 12, 31), []), (date(2024, 1, 1), ["course-hours"])]
)
def test_an_admission_is_judged_by_the_policy_of_its_meeting_day(
    meeting: date, found: list[str]
) -> None:
    """A stricter rule does not reach back to the meetings before it."""
    case, registry = _case(meeting, 8)
    assert [verdict.code for verdict in judge(case, registry, load(FROM_2024), GATE)] == found


# -- a county's file -----------------------------------------------------------------------------


def test_an_overlay_replaces_only_what_it_names() -> None:
    """An entry of the same day keeps its other values, and the other sections stay."""
    packaged, laid = load(), load("[[admission]]\nfrom = 1957-05-25\nmaximum_age = 25\n")
    assert laid.admission[0].maximum_age == 25
    kept = laid.admission[0].model_dump(exclude={"maximum_age"})
    assert kept == packaged.admission[0].model_dump(exclude={"maximum_age"})
    assert len(laid.admission) == len(packaged.admission)
    assert (laid.member, laid.number, laid.legacy_number, laid.levels) == (
        packaged.member, packaged.number, packaged.legacy_number, packaged.levels,
    )  # fmt: skip


def test_an_overlay_of_one_level_keeps_the_others() -> None:
    """Switching one rule leaves the packaged levels of the others."""
    laid = load('[levels]\nquorum = "warning"\n')
    assert laid.levels == {**load().levels, "quorum": "warning"}


@pytest.mark.parametrize(
    ("overlay", "words", "category"),
    [('"other" = ["学党史"]', "学党史", "other"), ('"other" = ["学党史"]', "志愿服务", "other"),
     ('"theme day" = ["志愿服务"]', "志愿服务", "theme day"),
     ('"theme day" = ["志愿服务"]', "社会实践", "other"),
     ('"theme day" = ["志愿服务"]', "主题团日", "theme day")],
)  # fmt: skip
def test_a_county_s_words_are_added(overlay: str, words: str, category: str) -> None:
    """None of the package is lost, and one that the county lists elsewhere counts there."""
    laid = load(f"[activities]\n{overlay}\n")
    assert laid.category_of(words) == category
    assert [laid.activities[code][0] for code in laid.activities] == [
        words[0] for words in load().activities.values()
    ]
    posts = load('[posts]\n"other" = ["网格员"]\n')
    assert (posts.title_of("网格员"), posts.title_of("干事")) == ("other", "other")


def test_a_region_s_entry_stands_next_to_that_of_all() -> None:
    """A county can add a number format of its own province without touching the others."""
    text = '[[number]]\nfrom = 2019-01-01\nregions = ["99"]\ndigits = 10\n'
    laid = load(text)
    assert laid.number_format(date(2020, 1, 1), "99").digits == 10
    assert laid.number_format(date(2020, 1, 1), "65").digits == 12


def test_a_legacy_format_can_be_added() -> None:
    """Another province's old numbers are added by their beginning."""
    laid = load('[[legacy_number]]\nprefix = "77"\ndigits = 9\nyears = [2010]\n')
    assert [item.prefix for item in laid.legacy_number] == ["201516", "201617", "77"]


def test_an_empty_overlay_changes_nothing() -> None:
    """A file of comments alone is the packaged policy."""
    assert load("# nothing yet\n") == load()


FAULTY = {
    "misspelt key": ('[[admission]]\nfrom = 1957-05-25\ncourse_hour = "9"\n', "course_hour"),
    "misspelt section": ("[[admissions]]\nfrom = 1957-05-25\n", "admissions"),
    "misspelt section of keys": ("[level]\nquorum = 'off'\n", "level"),
    "bad type": ('[[admission]]\nfrom = 1957-05-25\nminimum_age = "young"\n', "minimum_age"),
    "negative": ("[[member]]\nfrom = 1957-05-25\nminimum_age = -1\n", "minimum_age"),
    "bad level": ('[levels]\nquorum = "loud"\n', "quorum"),
    "no rule of that code": ('[levels]\ncourse-hour = "off"\n', "course-hour"),
    "no day": ('[[admission]]\ncourse_hours = "9"\n', "from"),
    "day as text": ('[[admission]]\nfrom = "2024-01-01"\n', "from"),
    "table for a list": ('[admission]\ncourse_hours = "9"\n', "admission"),
    "value for a list": ("admission = 3\n", "admission"),
    "value for levels": ('levels = "off"\n', "levels"),
    "no such training": ('[trainings]\n"theme day" = ["党课"]\n', "theme day"),
    "no such category": ('[activities]\n"sport" = ["篮球赛"]\n', "sport"),
    "word of two categories": ('[activities]\n"theme day" = ["团课"]\n', "团课"),
    "word for a list": ('[activities]\n"other" = "篮球赛"\n', "activities"),
    "list for a table": ('[[levels]]\nquorum = "off"\n', "levels"),
}
"""What is wrong with a policy file, the file, and the key that the message names."""


@pytest.mark.parametrize(("text", "key"), FAULTY.values(), ids=FAULTY)
def test_a_policy_file_that_is_wrong_names_the_key(
    text: str, key: str, run: Run, db: Path, tmp_path: Path
) -> None:
    """A county learns at ``init`` what it mistyped: exit code 2, the key, and no registry."""
    file = tmp_path / "policy.toml"
    file.write_text(text, "utf-8")
    ran = run("init", "--policy", file)
    assert (ran.code, db.exists()) == (2, False), ran.err
    assert key in ran.err


@pytest.mark.parametrize(("text", "key"), FAULTY.values(), ids=FAULTY)
def test_a_wrong_policy_is_an_error_of_usage(text: str, key: str) -> None:
    """Whoever loads it gets the same error, never another exception."""
    with pytest.raises(UsageError) as caught:
        load(text)
    assert caught.value.code == "policy-not-valid"
    assert key in caught.value.facts["detail"]


@pytest.mark.parametrize("data", [b"[levels\n", b"=\n", b"\xff\xfe\xff"], ids=["cut", "=", "bytes"])
def test_a_policy_file_that_is_no_toml_is_refused(
    data: bytes, run: Run, db: Path, tmp_path: Path
) -> None:
    """Invalid TOML is reported, with exit code 2."""
    file = tmp_path / "policy.toml"
    file.write_bytes(data)
    ran = run("init", "--policy", file)
    assert (ran.code, db.exists()) == (2, False), ran.err
    assert "TOML" in ran.err


def test_a_policy_file_that_is_not_there_is_not_found(run: Run, db: Path, tmp_path: Path) -> None:
    """A mistyped path is exit code 4."""
    ran = run("init", "--policy", tmp_path / "none.toml")
    assert (ran.code, db.exists()) == (4, False)
    assert "none.toml" in ran.err


# -- what it changes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "found"),
    [
        ("error", [("course-hours", Level.ERROR)]),
        ("warning", [("course-hours", Level.WARNING)]),
        ("off", []),
    ],
)
def test_a_level_of_the_policy_decides_what_a_rule_weighs(
    level: str, found: list[tuple[str, Level]]
) -> None:
    """A county can make a rule warn, or switch it off."""
    assert _levels(f'[levels]\ncourse-hours = "{level}"\n') == found


def test_a_warning_of_the_package_can_be_made_an_error() -> None:
    """Where sources disagree the county decides."""
    case, registry = _case(date(2023, 4, 10), 8)
    assert case.admission is not None
    case = replace(case, admission=replace(case.admission, in_favour=15))
    for overlay, level in (("", Level.WARNING), ('majority-of-due = "error"', Level.ERROR)):
        found = judge(case, registry, load(f"[levels]\n{overlay}\n"), GATE)
        assert [(finding.code, finding.level) for finding in found] == [("majority-of-due", level)]


@pytest.mark.parametrize("rule", STANDING, ids=lambda rule: rule.code)
def test_a_standing_rule_can_be_switched_off(rule: object) -> None:
    """Check obeys the same levels: what is off is not found."""
    code = rule.code  # type: ignore[attr-defined]
    registry = Snapshot()
    registry.load(Quota(1, 2023, "none", NUMBER, NUMBER, 2))
    found = {finding.code for finding in review(registry, load(f'[levels]\n{code} = "off"\n'))}
    assert code not in found
    assert found == {"block-adds-up"} - {code}


def test_a_registry_keeps_the_policy_it_was_made_with(
    run: Run, db: Path, workbook: Callable[..., Path], tmp_path: Path
) -> None:
    """The county's file is stored: later imports and checks go by it, wherever the file is."""
    file = tmp_path / "policy.toml"
    file.write_text('[[admission]]\nfrom = 2023-01-01\ncourse_hours = "9"\n', "utf-8")
    assert run("init", "--province", "65", "--policy", file).code == 0
    file.unlink()
    sheets = {"团组织": ORGANIZATIONS, "发展计划": QUOTAS}
    rows = [ADMISSION_HEADINGS, admission(1, 团课学时=8.5), admission(2, 团课学时=9)]
    book = workbook(**sheets, 发展团员=rows)
    ran = run("import", "--valid-only", "-O", "json", book)
    assert ran.code == 1
    found = json.loads(ran.out)["findings"]
    assert [(finding["code"], finding["row"]) for finding in found] == [("course-hours", 2)]
    assert run("check").code == 0


# -- the policy of a registry that is there -------------------------------------------------------


def test_a_policy_is_set_later_and_recorded(run: Run, either_db: str, tmp_path: Path) -> None:
    """From then on it counts; the log says who laid it over, and from which file."""
    assert run("init").code == 0
    assert run("policy", "show").out == ""
    file = tmp_path / "county.toml"
    file.write_text('[levels]\n"course-hours" = "off"\n', "utf-8")
    assert run("policy", "set", file, "--dry-run").code == 0
    assert run("policy", "show").out == ""
    assert run("policy", "set", file, "--authority", "云团发〔2024〕9号").code == 0
    assert run("policy", "show").out == file.read_text("utf-8")
    newest = answer_of(run, "log")["operations"][0]
    assert (newest["command"], newest["authority"]) == ("policy set", "云团发〔2024〕9号")
    assert newest["sources"][0]["file"] == "county.toml"
    levels = answer_of(run, "rules")["rules"]
    assert next(level["level"] for level in levels if level["code"] == "course-hours") == "off"


@pytest.mark.parametrize(
    ("text", "code"), [('[levels]\n"no-such" = "off"\n', 2), ("[[admission\n", 2), (None, 4)]
)
def test_a_policy_that_is_wrong_is_not_set(
    run: Run, db: Path, tmp_path: Path, text: str | None, code: int
) -> None:
    """A misspelt key, invalid TOML, a missing file: reported, and nothing is written."""
    assert run("init").code == 0
    before = db.read_bytes()
    file = tmp_path / "county.toml"
    if text is not None:
        file.write_text(text, "utf-8")
    assert run("policy", "set", file).code == code
    assert db.read_bytes() == before


# -- one number by itself ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "day", "number"),
    [
        ("admission.course_hours", "10", "2024-01-01", "10"),
        ("form.kept", "是", "2024-01-01", True),
        ("admission.maximum_age", "35", "2024-02-01", 35),
        ("admission.approving", '["committee"]', "2024-02-01", ["committee"]),
    ],
)
def test_one_number_is_set_from_a_day_on(
    key: str, typed: str, day: str, number: object, sample_db: Path, run: Run
) -> None:
    """Before that day the packaged one holds; what stands in the county's file stays."""
    own = sample_db.with_suffix(".toml")
    own.write_text("# ours\n" + FROM_2024.replace("course_hours", "talk_days").replace('"10"', "9"))
    assert run("policy", "set", own).code == 0
    ran = run("policy", "set", key, typed, "--on", day, "--authority", "云团发〔2024〕9号")
    assert ran.code == 0, ran.err
    text = run("policy", "show").out
    assert text.startswith("# ours\n")
    assert load(text).admission_on(date(2024, 6, 1)).talk_days == 9
    in_force, since = load(text).in_force(key, date(2024, 6, 1), None)
    assert (in_force, since) == (
        tuple(number) if isinstance(number, list) else type(in_force)(number),
        date.fromisoformat(day),
    )
    before, _ = load(text).in_force(key, date(2023, 12, 31), None)
    assert before == load().in_force(key, date(2023, 12, 31), None)[0]
    section, name = key.split(".")
    assert load(text).sources[section][name] == "云团发〔2024〕9号"
    assert run("undo", "3").code == 0
    assert load(run("policy", "show").out).in_force(key, date(2024, 6, 1), None)[0] != in_force


def test_the_level_of_a_rule_is_set_by_itself(sample_db: Path, run: Run) -> None:
    """A rule that the county does not ask is off, until it is on again."""
    assert run("policy", "set", "levels.service-hours", "off").code == 0
    assert load(run("policy", "show").out).levels["service-hours"] == "off"
    assert run("policy", "set", "levels.service-hours", "error").code == 0
    assert load(run("policy", "show").out).levels["service-hours"] == "error"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("admission.course_hour", "8"), 2, "admission.course_hours"),
        (("admission.course_hours", "many"), 2, "course_hours"),
        (("admission.talk_days", "x"), 2, "admission.talk_days"),
        (("form.kept", "maybe"), 2, "form.kept"),
        (("levels.no-such-rule", "off"), 4, "no-such-rule"),
        (("levels.service-hours", "loud"), 2, "service-hours"),
        (("nowhere.toml",), 4, "nowhere.toml"),
    ],
)
def test_what_cannot_be_a_number_of_the_policy_is_refused(
    arguments: tuple[str, ...], code: int, said: str, sample_db: Path, run: Run
) -> None:
    """With what may have been meant; nothing is written."""
    ran = run("policy", "set", *arguments)
    assert (ran.code, said in ran.err) == (code, True), ran.err
    assert run("policy", "show").out == ""
