"""The tree of organisations, and the card of an organisation."""

from collections.abc import Iterable
from datetime import date

from leaguectl.findings import Finding
from leaguectl.model.periods import Period
from leaguectl.reports import ledger
from leaguectl.reports.predicates import is_member_on
from leaguectl.reports.query import BELOW, Row, as_date, as_last, below_on, select
from leaguectl.store.reading import Reader

_TREE = f"""
    SELECT organization.code, tree.name, type, tree.parent, domain, sector, founded, dissolved,
        founded_precision, secretary_seats, committee_seats,
        (SELECT count(*) FROM membership WHERE membership.organization = organization.code
            AND {is_member_on()}) AS own_members
    FROM organization JOIN tree ON tree.code = organization.code
    WHERE organization.code IN (SELECT code FROM below) ORDER BY organization.code
"""
_EVENTS = """
    SELECT event.kind AS event, event.day, coalesce(earlier.name, event.before) AS before,
        coalesce(later.name, event.after) AS after, event.authority
    FROM organization_event AS event
    LEFT JOIN organization AS earlier ON earlier.code = event.before AND event.kind <> 'renamed'
    LEFT JOIN organization AS later ON later.code = event.after AND event.kind <> 'renamed'
    WHERE event.organization = :code ORDER BY event.day, event.id
"""


def tree(reader: Reader, org: str = "", day: date | None = None) -> list[Row]:
    """The tree as of a day (by default as it is now) from the top down, with the depth of each
    organisation and its members, including those of organisations below."""
    last = as_last(day)
    rows = select(reader, below_on(reader, last) + _TREE, {"org": org, "last": last})
    for row in rows:
        if row["dissolved"] is not None and row["dissolved"] > last:
            row["dissolved"] = None  # that day, nobody knew
    by_code = {row["code"]: row for row in rows}
    children: dict[str | None, list[Row]] = {}
    for row in rows:
        children.setdefault(row["parent"] if row["parent"] in by_code else None, []).append(row)
    ordered: list[Row] = []

    def walk(row: Row, depth: int) -> int:
        row["depth"] = depth
        ordered.append(row)
        below_it = sum(walk(child, depth + 1) for child in children.get(row["code"], ()))
        row["members"] = row["own_members"] + below_it
        return int(row["members"])

    for top in children.get(None, ()):
        walk(top, 0)
    return ordered


_BOUNDS = ("founded", "dissolved")


def exists_on(row: Row, day: date, *, closed: bool = False) -> bool:
    """Whether the organisation of a row of the tree exists on that day, or existed before where
    those that are ``closed`` are wanted too."""
    founded, dissolved = (row[key] and as_date(f"{row[key]}-01"[:10]) for key in _BOUNDS)
    return Period(founded, None if closed else dissolved).contains(day)


def codes_below(reader: Reader, org: str) -> set[str]:
    """The codes of an organisation and all below it."""
    # Without counting members, as the tree does: this runs before a write.
    return {row[0] for row in reader.rows(BELOW + "SELECT code FROM below", {"org": org})}


def by_code(reader: Reader, day: date | None = None) -> dict[str, Row]:
    """Every organisation by its code: its name, its type, the code above; name and place as of a
    day where one is given."""
    columns = "SELECT tree.code, tree.name, organization.type, tree.parent"
    sql = f"{columns} FROM tree JOIN organization ON organization.code = tree.code"
    last = as_last(day)
    rows = select(reader, below_on(reader, last, every=True) + sql, {"last": last})
    return {row["code"]: row for row in rows}


def name(reader: Reader, code: str, day: date | None = None) -> str:
    """The full name of the organisation with that code, as of a day where one is given."""
    last = as_last(day)
    sql = below_on(reader, last, every=True) + "SELECT name FROM tree WHERE code = :code"
    return str(reader.rows(sql, {"code": code, "last": last})[0][0])


def card(reader: Reader, code: str, year: int, day: date | None = None) -> Row:
    """An organisation as of a day (by default as it is now): its fields, its members, the
    organisations directly below, its events from the earliest on; and its places of a year."""
    rows = tree(reader, code, day)
    history = select(reader, _EVENTS, {"code": code})
    return {
        **rows[0],
        "below": [
            row
            for row in rows
            if row["depth"] == 1 and (day is None or exists_on(row, day, closed=True))
        ],
        "quota": [row for row in ledger.quotas(reader, year, code) if row["code"] == code],
        "history": [event for event in history if event["day"] <= as_last(day)],
    }


_OWN = """
    SELECT name FROM organization WHERE code IN (SELECT code FROM below)
    UNION SELECT name FROM tree WHERE code IN (SELECT code FROM below)
    UNION SELECT code FROM below
    UNION SELECT post.name FROM post WHERE post.organization IN (SELECT code FROM below)
    UNION SELECT person.name FROM person JOIN membership ON membership.person = person.id
        WHERE membership.organization IN (SELECT code FROM below)
    UNION SELECT {paper}.{key} FROM {paper} JOIN membership ON membership.person = {paper}.person
        WHERE membership.organization IN (SELECT code FROM below)
"""
_NUMBERS = """
    SELECT number.number FROM number LEFT JOIN quota ON quota.id = number.quota
    WHERE quota.organization IN (SELECT code FROM below) OR number.person IN (
        SELECT person FROM membership WHERE organization IN (SELECT code FROM below))
"""


def concerning(
    reader: Reader, findings: Iterable[Finding], org: str, day: date | None = None
) -> list[Finding]:
    """The findings about an organisation, those below it (on a day where one is given), people who
    hold a post there or are or were members there, and their papers and numbers. A finding with
    only a person's name may be about a namesake from elsewhere: it is included rather than left
    out."""
    last = as_last(day)
    below, parameters = below_on(reader, last), {"org": org, "last": last}
    own, numbers = set(), {number for (number,) in reader.rows(below + _NUMBERS, parameters)}
    for paper, key in (("form", "serial"), ("certificate", "serial")):
        sql = below + _OWN.format(paper=paper, key=key)
        own |= {text for (text,) in reader.rows(sql, parameters)}
    every = {number for (number,) in reader.rows("SELECT number FROM number")}

    def is_about(subject: str) -> bool:
        parts = subject.split()
        if of_numbers := [part for part in parts if part in every]:
            return any(part in numbers for part in of_numbers)
        return any(" ".join(parts[:end]) in own for end in range(len(parts), 0, -1))

    return [
        finding
        for finding in findings
        if any(is_about(subject) for subject in (finding.subject or "").split(", "))
    ]
