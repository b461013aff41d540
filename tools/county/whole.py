"""The whole invented county of any seed and size."""

from random import Random

from county.admissions import (
    allot,
    assign_certificates,
    assign_numbers,
    build_admissions,
    build_next_year,
    build_quotas,
)
from county.checks import validate
from county.entities import SEED, County, Size
from county.people import build_leavers, build_members
from county.tree import build_orgs
from county.year import (
    build_activities,
    build_posts,
    build_standing,
    build_surveys,
    build_talks,
    build_trainings,
    elect,
)


def build(name: str, code: str, seed: int, size: Size) -> County:
    """Build the county; another seed has other people, other numbers, another area code."""
    turn = (seed - SEED) % 38
    county = County(name, code, size, str(658899 - turn), 4101 + 25_000 * turn, Random(seed))
    build_orgs(county)
    allot(county)
    build_members(county)
    build_leavers(county)
    build_admissions(county)
    build_quotas(county)
    assign_numbers(county)
    assign_certificates(county)
    build_next_year(county)
    elect(county)
    build_posts(county)
    build_trainings(county)
    build_activities(county)
    build_talks(county)
    build_standing(county)
    build_surveys(county)
    validate(county)
    return county
