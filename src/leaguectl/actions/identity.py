"""What is known of a person, corrected; two records of one person, joined."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions import plan_merging as merging
from leaguectl.actions import plan_people as people
from leaguectl.actions.identify import identify_person
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Private, UsageError
from leaguectl.kinds.cells import as_written
from leaguectl.kinds.members import MemberLine
from leaguectl.kinds.parsing import parse_value
from leaguectl.model import Keys, likeness_of
from leaguectl.reports import lists as views
from leaguectl.store.reading import open_reader

NEED_REASON = ("name", "id_number")
"""Who somebody is, is corrected for a reason alone."""


def edit(request: Request, who: str, given: Mapping[str, str | None]) -> Outcome[None]:
    """Correct name, ID number, phone or politics; an empty text takes phone or politics away.

    :raises UsageError: nothing is given, a value cannot be, or a reason is missing.
    :raises NotFound: nobody is meant, or several are.
    """
    told = {field: text for field, text in given.items() if text is not None}
    if not told:
        raise UsageError("edit-nothing")
    if any(field in told for field in NEED_REASON) and not request.reason:
        raise UsageError("reason-needed")
    values: dict[str, Any] = {field: _value(field, text) for field, text in told.items()}
    if "name" in values:
        values["written"] = as_written(told["name"], values["name"])
    with open_reader(request.location) as reader:
        found = views.member(reader, identify_person(reader, who))
    number, name = ({**found, **values}[field] for field in ("id_number", "name"))
    wanted = Keys(
        people={found["id"]},
        id_numbers={number},
        likenesses={likeness_of(name, number)},
        beside=set(merging.THEIRS),
    )
    return run(request, wanted, partial(people.edit, person=found["id"], given=values))


def _value(field: str, text: str) -> Any:
    if text.strip():
        return parse_value(MemberLine, field, text)
    if field in NEED_REASON:
        raise UsageError("cell-missing", field=field)
    return None


def merge(request: Request, keep: str, other: str) -> tuple[Outcome[None], dict[str, Any]]:
    """Join two records of one person: all that named the other names the one that is kept. What
    was done, and who the two are.

    :raises UsageError: no reason is given, or both are one record.
    :raises NotFound: nobody is meant, or several are.
    """
    if not request.reason:
        raise UsageError("reason-needed")
    with open_reader(request.location) as reader:
        ids = [identify_person(reader, text) for text in (keep, other)]
        found = [views.member(reader, person) for person in ids]
    if ids[0] == ids[1]:
        raise UsageError("person-same")
    wanted = Keys(people=set(ids), beside=set(merging.THEIRS), whole=set(merging.DECIDED))
    done = run(request, wanted, partial(merging.merge, keep=ids[0], other=ids[1]))
    return done, dict(zip(("kept", "gone"), map(_named, found), strict=True))


def _named(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": found["id"], "name": found["name"], "id_number": Private(found["id_number"])}
