"""Admit: judge each candidate, take a number for each in order, record the papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from leaguectl.actions import Progress, Request, no_progress
from leaguectl.actions.cases import facts_for, open_facts
from leaguectl.actions.importing import Choice, Report, carry_in, import_files
from leaguectl.actions.intake import ParsedFiles
from leaguectl.actions.row_defaults import RowDefaults
from leaguectl.findings import Finding
from leaguectl.kinds import AdmissionLine, parse
from leaguectl.kinds.planning import Item, Step
from leaguectl.model import Admission
from leaguectl.workbooks.rows import Row


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who was admitted, or would be."""

    name: str
    number: str
    form: str
    certificate: str | None
    organization: str
    row: int | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody who was not, with every reason."""

    name: str
    row: int | None
    findings: Sequence[Finding]


def admit_file(
    request: Request, path: Path, choice: Choice, progress: Progress = no_progress
) -> Report:
    """Admit the candidates of a sheet: all in one operation, or nobody unless ``valid_only``. What
    a row leaves out is taken from the open case of that person."""
    beside = RowDefaults(cases=open_facts(request.location))
    choice = replace(
        choice, kind=AdmissionLine.kind, admitting=True, beside=beside, beyond=_beyond(request)
    )
    return import_files(request, [path], choice, progress)


def admit_one(request: Request, given: Mapping[str, Any], case: str | None = None) -> Report:
    """Admit one candidate whose fields were given by options; what they leave out is taken from
    the case of the candidate whom ``case`` means.

    ``given`` has the fields of an admission's line; what is wrong with one names its option.

    :raises NotFound: nobody has a case whom ``case`` can mean, or several have.
    """
    from leaguectl.store.writing import Store

    given = {name: value for name, value in given.items() if value is not None}
    if case is not None:
        given = {**facts_for(request.location, case), **given}

    options = {
        field: (None, "--" + field.replace("_", "-")) for field in AdmissionLine.model_fields
    }
    row = Row("", "", None, given, options)
    line, found = parse(AdmissionLine, row)
    intake = ParsedFiles(findings=found)
    if line is None:
        intake.faulty_rows.append((given.get("name"), None, found))
    else:
        intake.items.append(Item(line, row))
    return carry_in(
        request, intake, Choice(admitting=True, beyond=_beyond(request)), Store(request.location)
    )


def _beyond(request: Request) -> str | None:
    """The document for places beyond a quota; it counts with a reason alone."""
    return request.authority if request.reason else None


def admitted(report: Report) -> list[Admitted]:
    """Who was admitted, in the order of the sheet; nobody where nothing went in."""
    if report.operation is None and not report.dry_run:
        return []
    found = []
    for step in report.steps:
        case = _admission(step)
        if case is not None and step.outcome == "created":
            found.append(
                Admitted(
                    step.name or "",
                    case.number,
                    case.form,
                    case.certificate,
                    step.organization or "",
                    step.row.number,
                )
            )
    return found


def refused(report: Report) -> list[Refused]:
    """Who was refused, with every reason."""
    typed = [
        Refused(step.name or "", step.row.number, step.findings)
        for step in report.steps
        if step.outcome == "rejected"
    ]
    untyped = [Refused(str(name or ""), row, found) for name, row, found in report.faulty_rows]
    return sorted(typed + untyped, key=lambda one: one.row or 0)


def _admission(step: Step) -> Admission | None:
    for change in step.changes:
        if isinstance(change.after, Admission):
            return change.after
    return None
