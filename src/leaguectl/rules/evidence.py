"""Ratios, and evidence of mass and sudden admission (全员入团, 突击发展).

Both are forbidden, but no document gives a limit. So these rules only give figures to look at,
never a verdict; a county sets its own numbers in the policy.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from leaguectl.findings import Level, Rate
from leaguectl.model import BRANCH_TYPES, Admission, Snapshot, Survey
from leaguectl.model.stages import surveyed_members
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Facts, Violations, organization_name, rule
from leaguectl.rules.upkeep import members_on

_SUDDEN = "坚持成熟一个、发展一个，禁止突击发展"


@rule(
    "ratio-capped",
    scope="whole",
    source="中学共青团改革实施方案 (2016); 优化团学比例、团青比例",
    level=Level.WARNING,
    numbers=(
        "ratio.junior_graduating",
        "ratio.senior_graduating",
        "ratio.junior_middle",
        "ratio.senior_middle",
        "ratio.vocational",
        "ratio.youth",
    ),
)
def ratio_capped(snapshot: Snapshot, policy: Policy) -> Violations:
    """Members are at most thirty per cent of the students of a junior graduating class and sixty
    of a senior one, and of any other stage as the policy caps it.
    毕业班团员比例：初中不超过百分之三十，高中阶段不超过百分之六十；其他学段按规定。"""
    for survey, members in _surveyed(snapshot):
        limit = policy.ratio_on(date(survey.year, 12, 31)).cap(survey.stage)
        people = survey.youth if survey.stage == "youth" else survey.students
        if limit is not None and people and members > limit * people:
            yield _survey_name(snapshot, survey), _share(survey, members, people, limit)


@rule("survey-members-differ", scope="whole", source="学校数据须校验", level=Level.WARNING)
def survey_members_differ(snapshot: Snapshot, policy: Policy) -> Violations:
    """A survey reports as many members as the registry has at the end of its year.
    摸底表所报团员数与登记库年末的团员数一致。"""
    for survey, members in _surveyed(snapshot):
        if survey.members is not None and survey.members != members:
            facts = {"year": survey.year, "stage": survey.stage, "reported": survey.members}
            yield _survey_name(snapshot, survey), facts | {"members": members}


@rule(
    "near-all",
    scope="whole",
    source="坚决杜绝全员入团",
    level=Level.WARNING,
    numbers=("evidence.near_all", "evidence.least_students"),
)
def near_all(snapshot: Snapshot, policy: Policy) -> Violations:
    """Not nearly all students of a class or school are members; evidence, not a verdict.
    一个班或学校的学生不应几乎全是团员；只是线索，不是结论。"""
    for survey, members in _surveyed(snapshot):
        limits = policy.evidence_on(date(survey.year, 12, 31))
        # A high share of few people means nothing, and young people outside school form no class.
        if survey.stage == "youth" or (survey.students or 0) < limits.least_students:
            continue
        students = survey.students or 0
        if members >= limits.near_all * students:
            yield _survey_name(snapshot, survey), _share(survey, members, students, limits.near_all)


@rule(
    "meeting-crowded",
    scope="whole",
    source=_SUDDEN,
    level=Level.WARNING,
    numbers=("evidence.meeting_most",),
)
def meeting_crowded(snapshot: Snapshot, policy: Policy) -> Violations:
    """A branch does not admit a crowd on one day; evidence, not a verdict.
    一个支部不在一天发展一大批团员；只是线索，不是结论。"""
    admissions = snapshot.admissions.values()
    counts = Counter((admission.organization, admission.meeting) for admission in admissions)
    for (code, day), count in counts.items():
        most = policy.evidence_on(day).meeting_most
        if count > most:
            yield organization_name(snapshot, code), {"count": count, "day": day, "most": most}


@rule(
    "same-dates",
    scope="whole",
    source=_SUDDEN,
    level=Level.WARNING,
    numbers=("evidence.same_dates",),
)
def same_dates(snapshot: Snapshot, policy: Policy) -> Violations:
    """Not many people apply, become activists and are admitted on the same three days; evidence,
    not a verdict.
    不应有许多人在相同的日期申请、确定为积极分子并入团；只是线索，不是结论。"""
    by_dates: dict[tuple[date, date, date], list[Admission]] = defaultdict(list)
    for admission in snapshot.admissions.values():
        by_dates[admission.applied, admission.activist, admission.meeting].append(admission)
    for (applied, activist, meeting), admissions in by_dates.items():
        if len(admissions) >= policy.evidence_on(meeting).same_dates:
            homes = {admission.organization for admission in admissions}
            names = sorted(organization_name(snapshot, code) for code in homes)
            facts = {"applied": applied, "activist": activist, "meeting": meeting}
            yield ", ".join(names), {**facts, "count": len(admissions)}


@rule(
    "same-votes",
    scope="whole",
    source="必须逐个讨论和表决",
    level=Level.WARNING,
    numbers=("evidence.same_votes",),
)
def same_votes(snapshot: Snapshot, policy: Policy) -> Violations:
    """Candidates are discussed and voted for one by one, so the votes of many at one meeting are
    not all counted alike; evidence, not a verdict.
    发展对象须逐个讨论和表决，同一大会上多人的票数不应全部相同；只是线索，不是结论。"""
    votes_at: dict[tuple[str, date], list[tuple[int, int, int]]] = defaultdict(list)
    for admission in snapshot.admissions.values():
        votes = admission.due, admission.present, admission.in_favour
        votes_at[admission.organization, admission.meeting].append(votes)
    for (code, day), counted in votes_at.items():
        if len({*counted}) == 1 and len(counted) >= policy.evidence_on(day).same_votes:
            due, present, in_favour = counted[0]
            facts = {"due": due, "present": present, "in_favour": in_favour}
            name = organization_name(snapshot, code)
            yield name, {"count": len(counted), "day": day, **facts}


@rule(
    "admissions-bunched",
    scope="whole",
    source=_SUDDEN,
    level=Level.WARNING,
    numbers=(
        "evidence.day_share",
        "evidence.week_share",
        "evidence.month_share",
        "evidence.least_admissions",
    ),
)
def admissions_bunched(snapshot: Snapshot, policy: Policy) -> Violations:
    """The admissions of a year do not crowd into one day, week or month; evidence, not a
    verdict.
    一年的发展不集中在一天、一周或一月；只是线索，不是结论。"""
    for code, year, admissions in _by_year(snapshot):
        limits = policy.evidence_on(date(year, 12, 31))
        if len(admissions) < limits.least_admissions:
            continue
        days = [admission.meeting for admission in admissions]
        spans = {
            "one day": (limits.day_share, Counter(days)),
            "one week": (limits.week_share, Counter(map(_monday, days))),
            "one month": (limits.month_share, Counter(day.replace(day=1) for day in days)),
        }
        for span, (limit, counts) in spans.items():
            first, most = counts.most_common(1)[0]
            if most >= limit * len(days):
                share = _rounded(most, len(days))
                facts = {"span": span, "first": first, "count": most, "share": share}
                name = f"{organization_name(snapshot, code)} {year}"
                yield name, {**facts, "all": len(days)}
                break  # the shortest span says the most


@rule(
    "numbers-rushed",
    scope="whole",
    source=_SUDDEN,
    level=Level.WARNING,
    numbers=("evidence.rush_days", "evidence.rush_share", "evidence.least_admissions"),
)
def numbers_rushed(snapshot: Snapshot, policy: Policy) -> Violations:
    """The numbers of a year are not used up in its last weeks; evidence, not a verdict.
    当年的编号不在年末几周突击用完；只是线索，不是结论。"""
    for code, year, admissions in _by_year(snapshot):
        ends, count = date(year, 12, 31), len(admissions)
        limits = policy.evidence_on(ends)
        since = ends - timedelta(days=limits.rush_days - 1)
        late = sum(admission.approved >= since for admission in admissions)
        if count >= limits.least_admissions and late >= limits.rush_share * count:
            facts = {"count": late, "since": since, "all": count, "share": _rounded(late, count)}
            yield f"{organization_name(snapshot, code)} {year}", facts


def _by_year(snapshot: Snapshot) -> Iterator[tuple[str, int, list[Admission]]]:
    """The admissions of each year below each organisation above the branches, where several
    organisations below it have some; where a single one has them all, only that one is judged."""
    by_organization: dict[tuple[str, int], list[Admission]] = defaultdict(list)
    by_branch: dict[tuple[str, date], list[Admission]] = defaultdict(list)
    for admission in snapshot.admissions.values():
        by_branch[admission.organization, admission.meeting].append(admission)
    for (branch, day), admitted in by_branch.items():
        for up in snapshot.upward(branch, day):
            if up.type not in BRANCH_TYPES:
                by_organization[up.code, day.year] += admitted
    # Where a committee has the same admissions as a single organisation below it, a finding about
    # both would repeat itself; the lower one is closer to what happened.
    same_as_below = {
        (above, year)
        for (code, year), admitted in by_organization.items()
        if (above := snapshot.parent_on(code, date(year, 12, 31))) is not None
        and len(admitted) == len(by_organization.get((above, year), ()))
    }
    for (code, year), admitted in by_organization.items():
        if (code, year) not in same_as_below:
            yield code, year, admitted


def _surveyed(snapshot: Snapshot) -> Iterator[tuple[Survey, int]]:
    """Each survey with the members of its stage, counted from the rows at the end of its year."""
    by_year: dict[int, list[Survey]] = defaultdict(list)
    for survey in snapshot.all(Survey):
        by_year[survey.year].append(survey)
    for year, surveys in by_year.items():
        day = date(year, 12, 31)
        own = Counter(membership.organization for membership in members_on(snapshot, day))
        pairs = {(survey.organization, survey.stage) for survey in surveys}
        counted = surveyed_members(own, partial(snapshot.upward, day=day), pairs)
        for survey in surveys:
            yield survey, counted[survey.organization, survey.stage]


def _share(survey: Survey, members: int, people: int, limit: Decimal) -> Facts:
    return {
        "year": survey.year,
        "stage": survey.stage,
        "members": members,
        "people": people,
        "share": _rounded(members, people),
        "limit": Rate(limit),
    }


def _rounded(part: int, whole: int) -> Rate:
    """A share to four places, as figures and lists have it."""
    return Rate((Decimal(part) / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _survey_name(snapshot: Snapshot, survey: Survey) -> str:
    return f"{organization_name(snapshot, survey.organization)} {survey.year}"
