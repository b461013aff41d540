"""Register the members of an organisation for a year."""

from collections.abc import Sequence
from datetime import date

from leaguectl.actions import Request
from leaguectl.actions.identify import identify_organization, identify_person
from leaguectl.actions.plan_registering import register
from leaguectl.actions.work import Outcome, run
from leaguectl.model import GRADES as GRADES
from leaguectl.model import Keys, Milestone, Registration
from leaguectl.reports import lists as views
from leaguectl.store.reading import open_reader


def register_members(
    request: Request, text: str, year: int, grade: str | None, day: date, members: Sequence[str]
) -> Outcome[None]:
    """Register these members, or all who are not registered yet, in one operation.

    :raises NotFound: the organisation or a person is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        code = identify_organization(reader, text)
        below = {one["code"] for one in views.organizations(reader, code)}
        people = {identify_person(reader, who) for who in members}
    wanted = Keys(
        organizations=below, members_of=below, people=people, beside={Registration, Milestone}
    )
    return run(
        request, wanted, lambda change_set: register(change_set, code, year, grade, day, people)
    )
