"""What the county does besides admitting: cadres, training, activities, assessment, plans, years;
and the settings of its registry."""

from datetime import date
from typing import Annotated

from leaguectl.model.declaration import Entity, Index, OperationId, Spec, entity
from leaguectl.model.league import GRADES, PRECISIONS
from leaguectl.model.periods import POST

POSTS = ("secretary", "deputy secretary", "committee member", "other")
BASES = ("full-time", "part-time", "seconded")
DUTIES = ("on", "off")
TRAINING_CATEGORIES = ("drill", "basics", "qingma", "other")
ACTIVITY_CATEGORIES = ("theme day", "joining and leaving", "red study", "oath", "league lesson",
                       "branch meeting", "committee meeting", "group meeting", "seminar",
                       "youth lectures", "congress lectures", "youth study", "scarf study",
                       "joint meeting", "other")  # fmt: skip
STAGES = ("junior graduating", "senior graduating", "junior middle", "senior middle",
          "vocational", "youth")  # fmt: skip


@entity(
    natural=("organization", "said", "name", "since"),
    period=POST,
    began="since",
    more_unique=(("organization", "said", "name", "since"),),
    more_checks={"until_after_since": "until >= since"},
)
class Post(Entity):
    """A seat in an organisation held by a person from ``since`` to ``until``.

    Where a sheet has only the month, ``since`` is its first day (``since_precision``) and ``until``
    its last (``until_precision``).
    ``person`` is None where the sheet gave a name without an ID number. ``title`` is the post as a
    value of ours, ``said`` the words of the sheet; ``source`` is where the holder came from (e.g.
    西部计划志愿者); ``duty`` says whether the holder is on duty (None: not known).
    """

    id: int
    organization: Annotated[str, Spec(references="organization", index=True)]
    title: Annotated[str, Spec(20, POSTS)]
    said: str
    name: str
    since: date
    # Lists of cadres often lack ID numbers; the name is then all there is.
    person: Annotated[int | None, Spec(references="person", index=True)] = None
    until: date | None = None
    basis: Annotated[str | None, Spec(12, BASES)] = None
    source: str | None = None
    duty: Annotated[str | None, Spec(3, DUTIES, dated=True)] = None
    reason: str | None = None
    since_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    until_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    operation: OperationId = 0


@entity(natural=("name", "day"), happened="day", more_unique=(("name", "day"),))
class Training(Entity):
    """One session of a training; ``category`` and ``said`` as of an activity."""

    id: int
    name: str
    category: Annotated[str, Spec(12, TRAINING_CATEGORIES)]
    day: Annotated[date, Spec(index=True)]
    said: str | None = None
    operation: OperationId = 0


# Two people with the same name may attend, so a name alone does not identify a row: the id comes
# last, and rows with the same name are taken in order.
@entity(natural=("training", "name", "id"), more_unique=(("training", "person"),))
class Trainee(Entity):
    """One person's attendance at a training; ``person`` is None where only a name is known."""

    id: int
    training: Annotated[int, Spec(references="training", index=True)]
    name: str
    person: Annotated[int | None, Spec(references="person", index=True)] = None
    operation: OperationId = 0


@entity(
    natural=("organization", "day", "name"),
    happened="day",
    more_unique=(("name", "day", "organization"),),
    more_checks={"attendances": "attendances >= 0"},
)
class Activity(Entity):
    """One activity; ``attendances`` counts 人次: somebody who came twice is counted twice.

    ``category`` is what it counts for; ``said`` has the words of the sheet, None where they only
    repeat the name of the category.
    """

    id: int
    name: str
    category: Annotated[str, Spec(20, ACTIVITY_CATEGORIES)]
    day: Annotated[date, Spec(index=True)]
    organization: Annotated[str, Spec(references="organization", index=True)]
    attendances: int | None = None
    said: str | None = None
    operation: OperationId = 0


@entity(natural=("activity", "organization"), more_unique=(("activity", "organization"),))
class Coverage(Entity):
    """An organisation that an activity covered, with all below it."""

    id: int
    activity: Annotated[int, Spec(references="activity")]
    organization: Annotated[str, Spec(references="organization", index=True)]
    operation: OperationId = 0


# As of trainees: two people with the same name may come, so the id comes last.
@entity(natural=("activity", "name", "id"), more_unique=(("activity", "person"),))
class Participant(Entity):
    """One person's attendance at an activity; ``person`` is None where only a name is known."""

    id: int
    activity: Annotated[int, Spec(references="activity", index=True)]
    name: str
    person: Annotated[int | None, Spec(references="person", index=True)] = None
    operation: OperationId = 0


@entity(
    natural=("year", "organization", "item"),
    more_unique=(("year", "organization", "item"),),
    more_checks={"marks": 'score >= 0 AND self_score >= 0 AND "full" > 0'},
)
class Score(Entity):
    """The marks of an organisation for an item of a year's assessment, and the full marks.

    ``self_score`` is what it gave itself; ``veto`` is why it gets no grade at all (一票否决).
    """

    id: int
    year: int
    organization: Annotated[str, Spec(references="organization")]
    item: str
    score: float
    full: float | None = None
    self_score: float | None = None
    veto: str | None = None
    operation: OperationId = 0


@entity(natural=("year", "organization", "name"), more_unique=(("year", "organization", "name"),))
class Review(Entity):
    """The grade of a secretary in a year's review (述职评议)."""

    id: int
    year: int
    organization: Annotated[str, Spec(references="organization")]
    name: str
    grade: Annotated[str, Spec(20, GRADES)]
    person: Annotated[int | None, Spec(references="person", index=True)] = None
    operation: OperationId = 0


@entity(natural=("module", "task"), happened="done", more_unique=(("module", "task"),))
class Task(Entity):
    """One task of the reform plan: its module, who leads it, when it is due, when it was done."""

    id: int
    module: str
    task: str
    lead: str
    due: date | None = None
    done: date | None = None
    authority: str | None = None
    operation: OperationId = 0


@entity(
    natural=("year", "organization", "stage"),
    more_unique=(("year", "organization", "stage"),),
    more_checks={"counts": "students >= 0 AND youth >= 0 AND members >= 0"},
)
class Survey(Entity):
    """How many students and young people an organisation counted in a year, by stage.

    ``members`` is the number of members it reported, to be compared with the rows.
    """

    id: int
    year: int
    organization: Annotated[str, Spec(references="organization")]
    stage: Annotated[str, Spec(20, STAGES)]
    students: int | None = None
    youth: int | None = None
    members: int | None = None
    operation: OperationId = 0


@entity(natural=("group_name", "role", "name"), more_unique=(("group_name", "role", "name"),))
class Seat(Entity):
    """A seat in a leadership group, a joint meeting or a team of lecturers, in the words of the
    sheet; not a post of the League."""

    id: int
    group_name: str
    role: str
    name: str
    institution: str | None = None
    appointed: date | None = None
    appointed_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    operation: OperationId = 0


@entity(natural=("school", "name", "badge"), more_unique=(("school", "name", "badge"),))
class Badge(Entity):
    """A badge that a Young Pioneer of a school has won (红领巾争章)."""

    id: int
    school: str
    name: str
    badge: str
    squad: str | None = None
    awarded: date | None = None
    awarded_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    operation: OperationId = 0


@entity(natural=("title",), more_unique=(("title",),))
class Base(Entity):
    """A place of education (教育基地): what it is, where it is, who runs it."""

    id: int
    title: str
    base_type: str
    address: str | None = None
    keeper: str | None = None
    designated: date | None = None
    designated_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    operation: OperationId = 0


@entity(
    natural=("organization", "title", "launched"),
    happened="launched",
    more_unique=(("organization", "title", "launched"),),
    more_checks={
        "counts": "sessions >= 0 AND attendances >= 0",
        "finished_after_launched": "finished >= launched",
    },
)
class Campaign(Entity):
    """A campaign of education (主题教育) in an organisation; ``attendances`` counts 人次."""

    id: int
    title: str
    organization: Annotated[str, Spec(references="organization")]
    launched: date
    finished: date | None = None
    sessions: int | None = None
    attendances: int | None = None
    launched_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    finished_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    operation: OperationId = 0


@entity(key="year")
class Closing(Entity):
    """A year that was closed: its figures with their definitions as JSON, and their SHA-256."""

    year: int
    day: date
    # The exact text, since the digest covers it: figures counted again must give the same bytes.
    figures: Annotated[str, Spec(generated=True)]
    sha256: Annotated[str, Spec(64)]
    operation: OperationId = 0


@entity(more_unique=(("digest",),), more_checks={"until_after_day": "until >= day"})
class Acceptance(Entity):
    """A finding of check that somebody has accepted: valid as long as its facts, whose checksum is
    ``digest``, stay the same, and at most to ``until``."""

    id: int
    code: Annotated[str, Spec(40)]
    subject: str
    digest: Annotated[str, Spec(64)]
    reason: str
    day: date
    until: date | None = None
    operation: OperationId = 0


@entity(more_indexes=(Index("year", ("year",)),))
class Reported(Entity):
    """A figure that was reported somewhere and must equal what the rows give."""

    id: int
    year: int
    key: str
    value: str
    source: str
    organization: Annotated[str | None, Spec(references="organization")] = None
    operation: OperationId = 0


@entity(key="key")
class Setting(Entity):
    """What the registry knows about itself: its name, its province, its policy, headings."""

    key: Annotated[str, Spec(32)]
    value: Annotated[str, Spec(generated=True)]
    operation: OperationId = 0
