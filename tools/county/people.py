"""The members of the invented county, and those who left in its year."""

from datetime import date, timedelta

from county.days import add_months, is_working, some_day, spread, work_days, working_span
from county.entities import (
    CLOSING,
    FOURTEEN,
    HEADS,
    OPENING,
    TWENTY_EIGHT,
    YEAR,
    County,
    Org,
    Person,
    Span,
)
from county.id_numbers import id_number
from county.words import WORDS


def new_name(county: County, sex: str, org: Org) -> str:
    """A name nobody bears, or now and then that of someone in another branch."""
    rng, here = county.rng, {person.name for person in county.by_branch[org]}
    while True:
        if rng.random() < 0.4:
            name = f"{rng.choice(WORDS[sex + '名'])}·{rng.choice(WORDS['男名'])}"
        else:
            given = rng.sample(WORDS[sex], 1 if rng.random() < 0.15 else 2)
            name = rng.choice(WORDS["姓"]) + "".join(given)
        if name not in here and (name not in county.taken or rng.random() < 0.02):
            county.taken.add(name)
            return name


def new_id(county: County, born: date, sex: str) -> str:
    """An ID number nobody has: odd order for men, even for women."""

    def draw() -> str:
        order = county.rng.randrange(1, 999, 2) + (sex == "女")
        made = id_number(order, born, county.area)
        # A number that ends in 000 looks like one whose last digits a spreadsheet lost.
        return made if made[-3:] != "000" else id_number(order - 2, born, county.area)

    return county.fresh(draw)


def new_person(county: County, org: Org, born: date, joined: date) -> Person:
    """Somebody, not yet on any list."""
    rng, sex = county.rng, county.rng.choice("男女")
    name, id_number, phone = new_name(county, sex, org), new_id(county, born, sex), ""
    if rng.random() < (0.08 if org.entry else 0.93):
        phone = county.fresh(lambda: f"120{rng.randrange(10**8):08d}")
    return Person(name, sex, born, id_number, org, joined, phone)


def enlist(county: County, person: Person) -> Person:
    """Put a person on the list of members."""
    county.people.append(person)
    county.by_branch[person.org].append(person)
    return person


def births(org: Org, earlier: bool) -> Span:
    """When the members of a branch were born who joined in earlier years, or in this one."""
    if org.entry is None:
        return date(YEAR - 27, 1 if earlier else 9, 1), date(YEAR - 18, 6, 30)
    if org.sector != "初中":
        return date(org.entry - 16, 5, 1), date(org.entry - 15, 8, 31)
    if earlier:  # pupils who were 14 and three months old before the year began
        return date(YEAR - 15, 3, 1), date(YEAR - 15, 8, 31)
    return date(org.entry - 13, 9 if org.entry < YEAR - 1 else 1, 1), date(YEAR - 14, 7, 31)


def joined_before(county: County, born: date) -> date:
    """A day before this year, from 14 years and 102 days on, mostly while at school."""
    first = add_months(born, FOURTEEN) + timedelta(days=102)
    years = county.rng.choice((1, 1, 2, 2, 3, 4, 8)) if born.year < YEAR - 18 else 1
    day = some_day(county.rng, first, min(OPENING, first + timedelta(days=365 * years)))
    return day if is_working(day) or day == first else work_days(day, -1)


def headcounts(county: County) -> dict[Org, int]:
    """How many members each branch has at the end of the year; villages take what is left."""
    villages = [org for org in county.branches() if org.sector == "农村"]
    heads = {
        org: max(
            county.rng.randint(*HEADS[org.sector, org.entry]), county.admitting.get(org, 0) + 3
        )
        for org in county.branches()
        if org not in villages
    }
    left = county.size.members - sum(heads.values())
    return heads | dict(zip(villages, spread(county.rng, left, len(villages), 6, 42), strict=True))


def build_members(county: County) -> None:
    """The members who joined before the year and are members at its end."""
    for org, count in headcounts(county).items():
        for _ in range(count - county.admitting.get(org, 0)):
            born = some_day(county.rng, *births(org, earlier=True))
            joined = joined_before(county, born)
            person = enlist(county, new_person(county, org, born, joined))
            if org.entry is None and add_months(born, 20 * 12) < CLOSING:
                kinds = ("共青团员", "中共党员", "中共预备党员")
                person.politics = county.rng.choices(kinds, (95, 3, 2))[0]


def build_leavers(county: County) -> None:
    """Those who left in the year: too old, graduated, or of their own will."""
    size, rng = county.size, county.rng
    society = [org for org in county.branches() if org.entry is None]
    # The classes that graduated are gone; their members stand with the oldest that remain.
    classes = [o for o in county.branches() if o.entry == YEAR - 2 and o.sector != "初中"]
    ages, pupils = (date(1995, 1, 1), date(1995, 12, 20)), (date(2004, 5, 1), date(2005, 8, 31))
    adults = (date(1997, 1, 1), date(2003, 12, 31))
    kinds = (
        ("超龄离团", size.overage, society, ages),
        ("转出", size.graduates, classes, pupils),
        ("自愿退团", size.withdrawn, society, adults),
    )
    for reason, count, orgs, span in kinds:
        for _ in range(count):
            org = rng.choice([org for org in orgs if len(county.by_branch[org]) < 46])
            born = some_day(rng, *span)
            person = new_person(county, org, born, joined_before(county, born))
            person.reason = reason
            if reason == "超龄离团":
                birthday = add_months(born, TWENTY_EIGHT)
                person.left = some_day(rng, birthday, min(CLOSING, birthday + timedelta(days=25)))
            elif reason == "转出":
                person.left = rng.choice(working_span(date(YEAR, 7, 3), date(YEAR, 9, 22)))
            else:
                person.left = rng.choice(working_span(date(YEAR, 2, 1), date(YEAR, 11, 30)))
            enlist(county, person)
