"""Whom a command is about: exactly one person, never somebody who is only like it."""

from leaguectl import views
from leaguectl.findings import NotFound
from leaguectl.names import fold_name
from leaguectl.store import Location
from leaguectl.store.reading import open_reader

_KNOWN_BY = ("id_number", "number", "form", "certificate")


def exactly(location: Location, text: str) -> views.Row:
    """The one person of that full name, number, ID number, form, certificate or registry id. A part
    of a name is nobody: what is written must not go to who happens to be alone in bearing it.

    :raises NotFound: nobody is meant, or several are; then the candidates are named.
    """
    with open_reader(location) as reader:
        if text.isdigit() and len(text) < 8:
            return views.member(reader, text)
        found = views.find_members(reader, text)
    exact = [
        one
        for one in found
        if fold_name(one["name"]) == fold_name(text)
        or text.upper() in [str(one[key]) for key in _KNOWN_BY]
    ]
    if not exact:
        raise NotFound("member-not-found", text=text)
    if len(exact) > 1:
        candidates = [f"#{one['id']} {one['name']} {one['organization']}" for one in exact[:20]]
        raise NotFound("member-ambiguous", text=text, count=len(exact), candidates=candidates)
    return exact[0]
