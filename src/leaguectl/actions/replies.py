"""What goes back to the sender of a sheet: the empty form, their workbook with its faults marked,
or with the numbers of those who were admitted.

A reply is made from the findings of an import or admission; the registry is only needed to make a
reply again.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.admission import admission_of, admit_files
from leaguectl.actions.batch import ImportOptions, Report, import_files
from leaguectl.actions.inbox import shown_names
from leaguectl.actions.mapping import Mappings
from leaguectl.causes import why
from leaguectl.findings import Finding, NotFound, UsageError
from leaguectl.kinds import KINDS
from leaguectl.kinds.admissions import AdmissionLine
from leaguectl.kinds.steps import Step
from leaguectl.reports import operations
from leaguectl.store.reading import open_reader
from leaguectl.streams import file_errors, refuse_place
from leaguectl.workbooks.reply import Filled, ReplyText, write_reply
from leaguectl.workbooks.template import Heading, Page, write_template

_PAPERS = ("number", "form", "certificate")


def make_template(out: Path, titles: Mapping[str, str]) -> None:
    """Write the empty form: one sheet for each kind of ``titles``, under the title given there.

    :raises UsageError: the file's name does not end as a workbook's.
    :raises NotFound: the file cannot be written.
    """
    _refuse_ending(out)
    write_template(out, [Page(title, _form(name)) for name, title in titles.items()])


def _form(kind: str) -> list[Heading]:
    """The columns that an office fills in."""
    return [heading for heading in KINDS[kind].headings if not heading.is_carried]


# -- replies -------------------------------------------------------------------------------------


def refuse_reply(out: Path, paths: Iterable[Path]) -> None:
    """Refuse replies that could not be written, before anything is done. A missing folder is
    created with the first reply, inside an existing folder.

    :raises UsageError: a file is not a workbook, or would overwrite what was sent.
    :raises NotFound: its folder is not there.
    """
    paths = [*paths]
    if _is_folder(out) and not out.is_dir():
        refuse_place(out)
        return
    for _, _, target in _targets(paths, out):
        _refuse_ending(target)
        if target.exists() and any(path.exists() and path.samefile(target) for path in paths):
            raise UsageError("reply-over-source", file=str(target))
        refuse_place(target)


def reply_to_import(
    report: Report, paths: Sequence[Path], out: Path, text: ReplyText, *, valid_only: bool = False
) -> list[Path]:
    """Write back each file with its findings; return where the replies are.

    With ``valid_only`` the imported rows are left out. Several files have a reply each, named after
    ``out`` and the file, or after the file in the folder ``out``.
    """
    leaves_out = valid_only and not report.dry_run
    return [
        _reply(
            report, path, file, to, text, without=_imported_rows(report, file) if leaves_out else {}
        )
        for path, file, to in _targets(paths, out)
    ]


def reply_to_admit(report: Report, paths: Sequence[Path], out: Path, text: ReplyText) -> list[Path]:
    """Write back each file with the numbers and papers of admitted people in their rows, and the
    reasons against the others; return where the replies are."""
    return [
        _reply(report, path, file, to, text, filled=list(_papers(report, file)))
        for path, file, to in _targets(paths, out)
    ]


def reply_again(
    request: Request, operation: int, path: Path, out: Path, text: ReplyText, mapped: Mappings
) -> list[Path]:
    """Make the reply to a sheet again, for a sender who did not get it when the operation read the
    sheet; return where it is. It shows what the registry has now for the rows.

    :raises NotFound: there is no such operation, or it did not read that file.
    """
    with open_reader(request.location) as reader:
        done = operations.operation(reader, operation)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), **why(error)) from None
    sources = [source for source in done["sources"] if source.get("sha256") == digest]
    if not sources or done["command"] not in ("import", "admit"):
        files = sorted({str(source.get("file", "")) for source in done["sources"]})
        raise NotFound("reply-of-another", operation=operation, file=str(path), files=files)
    request = replace(request, command=done["command"])
    if done["command"] == "admit":
        report = admit_files(request, [path], ImportOptions(mapped=mapped))
        return reply_to_admit(report, [path], out, text)
    days = {source.get("day") for source in sources}
    day = date.fromisoformat(days.pop() or done["day"]) if len(days) == 1 else None
    options = ImportOptions(mapped=mapped, day=day)
    return reply_to_import(import_files(request, [path], options), [path], out, text)


def _reply(report: Report, path: Path, file: str, out: Path, text: ReplyText, **more: Any) -> Path:
    with file_errors(out):
        out.parent.mkdir(exist_ok=True)
    write_reply(path, out, _of_file(report.findings, file), text, limits=report.limits, **more)
    return out


def _of_file(findings: Iterable[Finding], file: str) -> list[Finding]:
    """The findings of a file, and those of no file at all, which concern every sender."""
    return [finding for finding in findings if finding.where is None or finding.where.file == file]


def _targets(paths: Sequence[Path], out: Path) -> Iterator[tuple[Path, str, Path]]:
    """Each file, how messages name it, and where its reply goes: in a folder under the name by
    which messages know the file. Replies that would have the same name get a number."""
    names = shown_names(paths)
    taken: set[Path] = set()
    for path, file in names.items():
        if _is_folder(out):
            parts = (part for part in Path(file).parts if part not in ("..", path.anchor))
            target = out / f"{Path('-'.join(parts)).stem}.xlsx"
        elif len(names) == 1:
            target = out
        else:
            target = out.with_name(f"{out.stem}-{path.stem}{out.suffix}")
        stem, number = target.stem, 2
        while target in taken:
            target = target.with_name(f"{stem}-{number}{target.suffix}")
            number += 1
        taken.add(target)
        yield path, file, target


def _is_folder(out: Path) -> bool:
    """Whether a reply goes into a folder: an existing folder, or a name without an ending."""
    return out.is_dir() or not out.suffix


def _imported_rows(report: Report, file: str) -> dict[str, set[int]]:
    """The rows of each sheet of a file that are in the registry now."""
    rows: dict[str, set[int]] = {}
    for step in _steps(report, file, lambda step: step.outcome != "rejected"):
        if step.row.number is not None:
            rows.setdefault(step.row.sheet, set()).add(step.row.number)
    return rows


def _steps(report: Report, file: str, chosen: Callable[[Step], bool]) -> Iterator[Step]:
    return (step for step in report.steps if step.row.file == file and chosen(step))


def _papers(report: Report, file: str) -> Iterator[Filled]:
    """The number, form and certificate of everybody who was admitted, now or before, by table.

    A dry run gives out no numbers: the next user would be shown the same ones.
    """
    given = {"unchanged", "updated"} | ({"created"} if report.operation is not None else set())
    headings = {
        column.field: column.headings[0]
        for column in KINDS[AdmissionLine.kind].pattern.columns
        if column.field in _PAPERS
    }
    tables: dict[tuple[str, int], Filled] = {}
    for step in _steps(report, file, lambda step: step.outcome in given):
        admission, row = admission_of(step), step.row
        # A row of options has no place in the file.
        if admission is None or row.number is None or row.table is None:
            continue
        columns = {
            field: column
            for field, (column, _) in row.columns.items()
            if field in _PAPERS and column is not None
        }
        table = tables.setdefault(
            (row.sheet, row.table), Filled(row.sheet, row.table, columns, headings, {})
        )
        papers = {name: getattr(admission, name) for name in _PAPERS}
        filled = {name: str(value) for name, value in papers.items() if value is not None}
        table.rows[row.number] = filled  # type: ignore[index]
    yield from tables.values()


def _refuse_ending(out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise UsageError("ending-not-xlsx", file=str(out))
