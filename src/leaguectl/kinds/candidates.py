"""Candidates: a row shows how far a person's case has come; each of its days is recorded once."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Annotated, Any, ClassVar, cast

from pydantic import BeforeValidator

from leaguectl.findings import Level
from leaguectl.kinds import cells, choices
from leaguectl.kinds.batch import Batch, Item, RowPlan, as_precise
from leaguectl.kinds.kind import (
    ALWAYS,
    Kind,
    Lifetime,
    line_values,
    person_values,
    touch_organizations_and_people,
)
from leaguectl.kinds.line import Line, optional, required, shared_fields
from leaguectl.kinds.members import Sex
from leaguectl.kinds.person_records import refuse_several
from leaguectl.model import (
    BRANCH_TYPES,
    Admission,
    Candidacy,
    Organization,
    Person,
    Snapshot,
    ask,
    if_known,
    is_known,
)
from leaguectl.model.former import value_on
from leaguectl.model.ledger import NOT_ADMITTED
from leaguectl.rules.steps import judge_so_far, stage_of

CASE_STAGES = {
    "applicant": ("申请人", "入团申请人"),
    "activist": ("积极分子", "入团积极分子"),
    "candidate": ("发展对象", "团员发展对象"),
    "passed": ("支部大会已通过", "已通过支部大会"),
    "admitted": ("已入团",),
    "refused": ("未通过", "未批准"),
    "withdrawn": ("已撤回", "本人撤回"),
}
ROUTES = {
    "recommendation": ("推优入团",),
    "points": ("积分入团",),
    "appraisal": ("评议入团",),
}

Stage = Annotated[str, BeforeValidator(choices.Choice(CASE_STAGES))]

Route = Annotated[str, BeforeValidator(choices.Choice(ROUTES))]


class CandidateLine(Line):
    """The case of somebody who is not a member yet, as far as it has come."""

    kind = "candidates"
    keys: ClassVar = frozenset({"name", "id_number"})
    requires_any: ClassVar = frozenset({
        "reached", "applied", "talked", "activist", "contact_1", "candidate", "reviewed",
        "form_given",
    })  # fmt: skip
    marker_headings: ClassVar = ("是否已进行政治家访", "家访时间", "分配编号", "入团志愿书问题备注")
    not_if_two_of: ClassVar = frozenset({"meeting", "due", "present", "in_favour", "approved"})
    except_with: ClassVar = "reached"

    name: cells.Name = required(
        "姓名 | name | 发展对象姓名 | 申请人姓名 | 积极分子姓名 | 学生姓名 | 人员姓名 | 名字"
    )
    id_number: cells.IdNumber | None = optional()
    organization: cells.Text | None = optional()
    unit: cells.Text | None = optional()
    born: cells.AnyDay | None = optional()
    sex: Sex | None = optional()
    phone: cells.Phone | None = optional()
    reached: Stage | None = optional("培养阶段 | stage reached | 当前阶段 | 发展阶段")
    applied: cells.ExactDay | None = optional()
    talked: cells.ExactDay | None = optional()
    activist: cells.ExactDay | None = optional()
    contact_1: cells.Name | None = optional(
        "培养联系人一 | contact 1 | 培养联系人1 | 联系人一 || 联系人1", example="赵示范"
    )
    contact_2: cells.Name | None = optional(
        "培养联系人二 | contact 2 | 培养联系人2 | 联系人二 || 联系人2", example="钱示范"
    )
    course_hours: cells.Hours | None = optional()
    service_hours: cells.Hours | None = optional()
    candidate: cells.ExactDay | None = optional()
    reviewed: cells.ExactDay | None = optional(
        "预审时间 | reviewed | 预审日期", example=date(2023, 3, 3)
    )
    notice_from: cells.ExactDay | None = optional()
    notice_to: cells.ExactDay | None = optional()
    introducer_1: cells.Introducer | None = optional()
    introducer_2: cells.Introducer | None = optional()
    form_given: cells.ExactDay | None = optional(
        "填写志愿书时间 | form given | 发放志愿书时间 | 领取志愿书时间",
        example=date(2023, 3, 13),
    )
    meeting: cells.ExactDay | None = optional(
        "支部大会时间 | meeting | 支部大会日期 | 支部大会通过时间 || 支部大会召开时间 | "
        "召开支部大会时间 | 支部大会表决时间 | 支部大会决议时间 | 支部大会讨论时间 | "
        "支部大会讨论通过时间 | 接收大会时间 | 支部通过时间 | 大会时间",
        example=date(2023, 4, 10),
    )
    due: cells.Count | None = optional()
    present: cells.Count | None = optional()
    in_favour: cells.Count | None = optional()
    approved: cells.ExactDay | None = optional()
    approved_by: cells.Text | None = optional()
    told: cells.ExactDay | None = optional("审批结果反馈时间 | told | 结果反馈时间")
    oath: cells.ExactDay | None = optional("入团仪式时间 | oath | 宣誓时间 | 入团宣誓时间")
    filed: cells.ExactDay | None = optional("归档时间 | filed | 档案归档时间")
    route: Route | None = optional()
    closed: cells.ExactDay | None = optional("结束日期 | closed | 终止日期", example=None)
    reason: cells.Text | None = optional("结束原因 | reason | 终止原因", example=None)


_ENDING = frozenset({"closed", "reason"})
"""How a case ended; given only where it ended without an admission."""

_FACTS = tuple(
    field for _, field in shared_fields(CandidateLine, Candidacy)
    if field not in _ENDING | {"organization"}
)  # fmt: skip
"""The facts of a case that a row has in the form in which they are stored."""

_SHARED = tuple(name for name in _FACTS if name in {field.name for field in fields(Admission)})
"""The facts that an admission has too."""

_GROW = frozenset({"course_hours", "service_hours"})
"""Facts that may grow from list to list without contradicting what is stored."""

_PROOF = {
    "applicant": "applied",
    "activist": "activist",
    "candidate": "candidate",
    "passed": "meeting",
    "admitted": "approved",
}
"""The day that proves a stage."""


def plan_candidate(item: Item[CandidateLine], batch: Batch) -> RowPlan:
    """Open the case of a candidate, or complete the one that is stored; what contradicts it is a
    fault, unless somebody corrects it for a reason."""
    row_plan = RowPlan(item)
    line = item.line
    home = None
    if line.organization is not None:
        homes = _homes(line, batch)
        home = batch.organization(
            row_plan, line.organization, "organization", line.unit, homes=homes
        )
    line = _with_id_number(line, home, batch, row_plan)
    if line.id_number is None:
        return row_plan
    batch.once(row_plan, "id_number", line.id_number, line.applied)
    stored_person, person = batch.person(row_plan, line)
    row_plan.check_identity(line, person)
    stored = ask(_stored, line, person, batch)
    if home is None and line.organization is None and stored is None:
        row_plan.fault("branch-not-said", "organization", name=line.name)
    stored = stored if is_known(stored) else None
    is_open = stored.state == "open" if stored else line.reached not in (*NOT_ADMITTED, "admitted")
    if home is not None and home.dissolved and is_open:
        row_plan.refuse_home(home, "organization")
    after = _completed(line, person, home, stored, batch, row_plan)
    verdicts = judge_so_far(after, person, batch.snapshot, batch.policy)
    row_plan.add_verdicts(verdicts, _past(after, home, batch.snapshot))
    if_known(_look_at_stage)(line, after, row_plan)
    if row_plan.is_refused:
        return row_plan
    row_plan.creates = stored is None
    row_plan.put(stored_person, person)
    # It gets an identity only now; before, it could still be refused.
    row_plan.put(stored, after if stored else replace(after, id=batch.snapshot.new_id(Candidacy)))
    return row_plan


def _past(case: Candidacy, home: Organization | None, snapshot: Snapshot) -> set[str]:
    """The codes of the rules that are not asked of a case that has ended: it leads to no further
    admission. Where it ended before any meeting, the type that its organisation had on that day
    counts."""
    if case.state not in (*NOT_ADMITTED, "admitted"):
        return set()
    past = {"one-person", "former-restored"}
    if case.meeting is None and case.closed is not None and home is not None:
        was_branch = value_on(home, "type", case.closed, snapshot) in BRANCH_TYPES
        past |= {"admitted-by-branch"} if was_branch else set()
    return past


def _homes(line: CandidateLine, batch: Batch) -> list[str]:
    """The branches in which somebody is known: that of the case first, then those of
    memberships."""
    person = batch.snapshot.person(line.id_number) if is_known(line.id_number) else None
    case = batch.snapshot.candidacy(person.id) if person else None
    return [*([case.organization] if case else ()), *batch.homes_of(line.id_number)]


def candidate_lines(snapshot: Snapshot) -> Iterator[tuple[str, CandidateLine]]:
    """The rows for every case, in the order in which they were opened."""
    for case in snapshot.all(Candidacy):
        values = person_values(CandidateLine, snapshot.persons[case.person], snapshot)
        values |= line_values(CandidateLine, case, snapshot) | {"reached": stage_of(case)}
        if case.state not in NOT_ADMITTED:
            values |= dict.fromkeys(_ENDING)
        yield case.organization, CandidateLine.model_construct(**values)


def _look_at_stage(line: CandidateLine, after: Candidacy, row_plan: RowPlan) -> None:
    """A stage needs the day that proves it, and so does an end."""
    if line.reached in NOT_ADMITTED:
        if after.closed is None:
            row_plan.fault("stage-not-shown", "closed", missing="closed")
    elif line.reached is not None and getattr(after, _PROOF[line.reached]) is None:
        row_plan.fault("stage-not-shown", "reached", Level.WARNING, missing=_PROOF[line.reached])


def close_case(admission: Admission, batch: Batch, row_plan: RowPlan) -> None:
    """Close the case of an admitted person on the day of approval; the case takes over what the
    admission says, with a warning where it differed."""
    case = batch.snapshot.candidacy(admission.person)
    if case is None or case.state not in ("open", "admitted"):
        return
    after = admitted(case, admission)
    if case.state == "open":
        facts = {name: getattr(after, name) for name in _SHARED}
        for name, before, value in _contradictions(case, facts):
            differs = {"field": name, "known": before, "said": value, "admits": True}
            row_plan.fault("case-differs", name, Level.WARNING, **differs)
    row_plan.put(case, after)


def _with_id_number(
    line: CandidateLine, home: Organization | None, batch: Batch, row_plan: RowPlan
) -> CandidateLine:
    """Where the line has no ID number, add that of the only known person of that name, birth date
    and branch; where there is not exactly one, the line is unchanged and has a fault."""
    if line.id_number is not None:
        return line
    people = list(_people(line, home, batch)) if home and line.born else []
    if len(people) == 1:
        return line.model_copy(update={"id_number": people[0].id_number})
    if people:
        refuse_several([person.id for person in people], batch, row_plan, name=line.name)
    else:
        row_plan.fault("id-number-absent", "id_number", name=line.name)
    return line


def _people(line: CandidateLine, home: Organization, batch: Batch) -> Iterator[Person]:
    """People with that name and birth date (or month) who have a case or a membership there."""
    born: Any = line.born
    snapshot = batch.snapshot
    for person in snapshot.bearing(line.name):
        if as_precise(born, person.born) != born.date:
            continue
        homes = (snapshot.candidacy(person.id), snapshot.membership(person.id))
        if any(there is not None and there.organization == home.code for there in homes):
            yield person


def _stored(line: CandidateLine, person: Person, batch: Batch) -> Candidacy | None:
    return _case_of(line, batch.snapshot.candidacies(person.id))


def _case_of(line: CandidateLine, cases: list[Candidacy]) -> Candidacy | None:
    """The stored case that a row is about: the case with the same application; else the open case;
    else the latest closed case, unless the row's application is later than its end."""
    same = [case for case in cases if line.applied is not None and case.applied == line.applied]
    still_open = [case for case in cases if case.state == "open"]
    if same or still_open:
        return (same or still_open)[-1]
    last = cases[-1] if cases else None
    if last is None or last.closed is None or line.applied is None:
        return last
    # An application after the end of a case begins another case.
    return last if line.applied <= last.closed else None


def _completed(
    line: CandidateLine, person: Person, home: Organization | None, stored: Candidacy | None,
    batch: Batch, row_plan: RowPlan,
) -> Candidacy:  # fmt: skip
    """The case with what the row adds to it."""
    facts = {name: value for name in _FACTS if (value := getattr(line, name)) is not None}
    code = home.code if home else stored.organization if stored else ""
    if stored is None:
        return _new(line, person, code, facts, batch)
    after = replace(stored, organization=code, **facts)
    after = cast("Candidacy", ask(_ended, line, after, unknown=after))
    if stored.state in NOT_ADMITTED and ask(after.__ne__, stored, unknown=True):
        row_plan.fault("case-closed", "name", state=stored.state, closed=stored.closed)
    # Without a reason a list only completes a case; it never changes what is recorded.
    elif not batch.options.correcting:
        for name, before, value in _contradictions(stored, facts):
            row_plan.fault("case-differs", name, field=name, known=before, said=value)
        if code != stored.organization:
            known_home = batch.snapshot.organizations.get(stored.organization)
            row_plan.fault(
                "case-differs", "organization", field="organization",
                known=known_home.name if known_home else stored.organization,
                said=home.name if home else code,
            )  # fmt: skip
    return after


def _new(
    line: CandidateLine, person: Person, code: str, facts: dict[str, Any], batch: Batch
) -> Candidacy:
    """A new case: open, or ended as the row says. Where it led to an admission that is recorded
    already, and the row does not say otherwise, it ended with that."""
    case = Candidacy(id=0, person=person.id, organization=code, state="open", **facts)
    admission = ask(batch.snapshot.admission, person.id, unknown=None)
    is_same = admission is not None and ask(admission.applied.__eq__, case.applied, unknown=False)
    if admission is not None and is_same and line.reached not in NOT_ADMITTED:
        return admitted(case, admission)
    return cast("Candidacy", ask(_ended, line, case, unknown=case))


def _ended(line: CandidateLine, case: Candidacy) -> Candidacy:
    """The case with the end that the row gives it."""
    if case.state != "open" or line.reached not in NOT_ADMITTED or line.closed is None:
        return case
    return replace(case, state=line.reached, closed=line.closed, reason=line.reason)


def admitted(case: Candidacy, admission: Admission) -> Candidacy:
    """The case as it ends with an admission: it takes over the facts of the admission."""
    facts: dict[str, Any] = {
        name: value for name in _SHARED if (value := getattr(admission, name)) is not None
    }
    return replace(case, state="admitted", closed=admission.approved, **facts)


def reopened(case: Candidacy, admission: Admission) -> Candidacy:
    """The case of an admission that is undone: open again, with everything before the approval."""
    facts: dict[str, Any] = {name: getattr(admission, name) for name in _SHARED}
    after_approval = dict.fromkeys(("approved", "approved_by", "told", "oath", "filed"))
    return replace(case, **facts | after_approval, state="open", closed=None, reason=None)


def _contradictions(case: Candidacy, facts: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """The facts that differ from those of the case."""
    for name, value in facts.items():
        before = getattr(case, name)
        if before is None or not is_known(value) or before == value:
            continue
        if name in _GROW and value > before:
            continue
        yield name, before, value


KIND = Kind(
    CandidateLine,
    plan_candidate,
    candidate_lines,
    {Person: ALWAYS, Candidacy: Lifetime("applied")},
    touch_organizations_and_people,
)
