"""Files in and out: read into sheets or refused as a finding, written whole or not at all."""

from contextlib import nullcontext
from pathlib import Path

from leaguectl.causes import why
from leaguectl.findings import LeagueError, NotFound
from leaguectl.reader import FileReader, FileRefused, Source
from leaguectl.reader.limits import USUAL, Limits


class Unreadable(LeagueError):
    """A file that cannot be read as a workbook; like bad data, it is a finding."""

    exit_code = 1


def read_file(
    path: Path, name: str | None = None, limits: Limits = USUAL, reader: FileReader | None = None
) -> Source:
    """Read a file with the errors of this program; ``name`` is what messages call it, ``reader``
    has read others before it within the limits of its own.

    :raises NotFound: there is no such file.
    :raises Unreadable: it is encrypted, damaged, too large, or no table at all.
    """
    try:
        with nullcontext(reader) if reader is not None else FileReader(limits) as opened:
            return opened.read(path, name)
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), **why(error)) from None
    except FileRefused as refused:
        facts = {"file": name or path.name, **refused.facts}
        raise Unreadable(refused.code, **facts) from None
