"""A registry is asked from Python by the tables as SQLModel classes."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from leaguectl import model, tables
from leaguectl.findings import DatabaseUnavailable, NotFound
from leaguectl.model import ENTITIES, Entity
from leaguectl.tables import Membership, Operation, Organization, Person, open_session
from test_store import COUNTY, kept, made


def test_people_are_found_with_their_branch(either_db: str) -> None:
    """A query over three tables gives what is stored; what a person derives, the row derives."""
    made(either_db, *COUNTY)
    asked = (
        select(Person, Organization)
        .join(Membership, Membership.person == Person.id)
        .join(Organization, Organization.code == Membership.organization)
        .where(Membership.left == None)  # noqa: E711
        .order_by(Person.id)
    )
    with open_session(either_db) as session:
        rows = session.exec(asked).all()
        assert [(person.name, branch.code) for person, branch in rows] == [
            ("测试一", "B"), ("测试二", "B"), ("测试·四", "B"),
        ]  # fmt: skip
        first = rows[0][0]
        assert (first.born, first.sex) == (first_person().born, first_person().sex)
        asked = select(Operation).where(Operation.id > 0)  # after the one that made the registry
        assert session.exec(asked).one().actor == "tester"


def test_the_page_on_python_shows_what_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example of docs/python.md, run as it stands there."""
    page = (Path(__file__).parent.parent / "docs" / "python.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.S)
    made(str(tmp_path / "league.db"), *COUNTY)
    monkeypatch.chdir(tmp_path)
    exec(example, {})  # noqa: S102 (our own page)
    assert capsys.readouterr().out.splitlines() == [
        f"{person.name} {person.born} 高一（1）班团支部"
        for person in COUNTY
        if isinstance(person, model.Person) and person.id in (1, 2, 4)
    ]


def first_person() -> model.Person:
    """The first person of the county as an entity."""
    return next(record for record in COUNTY if isinstance(record, model.Person))


def test_every_record_is_read_with_all_its_fields(either_db: str) -> None:
    """Each entity has a class of its name, whose rows have the values of its records."""
    with made(either_db, *COUNTY).read() as transaction:
        whole = transaction.whole()
    with open_session(either_db) as session:
        for kind in ENTITIES:
            table: Any = getattr(tables, kind.__name__)
            rows = {getattr(row, model.KEYS[kind]): row for row in session.exec(select(table))}
            records: dict[Any, Entity] = kept(whole, kind)
            assert rows.keys() == records.keys()
            for key, record in records.items():
                for item in fields(record):
                    assert getattr(rows[key], item.name) == getattr(record, item.name)


def test_a_session_only_reads(either_db: str) -> None:
    """What would write is refused by the database itself."""
    made(either_db, *COUNTY)
    with open_session(either_db) as session:
        session.exec(select(Person)).first().name = "别人"
        with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
            session.commit()


def test_what_is_no_registry_is_refused(tmp_path: Any) -> None:
    """A path without a file, and a file that is none of ours."""
    with pytest.raises(NotFound), open_session(str(tmp_path / "none.db")):
        pass
    (tmp_path / "other.db").write_bytes(b"SQLite format 3\0")
    with pytest.raises(DatabaseUnavailable), open_session(str(tmp_path / "other.db")):
        pass
