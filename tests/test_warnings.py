"""Warnings that were said at import can be asked for again: `check` derives them from what is
stored, but for those that are about the sheet itself and leave nothing wrong behind."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from conftest import Run, answer_of
from county import MEMBER_HEADINGS, ORGANIZATIONS, member
from leaguectl.rules import CODES
from lives import Workbook
from test_messages import SOURCE
from test_messages import trees as all_trees

ABOUT_THE_SHEET = {
    # Where and how it was read.
    "file-says-nothing", "id-extended", "row-completes", "row-example", "rows-hidden-read",
    "sheet-day-ahead", "sheet-hidden-read", "sheet-no-sign", "sheet-sideways",
    "marks-total-differs", "numbers-unread", "marking-unread", "membership-unsaid", "signs-unseen",
    # It says otherwise than the registry, which stays as it is.
    "born-differs", "case-differs", "day-before-membership", "first-roster-kept", "id-merged",
    "member-moved-on", "member-not-now", "name-former", "organization-moved-on",
    "organization-namesake", "organization-not-yet", "organization-renamed", "paper-marked",
    "place-elsewhere", "roster-before-member", "roster-has-former", "roster-lacks", "sex-differs",
    "sheet-older", "stage-not-shown", "stored-kept",
    # It changes the registry, which the operation and the history keep.
    "come-since", "come-since-pending", "event-of-days", "home-corrected", "members-moved",
    "organization-made",
    "organization-moves", "stored-differs", "term-ended-with-organization", "value-changed",
}  # fmt: skip
"""The warnings of an import that nothing in the registry could say again."""


def warned_of() -> set[str]:
    """The codes that a sheet may be warned of, by where the program says so."""
    readers = ("admission", "batch", "file_parser", "parsed_files")
    rooms = [SOURCE / "kinds", *(SOURCE / "actions" / f"{name}.py" for name in readers)]
    trees = [tree for path, tree in all_trees().items()
             if any(path == room or room in path.parents for room in rooms)]  # fmt: skip
    found = set()
    for tree in trees:
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and any(map(says_level, arguments_of(call))):
                texts = [text for text in call.args[:1] if isinstance(text, ast.Constant)]
                found |= {text.value for text in texts if isinstance(text.value, str)}
    return found


def arguments_of(call: ast.Call) -> Iterator[ast.expr]:
    """All arguments of a call."""
    yield from call.args
    yield from (keyword.value for keyword in call.keywords)


def says_level(argument: ast.expr) -> bool:
    """Whether an argument is the level of a warning, or one that may be it."""
    if isinstance(argument, ast.Name):
        return argument.id == "level"
    return isinstance(argument, ast.Attribute) and argument.attr == "WARNING"


def test_every_warning_is_derived_or_about_the_sheet() -> None:
    """A new one is either a rule, which `check` asks of what is stored, or stands in the list."""
    assert warned_of() - {*CODES} == ABOUT_THE_SHEET
    assert ABOUT_THE_SHEET.isdisjoint(CODES)


def test_what_an_import_warned_of_is_said_by_check(db: Path, run: Run, workbook: Workbook) -> None:
    """Under 14, over 28, an unknown post, a name alone, lost digits, people who are alike or have
    one phone: all of it once more, and however many share it, as one finding."""
    headings = [*MEMBER_HEADINGS, "手机号码"]
    rows = [[*member(at, 姓名=f"同{chr(0x4E00 + at)}"), "13800000077"] for at in range(1, 9)]
    twins = [[*member(at, 姓名="同名人"), None] for at in (11, 12, 13)]
    odd = ["658899201806010016", "658899199003010018", "658899200603010006"]
    people = [[*member(20 + at, 姓名=f"怪{chr(0x4E00 + at)}", 身份证号=check_digit(number)), None]
              for at, number in enumerate(odd)]  # fmt: skip
    posts = [["姓名", "团组织", "团内职务", "任职时间"], ["外来人", "T1", "书记", "2022-01-01"],
             ["外来客", "T1", "领队", "2022-01-01"]]  # fmt: skip
    book = workbook("all.xlsx", 团组织=ORGANIZATIONS, 团员=[headings, *rows, *twins, *people],
                    团干部=posts)  # fmt: skip
    ran = run("import", "-O", "json", book)
    said = {found["code"] for found in json.loads(ran.out)["findings"]}
    assert {"under-age", "over-age", "id-digits-lost", "person-alike", "person-by-name",
            "post-unknown"} <= said  # fmt: skip
    found = answer_of(run, "check")["findings"]
    codes = [finding["code"] for finding in found]
    assert said - ABOUT_THE_SHEET <= {*codes}
    once = {code: codes.count(code) for code in ("phone-shared", "person-alike", "person-by-name")}
    assert set(once.values()) == {1}, once
    (shared,) = (finding for finding in found if finding["code"] == "phone-shared")
    assert "8" in shared["message"]
    assert "13800000077" not in json.dumps(found)


def check_digit(number: str) -> str:
    """The ID number with the check digit that belongs to it."""
    from stdnum.iso7064 import mod_11_2

    return number[:17] + mod_11_2.calc_check_digit(number[:17])
