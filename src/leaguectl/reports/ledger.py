"""The ledger: quotas down the tree, numbers and what hangs on them, forms, certificates."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from operator import itemgetter
from typing import Any

from leaguectl.findings import NotFound
from leaguectl.reports import members, operations
from leaguectl.reports.figures import by_organization
from leaguectl.reports.figures.trees import Trees
from leaguectl.reports.query import BELOW, Row, as_date, below_on, days_of, select, shorten_months
from leaguectl.store.reading import Reader

# -- quotas --------------------------------------------------------------------------------------


def _count_of(state: str) -> str:
    """How many numbers of a quota's block are in a state, including those of blocks split off."""
    # Counted by the block they lie in, not by the quota that holds them now, which may have been
    # split off; an old number that happens to lie in the block has no quota.
    return f"""(SELECT count(*) FROM number WHERE number.number BETWEEN quota.first AND quota.last
            AND number.quota IS NOT NULL AND number.state = '{state}') AS {state}"""


_ALLOTTED_BELOW = """(SELECT CAST(coalesce(sum(split.places), 0) AS INTEGER) FROM quota AS split
            WHERE split.parent = quota.id) AS allotted_below"""
_OF_YEAR = """
    FROM quota JOIN tree ON tree.code = quota.organization
    WHERE quota.year = :year AND quota.organization IN (SELECT code FROM below)
    ORDER BY quota.first, quota.places DESC
"""
_QUOTAS = f"""
    SELECT quota.id, quota.parent, tree.name AS organization,
        quota.organization AS code, quota.places, quota.first, quota.last, {_ALLOTTED_BELOW},
        {_count_of("used")}, {_count_of("void")}, (SELECT count(*) FROM number
            WHERE number.quota = quota.id AND number.state = 'free') AS own_left,
        (SELECT count(*) FROM number WHERE number.quota = quota.id) AS own,
        quota.authority {_OF_YEAR}
"""
_USAGE = f"""
    SELECT quota.first, quota.last, tree.name AS organization,
        quota.organization AS code, quota.places AS size, {_count_of("free")},
        {_count_of("used")}, {_count_of("void")}, {_ALLOTTED_BELOW}, quota.authority {_OF_YEAR}
"""
_FREE = """
    SELECT number.number FROM number JOIN quota ON quota.id = number.quota
    WHERE quota.year = :year AND number.state = 'free'
    AND quota.organization IN (SELECT code FROM below) ORDER BY number.number
"""
_BEYOND = """
    SELECT admission.organization, quota.organization, admission.meeting
    FROM admission JOIN number ON number.number = admission.number
    JOIN quota ON quota.id = number.quota
    WHERE admission.beyond IS NOT NULL AND quota.year = :year
"""


def quotas(reader: Reader, year: int, org: str = "") -> list[Row]:
    """The year's quotas from the top of the tree down: for each organisation its ``places``
    including those of all organisations below it at the end of the year, counted by
    :func:`by_organization.places` as for the year's figures, and how many are ``left``; how many of
    these it has itself (``own_left``); its ``blocks`` as they were allotted. ``above`` is the
    nearest organisation above that has a quota; ``beyond`` is how many it admitted beyond its
    quotas."""
    trees = Trees(reader)
    paths = trees.paths(date(year, 12, 31))
    states = by_organization.places(reader, year, paths)
    beyond = _beyond(reader, year, trees)
    blocks: dict[str, list[Row]] = {}
    for row in _of_year(reader, _QUOTAS, year, ""):
        blocks.setdefault(row["code"], []).append(row)
    return [
        _row(of_one, states[code])
        | {
            "above": next((above for above in paths.get(code, ())[1:] if above in blocks), None),
            "year": year,
            "beyond": beyond.get(code, 0),
        }
        for code, of_one in blocks.items()
        if not org or org in paths.get(code, ())
    ]


def quota_total(rows: Sequence[Row]) -> Row | None:
    """The total of the quotas of a list: a quota below another listed one is already included in
    that."""
    listed = {row["code"] for row in rows}
    tops = [row for row in rows if row["above"] not in listed]
    if not tops:
        return None
    total = {name: sum(row[name] for row in tops) for name in _SUMMED}
    return _with_rate(total) | {"own_left": sum(row["own_left"] for row in rows)}


_SUMMED = ("places", "allotted_below", "used", "void", "left")
_BLOCK = ("id", "parent", "organization", "code", "first", "last", "places", "allotted_below",
          "used", "void", "own_left", "authority")  # fmt: skip


def _row(blocks: Sequence[Row], states: Counter[str]) -> Row:
    """A row for the blocks of an organisation, with the states of its places and of those below it.
    A void number is a lost place: it is neither left nor used."""
    own = sum(block["own"] for block in blocks)
    return _with_rate({
        "organization": blocks[0]["organization"], "code": blocks[0]["code"],
        "places": states.total(), "allotted_below": states.total() - own,
        "used": states["used"], "void": states["void"], "left": states["free"],
        "own_left": sum(block["own_left"] for block in blocks),
        "first": min(block["first"] for block in blocks),
        "last": max(block["last"] for block in blocks),
        "authority": blocks[0]["authority"],
        "blocks": [{name: block[name] for name in _BLOCK} for block in blocks],
    })  # fmt: skip


def _with_rate(row: Row) -> Row:
    """The row with the used part of the places; None where all of them went elsewhere."""
    return row | {"usage_rate": round(row["used"] / row["places"], 4) if row["places"] else None}


def _of_year(reader: Reader, sql: str, year: int, org: str) -> list[Row]:
    """Rows of a year's ledger, of an organisation with what lay below it at the end of the year."""
    _, last = days_of(year)
    parameters = {"year": year, "org": org, "last": last}
    return select(reader, below_on(reader, last, every=not org) + sql, parameters)


def _beyond(reader: Reader, year: int, trees: Trees) -> dict[str, int]:
    """How many of the year's admissions, by each organisation or one below it on the day of the
    meeting, used a place of an organisation above."""
    counts: dict[str, int] = {}
    for branch, owner, meeting in reader.rows(_BEYOND, {"year": year}):
        for code in trees.paths(as_date(meeting)).get(branch, ()):
            if code == owner:
                break
            counts[code] = counts.get(code, 0) + 1
    return counts


def usage(reader: Reader, year: int, org: str = "") -> list[Row]:
    """The year's blocks from the top of the tree down, each with the states of its numbers; numbers
    of a block below are counted in the blocks above it too."""
    return _of_year(reader, _USAGE, year, org)


# -- numbers -------------------------------------------------------------------------------------

_NUMBER = """
    SELECT number.number, number.year, number.state, number.reason, quota.first, quota.last,
        quota.authority, owner.code, owner.name AS owner, person.id AS person,
        person.name AS holder,
        (SELECT home.name FROM membership JOIN organization AS home
            ON home.code = membership.organization WHERE membership.person = person.id
            ORDER BY membership.id DESC LIMIT 1) AS organization,
        (SELECT form.serial FROM form
            WHERE form.person = person.id AND form.state = 'valid') AS form,
        (SELECT certificate.serial FROM certificate
            WHERE certificate.person = person.id AND certificate.state = 'valid') AS certificate,
        admission.meeting, admission.beyond, number.operation
    FROM number LEFT JOIN quota ON quota.id = number.quota
    LEFT JOIN organization AS owner ON owner.code = quota.organization
    LEFT JOIN person ON person.id = number.person
    LEFT JOIN admission ON admission.number = number.number
    WHERE number.number = :number
"""
_EARLIER = """
    SELECT history.operation, history.before FROM history
    WHERE history.noun = :noun AND history.key = :key ORDER BY history.id
"""
_OWNER = """
    SELECT organization.name FROM quota
    JOIN organization ON organization.code = quota.organization WHERE quota.id = :id
"""
_UNUSED = """
    SELECT number.number, number.state, number.reason, number.quota, tree.name
    FROM number JOIN quota ON quota.id = number.quota
    JOIN tree ON tree.code = quota.organization
    WHERE number.number >= :low AND number.number < :highest AND number.state <> 'used'
        AND quota.year = :year AND quota.organization IN (SELECT code FROM below)
    ORDER BY number.number
"""
_HIGHEST = """
    SELECT number.quota, max(number.number) FROM number
    WHERE number.number >= :low AND number.number < :high AND number.state = 'used'
        AND number.quota IS NOT NULL
    GROUP BY number.quota
"""
_DISPUTES = """
    SELECT dispute.id, dispute.number, holder.id AS person, holder.name AS holder, dispute.claim,
        dispute.claimant, dispute.opened, dispute.reason, dispute.settled, dispute.outcome
    FROM dispute JOIN number ON number.number = dispute.number
    LEFT JOIN person AS holder ON holder.id = number.person
    LEFT JOIN quota ON quota.id = number.quota
    WHERE (:every = 1 OR dispute.settled IS NULL)
        AND (:org = '' OR quota.organization IN (SELECT code FROM below)
            OR EXISTS (SELECT 1 FROM membership
                WHERE membership.person IN (number.person, dispute.claimant)
                AND membership.organization IN (SELECT code FROM below)))
    ORDER BY dispute.id
"""


def number_card(reader: Reader, number: str) -> Row:
    """A number: its state, its block and the owner of that, its holder with papers, and its earlier
    states with the operations behind them.

    :raises NotFound: the ledger does not have it.
    """
    rows = select(reader, _NUMBER, {"number": number})
    if not rows:
        raise NotFound("number-not-found", number=number)
    return {**rows[0], "states": _states_of(reader, rows[0])}


def _states_of(reader: Reader, card: Row) -> list[Row]:
    earlier = _earlier(reader, "number", card["number"])
    sql = "SELECT quota, person FROM number WHERE number = :number"
    (present,) = select(reader, sql, {"number": card["number"]})
    states = [before for _, before in earlier] + [{**card, **present}]
    # History keeps an operation with the state that it replaced, so each made the following state.
    made_by = [states[0]["operation"], *(operation for operation, _ in earlier)]
    owners = {
        quota: name
        for quota in {state["quota"] for state in states} - {None}
        for (name,) in reader.rows(_OWNER, {"id": quota})  # none where the quota was taken back
    }
    people = members.names(reader, {state["person"] for state in states} - {None})
    rows = []
    for number, state in zip(made_by, states, strict=True):
        (operation,) = operations.operations(reader, number)
        rows.append({
            "operation": number, "state": state["state"],
            "organization": owners.get(state["quota"]), "holder": people.get(state["person"]),
            "void": state["reason"],
            **{key: operation[key] for key in ("at", "actor", "command", "reason", "authority")},
        })  # fmt: skip
    return rows


def _earlier(reader: Reader, noun: str, key: str) -> list[tuple[int, dict[str, Any]]]:
    """The earlier states of a record, each before the operation that replaced it, the oldest
    first."""
    rows = reader.rows(_EARLIER, {"noun": noun, "key": key})
    return [(int(operation), json.loads(before)) for operation, before in rows]


def free_numbers(reader: Reader, year: int, org: str = "") -> list[str]:
    """The free numbers of the year's quotas, in order."""
    return [row["number"] for row in _of_year(reader, _FREE, year, org)]


def gaps(reader: Reader, year: int, org: str = "") -> list[Row]:
    """The unused numbers below the highest used one, in runs of the same owner and reason.

    ``why``: ``void``; ``skipped``, where a higher number of the same quota is in use; ``waiting``,
    where the quota has not been used so far.
    """
    low = f"{year}"  # numbers begin with their year, so they are compared as text
    highest: dict[int, str] = dict(
        map(tuple, reader.rows(_HIGHEST, {"low": low, "high": f"{year + 1}"}))
    )
    if not highest:
        return []
    _, last = days_of(year)
    parameters = {"low": low, "highest": max(highest.values()), "year": year, "org": org,
                  "last": last}  # fmt: skip
    below = below_on(reader, last, every=not org)
    # Only up to the highest used number: what follows is not a gap but the stock.
    runs: list[Row] = []
    run_of: tuple[str, str | None, int] | None = None
    for number, state, reason, quota, owner in reader.rows(below + _UNUSED, parameters):
        skipped = number < highest.get(quota, "")
        why = "void" if state == "void" else "skipped" if skipped else "waiting"
        follows = runs and int(runs[-1]["last"]) + 1 == int(number)
        if follows and run_of == (why, reason, quota):
            runs[-1]["last"], runs[-1]["count"] = number, runs[-1]["count"] + 1
        else:
            run_of = (why, reason, quota)
            runs.append({"first": number, "last": number, "count": 1, "why": why,
                         "reason": reason, "organization": owner})  # fmt: skip
    return runs


def disputes(reader: Reader, org: str = "", *, every: bool = False) -> list[Row]:
    """The numbers that two people claim; with ``every``, settled cases too. For an organisation,
    those of its blocks and those that its members hold or claim."""
    return select(reader, BELOW + _DISPUTES, {"every": int(every), "org": org})


# -- papers --------------------------------------------------------------------------------------

_OF_MEMBERS = """IN (
        SELECT membership.person FROM membership
        WHERE membership."left" IS NULL AND membership.organization IN (SELECT code FROM below))
"""
_FORMS = f"""
    {BELOW}
    SELECT form.serial AS form, person.name, person.id AS person, admission.number,
        admission.approved, form.state, form.received, form.pages, form.size, form.sha256,
        form.operation
    FROM form JOIN person ON person.id = form.person
    LEFT JOIN admission ON admission.form = form.serial
    WHERE form.serial = :serial OR form.person = :person
        OR (:org <> '' AND form.person {_OF_MEMBERS})
    ORDER BY form.serial
"""
_CERTIFICATES = f"""
    {BELOW}
    SELECT certificate.serial AS certificate, person.name, person.id AS person,
        certificate.state, certificate.issued, certificate.copies, certificate.replaces,
        certificate.reason, certificate.operation, certificate.issued_precision
    FROM certificate JOIN person ON person.id = certificate.person
    WHERE certificate.serial = :serial OR certificate.person = :person
        OR (:org <> '' AND certificate.person {_OF_MEMBERS})
    ORDER BY CASE certificate.state WHEN 'valid' THEN 1 ELSE 0 END,
        coalesce(CAST(certificate.issued AS TEXT), ''), certificate.serial
"""


def forms(reader: Reader, serial: str = "", person: int = 0, org: str = "") -> list[Row]:
    """The form of that serial, or all of a person, or of the members of an organisation and all
    below it."""
    return select(reader, _FORMS, {"serial": serial, "person": person, "org": org})


def certificates(reader: Reader, serial: str = "", person: int = 0, org: str = "") -> list[Row]:
    """The certificate of that serial, or all of a person in the order of issue with the valid one
    last, each with its earlier copies and states; or those of the members of an organisation and
    all below it, person by person."""
    found = select(reader, _CERTIFICATES, {"serial": serial, "person": person, "org": org})
    rows = sorted(found, key=itemgetter("person"))
    keys = ("state", "issued", "copies", "reason", "operation")
    for row in rows:
        earlier = [before for _, before in _earlier(reader, "certificate", row["certificate"])]
        for before in earlier:
            shorten_months(before)
        row["before"] = [
            {key: before[key] for key in keys} | _superseded(before, after)
            for before, after in pairwise([*earlier, row])
            if before["copies"] != after["copies"]
            # An invalid certificate is the same paper, which is listed as it is now.
            or before["state"] not in ("valid", after["state"])
        ]
    return rows


def _superseded(before: Mapping[str, Any], after: Mapping[str, Any]) -> Row:
    """The state of a copy that another one replaced: only one copy of a serial is valid."""
    is_replaced = before["state"] == "valid" and after["copies"] > before["copies"]
    return {"state": "replaced"} if is_replaced else {}
