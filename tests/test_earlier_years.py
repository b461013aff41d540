"""What is asked of an earlier day or year has the tree and the names of then, whatever became of
the organisations since."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Run, succeeded
from test_typed import ALL

YEAR, DAY = "2023", "2023-12-31"
TOWN, BRANCH = "YS01", "YS0110"
ARGUMENTS = {
    "year": YEAR, "years": YEAR, "key": "members.total", "text": BRANCH, "kinds": "members"
}  # fmt: skip
"""What is given to an argument of that name."""
OF_PEOPLE = {("member", "find"), ("member", "show")}
LEFT_OUT = {
    ("log",): "is of the days on which something was written",
    ("member", "aging"): "is of those who are members now",
    ("report",): "has the seal of the registry; its figures are those of stats",
}
DATED = [
    path for path, command in ALL.items()
    if not command.declared.writes and path not in LEFT_OUT
    and {"year", "years", "as_of"} & {param.name for param in command.params}
]  # fmt: skip
"""Commands that are asked about a year or a day."""


def asked(path: tuple[str, ...], member: str) -> Iterator[tuple[str, ...]]:
    """The command as it is asked about an earlier time: of everything, and of a single town."""
    params = {param.name: param for param in ALL[path].params}
    given = [
        member if path in OF_PEOPLE else ARGUMENTS[name]
        for name, param in params.items() if param.param_type_name == "argument"
    ]  # fmt: skip
    times = []
    if "as_of" in params:
        times.append(("--as-of", DAY))
    # A card of today may have the places of an earlier year.
    elif "year" in params and params["year"].param_type_name == "option":
        times.append(("--year", YEAR))
    for time in times or [()]:
        yield *path, *given, *time
        if "org" in params:
            yield *path, *given, *time, "--org", TOWN


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory, sample_registry: Path) -> tuple[Path, Path]:
    """The sample county as it stood, and as it stands since a branch and a town were renamed and
    branches moved, merged, closed and split, and people moved and left."""
    folder = tmp_path_factory.mktemp("years")
    before, after = folder / "before.db", folder / "after.db"
    shutil.copy(sample_registry, before)
    return before, after


def changed(run: Run, before: Path, after: Path) -> None:
    """Close the year, and let things happen after it."""
    if after.exists():
        return
    for branch in (BRANCH, "YS0501"):
        done = run("post", "end", secretary_of(before, branch), "--on", "2023-06-01",
                   "--reason", "调离", "--db", before)  # fmt: skip
        assert done.code == 0, done.err
    done = run(
        "year", "close", YEAR, "--explain", "members.total=毕业离校", "--yes", "--db", before
    )
    assert done.code == 0, done.err
    shutil.copy(before, after)
    for steps in (
        ("move", BRANCH, "--to", "YS02", "--on", "2024-02-01"),
        ("move", "YS0501", "--to", TOWN, "--on", "2024-02-01"),
        ("rename", BRANCH, "云杉县新名社区团支部", "--on", "2024-02-10"),
        ("rename", TOWN, "共青团云杉县白杨镇委员会", "--on", "2024-02-10"),
        ("merge", "YS0102", "--into", "YS0103", "--on", "2024-02-07", "--yes"),
        ("close", "YS0502", "--members-to", "YS0503", "--on", "2024-02-07", "--yes"),
        ("split", "YS0104", "新支部", "--member", member_of(after, "YS0104"), "--on", "2024-02-07"),
    ):
        done = run("org", *steps, "--reason", "批复", "--db", after)
        assert done.code == 0, done.err
    trained = member_of(after, "YS0201", "JOIN trainee ON trainee.person = membership.person")
    for steps in (
        ("transfer", trained, "--to", "YS0103", "--on", "2024-02-12", "--accepted"),
        (
            "leave",
            member_of(after, "YS0101"),
            "--on",
            "2024-02-06",
            "--reason-kind",
            "resigned",
            "--yes",
        ),
    ):
        done = run("member", *steps, "--reason", "批复", "--db", after)
        assert done.code == 0, done.err
    done = run("post", "end", "1", "--on", "2024-02-01", "--reason", "调离", "--db", after)
    assert done.code == 0, done.err


def secretary_of(db: Path, branch: str) -> str:
    """The number of the term of the present secretary of a branch."""
    with sqlite3.connect(db) as county:
        ((term,),) = county.execute(
            f"SELECT id FROM post WHERE organization = '{branch}' AND title = 'secretary'"
            " AND until IS NULL"
        )
    return str(term)


def member_of(db: Path, branch: str, join: str = "") -> str:
    """The ID number of a present member of a branch."""
    with sqlite3.connect(db) as county:
        ((id_number,),) = county.execute(
            f"SELECT id_number FROM membership JOIN person ON person.id = membership.person {join}"
            f" WHERE membership.organization = '{branch}' AND membership.left IS NULL LIMIT 1"
        )
    return str(id_number)


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the year after."""
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-03-01")


@pytest.mark.parametrize("path", DATED, ids=" ".join)
def test_an_earlier_time_stays_as_it_was(
    path: tuple[str, ...], run: Run, counties: tuple[Path, Path]
) -> None:
    """Each command that is asked about a year or a day answers as before."""
    changed(run, *counties)
    for words in asked(path, member_of(counties[0], BRANCH)):
        then, since = (run(*words, "-O", "json", "--db", county) for county in counties)
        assert then.code == 0, then.err
        said = [{**json.loads(answer.out), "seal": ""} for answer in (then, since)]
        assert said[0] == said[1], words
        drawn = [run(*words, "-O", "md", "--db", county).out for county in counties]
        assert drawn[0] == drawn[1], words


@pytest.mark.parametrize("org", [TOWN, "YS02", "YS05"])
def test_what_is_found_of_an_earlier_day_is_of_the_same_town(
    org: str, run: Run, counties: tuple[Path, Path]
) -> None:
    """``check --as-of`` finds the same in the town to which a branch belonged that day."""
    changed(run, *counties)
    then, since = (
        succeeded(run, "check", "--as-of", DAY, "--org", org, "--db", county)["findings"]
        for county in counties
    )
    assert [finding["code"] for finding in then] == [finding["code"] for finding in since]
    assert bool(then) == (org != "YS02")


def test_what_is_asked_of_today_has_changed(run: Run, counties: tuple[Path, Path]) -> None:
    """So that the above compares two counties that differ."""
    changed(run, *counties)
    before, after = (
        {row["code"]: row["name"] for row in rows}
        for county in counties
        for rows in [succeeded(run, "org", "tree", "--org", TOWN, "--db", county)["organizations"]]
    )
    assert before.keys() ^ after.keys() == {BRANCH, "YS0501", "YS0102", "O00001"}
    assert before[TOWN] != after[TOWN]
