"""Quotas, the admissions of the year, numbers and certificates, and next year's plan."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from county.days import add_months, some_day, spread, work_days, working_span
from county.entities import (
    COMMITTEES,
    FOURTEEN,
    SCHOOLS,
    TOWNS,
    TWENTY_EIGHT,
    YEAR,
    Admission,
    County,
    Org,
    Person,
    Quota,
    Span,
)
from county.people import births, enlist, new_person


def allot(county: County) -> None:
    """Say how many each branch admits in the year."""
    rng, scale = county.rng, county.size.scale
    shares = [*TOWNS * scale, *(share for *_, share in (SCHOOLS * scale + COMMITTEES * scale))]
    for top, places in zip(county.orgs[0].children, shares, strict=True):
        if top.domain == "学校":
            # Classes founded this autumn are too young to have prepared anyone.
            orgs = [org for org in top.children if org.entry != YEAR]
            counts = spread(rng, places, len(orgs), 2, 6 if top.sector == "初中" else 7)
        else:
            orgs = [org for org in top.children if org.sector in ("农村", "城市社区")]
            orgs = orgs or [org for org in top.children if org.sector != "社会组织"]
            orgs = rng.sample(orgs, places * 2 // 3)
            counts = spread(rng, places, len(orgs), 1, 2)
        county.admitting.update(zip(orgs, counts, strict=True))


def meeting_days(org: Org) -> list[date]:
    """The days on which a branch may meet to admit: pupils in term, the older ones in spring."""
    first, last = date(YEAR, 3, 6), date(YEAR, 12, 8)
    spring, autumn = (first, date(YEAR, 6, 30)), (date(YEAR, 9, 11), last)
    if org.entry is None:
        return working_span(first, last)
    if org.sector == "初中":
        return working_span(*autumn) + (working_span(*spring) if org.entry < YEAR - 1 else [])
    return working_span(*spring) + (working_span(*autumn) if org.entry == YEAR - 1 else [])


def vote(county: County, cases: Iterable[Admission]) -> None:
    """Let the branches vote; those may who were members before the meeting."""
    for case in cases:
        case.due = len(county.voters(case.person.org, case.meeting))
        least = case.due // 2 + 1
        case.present = county.rng.randint(max(least, case.due * 4 // 5), case.due)
        case.favour = county.rng.randint(max(least, case.present - 2), case.present)


def draw_batch(
    county: County, org: Org, meeting: date, count: int, born: Span, done: Sequence[Admission]
) -> list[Admission]:
    """The cases that one meeting decides; an empty list if the day does not suit the branch."""
    rng, cases = county.rng, list[Admission]()
    notice_to = work_days(meeting, -rng.randint(1, 3))
    notice_from = work_days(notice_to, -rng.randint(5, 7))
    candidate = work_days(notice_from, -rng.randint(1, 4))
    shared = (candidate, notice_from, notice_to, meeting, work_days(meeting, rng.randint(3, 9)))
    pairs = Counter(case.introducers for case in done)
    for _ in range(count):
        activist = work_days(add_months(candidate, -3), -rng.randint(1, 15))
        talked = work_days(activist, -rng.randint(2, 10))
        applied = work_days(talked, -rng.randint(2, 15))
        youngest = min(born[1], add_months(applied, -FOURTEEN))
        able = [
            p for p in county.current(org)
            if p.joined < applied and add_months(p.born, TWENTY_EIGHT) > meeting
        ]  # fmt: skip
        if youngest < born[0] or applied < org.founded or len(able) < 3:
            return []
        # The pair that has introduced fewest so far, so that nobody vouches for a whole class.
        pair = min(combinations(able, 2), key=lambda pair: (pairs[pair], rng.random()))
        pairs[pair] += 1
        person = new_person(county, org, some_day(rng, born[0], youngest), meeting)
        route = "推优入团" if org.entry else rng.choice(("积分入团", "评议入团"))
        hours, service = rng.randint(8, 14), rng.randint(20, 60)
        cases.append(
            Admission(person, applied, talked, activist, *shared, *pair, hours, service, route)
        )
    return cases if len({case.dates for case in cases}) == count else []


def build_admissions(county: County) -> None:
    """Admit as many people as the quota of the year allows, not too many in any week."""
    weeks: Counter[int] = Counter()
    for org, count in county.admitting.items():
        cases: list[Admission] = []
        for size in [count] if count < 4 else [count // 2, count - count // 2]:
            batch: list[Admission] = []
            while not batch:
                day = county.rng.choice(meeting_days(org))
                week = day.isocalendar().week
                crowded = weeks[week] + size > county.size.admissions // 15
                if not crowded and day not in [case.meeting for case in cases]:
                    batch = draw_batch(county, org, day, size, births(org, earlier=False), cases)
            weeks[week] += size
            cases += batch
        for case in cases:
            enlist(county, case.person)
        county.cases += cases
    vote(county, county.cases)


def build_quotas(county: County) -> None:
    """Share out the year's places: to committees, and from three of them on to branches."""
    start = county.sequence
    county.quotas.append(Quota(YEAR, county.orgs[0], county.size.admissions, start))
    for n, top in enumerate(county.orgs[0].children):
        admitting = [org for org in top.children if org in county.admitting]
        quota = Quota(YEAR, top, sum(county.admitting[org] for org in admitting), start)
        county.quotas.append(quota)
        start += quota.places
        split, end = {0: 1, 1: 1, len(TOWNS) * county.size.scale: 2}.get(n, 0), start
        for org in sorted(admitting, key=lambda org: -county.admitting[org])[:split]:
            end -= county.admitting[org]
            county.quotas.append(Quota(YEAR, org, county.admitting[org], end))


def by_joining(county: County) -> list[Person]:
    """All members, in the order in which they joined."""
    return sorted(county.people, key=lambda person: (person.joined, person.name))


def assign_numbers(county: County) -> None:
    """Give the numbers of earlier years by date, and those of the year from the blocks."""
    pools = {quota.org: quota.numbers for quota in county.quotas}
    for org, pool in pools.items():
        parts = {number for part in org.children for number in pools.get(part, [])}
        pool[:] = [number for number in pool if number not in parts]
    for case in sorted(county.cases, key=lambda case: (case.approved, case.person.name)):
        holder = next(org for org in case.person.org.upwards() if org in pools)
        case.person.number = pools[holder].pop(0)
    latest: dict[int, int] = {}
    for person in by_joining(county):
        year = person.joined.year
        if 2016 <= year < YEAR:
            start = county.sequence + 150 * (year - 2019)
            latest[year] = latest.get(year, start) + county.rng.choice((1, 1, 1, 2, 3))
            person.number = f"{year}65{latest[year]:06d}"
        if person.number and county.rng.random() < 0.1:
            person.form = "有"


def assign_certificates(county: County) -> None:
    """Give certificates: three digits for the committee, five in order of joining."""
    order = {top: n for n, top in enumerate(county.orgs[0].children, start=1)}
    issued: Counter[Org] = Counter()
    for person in by_joining(county):
        top = person.org.upwards()[-2]
        issued[top] += 1
        if person.joined.year > 2013 or county.rng.random() > 0.05:
            person.certificate = f"{order[top]:03d}{issued[top]:05d}"


def build_next_year(county: County) -> None:
    """Next year's plan, and the right candidates that schools propose under it."""
    start, tops = county.sequence + 3000, county.orgs[0].children
    schools = tops[len(TOWNS) * county.size.scale :][: len(SCHOOLS)]
    county.plan.append(Quota(YEAR + 1, county.orgs[0], county.size.next_quota, start))
    shares = zip([*schools, *tops[:2]], (20, 14, 8, 6, 0, 8, 5, 4), strict=True)
    for org, places in shares:
        if places:
            county.plan.append(Quota(YEAR + 1, org, places, start))
            start += places
    days = working_span(date(YEAR + 1, 4, 8), date(YEAR + 1, 6, 7))
    for school, pairs in zip(schools, (4, 3, 2, 1, 0, 2), strict=True):
        for org in [org for org in school.children if org.entry == YEAR - 1][:pairs]:
            junior = date(YEAR - 14, 6, 1), date(YEAR - 13, 3, 31)
            born = junior if org.sector == "初中" else births(org, earlier=False)
            batch: list[Admission] = []
            while not batch:
                batch = draw_batch(county, org, county.rng.choice(days), 2, born, [])
            county.candidates += batch
    vote(county, county.candidates)
