"""The comments of a sheet in a sender's workbook, with the boxes in which they are shown."""

import re
from collections.abc import Callable
from functools import cached_property

from leaguectl.reader.sheets import cell_place
from leaguectl.workbooks.package import MAIN, Package, as_text, attributes_of, rewritten
from leaguectl.workbooks.styles import text_markup

_COMMENT = re.compile(r"<comment\b.*?</comment>", re.S)
_SHAPE = re.compile(r"<((?:[\w.-]+:)?shape)\b.*?</\1>", re.S)
_ROW = re.compile(r"(<(?:[\w.-]+:)?Row>\s*)(\d+)")
_COLUMN = re.compile(r"<(?:[\w.-]+:)?Column>\s*(\d+)")
_BOXES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap '
    'v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
    'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_BOX = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
    'office" xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" '
    'type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:300px;'
    'height:{height}px;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill '
    'color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False'
    "</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)

AUTHOR = "leaguectl"


class Notes:
    """The comments of a sheet, by cell (``B4``); a text of None takes one away."""

    def __init__(self, package: Package, sheet: str) -> None:
        self._package, self._sheet = package, sheet
        self._part = package.related(sheet, "/comments")
        self._boxes = package.related(sheet, "/vmlDrawing")
        self._new: dict[str, str | None] = {}
        self._moved: Callable[[int], int | None] | None = None

    @cached_property
    def _text(self) -> str:
        if self._part:
            return rewritten(self._package.content(self._part))
        return f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'

    @cached_property
    def known(self) -> dict[str, str]:
        """What each comment says that was there."""
        return {
            attributes_of(comment)["ref"]: as_text(re.sub(r"<rPh\b.*?</rPh>", "", comment))
            for comment in _COMMENT.findall(self._text)
        }

    def of(self, cell: str) -> str:
        """What the comment of a cell says; empty where it has none."""
        return self._new.get(cell, self.known.get(cell, "")) or ""

    def put(self, cell: str, text: str | None) -> None:
        """Let the comment of a cell say something else, or nothing."""
        self._new[cell] = text

    def move(self, moved: Callable[[int], int | None]) -> None:
        """Let comments follow their rows; those of rows that are not there any more go."""
        self._moved = moved

    # -- written

    def finish(self) -> str:
        """Write them into the package; the relation by which the sheet does not know them yet."""
        if not self._new and (self._moved is None or not self._part):
            return ""
        text = re.sub(r"<authors/>", "<authors></authors>", self._text)
        text = re.sub(r"<commentList/>", "<commentList></commentList>", text)
        number = text.count("<author>") + text.count("<author/>")
        kept = [comment for comment in map(self._kept, _COMMENT.findall(text)) if comment]
        added = [
            f'<comment ref="{ref}" authorId="{number}"><text><r>{text_markup(said)}</r></text>'
            "</comment>"
            for cell, said in self._new.items()
            if said is not None and (ref := self._at(cell))
        ]
        text = text.replace("</authors>", f"<author>{AUTHOR}</author></authors>")
        content = f"<commentList>{''.join([*kept, *added])}</commentList>"
        head, tail = text.partition("<commentList>")[0], text.rpartition("</commentList>")[2]
        text = head + content + tail
        if self._part:
            self._package.new[self._part] = text.encode()
        else:
            self._part = self._package.add("xl/comments{}.xml", text, "comments")
            self._package.relate(self._sheet, "comments", self._part)
        return self._finish_boxes()

    def _finish_boxes(self) -> str:
        is_new = not self._boxes
        text = _BOXES if is_new else self._package.content(self._boxes).decode("utf-8", "replace")
        text = _SHAPE.sub(lambda match: self._kept_box(match[0]), text)
        used = [int(number) for number in re.findall(r'id="_x0000_s(\d+)"', text)]
        first = max(used, default=1024) + 1
        boxes = [
            self._box(first + at, ref, said)
            for at, (cell, said) in enumerate(self._new.items())
            if said is not None and (ref := self._at(cell))
        ]
        head, end, rest = text.rpartition("</xml>")
        text = f"{head}{''.join(boxes)}{end}{rest}"
        if not is_new:
            self._package.new[self._boxes] = text.encode()
            return ""
        self._boxes = self._package.add("xl/drawings/vmldrawing{}.vml", text, "vml")
        return self._package.relate(self._sheet, "vmlDrawing", self._boxes)

    def _at(self, cell: str) -> str:
        """Where a cell stands now; empty for one that is left out."""
        if self._moved is None:
            return cell
        letters = cell.rstrip("0123456789")
        row = self._moved(int(cell[len(letters) :]))
        return f"{letters}{row}" if row else ""

    def _kept(self, comment: str) -> str:
        ref = attributes_of(comment)["ref"]
        if ref in self._new or not (at := self._at(ref)):
            return ""
        return comment.replace(f' ref="{ref}"', f' ref="{at}"', 1)

    def _kept_box(self, shape: str) -> str:
        row, column = _ROW.search(shape), _COLUMN.search(shape)
        if 'ObjectType="Note"' not in shape or row is None or column is None:
            return shape
        place = (int(row[2]), int(column[1]))
        if place in self._places:
            return ""
        if self._moved is None:
            return shape
        to = self._moved(place[0] + 1)
        return _ROW.sub(lambda match: f"{match[1]}{to - 1}", shape) if to else ""

    @cached_property
    def _places(self) -> set[tuple[int, int]]:
        """Where comments say something else now, from 0."""
        places = filter(None, map(cell_place, self._new))
        return {(row - 1, column) for row, column in places}

    @staticmethod
    def _box(number: int, cell: str, text: str) -> str:
        """A box as large as its text needs: half the characters of a mixed text are narrow, 20 of
        the wide ones fill a line."""
        lines = sum(1 + len(line) // 20 for line in text.splitlines())
        row, column = cell_place(cell) or (1, 0)
        return _BOX.format(id=number, height=24 + 18 * lines, row=row - 1, column=column)
