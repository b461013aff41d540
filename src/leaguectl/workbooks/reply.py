"""Workbooks back to their sender: their own file, with every fault marked in its cell and listed.

A stranger's file is opened again to be written, so this happens in a child process as well,
:mod:`leaguectl.workbooks.reply_worker`: it takes the job as JSON and answers with the bytes of the
workbook. Where the file cannot be edited (a text table, an old format, damaged or too large), a
plain workbook is made from the rows of :func:`leaguectl.reader.read`.
"""

import json
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from leaguectl.findings import Finding, LeagueError, Where
from leaguectl.reader.limits import USUAL, Limits, run_child
from leaguectl.reader.wire import encode_moment
from leaguectl.streams import temporary_folder, write_whole
from leaguectl.workbooks.files import Unreadable, read_file

SECONDS_TO_WRITE = 180
"""The time limit of a reply. The child has 90 s of processor time; on a busy machine it waits."""

_WORKER = "leaguectl.workbooks.reply_worker"

_DIGITS_AT_RISK = frozenset({"id-number-cell", "cell-digits-lost"})
"""Faults after which the cell must become text, or the next try would lose its digits too."""

_LIST_HEADINGS = (
    *("reply-level", "reply-file", "reply-sheet", "reply-cell", "reply-code", "reply-reason"),
    *("reply-remedy", "reply-sent-as"),
)

Described = list[tuple[Finding, tuple[str, str, str]]]
"""Findings with their level, what is wrong and what to do, in words."""


class ReplyText(Protocol):
    """Words for codes, in the language of the reply and masked."""

    def line(self, code: str) -> str:
        """One line by its code."""
        ...

    def describe(self, finding: Finding) -> tuple[str, str, str]:
        """Its level, what is wrong and what to do."""
        ...


@dataclass(frozen=True, slots=True)
class Filled:
    """Values that are written into a table of the sender, by row and field.

    ``header`` is the row of its headings, ``columns`` are the columns that it has (field to
    letters), ``headings`` those of the columns that it may lack.
    """

    sheet: str
    header: int
    columns: Mapping[str, str]
    headings: Mapping[str, str]
    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def write_reply(
    source: Path,
    out: Path,
    findings: Iterable[Finding],
    text: ReplyText,
    *,
    without: Mapping[str, Collection[int]] | None = None,
    filled: Sequence[Filled] = (),
    limits: Limits = USUAL,
) -> None:
    """Write the sender's workbook with its faults marked and listed in front, whole or not at all.

    ``without`` names the rows of each sheet that are in the registry now and are left out;
    ``filled`` is written into its rows. Marks of an earlier reply are taken away first.

    :raises NotFound: ``out`` cannot be written, or ``source`` is not there.
    :raises LeagueError: no workbook can be made of it.
    """
    described = [(finding, text.describe(finding)) for finding in findings]
    job = {
        "marks": _marks(described),
        "list": _list(described, text, shifted=bool(without)),
        "without": {sheet: sorted(rows) for sheet, rows in (without or {}).items()},
        # JSON has no numbers as keys, so the rows are pairs.
        "filled": [{**asdict(table), "rows": list(table.rows.items())} for table in filled],
    }
    workbook = _written({**job, "source": str(source), "limits": asdict(limits)})
    workbook = workbook or _written({**job, "sheets": _sheets(source, limits)})
    if workbook is None:
        raise LeagueError("reply-not-made", file=str(source))
    write_whole(workbook, out)


def _marks(described: Described) -> list[dict[str, Any]]:
    """What is written at each cell. A finding may be about many rows, and marks each of them."""
    marks: dict[tuple[str, int, str], dict[str, Any]] = {}
    for finding, (level, reason, remedy) in described:
        where = finding.where
        if where is None or where.sheet is None or where.row is None:
            continue
        text = f"{level} {finding.code}\n{reason}" + (f"\n→ {remedy}" if remedy else "")
        for row in finding.facts.get("in_rows") or [where.row]:
            place = {"sheet": where.sheet, "row": row, "column": where.column}
            no_mark = {**place, "texts": [], "error": False, "as_text": False}
            mark = marks.setdefault((where.sheet, row, where.column or ""), no_mark)
            mark["texts"].append(text)
            mark["error"] |= finding.is_error
            mark["as_text"] |= finding.code in _DIGITS_AT_RISK
    return list(marks.values())


def _list(described: Described, text: ReplyText, *, shifted: bool) -> dict[str, Any]:
    """The list in front; ``shifted`` where rows are left out, so that it also needs the original
    cells."""
    return {
        "title": text.line("reply-title"),
        "note": text.line("reply-note" if described else "reply-clean"),
        "headings": [text.line(code) for code in _LIST_HEADINGS],
        "rows": list(_list_rows(described)),
        "shifted": shifted,
    }


def _list_rows(described: Described) -> Iterator[dict[str, Any]]:
    for finding, (level, reason, remedy) in described:
        where = finding.where or Where(finding.subject or "")
        place = {key: getattr(where, key) for key in ("file", "sheet", "row", "column", "heading")}
        words = {"level": level, "reason": reason, "remedy": remedy}
        yield {"error": finding.is_error, "code": finding.code, **words, **place}


def _sheets(source: Path, limits: Limits) -> list[dict[str, Any]]:
    """The rows as they were read; empty for an unreadable file, which the list reports."""
    try:
        sheets = read_file(source, limits=limits).sheets
    except Unreadable:
        return []
    keys = ("name", "first_column", "rows", "merged")
    return [{key: getattr(sheet, key) for key in keys} for sheet in sheets]


def _written(job: dict[str, Any]) -> bytes | None:
    """Let a child process write the workbook; None where it failed. Its temporary files contain
    people's names, so they are in a folder that is always removed."""
    with temporary_folder() as folder:
        data = json.dumps({**job, "folder": str(folder)}, default=encode_moment).encode()
        try:
            child = run_child(_WORKER, data=data, seconds=SECONDS_TO_WRITE)
        except subprocess.TimeoutExpired:
            return None
    return child.stdout if child.returncode == 0 else None
