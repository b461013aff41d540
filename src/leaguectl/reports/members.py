"""Members as they are found and shown: lists, the card of a member, their history, transfers."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from leaguectl.findings import Private
from leaguectl.model.days import day_in
from leaguectl.model.declaration import LONGEST
from leaguectl.model.league import whole_id_number
from leaguectl.names import plain_name
from leaguectl.reports.predicates import begun, is_latest_number
from leaguectl.reports.query import Row, as_date, as_last, below_on, like, select
from leaguectl.store.reading import Reader

if TYPE_CHECKING:
    from leaguectl.rules import Policy

_MEMBERS = """
    SELECT {person}, membership.organization AS code, tree.name AS organization,
        membership.joined, membership.joined_precision, number.number,
        (SELECT form.serial FROM form
            WHERE form.person = person.id AND form.state = 'valid') AS form,
        (SELECT certificate.serial FROM certificate
            WHERE certificate.person = person.id AND certificate.state = 'valid') AS certificate,
        CASE WHEN membership."left" <= :last THEN membership."left" END AS "left",
        CASE WHEN membership."left" <= :last THEN membership.leaving_reason END AS leaving_reason
    FROM person
    LEFT JOIN membership ON membership.person = person.id
        AND membership.id = (SELECT max(latest.id) FROM membership AS latest
                             WHERE latest.person = person.id
                             AND ({since} IS NULL OR {since} <= :last))
    LEFT JOIN tree ON tree.code = membership.organization
    LEFT JOIN number ON {held}
    WHERE {condition} ORDER BY person.id
"""
_FOUND = """
    (person.name LIKE :part ESCAPE '!' OR person.written LIKE :written ESCAPE '!'
    OR person.id_number = :id_number
    OR EXISTS (SELECT 1 FROM number AS own WHERE own.person = person.id AND own.number = :text)
    OR EXISTS (SELECT 1 FROM certificate WHERE certificate.person = person.id
               AND certificate.serial = :text)
    OR EXISTS (SELECT 1 FROM alias WHERE alias.person = person.id
               AND (alias.id_number = :id_number OR alias.name LIKE :part ESCAPE '!')))
    AND (:org = '' OR membership.organization IN (SELECT code FROM below))
"""
_ADMISSION = """
    SELECT applied, talked, activist, candidate, notice_from, notice_to, meeting, approved,
        approved_by, route, course_hours, service_hours, introducer_1, introducer_2, due, present,
        in_favour
    FROM admission WHERE person = :id
"""
_PAPER = ("number", "form", "certificate")
_PAPERS = "SELECT paper, state FROM paper_state WHERE person = :id ORDER BY id"
_TRANSFERS = """
    SELECT transfer.id, transfer.person, person.name, coalesce(origin.name, transfer.origin)
            AS "from", coalesce(target.name, transfer.destination) AS "to", transfer.state,
        transfer.requested, transfer.settled, transfer.reason, transfer.source, transfer.target,
        CASE WHEN source.type = 'graduating branch' THEN 1 ELSE 0 END AS graduates
    FROM transfer JOIN person ON person.id = transfer.person
    LEFT JOIN organization AS source ON source.code = transfer.source
    LEFT JOIN tree AS origin ON origin.code = transfer.source
    LEFT JOIN tree AS target ON target.code = transfer.target
    WHERE {condition} ORDER BY transfer.id
"""
_OF_ORGANIZATION = """
    (:state = '' OR transfer.state = :state)
    AND (:org = '' OR transfer.source IN (SELECT code FROM below)
         OR transfer.target IN (SELECT code FROM below))
"""
_HISTORY = {
    "memberships": f"""
        SELECT tree.name AS organization, membership.organization AS code,
            membership.entry, {begun()} AS since,
            membership."left", membership.leaving_reason
        FROM membership JOIN tree ON tree.code = membership.organization
        WHERE membership.person = :id ORDER BY membership.id
    """,
    "discipline": """
        SELECT kind, since, until, authority FROM discipline WHERE person = :id ORDER BY since, id
    """,
    "milestones": """
        SELECT kind, day, day_precision FROM milestone WHERE person = :id ORDER BY day, id
    """,
    "registrations": """
        SELECT year, grade, registered, registered_precision FROM registration
        WHERE person = :id ORDER BY year
    """,
    # A condition of its own, so that an index answers it however many transfers there are.
    "transfers": _TRANSFERS.format(condition="transfer.person = :id"),
}


def find(reader: Reader, text: str, org: str = "", day: date | None = None) -> list[Row]:
    """The people that ``text`` can mean: part of a name as it is stored or as it was written, an ID
    number (name and ID number also from before a correction), a number, a certificate. With a
    ``day``, those who had joined by then, with the branch of that day."""
    # Databases refuse longer patterns, and nobody has such a name or number.
    if len(text) > LONGEST:
        return []
    # The text is searched for literally, so the wildcards of LIKE are escaped.
    part, written = like(plain_name(text)), like(text)
    # In capitals, since an ID number may end in an x.
    parameters = {
        "text": text.upper(), "id_number": whole_id_number(text.upper()), "part": f"%{part}%",
        "written": f"%{written}%", "org": org,
    }  # fmt: skip
    found = _members(reader, _FOUND, parameters, day)
    return [row for row in found if day is None or row["code"] is not None]


def member(reader: Reader, person: int, day: date | None = None) -> Row:
    """A person's card with the admission and the states of papers without a serial, by registry id;
    with a ``day``, the branch, joining and leaving as of that day, and no admission or paper of
    somebody who joined later."""
    key = {"id": person}
    (card,) = _members(reader, "person.id = :id", key, day)
    admissions = select(reader, _ADMISSION, key)
    papers = {row["paper"]: row["state"] for row in select(reader, _PAPERS, key)}
    if day is not None and card["code"] is None:
        return {**card, **dict.fromkeys(_PAPER), "papers": {}, "admission": None}
    return {**card, "papers": papers, "admission": admissions[0] if admissions else None}


def history(reader: Reader, person: int, day: date | None = None) -> Row:
    """What had happened to a person by a day (always, if there is none): memberships, discipline,
    milestones, registrations, transfers; organisations have the names of that day."""
    last = as_last(day)
    tree, key = below_on(reader, last, every=True), {"id": person, "last": last}
    found = {name: select(reader, tree + sql, key) for name, sql in _HISTORY.items()}
    if day is None:
        return found
    began = {"memberships": "since", "discipline": "since", "milestones": "day",
             "registrations": "registered", "transfers": "requested"}  # fmt: skip
    kept = {
        name: [row for row in rows if (row[began[name]] or "") <= last]
        for name, rows in found.items()
    }
    for row in kept["memberships"]:
        if row["left"] is not None and row["left"] > last:
            row |= {"left": None, "leaving_reason": None}
    for row in kept["transfers"]:
        _as_of(row, last)
    return kept


def transfers(
    reader: Reader, *, state: str = "", org: str = "", day: date | None = None
) -> list[Row]:
    """Transfers in the order of their requests: all, or those in a state, or of an organisation and
    all below it, by the tree and the names of a day where one is given."""
    last = as_last(day)
    sql = below_on(reader, last) + _TRANSFERS.format(condition=_OF_ORGANIZATION)
    return select(reader, sql, {"state": state, "org": org, "last": last})


def transfers_with_deadlines(
    reader: Reader, policy: "Policy", day: date, *, state: str, org: str, overdue: bool
) -> list[Row]:
    """Transfers as of a day, each pending one with its deadline (``due``); with ``overdue`` only
    those whose deadline had passed."""
    listed = transfers(reader, org=org, day=day)
    rows = [row for row in listed if as_date(row["requested"]) <= day]
    for row in rows:
        _as_of(row, day.isoformat())
    rows = [row for row in rows if state in ("", row["state"])]
    for row in rows:
        last = last_day_of_transfer(row, policy)
        row["due"] = last.isoformat() if last else None
    # ISO days compare as text; what has no deadline is never overdue.
    return [row for row in rows if not overdue or (row["due"] or "9999") < day.isoformat()]


def _as_of(transfer: Row, last: str) -> None:
    """Take out of a transfer what was decided about it after a day."""
    if transfer["settled"] is not None and transfer["settled"] > last:
        transfer |= {"state": "pending", "settled": None, "reason": None}


def last_day_of_transfer(row: Row, policy: "Policy") -> date | None:
    """The deadline of a transfer: the last day of the season for graduates; the last day before it
    lapses for a transfer to or from outside; None for others."""
    if row["state"] != "pending":
        return None
    requested = as_date(row["requested"])
    limits = policy.transfer_on(requested)
    if row["graduates"]:
        return day_in(requested.year, limits.done_by)
    if row["source"] and row["target"]:
        return None  # within the county the same office has the papers
    return requested + timedelta(days=limits.lapse_days)


def transfer(reader: Reader, number: int) -> Row | None:
    """One transfer by its number."""
    sql = "SELECT id, person, source, target FROM transfer WHERE id = :id"
    return next(iter(select(reader, sql, {"id": number})), None)


def names(reader: Reader, people: set[int]) -> dict[int, str]:
    """The names of these people; of whoever went again, as by an undo, the last that they had."""
    return {person: _name_of(reader, person) for person in people}


def _name_of(reader: Reader, person: int) -> str:
    if rows := reader.rows("SELECT name FROM person WHERE id = :id", {"id": person}):
        return str(rows[0][0])
    sql = "SELECT before FROM history WHERE noun = 'person' AND \"key\" = :id ORDER BY id DESC"
    rows = reader.rows(sql, {"id": str(person)})
    return str(json.loads(rows[0][0])["name"]) if rows else f"#{person}"


def _members(
    reader: Reader,
    condition: str,
    parameters: Mapping[str, Any],
    day: date | None = None,
) -> list[Row]:
    """Members by a condition, on a day where one is given: all fields of each person, private ones
    marked, and the day of joining as far as it is known."""
    # Not from leaguectl.model, which creates all entities: this list needs only one, and scripts
    # wait for it.
    from leaguectl.model.declaration import DECLARATIONS
    from leaguectl.model.league import Person

    first = ("id", "name", "written", "id_number")
    fields = DECLARATIONS[Person].fields
    kept = (name for name in fields if name not in (*first, "operation"))
    person = ", ".join(f"person.{name}" for name in (*first, *kept))
    last = as_last(day)
    sql = below_on(reader, last) + _MEMBERS.format(
        person=person, held=is_latest_number(), condition=condition, since=begun("latest")
    )
    rows = select(reader, sql, {"org": "", **parameters, "last": last})
    for row in rows:
        for name, field in fields.items():
            if field.spec.private and row[name] is not None:
                row[name] = Private(row[name])
    return rows
