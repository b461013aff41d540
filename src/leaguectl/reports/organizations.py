"""The tree of organisations and the card of one."""

from datetime import date

from leaguectl.model.periods import Period
from leaguectl.reports import ledger
from leaguectl.reports.predicates import is_member_on
from leaguectl.reports.query import BELOW, Row, as_date, below_on, select
from leaguectl.store.reading import Reader

_TREE = f"""
    SELECT organization.code, tree.name, type, tree.parent, domain, sector, founded, dissolved,
        secretary_seats, committee_seats,
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


def tree(reader: Reader, org: str = "", day: str | None = None) -> list[Row]:
    """The tree as it was that day (without one, as it is) from the top down, with the depth of
    each and its members, those of the organisations below counted in."""
    last = day or "9999-12-31"  # after every day that is recorded
    rows = select(reader, below_on(reader, last) + _TREE, {"org": org, "last": last})
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


def exists_on(row: Row, day: date) -> bool:
    """Whether the organisation of a row of the tree is there on that day."""
    founded, dissolved = (row[key] and as_date(row[key]) for key in ("founded", "dissolved"))
    return Period(founded, dissolved).contains(day)


def codes_below(reader: Reader, org: str) -> set[str]:
    """The codes of an organisation and all below it."""
    # Without counting members, which the tree does: this is asked before a write.
    return {row[0] for row in reader.rows(BELOW + "SELECT code FROM below", {"org": org})}


def by_code(reader: Reader) -> dict[str, Row]:
    """Every organisation by its code: its name, its type, the code above."""
    rows = select(reader, "SELECT code, name, type, parent FROM organization")
    return {row["code"]: row for row in rows}


def name(reader: Reader, code: str, day: str = "9999-12-31") -> str:
    """The full name of the organisation of that code; as it was on a day where one is given."""
    sql = below_on(reader, day, every=True) + "SELECT name FROM tree WHERE code = :code"
    return str(reader.rows(sql, {"code": code, "last": day})[0][0])


def card(reader: Reader, code: str, year: int) -> Row:
    """One organisation: what it is, its members, what lies directly below, its places of a year,
    and what happened to it, the earliest first."""
    rows = tree(reader, code)
    return {
        **rows[0],
        "below": [row for row in rows if row["depth"] == 1],
        "quota": [row for row in ledger.quotas(reader, year, code) if row["code"] == code],
        "history": select(reader, _EVENTS, {"code": code}),
    }
