"""What a command is given to read: files, folders and archives, and how messages name each file."""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from leaguectl.findings import NotFound
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
_TABLE_OF_A_LETTER = re.compile(rb"<(?:\w+:)?tbl[ >]")
_UTF_8_NAME, _ENCRYPTED = 0x800, 0x1
"""Flags of an entry of an archive."""


@dataclass(slots=True)
class Inbox:
    """The files that are read, in the order of their names, and those that are left alone."""

    files: list[Path] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


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
        elif _is_table(path.name) or (_is_letter(path.name) and _has_table(path, limits)):
            inbox.files.append(path)
        else:
            inbox.left.append(name)


def _is_table(name: str) -> bool:
    """Whether a file is a table by its name; ``~$`` marks a file that an office program has open, a
    dot a hidden file."""
    return not name.startswith(("~$", ".")) and PurePosixPath(name).suffix.casefold() in _TABLES


def _is_letter(name: str) -> bool:
    return not name.startswith(("~$", ".")) and PurePosixPath(name).suffix.casefold() == _LETTER


def _has_table(letter: Path | IO[bytes], limits: Limits) -> bool:
    """Whether a letter has a table; one that cannot be opened is left alone as it is."""
    try:
        with zipfile.ZipFile(letter) as parts:
            part = parts.getinfo("word/document.xml")
            if part.file_size > limits.unpacked_megabytes * MEGABYTE:
                return False
            return bool(_TABLE_OF_A_LETTER.search(parts.read(part)))
    except (KeyError, RuntimeError, *_DAMAGED):
        return False


_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)


def _add_archive(path: Path, shown: str, inbox: Inbox, scratch: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, shown, limits)
            for entry in sorted(archive.infolist(), key=_name):
                name = PurePosixPath(_name(entry).replace("\\", "/"))
                if entry.is_dir():
                    continue
                is_read = _is_table(name.name)
                if _is_letter(name.name):
                    is_read = _has_table(io.BytesIO(archive.read(entry)), limits)
                if not is_read or "__MACOSX" in name.parts:
                    inbox.left.append(f"{shown}/{name}")
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
