"""What the county does beside admitting: cadres, training, activities, assessment, plans, years."""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Post:
    """A seat in an organisation held by a person from ``since`` to ``until``.

    ``person`` is None where the sheet gave a name without an ID number. ``title`` is the post as a
    value of ours, ``said`` the words of the sheet; ``source`` is where the holder came from (e.g.
    西部计划志愿者); ``duty`` says whether the holder is on duty (None: not known).
    """

    id: int
    organization: str
    title: str
    said: str
    name: str
    since: date
    person: int | None = None
    until: date | None = None
    basis: str | None = None
    source: str | None = None
    duty: str | None = None
    reason: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Training:
    """One session of a training."""

    id: int
    name: str
    category: str
    day: date
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Trainee:
    """One person's attendance at a training; ``person`` is None where only a name is known."""

    id: int
    training: int
    name: str
    person: int | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity; ``attendances`` counts 人次, who came twice is counted twice."""

    id: int
    name: str
    category: str
    day: date
    organization: str
    attendances: int | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """An organisation that an activity covered, with all below it."""

    id: int
    activity: int
    organization: str
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """What an organisation got for one item of a year's assessment, of how many full marks.

    ``self_score`` is what it gave itself; ``veto`` is why it gets no grade at all (一票否决).
    """

    id: int
    year: int
    organization: str
    item: str
    score: float
    full: float | None = None
    self_score: float | None = None
    veto: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """The grade of a secretary in a year's review (述职评议)."""

    id: int
    year: int
    organization: str
    name: str
    grade: str
    person: int | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the reform plan: its module, who leads it, when it is due, when it was done."""

    id: int
    module: str
    task: str
    lead: str
    due: date | None = None
    done: date | None = None
    authority: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """How many students and young people an organisation counted in a year, by stage.

    ``members`` is what it reported of members, to be compared with the rows.
    """

    id: int
    year: int
    organization: str
    stage: str
    students: int | None = None
    youth: int | None = None
    members: int | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Closing:
    """A year that was closed: its figures with their definitions as JSON, and their SHA-256."""

    year: int
    day: date
    figures: str
    sha256: str
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure that was reported somewhere, and must be what the rows give."""

    id: int
    year: int
    key: str
    value: str
    source: str
    organization: str | None = None
    operation: int = 0
