"""Papers that carry a seal: whether the paper, the registry and the chain agree."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from leaguectl import __version__
from leaguectl.actions.exports import export_from, packet_list, packets_from, workbook
from leaguectl.causes import why
from leaguectl.findings import Finding, Level, NotFound
from leaguectl.kinds import KINDS
from leaguectl.reader import Source, column_letters, read_bytes
from leaguectl.store import Location, chain
from leaguectl.store.past import registry_after
from leaguectl.store.proof import Proof, prove
from leaguectl.store.reading import Reader
from leaguectl.store.writing import Store
from leaguectl.workbooks.files import read_file
from leaguectl.workbooks.stamp import stamp_of

NAMED_CELLS = 20
"""At most this many different cells are named; further ones are only counted."""

Shown = Callable[[bool], Callable[[Any], Any]]
"""How a value is shown on a paper that was made with or without ``--reveal``."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The result for a paper: its seal, the moment of that operation, how many cells were compared
    with the registry."""

    seal: str | None
    at: str | None
    cells: int


def verify_paper(
    location: Location, path: Path, titles: Callable[[str], str], shown: Shown
) -> tuple[Proof, Paper]:
    """Verify the registry, and compare a paper with its state after the operation of the seal.

    ``titles`` gives the title of the sheets of a kind.

    :raises NotFound: there is no such file.
    """
    try:
        stamped = stamp_of(path)
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), **why(error)) from None
    file = path.name
    with Store(location).read() as transaction:
        connection = transaction.connection
        seals = [] if stamped is None else [stamped["seal"]]
        proof = prove(connection, seals)
        if stamped is None:
            proof.findings.append(Finding("paper-unsealed", {"file": file}, subject=file))
            return proof, Paper(None, None, 0)
        operation, _ = chain.parse_seal(stamped["seal"])
        query = "SELECT at FROM operation WHERE id = :id"
        at = connection.value(query, {"id": operation})
        if proof.findings:  # there is nothing to compare the paper with
            return proof, Paper(stamped["seal"], at, 0)
        try:
            with registry_after(connection, operation) as then:
                made = _made_again(then, stamped, titles, shown)
        except (ValueError, KeyError, TypeError):  # somebody wrote the stamp by hand
            proof.findings.append(Finding("paper-unsealed", {"file": file}, subject=file))
            return proof, Paper(stamped["seal"], at, 0)
    now, paper = read_bytes(made, file, path.stem), read_file(path)
    added: Mapping[str, Mapping[int, str]] = {}
    if stamped.get("version") != __version__ and (added := _added(now, paper)):
        names = dict.fromkeys(name for columns in added.values() for name in columns.values())
        facts = {"version": stamped.get("version") or "", "columns": [*names]}
        proof.findings.append(Finding("paper-older", facts, Level.WARNING, subject=file))
    wanted = _cells(now, added)
    proof.findings.extend(_differences(file, operation, wanted, _cells(paper)))
    return proof, Paper(stamped["seal"], at, len(wanted))


def _made_again(
    reader: Reader, stamped: Mapping[str, Any], titles: Callable[[str], str], shown: Shown
) -> bytes:
    """The paper as it was made."""
    of = {name: stamped.get(name) for name in ("org", "revealed")}
    show = shown(bool(stamped.get("revealed")))
    if "packet" in stamped:
        year = int(stamped["year"])
        for packet in packets_from(reader, year, stamped.get("org")):
            if packet.code == stamped["packet"]:
                return packet_list(packet, year, show, of)
    kinds = [kind for kind in stamped.get("kinds", ()) if kind in KINDS]
    day = date.fromisoformat(stamped["as_of"]) if stamped.get("as_of") else None
    sheets = export_from(reader, kinds, stamped.get("org"), day)
    return workbook(sheets, [titles(kind) for kind in kinds], show, of)


def _added(made: Source, paper: Source) -> dict[str, dict[int, str]]:
    """By sheet, the columns that this version writes and an older one did not, by their places."""
    headings = {sheet.name: sheet.rows[0][1] for sheet in paper.sheets if sheet.rows}
    added = {
        sheet.name: {
            at: str(heading)
            for at, heading in enumerate(sheet.rows[0][1])
            if heading not in headings[sheet.name]
        }
        for sheet in made.sheets
        if sheet.rows and sheet.name in headings
    }
    return {sheet: columns for sheet, columns in added.items() if columns}


def _cells(
    source: Source, without: Mapping[str, Mapping[int, str]] = MappingProxyType({})
) -> dict[tuple[str, int, str], str]:
    """The content of each cell that is not empty, as it stands ``without`` some of the columns."""
    return {
        (sheet.name, number, column_letters(sheet.first_column + place)): str(value)
        for sheet in source.sheets
        for left_out in [without.get(sheet.name, {})]
        for number, cells in sheet.rows
        for place, value in enumerate(value for at, value in enumerate(cells) if at not in left_out)
        if value not in (None, "")
    }


def _differences(
    file: str,
    operation: int,
    wanted: Mapping[tuple[str, int, str], str],
    found: Mapping[tuple[str, int, str], str],
) -> Iterator[Finding]:
    """The cells that differ from what was written, in order."""
    places = sorted(
        (place for place in wanted.keys() | found.keys() if wanted.get(place) != found.get(place)),
        key=lambda place: (place[0], place[1], len(place[2]), place[2]),
    )
    facts = {"operation": operation}
    for sheet, row, column in places[:NAMED_CELLS]:
        yield Finding("paper-differs", facts, subject=f"{file}!{sheet}!{column}{row}")
    if len(places) > NAMED_CELLS:
        count = len(places) - NAMED_CELLS
        yield Finding("paper-differs", {**facts, "count": count}, subject=file)
