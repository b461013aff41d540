"""Prints answers (table, JSON, CSV, TSV, Markdown), findings and hints.

Values are never cut, personal ones are masked, and no control characters for a terminal are
written. stdout only carries data. A table is drawn only for a terminal; elsewhere the same rows
come as TSV with full values, so that a script never reads a value cut to a width.
"""

import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from leaguectl.findings import (
    Finding,
    LeagueError,
    Private,
    Rate,
    UsageError,
    Where,
    side_by_side,
)
from leaguectl.masks import mask
from leaguectl.streams import is_foreign, write_whole
from leaguectl.words import Words

if TYPE_CHECKING:
    from leaguectl.documents import Kind

FORMATS = ("table", "json", "csv", "tsv", "md")
_ENDINGS = {".json": "json", ".csv": "csv", ".tsv": "tsv", ".md": "md", ".txt": "table",
            ".xlsx": "xlsx", ".docx": "docx"}  # fmt: skip
_DOCUMENTS = ("xlsx", "docx")
"""Formats that are only written to a file."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Characters at the start of a cell that a spreadsheet program reads as a formula."""

_MARKED = re.compile(r"[|<>&`\[\]\\]")
"""By what Markdown and HTML part cells, run something, or lead elsewhere."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")

_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
"""What JSON has as it is although nobody sees it, or a terminal obeys it: it is escaped."""

_MINUTES = len("2024-01-31 09:30")
"""How much of a moment people are shown: to the minute, by the clock of their place."""

SHOWN = 3
"""How many findings of a code are shown completely where there are more; with several codes
fewer."""
PLACES = 4
"""How many places of the others are named."""


@dataclass(frozen=True, slots=True)
class Printer:
    """Shows the answer of a command."""

    words: Words
    format: str = "table"
    file: Path | None = None
    reveal: bool = False
    quiet: bool = False
    color: str = "auto"
    pager: str | None = None
    """The command line of the pager; empty for none, None for the system's own."""

    # -- data ------------------------------------------------------------------------------------

    def answer(
        self,
        command: str,
        keys: Sequence[str],
        rows: Iterable[Sequence[Any]],
        document: Mapping[str, Any],
        title: str = "",
    ) -> None:
        """Show the rows of an answer under the headings of ``keys``, or in JSON its document under
        the command's schema. On paper they have a title: the given one, else what the command's
        help says first."""
        form = self.form
        if form in _DOCUMENTS and self.file is not None:
            write_whole(self._list(form, command, keys, [*rows], title), self.file)
            return
        if form == "json":
            import json

            answer = self.json_answer(command, document)
            # In another encoding than UTF-8 the answer is JSON only as long as it is ASCII.
            is_ascii = self.file is None and is_foreign(sys.stdout)
            text = json.dumps(answer, ensure_ascii=is_ascii, indent=2) + "\n"
            text = _UNSEEN.sub(lambda sign: json.dumps(sign[0])[1:-1], text)
        else:
            columns = (Rate.alike(column) for column in zip(*rows, strict=True))
            texts = [[self.text(value) for value in row] for row in zip(*columns, strict=True)]
            headings = [self.words.heading(key) for key in keys]
            if keys and not texts and "operation" not in document:  # a write says how it ended
                self.hint("empty-list")
            if self.is_drawn:
                self._draw(keys, headings, texts)
                return
            text = as_text(form, headings, texts)
        self._put(text, form)

    def json_answer(self, command: str, document: Mapping[str, Any]) -> dict[str, Any]:
        """The document of an answer as JSON has it, under the name of its schema."""
        answer: dict[str, Any] = self.plain({"schema": f"leaguectl/{command}@1", **document})
        return answer

    @property
    def is_drawn(self) -> bool:
        """Whether rows are drawn as a table, for a terminal."""
        return self.format == "table" and self.file is None and sys.stdout.isatty()

    def _draw(
        self, keys: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        """Draw a table as wide as the terminal, in the pager where it is longer."""
        if not rows:
            return
        from leaguectl.screen import fitted, page, terminal_size

        lines, hidden = fitted(headings, rows, keys, terminal_size().columns)
        if self.colored(sys.stdout):
            until = next((at for at, line in enumerate(lines) if line.startswith("─")), 0)
            lines[:until] = [f"\x1b[1m{line}\x1b[0m" for line in lines[:until]]
        text = "\n".join(lines) + "\n"
        if not page(text, self.pager):
            self._put(text, "table")
        if hidden:
            self.hint("columns-left-out", columns=hidden)

    def value(self, value: Any) -> None:
        """A single value on a line."""
        self._put(self.text(value) + "\n", "tsv")

    @property
    def form(self) -> str:
        """The format of the answer: of the option, else by the file's ending.

        :raises UsageError: no format has that ending.
        """
        if self.file is None or self.format != "table":
            return self.format
        ending = self.file.suffix.lower()
        if ending not in _ENDINGS:
            raise UsageError("ending-unknown", file=str(self.file), ending=ending)
        return _ENDINGS[ending]

    def _list(
        self, form: str, command: str, keys: Sequence[str], rows: Sequence[Sequence[Any]],
        title: str,
    ) -> bytes:  # fmt: skip
        """The rows as a workbook or a text document."""
        from leaguectl import documents

        title = title or re.split("[。\\n]|\\. |\\.$", self.words.help[command])[0]
        columns = [
            documents.Column(self.words.heading(key), _kind(key, [row[at] for row in rows]))
            for at, key in enumerate(keys)
        ]
        cells = [[self._on_paper(value) for value in row] for row in rows]
        table = documents.Table(title, columns, cells)
        section = documents.Section("", tables=[table])
        return documents.rendered(documents.Document(title, self.words.language, [section]), form)

    def _on_paper(self, value: Any) -> Any:
        """A value for a cell of a document: numbers as they are, anything else as text."""
        if isinstance(value, Rate):
            return value
        plain = self.plain(value)
        is_number = isinstance(plain, int | float) and not isinstance(plain, bool)
        return plain if is_number else self.text(value)

    def _put(self, text: str, form: str) -> None:
        if self.file is None:
            sys.stdout.write(text)
            sys.stdout.flush()
            return
        # A spreadsheet takes a CSV file for Chinese only with the mark of UTF-8 in front.
        write_whole(text.encode("utf-8-sig" if form == "csv" else "utf-8"), self.file)

    # -- values ----------------------------------------------------------------------------------

    def plain(self, value: Any) -> Any:
        """A value as JSON has it: personal ones masked, days as ISO text, ratios as numbers."""
        if isinstance(value, Private):
            return str(value) if self.reveal else value.masked()
        if isinstance(value, str):
            return value if self.reveal else mask(value)
        if isinstance(value, int) and abs(value) >= 10**10:
            # A phone or an ID number that somebody typed, or a sheet has, where a count belongs.
            text = self.plain(str(value))
            return value if text == str(value) else text
        if isinstance(value, Mapping):
            return {str(key): self.plain(part) for key, part in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.plain(part) for part in value]
        if isinstance(value, Decimal):
            return int(value) if value.as_tuple().exponent == 0 else float(value)
        if isinstance(value, date):
            return value.isoformat()
        return value

    def cell(self, value: Any) -> Any:
        """A value as a cell of a workbook has it: masked if personal, days and numbers as they
        are."""
        return self.text(value) if isinstance(value, str) else value

    def text(self, value: Any) -> str:
        """A value on one line: masked if personal, without control characters."""
        if isinstance(value, Rate):
            return value.per_cent
        plain = self.plain(value)
        if plain is None:
            return ""
        if isinstance(plain, list):
            return ", ".join(self.text(part) for part in plain)
        if isinstance(plain, bool):
            return self.words.lines["yes" if plain else "no"]
        if isinstance(plain, str) and len(plain) > _MINUTES and _MOMENT.fullmatch(plain):
            plain = datetime.fromisoformat(plain).astimezone().isoformat(" ")[:_MINUTES]
        return sanitize(str(plain))

    # -- findings, hints -------------------------------------------------------------------------

    def finding_document(self, finding: Finding) -> dict[str, Any]:
        """A finding as JSON has it."""
        finding = side_by_side(finding)
        message, fix = self.words.finding(finding, self)
        document: dict[str, Any] = {"code": finding.code, "level": str(finding.level)}
        document |= {"message": message, "fix": fix}
        if finding.where is not None:
            where = finding.where
            names = ("file", "sheet", "row", "column", "cell", "field", "heading")
            document |= {name: getattr(where, name) for name in names}
            document["value"] = self.plain(where.value)
            if where.about is not None:
                document["about"] = self.plain(where.about)
        if finding.subject is not None:
            document["subject"] = finding.subject
        return document

    def findings(
        self, findings: Iterable[Finding], out: TextIO | None = None, *, once: bool = False
    ) -> None:
        """Findings for people: level, code, place and value on one line, so that it can be searched
        for; then the reason and the remedy, with ``once`` only after the last to which they
        apply."""
        stream = out or sys.stderr
        bold, red, yellow, plain = ("\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[0m")
        if not self.colored(stream):
            bold = red = yellow = plain = ""
        shown = [*map(side_by_side, findings)]
        said = [self.words.finding(finding, self) for finding in shown]
        following = [*said[1:], (None, None)] if once else repeat((None, None))
        for finding, (message, fix), (next_message, next_fix) in zip(
            shown, said, following, strict=False
        ):
            level = self.words.level(finding)
            tint = red if finding.is_error else yellow
            place = self.text(self.words.place(finding))
            value = ""
            if finding.where is not None and finding.where.value not in (None, ""):
                value = f": {self.text(finding.where.value)}"
            stream.write(f"{tint}{level}{plain} {finding.code} {bold}{place}{plain}{value}\n")
            if (message, fix) != (next_message, next_fix):
                stream.write(f"    {message}\n")
            if fix and fix != next_fix:
                stream.write(f"    {self.words.line('fix')}{fix}\n")

    def alike(
        self, findings: Sequence[Finding], out: TextIO | None = None, whole: int = SHOWN
    ) -> None:
        """Findings for people, of one code: the first of them ``whole``, of the others their places
        alone, since the reason and the remedy are the same."""
        self.findings(findings[:whole], out, once=True)
        if more := findings[whole:]:
            places = self.words.line("comma").join(places_of(more))
            line = self.words.line("alike", count=len(more), places=self.text(places))
            (out or sys.stderr).write(f"    {line}\n")

    def hint(self, code: str, **facts: Any) -> None:
        """A line for people on stderr."""
        if not self.quiet:
            facts = {key: self.text(value) for key, value in facts.items()}
            sys.stderr.write(self.words.line(code, **facts) + "\n")

    def error(self, error: LeagueError) -> None:
        """Why a command stopped, and what to do."""
        facts = {
            # What there is to choose from is called as it may be typed; what was typed stays.
            key: self.words.choices(value, self) if isinstance(value, list) else self.text(value)
            for key, value in error.facts.items()
        }
        message, fix = self.words.render(error.code, facts)
        sys.stderr.write(f"leaguectl: {message}\n")
        if fix:
            sys.stderr.write(f"    {self.words.line('fix')}{fix}\n")

    def error_document(self, error: LeagueError) -> dict[str, Any]:
        """Why a command stopped, as JSON has it."""
        facts = {key: self.text(value) for key, value in error.facts.items()}
        message, fix = self.words.render(error.code, facts)
        return {"code": error.code, "message": message, "fix": fix, "exit": error.exit_code}

    def colored(self, stream: TextIO) -> bool:
        """Whether colour codes may go to this stream."""
        if self.color == "always":
            return True
        # https://no-color.org: any value that is not empty turns colours off.
        no_color = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return self.color == "auto" and not no_color and stream.isatty()


def grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in the order in which each code and level first comes up, those that are alike
    together."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.level), []).append(finding)
    return list(groups.values())


def places_of(findings: Iterable[Finding]) -> list[str]:
    """Where findings are, cells below one another as one place (``D5:D131``), under their file or
    sheet where they are in several; after :data:`PLACES` of them how many more there are."""
    places: list[tuple[str, str, int, int]] = []
    findings = [*findings]
    of_several = _names_of_several([finding.where for finding in findings if finding.where])
    for finding in findings:
        where = finding.where
        if where is None or where.row is None:
            said = where.heading if where is not None else None  # an option
            places.append((finding.subject or said or "", "", 0, 0))
            continue
        begins = "".join(f"{getattr(where, name)}!" for name in of_several)
        column = where.column or ""
        if places and places[-1][:2] == (begins, column) and places[-1][3] == where.row - 1:
            places[-1] = (begins, column, places[-1][2], where.row)
        else:
            places.append((begins, column, where.row, where.row))
    texts = [
        f"{begins}{column}{first or ''}{f':{column}{last}' if last > first else ''}"
        for begins, column, first, last in places
    ]
    return most(texts, PLACES)


def _names_of_several(places: Sequence[Where]) -> list[str]:
    """What tells the places apart besides their cells: the file, the sheet, both or nothing."""
    parts = ("file", "sheet")
    return [part for part in parts if len({getattr(where, part) for where in places}) > 1]


def most(texts: Sequence[str], number: int) -> list[str]:
    """The first texts, and how many more there are."""
    left = len(texts) - number
    return [*texts[:number], *([f"… (+{left})"] if left > 0 else [])]


def _kind(key: str, values: Sequence[Any]) -> "Kind":
    """What a column holds, by its values."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, Rate) for value in known):
        return "rate"
    if known and all(isinstance(value, int | Decimal | float | Rate)
                     and not isinstance(value, bool) for value in known):  # fmt: skip
        return "count"
    if known and all(_DAY.fullmatch(str(value)) for value in known):
        return "day"
    return "key" if key == "key" else "text"


def chosen_format(name: str) -> str:
    """The format of that name.

    :raises UsageError: there is none.
    """
    if name not in FORMATS:
        raise UsageError("format-unknown", format=name, known=list(FORMATS))
    return name


def printable(text: str) -> str:
    """Make a text of several lines safe for a terminal (:func:`sanitize`)."""
    return "\n".join("\t".join(map(sanitize, line.split("\t"))) for line in text.split("\n"))


def sanitize(text: str) -> str:
    """Make a text safe for a terminal: control characters become U+FFFD, line ends and tabs become
    spaces, invisible characters are removed.

    A cell of a stranger's sheet could otherwise move the cursor, or show a name as another.
    """
    if text.isascii() and text.isprintable():
        return text
    safe = []
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cc", "Cs", "Zl", "Zp"):
            safe.append(" " if character in "\t\n\r" else "\ufffd")
        elif category != "Cf":
            safe.append(character)
    return "".join(safe)


def as_text(form: str, headings: list[str], rows: list[list[str]]) -> str:
    if form == "csv":
        return _csv(headings, rows)
    if form == "md":
        return _markdown(headings, rows)
    return "".join("\t".join(line) + "\n" for line in [headings, *rows])


def _csv(headings: list[str], rows: list[list[str]]) -> str:
    import csv

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in [headings, *rows]:
        # Spreadsheet programs run a cell that begins so; the quote makes it text.
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in line])
    return out.getvalue()


def _markdown(headings: list[str], rows: list[list[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join("| " + " | ".join(map(_in_markdown, line)) + " |\n" for line in lines)


def _in_markdown(cell: str) -> str:
    """A cell as text alone: it draws no picture, leads nowhere and runs nothing where it is
    shown."""
    return _MARKED.sub(lambda sign: f"&#{ord(sign[0])};", cell)
