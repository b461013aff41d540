"""Names are folded to one spelling, and the first written form is kept as well."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin, taken
from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, ORGANIZATIONS, QUOTAS, admission, member

Workbook = Callable[..., Path]
NAME, WRITTEN = "阿依古丽·吐尔逊", "阿依古丽•吐尔逊"


@pytest.fixture
def county(run: Run, workbook: Workbook, either_db: str) -> str:
    """The small county's organisations and quotas."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 计划=QUOTAS)
    return either_db


def shown(run: Run, text: str) -> dict[str, Any]:
    """A person's card."""
    found: dict[str, Any] = answer_of(run, "member", "show", text)["member"]
    return found


@pytest.mark.parametrize(
    ("written", "name", "kept"),
    [
        (WRITTEN, NAME, WRITTEN),
        ("阿依古丽 · 吐尔逊", NAME, "阿依古丽 · 吐尔逊"),
        ("张 三", "张三", "张 三"),
        ("Ａｌｉ", "Ali", "Ａｌｉ"),
        (NAME, NAME, None),
        ("  张三\u200b ", "张三", None),
        ("张三", "张三", None),
    ],
)
def test_the_first_spelling_is_kept_where_it_was_folded(
    written: str, name: str, kept: str | None, run: Run, county: str, workbook: Workbook
) -> None:
    """Shown next to the name; space around a name and invisible characters are not part of it."""
    book = workbook(名册=[MEMBER_HEADINGS, member(1, 姓名=written)])
    assert run("import", book).code == 0
    card = shown(run, "202065000001")
    assert (card["name"], card["written"]) == (name, kept)
    table = run("member", "show", "202065000001").out
    assert (kept in table) if kept else ("as written" not in table)


@pytest.mark.parametrize("other", [NAME, "阿依古丽．吐尔逊", WRITTEN])
def test_another_spelling_of_the_same_name_changes_nothing(
    other: str, run: Run, county: str, workbook: Workbook
) -> None:
    """Import twice is import once, whatever dot the second sheet has."""
    assert run("import", workbook(名册=[MEMBER_HEADINGS, member(1, 姓名=WRITTEN)])).code == 0
    book = workbook(名册=[MEMBER_HEADINGS, member(1, 姓名=other)])
    found = taken(run, book)
    assert (found["totals"]["unchanged"], found["operation"]) == (1, None)
    assert shown(run, "202065000001")["written"] == WRITTEN


@pytest.mark.parametrize(
    ("text", "is_full"),
    [
        (NAME, True), (WRITTEN, True), ("阿依古丽．吐尔逊", True),
        ("古丽•吐", False), ("丽 · 吐", False), ("阿依古丽", False),
    ],
)  # fmt: skip
def test_a_person_is_found_by_either_spelling(
    text: str, is_full: bool, run: Run, county: str, workbook: Workbook
) -> None:
    """As it is stored, as it was written, or with any other dot; a part of it is enough to find
    somebody, but does not say who is meant."""
    rows = [MEMBER_HEADINGS, member(1, 姓名=WRITTEN), member(2)]
    assert run("import", workbook(名册=rows)).code == 0
    found = answer_of(run, "member", "find", text)
    assert [row["name"] for row in found["rows"]] == [NAME]
    if is_full:
        assert shown(run, text)["name"] == NAME
    else:
        assert run("member", "show", text).code == 4


def test_whoever_is_admitted_keeps_the_spelling_too(
    run: Run, county: str, workbook: Workbook
) -> None:
    """From a sheet of candidates as from a roster."""
    rows = [ADMISSION_HEADINGS, admission(1, 姓名=WRITTEN, 发展团员编号=None)]
    assert run("admit", workbook(发展团员=rows)).code == 0
    assert shown(run, NAME)["written"] == WRITTEN
    assert run("check").code == 0
