"""Doctor: whatever a command could stumble over is named with what to do."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
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
