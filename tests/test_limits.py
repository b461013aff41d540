"""The bounds of reading in the config file: each counts, and a wrong one is reported."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from time import process_time

import pytest

import hostile
from conftest import Run, answer_of, taken
from leaguectl import reader
from leaguectl.actions.batch import read_ahead
from leaguectl.actions.file_parser import parse_files
from leaguectl.reader import FileReader, FileRefused, limits
from leaguectl.reader.limits import ALLOWED, Limits


@pytest.fixture(autouse=True)
def forked_children() -> None:
    """Here children are started as the program starts them."""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's config file, empty as yet."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv("LEAGUECTL_CONFIG", str(path))
    path.write_text("", "utf-8")
    return path


def outcome(run: Run, path: Path) -> list[str]:
    """The codes of what was found about the file itself."""
    found = taken(run, "-n", path)
    return [finding["code"] for finding in found["findings"] if finding["code"].startswith("file-")]


BIG = hostile.packed(
    hostile.parts(hostile.sheet(hostile.roster()), hostile.sheet("")), hostile.zipfile.ZIP_STORED
)
LONG = hostile.book(hostile.roster() + hostile.row(60, ["x"]))
WIDE = hostile.book(hostile.roster() + f'<row r="9">{hostile.cell("J9", "x")}</row>')
PACKED = hostile.packed(hostile.parts(hostile.spaces(6 << 20)))
PAGES = (hostile.html() * 3).encode()


@pytest.mark.parametrize(
    ("key", "enough", "too_little", "data", "code"),
    [
        ("parts", 6, 5, BIG, "file-too-large"),
        ("sheets", 2, 1, BIG, "file-too-large"),
        ("sheets", 3, 2, PAGES, "file-too-large"),
        ("cells", 360, 359, LONG, "file-too-large"),
        ("last_row", 60, 59, LONG, "file-far-cell"),
        ("last_column", 10, 9, WIDE, "file-far-cell"),
        ("last_column", 6, 5, hostile.xml2003().encode(), "file-far-cell"),
        ("last_row", 3, 2, hostile.html().encode(), "file-far-cell"),
        ("ratio", 2000, 200, PACKED, "file-too-large"),
        ("unpacked_megabytes", 7, 6, PACKED, "file-too-large"),
        ("file_megabytes", 2, 1, hostile.text_of().encode() + b",\n" * 600_000, "file-too-large"),
    ],
    ids=lambda value: value if isinstance(value, (str, int)) else "",
)
def test_each_bound_of_the_config_file_counts(
    key: str, enough: int, too_little: int, data: bytes, code: str,
    run: Run, db: Path, config: Path, tmp_path: Path,
) -> None:  # fmt: skip
    """The file is read within the one bound and refused by its code within the next smaller."""
    path = tmp_path / "sent"
    path.write_bytes(data)
    others = "ratio = 5000\n" if key == "unpacked_megabytes" else ""
    config.write_text(f"[limits]\n{others}{key} = {enough}\n", "utf-8")
    assert outcome(run, path) == []
    config.write_text(f"[limits]\n{others}{key} = {too_little}\n", "utf-8")
    assert outcome(run, path) == [code]


def test_memory_and_time_of_the_child_count(
    run: Run, db: Path, config: Path, tmp_path: Path
) -> None:
    """What the child may take is what the file says, not what is usual."""
    large, slow = tmp_path / "many.csv", tmp_path / "slow.html"
    large.write_text("a,b,c\n" * 1_500_000, "utf-8")
    slow.write_text(f"<table>{'<tr><td>a<td>b<td>c' * 300_000}</table>", "utf-8")
    config.write_text("[limits]\nmemory_megabytes = 128\n", "utf-8")
    assert outcome(run, large) == ["file-too-large"]
    config.write_text("[limits]\nseconds = 1\n", "utf-8")
    assert outcome(run, slow) == ["file-too-slow"]
    config.write_text("[limits]\nprocessor_seconds = 1\n", "utf-8")
    assert outcome(run, slow) == ["file-too-slow"]


def test_many_files_are_read_by_one_child_until_a_file_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one file does to its child no other suffers: that is read by a child of its own."""
    children: list[limits.Child] = []

    def started(*arguments: str) -> limits.Child:
        children.append(limits.Child(*arguments))
        return children[-1]

    monkeypatch.setattr(reader, "Child", started)
    good, said = hostile.good(), []
    with FileReader(Limits(sheets=1, processor_seconds=1)) as files:

        def read(data: bytes) -> None:
            try:
                files.read_bytes(data, "a", "a")
                said.append("read")
            except FileRefused as refused:
                said.append(refused.code)

        for data in (good, b"%PDF-", good, good):
            read(data)
        assert len(children) == 1
        read(BIG)  # asked again of a child that has read nothing
        read(good)
        assert len(children) == 3
        os.kill(children[-1]._process.pid, signal.SIGKILL)
        read(good)
        for _ in range(3):  # the time of all is more than that of one may be
            read(f"<table>{'<tr><td>a<td>b<td>c' * 16_000}</table>".encode())
    assert len(children) == 4
    refused = ["file-too-large", "read", "read"]
    assert said == ["read", "file-not-a-table", "read", "read", *refused, *["read"] * 3]


def test_whoever_leaves_waits_for_no_file_that_nobody_will_look_at(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a folder ends what is being read and begins nothing more, also where
    the thread that reads was not yet known to its pool."""
    names = {tmp_path / f"{at}.xlsx": str(at) for at in range(200)}
    for path in names:
        path.write_bytes(BIG)
    with suppress(KeyboardInterrupt), read_ahead(names) as reading:
        next(iter(reading.values())).exception()
        raise KeyboardInterrupt
    assert sum(future.cancelled() for future in reading.values()) > 100
    wait(future for future in reading.values() if not future.cancelled())


def test_a_reader_is_closed_by_any_thread_and_reads_no_more() -> None:
    """What is being read meanwhile is refused, no other child is started, and closing it again is
    no fault."""
    for _ in range(10):
        files = FileReader()
        files.read_bytes(hostile.good(), "a", "a")
        with ThreadPoolExecutor(1) as pool, ThreadPoolExecutor(3) as others:
            read = [pool.submit(files.read_bytes, BIG, "a", "a") for _ in range(50)]
            closed = [others.submit(files.close) for _ in range(3)]
        assert [each.exception() for each in closed] == [None] * 3
        assert any(each.exception() for each in read)
        with pytest.raises(FileRefused):
            files.read_bytes(hostile.good(), "a", "a")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[limits]\nmegabytes = 3\n", "limits.megabytes"),
        ("[limits]\nseconds = 0\n", "limits.seconds"),
        ("[limits]\nseconds = '30'\n", "limits.seconds"),
        ("[limits]\nsheets = true\n", "limits.sheets"),
        ("[limits]\nmemory_megabytes = 64\n", "limits.memory_megabytes"),
        ("[limits]\nlast_column = 16385\n", "limits.last_column"),
        ("limits = 5\n", "limits"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wrong_bound_stops_the_command_and_is_named(
    text: str, key: str, language: str, run: Run, db: Path, config: Path, tmp_path: Path
) -> None:
    """Exit 2 with the file and the key; nothing was read."""
    config.write_text(text, "utf-8")
    path = tmp_path / "good.xlsx"
    path.write_bytes(hostile.good())
    for ran in (run("import", "-n", path, "--lang", language), run("config", "show")):
        assert ran.code == 2
        assert str(config) in ran.err
        assert key in ran.err


def test_config_show_tells_every_bound_and_where_it_comes_from(run: Run, config: Path) -> None:
    """All of them, those of the file with its name."""
    config.write_text("[limits]\nseconds = 30\nsheets = 300\n", "utf-8")
    found = answer_of(run, "config", "show")["settings"]
    for key, value in asdict(Limits(sheets=300)).items():
        origin = str(config) if key in ("seconds", "sheets") else "default"
        assert found[f"limits.{key}"] == {"value": str(value), "origin": origin}


def test_every_bound_has_a_range_that_its_default_lies_in() -> None:
    """No bound is forgotten, and none is wrong from the start."""
    usual = asdict(Limits())
    assert usual.keys() == ALLOWED.keys()
    assert all(least <= usual[key] <= most for key, (least, most) in ALLOWED.items())
    text = (Path(__file__).parent.parent / "docs" / "reading.en.md").read_text("utf-8")
    for key, (least, most) in ALLOWED.items():
        assert f"| `{key}` | {usual[key]:,} | {least:,}–{most:,} |" in text


@pytest.mark.parametrize("sign", ["[", "【"])
def test_a_heading_of_a_million_signs_takes_no_time(sign: str, tmp_path: Path) -> None:
    """The parent has no bounds of its own, so nothing in it may grow with the square of a text."""
    path = tmp_path / "a.csv"
    started = process_time()
    path.write_text(f"姓名,{sign * 1_000_000},班级\n甲,,一班\n", "utf-8")
    parse_files([path])
    assert process_time() - started < 10  # the square of it would take hours


def test_merged_cells_over_all_rows_take_no_time(tmp_path: Path) -> None:
    """Two thousand of them over a million rows each, where the sheet has three."""
    merged = "".join(f'<mergeCell ref="C{at}:C1048576"/>' for at in range(2, 2002))
    rows = hostile.row(1, ["姓名", "身份证号", "班级"]) + hostile.row(2, ["甲", "1", "一班"])
    path = tmp_path / "a.xlsx"
    after = f"<mergeCells>{merged}</mergeCells>"
    path.write_bytes(hostile.packed(hostile.parts(hostile.sheet(rows, after=after))))
    started = process_time()
    parse_files([path])
    assert process_time() - started < 10  # the square of it would take hours
