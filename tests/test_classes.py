"""What took sixty commands takes one: classes go up, transfers are accepted, numbers are voided."""

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import DATA, Run, answer_of
from leaguectl.kinds.class_names import grade_in, grade_of
from leaguectl.model import Organization


def names(run: Run, *arguments: str) -> list[str]:
    """The names of the organisations that are there."""
    rows = answer_of(run, "org", "tree", *arguments)["organizations"]
    return [row["name"] for row in rows]


@pytest.mark.parametrize(
    ("name", "founded", "index"),
    [
        ("云杉县第一中学2022级高二（1）班团支部", None, 2),  # by the year in the name
        ("云杉县第一中学2024级高一（1）班团支部", None, 0),
        ("高一（3）班团支部", date(2023, 9, 1), 1),  # by the founding
        ("高二（3）班团支部", date(2023, 9, 1), 1),  # it went up already
        ("高一（3）班团支部", date(2010, 9, 1), 1),  # a branch older than its class
        ("八年级2班团支部", None, 2),
        ("九年级2班团支部", None, 3),  # beyond the last
        ("七（1）班团支部", None, 1),
        ("高三补习学校2023级高一（1）班团支部", None, 1),  # the last grade in the name counts
    ],
)
def test_the_grade_of_a_class_follows_from_its_year(
    name: str, founded: date | None, index: int
) -> None:
    """In the autumn of 2024."""
    organization = Organization("X", name, "branch", founded=founded)
    grade = grade_of(name)
    assert grade is not None
    assert grade_in(organization, grade, 2024) == index


def test_a_branch_that_is_no_class_has_no_grade() -> None:
    """The teachers' branch stays as it is."""
    assert grade_of("云杉县第一中学教师团支部") is None


def test_classes_go_up_in_one_operation(
    sample_db: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each class once: again nothing is left to do; and undo brings every name back."""
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-09-02")
    before, key = names(run), "ratios.graduating_senior"
    ratio = run("stats", "2023", "--get", key).out
    ran = run("org", "promote", "2024", "--on", "2024-09-01", "--yes", "-O", "json")
    answer = json.loads(ran.out)
    after = names(run)
    assert run("stats", "2023", "--get", key).out == ratio  # they left no school in 2023
    assert "云杉县第一中学2022级高三（1）班团支部" in after
    assert "云杉县第一中学2022级高二（1）班团支部" not in after
    assert sorted(after) != sorted(before)
    # The classes of 2021 left in the summer: they are named and stay as they are.
    left = {finding["subject"] for finding in answer["findings"]}
    assert left == {name for name in before if "2021级" in name and "职业" not in name}
    card = answer_of(run, "org", "show", "云杉县第一中学2022级高三（1）班团支部")
    assert card["organization"]["type"] == "graduating branch"
    again = run("org", "promote", "2024", "--on", "2024-09-02", "--yes", "-O", "json")
    assert json.loads(again.out)["operation"] is None
    assert run("undo", str(answer["operation"]), "--yes").code == 0
    assert names(run) == before


def test_classes_of_one_school_go_up_alone(
    sample_db: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ``--org``."""
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-09-02")
    school = "共青团云杉县第二中学委员会"
    others = [name for name in names(run) if "第二中学" not in name]
    assert run("org", "promote", "2024", "--org", school, "--yes").code == 0
    assert [name for name in names(run) if "第二中学" not in name] == others
    assert "云杉县第二中学2022级高三（1）班团支部" in names(run, "--org", school)


def test_transfers_are_accepted_by_organization_by_name_and_by_numbers(
    sample_db: Path, run: Run
) -> None:
    """All that are pending there, in one operation."""
    found = answer_of(run, "member", "find", "张")["rows"][:5]
    people = [str(row["id"]) for row in found]
    for person in people:
        asked = ("--to-outside", "阿里县", "--on", "2024-01-10")
        assert run("member", "transfer", person, *asked).code == 0
    transfers = answer_of(run, "transfer", "list")["rows"]
    first, second, third, *_ = (row["id"] for row in transfers)
    accepted = answer_of(run, "transfer", "accept", f"#{people[0]}", "--yes")
    assert [row["id"] for row in accepted["rows"]] == [first]
    span = f"{second}-{third}"
    accepted = answer_of(run, "transfer", "accept", span, "--yes")
    assert [row["id"] for row in accepted["rows"]] == [second, third]
    accepted = answer_of(run, "transfer", "accept", "--org", "YS", "--all", "--yes")  # fmt: skip
    assert len(accepted["rows"]) == 2
    assert run("transfer", "accept", "--org", "YS", "--all").code == 4
    assert run("transfer", "accept", span).code == 4
    assert run("transfer", "accept", f"{third}-{second}").code == 2
    for unclear in ((), ("--all",), ("--org", "YS"), (str(first), "--org", "YS", "--all")):
        assert run("transfer", "accept", *unclear).code == 2


def test_unused_numbers_of_a_year_are_voided_at_once(sample_db: Path, run: Run) -> None:
    """Of one organisation or of the county; who has a number keeps it."""
    run("import", DATA / "plan-2024.csv")
    usage = answer_of(run, "number", "usage", "2024")["blocks"]
    org, free = usage[-1]["organization"], usage[-1]["free"]
    why = ("--reason", "年度结束未使用", "--yes", "-O", "json")
    assert run("number", "void", "--unused", "2024", "--yes").code == 2  # no reason
    voided = json.loads(run("number", "void", "--unused", "2024", "--org", org, *why).out)
    assert len(voided["rows"]) == free
    run("number", "void", "--unused", "2024", *why)
    usage = answer_of(run, "number", "usage", "2024")["blocks"]
    assert {block["free"] for block in usage} == {0}
    assert run("number", "void", "--unused", "2024", *why).code == 4
    assert run("number", "void", *why).code == 2
    assert run("number", "void", "202465007101", "--unused", "2024", *why).code == 2
