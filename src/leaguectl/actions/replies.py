"""What goes back to who sent a sheet: the empty form, his workbook with its faults, with numbers.

Nothing here asks the registry: a reply is made of what an import or an admission found.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from leaguectl.actions.batch import Report
from leaguectl.actions.parsed_files import shown_names
from leaguectl.findings import Finding, NotFound, UsageError
from leaguectl.kinds import KINDS
from leaguectl.kinds.admissions import AdmissionLine
from leaguectl.kinds.planning import Step
from leaguectl.model import Admission
from leaguectl.workbooks.reply import Filled, ReplyText, write_reply
from leaguectl.workbooks.template import Page, write_template

_PAPERS = ("number", "form", "certificate")


def make_template(out: Path, titles: Mapping[str, str]) -> None:
    """Write the empty form: one sheet for each kind of ``titles``, under the title given there.

    :raises UsageError: the file's name does not end as a workbook's.
    :raises NotFound: the file cannot be written.
    """
    _refuse_ending(out)
    write_template(out, [Page(title, KINDS[name].headings) for name, title in titles.items()])


# -- replies -------------------------------------------------------------------------------------


def refuse_reply(out: Path, paths: Iterable[Path]) -> None:
    """Refuse a reply that could not be written, before anything is done.

    :raises UsageError: it is no workbook, or would overwrite what was sent.
    :raises NotFound: its folder is not there.
    """
    _refuse_ending(out)
    if any(path.exists() and out.exists() and path.samefile(out) for path in paths):
        raise UsageError("reply-over-source", file=str(out))
    if not out.parent.is_dir():
        raise NotFound("file-not-written", file=str(out), detail="")


def reply_to_import(
    report: Report, paths: Sequence[Path], out: Path, text: ReplyText, *, valid_only: bool = False
) -> list[Path]:
    """Write back each file with what was found in it; where the replies are.

    With ``valid_only`` the rows that went in are left out. Several files have a reply each, named
    after ``out`` and the file.
    """
    without = _went_in if valid_only and not report.dry_run else _nothing_went_in
    return [
        _reply(report, path, shown, to, text, without=without(report, shown))
        for path, shown, to in _named(paths, out)
    ]


def reply_to_admit(report: Report, path: Path, out: Path, text: ReplyText) -> list[Path]:
    """Write the file back with the numbers and papers of those who were admitted in their rows,
    and what speaks against the others."""
    shown = shown_names([path])[path]
    return [_reply(report, path, shown, out, text, filled=list(_papers(report, shown)))]


def _reply(report: Report, path: Path, shown: str, out: Path, text: ReplyText, **more: Any) -> Path:
    write_reply(path, out, _of_file(report.findings, shown), text, limits=report.limits, **more)
    return out


def _of_file(findings: Iterable[Finding], shown: str) -> list[Finding]:
    return [one for one in findings if one.where is None or one.where.file == shown]


def _named(paths: Sequence[Path], out: Path) -> Iterator[tuple[Path, str, Path]]:
    """Each file, how messages name it, and where its reply goes."""
    names = shown_names(paths)
    taken: set[Path] = set()
    for path, shown in names.items():
        to = out if len(names) == 1 else out.with_name(f"{out.stem}-{path.stem}{out.suffix}")
        at = 2
        while to in taken:
            to = out.with_name(f"{out.stem}-{path.stem}-{at}{out.suffix}")
            at += 1
        taken.add(to)
        yield path, shown, to


def _nothing_went_in(_report: Report, _shown: str) -> dict[str, set[int]]:
    return {}


def _went_in(report: Report, shown: str) -> dict[str, set[int]]:
    """The rows of each sheet of a file that are in the registry now."""
    rows: dict[str, set[int]] = {}
    for step in _steps(report, shown, lambda step: step.outcome != "rejected"):
        if step.row.number is not None:
            rows.setdefault(step.row.sheet, set()).add(step.row.number)
    return rows


def _steps(report: Report, shown: str, chosen: Callable[[Step], bool]) -> Iterator[Step]:
    return (step for step in report.steps if step.row.file == shown and chosen(step))


def _papers(report: Report, shown: str) -> Iterator[Filled]:
    """The number, form and certificate of everybody who was admitted, by table.

    A trial gives out no numbers: the next who asks would be shown the same ones.
    """
    if report.operation is None:
        return
    headings = {
        column.field: column.headings[0]
        for column in KINDS[AdmissionLine.kind].pattern.columns
        if column.field in _PAPERS
    }
    tables: dict[tuple[str, int], Filled] = {}
    for step in _steps(report, shown, lambda step: step.outcome == "created"):
        case = _admission(step)
        row = step.row
        if case is None or row.number is None or row.table is None:
            continue
        columns = {
            field: column
            for field, (column, _) in row.columns.items()
            if field in _PAPERS and column is not None
        }
        table = tables.setdefault(
            (row.sheet, row.table), Filled(row.sheet, row.table, columns, headings, {})
        )
        papers = {name: getattr(case, name) for name in _PAPERS}
        given = {name: str(value) for name, value in papers.items() if value is not None}
        table.rows[row.number] = given  # type: ignore[index]
    yield from tables.values()


def _admission(step: Step) -> Admission | None:
    return next((one.after for one in step.changes if isinstance(one.after, Admission)), None)


def _refuse_ending(out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise UsageError("ending-not-xlsx", file=str(out))
