"""Folders and archives: what an office received is one import, and nothing of it is passed over."""

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest

import sheetmakers
from conftest import Run
from leaguectl.actions.inbox import opened
from leaguectl.reader.limits import USUAL, Limits
from leaguectl.workbooks.files import Unreadable, read_file

ROWS = [["团组织全称", "上级组织", "组织类型"], ["云杉县团委", "", "团委"]]
SCHOOL = [ROWS[0], ["云杉县第一中学团委", "云杉县团委", "团委"]]


def sheet(rows: list[list[str]]) -> bytes:
    """A workbook of these rows."""
    return sheetmakers.xlsx([sheetmakers.Page(rows)])


def gbk_named(path: Path, files: dict[str, bytes]) -> None:
    """An archive as a Chinese Windows makes it: names in its own encoding, which is not said."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            raw = name.encode("gbk")
            archive.writestr(zipfile.ZipInfo("x" * len(raw)), content)
    data = path.read_bytes()
    for name in files:
        raw = name.encode("gbk")
        data = data.replace(b"x" * len(raw), raw, 2)
    path.write_bytes(data)


def test_all_tables_of_a_folder_and_its_archives_are_one_import(tmp_path: Path, run: Run) -> None:
    """And every other file is named: letters, photos, what an office program has open."""
    inbox = tmp_path / "收件"
    (inbox / "一中").mkdir(parents=True)
    (inbox / "组织.xlsx").write_bytes(sheet(ROWS))
    (inbox / "一中" / "说明.docx").write_bytes(b"letter")
    (inbox / "~$组织.xlsx").write_bytes(b"lock")
    gbk_named(inbox / "学校.zip", {"一中/组织.xlsx": sheet(SCHOOL), "照片.jpg": b"photo"})
    done = run(
        "--db", str(tmp_path / "r.db"), "import", "-O", "json", "--province", "65", str(inbox)
    )
    answer = json.loads(done.out)
    assert (done.code, answer["totals"]["created"]) == (0, 2)
    assert sorted(answer["ignored_files"]) == [
        "~$组织.xlsx", "一中/说明.docx", "学校.zip/照片.jpg",
    ]  # fmt: skip
    names = {name["file"] for name in answer["sheets"]}
    assert names == {"收件/组织.xlsx", "一中/组织.xlsx"}


def letter(*tables: list[list[str]]) -> bytes:
    """A letter with these tables."""
    made = docx.Document()
    made.add_paragraph("关于报送名册的函")
    for rows in tables:
        table = made.add_table(len(rows), len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_the_line_above_a_table_of_a_letter_is_its_title(tmp_path: Path, run: Run) -> None:
    """As the name of a sheet it gives the class of its rows; one without a line of its own, or with
    that of another, goes by its number."""
    made, file = docx.Document(), tmp_path / "函.docx"
    for lines in (["关于报送的函", "高一（1）班团员名册"], [], ["附件"], ["附件"], ["长" * 61]):
        for line in lines:
            made.add_paragraph(line)
        made.add_table(1, 2).rows[0].cells[0].text = "姓名"
    made.save(str(file))
    names = [sheet.name for sheet in read_file(file).sheets]
    assert names == ["高一（1）班团员名册", "2", "3", "4", "5"]


def test_a_table_in_a_letter_of_a_folder_is_read(tmp_path: Path, run: Run) -> None:
    """Also of one in an archive there; a letter without a table is named, one with a table of
    something else is told and stops nothing."""
    inbox = tmp_path / "收件"
    inbox.mkdir()
    (inbox / "1.docx").write_bytes(letter(ROWS))
    (inbox / "函.docx").write_bytes(letter())
    (inbox / "坏.docx").write_bytes(letter(ROWS)[:500])
    (inbox / "审批.docx").write_bytes(letter([["审批意见", "同意"]]))
    (inbox / "说明.txt").write_text("请查收", "utf-8")
    with zipfile.ZipFile(inbox / "学校.zip", "w") as archive:
        archive.writestr("报送.docx", letter(SCHOOL))
        archive.writestr("说明.docx", letter())
    done = run(
        "--db", str(tmp_path / "r.db"), "import", "-O", "json", "--province", "65", str(inbox)
    )
    answer = json.loads(done.out)
    assert (done.code, answer["totals"]["created"]) == (0, 2)
    assert sorted(answer["ignored_files"]) == ["函.docx", "坏.docx", "学校.zip/说明.docx"]
    unopened, *others = answer["findings"]
    assert (unopened["code"], unopened["file"]) == ("file-unopened", "坏.docx")
    assert {(each["code"], each["level"], each["file"]) for each in others} == {
        ("file-says-nothing", "warning", name) for name in ("审批.docx", "说明.txt")
    }


def test_what_is_not_opened_but_may_hold_a_roster_is_warned_of(tmp_path: Path, run: Run) -> None:
    """Archives within archives, e-mails, papers of other programs: whoever is in them is not lost
    without a warning, which `--quiet` shows too; photos and hidden files are no reason for one."""
    inbox = tmp_path / "收件"
    inbox.mkdir()
    (inbox / "组织.xlsx").write_bytes(sheet(ROWS))
    for name in (
        "名册.rar",
        "邮件.eml",
        "名册.doc",
        "照片.jpg",
        "通知.pdf",
        ".隐藏.doc",
        "~$名册.doc",
    ):
        (inbox / name).write_bytes(b"content")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("里面.xlsx", sheet(SCHOOL))
    with zipfile.ZipFile(inbox / "学校.zip", "w") as archive:
        archive.writestr("班级.zip", inner.getvalue())
        archive.writestr("组织.xlsx", sheet(SCHOOL))
    command = ("--db", str(tmp_path / "r.db"), "import", "--province", "65", str(inbox), "-n")
    done = run(*command, "-O", "json")
    found = json.loads(done.out)["findings"]
    assert {(done.code, each["code"], each["level"]) for each in found} == {
        (0, "file-unopened", "warning")
    }
    names = sorted(each["file"] for each in found)
    assert names == ["名册.doc", "名册.rar", "学校.zip/班级.zip", "邮件.eml"]
    assert "班级.zip" in run(*command, "-q").err


@pytest.mark.parametrize("made", ["folder", "archive"])
def test_nothing_to_read_is_an_error(made: str, tmp_path: Path, run: Run) -> None:
    """A folder without a table was surely not meant."""
    path = tmp_path / "空.zip"
    if made == "folder":
        path.mkdir()
    else:
        gbk_named(path, {"照片.jpg": b"photo"})
    done = run("--db", str(tmp_path / "r.db"), "import", str(path))
    assert (done.code, "no-table-in" in done.err or "空.zip" in done.err) == (4, True)


@pytest.mark.parametrize("name", ["../../out.csv", "/out.csv", "..\\out.csv"])
def test_no_entry_is_unpacked_elsewhere(name: str, tmp_path: Path) -> None:
    """Whatever its name says."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "姓名,班级\n")
    with opened([path], USUAL) as inbox:
        [found] = inbox.files
        assert "leaguectl-" in str(found.resolve())
        assert found.name == "out.csv"
    assert not found.exists()


def test_an_archive_out_of_bounds_is_refused(tmp_path: Path) -> None:
    """Before it is unpacked; so is one that is damaged."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (3 << 20))
    with pytest.raises(Unreadable) as refused, opened([path], Limits(unpacked_megabytes=2)):
        pass
    assert refused.value.code == "file-too-large"
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(Unreadable) as refused, opened([path], USUAL):
        pass
    assert refused.value.code == "file-damaged"
