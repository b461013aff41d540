"""Where a registry is stored: SQLite in one file, or PostgreSQL by URL.

Reading and writing need only the drivers, so that a command starts at once.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from leaguectl.causes import why
from leaguectl.findings import DatabaseUnavailable, UsageError

SCHEMA = max(
    file.name.partition("_")[0]
    for file in (Path(__file__).parent / "migrations" / "versions").iterdir()
    if file.name[:4].isdigit()
)
"""The schema that this program writes: the number of the newest migration."""

APPLICATION = 0x4C454147
"""The mark of a SQLite file that is a registry (``PRAGMA application_id``)."""

WAIT_SECONDS = 30
"""How long a writer waits for the one before it."""

PLAIN = b"SQLite format 3\0"
"""How a file begins that is not encrypted (https://www.sqlite.org/fileformat.html, 1.3)."""

_PAGE = 4096
"""The size of a page of an encrypted file, which consists of whole ones."""

_SEARCH_PATH = re.compile(r"search_path(?:=|%3[dD])([^&%,]+)")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a registry is: a file, or a PostgreSQL URL."""

    path: Path | None
    url: str | None = None
    key: str | None = field(default=None, repr=False)
    """What an encrypted file is opened with; a file that is made is encrypted with it."""

    def at(self, path: Path) -> "Location":
        """Another file, with the same key."""
        return replace(self, path=path, url=None)

    @property
    def is_encrypted(self) -> bool:
        """Whether the file may be encrypted: it consists of whole pages and begins otherwise than
        others. One with nothing in it yet will be encrypted if there is a key. It is opened and
        closed for that, so never ask while the lock is held (sqlite.org/howtocorrupt.html, 2.2)."""
        if self.path is None:
            return False
        try:
            with self.path.open("rb") as file:
                beginning, size = file.read(len(PLAIN)), self.path.stat().st_size
        except OSError:
            return False
        if not size:
            return self.key is not None
        return beginning != PLAIN and size % _PAGE == 0

    @property
    def shown(self) -> str:
        """The location as messages show it: a URL without its password, with the requested
        schema."""
        if self.path is not None:
            return str(self.path)
        # Not by a parser: characters in a password may end a host's name or begin a query.
        scheme, _, rest = (self.url or "").partition("://")
        place, _, options = rest.rpartition("@")[2].partition("?")
        schema = _SEARCH_PATH.search(options)
        return f"{scheme}://{place}" + (f" ({schema[1]})" if schema else "")

    @property
    def is_missing(self) -> bool:
        """Whether there is no file yet (a server is asked when it is opened).

        :raises DatabaseUnavailable: that cannot be found out.
        """
        if self.path is None:
            return False
        try:
            self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return True
        except (OSError, ValueError) as error:
            facts = why(error) if isinstance(error, OSError) else {"detail": str(error)}
            raise DatabaseUnavailable("database-unreadable", db=self.shown, **facts) from None
        return False


def locate(text: str, key: str | None = None) -> Location:
    """What ``--db`` names: a path, ``sqlite:///path``, or ``postgresql://…``. The key is that of an
    encrypted file.

    :raises UsageError: it is a URL of another kind.
    """
    if text.startswith("sqlite:///"):
        return Location(_expanded(text.removeprefix("sqlite:///")), key=key)
    if text.startswith(("postgresql://", "postgres://")):
        return Location(None, text.replace("postgres://", "postgresql://", 1), key)
    if "://" in text:
        raise UsageError("db-unknown", scheme=text.partition("://")[0])
    return Location(_expanded(text), key=key)


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise UsageError("home-unknown", file=text) from None


def sqlite_uri(path: PurePath, mode: str) -> str:
    """The URI that opens an existing file and never creates an empty one for a mistyped path
    (https://www.sqlite.org/uri.html, 3.1)."""
    place = path.as_posix()
    for sign, escaped in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        place = place.replace(sign, escaped)
    if path.drive[1:] == ":":  # of Windows
        place = f"/{place}"
    # Two slashes at the beginning of a path would name a server.
    return f"file:{'//' if place.startswith('/') else ''}{place}?mode={mode}"


def check_file(location: Location) -> None:
    """Refuse a file that is not ours by its first bytes. The file is not opened as a database, so
    that it is not changed and no file appears next to it.

    :raises DatabaseUnavailable: it is no registry, or cannot be read.
    """
    if location.path is None:
        return
    try:
        with location.path.open("rb") as file:
            header = file.read(72)
    except OSError as error:
        raise DatabaseUnavailable("database-unreadable", db=location.shown, **why(error)) from None
    if location.is_encrypted:
        return  # whether it is ours is known when it is opened
    if not header.startswith(PLAIN) or header[68:] != APPLICATION.to_bytes(4, "big"):
        raise DatabaseUnavailable("database-not-ours", db=location.shown)


def check_schema(version: str | None, location: Location, *, current: bool = False) -> None:
    """Refuse a registry that this program cannot read, and an older one where ``current`` is
    required.

    :raises DatabaseUnavailable: it was made by a newer or older version, or is not a registry.
    """
    if version is None or not version.isdigit():
        raise DatabaseUnavailable("database-not-ours", db=location.shown)
    if int(version) > int(SCHEMA):
        raise DatabaseUnavailable("database-newer", db=location.shown, found=version, known=SCHEMA)
    if current and version != SCHEMA:
        raise DatabaseUnavailable("database-older", db=location.shown, found=version, known=SCHEMA)
