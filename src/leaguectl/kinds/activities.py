"""Activities: a row is one activity, whom it covered and how many came."""

from collections.abc import Iterator
from typing import cast

from leaguectl.kinds import EVERYWHERE, ActivityLine, is_one
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.model import BRANCH_TYPES, Activity, Coverage, Organization, Snapshot


def plan_activity(item: Item, batch: Batch) -> RowPlan:
    """Record the activity by its name, day and organisation, and the organisations it covered.

    What a branch holds covers the branch itself where the row says nothing; of any other
    organisation nobody knows whom it reached. A row adds organisations, it takes none away.
    """
    line = cast("ActivityLine", item.line)
    row_plan = RowPlan(item)
    host = batch.organization(row_plan, line.organization, "organization")
    covered = _covered(line, host, batch, row_plan)
    if host is None:
        return row_plan
    batch.refuse_dissolved(row_plan, host, line.day, "organization")
    batch.once(row_plan, f"{host.code}/{line.day}/{line.activity}", "activity")
    known = batch.registry.known(Activity, host.code, line.day, line.activity)
    activity = known or Activity(
        batch.registry.new_id(Activity), line.activity, line.category, line.day, host.code
    )
    activity = batch.settle(
        row_plan, activity, category=line.category, attendances=line.attendances
    )
    row_plan.creates = known is None
    row_plan.put(known, activity)
    told = {one.organization for one in batch.registry.alike(Coverage, activity.id)}
    for code in sorted(covered - told):
        row_plan.put(None, Coverage(batch.registry.new_id(Coverage), activity.id, code))
    return row_plan


def _covered(
    line: ActivityLine, host: Organization | None, batch: Batch, row_plan: RowPlan
) -> set[str]:
    """The codes of the organisations that were covered, each with all below it."""
    if not line.covered:
        return {host.code} if host is not None and host.type in BRANCH_TYPES else set()
    codes = set()
    for text in line.covered:
        if text == EVERYWHERE:
            if host is not None:
                *_, top = batch.registry.upward(host.code)
                codes.add(top.code)
        elif (found := batch.organization(row_plan, text, "covered")) is not None:
            codes.add(found.code)
    return codes


def activity_lines(registry: Snapshot) -> Iterator[tuple[str, ActivityLine]]:
    """What a sheet says of every activity, with the organisations that it covered."""
    for one in registry.all(Activity):
        covered = registry.alike(Coverage, one.id)
        yield (
            one.organization,
            ActivityLine.model_construct(
                activity=one.name,
                category=one.category,
                day=one.day,
                organization=registry.reference(one.organization),
                covered=tuple(_listed(of.organization, registry) for of in covered) or None,
                attendances=one.attendances,
            ),
        )


def _listed(code: str, registry: Snapshot) -> str:
    """An organisation as a list of several can name it: by the code where the name would be read
    as two."""
    name = registry.reference(code)
    return name if is_one(name) else code
