"""What a command is given to read: files, folders and archives, and how messages name each file."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from io import FileIO
from pathlib import Path, PurePosixPath
from typing import IO

from leaguectl.findings import Finding, Level, NotFound, Where
from leaguectl.names import readable
from leaguectl.reader.limits import MEGABYTE, USUAL, Limits
from leaguectl.streams import temporary_folder
from leaguectl.workbooks.files import Unreadable

_TABLES = frozenset({
    ".xlsx", ".xlsm", ".xltx", ".xls", ".et", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".htm",
    ".html", ".xml",
})  # fmt: skip
"""The endings of names of tables. The content of a file is checked when it is read."""

_ARCHIVE, _LETTER = ".zip", ".docx"
_MAY_HOLD_TABLES = frozenset({
    ".zip", ".rar", ".7z", ".gz", ".tar", ".eml", ".msg", ".doc", ".wps", ".rtf", ".numbers",
})  # fmt: skip
"""The endings of names of archives, e-mails and papers that are not opened, although a roster may
be in them."""
_TABLE_OF_A_LETTER = re.compile(rb"<(?:\w+:)?tbl[ >]")
_UTF_8_NAME, _ENCRYPTED = 0x800, 0x1
"""Flags of an entry of an archive."""


@dataclass(slots=True)
class Inbox:
    """The files that are read, in the order of their names, and those that are left alone."""

    files: list[Path] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    unopened: list[str] = field(default_factory=list)
    """Those of them in which a roster may be."""

    @property
    def findings(self) -> list[Finding]:
        """A warning for each of those."""
        return [
            Finding("file-unopened", level=Level.WARNING, where=Where(name))
            for name in self.unopened
        ]

    def leave(self, name: str, *, is_damaged: bool = False) -> None:
        """Leave a file alone."""
        self.left.append(name)
        if is_damaged or _ending(name) in _MAY_HOLD_TABLES:
            self.unopened.append(name)


@contextmanager
def opened(paths: Iterable[Path], limits: Limits | None = None) -> Iterator[Inbox]:
    """The files that these paths mean: a folder stands for the tables in it and below it, an
    archive for the tables in it, which are unpacked to disk until this ends.

    :raises NotFound: there is no table in a folder or an archive.
    :raises Unreadable: an archive is damaged, encrypted or out of bounds.
    """
    inbox, limits, paths = Inbox(), limits or USUAL, list(paths)
    needs_room = any(map(_holds_others, paths))
    with temporary_folder() if needs_room else nullcontext(Path()) as scratch:
        for number, path in enumerate(paths):
            before = len(inbox.files)
            if not _holds_others(path):
                inbox.files.append(path)
            elif path.is_dir():
                _add_folder(path, inbox, scratch / str(number), limits)
            else:
                _add_archive(path, path.name, inbox, scratch / str(number), limits)
            if len(inbox.files) == before:
                raise NotFound("no-table-in", file=str(path))
        yield inbox


def _holds_others(path: Path) -> bool:
    """Whether it is a folder or an archive; where that cannot be checked, reading it reports
    why."""
    try:
        return path.is_dir() or (path.suffix.casefold() == _ARCHIVE and path.is_file())
    except OSError:
        return False


def shown_names(paths: Collection[Path]) -> dict[Path, str]:
    """The name of each file in messages: without its folder, unless several have that name; then
    with as many of its folders as distinguish them."""
    unnamed, shown, depth = [*dict.fromkeys(paths)], dict[Path, str](), 1
    while unnamed:
        tails = {path: Path(*path.parts[-depth:]) for path in unnamed}
        times = Counter(tails.values())
        for path, tail in tails.items():
            if times[tail] == 1 or depth >= len(path.parts):
                shown[path] = readable(str(tail))
        unnamed = [path for path in unnamed if path not in shown]
        depth += 1
    return {path: shown[path] for path in dict.fromkeys(paths)}


def _add_folder(folder: Path, inbox: Inbox, scratch: Path, limits: Limits) -> None:
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if not path.is_file():
            continue
        if path.suffix.casefold() == _ARCHIVE:
            _add_archive(path, name, inbox, scratch / name, limits)
        elif is_read := _is_read(path.name, partial(FileIO, path), limits):
            inbox.files.append(path)
        else:
            inbox.leave(name, is_damaged=is_read is None)


def _ending(file: str) -> str:
    """The ending of a file's name; none of a file that is hidden or that an office program has
    open."""
    name = PurePosixPath(file).name
    return "" if name.startswith(("~$", ".")) else PurePosixPath(name).suffix.casefold()


def _is_read(name: str, opened: Callable[[], IO[bytes]], limits: Limits) -> bool | None:
    """Whether a file is a table, or a letter that has one; None where it is a letter that cannot be
    opened."""
    if (ending := _ending(name)) != _LETTER:
        return ending in _TABLES
    try:
        with opened() as letter, zipfile.ZipFile(letter) as parts:
            part = parts.getinfo("word/document.xml")
            if part.file_size > limits.unpacked_megabytes * MEGABYTE:
                return None
            return bool(_TABLE_OF_A_LETTER.search(parts.read(part)))
    except (KeyError, RuntimeError, *_DAMAGED):
        return None


_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)


def _add_archive(path: Path, shown: str, inbox: Inbox, scratch: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, shown, limits)
            for entry in sorted(archive.infolist(), key=_name):
                name = PurePosixPath(_name(entry).replace("\\", "/"))
                if entry.is_dir():
                    continue
                is_read: bool | None = False
                if "__MACOSX" not in name.parts:
                    is_read = _is_read(name.name, partial(archive.open, entry), limits)
                if not is_read:
                    inbox.leave(f"{shown}/{name}", is_damaged=is_read is None)
                    continue
                # Only the folder and the name: no entry may be written outside its folder.
                parts = [part for part in name.parts if part not in ("/", "..", ".")]
                target = Path(scratch, path.stem, *parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(entry))
                inbox.files.append(target)
    except _DAMAGED as error:
        raise Unreadable("file-damaged", file=shown, detail=str(error)) from None


def _check(archive: zipfile.ZipFile, shown: str, limits: Limits) -> None:
    """Refuse an archive that would unpack to too much: the reader never reads beyond the declared
    sizes."""
    entries = archive.infolist()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unreadable("file-encrypted", file=shown)
    size = sum(entry.file_size for entry in entries)
    for number, most in (
        (len(entries), limits.parts),
        (size, limits.unpacked_megabytes * MEGABYTE),
    ):
        if number > most:
            raise Unreadable("file-too-large", file=shown, bytes=size, detail=f"{number} > {most}")


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry: a Chinese Windows writes its own encoding without declaring it."""
    if entry.flag_bits & _UTF_8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
