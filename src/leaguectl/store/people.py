"""Who of the stored people a piece of work must look at beside those that it names."""

from collections.abc import Mapping, Sequence

from leaguectl.names import fold_name
from leaguectl.store.connection import Connection, among

BORN = "substr(id_number, 7, 8)"
"""The birth date that an ID number carries, as it is indexed."""
FEW_DAYS = 500
"""So many birth dates are looked up; where there are more, all people are read through."""


def alike(connection: Connection, births: Mapping[str, Sequence[str]]) -> set[int]:
    """The ids of whoever bears one of these names and was born on the day that stands with it.

    ``births`` has the names of each day (``20070301``).
    """
    if not births:
        return set()
    days: dict[str, str] = {}
    asked = f"SELECT id, name, {BORN} FROM person"  # noqa: S608
    if len(births) <= FEW_DAYS:
        on_a_day, days = among(BORN, sorted(births))
        asked += f" WHERE {on_a_day}"
    folded = {day: set(map(fold_name, names)) for day, names in births.items()}
    return {
        person
        for person, name, day in connection.each(asked, days)
        if day in folded and fold_name(name) in folded[day]
    }
