"""Who of the stored people a piece of work must look at beside those that it names."""

from collections.abc import Set

from leaguectl.model import likeness_of
from leaguectl.model.league import BORN
from leaguectl.store.connection import Connection, among

FEW_DAYS = 500
"""So many birth dates are looked up; where there are more, all people are read through."""


def alike(connection: Connection, likenesses: Set[str]) -> set[int]:
    """The ids of whoever bears one of these names and was born on the day that stands with it."""
    if not likenesses:
        return set()
    days, parameters = {one[-8:] for one in likenesses}, dict[str, str]()
    asked = "SELECT id, name, id_number FROM person"
    if len(days) <= FEW_DAYS:
        on_a_day, parameters = among(BORN, sorted(days))
        asked += f" WHERE {on_a_day}"
    return {
        person
        for person, name, id_number in connection.each(asked, parameters)
        if likeness_of(name, id_number) in likenesses
    }
