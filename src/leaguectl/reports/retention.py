"""How long personal values are kept: the day from which they may be erased."""

from datetime import date

from leaguectl.model import NO_AREA
from leaguectl.model.days import months_after
from leaguectl.reports.predicates import is_held_on
from leaguectl.reports.query import BELOW, Row, as_date, select
from leaguectl.rules import Policy
from leaguectl.store.reading import Reader

_PEOPLE = f"""
    SELECT person.id, person.name, organization.code, organization.name AS organization,
        (SELECT max("left") FROM membership WHERE membership.person = person.id) AS "left",
        (SELECT max(closed) FROM candidacy WHERE candidacy.person = person.id
            AND candidacy.state IN ('refused', 'withdrawn')) AS closed,
        CASE
            WHEN EXISTS (SELECT 1 FROM membership WHERE membership.person = person.id
                AND "left" IS NULL) THEN 'membership'
            WHEN EXISTS (SELECT 1 FROM candidacy WHERE candidacy.person = person.id
                AND candidacy.state = 'open') THEN 'candidacy'
            WHEN EXISTS (SELECT 1 FROM transfer WHERE transfer.person = person.id
                AND transfer.state = 'pending') THEN 'transfer'
            WHEN EXISTS (SELECT 1 FROM dispute LEFT JOIN number ON number.number = dispute.number
                WHERE dispute.settled IS NULL
                AND (dispute.claimant = person.id OR number.person = person.id)) THEN 'dispute'
            WHEN EXISTS (SELECT 1 FROM post WHERE post.person = person.id
                AND ({is_held_on("post", ":today")} OR post.since > :today)) THEN 'post'
        END AS held
    FROM person
    LEFT JOIN organization ON organization.code = coalesce(
        (SELECT organization FROM membership WHERE membership.person = person.id
            ORDER BY membership.id DESC LIMIT 1),
        (SELECT organization FROM candidacy WHERE candidacy.person = person.id
            ORDER BY candidacy.id DESC LIMIT 1))
    WHERE person.id_number NOT LIKE '{NO_AREA}%'
"""
_BELOW = " AND organization.code IN (SELECT code FROM below)"
_ALONE = " AND person.id = :person"
_CANDIDATES = "SELECT person FROM candidacy WHERE closed <= :by AND state <> 'admitted'"
_MEMBERS = 'SELECT person FROM membership WHERE "left" <= :by'


def kept(
    reader: Reader, policy: Policy, today: date, where: str = _ALONE, **parameters: str | int
) -> list[Row]:
    """The retention of one ``person``, or of the people that a condition selects: ``since`` when
    they are no longer a candidate or member, and the day from which their values may be erased
    (``due``; None: they are kept for good). ``held`` is what is not over: a membership, a
    candidacy, …; then both days are None."""
    limits = policy.retention_on(today)
    rows = []
    asked = {"org": "", "today": today.isoformat(), **parameters}
    for row in select(reader, BELOW + _PEOPLE + where, asked):
        days = [as_date(day) for day in (row["left"], row.pop("closed")) if day is not None]
        was_member = row.pop("left") is not None
        years = limits.member_years if was_member else limits.candidate_years
        since = max(days) if days and row["held"] is None else None
        due = months_after(since, 12 * years) if since and years else None
        kind = "member" if was_member else "candidate"
        rows.append(row | {"kind": kind, "years": years, "since": since, "due": due})
    return rows


def erasable(reader: Reader, policy: Policy, today: date, by: date, org: str = "") -> list[Row]:
    """People due for erasure by a day in an organisation and all below it (empty: everywhere),
    refused and withdrawn candidates first."""
    limits = policy.retention_on(today)
    asked = [_CANDIDATES] * bool(limits.candidate_years) + [_MEMBERS] * bool(limits.member_years)
    if not asked:
        return []
    where = f" AND person.id IN ({' UNION '.join(asked)}){_BELOW if org else ''}"
    found = kept(reader, policy, today, where, org=org, by=by.isoformat())
    rows = [row for row in found if row["due"] and row["due"] <= by]
    return sorted(rows, key=lambda row: (row["kind"] == "member", row["due"], row["id"]))
