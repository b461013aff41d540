"""Members: a row says who belongs where since when, and which papers they have."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from leaguectl.findings import Level
from leaguectl.kinds import cells, choices
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.class_names import branch_names
from leaguectl.kinds.kind import (
    ALWAYS,
    Kind,
    Lifetime,
    line_values,
    person_values,
    touch_organizations,
)
from leaguectl.kinds.line import Line, carried, optional, required
from leaguectl.kinds.memberships import Course, course_of, last_day, says_where_from
from leaguectl.kinds.papers import (
    STATES,
    PaperMark,
    certificate_serial,
    form_serial,
    form_state,
    never_theirs,
    new_papers,
    state_of,
    stored_marks,
    stored_papers,
)
from leaguectl.kinds.roster import plan_roster
from leaguectl.model import (
    IN_ERROR,
    NOT_YET,
    Certificate,
    Form,
    FormerValue,
    Keys,
    Membership,
    Number,
    Organization,
    PaperState,
    Person,
    Registration,
    RuleSubject,
    Snapshot,
    Transfer,
    ask,
    is_known,
)
from leaguectl.rules import ENTRY, judge
from leaguectl.rules.membership_terms import AgeTerms, should_have_left, too_young_to_leave

REASONS = {
    "age": ("超龄离团", "超龄", "满28周岁离团", "年满28周岁"),
    "transferred": ("转出", "转出县外", "组织关系转出", "升学转出"),
    "resigned": ("自愿退团", "退团"),
    "removed": ("自行脱团", "除名", "自行脱团除名"),
    "expelled": ("开除团籍", "开除"),
    "deceased": ("死亡", "去世", "病故"),
    "other": ("其他", "其它"),
    IN_ERROR: ("误录", "录入错误", "误登记"),
}
SEXES = {"male": ("男", "男性"), "female": ("女", "女性")}

POLITICS = {
    **dict.fromkeys(("01",), "中共党员"),
    **dict.fromkeys(("02",), "中共预备党员"),
    **dict.fromkeys(("03", "是", "√", "✓"), "共青团员"),
    **dict.fromkeys(("13",), "群众"),
    **dict.fromkeys(("否", "×", "✗", "非团员"), "非团员"),
}
"""The meaning of a code of GB/T 4762 in 政治面貌, or of a mark under 是否团员."""


def politics(value: Any) -> str:
    """Somebody's political status as text, from text or a code."""
    said = choices.label(value)
    return POLITICS.get(f"0{said}" if len(said) == 1 and said.isdigit() else said, said)


Politics = Annotated[str, BeforeValidator(politics)]
Reason = Annotated[str, BeforeValidator(choices.Choice(REASONS))]
Sex = Annotated[str, BeforeValidator(choices.Choice(SEXES))]


class MemberLine(Line):
    """A member, with the papers of the admission as far as they are known."""

    kind = "members"
    signs: ClassVar = frozenset(
        ("joined", "number", "form", "certificate", "politics", "left", "leaving_reason")
    )
    keys: ClassVar = frozenset({"name", "id_number"})
    stored_as: ClassVar = {
        Form: {"form": "serial"},
        Certificate: {"certificate": "serial"},
        Transfer: {"arrived": "requested", "came_from": "origin"},
    }
    name: cells.Name = required("姓名 | name | 学生姓名 | 团员姓名 | 人员姓名 | 成员姓名 | 名字")
    id_number: cells.IdNumber = required()
    organization: cells.Text = required()
    unit: cells.Text | None = optional()
    born: cells.AnyDay | None = optional()
    sex: Sex | None = optional()
    joined: cells.AnyDay | None = optional(
        "入团时间 | joined | 入团年月 | 入团日期 | 入团年月日 | 何时入团 | 批准入团时间 || "
        "加入共青团时间 | 加入团组织时间"
    )
    number: cells.Digits | None = optional()
    form: PaperMark | None = optional()
    certificate: PaperMark | None = optional()
    phone: cells.Phone | None = optional()
    politics: Politics | None = optional(
        "政治面貌 | politics | 政治面貌代码 | 是否团员 | 是否为团员 | 是否共青团员 | 是否是团员",
        example="共青团员",
    )
    arrived: cells.AnyDay | None = optional(
        "转入时间 | transferred in | 转入日期 | 组织关系转入时间 | 团组织关系转入时间 || "
        "转来时间 | 何时转入",
        example=None,
    )
    came_from: cells.Text | None = optional(
        "转出单位 | transferred from | 转出团组织 | 原所在团组织 | 原团组织 | 转自 || "
        "转出学校 | 原学校 | 原就读学校 | 毕业学校 | 原毕业学校 | 从何处转入 | 何处转入 | "
        "原团支部 | 原支部 | 原所在团支部 | 原所在支部",
        example=None,
    )
    left: cells.AnyDay | None = optional("离团日期 | left | 离团时间 || 退团时间", example=None)
    leaving_reason: Reason | None = optional("离团原因 | leaving reason", example=None)
    seen: cells.ExactDay | None = carried()


def plan_member(item: Item[MemberLine], batch: Batch) -> RowPlan:
    """Enter the member, or complete what is stored; a contradiction is a fault, never a change."""
    line = item.line
    row_plan = RowPlan(item)
    batch.once_or_completed(row_plan, line.id_number, "id_number")
    line = row_plan.exact_days(line, _known_days(line, batch))
    day = last_day(line)
    if day is None and item.row.is_dated:
        day = item.row.day
    homes = batch.homes_of(line.id_number)
    home = batch.organization(
        row_plan, line.organization, "organization", line.unit, homes=homes, day=day
    )
    stored, person = batch.person(row_plan, line)
    row_plan.check_identity(line, person)
    batch.refuse_after_sheet(row_plan, line.seen, "seen")
    membership = ask(batch.snapshot.membership, person.id, unknown=None)
    course = Course([], [])
    # Where somebody else belongs is nobody's business who has their ID number alone.
    if home is not None and not row_plan.has("id-other-name", "name"):
        course = ask(course_of, line, person, home, batch, row_plan, unknown=course)
    for membership_after in course.after:
        row_plan.refuse_disorder(membership_after)
    after = course.after[-1] if course.after else None
    if is_known(line.leaving_reason) and line.leaving_reason == IN_ERROR:
        return _enter_as_error(stored, person, course, batch, row_plan)
    case = _case(line, person, home, after, item.row.day, batch)
    unless = _unless(line, case, batch)
    row_plan.add_verdicts(judge(case, batch.snapshot, batch.policy, ENTRY), unless)
    stays = case.left is None and (after is None or (home and after.organization == home.code))
    is_told = row_plan.has("organization-dissolved", "organization")
    if home is not None and home.dissolved and stays and not is_told:
        row_plan.refuse_home(home, "organization")
    if row_plan.is_refused or home is None or after is None:
        return row_plan
    if after.left is None and (day := batch.day_of(item.row)) is not None:
        _warn_over_age(person, home, day, batch, row_plan)
    elif after.left and after.leaving_reason == "age" and after not in course.before:
        _warn_too_young(person, after.left, batch, row_plan)
    row_plan.creates = membership is None
    row_plan.put(stored, person)
    course.put(row_plan, batch)
    if after.organization != home.code and [*course.before] != [*course.after]:
        row_plan.concerned.add(person.id)  # the case is about the row's home and not about theirs
    _take_place(case, batch, row_plan)
    put_papers(case, batch, row_plan)
    return row_plan


def _known_days(line: MemberLine, batch: Batch) -> dict[str, list[date | None]]:
    """The stored days of fields that the row may give only by month."""
    person = ask(batch.snapshot.person, line.id_number, unknown=None)
    homes = batch.snapshot.memberships_of(person.id) if person is not None else ()
    return {"left": [home.left for home in homes], "arrived": [home.since for home in homes]}


def _case(
    line: MemberLine,
    person: Person,
    home: Organization | None,
    after: Membership | None,
    day: date | None,
    batch: Batch,
) -> RuleSubject:
    """The member as rules judge them. An unreadable cell is not replaced by the stored value."""
    joined, precision = (after.joined, after.joined_precision) if after else (None, "day")
    left = after.left if after else None
    if after is None and is_known(line.joined):
        joined, precision = line.joined
    if after is None and is_known(line.left):
        left = line.left.date
    number = _number(line, person, batch)
    return RuleSubject(
        person=person,
        organization=home.code if home else "",
        joined=NOT_YET if line.joined is NOT_YET else joined,
        joined_precision=precision,
        number=line.number,
        form=ask(form_serial, line.form, number),
        certificate=ask(certificate_serial, line.certificate),
        admission=None,
        left=NOT_YET if line.left is NOT_YET else left,
        day=day,
    )


def _number(line: MemberLine, person: Person, batch: Batch) -> str | None:
    """The number that a row says, else the one that is stored."""
    return line.number if line.number is not None else ask(batch.snapshot.number_of, person.id)


def _unless(line: MemberLine, case: RuleSubject, batch: Batch) -> set[str]:
    """The rules that do not judge a row."""
    unless = set()
    # A stored number is not missing: a blank cell does not remove it.
    if _number(line, case.person, batch) is not None:
        unless.add("number-missing")
    # Where it makes nobody a member, check reports them; or they came with their transfer.
    joinings = {
        home.joined for home in ask(batch.snapshot.memberships_of, case.person.id, unknown=())
    }
    if joinings and (case.joined is NOT_YET or case.joined in joinings):
        unless.add("joined-by-admission")
    if ask(says_where_from, line, batch, unknown=True):
        unless.add("joined-by-admission")
    return unless


def _enter_as_error(
    stored: Person | None, person: Person, course: Course, batch: Batch, row_plan: RowPlan
) -> RowPlan:
    """Plan the row of somebody who never was a member: no rule judges them, and their records as a
    member are removed."""
    if (admission := batch.snapshot.admission(person.id)) is not None:
        row_plan.fault("in-error-admitted", "leaving_reason", number=admission.number)
    if row_plan.is_refused:
        return row_plan
    row_plan.creates = not course.before
    row_plan.put(stored, person)
    course.put(row_plan, batch)
    for before, after in never_theirs(person.id, batch.snapshot):
        row_plan.put(before, after)
    return row_plan


def _warn_over_age(
    person: Person, home: Organization, day: date, batch: Batch, row_plan: RowPlan
) -> None:
    """Report somebody who should have left by age; ``check`` does the same for everybody."""
    turned = should_have_left(batch.snapshot, batch.policy, person, day)
    if turned is not None:
        age = AgeTerms.on(batch.policy, day).age
        facts = {"age": age, "turned": turned, "organization": home.name}
        row_plan.fault("over-age", "id_number", Level.WARNING, **facts)


def _warn_too_young(person: Person, left: date, batch: Batch, row_plan: RowPlan) -> None:
    """Report somebody who is said to have left by age before that; ``check`` does the same."""
    if (young := too_young_to_leave(person, left, batch.policy)) is not None:
        row_plan.fault("not-of-age", "left", Level.WARNING, **young)


def put_papers(case: RuleSubject, batch: Batch, row_plan: RowPlan) -> None:
    """Record the number, the form and the certificate where they are new, or the states that the
    row marks them with."""
    snapshot, line, person = batch.snapshot, row_plan.item.line, case.person.id
    papers: dict[str, list[str | None]] = {
        "number": [None if case.number in snapshot.numbers else case.number],
        "form": [None if case.form in snapshot.forms else case.form],
        "certificate": [None if case.certificate in snapshot.certificates else case.certificate],
        **{state: [None] for state in STATES},
    }
    for rows in new_papers(papers, [person], snapshot):
        row_plan.changes += rows
    number = case.number or snapshot.number_of(person)
    if case.form is None:
        _mark(person, "form", form_state(line.form, number), batch, row_plan)
    elif (marked := snapshot.paper_state_of(person, "form")) is not None:
        row_plan.remove(marked)  # its serial is known from now on
    if case.certificate is None:
        _mark(person, "certificate", state_of(line.certificate), batch, row_plan)
    elif (marked := snapshot.paper_state_of(person, "certificate")) is not None:
        row_plan.remove(marked)


def _mark(person: int, paper: str, state: str | None, batch: Batch, row_plan: RowPlan) -> None:
    """Keep the state that a row marks a paper with, unless its serial is known."""
    snapshot = batch.snapshot
    serial, stored = stored_papers(person, snapshot)[paper], snapshot.paper_state_of(person, paper)
    if state is None or (serial is not None and state == "on hand"):
        return
    if serial is not None:
        facts = {"known": serial, "said": state}
        row_plan.fault("paper-marked", paper, Level.WARNING, **facts)
    elif stored is not None:
        row_plan.put(stored, replace(stored, state=state))
    else:
        row_plan.put(None, PaperState(snapshot.new_id(PaperState), person, paper, state))


def _take_place(case: RuleSubject, batch: Batch, row_plan: RowPlan) -> None:
    """Mark the number, if it is a place of our block, as used."""
    slot = batch.snapshot.numbers.get(case.number or "")
    if slot is not None and slot.state == "free":
        # The ledger counts it from today: places left before were left, whatever a roster says.
        taken = replace(slot, state="used", person=case.person.id, since=batch.snapshot.today)
        row_plan.put(slot, taken)


def member_lines(snapshot: Snapshot) -> Iterator[tuple[str, MemberLine]]:
    """The rows for everybody who is or was a member: the latest membership, and the papers that are
    valid now."""
    for person in snapshot.persons.values():
        membership = snapshot.membership(person.id)
        if membership is None:
            continue  # a cadre or a candidate who is not a member
        papers = stored_marks(person.id, snapshot)
        values = person_values(MemberLine, person, snapshot)
        values |= line_values(MemberLine, membership, snapshot)
        joined, precision = membership.joined, membership.joined_precision
        values |= papers | {"joined": cells.Day(joined, precision) if joined else None}
        values |= _coming(membership, snapshot)
        yield membership.organization, MemberLine.model_construct(**values)


def _coming(membership: Membership, snapshot: Snapshot) -> dict[str, Any]:
    """When somebody came from elsewhere and from where, as far as that is known."""
    first = snapshot.same_joining(membership)[0]
    if first.entry != "transferred" or first.since is None:
        return {}
    papers = [
        transfer
        for transfer in snapshot.by(Transfer, "person", first.person)
        if transfer.source is None and transfer.requested <= first.since
    ]
    origin = papers[-1].origin if papers else None
    is_known = first.seen is None
    return {
        "arrived": cells.Day(first.since, "day") if is_known else None,
        "came_from": origin or None,
    }


def touch_members(block: Block[Any], keys: Keys) -> None:
    """Add the organisations, people and papers of rows of members or admissions."""
    touch_organizations(block, keys)
    keys.id_numbers.update(block.column("id_number"))
    keys.likenesses.update(block.likenesses)
    numbers = {number for number in block.column("number") if number}
    keys.numbers |= numbers
    # The year of a number shows which quotas it may belong to.
    keys.years |= {int(year) for year in {number[:4] for number in numbers}}
    keys.forms |= numbers | {form for form in block.column("form") if form}
    keys.certificates |= {serial for serial in block.column("certificate") if serial}


def _keys(block: Block[MemberLine], keys: Keys) -> None:
    touch_members(block, keys)
    keys.years |= {day.date.year for day in {*block.column("joined")} if day is not None}
    if IN_ERROR in block.column("leaving_reason"):
        keys.related |= {Registration}
        keys.whole |= {FormerValue}  # what never was theirs goes with its past
    day = block.rows.day or date.max  # today's, which is none before any other
    for name in {*zip(block.column("organization"), block.column("unit"), strict=True)}:
        texts = branch_names(*name, block.rows.day)
        keys.rosters.update((text, min(day, keys.rosters.get(text, day))) for text in texts)
        keys.members_of.update(texts if block.rows.is_whole else ())


MEMBERSHIP = Lifetime("begun", ("left", "leaving_reason"), ("seen",))

KIND = Kind(
    MemberLine,
    plan_member,
    member_lines,
    {
        Person: ALWAYS,
        Membership: MEMBERSHIP,
        Transfer: Lifetime("requested", ("settled",)),
        Number: ALWAYS,
        Form: ALWAYS,
        Certificate: ALWAYS,
        PaperState: ALWAYS,
    },
    _keys,
    plan_blocks=plan_roster,
)
