"""Cadres: a row is a post that somebody holds or held, from one day to another."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from leaguectl.findings import Level
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.kinds.cells import AnyDay, Day, IdNumber, Phone, Text
from leaguectl.kinds.choices import Choice, label
from leaguectl.kinds.kind import (
    ALWAYS,
    Kind,
    Lifetime,
    line_values,
    touch_organizations_and_people,
    values_of,
)
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.person_records import Holder, named_person, person_said, shown_name
from leaguectl.kinds.reviews import put_reviewed
from leaguectl.model import (
    NOT_YET,
    Organization,
    Person,
    Post,
    Review,
    Snapshot,
    ask,
    if_known,
    is_known,
)
from leaguectl.model.days import last_of_month
from leaguectl.model.league import BRANCH_TYPES
from leaguectl.model.periods import ORGANIZATION, POST, is_held_on
from leaguectl.names import fold_name
from leaguectl.rules.upkeep import seats_over

BASES = {
    "full-time": ("专职", "专职团干部"),
    "part-time": ("兼职", "兼职团干部"),
    "seconded": ("挂职", "挂职团干部"),
}
SECONDED = BASES["seconded"][0]
"""The word in the name of a post that is held by secondment, whether or not there is a column for
it."""
DUTIES = {
    "on": ("是", "在岗", "在职", "yes", "√"),
    "off": ("否", "不在岗", "离岗", "no", "×"),
}

_TERM = frozenset({"name", "since", "since_precision"})
"""The fields that identify a term of a post, which no cell can contradict."""

VOLUNTEER = "western plan"
"""How the source of a volunteer of the 西部计划 is stored, whatever words the sheet has for it; any
other source is stored as it is written."""


def post(value: Any) -> str:
    """A post in the sheet's own words; the policy says which of ours it is."""
    return label(value).replace(" ", "")


def source(value: Any) -> str:
    """Where a cadre came from."""
    words = label(value)
    return VOLUNTEER if "西部计划" in words or words.casefold() == VOLUNTEER else words


PostText = Annotated[str, BeforeValidator(post)]
Basis = Annotated[str, BeforeValidator(Choice(BASES))]
Source = Annotated[str, BeforeValidator(source)]
Duty = Annotated[str, BeforeValidator(Choice(DUTIES))]


class CadreLine(Line):
    """A post that somebody holds or held."""

    kind = "cadres"
    keys: ClassVar = frozenset({"name", "id_number"})
    stored_as: ClassVar = {Post: {"post": "said"}}
    name: Holder = required("姓名 | name | 团干部姓名 | 人员姓名 | 干部姓名")
    organization: Text = required(
        "团组织 | 所在团支部 | organization | 所在支部 | 团籍所在团支部 | 所在团组织 | "
        "班级 | 所属支部 | 所属团支部 | 团组织名称 | 组织 | 支部 | 团支部 | 团组织全称 || "
        "任职团组织 | 服务单位 | 派驻单位"
    )
    post: PostText = required(
        "团内职务 | post | 团内现任职务 | 职务 | 现任职务 | 担任职务 | 团内职务名称 || "
        "现任团内职务 | 职务名称 | 团内任职 | 兼任职务 | 兼任团内职务 | 挂任职务"
    )
    since: AnyDay = required(
        "任职时间 | from | 任职日期 | 任现职时间 | 任职起始时间 | 任职年月 | 任现职年月 || "
        "任团内职务时间 | 任职开始时间 | 何时任职 | 任期起 | 换届时间 | 换届日期 | "
        "选举时间 | 当选时间",
        example=date(2022, 9, 1),
    )
    id_number: IdNumber | None = optional()
    unit: Text | None = optional()
    until: AnyDay | None = optional(
        "离任时间 | to | 离任日期 | 免职时间 | 任职结束时间 || 卸任时间 | 任期止", example=None
    )
    basis: Basis | None = optional(
        "团干部性质 | basis | 任职性质 | 干部性质 | 专兼挂 | 专兼挂情况 | 专兼职情况 | "
        "专职兼职挂职 || 任职类型 | 任职形式 | 任职方式 | 专职/兼职/挂职 | 专/兼/挂 | 专/兼/挂职 | "
        "专兼职 | 专职/兼职"
    )
    source: Source | None = optional("来源 | source | 人员来源 | 干部来源")
    duty: Duty | None = optional("是否在岗 | on duty | 在岗情况 | 在岗 || 在岗状态")
    phone: Phone | None = optional()


def plan_cadre(item: Item[CadreLine], batch: Batch) -> RowPlan:
    """Record the term, or complete it: organisation, post, name and beginning identify it.

    An ID number decides who the person is, a member or not; for a name without one,
    :func:`named_person` does.
    """
    line = item.line
    row_plan = RowPlan(item)
    begins = ask(getattr, line.since, "date")
    home = batch.organization(row_plan, line.organization, "organization", line.unit, day=begins)
    holder = person_said(line, batch, row_plan)
    stored = ask(_stored, line, home, batch, unknown=None) if home is not None else None
    if stored is not None and stored.since_precision == "day":
        # A month is enough; where the day of the beginning is known, it is meant.
        line = row_plan.exact_days(line, {"since": [stored.since]})
    values = _values(line, row_plan)
    since, until = values["since"], values.get("until")
    # Judged before the home is known, so that a single run finds all faults of the row.
    if is_known(until) and is_known(since) and until < since:
        row_plan.fault("term-reversed", "until", since=since, until=until)
    title = _title(line, batch, row_plan)
    if home is None:
        return row_plan
    _refuse_post_below(line.post, stored, home, row_plan)
    begun = stored.since if stored is not None else since
    batch.once(row_plan, "name", home.code, line.post, fold_name(line.name), begun)
    row_plan.creates = stored is None
    if line.id_number is None and not row_plan.is_refused:
        holder = named_person(line.name, home, batch, row_plan, stored)
    if stored is None:
        post = Post(
            id=batch.snapshot.new_id(Post),
            organization=home.code,
            title=title,
            **values,
        )
    else:
        # Name and beginning have identified the term.
        settled = {key: value for key, value in values.items() if key not in _TERM}
        post = _with_day(batch.settle(row_plan, stored, settled), values, row_plan)
    if holder is None:
        holder = post.person
    elif post.person not in (None, holder):
        row_plan.fault("post-other-person", "id_number", name=line.name)
    post = _ended_with(home, replace(post, person=holder), row_plan)
    _refuse_overlap(post, batch, row_plan)
    _warn_of_seats(home, post, batch, row_plan)
    row_plan.put(stored, post)
    put_reviewed(stored, post, batch, row_plan)
    return row_plan


def _title(line: CadreLine, batch: Batch, row_plan: RowPlan) -> Any:
    """What the post of a row counts as by the policy; a fault where the policy does not know it."""
    title = ask(batch.policy.title_of, line.post)
    if title is not None:
        return title
    near = batch.policy.near_posts(line.post)
    # Counted as a cadre's post, it would silently make the year's figures wrong.
    is_foreign = row_plan.place.table_key in batch.foreign
    is_of_others = ask(batch.policy.is_of_others, line.post, unknown=False)
    level = Level.ERROR if is_foreign or is_of_others else Level.WARNING
    row_plan.fault("post-unknown", "post", level, post=line.post, near=near)
    return "other"


_OF_BRANCH = re.compile(r"(?!.*(?:团委|团工委|总支))(?!.*党支部)(?:.+)?支部")


@if_known
def _refuse_post_below(
    post: str, stored: Post | None, home: Organization, row_plan: RowPlan
) -> None:
    """Refuse 桥头村团支部书记 as a new post of the committee above: it would be its secretary."""
    if stored is None and home.type not in BRANCH_TYPES and _OF_BRANCH.match(post):
        row_plan.fault("post-of-branch", "post", post=post, organization=home.name)


def _values(line: CadreLine, row_plan: RowPlan) -> dict[str, Any]:
    """What the row says about the term; the name of a post may show that it is held by
    secondment."""
    values = values_of(line, Post)
    values["name"] = ask(str, line.name)
    values.setdefault("since_precision", NOT_YET)
    is_seconded = is_known(line.post) and SECONDED in line.post
    basis = values.setdefault("basis", "seconded") if is_seconded else None
    if is_known(basis) and basis != "seconded":
        row_plan.fault("basis-differs", "basis", post=line.post, basis=values["basis"])
    return values


def _with_day(post: Post, values: Mapping[str, Any], row_plan: RowPlan) -> Post:
    """The term with the day on which it began, where only the month was known and the row has the
    day."""
    since, precision = values["since"], values["since_precision"]
    if post.since_precision == precision or precision != "day":
        return post
    if post.until is not None and post.until < since:
        row_plan.fault("term-reversed", "since", since=since, until=post.until)
        return post
    return replace(post, since=since, since_precision=precision)


def _look(items: Sequence[Item[CadreLine]], batch: Batch) -> None:
    """Note the tables that have no post of the League: the list of a leadership group has the
    headings of a list of cadres, but is not one. Note also which posts were left."""
    tables = {item.row.table_key for item in items}
    known = (
        item.row.table_key
        for item in items
        if ask(batch.policy.title_of, item.line.post) is not None
    )
    batch.foreign |= tables.difference(known)
    batch.ended |= {
        (item.line.post, fold_name(item.line.name))
        for item in items
        if is_known(item.line.until) and is_known(item.line.name)
    }


def _ended_with(home: Organization, post: Post, row_plan: RowPlan) -> Post:
    """The term; where its organisation was dissolved since, it ends with it if the row has no end,
    and a later end is refused."""
    if home.dissolved is None or ORGANIZATION.of(home).is_over(post.since):
        return post
    facts = {"name": home.name, "dissolved": home.dissolved}
    if post.until is None:
        row_plan.fault("term-ended-with-organization", "organization", Level.WARNING, **facts)
        return replace(post, until=home.dissolved)
    if post.until_precision == "month" and post.until.replace(day=1) <= home.dissolved:
        return replace(post, until=min(post.until, home.dissolved))
    if post.until > home.dissolved:
        row_plan.fault("term-outlives-organization", "until", until=post.until, **facts)
    return post


def _stored(line: CadreLine, home: Organization, batch: Batch) -> Post | None:
    """The stored term that the row is about. A month means the term that began within it; a day
    also means a term known only by that month."""
    since: Day = line.since
    same = batch.snapshot.by_natural_key(Post, home.code, line.post, line.name, since.date)
    if same is None:
        terms = batch.snapshot.by_natural_prefix(Post, home.code, line.post, line.name)
        within = [
            term
            for term in terms
            if "month" in (since.precision, term.since_precision)
            and term.since.replace(day=1) == since.date.replace(day=1)
        ]
        same = within[0] if len(within) == 1 else None
    return same


def _refuse_overlap(post: Post, batch: Batch, row_plan: RowPlan) -> None:
    """Refuse a second term of the same person and post at a time: such a row gives another
    beginning for a stored term. Within a month whose day is unknown, a term may follow another."""
    for other in batch.snapshot.by_natural_prefix(Post, post.organization, post.said, post.name):
        at_once = POST.of(_latest(post)).overlaps(POST.of(_latest(other)))
        two_of_a_name = post.person is not None and other.person not in (None, post.person)
        if other.id != post.id and at_once and not two_of_a_name:
            row_plan.fault("term-overlaps", "since", since=other.since, until=other.until or "")


def _warn_of_seats(home: Organization, post: Post, batch: Batch, row_plan: RowPlan) -> None:
    """Warn where a new term needs a seat that others fill: most often the term of the holder before
    was not ended, so that both would be counted."""
    day = max(post.since, batch.snapshot.today or post.since)
    held = [
        term
        for term in (*batch.snapshot.by(Post, "organization", home.code), post)
        if is_held_on(term, day) and (term.said, fold_name(term.name)) not in batch.ended
    ]
    if not row_plan.creates or post not in held or post.title == "other":
        return
    for facts in seats_over(home, held):
        if facts["of"] == "committee_seats" or post.title == "secretary":
            row_plan.fault("seats-exceeded", "post", Level.WARNING, **facts)
            return


def _latest(post: Post) -> Post:
    """The term as short as its known months allow: with the latest beginning and the earliest
    end."""
    since, until = post.since, post.until
    if until is not None and post.until_precision == "month":
        until = max(until.replace(day=1), since)
    if post.since_precision == "month":
        last = last_of_month(since)
        since = last if until is None else min(last, until)
    return replace(post, since=since, until=until)


def cadre_lines(snapshot: Snapshot) -> Iterator[tuple[str, CadreLine]]:
    """The rows for every term, including past terms."""
    for post in snapshot.all(Post):
        person = None if post.person is None else snapshot.persons[post.person]
        values = line_values(CadreLine, person, snapshot) | line_values(CadreLine, post, snapshot)
        values["name"] = shown_name(post.name, post.person, post.organization, snapshot)
        yield post.organization, CadreLine.model_construct(**values)


KIND = Kind(
    CadreLine,
    plan_cadre,
    cadre_lines,
    {Person: ALWAYS, Post: Lifetime("since", ("until",))},
    touch_organizations_and_people,
    whole=(Post, Review),
    look=_look,
)
