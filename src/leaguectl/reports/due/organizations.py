"""What falls due for organisations: elections, terms, empty seats, tasks of the reform plan."""

from collections.abc import Iterator

from leaguectl.model import BRANCH_TYPES
from leaguectl.model.days import months_after
from leaguectl.reports.due.item import Asked, Due, Kind, a_day
from leaguectl.reports.figures.cadres import SEATS
from leaguectl.reports.predicates import exists_on

_ELECTED = f"""
    SELECT code, name, type, domain, elected FROM organization
    WHERE elected IS NOT NULL AND code IN (SELECT code FROM below)
    AND {exists_on(day=":today")}
"""
_POSTS = """
    SELECT post.id, post.until, post.name, post.said, organization.code, organization.name
    FROM post JOIN organization ON organization.code = post.organization
    WHERE post.organization IN (SELECT code FROM below) AND post.until BETWEEN :today AND :until
    AND post.since <= :today
"""
_EMPTY = f"""
    SELECT seats.code, seats.name, seats.secretary_seats - seats.secretaries,
        (SELECT max(post.until) FROM post WHERE post.organization = seats.code
            AND post.title = 'secretary' AND post.until <= :last)
    FROM ({SEATS}) AS seats
    WHERE seats.secretaries < seats.secretary_seats AND EXISTS (SELECT 1 FROM post)
"""
_TASKS = """
    SELECT task.id, task.due, task.module, task.task, task.lead, organization.code,
        organization.name
    FROM task LEFT JOIN organization ON organization.code = (
        SELECT min(led.code) FROM organization AS led
        WHERE led.code = task.lead OR led.name = task.lead)
    WHERE task.done IS NULL AND task.due <= :until
    AND (:org = '' OR organization.code IN (SELECT code FROM below))
"""


def elections(asked: Asked) -> Iterator[Due]:
    """A term that is over since the last election, where that is recorded."""
    for code, name, kind, domain, elected in asked.rows(_ELECTED):
        limits = asked.policy.organization_on(asked.today)
        years = limits.term_years.get(kind)
        if kind in BRANCH_TYPES and domain == "school":
            years = limits.student_term_years
        if years is None:
            continue
        day = months_after(a_day(elected), 12 * years)
        if asked.is_near(day):
            facts = {"elected": a_day(elected), "years": years}
            yield Due(day, code, name, "", f"election-{code}-{day.year}", facts)


def posts(asked: Asked) -> Iterator[Due]:
    """A term of somebody in post that ends."""
    for number, until, name, said, code, home in asked.rows(_POSTS):
        yield Due(a_day(until), code, home, name, f"post-{number}", {"post": said})


def seats(asked: Asked) -> Iterator[Due]:
    """An organisation without its secretary, since that seat was left; from today where nobody is
    known to have had it."""
    for code, name, empty, left in asked.rows(_EMPTY, last=asked.today.isoformat()):
        day = a_day(left) if left else asked.today
        yield Due(day, code, name, str(empty), f"secretary-{code}", {"count": empty})


def tasks(asked: Asked) -> Iterator[Due]:
    """A task of the reform plan that is not done."""
    for number, day, module, task, lead, code, name in asked.rows(_TASKS):
        facts = {"module": module}
        yield Due(a_day(day), code or "", name or lead, task, f"task-{number}", facts)


ORGANIZATIONS = (
    Kind("due-election", elections),
    Kind("due-post", posts),
    Kind("due-secretary", seats),
    Kind("due-task", tasks),
)
