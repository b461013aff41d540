"""What holds of an import whatever the rosters say."""

import csv
import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Run, answer_of, examples
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)

Rows = Sequence[Sequence[Any]]

TREE: list[Any] = list(ORGANIZATIONS)
PLACES: list[Any] = list(QUOTAS)

PROPERTY = settings(
    max_examples=examples(15), deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip

BRANCHES = ["S1", "S2", "T1", "桥头村团支部", "云杉县第一中学高一（1）班团支部", "没有的团支部"]

MEMBER_FAULTS: list[dict[str, Any]] = [
    {}, {}, {}, {}, {"入团时间": "2020.05"}, {"入团时间": "2021-02-30"}, {"入团时间": None},
    {"发展团员编号": None}, {"发展团员编号": "202065000001"}, {"发展团员编号": "2020650O0001"},
    {"身份证号": id_number(1, "20060301")}, {"身份证号": "658899200603010011"}, {"姓名": "李四"},
    {"团员证编号": None}, {"团员证编号": "20000001"}, {"入团时间": date(2018, 5, 4)},
    {"发展团员编号": "202365000002", "入团时间": "2023-05-04"},
    {"身份证号": id_number(2), "发展团员编号": "202365000002", "入团时间": "2023-04-10"},
    {"身份证号": id_number(3), "发展团员编号": None, "入团时间": "2023.04"},
]  # fmt: skip
ADMISSION_FAULTS: list[dict[str, Any]] = [
    {}, {}, {}, {}, {"团课学时": 7}, {"团课学时": "八"}, {"介绍人二": "李介绍"}, {"赞成票数": 14},
    {"实到人数": 15}, {"发展团员编号": "202365000001"}, {"发展团员编号": "202365000006"},
    {"发展团员编号": "202265000001"}, {"身份证号": id_number(4, "20090301")}, {"谈话时间": None},
    {"身份证号": id_number(5, "20060301")}, {"积极分子时间": date(2023, 2, 1)},
    {"审批时间": date(2023, 4, 1)}, {"支部大会时间": "2023-04"}, {"团员证编号": "20000003"},
    {"团员证编号": None}, {"发展团员编号": None}, {"姓名": "团员" + chr(0x4E00 + 2)},
    {"支部大会时间": date(2023, 4, 11)}, {"发展对象时间": None, "谈话时间": date(2022, 12, 1)},
]  # fmt: skip


@st.composite
def member_row(draw: st.DrawFn) -> list[Any]:
    """A row of a roster, right or with one thing odd about it."""
    changes = draw(st.sampled_from(MEMBER_FAULTS))
    branch = draw(st.sampled_from(BRANCHES))
    return member(draw(st.integers(1, 8)), **{"所在团支部": branch, **changes})


@st.composite
def admission_row(draw: st.DrawFn) -> list[Any]:
    """A case of an admission, right or with one thing odd about it."""
    changes = draw(st.sampled_from(ADMISSION_FAULTS))
    branch = draw(st.sampled_from(BRANCHES))
    return admission(draw(st.integers(1, 8)), **{"所在团支部": branch, **changes})


@st.composite
def quota_row(draw: st.DrawFn) -> list[Any]:
    """Places for somebody, in a block that may be free or not."""
    first = draw(st.integers(1, 11))
    places = draw(st.integers(0, 3))
    ends: list[str | None] = [f"2023650000{first:02d}", f"2023650000{first + places - 1:02d}"]
    who = draw(st.sampled_from(["S1", "S2", "T1", "T", "C"]))
    block = ends if draw(st.booleans()) else [None, None]
    return [2023, who, places, *block, None]


@st.composite
def county_sheets(draw: st.DrawFn) -> dict[str, Rows]:
    """The sheets of an import: the small county with a random roster and random cases."""
    return {
        "团组织": TREE,
        "计划": [*PLACES, *draw(st.lists(quota_row(), max_size=2))],
        "团员": [MEMBER_HEADINGS, *draw(st.lists(member_row(), max_size=6))],
        "发展": [ADMISSION_HEADINGS, *draw(st.lists(admission_row(), max_size=6))],
    }


@st.composite
def right_sheets(draw: st.DrawFn) -> dict[str, Rows]:
    """Sheets without a fault: everybody once, in a branch that exists."""
    branch = st.sampled_from(["S1", "S2"])
    old = draw(st.lists(st.integers(1, 9), unique=True, max_size=6))
    new = draw(st.lists(st.integers(1, 5), unique=True, max_size=5))
    below = [["D", "新镇团委", "C", "团委", "社会", "党政机关"],
             ["D1", "新村团支部", "D", "团支部", "社会", "农村"]]  # fmt: skip
    tree = draw(st.permutations([*TREE[1:], *below]))
    return {
        "团组织": [TREE[0], *tree],
        "计划": [PLACES[0], *draw(st.permutations(PLACES[1:]))],
        "团员": [MEMBER_HEADINGS, *(member(at, 所在团支部=draw(branch)) for at in old)],
        "发展": [ADMISSION_HEADINGS, *(admission(at, 所在团支部=draw(branch)) for at in new)],
    }


@contextmanager
def place() -> Iterator[Path]:
    """A folder of one example's own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def write(folder: Path, sheets: Mapping[str, Rows], order: Sequence[str] = ()) -> list[Path]:
    """The sheets as text tables, in an order."""
    paths = []
    for title in order or sheets:
        paths.append(folder / f"{title}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(sheets[title])
    return paths


def take_in(run: Run, db: Path, paths: list[Path], *options: str) -> dict[str, Any]:
    """Import the tables; its JSON answer. Nothing else than 0 and 1 may come of data."""
    ran = run("--db", db, "import", "-O", "json", *options, *paths)
    assert ran.code in (0, 1), ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def contents(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What the registry says, without the identities that its rows happen to have."""
    if not db.exists():
        return {}
    queries = {
        "organizations": "SELECT code, name, type, parent, domain, sector FROM organization",
        "quotas": "SELECT year, organization, first, last, places FROM quota",
        "numbers": "SELECT number, state, (SELECT id_number FROM person WHERE id = person),"
        " (SELECT organization || first FROM quota WHERE id = quota) FROM number",
        "people": "SELECT id_number, name, phone FROM person",
        "memberships": "SELECT id_number, organization, joined, joined_precision, entry, left"
        " FROM membership JOIN person ON person.id = membership.person",
        "admissions": "SELECT id_number, organization, number, form, certificate, meeting"
        " FROM admission JOIN person ON person.id = admission.person",
        "certificates": "SELECT id_number, serial, state FROM certificate"
        " JOIN person ON person.id = certificate.person",
    }
    connection = sqlite3.connect(db)
    found = {name: sorted(connection.execute(sql), key=str) for name, sql in queries.items()}
    connection.close()
    return found


@PROPERTY
@given(sheets=county_sheets(), options=st.sampled_from([(), ("--valid-only",)]))
def test_the_preview_is_the_commit(
    run: Run, sheets: Mapping[str, Rows], options: tuple[str, ...]
) -> None:
    """What the dry run shows is what the import then does, row by row and fault by fault."""
    with place() as folder:
        db, paths = folder / "league.db", write(folder, sheets)
        preview = take_in(run, db, paths, "--dry-run", *options)
        assert not db.exists()
        done = take_in(run, db, paths, *options)
        for key in ("totals", "sheets", "findings"):
            assert preview[key] == done[key]


@PROPERTY
@given(sheets=county_sheets())
def test_importing_twice_is_importing_once(run: Run, sheets: Mapping[str, Rows]) -> None:
    """The second time nothing is created; whoever went in the first time is found unchanged."""
    with place() as folder:
        db, paths = folder / "league.db", write(folder, sheets)
        first = take_in(run, db, paths, "--valid-only")
        once = contents(db)
        second = take_in(run, db, paths, "--valid-only")
        assert second["totals"]["created"] == 0
        assert second["totals"]["rejected"] <= first["totals"]["rejected"]
        assert contents(db) == once


@PROPERTY
@given(sheets=right_sheets(), order=st.permutations(["团组织", "计划", "团员", "发展"]))
def test_the_order_of_sheets_and_rows_makes_no_other_registry(
    run: Run, sheets: Mapping[str, Rows], order: list[str]
) -> None:
    """Sheets in any order, organisations and quotas in any order of rows: one registry."""
    with place() as folder:
        plain, turned = folder / "plain.db", folder / "turned.db"
        sorted_sheets = {
            name: [rows[0], *sorted(rows[1:], key=str)] for name, rows in sheets.items()
        }
        found = take_in(run, plain, write(folder, sorted_sheets))
        assert found["totals"]["rejected"] == 0
        take_in(run, turned, write(folder, sheets, order))
        assert contents(turned) == contents(plain)


@PROPERTY
@given(sheets=county_sheets())
def test_every_row_that_was_read_is_accounted_for(run: Run, sheets: Mapping[str, Rows]) -> None:
    """Accepted, refused and unchanged rows are together all the rows of each sheet."""
    with place() as folder:
        db, paths = folder / "league.db", write(folder, sheets)
        for _ in range(2):
            found = take_in(run, db, paths, "--valid-only")
            for sheet in found["sheets"]:
                assert sheet["read"] == len(sheets[sheet["sheet"]]) - 1
                assert sheet["read"] == sum(
                    sheet[key] for key in ("created", "updated", "unchanged", "rejected")
                )
            rejected = {
                (finding["sheet"], finding["row"])
                for finding in found["findings"]
                if finding["level"] == "error"
            }
            merged_faults = sum(
                finding["code"] == "organization-unknown" for finding in found["findings"]
            )
            assert bool(rejected) == (found["totals"]["rejected"] > 0)
            if not merged_faults:
                assert len(rejected) == found["totals"]["rejected"]


@settings(PROPERTY, max_examples=examples(30))
@given(sheets=county_sheets())
def test_what_the_gate_lets_in_the_check_accepts(run: Run, sheets: Mapping[str, Rows]) -> None:
    """Whatever goes in through ``--valid-only``, the check of the registry finds no error."""
    with place() as folder:
        db, paths = folder / "league.db", write(folder, sheets)
        take_in(run, db, paths, "--valid-only")
        found = answer_of(run, "--db", db, "check")
        assert [finding for finding in found["findings"] if finding["level"] == "error"] == []


@PROPERTY
@given(
    rows=st.lists(
        st.builds(
            lambda at, changes, branch: admission(
                at, **{"发展团员编号": None, "团员证编号": None, "所在团支部": branch, **changes}
            ),
            st.integers(1, 12),
            st.sampled_from([{}, {}, {}, *ADMISSION_FAULTS]),
            st.sampled_from(["S1", "S2", "T1"]),
        ),
        max_size=9,
    )
)  # fmt: skip
def test_admitting_never_exceeds_the_places(run: Run, rows: list[list[Any]]) -> None:
    """Whoever comes in whatever order: the check is content and no quota is exceeded."""
    with place() as folder:
        db = folder / "league.db"
        take_in(run, db, write(folder, {"团组织": TREE, "计划": PLACES}))
        (path,) = write(folder, {"发展": [ADMISSION_HEADINGS, *rows]})
        ran = run("--db", db, "admit", "-O", "json", "--valid-only", path)
        assert ran.code in (0, 1, 3), ran.err
        found = json.loads(ran.out)
        assert len(found["admitted"]) + len(found["refused"]) == len(rows)
        taken = [row["number"] for row in found["admitted"]]
        assert len(set(taken)) == len(taken)
        shown = answer_of(run, "--db", db, "quota", "show", "2023")
        assert all(row["used"] <= row["places"] for row in shown["rows"])
        checked = answer_of(run, "--db", db, "check")
        assert [finding for finding in checked["findings"] if finding["level"] == "error"] == []
