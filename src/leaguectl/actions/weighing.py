"""What is weighed by the policy of the registry: next year's base, how organisations stand."""

from datetime import date, timedelta

from leaguectl.actions import Request
from leaguectl.actions.identify import organization_code
from leaguectl.actions.policies import policy_in
from leaguectl.findings import Refused
from leaguectl.model import STAGES
from leaguectl.reports.forecast import Outlook, foresee
from leaguectl.reports.ranking import TIE_BREAKS, Marks, Standing, rank
from leaguectl.rules.membership_terms import AgeTerms
from leaguectl.store import Location
from leaguectl.store.reading import open_reader

__all__ = ["TIE_BREAKS", "Outlook", "base_of", "standings"]


def base_of(
    request: Request, year: int, org: str | None, day: date | None, places: int | None
) -> Outlook:
    """What the year begins with, as of a day: by default the last of the year before, or today
    where that is still to come.

    :raises Refused: the caps leave no room for so many places.
    """
    last = date(year, 1, 1) - timedelta(days=1)
    by = day or min(last, request.today)
    with open_reader(request.location) as reader:
        policy = policy_in(reader)
        caps, terms = policy.ratio_on(last), AgeTerms.on(policy, date(year, 12, 31))
        stages = {stage: caps.cap(stage) for stage in STAGES}
        try:
            code = organization_code(reader, org)
            return foresee(reader, year, by, terms, stages, code, places)
        except ValueError as error:
            raise Refused("places-beyond-room", places=places, room=error.args[0]) from None


def standings(location: Location, year: int, org: str | None) -> list[Standing]:
    """The organisations that have scores of the year, the best first."""
    with open_reader(location) as reader:
        policy = policy_in(reader)
        numbers = policy.rating_on(date(year, 12, 31))
        stars = {5: numbers.five_stars, 4: numbers.four_stars, 3: numbers.three_stars,
                 2: numbers.two_stars}  # fmt: skip
        marks = Marks(
            stars, numbers.top_share, numbers.minimum_months, numbers.top_months, policy.weights
        )
        return rank(reader, year, marks, organization_code(reader, org))
