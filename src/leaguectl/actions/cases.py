"""Cases of candidates: open one, tell of its next step, close it, show how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from leaguectl.actions import Request
from leaguectl.actions.identify import identify_case, organization_code, people_known_by
from leaguectl.actions.importing import Choice, Report, carry_in
from leaguectl.actions.intake import ParsedFiles
from leaguectl.actions.policies import policy_in
from leaguectl.actions.row_defaults import Facts
from leaguectl.findings import Finding, NotFound, Refused
from leaguectl.kinds import AdmissionLine, CandidateLine, parse
from leaguectl.kinds.planning import Item
from leaguectl.model import Candidacy, Change, Keys, Person, Snapshot
from leaguectl.reports import lists as views
from leaguectl.reports.lists import cases
from leaguectl.rules import Policy, policy_of
from leaguectl.rules.steps import Progress, judge_so_far, next_step, progress, stage_of
from leaguectl.store import Location
from leaguectl.store.reading import open_reader
from leaguectl.workbooks.rows import Row

if TYPE_CHECKING:
    from leaguectl.store.transaction import Transaction

_FIELDS = tuple(one.name for one in fields(Candidacy))


@dataclass(frozen=True, slots=True)
class Card:
    """A case with the person and the organisation, its fifteen steps, what is wrong so far."""

    case: Candidacy
    person: Person
    organization: str
    steps: Sequence[Progress]
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in a list: how far it is, and what comes next; None once nothing does."""

    case: Candidacy
    person: Person
    organization: str
    stage: str
    next: Progress | None


# -- writing -------------------------------------------------------------------------------------


def open_case(request: Request, given: Mapping[str, Any]) -> Report:
    """Open the case of somebody whose fields were given by options.

    :raises Refused: the case is open already.
    """
    row = _row(given)
    line, found = parse(CandidateLine, row)
    if isinstance(line, CandidateLine):
        with open_reader(request.location) as reader:
            people = people_known_by(reader, str(line.id_number))
            existing = [cases.case_of(reader, person) for person in people]
        for case in existing:
            if case is not None and case["state"] == "open":
                facts = {"name": case["name"], "organization": case["home"]}
                raise Refused("case-open-already", **facts)
    return _carry_in(request, row, line, found, Choice())


def advance(request: Request, who: str, given: Mapping[str, Any]) -> Report:
    """Record what is known of the next steps; what is known already is changed for a reason only.

    :raises NotFound: nobody is meant who has a case, or several are.
    """
    with open_reader(request.location) as reader:
        known = identify_case(reader, who)
    stored = {"name": known["name"], "id_number": known["id_number"], "organization": known["code"]}
    row = _row({**stored, **{name: one for name, one in given.items() if one is not None}})
    line, found = parse(CandidateLine, row)
    return _carry_in(request, row, line, found, Choice(correcting=bool(request.reason)))


def _row(given: Mapping[str, Any]) -> Row:
    """The row that options say; what is wrong with one names it."""
    options = {
        field: (None, "--" + field.removesuffix("_1").removesuffix("_2").replace("_", "-"))
        for field in CandidateLine.model_fields
    } | {"organization": (None, "--org")}
    return Row("", "", None, {k: v for k, v in given.items() if v is not None}, options)


def _carry_in(
    request: Request, row: Row, line: Any, found: list[Finding], choice: Choice
) -> Report:
    from leaguectl.store.writing import Store

    intake = ParsedFiles(findings=found)
    if line is None:
        intake.faulty_rows.append((row.cells.get("name"), None, found))
    else:
        intake.items.append(Item(line, row))
    return carry_in(request, intake, choice, Store(request.location))


def written_of(report: Report) -> int | None:
    """Whose case was written, by registry id; None where nothing was."""
    if report.operation is None:
        return None
    for change in (one for step in report.steps for one in step.changes):
        if isinstance(change.after, Candidacy):
            return change.after.person
        if isinstance(change.after, Person):
            return change.after.id
    return None


def close(request: Request, who: str, state: str, day: date) -> tuple[int | None, str]:
    """Close a case: refused or withdrawn. The operation (None in a dry run), and whose it was.

    :raises NotFound: nobody is meant who has a case, or several are.
    :raises Refused: it is closed already, or a later step was taken.
    """
    from leaguectl.actions.carrying import carry_out
    from leaguectl.store.writing import Store

    with open_reader(request.location) as reader:
        known = identify_case(reader, who)
    store = Store(request.location)
    with store.read() if request.dry_run else store.write() as transaction:
        case = transaction.stored(Candidacy, known["id"])
        if case is None or case.state != "open":
            at = case.closed if case else day
            raise Refused("case-closed", state=case.state if case else "", closed=at)
        later = [one for one in _days(case) if one > day]
        if later:
            raise Refused("case-goes-on", day=max(later), closed=day)
        if request.dry_run:
            return None, known["name"]
        closed = replace(case, state=state, closed=day, reason=request.reason)
        changes = [Change(case, closed)]
        return carry_out(transaction, request, changes, counts={"updated": 1}), known["name"]


def _days(case: Candidacy) -> list[date]:
    values = (getattr(case, name) for name in _FIELDS)
    return [one for one in values if isinstance(one, date)]


# -- reading -------------------------------------------------------------------------------------


def card(location: Location, who: str) -> Card:
    """A case as it stands.

    :raises NotFound: nobody is meant who has a case, or several are.
    """
    from leaguectl.store.writing import Store

    with open_reader(location) as reader:
        known = identify_case(reader, who)
    with Store(location).read() as transaction:
        registry = _around(transaction, known)
    case = registry.find(Candidacy, known["id"])
    person = registry.persons[known["person"]]
    if case is None:
        raise NotFound("case-not-found", text=who)
    policy = policy_of(registry)
    found = [
        Finding(one.code, one.facts, one.level, subject=person.name)
        for one in judge_so_far(case, person, registry, policy)
        if not (one.code == "one-person" and case.state == "admitted")
    ]
    steps = progress(case, person, registry, policy)
    return Card(case, person, known["home"], steps, found)


def _around(transaction: "Transaction", known: views.Row) -> Snapshot:
    """The slice that the rules look at for one case: the person, the branch with all above, the
    introducers."""
    names = {one for one in (known["introducer_1"], known["introducer_2"]) if one}
    return transaction.slice(
        Keys(organizations={known["code"]}, people={known["person"]}, names=names)
    )


def listed(
    location: Location, org: str | None, stages: Sequence[str] = (), *, ended: bool = False
) -> list[Listed]:
    """The cases of an organisation and all below it, those that are open unless ``ended`` or a
    stage is asked for, in the order in which they were opened."""
    with open_reader(location) as reader:
        code = organization_code(reader, org)
        rows = cases.cases(reader, code)
        policy = policy_in(reader)
    found = []
    for row in rows:
        case, person = cases.as_nouns(row)
        stage = stage_of(case)
        if stage in stages if stages else ended or case.state == "open":
            step = next_of(case, person, policy)
            found.append(Listed(case, person, row["home"], stage, step))
    return found


def next_of(case: Candidacy, person: Person, policy: Policy) -> Progress | None:
    """What comes next in a case, judged by its own days; none where it ended otherwise than by
    admission, or is complete."""
    if case.state not in ("open", "admitted"):
        return None
    return next_step(case, person, Snapshot(), policy)


def open_facts(location: Location) -> dict[str, Facts]:
    """By ID number, what the open cases say of an admission."""
    with open_reader(location) as reader:
        rows = cases.cases(reader)
    return {str(row["id_number"]): facts_of(row) for row in rows if row["state"] == "open"}


def facts_of(row: views.Row) -> Facts:
    """What a case says of an admission, by the fields of a row of admissions."""
    known = {**row, "organization": row["code"]}
    return {
        name: str(value) if name == "id_number" else value
        for name in AdmissionLine.model_fields
        if (value := known.get(name)) is not None
    }


def facts_for(location: Location, who: str) -> Facts:
    """What the case of this candidate says of an admission.

    :raises NotFound: nobody is meant who has a case, or several are.
    """
    with open_reader(location) as reader:
        return facts_of(identify_case(reader, who))
