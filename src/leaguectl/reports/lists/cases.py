"""Candidates' cases as they are shown: listed, and the one of a person."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from leaguectl.findings import Private
from leaguectl.model import Candidacy, Person, from_plain
from leaguectl.reports.figures import BELOW, Queryable
from leaguectl.reports.lists import Row, day_text

_CASE_FIELDS = (
    "id", "person", "code", "state", "applied", "talked", "activist", "contact_1", "contact_2",
    "course_hours", "service_hours", "candidate", "reviewed", "notice_from", "notice_to",
    "introducer_1", "introducer_2", "form_given", "meeting", "due", "present", "in_favour",
    "approved", "approved_by", "told", "oath", "filed", "route", "closed", "reason", "operation",
    "name", "id_number", "phone", "home",
)  # fmt: skip
_CASES = f"""
    SELECT {
    ", ".join("candidacy." + name.replace("code", "organization") for name in _CASE_FIELDS[:-4])
},
        person.name, person.id_number, person.phone, organization.name
    FROM candidacy JOIN person ON person.id = candidacy.person
    JOIN organization ON organization.code = candidacy.organization
    WHERE {{condition}} ORDER BY candidacy.id
"""


def cases(reader: Queryable, org: str = "") -> list[Row]:
    """The cases of candidates of an organisation and all below it, the oldest first. ``code`` and
    ``home`` are the branch."""
    where = "candidacy.organization IN (SELECT code FROM below)"
    return _rows(reader, BELOW + _CASES.format(condition=where), {"org": org})


def case_of(reader: Queryable, person: int) -> Row | None:
    """The case of a person as a candidate: the open one, else the latest."""
    where = "candidacy.person = :person"
    rows = _rows(reader, _CASES.format(condition=where), {"person": person})
    return next((row for row in rows if row["state"] == "open"), rows[-1] if rows else None)


def _rows(reader: Queryable, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
    rows = []
    for values in reader.rows(sql, parameters):
        row = dict(zip(_CASE_FIELDS, map(day_text, values), strict=True))
        row["id_number"] = Private(row["id_number"])
        row["phone"] = Private(row["phone"]) if row["phone"] else None
        rows.append(row)
    return rows


def as_nouns(row: Row) -> tuple[Candidacy, Person]:
    """The case of a row and whose it is."""
    values = {name: value for name, value in row.items() if name in _OF_CASE}
    case = from_plain("candidacy", values | {"organization": row["code"]})
    assert isinstance(case, Candidacy)  # noqa: S101 -- what the name says
    return case, Person(row["person"], row["name"], str(row["id_number"]))


_OF_CASE = frozenset(one.name for one in fields(Candidacy))
