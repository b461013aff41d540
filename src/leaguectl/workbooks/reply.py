"""Workbooks back to their sender: his own file, with every fault marked in its cell and listed.

A stranger's file is opened again here to be written, so this happens in a child process as well,
:mod:`leaguectl.workbooks.reply_worker`: it takes what is to be done as JSON and answers with the
bytes of the workbook. Where his file cannot be kept (a text table, an old format, one that is
damaged or too large), a plain workbook is made of the rows that :func:`leaguectl.reader.read` gave.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from leaguectl.findings import Finding, LeagueError
from leaguectl.reader.limits import USUAL, Limits
from leaguectl.workbooks.files import Unreadable, read_file, write_whole

SECONDS_TO_WRITE = 180
"""How long one reply may take. The child has 90 s of the processor; on a busy machine it waits."""

_RETYPED = frozenset({"id-number-cell", "cell-digits-lost"})
"""Faults after which the cell must become text, or the next try would lose its digits too."""


class ReplyText(Protocol):
    """Words for codes, in the language of the reply and masked."""

    def say(self, code: str) -> str:
        """One line by its code."""
        ...

    def tell(self, finding: Finding) -> tuple[str, str, str]:
        """Its level, what is wrong and what to do."""
        ...


@dataclass(frozen=True, slots=True)
class Filled:
    """What is written into a table of the sender: his headings' row, the columns that he has (field
    to letter), the headings of those that he may lack, and the values by row and field."""

    sheet: str
    header: int
    columns: Mapping[str, str]
    headings: Mapping[str, str]
    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def write_reply(
    source: Path, out: Path, findings: Iterable[Finding], voice: ReplyText, *,
    without: Mapping[str, Collection[int]] | None = None, filled: Sequence[Filled] = (),
    limits: Limits = USUAL,
) -> None:  # fmt: skip
    """Write the sender's workbook with his faults marked and listed in front, whole or not at all.

    ``without`` names the rows of each sheet that went in and are left out; ``filled`` is written
    into its rows. Marks of an earlier reply are taken away first.

    :raises NotFound: ``out`` cannot be written, or ``source`` is not there.
    :raises LeagueError: no workbook can be made of it.
    """
    told = list(findings)
    job = {
        "marks": list(_marks(told, voice)),
        "list": _list(told, voice, shifted=bool(without)),
        "without": {sheet: sorted(rows) for sheet, rows in (without or {}).items()},
        "filled": [
            {"sheet": one.sheet, "header": one.header, "columns": dict(one.columns),
             "headings": dict(one.headings), "rows": list(one.rows.items())}
            for one in filled
        ],
    }  # fmt: skip
    made = _made({**job, "source": str(source), "limits": asdict(limits)})
    made = made or _made({**job, "sheets": _sheets(source, limits)})
    if made is None:
        raise LeagueError("reply-not-made", file=str(source))
    write_whole(made, out)


def _marks(findings: Iterable[Finding], voice: ReplyText) -> Iterator[dict[str, Any]]:
    """What is said of each cell. A finding that was told once for many rows marks each of them."""
    said: dict[tuple[str, int, str], dict[str, Any]] = {}
    for finding in findings:
        where = finding.where
        if where is None or where.sheet is None or where.row is None:
            continue
        level, reason, remedy = voice.tell(finding)
        text = f"{level} {finding.code}\n{reason}" + (f"\n→ {remedy}" if remedy else "")
        for row in finding.facts.get("rows") or [where.row]:
            mark = said.setdefault(
                (where.sheet, row, where.column or ""),
                {"sheet": where.sheet, "row": row, "column": where.column, "texts": []},
            )
            mark["texts"].append(text)
            mark["error"] = mark.get("error", False) or finding.is_error
            mark["retyped"] = mark.get("retyped", False) or finding.code in _RETYPED
    yield from said.values()


def _list(findings: Sequence[Finding], voice: ReplyText, *, shifted: bool) -> dict[str, Any]:
    rows = []
    for finding in findings:
        level, reason, remedy = voice.tell(finding)
        where = finding.where
        rows.append(
            {
                "error": finding.is_error, "level": level, "code": finding.code, "reason": reason,
                "remedy": remedy, "file": where.file if where else finding.subject or "",
                "sheet": where.sheet if where else None, "row": where.row if where else None,
                "column": where.column if where else None,
                "heading": where.heading if where else None,
            }
        )  # fmt: skip
    headings = [
        voice.say("reply-level"), voice.say("reply-file"), voice.say("reply-sheet"),
        voice.say("reply-cell"), voice.say("reply-code"), voice.say("reply-reason"),
        voice.say("reply-remedy"), voice.say("reply-sent-as"),
    ]  # fmt: skip
    note = voice.say("reply-note") if rows else voice.say("reply-clean")
    return {
        "title": voice.say("reply-title"), "note": note, "headings": headings, "rows": rows,
        "shifted": shifted,
    }  # fmt: skip


def _sheets(source: Path, limits: Limits) -> list[dict[str, Any]]:
    """The rows as they were read; none of a file that cannot be read, which is told in the list."""
    try:
        return [
            {"name": one.name, "first_column": one.first_column, "rows": one.rows,
             "merged": one.merged}
            for one in read_file(source, limits=limits).sheets
        ]  # fmt: skip
    except Unreadable:
        return []


def _made(job: dict[str, Any]) -> bytes | None:
    """Let a child process make the workbook; None where it could not. What it puts aside while it
    works holds people's names, so it has a folder of its own that is removed whatever happens."""
    command = [sys.executable, "-I", "-X", "utf8", "-m", "leaguectl.workbooks.reply_worker"]
    with tempfile.TemporaryDirectory(prefix="leaguectl-") as folder:
        asked = json.dumps({**job, "folder": folder}, default=_moment).encode()
        try:
            child = subprocess.run(
                command, input=asked, capture_output=True, timeout=SECONDS_TO_WRITE, check=False
            )
        except subprocess.TimeoutExpired:
            return None
    return child.stdout if child.returncode == 0 else None


def _moment(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {"d": value.isoformat()}
    raise TypeError(type(value).__name__)
