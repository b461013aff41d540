"""What is filed with the level above: who was admitted in a year, in order of their numbers."""

from leaguectl.findings import Private
from leaguectl.reports.figures import BELOW, Queryable
from leaguectl.reports.lists import Row, day_text

_ADMITTED = """
    SELECT admission.number, person.name, person.id_number, organization.code, organization.name,
        admission.meeting, admission.approved
    FROM admission JOIN person ON person.id = admission.person
    JOIN organization ON organization.code = admission.organization
    WHERE admission.organization IN (SELECT code FROM below)
    AND admission.meeting BETWEEN :first AND :last ORDER BY admission.number
"""
_FIELDS = ("number", "name", "id_number", "code", "organization", "meeting", "approved")


def admitted(reader: Queryable, year: int, org: str = "") -> list[Row]:
    """Everybody whom a branch meeting of the year admitted, in an organisation and all below it."""
    asked = {"org": org, "first": f"{year}-01-01", "last": f"{year}-12-31"}
    found = []
    for row in reader.rows(BELOW + _ADMITTED, asked):
        one = dict(zip(_FIELDS, map(day_text, row), strict=True))
        found.append(one | {"id_number": Private(one["id_number"])})
    return found


def tree(reader: Queryable) -> dict[str, Row]:
    """Every organisation by its code: its name, its type, the code above."""
    rows = reader.rows("SELECT code, name, type, parent FROM organization")
    return {
        code: {"name": name, "type": kind, "parent": parent} for code, name, kind, parent in rows
    }
