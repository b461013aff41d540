"""Assessments: a row is what an organisation got for one item of a year."""

from collections.abc import Iterator
from typing import cast

from leaguectl.kinds import AssessmentLine
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.model import Score, Snapshot


def plan_assessment(item: Item, batch: Batch) -> RowPlan:
    """Record the score by its year, organisation and item."""
    line = cast("AssessmentLine", item.line)
    row_plan = RowPlan(item)
    organization = batch.organization(row_plan, line.organization, "organization")
    for column in ("score", "self_score"):
        given = getattr(line, column)
        if line.full is not None and given is not None and given > line.full:
            row_plan.fault("score-above-full", column, score=given, full=line.full)
    if line.full == 0:
        row_plan.fault("full-none", "full")
    if organization is None:
        return row_plan
    batch.once(row_plan, f"{line.year}/{organization.code}/{line.item}", "item")
    key = (line.year, organization.code, line.item)
    known = batch.registry.known(Score, *key)
    score = known or Score(batch.registry.new_id(Score), *key, line.score)
    row_plan.creates = known is None
    after = batch.settle(
        row_plan, score, score=line.score, full=line.full, self_score=line.self_score,
        veto=line.veto or None,
    )  # fmt: skip
    if not row_plan.is_refused:
        row_plan.put(known, after)
    return row_plan


def assessment_lines(registry: Snapshot) -> Iterator[tuple[str, AssessmentLine]]:
    """What a sheet says of every score."""
    for one in registry.all(Score):
        yield (
            one.organization,
            AssessmentLine.model_construct(
                year=one.year,
                organization=registry.reference(one.organization),
                item=one.item,
                score=one.score,
                full=one.full,
                self_score=one.self_score,
                veto=one.veto,
            ),
        )
