"""Erased personal values are nowhere any more; what is counted and proved of people stays."""

import json
from datetime import date
from pathlib import Path
from typing import Any

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
from leaguectl.model import Person
from leaguectl.store.proof import prove
from lives import Workbook
from test_proof import altered, of_chain, opened

REFUSED, LEFT, STAYS = "古丽娜尔·买买提", "赵离离", "钱在在"
PHONES = "13912345601", "13912345602"
SECRETS = (REFUSED, LEFT, id_number(31), id_number(32), id_number(41, "20050301"), *PHONES)
WHY = ("--reason", "保存期满")


def county(run: Run, workbook: Workbook) -> None:
    """A candidate who was entered with a wrong ID number, corrected and refused; a member who left;
    and others, including one with a different name."""
    roster = [
        MEMBER_HEADINGS,
        member(41, 姓名=LEFT, 身份证号=id_number(41, "20050301")),
        member(42, 姓名=STAYS),
    ]
    begin(
        run, workbook, "--province", "65", 团组织=ORGANIZATIONS, 发展计划=QUOTAS, 团员=roster,
        发展团员=[ADMISSION_HEADINGS, admission(1)],
    )  # fmt: skip
    for command in (
        ("case", "open", "--name", REFUSED, "--id-number", id_number(31), "--org", "S1",
         "--applied", "2021-09-10", "--phone", PHONES[0]),
        ("member", "edit", REFUSED, "--id-number", id_number(32), "--reason", f"{REFUSED}填错"),
        ("member", "edit", LEFT, "--phone", PHONES[1], "--once", PHONES[1]),
        ("member", "edit", LEFT, "--phone", "13912345699", "--reason", f"原号{PHONES[1]}停用"),
        ("case", "close", REFUSED, "--refused", "--on", "2022-01-10",
         "--reason", f"{REFUSED}本人转学", "--once", f"{REFUSED} {id_number(32)}"),
        ("member", "leave", LEFT, "--reason-kind", "resigned", "--on", "2022-05-01", "-y"),
    ):  # fmt: skip
        ran = run(*command)
        assert ran.code == 0, (command, ran.err)


def answers(run: Run) -> dict[str, Any]:
    """All figures of two years, what check finds, and the numbers."""
    asked = {str(year): answer_of(run, "stats", str(year))["figures"] for year in (2022, 2023)}
    findings = answer_of(run, "check")["findings"]
    return asked | {"check": sorted(finding["code"] for finding in findings)}


def error_of(run: Run, *command: str) -> tuple[int, str]:
    """How a command ends that is refused: its exit code and the first code that it names."""
    ran = run(*command, "-O", "json")
    document = json.loads(ran.out)
    findings = document.get("findings") or [document["error"]]
    return ran.code, findings[0]["code"]


def test_what_is_erased_is_nowhere_and_all_is_still_proved(
    either_db: str, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """Name, numbers and phones are in no table and in no byte of the file; figures, findings and an
    earlier seal are as before; nothing takes it back."""
    county(run, workbook)
    assert run("policy", "set", "retention.member_years", "1", "--on", "2020-01-01").code == 0
    before, seal = answers(run), run("verify", "--head").out.strip()
    due = answer_of(run, "due", "--kind", "erasure")["due"]
    assert [row["about"] for row in due] == [REFUSED, LEFT]
    assert run("member", "erase", "--due", *WHY).code == 6  # only after a yes
    trial = run("member", "erase", "--due", *WHY, "-n")
    assert (trial.code, REFUSED in trial.out) == (0, True)
    assert run("verify", "--head").out.strip() == seal
    done = run("member", "erase", "--due", "--reason", f"{REFUSED}申请", "--yes", "-O", "json")
    assert done.code == 0, done.err
    proved = run("verify", "--seal", seal)
    assert proved.code == 0, proved.err
    assert answers(run) == before
    dump = tmp_path / "all.json"
    assert run("backup", str(dump)).code == 0
    kept = dump.read_bytes()
    kept += Path(either_db).read_bytes() if "://" not in either_db else b""
    assert [secret for secret in SECRETS if secret.encode() in kept] == []
    assert STAYS.encode() in kept
    operation = str(json.loads(done.out)["operation"])
    assert error_of(run, "undo", operation, "--yes") == (3, "undo-erasure")
    assert run("member", "find", REFUSED).code == 4
    assert answer_of(run, "due", "--kind", "erasure")["due"] == []


def test_only_what_the_policy_keeps_no_longer_is_erased(
    db: Path, run: Run, workbook: Workbook
) -> None:
    """Who is a member, who left and is kept for good, and whose time is not over, stay; a reason
    is needed, and somebody."""
    county(run, workbook)
    erase = ("member", "erase")
    assert error_of(run, *erase, STAYS, *WHY, "-y") == (3, "erase-held")
    assert error_of(run, *erase, LEFT, *WHY, "-y") == (3, "erase-kept")
    assert error_of(run, *erase, REFUSED, "-y") == (2, "reason-needed")
    assert error_of(run, *erase, *WHY, "-y") == (2, "erase-who")
    run("policy", "set", "retention.candidate_years", "9", "--on", "2020-01-01")
    assert error_of(run, *erase, REFUSED, *WHY, "-y") == (3, "erase-not-due")


def test_a_pseudonym_is_borne_once(db: Path, run: Run, workbook: Workbook) -> None:
    """Whoever was erased in another registry comes over with the pseudonym; who has the same id
    here gets another."""
    county(run, workbook)
    run("policy", "set", "retention.member_years", "1", "--on", "2020-01-01")
    here = answer_of(run, "member", "show", LEFT)["member"]["id"]
    theirs = Person(0, LEFT, id_number(41, "20050301")).erased(here, keeps_birthday=True)
    other = member(43, 姓名=theirs.name, 身份证号=theirs.id_number)
    headings, left = [*MEMBER_HEADINGS, "离团日期", "离团原因"], [date(2022, 5, 4), "自愿退团"]
    ran = run("import", workbook("there.xlsx", 团员=[headings, [*other, *left]]))
    assert ran.code == 0, ran.err
    done = run("member", "erase", "--due", *WHY, "-y")
    assert done.code == 0, done.err
    assert run("member", "find", theirs.name).out.count(theirs.name) == 1
    assert run("verify").code == 0


ALTERATIONS = (
    "UPDATE person SET politics = '党员' WHERE name LIKE '已删除%'",
    "UPDATE history SET before = replace(before, '已删除', '另一人') WHERE noun = 'person'",
    "UPDATE operation SET reason = '改' WHERE reason LIKE '已删除%'",
    "UPDATE content SET digest = 'x' WHERE keys = ''",
    # What would hide that rows were taken away, as if they had been erased.
    "DELETE FROM candidacy WHERE state = 'refused';"
    " UPDATE content SET keys = '', salt = NULL WHERE noun IN ('candidacy', 'history')",
)


def test_what_was_erased_can_be_altered_no_more_than_the_rest(
    db: Path, run: Run, workbook: Workbook
) -> None:
    """A change to what is left, and rows taken away as if by an erasure, are named."""
    county(run, workbook)
    assert run("member", "erase", REFUSED, *WHY, "--yes").code == 0
    with opened(db) as connection:
        assert prove(connection).findings == []
        for alteration in ALTERATIONS:
            with altered(connection, *alteration.split(";")) as findings:
                assert of_chain(findings), alteration


def test_a_backup_from_before_an_erasure_is_restored_with_a_warning(
    db: Path, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """What was erased is back, and that is said; the backup of another county is named as such."""
    county(run, workbook)
    older, newer, other = (tmp_path / f"{name}.db" for name in ("older", "newer", "other"))
    assert run("backup", older).code == 0
    erased = run("member", "erase", REFUSED, *WHY, "-y")
    assert erased.code == 0, erased.err
    assert run("backup", newer).code == 0
    assert run("--db", other, "init").code == 0
    for file, codes in ((newer, []), (older, ["restore-erased"]), (other, ["restore-another"])):
        for options in (("-n",), ()):
            ran = run("restore", file, "-O", "json", *options)
            assert ran.code == 0, ran.err
            assert [found["code"] for found in json.loads(ran.out)["findings"]] == codes
            assert all(f"warning {code}" in ran.err for code in codes)
        assert run("restore", newer).code == 0  # as it was
