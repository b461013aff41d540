"""Surveys: a row is what an organisation counted of one stage in a year."""

from collections.abc import Iterator
from typing import cast

from leaguectl.plan.batch import Batch, Draft, Item
from leaguectl.records import SurveyLine
from leaguectl.registry import Organization, Registry, Survey

_STAGES = {"junior middle", "senior middle", "vocational"}
"""Sectors of schools that are stages too."""


def plan_survey(item: Item, batch: Batch) -> Draft:
    """Record the counts by their year, organisation and stage.

    Stages are counted apart: the pupils of graduating classes are not in the row of their school's
    other classes. Without a stage the row is of the organisation's own: a school's by its sector,
    else young people.
    """
    line = cast("SurveyLine", item.line)
    draft = Draft(item)
    organization = batch.organization(draft, line.organization, "organization")
    if line.students is None and line.youth is None and line.members is None:
        draft.fault("survey-empty", "students")
    if organization is None:
        return draft
    stage = line.stage or _stage_of(organization)
    batch.once(draft, f"{line.year}/{organization.code}/{stage}", "organization")
    key = (line.year, organization.code, stage)
    known = batch.registry.known(Survey, *key)
    survey = known or Survey(batch.registry.new_id(Survey), *key)
    draft.creates = known is None
    draft.put(
        known,
        batch.settle(draft, survey, students=line.students, youth=line.youth, members=line.members),
    )
    return draft


def _stage_of(organization: Organization) -> str:
    return organization.sector if organization.sector in _STAGES else "youth"


def survey_lines(registry: Registry) -> Iterator[tuple[str, SurveyLine]]:
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
