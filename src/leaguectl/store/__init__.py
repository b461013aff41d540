"""Where a registry is stored: SQLite in one file, or PostgreSQL by URL.

Reading and writing need the drivers alone, so that a command starts at once.
"""

from dataclasses import dataclass
from pathlib import Path

from leaguectl.findings import DatabaseUnavailable, UsageError

SCHEMA = max(
    file.name.partition("_")[0]
    for file in (Path(__file__).parent / "migrations" / "versions").iterdir()
    if file.name[:4].isdigit()
)
"""The schema that this program writes: the number of the newest migration."""

APPLICATION = 0x4C454147
"""What marks a SQLite file as a registry (``PRAGMA application_id``)."""

WAIT_SECONDS = 30
"""How long a writer waits for the one before it."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a registry is: a file, or a PostgreSQL URL."""

    path: Path | None
    url: str | None = None

    @property
    def shown(self) -> str:
        """The location as a message may name it: a URL without its password."""
        if self.path is not None:
            return str(self.path)
        from urllib.parse import urlsplit

        parts = urlsplit(self.url or "")
        return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"

    @property
    def is_missing(self) -> bool:
        """Whether there is no file yet (a server is asked when it is opened)."""
        return self.path is not None and not self.path.exists()


def locate(text: str) -> Location:
    """What ``--db`` names: a path, ``sqlite:///path``, or ``postgresql://…``.

    :raises UsageError: it is a URL of another kind.
    """
    if text.startswith("sqlite:///"):
        return Location(Path(text.removeprefix("sqlite:///")).expanduser())
    if text.startswith(("postgresql://", "postgres://")):
        return Location(None, text.replace("postgres://", "postgresql://", 1))
    if "://" in text:
        raise UsageError("db-unknown", scheme=text.partition("://")[0])
    return Location(Path(text).expanduser())


def sqlite_uri(path: Path, mode: str) -> str:
    """The URI that opens a file which is there, and never makes an empty one for a mistyped path
    (https://www.sqlite.org/uri.html, 3.1)."""
    escaped = str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{escaped}?mode={mode}"


def check_file(location: Location) -> None:
    """Refuse a file that is not ours by its first bytes; it is not opened, so that nothing of it
    changes and nothing appears beside it.

    :raises DatabaseUnavailable: it is no registry, or cannot be read.
    """
    if location.path is None:
        return
    try:
        with location.path.open("rb") as file:
            header = file.read(72)
    except OSError as error:
        raise DatabaseUnavailable(
            "database-unreadable", db=location.shown, detail=error.strerror
        ) from None
    ours = header[:16] == b"SQLite format 3\0" and header[68:] == APPLICATION.to_bytes(4, "big")
    if not ours:
        raise DatabaseUnavailable("database-not-ours", db=location.shown)


def check_schema(version: str | None, location: Location) -> None:
    """Refuse a registry that this program cannot read.

    :raises DatabaseUnavailable: it was made by a newer version, or is no registry.
    """
    if version is None or not version.isdigit():
        raise DatabaseUnavailable("database-not-ours", db=location.shown)
    if int(version) > int(SCHEMA):
        raise DatabaseUnavailable("database-newer", db=location.shown, found=version, known=SCHEMA)
