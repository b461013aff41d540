"""What must hold of the invented county, asserted whenever one is made."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from operator import attrgetter

from county.days import add_months, is_working, working_span
from county.entities import (
    CLOSING,
    FOURTEEN,
    OPENING,
    TWENTY_EIGHT,
    YEAR,
    Admission,
    County,
    Person,
)
from county.id_numbers import check_digit
from county.people import births


def check_case(county: County, case: Admission) -> None:
    """Assert the rules of one admission."""
    person, org, pair = case.person, case.person.org, case.introducers
    assert add_months(person.born, FOURTEEN) <= case.applied
    assert case.applied < add_months(person.born, TWENTY_EIGHT)
    assert case.applied >= org.founded
    assert len(case.dates) == 8
    assert all(a < b for a, b in pairwise(case.dates))
    assert all(map(is_working, case.dates))
    assert case.talked <= add_months(case.applied, 1)
    assert add_months(case.activist, 3) <= case.candidate
    assert len(working_span(case.notice_from, case.notice_to)) > 5
    assert (case.approved - case.meeting).days <= 30
    assert case.approved.year == case.meeting.year == person.joined.year
    assert 8 <= case.hours <= 14
    assert 20 <= case.service <= 60
    assert pair[0].name != pair[1].name
    assert all(p.org is org and p.joined < case.applied and not p.left for p in pair)
    assert 3 <= case.due == len(county.voters(org, case.meeting)) <= 50
    assert case.due / 2 < case.favour <= case.present <= case.due


def check_orgs(county: County) -> None:
    """Assert the tree and its counts."""
    sectors = Counter(org.sector for org in county.orgs)
    assert sectors["农村"] == county.size.villages
    assert sectors["城市社区"] == county.size.communities
    assert len(county.orgs) == county.size.organizations
    assert len({org.code for org in county.orgs}) == len(county.orgs)
    assert len({org.name for org in county.orgs}) == len(county.orgs)
    for org in county.branches():
        people = county.current(org)
        assert 3 <= len(people) <= 50
        assert not org.children
        assert sum(p.joined <= OPENING for p in people) >= 2
        assert len({p.name for p in county.by_branch[org]}) == len(county.by_branch[org])
        if org.entry == YEAR - 2:
            assert len(people) <= (13 if org.sector == "初中" else 27)


def check_people(county: County) -> None:
    """Assert ages, numbers and counts of the members."""
    size, people = county.size, county.people
    leavers = Counter(p.reason for p in people if p.left)
    assert len(people) - leavers.total() == size.members
    assert [*leavers.values()] == [size.overage, size.graduates, size.withdrawn]
    everyone = people + [case.person for case in county.candidates]
    for get in map(attrgetter, ("id_number", "number", "certificate", "phone")):
        values = [get(p) for p in everyone if get(p)]
        assert len(set(values)) == len(values)
    for p in people:
        assert p.org.is_branch
        assert check_digit(p.id_number[:17]) == p.id_number[17]
        assert add_months(p.born, FOURTEEN + 3) <= p.joined
        assert p.number[:6] == (f"{p.joined.year}65" if p.joined.year > 2015 else "")
        if p.left:
            assert p.joined <= OPENING < p.left <= CLOSING
            assert (p.reason == "超龄离团") == (add_months(p.born, TWENTY_EIGHT) <= p.left)
        else:
            assert add_months(p.born, TWENTY_EIGHT) > CLOSING
            low, high = births(p.org, earlier=True)[0], births(p.org, earlier=False)[1]
            assert low <= p.born <= high


def check_admissions(county: County) -> None:
    """Assert the cases of the year, their spread over it and their blocks."""
    total, cases = county.size.admissions, county.cases
    assert {id(case.person) for case in cases} == {
        id(p) for p in county.people if p.joined > OPENING and not p.left
    }
    for case in cases:
        check_case(county, case)
        assert case.person.certificate
        assert case.person.joined == case.meeting <= date(YEAR, 12, 15)
    school = sum(case.person.org.domain == "学校" for case in cases)
    assert (len(cases), school) == (total, county.size.school_admissions)
    assert len({(case.person.org, case.dates) for case in cases}) == total
    assert max(Counter((case.person.org, case.meeting) for case in cases).values()) <= 6
    assert max(Counter(case.introducers for case in cases).values()) <= 3
    assert max(Counter(c.meeting.isocalendar().week for c in cases).values()) <= total / 10
    assert sum(case.meeting.month == 12 for case in cases) <= total * 0.15
    for quota in county.quotas:  # every number is used, by the people it was given to
        used = {case.person.number for case in cases if quota.org in case.person.org.upwards()}
        assert used == set(quota.numbers)


def check_next_year(county: County) -> None:
    """Assert that the candidates are in order and fit into the plan."""
    assert sum(quota.places for quota in county.plan[1:]) < county.plan[0].places
    wanted = Counter(case.approver for case in county.candidates)
    assert wanted.total() == 24
    places = {quota.org: quota.places for quota in county.plan}
    assert all(count <= places[org] for org, count in wanted.items())
    for case in county.candidates:
        check_case(county, case)


def check_posts(county: County) -> None:
    """Assert that every seat is held by one who may, and that cadres were trained."""
    held = [post for post in county.posts if not post.until]
    seats = Counter(post.org for post in held)
    assert seats == {org: org.seats for org in county.orgs}
    assert all(
        sum(p.org is org and p.title == "书记" for p in held) == 1 for org in county.orgs[:9]
    )
    assert len({(p.org, p.title, p.person.name, p.since) for p in county.posts}) == len(
        county.posts
    )
    assert all(post.org.founded <= post.since <= CLOSING for post in county.posts)
    assert all(org.elected and org.founded <= org.elected <= CLOSING for org in county.orgs)
    assert sum(post.basis == "挂职" for post in held) == 2
    for post in held:  # whoever is in post in a village or community was so all the year
        assert post.org.domain == "学校" or post.since <= date(YEAR, 1, 31)
    people: defaultdict[str, set[Person]] = defaultdict(set)
    for trainee in county.trainees:
        people[trainee.category].add(trainee.person)
    assert len(people["岗位大练兵"]) == county.size.drill
    assert len(people["基础团务培训"] | people["青马工程"]) == county.size.trained


def check_year(county: County) -> None:
    """Assert the counts of activities and that surveys keep their caps."""
    size, kinds = county.size, Counter(activity.category for activity in county.activities)
    apart = (
        "座谈会",
        "青年讲师团宣讲",
        "二十大精神宣讲",
        "青年大学习",
        "红领巾爱学习",
        "青年工作联席会",
    )
    assert kinds.total() - sum(kinds[kind] for kind in apart) == size.activities
    assert (kinds["座谈会"], kinds["青年讲师团宣讲"]) == (size.seminars, size.youth_lectures)
    assert kinds["二十大精神宣讲"] == size.congress_lectures
    held = [(activity.name, activity.day, activity.org) for activity in county.activities]
    assert len({*held}) == len(held)
    come: Counter[str] = Counter()
    for activity in county.activities:
        come[activity.category] += activity.attendances
        assert activity.org.founded <= activity.day
    assert come["座谈会"] == size.seminar_attendances
    assert come["青年大学习"] + come["红领巾爱学习"] == size.online
    caps = {"初中毕业班": 3, "高中毕业班": 6}
    for survey in county.surveys:
        assert survey.members * 10 <= caps.get(survey.stage, 10) * (survey.students or survey.youth)
    assert sum(survey.members for survey in county.surveys) == size.members


def validate(county: County) -> None:
    """Assert everything that the documentation says of the sample."""
    check_posts(county)
    check_year(county)
    check_orgs(county)
    check_people(county)
    check_admissions(county)
    check_next_year(county)
