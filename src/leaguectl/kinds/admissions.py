"""Admissions: a row is the case of one candidate, judged by the gate; the number is its place."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import cast

from leaguectl.findings import Level
from leaguectl.kinds import AdmissionLine
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.kinds.candidates import close_case
from leaguectl.kinds.members import form_serial, person_said, put_papers
from leaguectl.model import Admission, Membership, Organization, Person, RuleSubject, Snapshot
from leaguectl.rules import ENTRY, GATE, judge
from leaguectl.rules.rule import recorded

_SAID = tuple(
    one.name
    for one in fields(Admission)
    if one.name not in ("id", "person", "organization", "number", "form", "certificate", "beyond",
                        "operation")
)  # fmt: skip
"""The fields of an admission that a row says as they are stored."""


def plan_admission(item: Item, batch: Batch) -> RowPlan:
    """Admit the candidate, or complete the case that is stored; every reason against it at once."""
    line = cast("AdmissionLine", item.line)
    row_plan = RowPlan(item)
    batch.once(row_plan, line.id_number, "id_number")
    home = batch.organization(row_plan, line.organization, "organization", line.unit)
    stored_person, person = batch.person(row_plan, line)
    batch.check_identity(row_plan, line, person)
    stored = batch.registry.admission(person.id)
    if stored is not None and batch.admitting:
        row_plan.fault("one-person", "id_number", person=person.name, admitted=stored.meeting)
        return row_plan
    if line.form == "无":
        row_plan.fault("form-absent", "form")
    if home is not None:
        batch.refuse_dissolved(row_plan, home, line.meeting, "organization")
    case = _case(line, person, home, stored, batch)
    if case.number is None and not batch.admitting:
        row_plan.fault("number-absent", "number")
    if batch.beyond and stored is None and home is not None:
        case = _beyond(case, batch)
    _ask(case, batch, row_plan, homeless=home is None)
    if row_plan.is_refused or home is None:
        return row_plan
    if case.number is None:
        case = _with_number(case, line, batch)
    admission = recorded(case)
    if admission.beyond and stored is None:
        _tell_beyond(admission, home, batch, row_plan)
    row_plan.creates = stored is None
    row_plan.put(stored_person, person)
    _put_membership(admission, batch, row_plan)
    slot = batch.registry.numbers[admission.number]
    row_plan.put(slot, replace(slot, state="used", person=person.id))
    put_papers(case, batch, row_plan)
    row_plan.put(stored, admission)
    close_case(admission, batch, row_plan)
    return row_plan


def _case(
    line: AdmissionLine, person: Person, home: Organization | None, stored: Admission | None,
    batch: Batch,
) -> RuleSubject:  # fmt: skip
    """The case as the row tells it, completed by what is stored."""
    said = {name: value for name in _SAID if (value := getattr(line, name)) is not None}
    # The papers that a roster told of are this admission's if it began that membership.
    theirs = batch.registry if _is_begun_by(line, person, batch) else Snapshot()
    number = line.number or theirs.number_of(person.id)
    form = form_serial(line.form, number) or theirs.form_of(person.id)
    certificate = line.certificate or (stored.certificate if stored else None)
    certificate = certificate or theirs.certificate_of(person.id)
    if batch.admitting:
        certificate = certificate or number  # it bears the number unless it has its own
    if stored is None:
        admission = Admission(
            id=batch.registry.new_id(Admission),
            person=person.id,
            organization=home.code if home else "",
            number=number or "",
            form=form or "",
            certificate=certificate,
            **said,
        )
    else:
        admission = replace(
            stored,
            organization=home.code if home else stored.organization,
            number=number or stored.number,
            form=form or stored.form,
            certificate=certificate,
            **said,
        )
    return RuleSubject(
        person=person,
        organization=admission.organization,
        joined=admission.meeting,
        number=number,
        form=form,
        certificate=certificate,
        admission=admission,
    )


def _beyond(case: RuleSubject, batch: Batch) -> RuleSubject:
    """The case with the document that allows it beyond the quota, where it needs one: its own quota
    is exhausted, or its number is a place of an organisation above."""
    this = recorded(case)
    own = batch.registry.places_for(this.organization, this.meeting.year)
    if case.number is None:
        needs = bool(own) and batch.registry.free_slot(own) is None
    else:
        slot = batch.registry.numbers.get(case.number)
        needs = slot is not None and slot.quota not in {quota.id for quota in own}
    return replace(case, admission=replace(this, beyond=batch.beyond)) if needs else case


def _tell_beyond(this: Admission, home: Organization, batch: Batch, row_plan: RowPlan) -> None:
    quota = batch.registry.numbers[this.number].quota
    owner = batch.registry.organizations[batch.registry.quotas[quota or 0].organization]
    row_plan.fault(
        "admitted-beyond-quota", "organization", Level.WARNING, number=this.number,
        organization=home.name, owner=owner.name, authority=this.beyond,
    )  # fmt: skip


def _is_begun_by(line: AdmissionLine, person: Person, batch: Batch) -> bool:
    """Whether the membership that is stored can be the one that this admission begins."""
    known = batch.registry.membership(person.id)
    if known is None or known.joined is None:
        return True
    meeting: date = line.meeting
    by_month = known.joined_precision == "month"
    return known.joined == (meeting.replace(day=1) if by_month else meeting)


def _ask(case: RuleSubject, batch: Batch, row_plan: RowPlan, *, homeless: bool) -> None:
    """Put the candidate before the rules of entry and the gate."""
    for verdict in judge(case, batch.registry, batch.policy, ENTRY + GATE):
        if homeless and verdict.code in ("number-in-block", "place-left"):
            continue  # the organisation is not known, so its block is not either
        row_plan.fault(verdict.code, verdict.field, verdict.level, **verdict.facts)


def _with_number(case: RuleSubject, line: AdmissionLine, batch: Batch) -> RuleSubject:
    """Take the lowest free number; form and certificate bear it unless they have their own."""
    this = recorded(case)
    places = batch.registry.places_beyond if this.beyond else batch.registry.places_for
    number = batch.registry.free_slot(places(this.organization, this.meeting.year))
    if number is None:
        raise LookupError("the gate let a case in for which no place is left")
    form = form_serial(line.form, number) or number
    certificate = line.certificate or number
    admission = replace(this, number=number, form=form, certificate=certificate)
    return replace(case, number=number, form=form, certificate=certificate, admission=admission)


def _put_membership(this: Admission, batch: Batch, row_plan: RowPlan) -> None:
    """The admission begins the membership; a roster may have told of it before."""
    stored = batch.registry.membership(this.person)
    begun = Membership(0, this.person, this.organization, this.meeting, entry="admitted")
    if stored is None or (stored.left is not None and stored.joined != this.meeting):
        row_plan.put(None, replace(begun, id=batch.registry.new_id(Membership)))
        return
    first, *later = batch.registry.same_joining(stored)
    row_plan.put(
        first, replace(first, joined=this.meeting, joined_precision="day", entry="admitted")
    )
    for one in later:
        row_plan.put(one, replace(one, joined=this.meeting, joined_precision="day"))


def admission_lines(registry: Snapshot) -> Iterator[tuple[str, AdmissionLine]]:
    """What a sheet says of every admission, in order of their numbers."""
    for one in sorted(registry.admissions.values(), key=lambda case: case.number):
        yield (
            one.organization,
            AdmissionLine.model_construct(
                **person_said(registry.persons[one.person]),
                organization=registry.reference(one.organization),
                number=one.number,
                form=one.form,
                certificate=one.certificate,
                **{name: getattr(one, name) for name in _SAID},
            ),
        )
