"""Cases of candidates: open one, record its next steps, close it, show how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from leaguectl.actions import Request
from leaguectl.actions.batch import (
    ImportOptions,
    Report,
    import_line,
    import_parsed,
    row_from_options,
)
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.file_parser import Facts
from leaguectl.actions.identify import identify_case, people_known_by
from leaguectl.actions.parsed_files import ParsedFiles
from leaguectl.findings import Finding, NotFound
from leaguectl.kinds.admissions import AdmissionLine
from leaguectl.kinds.candidates import CandidateLine
from leaguectl.kinds.parsing import read
from leaguectl.model import Candidacy, Change, Keys, Person, is_known
from leaguectl.names import signed_name
from leaguectl.reports import candidates
from leaguectl.reports.query import Row
from leaguectl.rules import policy_of
from leaguectl.rules.steps import Progress, judge_so_far, progress
from leaguectl.store import Location
from leaguectl.store.reading import open_reader

if TYPE_CHECKING:
    from leaguectl.actions.work import Outcome

_OPTIONS = {
    "organization": "--org",
    "contact_1": "--contact",
    "contact_2": "--contact",
    "introducer_1": "--introducer",
    "introducer_2": "--introducer",
}
"""Fields of a case that have another name on the command line."""


@dataclass(frozen=True, slots=True)
class Card:
    """A case with the person and the organisation, its fifteen steps, what is wrong so far."""

    case: Candidacy
    person: Person
    organization: str
    steps: Sequence[Progress]
    findings: Sequence[Finding]


def open_case(request: Request, values: Mapping[str, Any]) -> Report:
    """Open the case of somebody whose fields are given by options; refused where they have an open
    case."""
    row = row_from_options(CandidateLine, values, _OPTIONS)
    line, faults = read(CandidateLine, row)
    refusals = _open_cases(request, line) if is_known(line.id_number) else []
    if not refusals:
        return import_line(request, row, line, faults, ImportOptions())
    # A row of a sheet would continue the open case; opening a case twice is a mistake.
    report = import_parsed(request, ParsedFiles(findings=[*faults, *refusals]), ImportOptions())
    return replace(report, is_forbidden=True)


def _open_cases(request: Request, line: CandidateLine) -> list[Finding]:
    """A finding for each open case of the person who bears that ID number."""
    with open_reader(request.location) as reader:
        people = people_known_by(reader, str(line.id_number))
        cases = [candidates.case_of(reader, person) for person in people]
    return [
        Finding("case-open-already", {"name": case["name"], "organization": case["home"]})
        for case in cases
        if case is not None and case["state"] == "open"
    ]


def advance(request: Request, who: str, values: Mapping[str, Any]) -> Report:
    """Record the next steps of a case; stored values only change with a reason.

    :raises NotFound: nobody with a case is meant, or several people are.
    """
    with open_reader(request.location) as reader:
        case = identify_case(reader, who)
    stored = {"name": case["name"], "id_number": case["id_number"], "organization": case["code"]}
    filled = {name: value for name, value in values.items() if value is not None}
    row = row_from_options(CandidateLine, {**stored, **filled}, _OPTIONS)
    options = ImportOptions(correcting=bool(request.reason))
    return import_line(request, row, *read(CandidateLine, row), options)


def close(request: Request, who: str, state: str, day: date) -> "Outcome[None]":
    """Close a case: refused or withdrawn. The row of the outcome has its person.

    :raises NotFound: nobody with a case is meant, or several people are.
    """
    from leaguectl.actions.work import run

    with open_reader(request.location) as reader:
        row = identify_case(reader, who)

    def plan(change_set: ChangeSet) -> None:
        case = change_set.snapshot.find(Candidacy, row["id"])
        if case is None or case.state != "open":
            closed, state_now = (case.closed, case.state) if case else (day, "")
            change_set.fault("case-closed", row["name"], state=state_now, closed=closed)
            return
        # A step after the end would contradict it; then the day of closing is wrong, or the step.
        if later := [step for step in _days(case) if step > day]:
            change_set.fault("case-goes-on", row["name"], day=max(later), closed=day)
        change_set.put(case, replace(case, state=state, closed=day, reason=request.reason))
        change_set.answer(id=case.id, name=row["name"], state=state, closed=day)

    # A person's cases come with the person.
    return run(request, Keys(people={row["person"]}), plan)


def _days(case: Candidacy) -> list[date]:
    """The days of the steps that were taken."""
    values = (getattr(case, field.name) for field in fields(case))
    return [value for value in values if isinstance(value, date)]


# -- reading -------------------------------------------------------------------------------------


def card(location: Location, who: str) -> Card:
    """A case as it is now.

    :raises NotFound: nobody with a case is meant, or several people are.
    """
    with open_reader(location) as reader:
        row = identify_case(reader, who)
    shown = _card(location, row["id"])
    if shown is None:
        raise NotFound("case-not-found", text=who)
    return shown


def card_after(location: Location, report: Report) -> Card | None:
    """The case after what was reported, or as it would be; None where nothing was to be written."""
    if report.has_errors or (report.operation is None and not report.dry_run):
        return None
    changes = [change for step in report.steps for change in step.changes]
    people = [change.after.id for change in changes if isinstance(change.after, Person)]
    trial = changes if report.dry_run else []
    for case in report.written(Candidacy):
        return _card(location, case.id, case, trial)
    with open_reader(location) as reader:
        stored = [candidates.case_of(reader, person) for person in people]
    for row in filter(None, stored):
        return _card(location, row["id"], None, trial)
    return None


def _card(
    location: Location, case_id: int, made: Candidacy | None = None, trial: Sequence[Change] = ()
) -> Card | None:
    """A case as it is now, or ``made`` where it may not be stored; on trial, the case as it would
    be after these changes."""
    from leaguectl.store.writing import Store

    with Store(location).read() as transaction:
        stored = made or transaction.find(Candidacy, case_id)
        if stored is None:
            return None
        snapshot = transaction.slice(_keys_of_case(stored))
    for change in trial:
        snapshot.apply(change)
    case, person = snapshot.find(Candidacy, case_id) or stored, snapshot.persons[stored.person]
    policy = policy_of(snapshot)
    findings = [
        Finding(verdict.code, verdict.facts, verdict.level, subject=person.name)
        for verdict in judge_so_far(case, person, snapshot, policy)
        # An admitted person is already in the snapshot by their own admission.
        if not (verdict.code == "one-person" and case.state == "admitted")
    ]
    home = snapshot.organizations[case.organization].name
    return Card(case, person, home, progress(case, person, snapshot, policy), findings)


def _keys_of_case(case: Candidacy) -> Keys:
    """What the rules need for a case: the person, the branch and all organisations above, the
    introducers."""
    introducers = filter(None, (case.introducer_1, case.introducer_2))
    names = {signed_name(text)[0] for text in introducers}
    return Keys(organizations={case.organization}, people={case.person}, names=names)


def open_facts(location: Location) -> dict[str, Facts]:
    """What the open cases say about an admission, by ID number."""
    with open_reader(location) as reader:
        rows = candidates.cases(reader)
    return {str(row["id_number"]): facts_of(row) for row in rows if row["state"] == "open"}


def facts_of(row: Row) -> Facts:
    """What a case says about an admission, by the fields of a row of admissions."""
    values = {**row, "organization": row["code"]}
    return {
        field: str(value) if field == "id_number" else value
        for field in AdmissionLine.model_fields
        if (value := values.get(field)) is not None
    }


def facts_for(location: Location, who: str) -> Facts:
    """What the case of this candidate says about an admission.

    :raises NotFound: nobody with a case is meant, or several people are.
    """
    with open_reader(location) as reader:
        return facts_of(identify_case(reader, who))
