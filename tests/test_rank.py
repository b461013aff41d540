"""How organisations stand: ranked by weighed scores, ties broken as declared, branches rated."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from conftest import Run, answer_of
from leaguectl.model import Change, Entity, Organization, Score, Setting
from leaguectl.store import locate
from leaguectl.store.schema import Operation
from leaguectl.store.writing import Store

BY_HAND = Operation(at="2024-01-15T08:00:00+00:00", actor="tester", command="test")
FOUNDED = date(2020, 9, 1)


def county(db: str, scores: dict[str, list[tuple[Any, ...]]], **founded: date) -> None:
    """A county of branches, each with its scores (score, full, self score, veto) by item."""
    nouns: list[Entity] = [Organization("C", "共青团云杉县委员会", "committee")]
    for code in scores:
        day = founded.get(code, FOUNDED)
        nouns.append(Organization(code, f"{code}团支部", "branch", "C", founded=day))
    number = 0
    for code, items in scores.items():
        for at, item in enumerate(items):
            number += 1
            nouns.append(Score(number, 2023, code, f"第{at}项", *item))
    with Store(locate(db)).creating({}) as transaction:
        transaction.save([Change(None, noun) for noun in nouns], BY_HAND)


def ranked(run: Run, *options: str) -> list[dict[str, Any]]:
    """The rows of the ranking."""
    done = run("rank", "2023", "-O", "json", *options)
    assert done.code == 0, done.err
    rows: list[dict[str, Any]] = json.loads(done.out)["rows"]
    return rows


def test_the_best_is_first_and_ties_are_broken_as_declared(run: Run, either_db: str) -> None:
    """By the percentage, then by items with full marks, then by the nearer self score; equal in
    all of them, they share the rank and the next one is left out."""
    county(either_db, {
        "A": [(50, 60, 58), (40, 40, 40)],
        "B": [(55, 60, 60), (35, 40, 40)],
        "D": [(55, 60, 55), (35, 40, 35)],
        "E": [(60, 60), (40, 40)],
        "F": [(55, 60, 60), (35, 40, 40)],
        "G": [(10, 60), (10, 40)],
    })  # fmt: skip
    rows = ranked(run)
    assert [(row["code"], row["rank"]) for row in rows] == [
        ("E", 1), ("A", 2), ("D", 3), ("B", 4), ("F", 4), ("G", 6),
    ]  # fmt: skip
    assert rows[0]["percent"] == 100
    assert rows[1]["self_percent"] == 98
    answer = answer_of(run, "rank", "2023")
    assert answer["tie_breaks"] == ["percent", "full_items", "self_difference"]
    assert "ranked by: per cent" in run("rank", "2023").err


def test_stars_by_marks_age_veto_and_share(run: Run, either_db: str) -> None:
    """Of ten rated branches three may have four or five stars; young and vetoed ones have none."""
    marks = {f"B{at}": [(mark, 100)] for at, mark in enumerate((96, 95, 91, 85, 79, 70, 65, 61))}
    marks |= {"NEW": [(99, 100)], "VETO": [(98, 100, None, "发生安全事故")], "YOUNG": [(97, 100)],
              "LOW": [(59, 100)]}  # fmt: skip
    county(either_db, marks, NEW=date(2023, 9, 1), YOUNG=date(2023, 2, 1))
    rows = {finding["code"]: (finding["stars"], finding["why"]) for finding in ranked(run)}
    assert rows["NEW"] == (None, "too-young")
    assert rows["VETO"] == (None, "veto")
    assert rows["YOUNG"] == (3, "too-young-for-top")
    assert [rows[f"B{at}"][0] for at in range(8)] == [5, 5, 5, 3, 3, 3, 2, 2]
    assert rows["B3"] == (3, "share")
    assert rows["LOW"] == (0, None)


def test_a_veto_comes_last_and_levels_are_ranked_by_themselves(run: Run, db: Path) -> None:
    """Nobody shares a rank with a vetoed branch, nor with a committee."""
    county(str(db), {"A": [(95, 100)], "V": [(95, 100, None, "发生事故")], "L": [(40, 100)]})
    with Store(locate(str(db))).write() as transaction:
        committee = Organization("T", "白桦镇团委", "committee", "C")
        nouns = (committee, Score(90, 2023, "T", "第0项", 70, 100))
        transaction.save([Change(None, noun) for noun in nouns], BY_HAND)
    rows = [(row["code"], row["type"], row["rank"]) for row in ranked(run)]
    assert rows == [
        ("T", "committee", 1), ("A", "branch", 1), ("L", "branch", 2), ("V", "branch", 3),
    ]  # fmt: skip


def test_a_general_branch_is_no_better_than_its_worst_branch(run: Run, db: Path) -> None:
    """Nineteen of twenty for the whole say nothing where a branch below has no grade."""
    county(str(db), {"A": [(90, 100)]})
    with Store(locate(str(db))).write() as transaction:
        general = Organization("G", "测试团总支", "general branch", "C", founded=FOUNDED)
        weak = Organization("G1", "后进团支部", "branch", "G", founded=FOUNDED)
        scores = (Score(91, 2023, "G", "第0项", 95, 100), Score(92, 2023, "G1", "第0项", 55, 100))
        changes = [Change(None, noun) for noun in (general, weak, *scores)]
        transaction.save(changes, BY_HAND)
    stars = {row["code"]: (row["stars"], row["why"]) for row in ranked(run)}
    assert (stars["G"], stars["G1"]) == ((0, "branch-below"), (0, None))


def test_weights_come_from_the_countys_policy(run: Run, db: Path, tmp_path: Path) -> None:
    """An item that weighs more moves the ranking."""
    scores = {"A": [(50, 50), (10, 50)], "B": [(20, 50), (50, 50)]}
    county(str(db), scores)  # type: ignore[arg-type]
    assert [finding["code"] for finding in ranked(run)] == ["B", "A"]
    db.unlink()
    policy = tmp_path / "policy.toml"
    policy.write_text('[weights]\n"第0项" = "3"\n', encoding="utf-8")
    county(str(db), scores)  # type: ignore[arg-type]
    with Store(locate(str(db))).write() as transaction:
        own = Setting("policy", policy.read_text("utf-8"))
        transaction.save([Change(None, own)], BY_HAND)
    rows = ranked(run)
    assert [(row["code"], row["percent"]) for row in rows] == [("A", 80), ("B", 55)]


def test_without_scores_it_says_so(run: Run, sample_db: Path) -> None:
    """An empty ranking is no fault; it names what to import."""
    done = run("rank", "1999")
    assert done.code == 0
    assert "import a sheet of assessments" in done.err
