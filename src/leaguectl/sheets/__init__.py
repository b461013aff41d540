"""Workbooks in: any file becomes sheets of rows whose values know their cell."""

import csv
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from leaguectl.findings import LeagueError, NotFound, Where

LINES_TO_LOOK_AT = 20
"""How many lines of a text table tell what parts its columns."""

SECONDS_TO_READ = 120
"""How long the child process may read one workbook."""


class Unreadable(LeagueError):
    """A file that cannot be read as a workbook; like bad data, it is a finding."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it came: its rows with the numbers that a spreadsheet shows."""

    file: str
    name: str
    rows: Sequence[tuple[int, Sequence[Any]]]
    first_column: int = 0
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name, the digest of its bytes, and its sheets."""

    file: str
    sha256: str
    sheets: Sequence[Sheet]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet by field: values, and the column and heading each came from."""

    file: str
    sheet: str
    number: int | None
    cells: Mapping[str, Any]
    columns: Mapping[str, tuple[str | None, str]]

    def where(self, field: str | None = None) -> Where:
        """The place of a field, or of the whole row."""
        column, heading = self.columns.get(field or "", (None, None))
        value = self.cells.get(field or "")
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # as the spreadsheet shows it
        return Where(self.file, self.sheet, self.number, column, field, heading, value)


def read(path: Path, shown: str | None = None) -> Source:
    """Read a workbook or a text table, recognised by its content and not by its name.

    ``shown`` is how messages name it, its name without the folder unless several files share it.

    :raises NotFound: there is no such file.
    :raises Unreadable: it is encrypted, damaged, too large, or no table at all.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), detail=error.strerror or "") from None
    name = shown or path.name
    digest = hashlib.sha256(data).hexdigest()
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        sheets = list(_read_workbook(path, name))
    else:
        sheets = [_read_text(name, path.stem, data)]
    return Source(name, digest, sheets)


def _read_workbook(path: Path, name: str) -> Iterator[Sheet]:
    """Let a child process read it: a hostile file can end the child, never the program."""
    command = [sys.executable, "-I", "-X", "utf8", "-m", "leaguectl.sheets.reader", str(path)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=SECONDS_TO_READ, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable("file-too-slow", file=name, seconds=SECONDS_TO_READ) from None
    lines = child.stdout.splitlines()
    if child.returncode != 0:
        answer = json.loads(lines[-1]) if lines and lines[-1].startswith(b'{"error"') else {}
        raise Unreadable(
            answer.get("error", "file-damaged"), file=name, detail=answer.get("detail", "")
        )
    for line in lines:
        sheet = json.loads(line, object_hook=_moment)
        numbered = list(enumerate(sheet["rows"], sheet["first_row"] + 1))
        yield Sheet(name, sheet["name"], numbered, sheet["first_column"], sheet["visible"])


def _moment(value: dict[str, Any]) -> Any:
    if "d" in value and len(value) == 1:
        text = value["d"]
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    return value


def _read_text(name: str, title: str, data: bytes) -> Sheet:
    text = _decode(name, data)
    top = "".join(text.splitlines(keepends=True)[:LINES_TO_LOOK_AT])
    parted_by = max(",\t;", key=top.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True))
    except csv.Error as error:
        raise Unreadable("file-not-a-table", file=name, detail=str(error)) from None
    return Sheet(name, title, list(enumerate(lines, 1)))


def _decode(name: str, data: bytes) -> str:
    """Unicode with a mark, else UTF-8, else GB18030, in this order: most short UTF-8 lines would
    also pass as GB18030, and come out as other characters."""
    has_mark = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if has_mark else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("file-not-a-table", file=name, detail="")
