"""Admissions: a row is the case of a candidate, judged by the gate; its number is its place."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from leaguectl.findings import Level
from leaguectl.kinds import cells
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.candidates import Route, close_case
from leaguectl.kinds.kind import ALWAYS, Kind, Lifetime, line_values, person_values, values_of
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.members import POLITICS, Sex, put_papers, touch_members
from leaguectl.kinds.papers import (
    HELD,
    PAPERS,
    PaperMark,
    certificate_serial,
    form_serial,
    state_of,
    stored_papers,
)
from leaguectl.model import (
    NOT_YET,
    Admission,
    Certificate,
    Form,
    Keys,
    Membership,
    Organization,
    Person,
    RuleSubject,
    Snapshot,
    ask,
)
from leaguectl.model.periods import MEMBERSHIP
from leaguectl.names import fold_name, signed_name
from leaguectl.rules import ENTRY, GATE, judge
from leaguectl.rules.gate import began_with
from leaguectl.rules.membership_terms import denies_membership
from leaguectl.rules.rule import recorded


class AdmissionLine(Line):
    """The case of one candidate: dates, hours, introducers, votes, approval, papers."""

    kind = "admissions"
    keys: ClassVar = frozenset({"name", "id_number"})
    stored_as: ClassVar = {
        Membership: {"meeting": "joined"},
        Form: {"form": "serial"},
        Certificate: {"certificate": "serial"},
    }
    name: cells.Name = required(
        "姓名 | name | 发展对象姓名 | 申请人姓名 | 学生姓名 | 团员姓名 | 人员姓名 | 名字"
    )
    id_number: cells.IdNumber = required()
    organization: cells.Text = required()
    unit: cells.Text | None = optional()
    born: cells.AnyDay | None = optional()
    sex: Sex | None = optional()
    applied: cells.ExactDay = required()
    activist: cells.ExactDay = required()
    course_hours: cells.Hours = required()
    introducer_1: cells.Introducer = required()
    introducer_2: cells.Introducer = required()
    meeting: cells.ExactDay = required(
        "支部大会时间 | meeting | 支部大会日期 | 支部大会通过时间 | 入团时间 | 入团日期 || "
        "支部大会召开时间 | 召开支部大会时间 | 支部大会表决时间 | 支部大会决议时间 | "
        "支部大会讨论时间 | 支部大会讨论通过时间 | 接收大会时间 | 支部通过时间 | 大会时间",
        example=date(2023, 4, 10),
    )
    due: cells.Count = required()
    present: cells.Count = required()
    in_favour: cells.Count = required()
    approved: cells.ExactDay = required()
    talked: cells.ExactDay | None = optional()
    service_hours: cells.Hours | None = optional()
    candidate: cells.ExactDay | None = optional()
    notice_from: cells.ExactDay | None = optional()
    notice_to: cells.ExactDay | None = optional()
    approved_by: cells.Text | None = optional()
    number: cells.Digits | None = optional()
    form: PaperMark | None = optional()
    certificate: PaperMark | None = optional()
    route: Route | None = optional()
    phone: cells.Phone | None = optional()


def plan_admission(item: Item[AdmissionLine], batch: Batch) -> RowPlan:
    """Admit the candidate, or complete the case that is stored; every reason against it at once."""
    line = item.line
    row_plan = RowPlan(item)
    batch.once(row_plan, "id_number", line.id_number)
    home = _home(line, batch, row_plan)
    stored_person, person = batch.person(row_plan, line)
    row_plan.check_identity(line, person)
    stored = ask(batch.snapshot.admission, person.id, unknown=None)
    left = ask(_left_since, line, person, batch, unknown=None)
    person = person if stored is not None or left is not None else _now_member(person)
    if (
        stored is not None
        and batch.options.admitting
        and not ask(_is_said_again, line, home, stored, unknown=False)
    ):
        row_plan.fault("one-person", "id_number", person=person.name, admitted=stored.meeting)
        return row_plan
    if ask(state_of, line.form, unknown=None) not in (None, "on hand"):
        row_plan.fault("form-absent", "form")
    if home is not None and not ask(_is_member_of, person, home, line.meeting, batch, unknown=True):
        batch.refuse_dissolved(row_plan, home, line.meeting, "organization")
    case = replace(_case(line, person, home, stored, batch, row_plan), left=left)
    if case.number is None and not batch.options.admitting:
        row_plan.fault("number-absent", "number")
    if batch.options.beyond and stored is None and home is not None:
        case = ask(_with_authority, case, batch, unknown=case)
    # Where the organisation is unknown, so is its block of numbers.
    unless = ("number-in-block", "place-left") if home is None else ()
    row_plan.add_verdicts(judge(case, batch.snapshot, batch.policy, ENTRY + GATE), unless)
    if row_plan.is_refused or home is None:
        return row_plan
    # Only now, when nothing speaks against it, is a number taken: a refused row must not use one
    # up.
    if case.number is None:
        case = _with_number(case, line, batch)
    admission = recorded(case)
    if admission.beyond and stored is None:
        _warn_beyond(admission, home, batch, row_plan)
    row_plan.put(stored_person, person)
    _put_membership(admission, stored, batch, row_plan)
    _put_papers(case, admission, stored, batch, row_plan)
    row_plan.creates = stored is None
    row_plan.put(stored, admission)
    close_case(admission, batch, row_plan)
    return row_plan


def _put_papers(
    case: RuleSubject,
    admission: Admission,
    stored: Admission | None,
    batch: Batch,
    row_plan: RowPlan,
) -> None:
    """Take the number, and record the form and the certificate."""
    slot = batch.snapshot.numbers[admission.number]
    # An earlier roster took the number as of its own day; for an admission the day of the meeting
    # counts.
    row_plan.put(slot, replace(slot, state="used", person=admission.person, since=None))
    if stored is None and batch.snapshot.rejoins(admission.person, admission.meeting):
        _put_away_papers(admission, batch, row_plan)
    put_papers(case, batch, row_plan)


def _now_member(person: Person) -> Person:
    """The person who is admitted: a political status of people who are no members (群众) ends."""
    denied = denies_membership(person.politics)
    return replace(person, politics=POLITICS["03"]) if denied else person


def _home(line: AdmissionLine, batch: Batch, row_plan: RowPlan) -> Organization | None:
    """The branch that admits; where its name was passed on since, the branch that is recorded."""
    person = ask(batch.snapshot.person, line.id_number, unknown=None)
    admission = batch.snapshot.admission(person.id) if person else None
    homes = [admission.organization] if admission else batch.homes_of(line.id_number)
    return batch.organization(
        row_plan, line.organization, "organization", line.unit, homes=homes, day=line.meeting
    )


def _case(
    line: AdmissionLine, person: Person, home: Organization | None, stored: Admission | None,
    batch: Batch, row_plan: RowPlan,
) -> RuleSubject:  # fmt: skip
    """The case according to the row, completed by what is stored; a contradiction is a fault, or a
    correction where there is a reason for one."""
    # Papers that came with a roster belong to this admission if it began that membership.
    number, form, certificate = _papers(line, person, stored, batch)
    values = values_of(line, Admission) | {
        "organization": home.code if home else stored.organization if stored else "",
        "number": _first(number, stored.number if stored else ""),
        "form": _first(form, stored.form if stored else ""),
        "certificate": certificate,
    }
    if stored is None:
        new_id = batch.snapshot.new_id(Admission)
        admission = Admission(id=new_id, person=person.id, **values)
    else:
        if home is not None and home.code != stored.organization:
            batch.differs(row_plan, "organization", batch.name(stored.organization), home.name)
        approvers = values.get("approved_by"), stored.approved_by
        if ask(_is_one_organization, *approvers, batch, unknown=False):
            del values["approved_by"]
        # The rules of entry check who has which number, form and certificate.
        admission = batch.settle(row_plan, replace(stored, **_own(values)), values)
    return RuleSubject(
        person=person,
        organization=admission.organization,
        joined=admission.meeting,
        number=number,
        form=form,
        certificate=certificate,
        admission=admission,
    )


def _papers(
    line: AdmissionLine, person: Person, stored: Admission | None, batch: Batch
) -> tuple[str | None, str | None, str | None]:
    """The number, the form and the certificate from the row, else those that the person holds."""
    held: Mapping[str, str | None] = dict.fromkeys(PAPERS)
    if stored is not None or ask(_is_begun_by, line, person, batch, unknown=True):
        held = ask(stored_papers, person.id, batch.snapshot, unknown=dict.fromkeys(PAPERS, NOT_YET))
    number = _first(line.number, held["number"])
    form = _first(ask(form_serial, line.form, number), held["form"])
    certificate = ask(certificate_serial, line.certificate)
    certificate = _first(certificate, stored.certificate if stored else None, held["certificate"])
    is_plain = line.certificate is None or ask(HELD.__eq__, line.certificate, unknown=False)
    if batch.options.admitting and is_plain:
        certificate = _first(certificate, number)  # it bears the number unless it has its own
    return number, form, certificate


def _first(*values: str | None) -> str | None:
    """The first value that is present, whether it could be read or not."""
    return next((value for value in values if value is not None), None)


def _is_said_again(line: AdmissionLine, home: Organization | None, stored: Admission) -> bool:
    """Whether a row only repeats the stored admission: a reply that came back, or a script that
    runs again. A blank cell contradicts nothing."""
    if home is not None and home.code != stored.organization:
        return False
    said = values_of(line, Admission)
    papers = {
        "number": line.number,
        "form": None if line.form == HELD else line.form,
        "certificate": None if line.certificate == HELD else line.certificate,
    }
    return all(
        value is None or getattr(stored, name) == value for name, value in (said | papers).items()
    )


def _is_one_organization(said: str | None, known: str | None, batch: Batch) -> bool:
    """Whether two texts name one organisation: by its code, its name or a path, however spaced."""
    if said is None or known is None:
        return False
    meant, stored = (batch.snapshot.named(text) for text in (said, known))
    return fold_name(said) == fold_name(known) or (len(meant) == 1 and meant == stored)


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of an admission in a row that are not compared cell by cell."""
    return {name: values[name] for name in ("organization", *PAPERS)}


def _with_authority(case: RuleSubject, batch: Batch) -> RuleSubject:
    """The case with the document that allows it beyond the quota, where it needs one: its own quota
    is exhausted, or its number is a place of an organisation above."""
    admission = recorded(case)
    own = batch.snapshot.places_for(
        admission.organization, admission.meeting.year, admission.meeting
    )
    if case.number is None:
        needs = bool(own) and batch.snapshot.free_slot(own) is None
    else:
        slot = batch.snapshot.numbers.get(case.number)
        needs = slot is not None and slot.quota not in {quota.id for quota in own}
    return (
        replace(case, admission=replace(admission, beyond=batch.options.beyond)) if needs else case
    )


def _warn_beyond(admission: Admission, home: Organization, batch: Batch, row_plan: RowPlan) -> None:
    quota = batch.snapshot.numbers[admission.number].quota
    owner = batch.snapshot.organizations[batch.snapshot.quotas[quota or 0].organization]
    row_plan.fault(
        "admitted-beyond-quota", "organization", Level.WARNING, number=admission.number,
        organization=home.name, owner=owner.name, authority=admission.beyond,
    )  # fmt: skip


def _is_begun_by(line: AdmissionLine, person: Person, batch: Batch) -> bool:
    """Whether the membership that is stored can be the one that this admission begins."""
    membership = batch.snapshot.membership(person.id)
    meeting: date = line.meeting
    if batch.snapshot.rejoins(person.id, meeting):
        return False
    if membership is None or membership.joined is None:
        return True
    by_month = membership.joined_precision == "month"
    return membership.joined == (meeting.replace(day=1) if by_month else meeting)


def _left_since(line: AdmissionLine, person: Person, batch: Batch) -> date | None:
    """When the membership ended that the admission begins, where that is known already: their
    political status is of a later day."""
    home = batch.snapshot.membership(person.id)
    return home.left if home is not None and _is_begun_by(line, person, batch) else None


def _is_member_of(person: Person, home: Organization, meeting: date, batch: Batch) -> bool:
    """Whether the membership that the admission begins is known already, in that branch: it may
    have ended on the same day, as the branch was closed."""
    return any(
        (known.organization, known.joined) == (home.code, meeting)
        for known in batch.snapshot.memberships_of(person.id)
    )


def _put_away_papers(admission: Admission, batch: Batch, row_plan: RowPlan) -> None:
    """Keep the form and the certificate of a former membership as history; they are no longer
    valid."""
    snapshot = batch.snapshot
    form = snapshot.forms.get(snapshot.form_of(admission.person) or "")
    if form is not None and form.serial != admission.form:
        row_plan.put(form, replace(form, state="void"))
    certificate = snapshot.certificates.get(snapshot.certificate_of(admission.person) or "")
    if certificate is not None and certificate.serial != admission.certificate:
        after = replace(certificate, state="recalled", reason="admitted again")
        row_plan.put(certificate, after)


def _with_number(case: RuleSubject, line: AdmissionLine, batch: Batch) -> RuleSubject:
    """Take the lowest free number; form and certificate bear it unless they have their own, or the
    person holds some already."""
    admission = recorded(case)
    places = batch.snapshot.places_beyond if admission.beyond else batch.snapshot.places_for
    day = admission.meeting
    number = batch.snapshot.free_slot(places(admission.organization, day.year, day))
    if number is None:
        raise LookupError("the gate let a case in for which no place is left")
    form = case.form or number
    is_given = line.certificate in (None, HELD)
    certificate = case.certificate or (number if is_given else None)
    admission = replace(admission, number=number, form=form, certificate=certificate)
    return replace(case, number=number, form=form, certificate=certificate, admission=admission)


def _put_membership(
    admission: Admission, before: Admission | None, batch: Batch, row_plan: RowPlan
) -> None:
    """Begin the membership with the admission, unless a roster has recorded it before. Where the
    admission is corrected, so is the membership that it began."""
    if before is not None and _correct_joining(admission, before, batch, row_plan):
        return
    stored = batch.snapshot.membership(admission.person)
    is_former = stored is not None and MEMBERSHIP.of(stored).is_over(admission.meeting)
    if stored is None or (is_former and stored.joined != admission.meeting):
        begun = Membership(
            id=batch.snapshot.new_id(Membership), person=admission.person,
            organization=admission.organization, joined=admission.meeting, entry="admitted",
        )  # fmt: skip
        row_plan.put(None, begun)
        return
    first, *later = batch.snapshot.same_joining(stored)
    row_plan.put(
        first, replace(first, joined=admission.meeting, joined_precision="day", entry="admitted")
    )
    for membership in later:
        row_plan.put(
            membership, replace(membership, joined=admission.meeting, joined_precision="day")
        )


def _correct_joining(
    admission: Admission, before: Admission, batch: Batch, row_plan: RowPlan
) -> bool:
    """Give the memberships that the admission began its day and branch, whatever came later; False
    where it began no known membership."""
    begun = [
        membership
        for membership in batch.snapshot.memberships_of(admission.person)
        if began_with(membership, before)
    ]
    for membership in begun:
        after = replace(membership, joined=admission.meeting, joined_precision="day")
        if membership.since is None:  # the first of them; later homes have days of their own
            after = replace(after, entry="admitted")
            if membership.organization == before.organization:
                after = replace(after, organization=admission.organization)
        row_plan.put(membership, after)
    return bool(begun)


def admission_lines(snapshot: Snapshot) -> Iterator[tuple[str, AdmissionLine]]:
    """The rows for every admission, ordered by number."""
    for admission in sorted(snapshot.admissions.values(), key=lambda case: case.number):
        values = person_values(AdmissionLine, snapshot.persons[admission.person], snapshot)
        values |= line_values(AdmissionLine, admission, snapshot)
        yield admission.organization, AdmissionLine.model_construct(**values)


def _keys(block: Block[AdmissionLine], keys: Keys) -> None:
    touch_members(block, keys)
    keys.years.update(day.year for day in block.column("meeting"))
    keys.free_numbers += len(block)
    for column in ("introducer_1", "introducer_2"):
        keys.names.update(signed_name(text)[0] for text in block.column(column))
    keys.organizations.update(text for text in block.column("approved_by") if text)


KIND = Kind(
    AdmissionLine,
    plan_admission,
    admission_lines,
    {Person: ALWAYS, Admission: Lifetime("meeting")},
    _keys,
)
