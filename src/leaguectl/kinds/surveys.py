"""Surveys: a row is what an organisation counted of one stage in a year."""

from collections.abc import Iterator
from typing import cast

from leaguectl.kinds import SurveyLine
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.model import Organization, Snapshot, Survey

_STAGES = {"junior middle", "senior middle", "vocational"}
"""Sectors of schools that are stages too."""


def plan_survey(item: Item, batch: Batch) -> RowPlan:
    """Record the counts by their year, organisation and stage.

    Stages are counted apart: the pupils of graduating classes are not in the row of their school's
    other classes. Without a stage the row is of the organisation's own: a school's by its sector,
    else young people.
    """
    line = cast("SurveyLine", item.line)
    row_plan = RowPlan(item)
    organization = batch.organization(row_plan, line.organization, "organization")
    if line.students is None and line.youth is None and line.members is None:
        row_plan.fault("survey-empty", "students")
    if organization is None:
        return row_plan
    stage = line.stage or _stage_of(organization)
    batch.once(row_plan, f"{line.year}/{organization.code}/{stage}", "organization")
    key = (line.year, organization.code, stage)
    known = batch.registry.known(Survey, *key)
    survey = known or Survey(batch.registry.new_id(Survey), *key)
    row_plan.creates = known is None
    row_plan.put(
        known,
        batch.settle(
            row_plan, survey, students=line.students, youth=line.youth, members=line.members
        ),
    )
    return row_plan


def _stage_of(organization: Organization) -> str:
    return organization.sector if organization.sector in _STAGES else "youth"


def survey_lines(registry: Snapshot) -> Iterator[tuple[str, SurveyLine]]:
    """What a sheet says of every count."""
    for one in registry.all(Survey):
        yield (
            one.organization,
            SurveyLine.model_construct(
                year=one.year,
                organization=registry.reference(one.organization),
                stage=one.stage,
                students=one.students,
                youth=one.youth,
                members=one.members,
            ),
        )
