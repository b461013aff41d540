"""Reviews: a row is the grade of a secretary in a year's review (述职评议)."""

from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import Batch, RowPlan
from leaguectl.kinds.cells import IdNumber, Text, Year
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.kind import (
    ALWAYS,
    Lifetime,
    line_values,
    record_kind,
    touch_organizations_and_people,
)
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.person_records import (
    Holder,
    Unlisted,
    named_person,
    person_said,
    shown_name,
)
from leaguectl.model import Organization, Person, Post, Review, Snapshot, ask
from leaguectl.names import fold_name

GRADES = {
    "excellent": ("优秀", "好"),
    "qualified": ("合格", "较好", "良好"),
    "barely qualified": ("基本合格", "一般"),
    "unqualified": ("不合格", "差"),
}

Grade = Annotated[str, BeforeValidator(Choice(GRADES))]


class ReviewLine(Line):
    """The grade of a secretary in a year's review (述职评议)."""

    kind = "reviews"
    keys: ClassVar = frozenset({"organization", "name", "id_number"})
    year: Year = required("年度 | year | 年份")
    organization: Text = required("团组织 | organization | 团组织名称 | 团组织全称 | 单位")
    name: Holder = required("书记姓名 | secretary | 述职人 | 述职书记 | 姓名")
    grade: Grade = required(
        "评议等次 | grade | 等次 | 述职评议等次 | 综合评价等次 | 评议结果 || 综合评价 | "
        "综合评价结果 | 述职评议结果 | 评议等级"
    )
    id_number: IdNumber | None = optional()


def _identify(
    review: Review, stored: Review | None, home: Organization, batch: Batch, row_plan: RowPlan
) -> Review:
    """The person is who has the ID number; without it the holder of a post there in that year,
    otherwise the person with that name there."""
    if (said := person_said(row_plan.item.line, batch, row_plan)) is not None:
        if stored is not None and stored.person not in (None, said):
            row_plan.fault("review-other-person", "id_number", name=review.name)
        return replace(review, name=ask(str, review.name), person=said)
    is_sought = stored is None and not isinstance(review.name, Unlisted)
    holder = _holder(review, batch.snapshot) if is_sought else None
    person = holder or named_person(review.name, home, batch, row_plan, stored)
    return replace(review, name=ask(str, review.name), person=person)


def _shown(review: Review, snapshot: Snapshot) -> dict[str, Any]:
    """The name as a row says it and the ID number, so that it is the same person's again: they may
    have moved since."""
    if review.person is not None:
        person = snapshot.persons[review.person]
        return line_values(ReviewLine, person, snapshot) | {"name": review.name}
    if _holder(review, snapshot) is not None:
        return {"name": Unlisted(review.name).marked}
    return {"name": shown_name(review.name, review.person, review.organization, snapshot)}


def _holder(review: Review, snapshot: Snapshot) -> int | None:
    """Who held a post there in that year under that name; None where nobody or several did."""
    holders = {post.person for post in snapshot.all(Post) if _reviews(review, post)}
    return holders.pop() if len(holders) == 1 else None


def _reviews(review: Review, post: Post) -> bool:
    """Whether a review is, by its organisation, name and year, of the holder of a post."""
    return (
        post.organization == review.organization
        and fold_name(post.name) == fold_name(review.name)
        and post.since.year <= review.year <= (post.until.year if post.until else review.year)
    )


def put_reviewed(stored: Post | None, post: Post, batch: Batch, row_plan: RowPlan) -> None:
    """Where it is new who holds a post, let the reviews that have only that name be theirs, unless
    somebody else of the name held a post there then."""
    if post.person is None or (stored is not None and stored.person is not None):
        return
    for review in batch.snapshot.by(Review, "organization", post.organization):
        is_theirs = review.person is None and _reviews(review, post)
        if is_theirs and _holder(review, batch.snapshot) in (None, post.person):
            row_plan.put(review, replace(review, person=post.person))


KIND = record_kind(
    ReviewLine,
    Review,
    repeated="name",
    lifetime=Lifetime("year"),
    identify=_identify,
    whole=(Post,),
    keys=touch_organizations_and_people,
    shown=_shown,
    also={Person: ALWAYS},
)
