"""Admit: judge each candidate, take a number for each in order, record the papers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from leaguectl.actions import Progress, Request, no_progress
from leaguectl.actions.batch import (
    ImportOptions,
    Report,
    import_files,
    import_line,
    row_from_options,
)
from leaguectl.actions.candidates import facts_for, open_facts
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.file_parser import RowDefaults
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Finding, NotFound, UsageError
from leaguectl.kinds.admissions import AdmissionLine
from leaguectl.kinds.candidates import reopened
from leaguectl.kinds.parsing import read
from leaguectl.kinds.steps import Step
from leaguectl.model import (
    BRANCH_TYPES,
    Admission,
    Candidacy,
    Discipline,
    Entity,
    Keys,
    Registration,
    Snapshot,
    Transfer,
)
from leaguectl.rules.gate import began_with


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who was admitted, or would be; the organisation by its code."""

    name: str
    number: str
    form: str
    certificate: str | None
    organization: str
    file: str
    row: int | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Somebody who was not admitted, with every reason."""

    name: str
    file: str
    row: int | None
    findings: Sequence[Finding]


def admit_files(
    request: Request,
    paths: Sequence[Path],
    options: ImportOptions,
    progress: Progress = no_progress,
) -> Report:
    """Admit the candidates of some files: all in one operation, or nobody unless ``valid_only``.
    Values that a row leaves out are taken from the person's open case."""
    # They have been typed already for the case.
    defaults = RowDefaults(cases=open_facts(request.location))
    options = replace(
        options, kind=AdmissionLine.kind, admitting=True, defaults=defaults, beyond=_beyond(request)
    )
    return import_files(request, paths, options, progress)


def admit_one(request: Request, values: Mapping[str, Any], case: str | None = None) -> Report:
    """Admit one candidate whose fields are given by options; missing values are taken from the case
    of the candidate named by ``case``.

    :raises NotFound: ``case`` names nobody with a case, or several people.
    """
    values = {name: value for name, value in values.items() if value is not None}
    if case is not None:
        values = {**facts_for(request.location, case), **values}
    row = row_from_options(AdmissionLine, values)
    options = ImportOptions(admitting=True, beyond=_beyond(request))
    return import_line(request, row, *read(AdmissionLine, row), options)


def _beyond(request: Request) -> str | None:
    """The document for places beyond a quota; it is only valid together with a reason."""
    return request.authority if request.reason else None


_OF_MEMBERS: dict[type[Entity], Callable[[Any], date]] = {
    Transfer: lambda transfer: transfer.requested,
    Discipline: lambda measure: measure.since,
    Registration: lambda registered: registered.registered or date(registered.year, 12, 31),
}
"""What happens to members alone, and on which day it did."""


# -- one admission taken back ---------------------------------------------------------------------


def withdraw(request: Request, number: str) -> Outcome[None]:
    """Withdraw an admission, for example because the county refuses to file it: the number becomes
    void, the papers are recalled, the membership that it began counts as never existing, with its
    transfers, registrations and measures, and the case is open again. Where its branch was
    dissolved, it goes on where the member went, or ends.

    :raises UsageError: no reason or no document is given.
    :raises NotFound: the ledger has no such number.
    """
    if not (reason := request.reason) or not request.authority:
        raise UsageError("withdraw-needs-document")

    def plan(change_set: ChangeSet) -> None:
        snapshot = change_set.snapshot
        if (slot := snapshot.numbers.get(number)) is None:
            raise NotFound("number-not-found", number=number)
        admission = snapshot.admission(slot.person) if slot.person is not None else None
        if admission is None or admission.number != number:
            change_set.fault("withdraw-not-admitted", number, number=number)
            return
        _take_back(change_set, admission, reason)

    return run(request, Keys(numbers={number}, related={*_OF_MEMBERS}), plan)


def _take_back(change_set: ChangeSet, admission: Admission, reason: str) -> None:
    snapshot, today = change_set.snapshot, change_set.today
    change_set.answer(
        name=snapshot.persons[admission.person].name,
        number=admission.number,
        form=admission.form,
        certificate=admission.certificate,
        organization=change_set.name(admission.organization),
    )
    branch = _branch_now(admission, snapshot)
    change_set.put(admission, None)
    for membership in reversed(snapshot.memberships_of(admission.person)):
        if began_with(membership, admission):
            change_set.put(membership, None)
    for entity, day_of in _OF_MEMBERS.items():
        for record in [*snapshot.by(entity, "person", admission.person)]:
            if day_of(record) >= admission.meeting:
                change_set.put(record, None)
    slot = snapshot.numbers[admission.number]
    change_set.put(slot, replace(slot, state="void", person=None, reason=reason, since=today))
    if (form := snapshot.forms.get(admission.form)) is not None:
        change_set.put(form, replace(form, state="void"))
    certificate = snapshot.certificates.get(admission.certificate or "")
    if certificate is not None:
        change_set.put(certificate, replace(certificate, state="recalled", reason=reason))
    stored = snapshot.candidacy(admission.person)
    if stored is None or stored.state != "admitted":
        stored = None
    new_id = snapshot.new_id(Candidacy) if stored is None else stored.id
    case = stored or Candidacy(new_id, admission.person, admission.organization, "open")
    case = reopened(case, admission)
    if branch is None:
        change_set.put(stored, replace(case, state="refused", closed=today, reason=reason))
    else:
        change_set.put(stored, replace(case, organization=branch))


def _branch_now(admission: Admission, snapshot: Snapshot) -> str | None:
    """The branch in which the case of an admission can go on: the same; where that was dissolved,
    the one that its members went to. None where there is none that could admit."""
    homes = [home.organization for home in snapshot.memberships_of(admission.person)]
    branches = [
        code
        for code in (admission.organization, *homes[-1:])
        if (there := snapshot.organizations[code]).dissolved is None and there.type in BRANCH_TYPES
    ]
    return branches[0] if branches else None


def admission_of(step: Step) -> Admission | None:
    """The admission that a row of a sheet made, changed or confirmed."""
    records = (*(change.after for change in step.changes), *step.confirmed)
    return next((record for record in records if isinstance(record, Admission)), None)


def admitted(report: Report) -> list[Admitted]:
    """The people who were admitted, in the order of the sheet; empty where nothing was written."""
    if report.operation is None and (not report.dry_run or report.is_forbidden):
        return []
    return _people(report, is_new=True)


def admitted_before(report: Report) -> list[Admitted]:
    """The people whose rows only repeat what the registry has already."""
    return _people(report, is_new=False)


def _people(report: Report, *, is_new: bool) -> list[Admitted]:
    people = []
    for step in report.steps:
        admission = admission_of(step)
        if step.outcome == "rejected" or admission is None:
            continue
        if (step.outcome == "created") == is_new:
            people.append(
                Admitted(
                    step.name or "",
                    admission.number,
                    admission.form,
                    admission.certificate,
                    admission.organization,
                    step.row.file,
                    step.row.number,
                )
            )
    return people


def rejected(report: Report) -> list[Rejected]:
    """The people who were not admitted, with every reason."""
    refused = [
        Rejected(step.name or "", step.row.file, step.row.number, step.findings)
        for step in report.steps
        if step.outcome == "rejected"
    ]
    return sorted(refused, key=lambda person: (person.file, person.row or 0))
