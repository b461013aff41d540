"""How tables fit a terminal: columns are left out by rank, values shortened in the middle; and the
pager for what is longer than the screen.

A row is one line. Only texts that are read rather than looked up (a rule, a definition) take
several lines.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

_PIECES = re.compile(r"[（《“]*(?:[^\s\u2e80-\uffef]+|.)[，。；：、！？）》”]*\s*")
"""The units between which a line may be broken: a word, or a Chinese character with its
punctuation."""

CARD = ("aspect", "content")
"""The columns of a card, which needs no headings."""
_READ = {
    "content",
    "sentence",
    "definition",
    "message",
    "fix",
    "found",
    "standing",
    "what",
    "lacks",
}
"""Columns that hold sentences, which wrap."""
_KEPT = {"who", "name", "state", "label", "change", *_READ}
"""Columns without which a row has no meaning."""
_FIRST_TO_GO = ("sha256", "key", "undone_by", "authority", "source", "basis", "duty", "usage_rate",
                "void")  # fmt: skip
"""Columns that are left out before those at the right end, after empty ones."""

_GAP = 2
_NARROW = 18
"""Texts are shortened to this width before a column is left out."""
_NARROWEST = 8
_NARROW_HEADING = 6
_NARROW_SENTENCE = 30
_ELLIPSIS = "…"


def terminal_size() -> os.terminal_size:
    """Columns and lines of the terminal."""
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return os.terminal_size((80, 24))
    return os.terminal_size((size.columns or 80, size.lines or 24))


def width(text: str) -> int:
    """How many columns of a terminal the text takes; Chinese characters take two."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character)
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def wrap(text: str, room: int) -> list[str]:
    """Text in lines of at most ``room`` columns, broken between words or Chinese characters.

    A word that is wider than a line keeps its line, since it may be there to be copied.
    """
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if line and width(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def shortened(text: str, room: int, ends: "_Ends | None" = None) -> str:
    """Text shortened to ``room`` columns: without the common beginning and end of its column, else
    without its middle."""
    if width(text) <= room:
        return text
    begin, end = ends.of(text) if ends else (0, 0)
    for core in (_ELLIPSIS + text[begin:], _ELLIPSIS + text[begin : len(text) - end] + _ELLIPSIS):
        if begin and width(core) <= room:
            return core
    # What makes the value another than the rest of its column is between the two.
    before, after = (_ELLIPSIS if begin else "", _ELLIPSIS if begin and end else "")
    text = text[begin : len(text) - end] if after else text[begin:]
    room -= len(before + after)
    tail = _within(text[::-1], (room - 1) // 2)[::-1]
    return before + _within(text, room - 1 - width(tail)) + _ELLIPSIS + tail + after


def _within(text: str, room: int) -> str:
    """The beginning of a text, at most ``room`` columns wide."""
    end = taken = 0
    for character in text:
        taken += width(character)
        if taken > room:
            break
        end += 1
    return text[:end]


# -- tables --------------------------------------------------------------------------------------


class _Ends:
    """How the values of a column begin and end alike: the county in names of organisations, the
    folder in names of files."""

    _LEAST, _WAYS = 3, 3

    def __init__(self, values: Iterable[str]) -> None:
        self._next: dict[str, set[str]] = {}
        self._before: dict[str, set[str]] = {}
        for value in set(values):
            for length in range(self._LEAST, len(value)):
                self._next.setdefault(value[:length], set()).add(value[length])
                self._before.setdefault(value[-length:], set()).add(value[-length - 1])

    def of(self, text: str) -> tuple[int, int]:
        """After how many characters the others go on in several ways, and before how many at the
        end."""
        lengths = range(self._LEAST, len(text) - 1)
        begin = next((at for at in lengths if len(self._next[text[:at]]) >= self._WAYS), 0)
        end = next((at for at in lengths if len(self._before[text[-at:]]) >= self._WAYS), 0)
        # The committee of the county itself has nothing between what all begin and end with.
        return (begin, end) if begin + end + 1 < len(text) else (0, 0)


@dataclass(slots=True)
class _Column:
    """A column of a table, and how narrow it may be."""

    at: int
    key: str
    heading: str
    values: list[str]
    is_whole: bool = False
    """Whether it holds numbers or serials, which are copied and never shortened."""
    is_number: bool = False
    width: int = 0
    ends: _Ends | None = None

    def __post_init__(self) -> None:
        self.is_whole = bool(self.values) and all(map(_is_whole, self.values))
        self.is_number = self.is_whole and all(map(_is_number, self.values))
        self.width = max(map(width, [self.heading, *self.values]))

    @property
    def is_read(self) -> bool:
        """Whether it wraps."""
        return self.key in _READ and not self.is_whole

    def narrowest(self, text: int) -> int:
        """The least width, with ``text`` columns for a text."""
        heading = min(width(self.heading), _NARROW_HEADING)
        if self.is_whole:
            return max([heading, *map(width, self.values)])
        if self.is_read:
            return min(self.width, max(heading, _NARROW_SENTENCE))
        return min(self.width, max([heading, text, *map(width, filter(_is_whole, self.values))]))

    def cell(self, text: str) -> list[str]:
        """A value in the lines that it takes."""
        if self.is_read:
            return wrap(text, self.width)
        if self.ends is None and width(text) > self.width:
            self.ends = _Ends(self.values)
        return [shortened(text, self.width, self.ends)]


def fitted(
    headings: Sequence[str], rows: Sequence[Sequence[str]], keys: Sequence[str], room: int
) -> tuple[list[str], list[str]]:
    """The lines of a table in ``room`` columns, and the headings of the columns that it lacks."""
    columns = [
        _Column(at, key, heading, [row[at] for row in rows])
        for at, (key, heading) in enumerate(zip(keys, headings, strict=True))
    ]
    shown = _kept(columns, room)
    _share(shown, room)
    lines = []
    if tuple(keys) != CARD:
        lines += _lines(shown, headings, headings=True)
        lines.append("─" * min(_total([column.width for column in shown]), room))
    for row in rows:
        lines += _lines(shown, row)
    return lines, [column.heading for column in columns if column not in shown]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _kept(columns: list[_Column], room: int) -> list[_Column]:
    """The columns that fit; the first is always kept."""
    kept = list(columns)
    last_first = [column for column in reversed(columns[1:]) if column.key not in _KEPT]
    ranks = {key: rank for rank, key in enumerate(_FIRST_TO_GO)}
    last_first.sort(key=lambda column: (any(column.values), ranks.get(column.key, len(ranks))))
    for column in last_first:
        if _total([each.narrowest(_NARROW) for each in kept]) <= room:
            break
        kept.remove(column)
    return kept


def _share(columns: list[_Column], room: int) -> None:
    """Give each column its width: unbreakable columns keep theirs, texts share the rest."""
    if _total([column.width for column in columns]) <= room:
        return
    text = _NARROW
    while text > _NARROWEST and _total([each.narrowest(text) for each in columns]) > room:
        text -= 1
    wanted = {column.at: column.width for column in columns}
    for column in columns:
        column.width = column.narrowest(text)
    while (left := room - _total([column.width for column in columns])) > 0:
        growing = [column for column in columns if column.width < wanted[column.at]]
        if not growing:
            break
        # Sentences first: each line that they are spared is one of the table.
        narrowest = min(growing, key=lambda column: (not column.is_read, column.width))
        narrowest.width += min(max(left // 8, 1), wanted[narrowest.at] - narrowest.width)


def _lines(columns: Sequence[_Column], row: Sequence[str], *, headings: bool = False) -> list[str]:
    """A row, or the headings, in the lines that it takes."""
    cells = [
        _heading(row[column.at], column.width) if headings else column.cell(row[column.at])
        for column in columns
    ]
    height = max(map(len, cells))
    lines = []
    for at in range(height):
        # Headings of several lines stand on the rule, values at the top.
        first = [height - len(cell) if headings else 0 for cell in cells]
        texts = [
            cell[at - begin] if 0 <= at - begin < len(cell) else ""
            for cell, begin in zip(cells, first, strict=True)
        ]
        padded = map(_padded, texts, columns)
        lines.append((" " * _GAP).join(padded).rstrip())
    return lines


def _heading(text: str, room: int) -> list[str]:
    lines = wrap(text, room)
    while len(lines) > 1 and len(wrap(text, room - 1)) == len(lines):  # of equal length, if it can
        room -= 1
        lines = wrap(text, room)
    return [shortened(line, room) for line in lines] or [""]


def _padded(text: str, column: _Column) -> str:
    blank = " " * (column.width - width(text))
    return blank + text if column.is_number else text + blank


def _is_whole(text: str) -> bool:
    """Whether a value is a number or serial, which is copied and must not be broken."""
    return text.isascii() and " " not in text and len(text) <= 32


def _is_number(text: str) -> bool:
    digits = text.removesuffix("%").removeprefix("-").replace(".", "", 1).replace(",", "")
    return text == "" or (len(text) < 12 and digits.isdigit())


# -- the pager -----------------------------------------------------------------------------------


def page(text: str, pager: str | None) -> bool:
    """Show text in a pager where it is longer than the screen; whether it was shown.

    ``pager`` is its command line; empty or ``cat`` means none, None the system's own.
    """
    if text.count("\n") < terminal_size().lines:
        return False
    if pager is None:
        pager = next(filter(shutil.which, ("less", "more")), "")
    command = shlex.split(pager)
    if not command or command == ["cat"] or shutil.which(command[0]) is None:
        return False
    # As git sets it: end at once where it fits, keep colours, leave the text on the screen.
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    sys.stdout.flush()
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as process:
        with suppress(BrokenPipeError):  # its reader has seen enough
            process.communicate(text.encode())
        while process.poll() is None:
            with suppress(KeyboardInterrupt):  # a key of the pager's own
                process.wait()
    return True
