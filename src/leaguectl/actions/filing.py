"""Filing: the lists of a year's admissions, one for each committee that files them."""

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from leaguectl.actions.identify import organization_code
from leaguectl.findings import NotFound, Refused
from leaguectl.kinds.members import SEXES
from leaguectl.model import Person
from leaguectl.model.days import age_on
from leaguectl.reports import candidates, organizations
from leaguectl.reports.query import Row
from leaguectl.reports.rulebook import policy_in
from leaguectl.store import Location
from leaguectl.store.reading import open_reader

_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
"""What some system does not take in the name of a file."""


@dataclass(frozen=True, slots=True)
class Packet:
    """The list of one committee: who was admitted by it and the branches below it."""

    code: str
    name: str
    rows: Sequence[Row]


def packets(location: Location, year: int, org: str | None = None) -> list[Packet]:
    """The year's admissions by the nearest committee at or above each branch that may approve them,
    in order of the codes.

    :raises NotFound: there is no such organisation, or no registry.
    """
    with open_reader(location) as reader:
        code = organization_code(reader, org)
        rows = candidates.admitted(reader, year, code)
        tree = organizations.by_code(reader)
        filed_by = policy_in(reader).admission_on(date(year, 12, 31)).approving
    by_committee: dict[str, list[Row]] = {}
    for row in rows:
        by_committee.setdefault(_filing(row["code"], tree, filed_by), []).append(row)
    return [Packet(one, tree[one]["name"], by_committee[one]) for one in sorted(by_committee)]


def _filing(code: str, tree: Mapping[str, Row], types: Sequence[str]) -> str:
    """The nearest organisation from here up of a type that files; the topmost where none does."""
    at = code
    while tree[at]["type"] not in types and tree[at]["parent"] in tree:
        at = tree[at]["parent"]
    return at


def write_packets(
    found: Sequence[Packet], year: int, folder: Path, shown: Callable[[Any], Any]
) -> list[Path]:
    """Write a workbook for each committee into a folder, all of them or none; ``shown`` is how a
    value may be shown.

    :raises Refused: there is such a folder, and something is in it.
    :raises NotFound: the folder cannot be made.
    """
    from leaguectl.workbooks.files import write_whole
    from leaguectl.workbooks.filing_list import filing_list

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("folder-not-empty", folder=str(folder))
    part = folder.with_name(folder.name + ".part")
    names = []
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        for one in found:
            name = _NO_FILE_NAME.sub("_", f"{one.code} {one.name}.xlsx")
            write_whole(filing_list(one.name, year, _lines(one, shown)), part / name)
            names.append(name)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        raise NotFound("file-not-written", file=str(folder), detail=error.strerror or "") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return [folder / name for name in names]


def _lines(found: Packet, shown: Callable[[Any], Any]) -> list[list[Any]]:
    lines = []
    for at, row in enumerate(found.rows, 1):
        person, meeting = Person(0, row["name"], str(row["id_number"])), _day(row["meeting"])
        lines.append([
            at, row["number"], shown(row["name"]), SEXES[person.sex][0],
            age_on(person.born, meeting), shown(row["organization"]), shown(row["id_number"]),
            meeting, _day(row["approved"]),
        ])  # fmt: skip
    return lines


def _day(text: str) -> date:
    return date.fromisoformat(text)
