"""Candidates: a row tells how far somebody's case has come; every day of it is told once."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, cast

from leaguectl.findings import Level
from leaguectl.kinds import CandidateLine
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.kinds.members import person_said
from leaguectl.model import Admission, Candidacy, Organization, Person, Snapshot
from leaguectl.names import fold_name
from leaguectl.rules.steps import judge_so_far, stage_of

_SAID = tuple(
    one.name
    for one in fields(Candidacy)
    if one.name not in ("id", "person", "organization", "state", "closed", "reason", "operation")
)
"""The facts of a case that a row says as they are stored."""

_SHARED = tuple(name for name in _SAID if name in {one.name for one in fields(Admission)})
"""Those of them that an admission has too."""

_GROW = frozenset({"course_hours", "service_hours"})
"""Facts of which a later list has more, which contradicts nothing."""

_PROOF = {
    "applicant": "applied", "activist": "activist", "candidate": "candidate", "passed": "meeting",
    "admitted": "approved",
}  # fmt: skip
"""The day that shows a stage."""

_ENDED = ("refused", "withdrawn")


def plan_candidate(item: Item, batch: Batch) -> RowPlan:
    """Open the case of a candidate, or complete the one that is stored; what contradicts it is a
    fault, unless somebody corrects it for a reason."""
    row_plan = RowPlan(item)
    line = cast("CandidateLine", item.line)
    home = None
    if line.organization is not None:
        home = batch.organization(row_plan, line.organization, "organization", line.unit)
    line = _known(line, home, batch, row_plan)
    if line.id_number is None:
        return row_plan
    batch.once(row_plan, f"{line.id_number} {line.applied or ''}", "id_number")
    stored_person, person = batch.person(row_plan, line)
    batch.check_identity(row_plan, line, person)
    stored = _case_of(line, batch.registry.candidacies(person.id))
    if home is None and line.organization is None and stored is None:
        row_plan.fault("branch-not-said", "organization", name=line.name)
    if home is not None and home.dissolved and (stored is None or stored.state == "open"):
        row_plan.fault(
            "organization-dissolved", "organization", name=home.name, dissolved=home.dissolved
        )
    after = _completed(line, person, home, stored, batch, row_plan)
    _ask(after, person, batch, row_plan)
    _look_at_stage(line, after, row_plan)
    if row_plan.is_refused:
        return row_plan
    row_plan.creates = stored is None
    row_plan.put(stored_person, person)
    row_plan.put(stored, after if stored else replace(after, id=batch.registry.new_id(Candidacy)))
    return row_plan


def candidate_lines(registry: Snapshot) -> Iterator[tuple[str, CandidateLine]]:
    """What a sheet says of every case, in the order in which they were opened."""
    for one in registry.all(Candidacy):
        ended = one.state in _ENDED
        yield (
            one.organization,
            CandidateLine.model_construct(
                **person_said(registry.persons[one.person]),
                organization=registry.reference(one.organization),
                reached=stage_of(one),
                closed=one.closed if ended else None,
                reason=one.reason if ended else None,
                **{name: getattr(one, name) for name in _SAID},
            ),
        )


def _look_at_stage(line: CandidateLine, after: Candidacy, row_plan: RowPlan) -> None:
    """A stage is shown by its day; an end must have one."""
    if line.reached in _ENDED:
        if after.closed is None:
            row_plan.fault("stage-not-shown", "closed", missing="closed")
    elif line.reached is not None and getattr(after, _PROOF[line.reached]) is None:
        row_plan.fault("stage-not-shown", "reached", Level.WARNING, missing=_PROOF[line.reached])


def close_case(this: Admission, batch: Batch, row_plan: RowPlan) -> None:
    """Close the case of whoever is admitted on the day of approval; the case then says what the
    admission says, and where it said otherwise, that is told."""
    case = batch.registry.candidacy(this.person)
    if case is None or case.state not in ("open", "admitted"):
        return
    after = _admitted(case, this)
    if case.state == "open":
        said = {name: getattr(after, name) for name in _SHARED}
        for name, known, value in _contradictions(case, said):
            row_plan.fault(
                "case-differs",
                name,
                Level.WARNING,
                field=name,
                known=known,
                said=value,
                admits=True,
            )
    row_plan.put(case, after)


def _known(line: CandidateLine, home: Organization | None, batch: Batch, row_plan: RowPlan) -> Any:
    """The line with the ID number of the one person of that name, birth date and branch who is
    known, where it gives none; as it is, with a fault, where there is not just one."""
    if line.id_number is not None:
        return line
    found = list(_people(line, home, batch)) if home and line.born else []
    if len(found) == 1:
        return line.model_copy(update={"id_number": found[0].id_number})
    if found:
        row_plan.fault("id-number-absent", "id_number", name=line.name, several=len(found))
    else:
        row_plan.fault("id-number-absent", "id_number", name=line.name)
    return line


def _people(line: CandidateLine, home: Organization, batch: Batch) -> Iterator[Person]:
    """Who bears that name, was born that day (or month), and has a case or a membership there."""
    said, precision = line.born  # type: ignore[misc]
    name, registry = fold_name(line.name), batch.registry
    for person in registry.persons.values():
        if fold_name(person.name) != name:
            continue
        born = person.born if precision == "day" else person.born.replace(day=1)
        of = (registry.candidacy(person.id), registry.membership(person.id))
        if born == said and any(one is not None and one.organization == home.code for one in of):
            yield person


def _case_of(line: CandidateLine, known: list[Candidacy]) -> Candidacy | None:
    """The stored case that a row tells of: that of the same application; the open one; the latest
    that is closed, unless the row's application is later than its end."""
    same = [one for one in known if line.applied is not None and one.applied == line.applied]
    still_open = [one for one in known if one.state == "open"]
    if same or still_open:
        return (same or still_open)[-1]
    last = known[-1] if known else None
    if last is None or last.closed is None or line.applied is None:
        return last
    return last if line.applied <= last.closed else None


def _completed(
    line: CandidateLine, person: Person, home: Organization | None, stored: Candidacy | None,
    batch: Batch, row_plan: RowPlan,
) -> Candidacy:  # fmt: skip
    """The case with what the row adds to it."""
    said = {name: value for name in _SAID if (value := getattr(line, name)) is not None}
    code = home.code if home else stored.organization if stored else ""
    if stored is None:
        return _new(line, person, code, said, batch)
    after = _ended(line, replace(stored, organization=code, **said))
    if stored.state in _ENDED and after != stored:
        row_plan.fault("case-closed", "name", state=stored.state, closed=stored.closed)
    elif not batch.correcting:
        for name, known, value in _contradictions(stored, said):
            row_plan.fault("case-differs", name, field=name, known=known, said=value)
        if code != stored.organization:
            known_home = batch.registry.organizations.get(stored.organization)
            row_plan.fault(
                "case-differs", "organization", field="organization",
                known=known_home.name if known_home else stored.organization,
                said=home.name if home else code,
            )  # fmt: skip
    return after


def _new(
    line: CandidateLine, person: Person, code: str, said: dict[str, Any], batch: Batch
) -> Candidacy:
    """A case of which nothing was known: open, or ended as the row says. Where it is the way to an
    admission that is recorded already, it ended with that."""
    case = Candidacy(id=0, person=person.id, organization=code, state="open", **said)
    admission = batch.registry.admission(person.id)
    if admission is not None and admission.applied == case.applied:
        return _admitted(case, admission)
    return _ended(line, case)


def _ended(line: CandidateLine, case: Candidacy) -> Candidacy:
    """The case with the end that the row gives it."""
    if case.state != "open" or line.reached not in _ENDED or line.closed is None:
        return case
    return replace(case, state=line.reached, closed=line.closed, reason=line.reason)


def _admitted(case: Candidacy, this: Admission) -> Candidacy:
    """The case as it ends with an admission: what the admission says is said by both."""
    said: dict[str, Any] = {
        name: value for name in _SHARED if (value := getattr(this, name)) is not None
    }
    return replace(case, state="admitted", closed=this.approved, **said)


def _contradictions(case: Candidacy, said: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """What is said otherwise than the case has it."""
    for name, value in said.items():
        known = getattr(case, name)
        if known is None or value is None or known == value or (name in _GROW and value > known):
            continue
        yield name, known, value


def _ask(case: Candidacy, person: Person, batch: Batch, row_plan: RowPlan) -> None:
    """Put the case before the rules of the gate as far as it has come."""
    for verdict in judge_so_far(case, person, batch.registry, batch.policy):
        if verdict.code == "one-person" and case.state == "admitted":
            continue  # it is this very case that made him a member
        row_plan.fault(verdict.code, verdict.field, verdict.level, **verdict.facts)
