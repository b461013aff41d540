"""What must be kept up as time goes by: memberships, branches, posts, papers, numbers.

These rules judge the registry as of a day (``registry.as_of``), by default the last day on which
anything in it is dated: a registry that was kept until last year is not at fault for what came
after. What falls due from now on is a different question.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from leaguectl.findings import Level, Rate
from leaguectl.model import (
    BRANCH_TYPES,
    FILE_PAPERS,
    Activity,
    Membership,
    Organization,
    PaperState,
    Participant,
    Post,
    Registration,
    Review,
    Snapshot,
)
from leaguectl.model.chain import ASKED_SINCE, numbered_since
from leaguectl.model.days import Day, as_known, term_ends
from leaguectl.model.periods import MEMBERSHIP, exists_on, is_held_on, is_member_on
from leaguectl.rules.membership_terms import AgeTerms, should_have_left, too_young_to_leave
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, organization_name, person_name, rule
from leaguectl.rules.standing import broken_links

_BRANCH = "支部工作条例第四条"


@rule("one-home", scope="person", source="团员必须编入团的一个支部")
def one_home(snapshot: Snapshot, policy: Policy) -> Violations:
    """A member belongs to one organisation at a time.
    团员同一时间只编在一个团组织。"""
    by_person: dict[int, list[Membership]] = defaultdict(list)
    for membership in snapshot.memberships.values():
        by_person[membership.person].append(membership)
    for person, memberships in by_person.items():
        memberships.sort(key=lambda membership: (membership.begun or date.min, membership.id))
        for earlier, later in pairwise(memberships):
            begun = later.begun or date.min
            if not MEMBERSHIP.of(earlier).is_over(begun):
                first = organization_name(snapshot, earlier.organization)
                second = organization_name(snapshot, later.organization)
                facts = {"first": first, "second": second, "day": begun}
                yield person_name(snapshot, person), facts


@rule(
    "branch-size",
    scope="whole",
    source=_BRANCH,
    level=Level.WARNING,
    numbers=("organization.minimum_members", "organization.maximum_members"),
)
def branch_size(snapshot: Snapshot, policy: Policy) -> Violations:
    """A branch has at least three members and at most fifty.
    团支部的团员不少于三人，不多于五十人。"""
    if (day := snapshot.as_of) is None:
        return
    limits = policy.organization_on(day)
    heads, voters = _heads(snapshot, day), _voters(snapshot)
    for branch in snapshot.organizations.values():
        if branch.type not in BRANCH_TYPES or not exists_on(branch, day):
            continue
        members = heads[branch.code]
        few = 0 < members < limits.minimum_members  # another rule reports empty branches
        if few and voters[branch.code] > snapshot.member_counts[branch.code]:
            continue  # more people voted than are known here, so members cannot be counted
        if few or members > limits.maximum_members:
            least, most = limits.minimum_members, limits.maximum_members
            yield branch.name, {"members": members, "day": day, "least": least, "most": most}


@rule("branch-emptied", scope="whole", source="空心团支部", level=Level.WARNING)
def branch_emptied(snapshot: Snapshot, policy: Policy) -> Violations:
    """A branch whose members have all left is dissolved.
    团员全部离开的团支部应予撤销。"""
    if (day := snapshot.as_of) is None:
        return
    heads, known = _heads(snapshot, day), Counter[str]()
    for home in snapshot.memberships.values():
        known[home.organization] += home.begun is None or home.begun <= day
    for branch in snapshot.organizations.values():
        if branch.type not in BRANCH_TYPES or not exists_on(branch, day):
            continue
        # A branch without any member known here may have them on another list.
        if (had := known[branch.code]) and not heads[branch.code]:
            yield branch.name, {"had": had, "day": day}


@rule(
    "term-over",
    scope="whole",
    source="团章: 任期",
    level=Level.WARNING,
    numbers=("organization.term_years", "organization.student_term_years"),
)
def term_over(snapshot: Snapshot, policy: Policy) -> Violations:
    """An organisation with a recorded election elects again before its term is over.
    有换届记录的组织在任期届满前换届。"""
    if (day := snapshot.as_of) is None:
        return
    limits = policy.organization_on(day)
    for organization in snapshot.organizations.values():
        if organization.elected is None or not exists_on(organization, day):
            continue
        years = limits.term_years.get(organization.type)  # type: ignore[call-overload]
        if organization.type in BRANCH_TYPES and snapshot.domain(organization.code) == "school":
            years = limits.student_term_years
        elected = Day(organization.elected, organization.elected_precision)
        if years is not None and (ended := term_ends(elected, years)) < day:
            facts = {"elected": as_known(*elected), "years": years, "ended": ended}
            yield organization.name, facts


@rule("secretary-missing", scope="whole", source="无团干团支部", level=Level.WARNING)
def secretary_missing(snapshot: Snapshot, policy: Policy) -> Violations:
    """An organisation with recorded posts has a secretary.
    有任职记录的组织有书记。"""
    if (day := snapshot.as_of) is None:
        return
    posts_of: dict[str, list[Post]] = defaultdict(list)
    for post in snapshot.all(Post):
        posts_of[post.organization].append(post)
    for code, posts in posts_of.items():
        organization = snapshot.organizations.get(code)
        if organization is None or not exists_on(organization, day):
            continue
        if organization.secretary_seats == 0:
            continue
        if not any(post.title == "secretary" and is_held_on(post, day) for post in posts):
            yield organization.name, {"day": day}


@rule("attendances-fewer", scope="whole", source="主题团日活动记录: 参与人数", level=Level.WARNING)
def attendances_fewer(snapshot: Snapshot, policy: Policy) -> Violations:
    """At least as many people came to an activity as are listed by name.
    活动的参与人次不少于参加人员名单上的人数。"""
    listed = Counter(participant.activity for participant in snapshot.all(Participant))
    for key, count in listed.items():
        activity = snapshot.find(Activity, key)
        if activity is not None and (facts := people_over(activity, count)):
            yield activity.name, facts


def people_over(activity: Activity, listed: int) -> dict[str, Any] | None:
    """What is wrong where more people are listed than came; None where nothing is."""
    if activity.attendances is None or listed <= activity.attendances:
        return None
    return {name: getattr(activity, name) for name in ("name", "day", "attendances")}


@rule("seats-exceeded", scope="whole", source="书记应配、班子应配", level=Level.WARNING)
def seats_exceeded(snapshot: Snapshot, policy: Policy) -> Violations:
    """Not more secretaries and committee members are in post than there are seats.
    在任的书记、委员不多于编制数。"""
    if (day := snapshot.as_of) is None:
        return
    held: dict[str, list[Post]] = defaultdict(list)
    for post in snapshot.all(Post):
        if is_held_on(post, day):
            held[post.organization].append(post)
    for code, posts in held.items():
        organization = snapshot.organizations.get(code)
        if organization is not None:
            for facts in seats_over(organization, posts):
                yield organization.name, facts


def seats_over(organization: Organization, held: Sequence[Post]) -> Iterator[dict[str, Any]]:
    """Of the secretary's and the committee's seats, those that are fewer than the posts which are
    held at a time."""
    titles = [post.title for post in held if post.title != "other"]
    for field, count in (
        ("secretary_seats", titles.count("secretary")),
        ("committee_seats", len(titles)),
    ):
        seats = getattr(organization, field)
        if seats is not None and count > seats:
            yield {"of": field, "held": count, "seats": seats}


@rule("post-unknown", scope="person", source="团内职务", level=Level.WARNING)
def post_unknown(snapshot: Snapshot, policy: Policy) -> Violations:
    """A post is one that the League has, by the list of the policy.
    团内职务是规则文件所列的职务。"""
    for post in snapshot.all(Post):
        if policy.title_of(post.said) is None:
            near = policy.near_posts(post.said)
            yield post.name, {"post": post.said, "near": near}


@rule("post-holder-left", scope="person", source="团干部应是团员或党员", level=Level.WARNING)
def post_holder_left(snapshot: Snapshot, policy: Policy) -> Violations:
    """A person who leaves the League or the county while holding a post is removed from it.
    任职期间离团或转出的，职务应予免去。"""
    if (day := snapshot.as_of) is None:
        return
    for post in snapshot.all(Post):
        if post.person is None or not is_held_on(post, day):
            continue
        # Officials who hold a post need not be members; only former members can have left.
        ends = [membership.left for membership in snapshot.memberships_of(post.person)]
        lefts = [left for left in ends if left is not None and left <= day]
        if lefts and len(lefts) == len(ends) and max(lefts) > post.since:
            home = organization_name(snapshot, post.organization)
            yield post.name, {"organization": home, "post": post.said, "left": max(lefts)}


@rule("post-organization-closed", scope="person", source="团的组织撤销，其任职同时终止")
def post_organization_closed(snapshot: Snapshot, policy: Policy) -> Violations:
    """A post ends with its organisation at the latest.
    任职最迟与所在团组织同时终止。"""
    for post in snapshot.all(Post):
        home = snapshot.organizations.get(post.organization)
        if home is None or home.dissolved is None:
            continue
        # A term that was to begin later ends on its first day: it never began.
        is_over = post.until is not None and post.until <= max(home.dissolved, post.since)
        if not is_over:
            facts = {"organization": home.name, "post": post.said, "dissolved": home.dissolved}
            yield post.name, facts


@rule(
    "not-of-age",
    scope="person",
    source="团章第六条",
    level=Level.WARNING,
    numbers=("leaving.age",),
)
def not_of_age(snapshot: Snapshot, policy: Policy) -> Violations:
    """Whoever left by age had reached that age.
    超龄离团的，离团时已到离团年龄。"""
    for membership in snapshot.memberships.values():
        person, day = snapshot.persons.get(membership.person), membership.left
        if membership.leaving_reason != "age" or person is None or day is None:
            continue
        if (young := too_young_to_leave(person, day, policy)) is not None:
            yield person.name, young


@rule(
    "over-age",
    scope="person",
    source="团章: 超龄离团",
    level=Level.WARNING,
    numbers=("leaving.age", "leaving.months", "leaving.party_members_stay"),
)
def over_age(snapshot: Snapshot, policy: Policy) -> Violations:
    """A member without a post leaves after the twenty-eighth birthday; for Party members the policy
    decides.
    没有担任团内职务的团员满二十八周岁后离团；党员是否保留团籍依本县规定。"""
    if (day := snapshot.as_of) is None:
        return
    terms = AgeTerms.on(policy, day)
    for membership in snapshot.memberships.values():
        person = snapshot.persons.get(membership.person)
        # Digits first: nearly everybody is younger and needs no closer look.
        if person is None or not terms.is_of_age(person, day):
            continue
        if not is_member_on(membership, day) or not person.is_dated:
            continue  # another rule reports an ID number without a date
        if (turned := should_have_left(snapshot, policy, person, day)) is not None:
            home = organization_name(snapshot, membership.organization)
            facts = {"age": terms.age, "turned": turned, "organization": home}
            yield person.name, facts


@rule(
    "form-unfiled",
    scope="person",
    source="五个阶段十五个步骤",
    level=Level.WARNING,
    numbers=("form.kept", "form.days"),
)
def form_unfiled(snapshot: Snapshot, policy: Policy) -> Violations:
    """The scan of a form is filed within thirty days of the approval, once scans are received.
    已开始登记扫描件的（或规则文件要求的），志愿书在审批后三十天内归档。"""
    if (day := snapshot.as_of) is None:
        return
    any_received = any(form.received is not None for form in snapshot.forms.values())
    for admission in snapshot.admissions.values():
        limits = policy.form_on(admission.approved)
        form = snapshot.forms.get(admission.form)
        if not limits.are_due(any_received=any_received) or form is None:
            continue
        until = admission.approved + timedelta(days=limits.days)
        # Where scans were first received on some day, earlier forms could not be in time.
        filed = form.received if limits.kept is True else form.received and until
        if (filed or day) > until:
            subject = f"{person_name(snapshot, admission.person)} {admission.number}"
            yield subject, {"form": admission.form, "approved": admission.approved, "until": until}


@rule(
    "archive-incomplete",
    scope="person",
    source="一人一号一书一证；团员档案: 登记表自2022年起",
    level=Level.WARNING,
)
def archive_incomplete(snapshot: Snapshot, policy: Policy) -> Violations:
    """A member has the number, form and certificate that the year of joining requires, and every
    paper of the file that was checked.
    团员有其入团年份应有的编号、志愿书和团员证，清点过的档案材料齐全。"""
    if (day := snapshot.as_of) is None or not _knows_papers(snapshot):
        return
    for membership in members_on(snapshot, day):
        admission = snapshot.admission(membership.person)
        if admission is not None and broken_links(admission, snapshot):
            continue  # the rule of the chain reports them
        missing = missing_papers(membership, snapshot)
        if missing and missing != ["number"]:  # another rule reports a missing number
            home = organization_name(snapshot, membership.organization)
            subject = person_name(snapshot, membership.person)
            yield subject, {"organization": home, "missing": missing}


def missing_papers(membership: Membership, snapshot: Snapshot) -> list[str]:
    """What is missing in a member's chain, as the figure ``archive.complete_rate`` counts it: the
    number, form and certificate required for the year of joining, and each paper that is recorded
    as missing (登记表 only since it exists)."""
    person, joined = membership.person, membership.joined or date.min
    serials = {
        "number": snapshot.number_of(person),
        "form": snapshot.form_of(person),
        "certificate": snapshot.certificate_of(person),
    }
    since = {"number": numbered_since(snapshot.settings.get("province")), **ASKED_SINCE}
    missing = []
    for paper in dict.fromkeys(("number", "form", "certificate", *FILE_PAPERS)):
        state = snapshot.paper_state(person, paper)
        is_asked = joined >= since.get(paper, date.max)
        is_said = state not in (None, "on hand") and (is_asked or paper != "registration form")
        is_unknown = paper in serials and is_asked and state is None
        if serials.get(paper) is None and (is_said or is_unknown):
            missing.append(paper)
    return missing


def _knows_papers(snapshot: Snapshot) -> bool:
    """Whether any paper of anybody is recorded: a registry without papers lacks none."""
    return bool(snapshot.forms or snapshot.certificates or snapshot.all(PaperState))


@rule("certificate-early", scope="person", source="团县委批准后发团员证", level=Level.WARNING)
def certificate_early(snapshot: Snapshot, policy: Policy) -> Violations:
    """A certificate is issued after the admission was approved.
    团员证在审批之后颁发。"""
    for admission in snapshot.admissions.values():
        certificate = snapshot.certificates.get(admission.certificate or "")
        if certificate is None or certificate.issued is None or certificate.replaces:
            continue  # a replacement has a later day
        issued = Day(certificate.issued, certificate.issued_precision)
        if issued.last < admission.approved:
            facts = {"certificate": certificate.serial, "issued": issued.known}
            yield person_name(snapshot, admission.person), {**facts, "approved": admission.approved}


@rule("certificate-not-returned", scope="person", source="团员证管理暂行条例", level=Level.WARNING)
def certificate_kept(snapshot: Snapshot, policy: Policy) -> Violations:
    """A member who was removed or expelled gives the certificate back.
    除名或开除团籍的，收回团员证。"""
    for membership in snapshot.memberships.values():
        if membership.leaving_reason not in ("removed", "expelled") or membership.left is None:
            continue
        latest = snapshot.membership(membership.person)
        serial = snapshot.certificate_of(membership.person)
        # Members who were restored since keep it.
        if serial is not None and latest is not None and latest.left is not None:
            facts = {"certificate": serial, "left": membership.left}
            yield person_name(snapshot, membership.person), facts


@rule("paper-has-serial", scope="person", source="一人一号一书一证")
def paper_has_serial(snapshot: Snapshot, policy: Policy) -> Violations:
    """A form or certificate whose serial is recorded as valid is not said to be lost or absent.
    志愿书、团员证有有效编号的，不另记为遗失、没有。"""
    serials = {"form": snapshot.form_of, "certificate": snapshot.certificate_of}
    for marked in snapshot.all(PaperState):
        serial = serials[marked.paper](marked.person) if marked.paper in serials else None
        if serial is not None:
            facts = {"serial": serial, "state": marked.state}
            yield person_name(snapshot, marked.person), facts


@rule(
    "numbers-unused",
    scope="whole",
    source="编号使用率须达100%",
    level=Level.WARNING,
    numbers=("quota.unused_days",),
)
def numbers_unused(snapshot: Snapshot, policy: Policy) -> Violations:
    """The numbers of a year are used or void before it ends, since they are not carried over.
    当年编号在年底前使用或作废，不结转下年。"""
    if (day := snapshot.as_of) is None:
        return
    for quota in snapshot.quotas.values():
        ends = date(quota.year, 12, 31)
        warned = ends - timedelta(days=policy.quota_on(ends).unused_days)
        free = snapshot.number_counts[quota.id]["free"]
        if free and day > warned:
            subject = f"{organization_name(snapshot, quota.organization)} {quota.year}"
            yield subject, {"free": free, "year": quota.year, "ends": ends}


@rule(
    "excellent-share",
    scope="whole",
    source="三会两制一课实施细则",
    level=Level.WARNING,
    numbers=("member.excellent_share",),
)
def excellent_share(snapshot: Snapshot, policy: Policy) -> Violations:
    """At most thirty per cent of a branch's graded members are excellent in a year.
    一个支部一年评为优秀的团员不超过参评的百分之三十。"""
    graded: dict[tuple[str, int], Counter[bool]] = defaultdict(Counter)
    for registration in snapshot.all(Registration):
        membership = snapshot.membership(registration.person)
        if registration.grade is not None and membership is not None:
            branch_year = membership.organization, registration.year
            graded[branch_year][registration.grade == "excellent"] += 1
    for (code, year), counted in graded.items():
        limit = policy.member_on(date(year, 12, 31)).excellent_share
        everybody = counted.total()
        # One excellent member in a branch of three is more than thirty per cent, but allowed.
        if counted[True] > max(1, int(limit * everybody)):
            facts = {"excellent": counted[True], "graded": everybody, "limit": Rate(limit)}
            yield organization_name(snapshot, code), {**facts, "year": year}


@rule(
    "review-share",
    scope="whole",
    source="团组字〔2021〕1号及各地办法",
    level=Level.WARNING,
    numbers=("rating.review_share",),
)
def review_share(snapshot: Snapshot, policy: Policy) -> Violations:
    """At most thirty per cent of the secretaries reviewed in a year are excellent.
    一年述职评议为优秀的书记不超过参评的百分之三十。"""
    graded: dict[int, Counter[bool]] = defaultdict(Counter)
    for review in snapshot.all(Review):
        graded[review.year][review.grade == "excellent"] += 1
    for year, counted in graded.items():
        limit = policy.rating_on(date(year, 12, 31)).review_share
        if counted[True] > max(1, int(limit * counted.total())):
            facts = {"excellent": counted[True], "graded": counted.total(), "limit": Rate(limit)}
            yield str(year), {**facts, "year": year}


def members_on(snapshot: Snapshot, day: date) -> Iterator[Membership]:
    """The memberships of that day."""
    memberships = snapshot.memberships.values()
    return (membership for membership in memberships if is_member_on(membership, day))


def _heads(snapshot: Snapshot, day: date) -> Counter[str]:
    return Counter(membership.organization for membership in members_on(snapshot, day))


def _voters(snapshot: Snapshot) -> dict[str, int]:
    """The greatest number of members ever due at a meeting of each branch."""
    most: dict[str, int] = defaultdict(int)
    for admission in snapshot.admissions.values():
        most[admission.organization] = max(most[admission.organization], admission.due)
    return most
