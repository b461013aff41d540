"""Working days, and uneven numbers: what an invented year is made of."""

from datetime import date, timedelta
from random import Random

from county.words import WORDS

HOLIDAYS = frozenset(
    date.fromisoformat(span[:10]) + timedelta(days=n)
    for span in WORDS["放假"]
    for n in range(int(span[11:]))
)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or the last one if that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month_end = date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return month_end.replace(day=min(day.day, month_end.day))


def is_working(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and day not in HOLIDAYS


def work_days(day: date, count: int) -> date:
    """The working day `count` working days after (or, if negative, before) a day."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working(day):
            day += step
    return day


def working_span(first: date, last: date) -> list[date]:
    """All working days from the first to the last."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_working(day)]


def some_day(rng: Random, first: date, last: date) -> date:
    """Any day from the first to the last."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def spread(rng: Random, total: int, count: int, low: int, high: int) -> list[int]:
    """`count` uneven numbers from low to high that add up to the total."""
    assert count * low <= total <= count * high
    values, weights = [low] * count, [rng.uniform(0.5, 2) for _ in range(count)]
    for _ in range(total - count * low):
        open_ = [i for i, value in enumerate(values) if value < high]
        values[rng.choices(open_, [weights[i] for i in open_])[0]] += 1
    return values


def numeral(number: int) -> str:
    """一, 二 … 九十九."""
    tens, units = divmod(number, 10)
    digits = ("", *"一二三四五六七八九")
    return f"{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[units]}"
