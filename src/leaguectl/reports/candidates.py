"""Candidates' cases, listed and of one person, and who was admitted in a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from leaguectl.reports.query import BELOW, Row, below_on, days_of, select
from leaguectl.store.reading import Reader

if TYPE_CHECKING:
    from leaguectl.model import Candidacy, Person
    from leaguectl.rules import Policy
    from leaguectl.rules.steps import Progress

# All fields as they are declared, so that a new one is in every list and card at once.
_CASES = """
    SELECT candidacy.*, candidacy.organization AS code, person.name, person.id_number,
        person.phone, organization.name AS home
    FROM candidacy JOIN person ON person.id = candidacy.person
    JOIN organization ON organization.code = candidacy.organization
    WHERE {condition} ORDER BY candidacy.id
"""
_ADMITTED = """
    SELECT admission.number, person.name, person.id_number, tree.code,
        tree.name AS organization, admission.meeting, admission.approved
    FROM admission JOIN person ON person.id = admission.person
    JOIN tree ON tree.code = admission.organization
    WHERE admission.meeting BETWEEN :first AND :last ORDER BY admission.number
"""


def cases(reader: Reader, org: str = "") -> list[Row]:
    """The cases of candidates of an organisation and all below it, the oldest first, with all their
    fields; ``code`` and ``home`` are the branch."""
    condition = "candidacy.organization IN (SELECT code FROM below)"
    return _marked(reader, BELOW + _CASES.format(condition=condition), {"org": org})


def case_of(reader: Reader, person: int) -> Row | None:
    """The case of a person as a candidate: the open one, else the latest."""
    sql = _CASES.format(condition="candidacy.person = :person")
    rows = _marked(reader, sql, {"person": person})
    return next((row for row in rows if row["state"] == "open"), rows[-1] if rows else None)


def records_of(row: Row) -> "tuple[Candidacy, Person]":
    """The case of a row and its person, as the rules take them."""
    from leaguectl.model import DECLARATIONS, Candidacy, Person, from_plain  # lists do without

    values = {field: row[field] for field in DECLARATIONS[Candidacy].fields}
    case = cast("Candidacy", from_plain("candidacy", values))
    return case, Person(row["person"], row["name"], str(row["id_number"]))


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case in a list: how far it is, and what comes next (None at the end)."""

    case: "Candidacy"
    person: "Person"
    organization: str
    stage: str
    next: "Progress | None"


def listed_cases(
    reader: Reader, policy: "Policy", org: str = "", stages: Sequence[str] = (), *, ended: bool
) -> list[ListedCase]:
    """The cases of an organisation and all below it in the order in which they were opened; only
    open cases, unless ``ended`` or a stage is requested."""
    from leaguectl.model import Snapshot
    from leaguectl.rules.steps import next_step, stage_of

    listed = []
    for row in cases(reader, org):
        case, person = records_of(row)
        stage = stage_of(case)
        if stage not in stages if stages else not ended and case.state != "open":
            continue
        # A case is enough to find its next step; a case that ended otherwise has none.
        goes_on = case.state in ("open", "admitted")
        step = next_step(case, person, Snapshot(), policy) if goes_on else None
        listed.append(ListedCase(case, person, row["home"], stage, step))
    return listed


def admitted(reader: Reader, year: int) -> list[Row]:
    """Everybody that a branch meeting of the year admitted, ordered by number."""
    first, last = days_of(year)
    return _marked(
        reader, below_on(reader, last, every=True) + _ADMITTED, {"first": first, "last": last}
    )


def _marked(reader: Reader, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
    """The rows of a query with private values marked, as the entities declare them."""
    from leaguectl.model import mark_private

    return [mark_private(row) for row in select(reader, sql, parameters)]
