"""Calendar files (RFC 5545): whole days with a line of words, which any calendar program shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//leaguectl//due//"


@dataclass(frozen=True, slots=True)
class Entry:
    """One day: ``id`` is the same whenever the file is made, so that an entry is renewed and not
    doubled; ``heading`` and ``text`` are words."""

    id: str
    day: date
    heading: str
    text: str


def calendar_of(entries: Iterable[Entry], name: str, today: date) -> bytes:
    """A calendar file of that name, made ``today``; the same entries give the same bytes."""
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
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.heading)
        event.add("description", entry.text)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
