"""Assessments: a row is what an organisation got for one item of a year."""

from collections.abc import Iterator
from typing import cast

from leaguectl.plan.batch import Batch, Draft, Item
from leaguectl.records import AssessmentLine
from leaguectl.registry import Registry, Score


def plan_assessment(item: Item, batch: Batch) -> Draft:
    """Record the score by its year, organisation and item."""
    line = cast("AssessmentLine", item.line)
    draft = Draft(item)
    organization = batch.organization(draft, line.organization, "organization")
    for column in ("score", "self_score"):
        given = getattr(line, column)
        if line.full is not None and given is not None and given > line.full:
            draft.fault("score-above-full", column, score=given, full=line.full)
    if line.full == 0:
        draft.fault("full-none", "full")
    if organization is None:
        return draft
    batch.once(draft, f"{line.year}/{organization.code}/{line.item}", "item")
    key = (line.year, organization.code, line.item)
    known = batch.registry.known(Score, *key)
    score = known or Score(batch.registry.new_id(Score), *key, line.score)
    draft.creates = known is None
    after = batch.settle(
        draft, score, score=line.score, full=line.full, self_score=line.self_score,
        veto=line.veto or None,
    )  # fmt: skip
    if not draft.is_refused:
        draft.put(known, after)
    return draft


def assessment_lines(registry: Registry) -> Iterator[tuple[str, AssessmentLine]]:
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
