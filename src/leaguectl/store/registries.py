"""The registries of one place: the schemas of a PostgreSQL database, or the files of a folder."""

from dataclasses import replace
from fnmatch import fnmatchcase
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from leaguectl.findings import DatabaseUnavailable, NotFound
from leaguectl.store import Location, check_file
from leaguectl.store.opening import opened

_SCHEMAS = """
    SELECT nspname FROM pg_namespace JOIN pg_class ON relnamespace = pg_namespace.oid
    WHERE relname = 'alembic_version' AND relkind = 'r' ORDER BY nspname
"""


def registries(location: Location, pattern: str = "*") -> list[Location]:
    """The registries near this location: in the folder of a file, or in the database of a URL,
    whose file or schema matches the pattern (``*``, ``?``).

    :raises NotFound: there is none.
    :raises DatabaseUnavailable: the server cannot be asked.
    """
    found = _files(location) if location.path is not None else _schemas(location)
    fitting = [place for name, place in found.items() if fnmatchcase(name, pattern)]
    if not fitting:
        raise NotFound("counties-none", db=location.shown, pattern=pattern)
    return fitting


def _files(location: Location) -> dict[str, Location]:
    folder = location.path
    if folder is None:
        raise TypeError(location)
    if not folder.is_dir():
        folder = folder.parent
    found = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file():
            place = location.at(path)
            try:
                check_file(place)
            except DatabaseUnavailable:
                continue  # some other file
            found[path.stem] = place
    return found


def _schemas(location: Location) -> dict[str, Location]:
    with opened(location, reading=True) as connection:
        names = [str(row[0]) for row in connection.rows(_SCHEMAS)]
    return {name: replace(location, url=_within(location.url or "", name)) for name in names}


def _within(url: str, schema: str) -> str:
    """The URL with that schema as the search path."""
    parts = urlsplit(url)
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key != "options"]
    query = urlencode([*kept, ("options", f"-csearch_path={schema}")], quote_via=quote)
    return parts._replace(query=query).geturl()
