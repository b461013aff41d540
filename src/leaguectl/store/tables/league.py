"""The tables of organisations and people."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlmodel import Field

from leaguectl import model as nouns
from leaguectl.store.people import BORN
from leaguectl.store.tables.base import Table, by_operation, identity, one_of, only_one


class OrganizationTable(Table, table=True):
    """The tree of organisations. ``folded`` is the key under which a name is found."""

    __tablename__ = "organization"
    code: str = Field(primary_key=True, sa_type=String(64))
    name: str = Field(sa_type=Text)
    folded: str = Field(sa_type=Text, index=True)
    type: str = Field(sa_type=String(20))
    parent: str | None = Field(default=None, foreign_key="organization.code", index=True)
    domain: str | None = Field(default=None, sa_type=String(20))
    sector: str | None = Field(default=None, sa_type=String(24))
    secretary_seats: int | None = None
    committee_seats: int | None = None
    founded: date | None = None
    dissolved: date | None = None
    elected: date | None = None
    graduates: int | None = None
    operation: int = by_operation()
    __table_args__ = (
        only_one(
            "uq_organization_name",
            text("coalesce(parent, '')"),
            "folded",
            where="dissolved IS NULL",
        ),
        one_of("type", nouns.ORGANIZATION_TYPES),
        one_of("domain", nouns.DOMAINS),
        one_of("sector", nouns.SECTORS),
        CheckConstraint("parent <> code", name="not_its_own_parent"),
        CheckConstraint("dissolved >= founded", name="dissolved_after_founded"),
        CheckConstraint("secretary_seats >= 0 AND committee_seats >= 0", name="seats"),
    )


class PersonTable(Table, table=True):
    """Somebody with a national ID number, once."""

    __tablename__ = "person"
    id: int = identity()
    name: str = Field(sa_type=Text, index=True)
    id_number: str = Field(sa_type=String(18), unique=True)
    phone: str | None = Field(default=None, sa_type=String(20))
    politics: str | None = Field(default=None, sa_type=Text)
    written: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (
        CheckConstraint("length(id_number) = 18", name="id_number"),
        Index("ix_person_born", text(BORN)),
    )


class MembershipTable(Table, table=True):
    """Memberships: at most one that has not ended a person."""

    __tablename__ = "membership"
    id: int = identity()
    person: int = Field(foreign_key="person.id", index=True)
    organization: str = Field(foreign_key="organization.code", index=True)
    joined: date | None = None
    joined_precision: str = Field(sa_type=String(5))
    entry: str = Field(sa_type=String(12))
    left: date | None = None
    leaving_reason: str | None = Field(default=None, sa_type=String(12))
    since: date | None = None
    operation: int = by_operation()
    __table_args__ = (
        only_one("uq_membership_open", "person", where='"left" IS NULL'),
        one_of("joined_precision", nouns.PRECISIONS),
        one_of("entry", nouns.ENTRIES),
        one_of("leaving_reason", nouns.LEAVING_REASONS),
        CheckConstraint('"left" >= joined', name="left_after_joined"),
        CheckConstraint('since >= joined AND "left" >= since', name="since_between"),
        CheckConstraint('leaving_reason IS NULL OR "left" IS NOT NULL', name="reason_with_day"),
    )


class OrganizationEventTable(Table, table=True):
    """What happened to organisations."""

    __tablename__ = "organization_event"
    id: int = identity()
    organization: str = Field(foreign_key="organization.code", index=True)
    kind: str = Field(sa_type=String(12))
    day: date
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    authority: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (one_of("kind", nouns.ORGANIZATION_EVENTS),)


class AliasTable(Table, table=True):
    """ID numbers that were recorded by mistake: each leads to one person."""

    __tablename__ = "alias"
    id_number: str = Field(primary_key=True, sa_type=String(18))
    person: int = Field(foreign_key="person.id", index=True)
    name: str = Field(sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (CheckConstraint("length(id_number) = 18", name="id_number"),)


class DistinctPairTable(Table, table=True):
    """Pairs of people who look like one and are two: each pair once."""

    __tablename__ = "distinct_pair"
    id: int = identity()
    first: int = Field(foreign_key="person.id")
    second: int = Field(foreign_key="person.id", index=True)
    reason: str = Field(sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (
        UniqueConstraint("first", "second"),
        CheckConstraint("first < second", name="in_order"),
    )


class TransferTable(Table, table=True):
    """Papers on their way: at most one pending a person."""

    __tablename__ = "transfer"
    id: int = identity()
    person: int = Field(foreign_key="person.id", index=True)
    state: str = Field(sa_type=String(10))
    requested: date
    source: str | None = Field(default=None, foreign_key="organization.code")
    origin: str | None = Field(default=None, sa_type=Text)
    target: str | None = Field(default=None, foreign_key="organization.code")
    destination: str | None = Field(default=None, sa_type=Text)
    settled: date | None = None
    reason: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (
        only_one("uq_transfer_pending", "person", where="state = 'pending'"),
        one_of("state", nouns.TRANSFER_STATES),
        CheckConstraint("settled >= requested", name="settled_after_requested"),
        CheckConstraint("(state = 'pending') = (settled IS NULL)", name="settled"),
        CheckConstraint("(source IS NULL) <> (origin IS NULL)", name="from"),
        CheckConstraint("(target IS NULL) <> (destination IS NULL)", name="to"),
        CheckConstraint("source IS NOT NULL OR target IS NOT NULL", name="ours"),
    )


class DisciplineTable(Table, table=True):
    """Disciplinary measures."""

    __tablename__ = "discipline"
    id: int = identity()
    person: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(sa_type=String(20))
    since: date
    authority: str = Field(sa_type=Text)
    until: date | None = None
    operation: int = by_operation()
    __table_args__ = (
        one_of("kind", nouns.DISCIPLINES),
        CheckConstraint("until >= since", name="until_after_since"),
    )


class MilestoneTable(Table, table=True):
    """Steps of members' ways: each kind once a person."""

    __tablename__ = "milestone"
    id: int = identity()
    person: int = Field(foreign_key="person.id")
    kind: str = Field(sa_type=String(24))
    day: date = Field(index=True)
    organization: str | None = Field(default=None, foreign_key="organization.code")
    operation: int = by_operation()
    __table_args__ = (UniqueConstraint("person", "kind"), one_of("kind", nouns.MILESTONES))


class RegistrationTable(Table, table=True):
    """Yearly registrations: one a person and year."""

    __tablename__ = "registration"
    id: int = identity()
    person: int = Field(foreign_key="person.id")
    year: int
    grade: str | None = Field(default=None, sa_type=String(20))
    registered: date | None = None
    operation: int = by_operation()
    __table_args__ = (UniqueConstraint("person", "year"), one_of("grade", nouns.GRADES))
