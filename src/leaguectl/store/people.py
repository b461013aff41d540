"""Who of the stored people a piece of work must look at beside those that it names."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, literal_column, select

from leaguectl.names import fold_name
from leaguectl.registry import Person
from leaguectl.store.tables import TABLES
from leaguectl.store.tables.league import BORN

FEW_DAYS = 500
"""So many birth dates are looked up; where there are more, all people are read through."""


def alike(connection: Connection, births: Mapping[str, Sequence[str]]) -> set[int]:
    """The ids of whoever bears one of these names and was born on the day that stands with it.

    ``births`` has the names of each day (``20070301``).
    """
    if not births:
        return set()
    columns = TABLES[Person].__table__.columns  # type: ignore[attr-defined]
    born: ColumnElement[str] = literal_column(BORN)
    asked = select(columns.id, columns.name, born)
    if len(births) <= FEW_DAYS:
        asked = asked.where(born.in_(sorted(births)))
    folded = {day: set(map(fold_name, names)) for day, names in births.items()}
    return {
        person
        for person, name, day in connection.execute(asked)
        if day in folded and fold_name(name) in folded[day]
    }
