"""Members: a row says who belongs where since when, and which papers he has."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from leaguectl.findings import Level, Private
from leaguectl.kinds import Day, MemberLine
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.model import (
    Certificate,
    Form,
    Membership,
    Number,
    Organization,
    Person,
    RuleSubject,
    Snapshot,
)
from leaguectl.rules import ENTRY, judge


def plan_member(item: Item, batch: Batch) -> RowPlan:
    """Enter the member, or complete what is stored; a contradiction is a fault, never a change."""
    line = cast("MemberLine", item.line)
    row_plan = RowPlan(item)
    batch.once(row_plan, line.id_number, "id_number")
    home = batch.organization(row_plan, line.organization, "organization", line.unit)
    stored, person = batch.person(row_plan, line)
    batch.check_identity(row_plan, line, person)
    membership = batch.registry.membership(person.id)
    after = _membership(line, person, home, membership, batch, row_plan)
    number = line.number or batch.registry.number_of(person.id)
    case = RuleSubject(
        person=person,
        organization=home.code if home else "",
        joined=after.joined if after else None,
        joined_precision=after.joined_precision if after else "day",
        number=line.number,
        form=form_serial(line.form, number),
        certificate=line.certificate,
        admission=None,
    )
    ask_rules(case, batch, row_plan, has_number=number is not None)
    stays = after is not None and after.left is None and home and after.organization == home.code
    if home is not None and home.dissolved and stays:
        row_plan.fault(
            "organization-dissolved", "organization", name=home.name, dissolved=home.dissolved
        )
    if row_plan.is_refused or home is None or after is None:
        return row_plan
    row_plan.creates = membership is None
    row_plan.put(stored, person)
    row_plan.put(membership, after)
    for one in batch.registry.same_joining(membership)[:-1] if membership else ():
        row_plan.put(
            one, replace(one, joined=after.joined, joined_precision=after.joined_precision)
        )
    _put_number(case, batch, row_plan)
    put_papers(case, batch, row_plan)
    return row_plan


def ask_rules(case: RuleSubject, batch: Batch, row_plan: RowPlan, *, has_number: bool) -> None:
    """Put the member before the rules of entry."""
    for verdict in judge(case, batch.registry, batch.policy, ENTRY):
        if verdict.code == "number-missing" and has_number:
            continue  # stored already; a blank cell does not take it away
        row_plan.fault(verdict.code, verdict.field, verdict.level, **verdict.facts)


def form_serial(mark: str | None, number: str | None) -> str | None:
    """The serial of the form: its own, or the number that it bears (empty or 有); None for 无."""
    if mark in (None, "有"):
        return number
    return None if mark == "无" else mark


def put_papers(case: RuleSubject, batch: Batch, row_plan: RowPlan) -> None:
    """Record the form and the certificate where they are new."""
    if case.form and case.form not in batch.registry.forms:
        row_plan.put(None, Form(case.form, case.person.id))
    if case.certificate and case.certificate not in batch.registry.certificates:
        row_plan.put(None, Certificate(case.certificate, case.person.id))


def _put_number(case: RuleSubject, batch: Batch, row_plan: RowPlan) -> None:
    """Take the slot of our block, or record a number that was given elsewhere."""
    if case.number is None:
        return
    slot = batch.registry.numbers.get(case.number)
    if slot is None:
        if case.joined is not None and batch.registry.places_for(
            case.organization, case.joined.year
        ):
            row_plan.fault("number-not-ours", "number", Level.WARNING, number=case.number)
        year = int(case.number[:4])
        row_plan.put(None, Number(case.number, year, "foreign", None, case.person.id))
    elif slot.state == "free":
        row_plan.put(slot, replace(slot, state="used", person=case.person.id))


def _membership(
    line: MemberLine,
    person: Person,
    home: Organization | None,
    stored: Membership | None,
    batch: Batch,
    row_plan: RowPlan,
) -> Membership | None:
    if home is None:
        return None
    joined: Day | None = line.joined
    left: Day | None = line.left
    if stored is None:
        after = Membership(
            batch.registry.new_id(Membership),
            person.id,
            home.code,
            joined.date if joined else None,
            joined.precision if joined else "day",
        )
    else:
        after = replace(stored, **_joined(joined, stored, row_plan))
        if home.code != stored.organization:
            former = _former(stored, home, batch)
            if former is not None:
                return _moved_on(line, former, after, batch, row_plan)
            known = batch.registry.organizations[stored.organization].name
            row_plan.fault(
                "home-corrected", "organization", Level.WARNING, known=known, said=home.name
            )
            after = replace(after, organization=home.code)
    if left is not None:
        if stored is not None and stored.left is not None and stored.left != left.date:
            row_plan.fault("left-differs", "left", known=stored.left, said=left.date)
        if after.joined is not None and left.date < after.joined:
            row_plan.fault("left-before-joined", "left", joined=after.joined, left=left.date)
        after = replace(after, left=left.date)
    if line.leaving_reason:
        if after.left is None:
            row_plan.fault("left-missing", "left")
        after = replace(after, leaving_reason=line.leaving_reason)
    return after


def _former(stored: Membership, home: Organization, batch: Batch) -> Membership | None:
    """The member's time at this home, before moving on to where he is now."""
    chain = batch.registry.same_joining(stored)[:-1]
    return next((one for one in reversed(chain) if one.organization == home.code), None)


def _moved_on(
    line: MemberLine, former: Membership, now: Membership, batch: Batch, row_plan: RowPlan
) -> Membership:
    """An older roster does not take back a move; what it says of leaving is about that home."""
    homes = batch.registry.organizations
    row_plan.fault(
        "member-moved-on",
        "organization",
        Level.WARNING,
        said=homes[former.organization].name,
        known=homes[now.organization].name,
        since=former.left,
    )
    if line.left is not None and line.left.date != former.left:
        row_plan.fault("left-differs", "left", known=former.left, said=line.left.date)
    return now


def _joined(said: Day | None, stored: Membership, row_plan: RowPlan) -> dict[str, Any]:
    """What a row adds to the stored date of joining: nothing, or the day to a month."""
    if said is None or stored.joined is None:
        return {} if said is None else {"joined": said.date, "joined_precision": said.precision}
    same_month = (said.date.year, said.date.month) == (stored.joined.year, stored.joined.month)
    if said.precision == "month" and same_month:
        return {}
    if stored.joined_precision == "month" and same_month:
        return {"joined": said.date, "joined_precision": said.precision}
    if said.date != stored.joined:
        row_plan.fault("joined-differs", "joined", known=stored.joined, said=said.date)
    return {}


def member_lines(registry: Snapshot) -> Iterator[tuple[str, MemberLine]]:
    """What a sheet says of everybody who is or was a member: the latest membership, and the papers
    that are valid now."""
    for person in registry.persons.values():
        kept = registry.membership(person.id)
        if kept is None:
            continue  # a cadre or a candidate who is no member
        number, form = registry.number_of(person.id), registry.form_of(person.id)
        yield (
            kept.organization,
            MemberLine.model_construct(
                **person_said(person),
                organization=registry.reference(kept.organization),
                joined=Day(kept.joined, kept.joined_precision) if kept.joined else None,
                number=number,
                form="无" if number and not form else form,
                certificate=registry.certificate_of(person.id),
                politics=person.politics,
                left=Day(kept.left, "day") if kept.left else None,
                leaving_reason=kept.leaving_reason,
            ),
        )


def person_said(person: Person) -> dict[str, Any]:
    """What a row says of the person alone: the name as it was first written, number and phone."""
    return {
        "name": person.written or person.name,
        "id_number": Private(person.id_number),
        "phone": Private(person.phone) if person.phone else None,
    }
