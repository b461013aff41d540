"""How the rule book counts: full years, months, days of notice."""

import calendar
from datetime import date, timedelta

_SATURDAY = 5


def age_on(born: date, day: date) -> int:
    """Full years (周岁) on that day; somebody born on 29 February turns on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, age: int) -> date:
    """The day on which that age is reached; 1 March for somebody born on a 29 February that the
    year has not."""
    if (born.month, born.day) == (2, 29) and not calendar.isleap(born.year + age):
        return date(born.year + age, 3, 1)
    return born.replace(year=born.year + age)


def months_after(day: date, months: int) -> date:
    """The same day some months later (or, if negative, before); the last of the month where that
    has fewer days."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_of_month(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def days_between(first: date, last: date, *, working: bool) -> int:
    """How many days from the first to the last, both counted; of ``working`` days those from
    Monday to Friday, since no holidays are known here."""
    span = (last - first).days + 1
    if not working:
        return span
    return sum(
        (first + timedelta(days=count)).weekday() < _SATURDAY for count in range(max(span, 0))
    )
