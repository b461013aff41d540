"""The tables of what the county does: posts, trainings, activities, assessment, plans, years."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlmodel import Field

from leaguectl import model as nouns
from leaguectl.store.tables.base import Table, by_operation, identity, one_of


class PostTable(Table, table=True):
    """Seats that people hold: one holder once in the same seat from the same day."""

    __tablename__ = "post"
    id: int = identity()
    organization: str = Field(foreign_key="organization.code", index=True)
    title: str = Field(sa_type=String(20))
    said: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    since: date
    person: int | None = Field(default=None, foreign_key="person.id", index=True)
    until: date | None = None
    basis: str | None = Field(default=None, sa_type=String(12))
    source: str | None = Field(default=None, sa_type=Text)
    duty: str | None = Field(default=None, sa_type=String(3))
    reason: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (
        UniqueConstraint("organization", "said", "name", "since"),
        one_of("title", nouns.POSTS),
        one_of("basis", nouns.BASES),
        one_of("duty", nouns.DUTIES),
        CheckConstraint("until >= since", name="until_after_since"),
    )


class TrainingTable(Table, table=True):
    """Sessions of trainings: one of a name a day."""

    __tablename__ = "training"
    id: int = identity()
    name: str = Field(sa_type=Text)
    category: str = Field(sa_type=String(12))
    day: date = Field(index=True)
    operation: int = by_operation()
    __table_args__ = (
        UniqueConstraint("name", "day"),
        one_of("category", nouns.TRAINING_CATEGORIES),
    )


class TraineeTable(Table, table=True):
    """Attendances at trainings."""

    __tablename__ = "trainee"
    id: int = identity()
    training: int = Field(foreign_key="training.id", index=True)
    name: str = Field(sa_type=Text)
    person: int | None = Field(default=None, foreign_key="person.id", index=True)
    operation: int = by_operation()
    __table_args__ = (UniqueConstraint("training", "person"),)


class ActivityTable(Table, table=True):
    """Activities."""

    __tablename__ = "activity"
    id: int = identity()
    name: str = Field(sa_type=Text)
    category: str = Field(sa_type=String(20))
    day: date = Field(index=True)
    organization: str = Field(foreign_key="organization.code", index=True)
    attendances: int | None = None
    operation: int = by_operation()
    __table_args__ = (
        UniqueConstraint("name", "day", "organization"),
        one_of("category", nouns.ACTIVITY_CATEGORIES),
        CheckConstraint("attendances >= 0", name="attendances"),
    )


class CoverageTable(Table, table=True):
    """Organisations that an activity covered: each once."""

    __tablename__ = "coverage"
    id: int = identity()
    activity: int = Field(foreign_key="activity.id")
    organization: str = Field(foreign_key="organization.code", index=True)
    operation: int = by_operation()
    __table_args__ = (UniqueConstraint("activity", "organization"),)


class ScoreTable(Table, table=True):
    """Scores: one of an organisation, year and item."""

    __tablename__ = "score"
    id: int = identity()
    year: int
    organization: str = Field(foreign_key="organization.code")
    item: str = Field(sa_type=Text)
    score: float
    full: float | None = None
    self_score: float | None = None
    veto: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (
        UniqueConstraint("year", "organization", "item"),
        CheckConstraint('score >= 0 AND self_score >= 0 AND "full" > 0', name="marks"),
    )


class ReviewTable(Table, table=True):
    """Grades of secretaries: one of an organisation, year and name."""

    __tablename__ = "review"
    id: int = identity()
    year: int
    organization: str = Field(foreign_key="organization.code")
    name: str = Field(sa_type=Text)
    grade: str = Field(sa_type=String(20))
    person: int | None = Field(default=None, foreign_key="person.id", index=True)
    operation: int = by_operation()
    __table_args__ = (
        UniqueConstraint("year", "organization", "name"),
        one_of("grade", nouns.GRADES),
    )


class TaskTable(Table, table=True):
    """Tasks of the reform plan: each once a module."""

    __tablename__ = "task"
    id: int = identity()
    module: str = Field(sa_type=Text)
    task: str = Field(sa_type=Text)
    lead: str = Field(sa_type=Text)
    due: date | None = None
    done: date | None = None
    authority: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (UniqueConstraint("module", "task"),)


class SurveyTable(Table, table=True):
    """Counts of students and young people: one of an organisation, year and stage."""

    __tablename__ = "survey"
    id: int = identity()
    year: int
    organization: str = Field(foreign_key="organization.code")
    stage: str = Field(sa_type=String(20))
    students: int | None = None
    youth: int | None = None
    members: int | None = None
    operation: int = by_operation()
    __table_args__ = (
        UniqueConstraint("year", "organization", "stage"),
        one_of("stage", nouns.STAGES),
        CheckConstraint("students >= 0 AND youth >= 0 AND members >= 0", name="counts"),
    )


class ClosingTable(Table, table=True):
    """Closed years with their figures."""

    __tablename__ = "closing"
    year: int = identity()
    day: date
    figures: str = Field(sa_type=Text)
    sha256: str = Field(sa_type=String(64))
    operation: int = by_operation()


class ReportedTable(Table, table=True):
    """Figures that were reported: one of a key, year and organisation."""

    __tablename__ = "reported"
    id: int = identity()
    year: int
    key: str = Field(sa_type=Text)
    value: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)
    organization: str | None = Field(default=None, foreign_key="organization.code")
    operation: int = by_operation()
    __table_args__ = (Index("ix_reported_year", "year"),)
