"""Files in and out: read into sheets or refused as a finding, written whole or not at all."""

import contextlib
import os
from pathlib import Path

from leaguectl.findings import LeagueError, NotFound
from leaguectl.reader import FileRefused, Source, read
from leaguectl.reader.limits import USUAL, Limits


class Unreadable(LeagueError):
    """A file that cannot be read as a workbook; like bad data, it is a finding."""

    exit_code = 1


def read_file(path: Path, name: str | None = None, limits: Limits = USUAL) -> Source:
    """Read a file with the errors of this program; ``name`` is what messages call it.

    :raises NotFound: there is no such file.
    :raises Unreadable: it is encrypted, damaged, too large, or no table at all.
    """
    try:
        return read(path, name, limits)
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), detail=error.strerror or "") from None
    except FileRefused as refused:
        facts = {"file": name or path.name, **refused.facts}
        raise Unreadable(refused.code, **facts) from None


def write_whole(data: bytes, out: Path) -> None:
    """Write a file that only its user may read, whole or not at all: under another name first.

    :raises NotFound: it cannot be written.
    """
    part = out.with_name(out.name + ".part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(out)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise NotFound("file-not-written", file=str(out), detail=error.strerror or "") from None
