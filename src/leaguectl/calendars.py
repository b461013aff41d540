"""Calendar files (RFC 5545) of all-day entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//leaguectl//due//"


@dataclass(frozen=True, slots=True)
class Entry:
    """An all-day entry. ``id`` is the same each time the file is made, so that a calendar program
    updates the entry instead of adding it again; ``heading`` and ``text`` are for people."""

    id: str
    day: date
    heading: str
    text: str


def calendar_of(entries: Iterable[Entry], name: str, today: date) -> bytes:
    """A calendar file called ``name``, made ``today``.

    The same entries give the same bytes: the day replaces the time of creation, which would differ
    each time.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    stamp = datetime.combine(today, time(), UTC)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.id}@leaguectl")
        event.add("dtstamp", stamp)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))  # the end is the day after the last
        event.add("summary", entry.heading)
        event.add("description", entry.text)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
