"""Candidates' cases as they are shown: listed, and one of them found by whom it is about."""

from dataclasses import fields
from typing import Any

from leaguectl.figures import BELOW, Asks
from leaguectl.findings import NotFound, Private
from leaguectl.names import fold_name, plain_name
from leaguectl.registry import Candidacy, Person, from_plain
from leaguectl.views import Row, day_text

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
    WHERE candidacy.organization IN (SELECT code FROM below)
    AND (:person = '' OR person.id_number = :person) ORDER BY candidacy.id
"""  # noqa: S608 -- names of columns


def cases(reader: Asks, org: str = "", person: Any = None) -> list[Row]:
    """The cases of candidates of an organisation and all below it, the oldest first; those of one
    ID number where ``person`` gives it. ``code`` and ``home`` are the branch."""
    asked = {"org": org, "person": str(person or "")}
    found = []
    for row in reader.rows(BELOW + _CASES, asked):
        one = dict(zip(_CASE_FIELDS, map(day_text, row), strict=True))
        one["id_number"] = Private(one["id_number"])
        one["phone"] = Private(one["phone"]) if one["phone"] else None
        found.append(one)
    return found


def case(reader: Asks, text: str) -> Row:
    """The one case that ``text`` means, by the candidate's full name, ID number or registry id;
    the open one where somebody has several, else the latest.

    :raises NotFound: nobody is meant who has a case, or several are; then they are named.
    """
    asked, name = text.upper(), fold_name(plain_name(text))
    of: dict[int, Row] = {}
    for one in cases(reader):
        by_id = text.isdigit() and len(text) < 8 and one["person"] == int(text)
        if not (by_id or str(one["id_number"]) == asked or fold_name(one["name"]) == name):
            continue
        known = of.get(one["person"])
        if known is None or known["state"] != "open":
            of[one["person"]] = one
    if not of:
        raise NotFound("case-not-found", text=text)
    if len(of) > 1:
        candidates = [f"#{one['person']} {one['name']} {one['home']}" for one in of.values()]
        raise NotFound("case-ambiguous", text=text, count=len(of), candidates=candidates[:20])
    return next(iter(of.values()))


def as_nouns(row: Row) -> tuple[Candidacy, Person]:
    """The case of a row and whose it is."""
    values = {name: value for name, value in row.items() if name in _OF_CASE}
    case = from_plain("candidacy", values | {"organization": row["code"]})
    assert isinstance(case, Candidacy)  # noqa: S101 -- what the name says
    return case, Person(row["person"], row["name"], str(row["id_number"]))


_OF_CASE = frozenset(one.name for one in fields(Candidacy))
