"""Which person or organisation is meant: the only place that decides it, for every command.

Names are never matched in part here: a write must not reach somebody who happens to be the only
bearer of a part of the name. Only ``member find`` searches for parts (``reports.members.find``).

Every query uses an index, so that finding somebody costs the same in a large registry as in a small
one. A reader works as well as a transaction under the lock: both have ``rows``.
"""

from collections.abc import Sequence
from itertools import compress
from typing import Any

from leaguectl.findings import NotFound, UsageError
from leaguectl.masks import compared_masks
from leaguectl.model.league import whole_id_number
from leaguectl.model.short_names import meant_by
from leaguectl.names import fold_name, plain_name
from leaguectl.reports import candidates, members
from leaguectl.reports.predicates import is_not_dissolved
from leaguectl.reports.query import Row
from leaguectl.store.reading import Reader

SHOWN = 20
"""How many candidates a refusal names at most."""

# A name as it was written folds to the stored name, so the index on the latter finds both. A former
# ID number that belongs to somebody else now identifies nobody.
_KNOWN_BY = """
    SELECT id FROM person WHERE name IN (:name, :capitals, :small, :title)
    UNION SELECT id FROM person WHERE id_number = :id_number
    UNION SELECT person FROM alias WHERE id_number = :id_number
        AND NOT EXISTS (SELECT 1 FROM person WHERE id_number = :id_number)
    UNION SELECT person FROM number WHERE number = :upper AND person IS NOT NULL
    UNION SELECT person FROM form WHERE serial IN (:text, :upper)
    UNION SELECT person FROM certificate WHERE serial IN (:text, :upper)
"""
_BY_ID = "SELECT id FROM person WHERE id = :id"
_DIGITS = 7
"""Digits of the longest number of a record; longer ones are a number of another kind."""

_BEARING = "SELECT code FROM organization WHERE folded = :folded ORDER BY code"
_PRESENT = f"""
    SELECT code, name, parent FROM organization WHERE {is_not_dissolved()} ORDER BY code
"""  # noqa: S608
_RENAMED = """
    SELECT DISTINCT organization, before FROM organization_event
    WHERE kind IN ('renamed', 'called')
    ORDER BY organization
"""


# -- people --------------------------------------------------------------------------------------


def identify_person(reader: Reader, text: str) -> int:
    """The registry id of the only person with that full name, number, ID number (also a former
    one, or one of 15 digits), form, certificate or registry id (``12`` or ``#12``).

    :raises UsageError: the text is empty.
    :raises NotFound: nobody is meant, or several are; then the candidates are named.
    """
    people = people_known_by(reader, text)
    if not people:
        raise NotFound("member-not-found", text=text)
    if len(people) > 1:
        raise _ambiguous(reader, "member-ambiguous", text, people)
    return people[0]


def identify_case(reader: Reader, text: str) -> Row:
    """The case of the only candidate that the text means: the open case where the person has
    several, else the latest. A namesake without a case does not matter.

    :raises UsageError: the text is empty.
    :raises NotFound: nobody with a case is meant, or several people are; then they are named.
    """
    found = [candidates.case_of(reader, person) for person in people_known_by(reader, text)]
    existing = [case for case in found if case is not None]
    if not existing:
        raise NotFound("case-not-found", text=text)
    if len(existing) > 1:
        raise _ambiguous(reader, "case-ambiguous", text, [case["person"] for case in existing])
    return existing[0]


def number_typed(text: str) -> int | None:
    """The number of a record that somebody typed; None for anything else, as an ID number."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    return int(text) if is_number else None


def people_known_by(reader: Reader, text: str) -> list[int]:
    """Everybody that the text means exactly, by registry id.

    :raises UsageError: the text is empty.
    """
    text = text.strip()
    plain = plain_name(text)
    if not plain:
        raise UsageError("name-empty")
    digits = plain.removeprefix("#")
    people: set[int] = set()
    if (number := number_typed(digits)) is not None:
        people = {int(row[0]) for row in reader.rows(_BY_ID, {"id": number})}
    if digits == plain:
        ways = {
            "text": text,
            "upper": plain.upper(),
            "id_number": whole_id_number(plain.upper()),
            "name": plain,
            "capitals": plain.upper(),
            "small": plain.lower(),
            "title": plain.title(),
        }
        people |= {int(row[0]) for row in reader.rows(_KNOWN_BY, ways)}
    return sorted(people)


def _ambiguous(reader: Reader, code: str, text: str, people: Sequence[int]) -> NotFound:
    """The refusal that names the candidates, each with the values in which they differ."""
    cards = [members.member(reader, person) for person in people[:SHOWN]]
    id_numbers = compared_masks([card["id_number"] for card in cards])
    facts = [
        (
            _home(reader, card),
            id_number,
            card["number"] or "",
            f"{card['joined'] or ''}..{card['left'] or ''}",
        )
        for card, id_number in zip(cards, id_numbers, strict=True)
    ]
    differs = [len(set(values)) > 1 for values in zip(*facts, strict=True)]
    named = [
        " ".join([f"#{card['id']}", card["name"], *filter(None, compress(values, differs))])
        for card, values in zip(cards, facts, strict=True)
    ]
    return NotFound(code, text=text, count=len(people), candidates=named)


def _home(reader: Reader, card: Row) -> str:
    """The organisation of a member, else the branch of a candidate's case."""
    case = None if card["organization"] else candidates.case_of(reader, card["id"])
    return card["organization"] or (case["home"] if case else "")


# -- organisations -------------------------------------------------------------------------------


def identify_organization(reader: Reader, text: str) -> str:
    """The code of the only organisation that a code, a full name, or ``above/full name`` means;
    where no organisation has the name now, of the one that had it before. ``Snapshot.named`` does
    the same for the cells of a sheet.

    :raises UsageError: the text is empty.
    :raises NotFound: there is none, or there are several; then the candidates are named.
    """
    text = text.strip()
    if not text:
        raise UsageError("name-empty")
    by_code = reader.rows("SELECT code FROM organization WHERE code = :text", {"text": text})
    codes = [row[0] for row in by_code] or _bearing(reader, text) or _once_named(reader, text)
    if not codes:
        names, short = _meant_by(reader, text)
        near = {"near": [names[code] for code in short[:SHOWN]]} if short else {}
        raise NotFound("organization-not-found", name=text, **near)
    if len(codes) > 1:
        paths = [[name for _, name in _upward(reader, code)] for code in codes]
        candidates = [
            f"{code} {'/'.join(reversed(path))}" for code, path in zip(codes, paths, strict=True)
        ]
        raise NotFound("organization-not-one", name=text, candidates=candidates)
    return str(codes[0])


def organization_code(reader: Reader, org: str | None) -> str:
    """The code of the organisation that an option names; empty (all organisations) where the option
    was not given.

    :raises UsageError: the option was given an empty text.
    :raises NotFound: there is no such organisation, or there are several.
    """
    return "" if org is None else identify_organization(reader, org)


def find_organization(reader: Reader, org: str) -> str:
    """The same for a command that only reads: an unambiguous short name is enough.

    :raises UsageError: the option was given an empty text.
    :raises NotFound: there is no such organisation, or there are several.
    """
    try:
        return identify_organization(reader, org)
    except NotFound as error:
        _, short = _meant_by(reader, org)
        if error.code == "organization-not-found" and len(short) == 1:
            return short[0]
        raise


def _meant_by(reader: Reader, text: str) -> tuple[dict[str, str], list[str]]:
    """The names of the existing organisations, by code, and the codes of those that the text may be
    short for."""
    rows = reader.rows(_PRESENT)
    root = next((code for code, _, parent in rows if parent is None), None)
    names = {code: name for code, name, _ in rows}
    return names, meant_by(text, names, root)


def _bearing(reader: Reader, text: str) -> list[str]:
    codes = [row[0] for row in reader.rows(_BEARING, {"folded": fold_name(text)})]
    if codes or "/" not in text:
        return codes
    above, _, name = text.rpartition("/")
    parents = set(_bearing(reader, above))
    inside = [row[0] for row in reader.rows(_BEARING, {"folded": fold_name(name)})]
    return [code for code in inside if any(up in parents for up, _ in _upward(reader, code)[1:])]


def _once_named(reader: Reader, text: str) -> list[str]:
    """The organisations that had this name before they were renamed, or have it as a short name
    (``org alias``). All renamings are read: a county has few, and this only happens where no
    organisation has the name."""
    folded = fold_name(text)
    renamed = reader.rows(_RENAMED)
    return list(
        dict.fromkeys(code for code, before in renamed if fold_name(before or "") == folded)
    )


def _upward(reader: Reader, code: str) -> list[tuple[str, str]]:
    """The code and the name of an organisation and of all above it, the nearest first."""
    path: dict[str, Any] = {}
    sql = "SELECT name, parent FROM organization WHERE code = :code"
    above: str | None = code
    while above is not None and above not in path:
        path[above], above = reader.rows(sql, {"code": above})[0]
    return list(path.items())
