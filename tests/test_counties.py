"""Several registries in one place: listed, and their figures side by side with the sum."""

import json
import shutil
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from conftest import Run
from county import ORGANIZATIONS


def _small(run: Run, workbook: object, db: str) -> None:
    """A second county: organisations without members."""
    book = workbook(**{"团组织": ORGANIZATIONS})  # type: ignore[operator]
    assert run("--db", db, "import", "--province", "65", book).code == 0


def _figures(run: Run, *arguments: str) -> dict[str, dict[str, object]]:
    document = json.loads(run("stats", "2023", "-O", "json", *arguments).out, parse_float=Decimal)
    figures: dict[str, dict[str, object]] = document["figures"]
    return figures


def test_the_sum_is_what_the_counties_have(
    sample_registry: Path, tmp_path: Path, run: Run, workbook: object
) -> None:
    """Of each figure: a count is the sum of those that have it, a ratio lies between theirs; each
    county has what `stats` says of it alone."""
    folder = tmp_path / "counties"
    folder.mkdir()
    first, second = str(folder / "a.db"), str(folder / "b.db")
    shutil.copy(sample_registry, first)
    _small(run, workbook, second)
    (folder / "notes.txt").write_text("no registry")
    together = _figures(run, "--db", first, "--db", second)
    assert together == _figures(run, "--db", str(folder), "--counties", "*")
    alone = [_figures(run, "--db", db) for db in (first, second)]
    for key, figure in together.items():
        values = [of[key]["value"] for of in alone]
        assert figure["by_county"] == values, key
        known = [value for value in values if value is not None]
        if figure["unit"] == "ratio":
            assert not known or min(known) <= figure["value"] <= max(known), key  # type: ignore[type-var, operator]
        else:
            assert figure["value"] == (sum(known) if known else None), key  # type: ignore[arg-type]
    listed = json.loads(run("counties", "--db", str(folder), "-O", "json").out)["rows"]
    assert [row["members"] for row in listed] == [5187, 0]


def test_schemas_of_one_server_are_counties(postgresql: str, run: Run, workbook: object) -> None:
    """Each schema a registry of its own, found by its name."""
    with psycopg.connect(postgresql, autocommit=True) as admin:
        for schema in ("county_a", "county_b", "other"):
            admin.execute(f"CREATE SCHEMA {schema}")
    mark = "&" if "?" in postgresql else "?"
    for schema in ("county_a", "county_b"):
        _small(run, workbook, f"{postgresql}{mark}options={quote(f'-csearch_path={schema}')}")
    figures = _figures(run, "--db", postgresql, "--counties", "county_*")
    count = figures["organizations.total"]
    assert count["value"] == 2 * count["by_county"][0] > 0  # type: ignore[index]
    refused = run("stats", "2023", "--db", postgresql, "--counties", "nowhere_*")
    assert (refused.code, "nowhere_*" in refused.err) == (4, True)


@pytest.mark.parametrize("extra", [("--org", "YS"), ("--compare",), ("2022",), ("--by", "sex")])
def test_what_is_for_one_registry_is_refused_for_several(
    extra: tuple[str, ...], sample_db: Path, run: Run
) -> None:
    """Before anything is counted."""
    assert run("stats", "2023", *extra, "--counties", "*").code == 2
