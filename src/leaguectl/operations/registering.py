"""Register the members of an organisation for a year."""

from collections.abc import Sequence
from datetime import date

from leaguectl import views
from leaguectl.operations import Request
from leaguectl.operations.acting import Done, act
from leaguectl.operations.identify import identify_organization, identify_person
from leaguectl.plan.registering import register
from leaguectl.registry import GRADES as GRADES
from leaguectl.registry import Registration, Wanted
from leaguectl.store.reading import open_reader


def register_members(
    request: Request, text: str, year: int, grade: str | None, day: date, members: Sequence[str]
) -> Done:
    """Register these members, or all who are not registered yet, in one operation.

    :raises NotFound: the organisation or a person is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        code = identify_organization(reader, text)
        below = {one["code"] for one in views.organizations(reader, code)}
        people = {identify_person(reader, who) for who in members}
    wanted = Wanted(organizations=below, members_of=below, people=people, beside={Registration})
    return act(request, wanted, lambda deed: register(deed, code, year, grade, day, people))
