"""Cadres: a row is a post that somebody holds or held, from one day to another."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from leaguectl.findings import Private
from leaguectl.kinds import CadreLine, Day, title_of
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.model import Organization, Post, Snapshot
from leaguectl.model.periods import POST
from leaguectl.names import fold_name


def plan_cadre(item: Item, batch: Batch) -> RowPlan:
    """Record the term, or complete it: organisation, post, name and beginning say which it is.

    Whoever comes with an ID number is that person, a member or not. A name alone is taken for a
    member only where exactly one in that organisation bears it; otherwise it stays a name.
    """
    line = cast("CadreLine", item.line)
    row_plan = RowPlan(item)
    home = batch.organization(row_plan, line.organization, "organization", line.unit)
    holder = None
    if line.id_number is not None:
        stored_person, person = batch.person(row_plan, line)
        row_plan.put(stored_person, person)
        holder = person.id
    elif home is not None:
        holder = batch.bearer(line.name, home)
    since, until = line.since.date, line.until.date if line.until else None
    if until is not None and until < since:
        row_plan.fault("term-reversed", "until", since=since, until=until)
    if home is None:
        return row_plan
    batch.refuse_dissolved(row_plan, home, since, "organization")
    stored = _stored(line, home, batch)
    begun = stored.since if stored is not None else since
    batch.once(row_plan, f"{home.code}/{line.post}/{fold_name(line.name)}/{begun}", "name")
    if row_plan.is_refused:
        return row_plan
    row_plan.creates = stored is None
    before = stored or Post(
        batch.registry.new_id(Post), home.code, title_of(line.post), line.post, line.name, since
    )
    if holder is None or (line.id_number is None and before.person is not None):
        holder = before.person  # who was known once stays known where the row has a name alone
    elif before.person not in (None, holder):
        row_plan.fault("post-other-person", "id_number", name=line.name)
    after = batch.settle(
        row_plan, before, until=until, basis=line.basis, source=line.source, duty=line.duty
    )
    after = replace(after, person=holder)
    _refuse_overlap(after, batch, row_plan)
    row_plan.put(stored, after)
    return row_plan


def _stored(line: CadreLine, home: Organization, batch: Batch) -> Post | None:
    """The term that the row is about. A month alone means the term that began within it."""
    said: Day = line.since
    same = batch.registry.known(Post, home.code, line.post, line.name, said.date)
    if same is None and said.precision == "month":
        terms = batch.registry.alike(Post, home.code, line.post, line.name)
        within = [one for one in terms if _month(one.since) == _month(said.date)]
        same = within[0] if len(within) == 1 else None
    return same


def _refuse_overlap(post: Post, batch: Batch, row_plan: RowPlan) -> None:
    """Nobody holds the same post twice at a time: such a row says another beginning of a term that
    is stored."""
    for other in batch.registry.alike(Post, post.organization, post.said, post.name):
        at_once = POST.of(post).overlaps(POST.of(other))
        two_of_a_name = post.person is not None and other.person not in (None, post.person)
        if other.id != post.id and at_once and not two_of_a_name:
            row_plan.fault("term-overlaps", "since", since=other.since, until=other.until or "")


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def cadre_lines(registry: Snapshot) -> Iterator[tuple[str, CadreLine]]:
    """What a sheet says of every term, past ones too."""
    for one in registry.all(Post):
        person = None if one.person is None else registry.persons[one.person]
        phone = person.phone if person else None
        yield (
            one.organization,
            CadreLine.model_construct(
                name=one.name,
                organization=registry.reference(one.organization),
                post=one.said,
                since=Day(one.since, "day"),
                id_number=Private(person.id_number) if person else None,
                until=Day(one.until, "day") if one.until else None,
                basis=one.basis,
                source=one.source,
                duty=one.duty,
                phone=Private(phone) if phone else None,
            ),
        )
