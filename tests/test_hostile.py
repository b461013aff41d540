"""Files that hurt or lie: each ends in rows or in a coded refusal, and the program goes on."""

import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import corpus
import hostile
from conftest import Run, taken

WORST = ["bomb-one-string.xlsx", "far-XFD1048576.xlsx", "one-string-everywhere.xlsx",
         "corners.xlsx", "repeated-to-the-end.ods", "billion-laughs-strings.xlsx"]  # fmt: skip
SHARE = int(os.environ.get("LEAGUECTL_TEST_CORPUS_SHARE", "40"))
"""Of so many odd workbooks one is read."""
PEAK = int(1.2 * (1 << 30))
MEASURED = """
import resource, subprocess, sys
ended = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(ended)
"""
"""Runs a command and says last on stderr how much memory its largest process took."""


@pytest.fixture
def odd_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The file of that name, made for this test."""
    name: str = request.param
    path = tmp_path / name
    path.write_bytes(hostile.FILES[name][0]())
    return path


def ended_as(found: dict[str, object], name: str) -> bool:
    """Whether the answer is what the list of files says of this one."""
    expected = hostile.FILES[name][1]
    codes = {
        finding["code"] for finding in found["findings"] if finding["code"].startswith("file-")
    }  # type: ignore[attr-defined]
    if isinstance(expected, int):
        return not codes and found["totals"]["read"] == expected  # type: ignore[index]
    allowed = {expected} if isinstance(expected, str) else expected
    return len(codes) == 1 and codes <= allowed and found["totals"]["read"] == 0  # type: ignore[index]


def test_the_list_is_long_enough_to_mean_something() -> None:
    """At least sixty files, of which some must be read and more must be refused."""
    read = sum(isinstance(expected, int) for _, expected in hostile.FILES.values())
    assert len(hostile.FILES) - read >= 50
    assert read >= 30


@pytest.mark.parametrize("odd_file", hostile.FILES, indirect=True)
def test_every_file_is_read_or_refused_by_its_code(odd_file: Path, run: Run, db: Path) -> None:
    """The rows are there, or the one finding of the file says why not; nothing else happens."""
    ran = run("import", "-n", "-O", "json", odd_file)
    assert ran.code in (0, 1), ran.err
    found = json.loads(ran.out)
    assert ended_as(found, odd_file.name), [found["totals"], found["findings"]]
    assert "Traceback" not in ran.err
    assert not db.exists()


@pytest.mark.parametrize("odd_file", WORST, indirect=True)
def test_the_worst_files_take_no_more_than_their_child_may(odd_file: Path, db: Path) -> None:
    """The memory of the largest process of the command is counted: by a parent of its own, since
    other tests of this process had children too."""
    command = [sys.executable, "-m", "leaguectl", "import", "-n", "-O", "json", str(odd_file)]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], capture_output=True, check=False, text=True,
        encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 1
    assert ended_as(json.loads(done.stdout), odd_file.name)
    assert "Traceback" not in done.stderr
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stderr.splitlines()[-1]) * unit < PEAK


def test_a_hostile_file_among_good_ones_keeps_no_fault_of_theirs_silent(
    run: Run, db: Path, tmp_path: Path
) -> None:
    """The others are read to their end, and each file has its own finding."""
    names = ["good.xlsx", "far-XFD1048576.xlsx", "utf8.csv", "scan.pdf", "corners.xlsx"]
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.write_bytes(hostile.FILES[path.name][0]())
    found = taken(run, "-n", *paths)
    refused = {
        finding["file"] for finding in found["findings"] if finding["code"].startswith("file-")
    }
    assert refused == {"far-XFD1048576.xlsx", "scan.pdf", "corners.xlsx"}
    assert found["totals"]["read"] == 4


@pytest.mark.skipif(
    not corpus.FOLDER.is_dir() and not corpus.MUST_BE_THERE,
    reason="the folder of odd workbooks is not here",
)
def test_some_of_the_odd_workbooks_lose_nothing_without_a_word() -> None:
    """Public test files of nine libraries: none ends the program, and what a second reader sees
    is there or named; the command ends with an answer in time and within its memory."""
    files = corpus.files_of(corpus.FOLDER)
    assert files, f"{corpus.FOLDER} is not there or empty"
    chosen = random.Random(1).sample(files, max(len(files) // SHARE, 1))  # noqa: S311
    results = corpus.run(chosen, processes=os.cpu_count() or 1)
    assert [result for result in results if result.outcome.startswith("bug")] == []
    both = [result for result in results if result.compared]
    lost = [(result.file, result.lost[:3]) for result in both if result.lost]
    assert len(lost) <= len(both) // 100, lost
    refused = [result for result in results if result.outcome != "read" and result.second_reads]
    assert len(refused) <= len(results) // 50, refused
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        imported = list(pool.map(corpus.through_import, chosen))
    for dry_run, result in zip(imported, results, strict=True):
        assert dry_run.outcome == result.outcome
        assert dry_run.seconds < 20
        assert dry_run.bytes <= 1 << 30
