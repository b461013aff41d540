"""What falls due: every kind with its day, from the policy's numbers; as rows and as a calendar."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest

from conftest import Run, answer_of
from county import id_number
from leaguectl.model import (
    Admission,
    Candidacy,
    Certificate,
    Change,
    Discipline,
    Dispute,
    Entity,
    Form,
    Membership,
    Number,
    Organization,
    Person,
    Post,
    Quota,
    Registration,
    Task,
    Transfer,
)
from leaguectl.reports.due import KINDS
from leaguectl.store import locate
from leaguectl.store.schema import Operation
from leaguectl.store.writing import Store
from leaguectl.words import words

BY_HAND = Operation(at="2024-01-15T08:00:00+00:00", actor="tester", command="test")
TODAY = "2024-06-01"
COMMITTEE = Organization("C", "县委", "committee", elected=date(2019, 6, 20))
CLASS = Organization("B", "高一1班", "branch", "C", "school", elected=date(2023, 6, 10))
VILLAGE = Organization("V", "桥头村团支部", "branch", "C", "society", "village", secretary_seats=1)
LEAVERS = Organization("G", "高三1班", "graduating branch", "C", "school", graduates=2023)
TREE = (COMMITTEE, CLASS, VILLAGE, LEAVERS)
PEOPLE = (
    Person(1, "测试一", id_number(1)), Person(2, "测试二", id_number(2)),
    Person(3, "测试三", id_number(3, "19960620")), Person(4, "测试四", id_number(4, "19960720")),
    Person(5, "测试五", id_number(5)), Person(6, "测试六", id_number(6)),
)  # fmt: skip
MEMBERS = (
    Membership(1, 3, "V", date(2012, 5, 4)), Membership(2, 4, "V", date(2012, 5, 4)),
    Membership(3, 5, "G", date(2021, 5, 4)), Membership(4, 6, "B", date(2023, 4, 10)),
)  # fmt: skip
LEDGER: tuple[Entity, ...] = (
    Quota(1, 2024, "C", "202465000001", "202465000002", 2),
    Number("202465000001", 2024, "free", 1), Number("202465000002", 2024, "free", 1),
    Number("202365000009", 2023, "foreign", None, 6),
    Form("F-6", 6), Certificate("Z-6", 6),
    Admission(1, 6, "B", "202365000009", "F-6", "Z-6", date(2022, 9, 10), date(2022, 10, 10),
              date(2023, 4, 10), date(2024, 5, 20), 8.0, "李介绍", "王介绍", 30, 28, 27),
)  # fmt: skip
APPLIED = Candidacy(1, 1, "B", "open", date(2024, 5, 10))
MET = Candidacy(2, 2, "B", "open", date(2023, 9, 1), date(2023, 9, 10), date(2023, 10, 8),
                meeting=date(2024, 5, 20), due=30, present=28, in_favour=27)  # fmt: skip


def made(db: str, *nouns: Entity, policy: str = "") -> None:
    """A registry with the small county and these additional records."""
    settings = {"province": "65", "policy": policy} if policy else {"province": "65"}
    with Store(locate(db)).creating(settings) as transaction:
        everything = (*TREE, *PEOPLE, *MEMBERS, *LEDGER, *nouns)
        transaction.save([Change(None, entity) for entity in everything], BY_HAND)


@pytest.fixture(autouse=True)
def in_june(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is the first of June 2024."""
    monkeypatch.setenv("LEAGUECTL_TODAY", TODAY)


def due_items(run: Run, *arguments: str) -> list[dict[str, Any]]:
    """What falls due, as a script reads it."""
    ran = run("due", *arguments, "-O", "json")
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["due"]
    return found


def days(run: Run, kind: str, within: int = 30) -> list[tuple[str, str]]:
    """The day of each thing of one kind, and who or what it is about."""
    found = due_items(run, "--kind", kind, "--within", str(within))
    return [(row["day"], row["about"]) for row in found]


KEEPS = "[[form]]\nfrom = 2016-01-01\nkept = true\n"

EACH: dict[str, tuple[tuple[Entity, ...], list[tuple[str, str]]]] = {
    "talk": ((APPLIED,), [("2024-06-10", "测试一")]),
    "step": ((replace(APPLIED, talked=date(2024, 5, 20)),), [("2024-05-21", "测试一")]),
    "approval": ((MET,), [("2024-06-19", "测试二")]),
    "form": ((), [("2024-06-19", "测试六")]),
    "numbers": ((), []),
    "dispute": ((Dispute(1, "202465000001", "外县一人", date(2024, 5, 1)),
                 Dispute(2, "202465000002", "外县两人", date(2024, 5, 1), None, None,
                         date(2024, 5, 2), "本县用")), [("2024-05-01", "外县一人")]),
    "age": ((), [("2024-06-20", "测试三")]),
    "transfer": ((Transfer(1, 6, "pending", date(2024, 5, 28), "B", None, None, "外省"),
                  Transfer(2, 3, "pending", date(2024, 5, 28), "V", None, "B"),
                  Transfer(3, 4, "accepted", date(2024, 5, 1), "V", None, None, "外省",
                           date(2024, 5, 9))), [("2024-06-07", "测试六")]),
    "papers": ((Transfer(1, 3, "pending", date(2024, 5, 28), None, "", "B"),
                Transfer(2, 6, "pending", date(2024, 5, 28), "B", None, None, "外省")),
               [("2024-06-07", "测试三")]),
    "graduates": ((), [("2023-11-30", "1")]),
    "probation": ((Discipline(1, 3, "probation", date(2024, 1, 1), "文", date(2024, 6, 25)),
                   Discipline(2, 4, "probation", date(2024, 1, 1), "文", date(2024, 8, 1)),
                   Discipline(3, 5, "warning", date(2024, 1, 1), "文")),
                  [("2024-06-25", "测试三")]),
    "registration": ((Registration(1, 3, 2024, "qualified", date(2024, 5, 1)),), []),
    "erasure": ((Candidacy(3, 1, "B", "refused", closed=date(2023, 6, 5)),
                 Candidacy(4, 2, "B", "withdrawn", closed=date(2024, 1, 1))),
                [("2024-06-05", "测试一")]),
    "election": ((), [("2024-06-10", ""), ("2024-06-20", "")]),
    "post": ((Post(1, "V", "secretary", "书记", "测试三", date(2022, 1, 1), 3, date(2024, 6, 15)),
              Post(2, "V", "deputy secretary", "副书记", "某人", date(2022, 1, 1))),
             [("2024-06-15", "测试三")]),
    "secretary": ((Post(1, "V", "secretary", "书记", "测试三", date(2022, 1, 1), 3,
                        date(2024, 5, 5)),), [("2024-05-05", "1")]),
    "task": ((Task(1, "组织", "建青年之家", "县委", date(2024, 6, 5)),
              Task(2, "组织", "已完成", "县委", date(2024, 6, 5), date(2024, 5, 1)),
              Task(3, "组织", "以后", "县委", date(2024, 9, 5))), [("2024-06-05", "建青年之家")]),
}  # fmt: skip
"""Records that make each kind of thing fall due in the county, and what falls due then within a
month of 1 June 2024."""


def test_each_kind_is_tried() -> None:
    """A kind that is added tomorrow has its example here, and words in both languages."""
    assert list(EACH) == [kind.name.removeprefix("due-") for kind in KINDS]
    assert all(kind.name in words(language).lines for kind in KINDS for language in ("en", "zh"))


def test_every_kind_falls_due_on_its_day(either_db: str, run: Run) -> None:
    """Each alone with its own; on both databases."""
    for at, (kind, (nouns, expected)) in enumerate(EACH.items()):
        if at == 0:
            made(either_db, policy=KEEPS)
        with Store(locate(either_db)).write() as transaction:
            transaction.save([Change(None, noun) for noun in nouns], BY_HAND)
        assert days(run, kind) == expected, kind
        with Store(locate(either_db)).write() as transaction:
            stored = [transaction.find(type(noun), noun.id) for noun in nouns]  # type: ignore[union-attr]
            transaction.save([Change(entity, None) for entity in stored if entity], BY_HAND)


def test_what_is_far_falls_due_when_asked_for(db: Path, run: Run) -> None:
    """Unused numbers on the last day of their year, registration by the policy's day, another's
    birthday."""
    made(str(db), Registration(1, 3, 2024, "qualified", date(2024, 5, 1)))
    assert days(run, "numbers", 213) == [("2024-12-31", "2")]
    assert days(run, "numbers", 212) == []
    assert days(run, "age", 60)[1:] == [("2024-07-20", "测试四")]
    registered = due_items(run, "--kind", "registration", "--within", "121")
    assert [(item["day"], item["code"], item["facts"]["count"]) for item in registered] == [
        ("2024-09-30", "B", 1), ("2024-09-30", "G", 1), ("2024-09-30", "V", 1),
    ]  # fmt: skip


def test_a_county_s_own_policy_moves_the_days(db: Path, run: Run) -> None:
    """No number stands in the program."""
    own = (
        "[[admission]]\nfrom = 2016-01-01\ntalk_days = 25\napproval_days = 20\n"
        "[[leaving]]\nfrom = 2016-01-01\nage = 30\n"
        "[[member]]\nfrom = 2016-01-01\nregistered_by = '06-15'\n"
        "[[organization]]\nfrom = 2016-01-01\nstudent_term_years = 2\n"
        "[[form]]\nfrom = 2016-01-01\nkept = true\ndays = 14\n"
    )
    made(str(db), APPLIED, MET, Registration(1, 3, 2024), policy=own)
    assert days(run, "talk") == [("2024-06-04", "测试一")]
    assert days(run, "approval") == [("2024-06-09", "测试二")]
    assert days(run, "age") == []
    assert days(run, "registration")[0][0] == "2024-06-15"
    assert days(run, "election") == [("2024-06-20", "")]
    assert days(run, "form") == [("2024-06-03", "测试六")]


def test_nothing_is_due_where_it_is_not_kept(db: Path, run: Run) -> None:
    """A county without scans, registrations and posts is not reminded of all of them."""
    made(str(db))
    assert {row["kind"] for row in due_items(run, "--within", "200")} == {
        "age",
        "graduates",
        "election",
    }


def test_who_holds_a_post_does_not_leave_by_age(db: Path, run: Run) -> None:
    """Cadres keep their membership."""
    made(str(db), Post(1, "V", "secretary", "书记", "测试三", date(2022, 1, 1), 3))
    assert days(run, "age") == []
    assert days(run, "secretary") == []


def test_rows_are_by_day_and_of_one_organisation_where_asked(db: Path, run: Run) -> None:
    """Overdue first; ``--org`` is it and all below it; a wrong kind or organisation is reported."""
    made(str(db), APPLIED, MET)
    found = due_items(run)
    assert [row["day"] for row in found] == sorted(row["day"] for row in found)
    assert [row["overdue"] for row in found if row["kind"] == "graduates"] == [True]
    assert {finding["code"] for finding in due_items(run, "--org", "桥头村团支部")} == {"V"}
    assert due_items(run, "--org", "C") == found
    assert run("due", "--kind", "death").code == 2
    assert run("due", "--org", "nobody").code == 4
    assert run("due", "--within", "-1").code == 2


def test_what_may_be_done_from_a_day_on_is_not_overdue(db: Path, run: Run) -> None:
    """The earliest day of a step has passed; the step is not late."""
    made(str(db), replace(APPLIED, talked=date(2024, 5, 20)))
    (found,) = due_items(run, "--kind", "step")
    assert (found["days_left"], found["overdue"]) == (-11, False)


# -- calendar ------------------------------------------------------------------------------------


def test_a_calendar_says_the_same_as_the_rows(db: Path, run: Run, tmp_path: Path) -> None:
    """A whole day for each, with organisation and words; the same again gives the same bytes."""
    made(str(db), APPLIED, MET)
    path = tmp_path / "due.ics"
    assert run("due", "-o", path).code == 0
    data = path.read_bytes()
    assert run("due", "-o", path).code == 0
    assert path.read_bytes() == data
    found = due_items(run)
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert [event["dtstart"].dt.isoformat() for event in events] == [row["day"] for row in found]
    assert [str(event["summary"]) for event in events] == [
        f"{finding['organization']} {finding['message']}" for finding in found
    ]
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert path.stat().st_mode & 0o077 == 0


def test_an_entry_is_known_again_when_its_day_moves(db: Path, run: Run, tmp_path: Path) -> None:
    """A calendar program renews it instead of showing it twice."""
    made(str(db), APPLIED)
    path = tmp_path / "due.ics"

    def entry() -> tuple[str, str]:
        assert run("due", "--kind", "talk", "--within", "60", "-o", path).code == 0
        (event,) = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        return str(event["uid"]), event["dtstart"].dt.isoformat()

    uid, day = entry()
    later = ("--applied", "2024-05-25", "--reason", "笔误")
    assert run("case", "advance", "测试一", *later).code == 0
    assert entry() == (uid, "2024-06-25")
    assert day == "2024-06-10"


def test_no_id_number_leaves_in_rows_or_calendar(db: Path, run: Run, tmp_path: Path) -> None:
    """Names and organisations alone."""
    made(str(db), APPLIED, MET, policy=KEEPS)
    path = tmp_path / "due.ics"
    assert run("due", "--within", "365", "-o", path).code == 0
    ran = run("due", "--within", "365", "-O", "json")
    for person in PEOPLE:
        assert person.id_number not in ran.out + path.read_text("utf-8").replace("\r\n ", "")


def test_a_calendar_that_cannot_be_written_says_so(db: Path, run: Run, tmp_path: Path) -> None:
    """Exit code 4, as for every file."""
    made(str(db))
    assert run("due", "-o", tmp_path / "no" / "due.ics").code == 4


def test_the_sample_s_county_has_its_days(sample_db: Path, run: Run) -> None:
    """Nothing of it breaks on a whole county."""
    assert run("due", "--within", "366").code == 0


def test_empty_seats_are_the_same_in_due_rates_and_list(sample_db: Path, run: Run) -> None:
    """Two village secretaries leave: the rate falls by two, both lists name the same villages."""
    on = "2023-12-01"
    held = answer_of(run, "post", "list", "--as-of", on)["rows"]
    villages = [
        membership
        for membership in held
        if membership["title"] == "secretary" and "村团支部" in membership["organization"]
    ]
    gone = villages[:2]
    assert len(gone) == 2
    for row in gone:
        assert run("post", "end", str(row["id"]), "--on", on, "--reason", "试").code == 0
    names = sorted(membership["organization"] for membership in gone)
    due = due_items(run, "--kind", "secretary")
    assert sorted(item["organization"] for item in due) == names
    assert {item["day"] for item in due} == {on}
    empty = answer_of(run, "post", "list", "--empty", "--as-of", TODAY)["rows"]
    assert sorted(membership["organization"] for membership in empty) == names
    figure = answer_of(run, "stats", "2023")["figures"]
    rate = figure["cadres.secretary_filled_rate"]["value"]
    assert round((1 - rate) * 86) == 2
