"""Appoint somebody to a post, as a row of a sheet would, and end a term by its number or holder."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.batch import ImportOptions, import_line, row_from_options
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import SHOWN, identify_organization, number_typed, people_known_by
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import NotFound
from leaguectl.kinds.cadres import CadreLine
from leaguectl.kinds.parsing import read
from leaguectl.model import BASES, Keys, Post
from leaguectl.model.days import as_known
from leaguectl.names import fold_name
from leaguectl.reports import activities, organizations
from leaguectl.reports.query import Row
from leaguectl.store.reading import Reader, open_reader

__all__ = ["BASES", "appoint", "end"]

_OPTIONS = {
    "organization": "ORG",
    "post": "POST",
    "name": "--name",
    "since": "--on",
    "duty": "--off-duty",
}
"""Columns that have another name on the command line."""


def appoint(request: Request, values: Mapping[str, Any]) -> Outcome[None]:
    """Record a term whose fields are given by options: judged as a row of a sheet of cadres.

    :raises NotFound: there is no such organisation, or no registry.
    """
    with open_reader(request.location) as reader:
        code = identify_organization(reader, values["organization"])
        home = organizations.name(reader, code)
    # An ambiguous name was refused above; the code in the cell is unambiguous.
    row = row_from_options(CadreLine, {**values, "organization": code}, _OPTIONS)
    report = import_line(request, row, *read(CadreLine, row), ImportOptions())
    rows = [_answered(post, home) for post in report.written(Post)]
    return Outcome(report.operation, rows, report.findings, None)


def end(request: Request, text: str, day: date) -> Outcome[None]:
    """End a term; the day is the first without the holder. A term that has ended already is
    corrected, only with a reason. The text is the term's number, or means its holder, who has no
    other that has not ended.

    :raises NotFound: there is no such term, or there are several.
    """
    with open_reader(request.location) as reader:
        term = _term_meant(reader, text)
    number: int = term["id"]
    keys = Keys(organizations={term["code"]}, whole={Post})

    def plan(change_set: ChangeSet) -> None:
        post = change_set.snapshot.find(Post, number)
        if post is None:
            return
        subject = f"{post.name} {post.said}"
        if day < post.since:
            change_set.fault("term-reversed", subject, since=post.since, until=day)
        elif not _may_end(post, day) and not request.reason:
            change_set.fault("term-ended", subject, until=post.until)
        home = change_set.snapshot.organizations[post.organization]
        if home.dissolved is not None and day > home.dissolved:
            facts = {"until": day, "name": home.name, "dissolved": home.dissolved}
            change_set.fault("term-outlives-organization", subject, **facts)
        if change_set.is_refused:
            return
        ended = replace(
            post, until=day, until_precision="day", reason=request.reason or post.reason
        )
        change_set.put(post, ended)
        change_set.rows.append(_answered(ended, str(change_set.name(ended.organization))))

    return run(request, keys, plan)


def _term_meant(reader: Reader, text: str) -> Row:
    if (number := number_typed(text)) is not None:
        found = activities.terms(reader, number=number) if number else []
    else:
        people, name = people_known_by(reader, text), fold_name(text)
        found = [
            term
            for term in activities.terms(reader)
            if term["until"] is None
            and (term["person"] in people or fold_name(str(term["name"])) == name)
        ]
    if not found:
        raise NotFound("post-not-found", id=text)
    if len(found) > 1:
        shown = [f"{term['id']} {term['organization']} {term['post']}" for term in found[:SHOWN]]
        raise NotFound("post-ambiguous", text=text, count=len(found), candidates=shown)
    return found[0]


def _may_end(post: Post, day: date) -> bool:
    """Whether no other day is known on which the term ended; a day completes its month."""
    if post.until is None or post.until_precision == "day":
        return post.until in (None, day)
    return (post.until.year, post.until.month) == (day.year, day.month)


def _answered(post: Post, organization: str) -> dict[str, Any]:
    return {
        "id": post.id,
        "organization": organization,
        "post": post.said,
        "name": post.name,
        "since": as_known(post.since, post.since_precision),
        "until": as_known(post.until, post.until_precision),
        "basis": post.basis,
        "source": post.source,
        "duty": post.duty,
    }
