"""Reviews: a row is the grade of a secretary in a year's review (述职评议)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from leaguectl.kinds import ReviewLine
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.model import Organization, Post, Review, Snapshot
from leaguectl.names import fold_name


def plan_review(item: Item, batch: Batch) -> RowPlan:
    """Record the grade by its year, organisation and name.

    The name is that of whoever held a post there in that year, else of the one member there who
    bears it, else it stays a name.
    """
    line = cast("ReviewLine", item.line)
    row_plan = RowPlan(item)
    home = batch.organization(row_plan, line.organization, "organization")
    if home is None:
        return row_plan
    batch.once(row_plan, f"{line.year}/{home.code}/{fold_name(line.name)}", "name")
    key = (line.year, home.code, line.name)
    known = batch.registry.known(Review, *key)
    review = known or Review(batch.registry.new_id(Review), *key, line.grade)
    row_plan.creates = known is None
    after = batch.settle(row_plan, review, grade=line.grade)
    person = after.person or _holder(line, home, batch) or batch.bearer(line.name, home)
    if not row_plan.is_refused:
        row_plan.put(known, replace(after, person=person))
    return row_plan


def _holder(line: ReviewLine, home: Organization, batch: Batch) -> int | None:
    """Who held a post there in that year under that name; nobody where two did."""
    found = {
        one.person
        for one in batch.registry.all(Post)
        if one.organization == home.code
        and fold_name(one.name) == fold_name(line.name)
        and one.since.year <= line.year <= (one.until.year if one.until else line.year)
    }
    return found.pop() if len(found) == 1 else None


def review_lines(registry: Snapshot) -> Iterator[tuple[str, ReviewLine]]:
    """What a sheet says of every grade."""
    for one in registry.all(Review):
        yield (
            one.organization,
            ReviewLine.model_construct(
                year=one.year,
                organization=registry.reference(one.organization),
                name=one.name,
                grade=one.grade,
            ),
        )
