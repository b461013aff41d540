"""Doctor: whatever a command could stumble over is named with what to do."""

import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from conftest import Run
from leaguectl.words import words
from test_causes import full_disk, protected_disk
from test_faults import bound_by_rights
from test_interrupted import kill_writer


def looked(run: Run, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    """The exit code, and each thing that was looked at."""
    ran = run(*arguments, "doctor", "-O", "json")
    answer = json.loads(ran.out)
    assert (ran.code == 0) == answer["ok"]
    return ran.code, {check["check"]: check for check in answer["checks"]}


def codes(check: dict[str, Any]) -> list[str]:
    """What is wrong with one thing, each with advice."""
    assert all(finding["message"] and finding["fix"] for finding in check["findings"])
    return [finding["code"] for finding in check["findings"]]


def test_a_healthy_registry_has_no_error_and_a_backup_takes_the_warning_away(
    run: Run, sample_db: Path, tmp_path: Path
) -> None:
    """Each thing is shown with what was found; that there is no backup is a warning."""
    code, found = looked(run)
    assert code == 0
    assert found.keys() >= {
        "config", "db", "actor", "lang", "today", "version", "encoding", "rights", "folder", "disk",
        "leftovers", "registry_schema", "database", "clock", "last_backup", "integrity",
    }  # fmt: skip
    assert found["db"]["found"] == f"{sample_db} (LEAGUECTL_DB)"
    assert codes(found["last_backup"]) == ["doctor-no-backup"]
    assert run("backup", tmp_path / "copy.db").code == 0
    assert codes(looked(run)[1]["last_backup"]) == []


def test_a_backup_that_failed_is_none(run: Run, sample_db: Path, tmp_path: Path) -> None:
    """Where there is no room for the copy, the record that somebody wanted one does not count."""
    (stick := tmp_path / "stick").mkdir()
    with full_disk(stick):
        assert run("backup", stick / "copy.db").code == 5
        assert codes(looked(run)[1]["last_backup"]) == ["doctor-no-backup"]
        attempt, *_ = json.loads(run("log", "-O", "json").out)["operations"][1:]
        assert attempt["command"] == "backup"
        assert attempt["undone_by"] is not None
    assert run("backup", tmp_path / "copy.db").code == 0
    assert codes(looked(run)[1]["last_backup"]) == []
    assert run("verify").code == 0


def test_what_is_wrong_is_named(run: Run, sample_db: Path) -> None:
    """Rights, what killed commands left, a clock that was set back."""
    sample_db.chmod(0o644)
    left = sample_db.parent / f".leaguectl-{2**22}-x.part"
    left.touch()
    kill_writer(sample_db)
    code, found = looked(run)
    assert code == (1 if os.name != "nt" else 0)
    assert codes(found["rights"]) == ["doctor-readable"]
    assert codes(found["leftovers"]) == ["doctor-journal", "doctor-parts"]
    assert codes(looked(run)[1]["leftovers"]) == ["doctor-parts"]  # the journal was taken back
    assert run("backup", sample_db.parent / "copy.db").code == 0
    assert not left.exists()


def test_settings_that_cannot_be_read_are_a_finding_themselves(
    run: Run, sample_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Doctor is the command for it, and so does not end on it."""
    config = tmp_path / "config.toml"
    config.write_text("nonsense = 1", "utf-8")
    monkeypatch.setenv("LEAGUECTL_CONFIG", str(config))
    code, found = looked(run)
    assert code == 1
    assert codes(found["config"]) == ["config-unknown"]


@pytest.mark.parametrize("content", [None, b"no registry", b""])
def test_a_place_without_a_registry_is_named(
    run: Run, tmp_path: Path, content: bytes | None
) -> None:
    """A missing file and a wrong one are findings, each with what to do."""
    path = tmp_path / "league.db"
    if content is not None:
        path.write_bytes(content)
    code, found = looked(run, "--db", path)
    assert code == 1
    wanted = "registry-not-found" if content is None else "database-not-ours"
    assert codes(found["registry_schema"]) == [wanted]


def test_a_server_is_looked_at_too(run: Run, postgresql: str) -> None:
    """Its version, its clock against ours, who holds the lock, the schema."""
    assert run("--db", postgresql, "init").code == 0
    code, found = looked(run, "--db", postgresql)
    assert code == 0
    assert found["database"]["found"].startswith("PostgreSQL")
    assert found["lock"]["found"] is None


# -- each thing that it knows ----------------------------------------------------------------------


@contextmanager
def with_kind(kind: str) -> Iterator[None]:
    """A file system of that kind, as the system would name it."""
    with patch("leaguectl.actions.diagnosis._file_system", lambda _: kind):
        yield


@contextmanager
def in_operation(db: Path, value: str, where: str) -> Iterator[None]:
    """The moment of some operations, as if the clock had been another."""
    with closing(sqlite3.connect(db)) as connection:
        connection.execute(f"UPDATE operation SET at = ? WHERE {where}", [value])
        connection.commit()
    yield


@contextmanager
def with_setting(name: str, value: str) -> Iterator[None]:
    """A setting of the environment."""
    with patch.dict(os.environ, {name: value}):
        yield


@contextmanager
def in_folder(db: Path, name: str) -> Iterator[None]:
    """The registry in a folder of that name."""
    folder = db.parent / name
    folder.mkdir()
    shutil.copy(db, folder / db.name)
    with with_setting("LEAGUECTL_DB", str(folder / db.name)):
        yield


KNOWN: dict[str, tuple[str, Callable[[Path], AbstractContextManager[None]]]] = {
    "doctor-room": ("disk", lambda db: full_disk(db.parent)),
    "doctor-read-only": ("rights", lambda db: protected_disk(db.parent)),
    "doctor-share": ("folder", lambda _: with_kind("cifs")),
    "doctor-stick": ("folder", lambda _: with_kind("vfat")),
    "doctor-synchronised": ("folder", lambda db: in_folder(db, "OneDrive - 县团委")),
    "doctor-clock": ("clock", lambda db: in_operation(db, "2222-01-01T00:00:00+00:00", "id = 1")),
    "doctor-old-backup": (
        "last_backup",
        lambda db: in_operation(db, "2020-01-01T00:00:00+00:00", "command = 'backup'")),
    "doctor-key-unused": ("encryption", lambda _: with_setting("LEAGUECTL_KEY", "none")),
    "doctor-encoding": (
        "encoding", lambda _: patch("sys.getfilesystemencoding", lambda: "cp936")),
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="disks of Linux")
@pytest.mark.parametrize("code", KNOWN)
def test_each_thing_that_it_knows_is_named(
    code: str, run: Run, sample_db: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where it lies and where not."""
    assert run("backup", tmp_path_factory.mktemp("kept") / "copy.db").code == 0
    assert run("org", "add", "新团支部", "--type", "branch", "--parent", "YS01").code == 0
    about, make = KNOWN[code]
    assert code not in codes(looked(run)[1][about])
    with make(sample_db):
        ended, found = looked(run)
    assert code in codes(found[about])
    assert (ended == 1) is any(check["state"] == "error" for check in found.values())


@pytest.mark.skipif(sys.platform != "linux", reason="rights of Linux")
@pytest.mark.parametrize("mode", [0o400, 0o500])
def test_what_may_not_be_written_is_no_surprise(mode: int, run: Run, sample_db: Path) -> None:
    """The file or its folder: doctor says so as the command that writes does."""
    place = sample_db if mode == 0o400 else sample_db.parent
    with bound_by_rights(place, mode):
        found = looked(run)[1]
        assert run("org", "add", "新团支部", "--type", "branch", "--parent", "YS01").code == 5
    assert "doctor-read-only" in codes(found["rights"])


def test_two_clocks_that_differ_are_named(
    run: Run, postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of the server and ours; so little is enough for the test."""
    assert run("--db", postgresql, "init").code == 0
    monkeypatch.setattr("leaguectl.actions.diagnosis._APART", timedelta(microseconds=-1))
    assert "doctor-clocks" in codes(looked(run, "--db", postgresql)[1]["clock"])


def test_nothing_that_it_knows_is_left_out() -> None:
    """A new thing says here how it is brought about."""
    tried = set(re.findall(r'"(doctor-[a-z-]+)"', Path(__file__).read_text("utf-8")))
    assert {code for code in words("en").codes if code.startswith("doctor-")} <= tried
