"""Reviews: a row is the grade of a secretary in a year's review (述职评议)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from leaguectl.names import fold_name
from leaguectl.plan.batch import Batch, Draft, Item
from leaguectl.records import ReviewLine
from leaguectl.registry import Organization, Post, Registry, Review


def plan_review(item: Item, batch: Batch) -> Draft:
    """Record the grade by its year, organisation and name.

    The name is that of whoever held a post there in that year, else of the one member there who
    bears it, else it stays a name.
    """
    line = cast("ReviewLine", item.line)
    draft = Draft(item)
    home = batch.organization(draft, line.organization, "organization")
    if home is None:
        return draft
    batch.once(draft, f"{line.year}/{home.code}/{fold_name(line.name)}", "name")
    key = (line.year, home.code, line.name)
    known = batch.registry.known(Review, *key)
    review = known or Review(batch.registry.new_id(Review), *key, line.grade)
    draft.creates = known is None
    after = batch.settle(draft, review, grade=line.grade)
    person = after.person or _holder(line, home, batch) or batch.bearer(line.name, home)
    if not draft.is_refused:
        draft.put(known, replace(after, person=person))
    return draft


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


def review_lines(registry: Registry) -> Iterator[tuple[str, ReviewLine]]:
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
