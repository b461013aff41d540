"""Forms and certificates: scans filed once and for one person, certificates issued again."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from conftest import Run, answer_of, begin, codes, ledger_faults, succeeded
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
N1, N2 = "202365000001", "202365000002"
LOST = ("--reason", "遗失补发")
DOCUMENT = ("--reason", "开除团籍", "--authority", "云团发〔2023〕15号")


def enter(run: Run, workbook: Workbook, **more: Any) -> None:
    """The county with two admitted, the first with a form of its own serial."""
    rows = [admission(1), admission(2)]
    sheets = {"团组织": ORGANIZATIONS, "计划": QUOTAS, "发展团员": [ADMISSION_HEADINGS, *rows]}
    begin(run, workbook, **sheets, **more)


@pytest.fixture
def county(run: Run, workbook: Workbook, db: Path) -> Path:
    """The county on SQLite."""
    enter(run, workbook)
    return db


@pytest.fixture
def either(run: Run, workbook: Workbook, either_db: str) -> None:
    """The county on either database."""
    enter(run, workbook)


def pdf(path: Path, pages: int = 12, *, mark: str = "", password: str | None = None) -> Path:
    """A PDF of so many empty pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": mark or path.name})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    path.write_bytes(stream.getvalue())
    return path


# -- forms ---------------------------------------------------------------------------------------


def test_a_scan_is_filed_by_its_digest(run: Run, either: None, tmp_path: Path) -> None:
    """Kept are SHA-256, size, pages and day; the same again changes nothing."""
    import hashlib

    path = pdf(tmp_path / "form.pdf")
    (row,) = succeeded(run, "form", "receive", path, "--member", N1)["rows"]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (row["form"], row["pages"], row["sha256"]) == (N1, 12, digest)
    (form,) = succeeded(run, "form", "show", N1)["forms"]
    assert (form["name"], form["received"], form["size"]) == (
        admission(1)[0], "2024-01-15", path.stat().st_size,
    )  # fmt: skip
    assert succeeded(run, "form", "receive", path, "--member", N1)["operation"] is None
    assert ledger_faults(run) == []
    assert run("undo", "2").code == 0
    assert succeeded(run, "form", "show", str(admission(1)[0]))["forms"][0]["sha256"] is None


def test_the_same_scan_for_two_is_refused_with_whose_it_is(
    run: Run, either: None, tmp_path: Path
) -> None:
    """In two commands, and in one of many files: then none of them is filed."""
    path = pdf(tmp_path / f"{N1}.pdf", mark="one")
    other = tmp_path / f"{N2}.pdf"
    other.write_bytes(path.read_bytes())
    assert codes(answer_of(run, "form", "receive", tmp_path, code=3)) == ["scan-of-another"]
    assert succeeded(run, "form", "show", N1)["forms"][0]["sha256"] is None
    assert run("form", "receive", path, "--member", N1).code == 0
    ran = run("form", "receive", other, "--member", N2)
    assert (ran.code, str(admission(1)[0]) in ran.err) == (3, True)


def test_a_folder_is_filed_by_the_numbers_in_its_names(
    run: Run, county: Path, tmp_path: Path
) -> None:
    """Each PDF for whose number its name holds; one that holds none stops all."""
    folder = tmp_path / "scans"
    folder.mkdir()
    pdf(folder / f"志愿书_{N1}_甲.pdf")
    pdf(folder / f"{N2}.PDF")
    (folder / "notes.txt").write_text("no scan")
    assert [row["form"] for row in succeeded(run, "form", "receive", folder)["rows"]] == [N2, N1]
    pdf(folder / "nobody.pdf")
    assert codes(answer_of(run, "form", "receive", folder, code=3)) == ["scan-of-nobody"]


def test_a_scan_is_known_by_a_name_within_an_organization(
    run: Run, county: Path, tmp_path: Path
) -> None:
    """In a folder below too; a part of a name is nobody's, and what is bad stops nothing with
    ``--valid-only``."""
    first, second = (str(admission(at)[0]) for at in (1, 2))
    folder = tmp_path / "scans" / "高一"
    folder.mkdir(parents=True)
    pdf(folder / f"01-{first}入团志愿书.pdf")
    pdf(folder / f"{second}丽.pdf")
    (folder / f"{N2}.pdf").write_bytes(b"no scan")
    scans = (folder.parent, "--org", "共青团云杉县委员会")
    faults = ["scan-not-a-pdf", "scan-of-nobody"]
    assert sorted(codes(answer_of(run, "form", "receive", *scans, code=3))) == faults
    found = answer_of(run, "form", "receive", *scans, "--valid-only", code=1)
    assert ([row["name"] for row in found["rows"]], sorted(codes(found))) == ([first], faults)
    assert succeeded(run, "form", "show", N1)["forms"][0]["sha256"] is not None


def test_another_scan_needs_a_reason(run: Run, county: Path, tmp_path: Path) -> None:
    """A filed scan is replaced with a reason alone; history keeps the old digest."""
    assert run("form", "receive", pdf(tmp_path / "a.pdf"), "--member", N1).code == 0
    better = pdf(tmp_path / "b.pdf")
    assert codes(answer_of(run, "form", "receive", better, "--member", N1, code=3)) == [
        "form-filed"
    ]
    assert run("form", "receive", better, "--member", N1, "--reason", "缺页重扫").code == 0


def test_pages_are_warned_of_and_size_is_refused(
    run: Run, tmp_path: Path, workbook: Workbook, db: Path
) -> None:
    """By the policy's numbers; check asks the same of what is stored."""
    policy = tmp_path / "policy.toml"
    policy.write_text('[[form]]\nfrom = 1957-05-25\nmegabytes = "0.01"\n', "utf-8")
    assert run("init", "--policy", policy).code == 0
    enter(run, workbook)
    found = succeeded(run, "form", "receive", pdf(tmp_path / "short.pdf", 11), "--member", N1)
    assert (codes(found), found["findings"][0]["level"]) == (["form-pages"], "warning")
    assert "form-pages" in run("check").out
    large = tmp_path / "large.pdf"
    large.write_bytes(pdf(tmp_path / "x.pdf").read_bytes() + b"\n" * 20_000)
    assert codes(answer_of(run, "form", "receive", large, "--member", N2, code=3)) == [
        "scan-too-large"
    ]


HOSTILE = {
    "no pdf": (b"PK\3\4 a workbook", "scan-not-a-pdf"),
    "empty": (b"", "scan-not-a-pdf"),
    "nothing behind": (b"%PDF-1.7\n", "scan-damaged"),
    "pages in a circle": (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]"
        b"/Count 1>>endobj\ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF",
        "scan-damaged",
    ),
    "no pages": (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]"
        b"/Count 999999999>>endobj\ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF",
        "scan-damaged",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_ends_in_a_coded_refusal(
    name: str, run: Run, county: Path, tmp_path: Path
) -> None:
    """Whatever it holds: exit 3, a code, and nothing written."""
    data, code = HOSTILE[name]
    path = tmp_path / "scan.pdf"
    path.write_bytes(data)
    assert codes(answer_of(run, "form", "receive", path, "--member", N1, code=3)) == [code]


def test_a_password_is_reported(run: Run, county: Path, tmp_path: Path) -> None:
    """A scan that nobody can open is no scan."""
    path = pdf(tmp_path / "locked.pdf", password="1234")  # noqa: S106
    assert codes(answer_of(run, "form", "receive", path, "--member", N1, code=3)) == [
        "scan-encrypted"
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("none.pdf", "--member", N1), 4), (("x.pdf", "--member", "测"), 4), ((".",), 2),
     (("x.pdf", "x.pdf", "--member", N1), 2)],
)  # fmt: skip
def test_what_cannot_be_filed_says_so(
    arguments: tuple[str, ...], code: int, run: Run, county: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """No such file, a part of a name, a folder without a PDF, two files for one person."""
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    if "x.pdf" in arguments:
        pdf(folder / "x.pdf")
    assert run("form", "receive", *arguments).code == code


# -- certificates --------------------------------------------------------------------------------


def test_a_certificate_is_issued_again_under_its_serial(run: Run, either: None) -> None:
    """The serial stays, the copies are counted, the history is shown."""
    assert run("certificate", "reissue", N1).code == 2
    (row,) = succeeded(run, "certificate", "reissue", N1, *LOST)["rows"]
    assert (row["certificate"], row["copies"], row["issued"]) == ("10000001", 2, "2024-01-15")
    (card,) = succeeded(run, "certificate", "show", N1)["certificates"]
    assert (card["copies"], [row["copies"] for row in card["before"]]) == (2, [1])
    assert ledger_faults(run) == []


def test_a_new_serial_replaces_the_old_one(run: Run, either: None, workbook: Workbook) -> None:
    """Both are kept, one is valid; the sheets that name the old one change nothing."""
    done = succeeded(run, "certificate", "reissue", N1, "--serial", "20000009", *LOST)
    assert done["rows"][0]["replaces"] == "10000001"
    cards = succeeded(run, "certificate", "show", "20000009")["certificates"]
    assert {card["certificate"]: card["state"] for card in cards} == {
        "10000001": "replaced", "20000009": "valid",
    }  # fmt: skip
    assert ledger_faults(run) == []
    enter(run, workbook)
    assert len(succeeded(run, "log")["operations"]) == 2
    assert run("undo", str(done["operation"])).code == 0
    assert succeeded(run, "certificate", "show", N1)["certificates"][0]["state"] == "valid"
    members = succeeded(run, "certificate", "show", "--org", "S")["certificates"]
    assert {card["certificate"] for card in members} >= {"10000001", "10000002"}
    assert succeeded(run, "certificate", "show", "--org", "T")["certificates"] == []
    assert run("certificate", "show").code == run("form", "show", N1, "--org", "S").code == 2
    assert ledger_faults(run) == []


def test_a_serial_is_given_once_ever(run: Run, county: Path) -> None:
    """Somebody else's, and one that was replaced, are refused."""
    ran = run("certificate", "reissue", N1, "--serial", "10000002", *LOST)
    assert (ran.code, str(admission(2)[0]) in ran.err) == (3, True)
    assert run("certificate", "reissue", N1, "--serial", "20000009", *LOST).code == 0
    ran = run("certificate", "reissue", N2, "--serial", "10000001", *LOST)
    assert ran.code == 3
    assert ledger_faults(run) == []


def test_a_recalled_certificate_may_be_given_back(run: Run, county: Path) -> None:
    """Taken back by a document alone; then there is none to issue again, but one to give back."""
    assert run("certificate", "recall", N1, *DOCUMENT[:2]).code == 2
    assert run("certificate", "recall", N1, *DOCUMENT).code == 0
    assert ledger_faults(run) == []
    assert run("certificate", "recall", N1, *DOCUMENT).code == 3
    assert run("certificate", "reissue", N1, *LOST).code == 3
    again = succeeded(run, "certificate", "issue", N1, "--serial", "10000001", "--reason", "解除")
    assert again["rows"][0]["state"] == "valid"
    assert run("certificate", "issue", N1).code == 3


def test_a_certificate_bears_the_number_unless_it_has_its_own(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Who has no number needs a serial."""
    row = member(1, 团员证编号=None)
    sheet = workbook(
        "old.xlsx",
        团员=[
            MEMBER_HEADINGS,
            row,
            member(
                2,
                发展团员编号=None,
                团员证编号=None,
                入团时间="2010-05-04",
                身份证号=id_number(2, "19950301"),
            ),
        ],
    )
    assert run("import", sheet).code == 0
    number = str(row[4])
    assert succeeded(run, "certificate", "issue", number)["rows"][0]["certificate"] == number
    name = str(member(2)[0])
    assert codes(answer_of(run, "certificate", "issue", name, code=3)) == ["certificate-which"]
    assert run("certificate", "issue", name, "--serial", "00000077").code == 0


def test_the_local_scheme_is_kept_and_a_number_is_never_refused(
    run: Run, db: Path, tmp_path: Path, workbook: Workbook
) -> None:
    """Eight or ten digits by the county's file, or the development number; the way of issuing
    again stands there too."""
    policy = tmp_path / "policy.toml"
    policy.write_text(
        '[[certificate]]\nfrom = 1957-05-25\ndigits = [8, 10]\nreissue = "renumber"\n', "utf-8"
    )
    assert run("init", "--policy", policy).code == 0
    enter(run, workbook)
    again = ("certificate", "reissue", N1, *LOST)
    assert codes(answer_of(run, *again, code=3)) == ["certificate-renumbered"]
    wrong = answer_of(run, *again, "--serial", "123456789", code=3)
    assert codes(wrong) == ["certificate-format"]
    assert run(*again, "--serial", "1234567890").code == 0
    assert run("certificate", "reissue", N2, *LOST, "--serial", N2).code == 0
    assert ledger_faults(run) == []


# -- marks in place of a serial ------------------------------------------------------------------


BRANCH = "云杉县第一中学高一（1）班团支部"


def roster(*papers: tuple[Any, Any], number: bool = True) -> list[list[Any]]:
    """A roster of the branch: for each person what stands under form and certificate."""
    headings = [
        "姓名",
        "身份证号",
        "所在团支部",
        "入团时间",
        "发展团员编号",
        "志愿书编号",
        "团员证",
    ]
    return [headings] + [
        [
            f"标{chr(0x4E00 + order)}", id_number(50 + order), BRANCH, "2021-05-04",
            f"2021650001{order:02d}" if number else None, form, certificate,
        ]
        for order, (form, certificate) in enumerate(papers, 1)
    ]  # fmt: skip


def states(run: Run, order: int) -> tuple[Any, Any, Any]:
    """The form, the certificate and the marks on somebody's card."""
    card = succeeded(run, "member", "show", f"标{chr(0x4E00 + order)}")["member"]
    return card["form"], card["certificate"], card["papers"]


def test_a_mark_is_kept_as_a_state_and_is_nobodys_serial(
    run: Run, workbook: Workbook, either: None
) -> None:
    """有, 无, 遗失 and 补办中 say how it is with a paper: two of them contradict nobody."""
    sheet = roster(("有", "有"), ("有", "有"), ("无", "未发"), ("遗失", "补办中"), (None, None))
    answer = succeeded(run, "import", workbook("名册.xlsx", 名册=sheet))
    assert (answer["totals"]["created"], answer["findings"]) == (5, [])
    number = "202165000101"
    assert states(run, 1) == (number, None, {"certificate": "on hand"})
    assert states(run, 3) == (None, None, {"certificate": "absent"})
    assert states(run, 4) == (None, None, {"form": "lost", "certificate": "being replaced"})
    assert states(run, 5)[1:] == (None, {})
    again = succeeded(run, "import", workbook("名册.xlsx", 名册=sheet))
    assert again["totals"]["unchanged"] == 5
    assert "补办中" in run("--lang", "zh", "member", "show", "标\u4e04").out


def test_a_serial_takes_the_place_of_a_mark(run: Run, workbook: Workbook, county: Path) -> None:
    """Any source of the serial ends the state; a later mark is reported and changes nothing."""
    for sheet in (
        roster((None, "有"), (None, "补办中")),
        roster((None, "遗失"), (None, "88800002")),
    ):
        succeeded(run, "import", workbook("名册.xlsx", 名册=sheet))
    assert states(run, 1)[1:] == (None, {"certificate": "lost"})
    assert states(run, 2)[1:] == ("88800002", {})
    succeeded(run, "certificate", "issue", "标\u4e01", "--serial", "88800001")
    assert states(run, 1)[1:] == ("88800001", {})
    assert run("undo", "4").code == 0
    assert states(run, 1)[1:] == (None, {"certificate": "lost"})
    marked = succeeded(
        run, "import", workbook("名册.xlsx", 名册=roster(("有", "有"), (None, "无")))
    )
    assert codes(marked) == ["paper-marked"]
    assert states(run, 1)[1:] == (None, {"certificate": "on hand"})
    assert states(run, 2)[1:] == ("88800002", {})


def rates(run: Run) -> list[Any]:
    """Of 2022 and of 2024, how many files were complete."""
    found = (succeeded(run, "stats", year, "-O", "json")["figures"] for year in (2022, 2024))
    return [figures["archive.complete_rate"]["value"] for figures in found]


def test_what_is_missing_of_a_file_is_counted_and_named(
    run: Run, workbook: Workbook, either_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By one rule and one figure: what the year of joining asks for, and what somebody said to be
    missing. What is recorded later changes no year before it, of a closed one neither."""
    assert run("import", workbook("a.xlsx", 团组织=ORGANIZATIONS)).code == 0
    assert rates(run) == [None, None]
    assert run("check", "archive-incomplete", "--strict").code == 0
    sheet = roster(("有", "有"), ("有", "有"), ("有", "12345678"), ("有", None))
    assert run("import", workbook("b.xlsx", 团员=sheet)).code == 0
    (found,) = succeeded(run, "check", "archive-incomplete")["findings"]
    assert (found["subject"], "chain: certificate (" in found["message"]) == ("标\u4e04", True)
    assert rates(run) == [0.75, 0.75]
    assert run("year", "close", "2022", "-y").code == 0
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-03-01")
    headings = ["姓名", "身份证号", "入团申请书", "团员登记表", "团员证"]
    people = [row[:2] for row in sheet[1:]]
    rows = [[*people[0], "有", "无", "有"], [*people[1], "无", "有", "遗失"]]
    assert run("import", workbook("c.xlsx", 清单=[headings, *rows])).code == 0
    assert run("certificate", "issue", str(people[3][1]), "--serial", "C-9").code == 0
    # Of whoever joined in 2021, 登记表 is not asked.
    assert rates(run) == [0.75, 0.75]
    (found,) = succeeded(run, "check", "archive-incomplete")["findings"]
    assert "chain: certificate, application (" in found["message"]
    behind = succeeded(run, "stats", "2024", "--rows", "archive.complete_rate")["rows"]
    assert [row["missing"] for row in behind if not row["counted"]] == [
        ["certificate", "application"]
    ]
    assert run("year", "diff", "2022").code == 0


@pytest.mark.parametrize("mark", ["roster", "archive"])
@pytest.mark.parametrize("serial", ["roster", "command"])
def test_a_serial_is_known_since_the_mark_that_it_replaces(
    run: Run, workbook: Workbook, either_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    mark: str, serial: str,
) -> None:  # fmt: skip
    """A mark of this year says nothing of last year, and so does the serial that comes for it: a
    closed year stands in the way of neither."""
    bare = roster((None, None), (None, None))
    assert run("import", workbook("a.xlsx", 团组织=ORGANIZATIONS, 团员=bare)).code == 0
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-03-01")
    people = [row[:2] for row in bare[1:]]
    marked = {
        "roster": roster((None, "有"), (None, None)),
        "archive": [["姓名", "身份证号", "入团申请书", "团员证"], [*people[0], "有", "有"]],
    }[mark]
    assert run("import", workbook("b.xlsx", 表=marked)).code == 0
    before = rates(run)
    assert run("year", "close", "2022", "-y").code == 0
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-06-01")
    if serial == "roster":
        book = workbook("c.xlsx", 团员=roster((None, "88800001"), (None, None)))
        assert run("import", book).code == 0
    else:
        assert run("certificate", "issue", str(people[0][1]), "--serial", "88800001").code == 0
    assert rates(run) == before
    book, other = tmp_path / "all.xlsx", tmp_path / "other.db"
    assert run("export", "all", "-o", book, "--reveal", "--reason", "换机").code == 0
    assert run("--db", other, "import", "--province", "65", book).code == 0
    monkeypatch.setenv("LEAGUECTL_DB", str(other))
    assert rates(run) == before


def test_certificates_are_given_to_many_at_once(run: Run, either: None, workbook: Workbook) -> None:
    """The day for all members of an organisation without one, a new certificate for those who lost
    theirs, and one for each who has none; one operation, in which nobody occurs twice."""
    branch = ("--org", "C", "--all")
    assert succeeded(run, "certificate", "issue", *branch)["rows"] == []  # they hold one each
    given = succeeded(run, "certificate", "issue", *branch, "--on", "2023-05-04")
    assert [(row["certificate"], row["issued"]) for row in given["rows"]] == [
        ("10000001", "2023-05-04"), ("10000002", "2023-05-04"),
    ]  # fmt: skip
    again = succeeded(run, "certificate", "reissue", N2, N1, N2, *LOST)
    assert [(row["certificate"], row["copies"]) for row in again["rows"]] == [
        ("10000002", 2), ("10000001", 2),
    ]  # fmt: skip
    ran = run("certificate", "reissue", "-", *LOST, "-O", "json", stdin=f"{N1}\n\n{N2}\n")
    assert [row["copies"] for row in json.loads(ran.out)["rows"]] == [3, 3]
    lacking = [
        member(3, 团员证编号=None),
        member(4, 团员证编号=None, 发展团员编号=None, 入团时间="2010-05-04",
               身份证号=id_number(4, "19950301")),
    ]  # fmt: skip
    assert run("import", workbook("more.xlsx", 团员=[MEMBER_HEADINGS, *lacking])).code == 0
    first = succeeded(run, "certificate", "issue", *branch)
    assert [row["certificate"] for row in first["rows"]] == [str(lacking[0][4])]
    assert codes(first) == ["certificate-which"]  # a warning: the others are given theirs
    assert ledger_faults(run) == []


@pytest.mark.parametrize(
    "words",
    [
        (), ("--all",), ("--org", "C"), (N1, "--org", "C", "--all"),
        (N1, N2, "--serial", "20000009"), ("--org", "C", "--all", "--serial", "20000009"),
    ],
)  # fmt: skip
def test_whose_certificates_is_said_in_one_way(
    run: Run, county: Path, words: tuple[str, ...]
) -> None:
    """Names, or an organisation with --all; and one serial is one person's."""
    assert run("certificate", "reissue", *words, *LOST).code == 2


def test_the_day_of_a_certificate_is_recorded_afterwards(run: Run, either: None) -> None:
    """Who was admitted with a certificate was given it on some day; there is one valid one."""
    assert run("certificate", "issue", N1).code == 3
    (row,) = succeeded(run, "certificate", "issue", N1, "--on", "2023-05-04")["rows"]
    assert (row["certificate"], row["issued"], row["copies"]) == ("10000001", "2023-05-04", 1)
    assert run("certificate", "issue", N1, "--on", "2023-05-05").code == 3
    early = succeeded(run, "certificate", "issue", N2, "--on", "2023-04-19")
    assert codes(early) == ["certificate-early"]
    assert run("certificate", "issue", N2, "--on", "2024-01-16").code == 3
    assert run("certificate", "reissue", N1, *LOST, "--on", "2024-01-10").code == 0
    (card,) = succeeded(run, "certificate", "show", N1)["certificates"]
    before = [(copy["state"], copy["issued"]) for copy in card["before"]]
    assert (card["state"], card["issued"], before) == (
        "valid", "2024-01-10", [("replaced", "2023-05-04")]
    )  # fmt: skip


def test_forms_are_asked_for_once_a_scan_has_come_in(
    run: Run, county: Path, tmp_path: Path
) -> None:
    """From then on check and due name those that are not filed; where the policy says otherwise,
    both say so."""
    assert run("check", "form-unfiled", "--strict").code == 0
    assert run("check").err == run("check", "-q").err  # of no interest before the first
    assert run("form", "receive", pdf(tmp_path / f"{N1}.pdf")).code == 0
    found = succeeded(run, "check", "form-unfiled")["findings"]
    assert [N2 in finding["message"] for finding in found] == [True]
    assert N2 in json.dumps(succeeded(run, "due", "--kind", "form"))
    policy = tmp_path / "policy.toml"
    policy.write_text("[[form]]\nfrom = 1957-05-25\nkept = false\n", "utf-8")
    assert run("policy", "set", policy).code == 0
    assert run("check", "form-unfiled", "--strict").code == 0
    hint = "policy set form.kept true"
    for asked in (["check"], ["due"], ["form", "receive", pdf(tmp_path / f"{N2}.pdf")]):
        assert hint in run(*asked).err


def test_marks_go_out_and_in_again(run: Run, workbook: Workbook, county: Path) -> None:
    """An export says the marks that a roster said, also of whoever has no number."""
    sheet = roster(("有", "无"), ("遗失", "补办中"), (None, None), number=False)
    succeeded(run, "import", workbook("名册.xlsx", 名册=sheet))
    out = county.with_name("out.xlsx")
    assert run("export", "members", "--reveal", "--reason", "核对", "-o", out).code == 0
    answer = succeeded(run, "import", out)
    assert (answer["totals"]["unchanged"], answer["totals"]["read"]) == (5, 5)


@pytest.mark.parametrize("mark", ["有", "1", "补办中", "abc"])
def test_no_option_takes_a_mark_for_a_serial(run: Run, county: Path, mark: str) -> None:
    """A certificate is issued with a serial that has digits."""
    ran = run("certificate", "issue", N1, "--serial", mark)
    assert (ran.code, "serial" in ran.err) == (2, True)
