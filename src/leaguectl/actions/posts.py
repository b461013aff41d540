"""Appoint somebody to a post, end a term: the one as a row of a sheet, the other by its number."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.acting import Outcome, act
from leaguectl.actions.identify import identify_organization
from leaguectl.actions.importing import Choice, carry_in
from leaguectl.actions.intake import ParsedFiles
from leaguectl.findings import NotFound
from leaguectl.kinds import CadreLine, parse
from leaguectl.kinds.change_set import ChangeSet
from leaguectl.kinds.planning import Item
from leaguectl.kinds.posts import end_term
from leaguectl.model import BASES, Keys, Post
from leaguectl.reports import lists as views
from leaguectl.reports.lists import doings
from leaguectl.store.reading import open_reader
from leaguectl.workbooks.rows import Row

__all__ = ["BASES", "appoint", "end"]

_OPTIONS = {"organization": "ORG", "post": "POST", "name": "--name", "since": "--from",
            "until": "--to", "duty": "--off-duty"}  # fmt: skip
"""How the command line calls a column, where it is not called as the column is."""


def appoint(request: Request, given: Mapping[str, Any]) -> Outcome:
    """Record one term whose fields were given by options: judged as a row of a sheet of cadres.

    :raises NotFound: there is no such organisation, or no registry.
    :raises Refused: it moves the figures of a closed year without a reason.
    """
    from leaguectl.store.writing import Store

    with open_reader(request.location) as reader:
        code = identify_organization(reader, given["organization"])
        home = views.organization_name(reader, code)
    given = {**given, "organization": code}
    options = {
        field: (None, _OPTIONS.get(field, "--" + field.replace("_", "-")))
        for field in CadreLine.model_fields
    }
    row = Row("", "", None, {k: v for k, v in given.items() if v is not None}, options)
    line, found = parse(CadreLine, row)
    intake = ParsedFiles(findings=found)
    if line is not None:
        intake.items.append(Item(line, row))
    report = carry_in(request, intake, Choice(), Store(request.location))
    rows = [
        _told(change.after, home)
        for step in report.steps
        for change in step.changes
        if isinstance(change.after, Post)
    ]
    return Outcome(report.operation, rows, report.findings)


def end(request: Request, number: int, day: date) -> Outcome:
    """End a term; the day is the first without the holder. A term that ended already is corrected,
    with a reason alone.

    :raises NotFound: there is no term of that number.
    """
    with open_reader(request.location) as reader:
        found = doings.posts(reader, number=number) if number > 0 else []
    if not found:
        raise NotFound("post-not-found", id=number)
    wanted = Keys(organizations={found[0]["code"]}, whole={Post})

    def planned(change_set: ChangeSet) -> None:
        ended = end_term(change_set, number, day, request.reason)
        if ended is not None:
            change_set.rows.append(_told(ended, str(change_set.name(ended.organization))))

    return act(request, wanted, planned)


def _told(post: Post, organization: str) -> dict[str, Any]:
    return {
        "id": post.id, "organization": organization, "post": post.said, "name": post.name,
        "since": post.since, "until": post.until, "basis": post.basis, "source": post.source,
        "duty": post.duty,
    }  # fmt: skip
