"""A small county whose people live on: what tests of transfers and leaving begin with."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from conftest import Ran, Run, answer_of, begin, succeeded
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)

Workbook = Callable[..., Path]

ONE, TWO, THREE, OLD, ADMITTED = range(1, 6)
"""The people: two in a class, one in a graduating class, one of 28 in a village, one admitted."""


def county(run: Run, workbook: Workbook) -> None:
    """Organisations, four members, and one admitted on 10 April 2023."""
    tree = [
        *ORGANIZATIONS,
        [
            "S3",
            "云杉县第一中学高三（1）班团支部",
            "云杉县第一中学团委",
            "毕业班团支部",
            "学校",
            "普通高中",
        ],
    ]
    rows = [
        MEMBER_HEADINGS,
        member(ONE),
        member(TWO),
        member(THREE, 所在团支部="S3"),
        member(OLD, 所在团支部="T1", 身份证号=id_number(OLD, "19951120"), 入团时间="2012-05-04",
               发展团员编号=None),
    ]  # fmt: skip
    cases = [ADMISSION_HEADINGS, admission(1)]
    sheets = {"团组织": tree, "发展计划": QUOTAS, "团员": rows, "发展团员": cases}
    begin(run, workbook, "--province", "65", **sheets)


def figures(run: Run, org: str = "C", year: int = 2023) -> dict[str, Any]:
    """The member figures of a year, which balance."""
    figures = succeeded(run, "stats", str(year), "--org", org)["figures"]
    found = {key: figure["value"] for key, figure in figures.items()}
    began = found["members.opening"] + found["admissions.total"] + found["members.transferred_in"]
    gone = found["members.transferred_out"] + found["members.left"]
    assert began - gone == found["members.total"]
    return found


def shown(run: Run, who: int | str) -> dict[str, Any]:
    """A person's card."""
    card: dict[str, Any] = answer_of(run, "member", "show", str(who))["member"]
    return card


def does(run: Run, *arguments: str | int) -> dict[str, Any]:
    """Run a command that must succeed; its JSON answer. The registry is sound afterwards."""
    answer: dict[str, Any] = succeeded(run, *map(str, arguments))
    errors = run("check")
    assert errors.code == 0, errors.out
    return answer


def refused(ran: Ran, *codes: str) -> None:
    """A rule forbade it, with exactly these codes; the exit code is 3."""
    assert ran.code == 3, (ran.out, ran.err)
    reported = [line.split()[1] for line in ran.err.splitlines() if line.startswith("error ")]
    assert sorted(reported) == sorted(codes), ran.err
