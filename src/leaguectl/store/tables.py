"""The tables and what the database itself holds true: the second wall behind the rules.

The classes do not leave the store; the nouns of :mod:`leaguectl.registry` do, and a test holds
their fields together. No ``from __future__ import annotations`` here: SQLModel reads the types.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, String, Text, text
from sqlmodel import Field, SQLModel

from leaguectl import registry as nouns

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """The base of all tables: an own metadata with named constraints."""

    metadata = MetaData(naming_convention=NAMING)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _by_operation() -> int:
    """The operation that wrote the row as it stands."""
    column: int = Field(foreign_key="operation.id")
    return column


class SettingTable(Table, table=True):
    """What the registry is told about itself: its name, its province, its policy file."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True, sa_type=String(32))
    value: str = Field(sa_type=Text)


class OperationTable(Table, table=True):
    """One write: who, when, by which command, why, from which files, with what counts."""

    __tablename__ = "operation"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: str = Field(sa_type=String(32))
    actor: str = Field(sa_type=Text)
    command: str = Field(sa_type=Text)
    reason: str | None = Field(default=None, sa_type=Text)
    authority: str | None = Field(default=None, sa_type=Text)
    sources: str = Field(sa_type=Text)
    counts: str = Field(sa_type=Text)
    version: str = Field(sa_type=Text)


class HistoryTable(Table, table=True):
    """What an operation replaced: the row as it was, with the operation that had written it."""

    __tablename__ = "history"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    operation: int = Field(foreign_key="operation.id", index=True)
    noun: str = Field(sa_type=String(32))
    key: str = Field(sa_type=String(64))
    before: str = Field(sa_type=Text)
    __table_args__ = (Index("ix_history_noun_key", "noun", "key"),)


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
    operation: int = _by_operation()
    __table_args__ = (
        Index(
            "uq_organization_name",
            text("coalesce(parent, '')"),
            "folded",
            unique=True,
            sqlite_where=text("dissolved IS NULL"),
            postgresql_where=text("dissolved IS NULL"),
        ),
        _one_of("type", nouns.ORGANIZATION_TYPES),
        _one_of("domain", nouns.DOMAINS),
        _one_of("sector", nouns.SECTORS),
        CheckConstraint("parent <> code", name="not_its_own_parent"),
        CheckConstraint("dissolved >= founded", name="dissolved_after_founded"),
        CheckConstraint("secretary_seats >= 0 AND committee_seats >= 0", name="seats"),
    )


class PersonTable(Table, table=True):
    """Somebody with a national ID number, once."""

    __tablename__ = "person"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(sa_type=Text, index=True)
    id_number: str = Field(sa_type=String(18), unique=True)
    phone: str | None = Field(default=None, sa_type=String(20))
    politics: str | None = Field(default=None, sa_type=Text)
    operation: int = _by_operation()
    __table_args__ = (CheckConstraint("length(id_number) = 18", name="id_number"),)


class QuotaTable(Table, table=True):
    """Places of an organisation and year, and the block of numbers that is those places."""

    __tablename__ = "quota"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    year: int
    organization: str = Field(foreign_key="organization.code")
    first: str = Field(sa_type=String(12))
    last: str = Field(sa_type=String(12))
    places: int
    parent: int | None = Field(default=None, foreign_key="quota.id", index=True)
    authority: str | None = Field(default=None, sa_type=Text)
    operation: int = _by_operation()
    __table_args__ = (
        Index("ix_quota_organization_year", "organization", "year"),
        Index("uq_quota_first", text("coalesce(parent, 0)"), "first", unique=True),
        CheckConstraint("length(first) = 12 AND length(last) = 12", name="digits"),
        CheckConstraint(
            "places > 0 AND CAST(last AS BIGINT) - CAST(first AS BIGINT) + 1 = places",
            name="places",
        ),
        CheckConstraint(
            "CAST(substr(first, 1, 4) AS INTEGER) = year"
            " AND CAST(substr(last, 1, 4) AS INTEGER) = year",
            name="year",
        ),
    )


class NumberTable(Table, table=True):
    """The ledger: one row for each number of an allotted block, and the foreign ones."""

    __tablename__ = "number"
    number: str = Field(primary_key=True, sa_type=String(20))
    year: int
    state: str = Field(sa_type=String(10))
    quota: int | None = Field(default=None, foreign_key="quota.id")
    person: int | None = Field(default=None, foreign_key="person.id")
    reason: str | None = Field(default=None, sa_type=Text)
    operation: int = _by_operation()
    __table_args__ = (
        Index("ix_number_quota_state", "quota", "state", "number"),
        Index(
            "uq_number_person",
            "person",
            unique=True,
            sqlite_where=text("person IS NOT NULL"),
            postgresql_where=text("person IS NOT NULL"),
        ),
        _one_of("state", nouns.NUMBER_STATES),
        CheckConstraint("(state IN ('used', 'foreign')) = (person IS NOT NULL)", name="held"),
        CheckConstraint("(state = 'void') = (reason IS NOT NULL)", name="void_says_why"),
        CheckConstraint("(state = 'foreign') = (quota IS NULL)", name="foreign"),
        CheckConstraint("CAST(substr(number, 1, 4) AS INTEGER) = year", name="year"),
        CheckConstraint("quota IS NULL OR length(number) = 12", name="digits"),
    )


def _one_valid(table: str) -> Index:
    return Index(
        f"uq_{table}_valid",
        "person",
        unique=True,
        sqlite_where=text("state = 'valid'"),
        postgresql_where=text("state = 'valid'"),
    )


class FormTable(Table, table=True):
    """Application forms: each serial once, at most one valid form a person."""

    __tablename__ = "form"
    serial: str = Field(primary_key=True, sa_type=String(40))
    person: int = Field(foreign_key="person.id")
    state: str = Field(sa_type=String(10))
    operation: int = _by_operation()
    __table_args__ = (_one_valid("form"), _one_of("state", nouns.FORM_STATES))


class CertificateTable(Table, table=True):
    """Certificates: each serial once, at most one valid certificate a person."""

    __tablename__ = "certificate"
    serial: str = Field(primary_key=True, sa_type=String(40))
    person: int = Field(foreign_key="person.id")
    state: str = Field(sa_type=String(10))
    operation: int = _by_operation()
    __table_args__ = (_one_valid("certificate"), _one_of("state", nouns.CERTIFICATE_STATES))


class MembershipTable(Table, table=True):
    """Memberships: at most one that has not ended a person."""

    __tablename__ = "membership"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    person: int = Field(foreign_key="person.id", index=True)
    organization: str = Field(foreign_key="organization.code", index=True)
    joined: date | None = None
    joined_precision: str = Field(sa_type=String(5))
    entry: str = Field(sa_type=String(12))
    left: date | None = None
    leaving_reason: str | None = Field(default=None, sa_type=String(12))
    operation: int = _by_operation()
    __table_args__ = (
        Index(
            "uq_membership_open",
            "person",
            unique=True,
            sqlite_where=text('"left" IS NULL'),
            postgresql_where=text('"left" IS NULL'),
        ),
        _one_of("joined_precision", nouns.PRECISIONS),
        _one_of("entry", nouns.ENTRIES),
        _one_of("leaving_reason", nouns.LEAVING_REASONS),
        CheckConstraint('"left" >= joined', name="left_after_joined"),
        CheckConstraint('leaving_reason IS NULL OR "left" IS NOT NULL', name="reason_with_day"),
    )


class AdmissionTable(Table, table=True):
    """Admissions: one person, one number, one form, one certificate each."""

    __tablename__ = "admission"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    person: int = Field(foreign_key="person.id", unique=True)
    organization: str = Field(foreign_key="organization.code", index=True)
    number: str = Field(foreign_key="number.number", unique=True, sa_type=String(20))
    form: str = Field(foreign_key="form.serial", unique=True, sa_type=String(40))
    certificate: str | None = Field(
        default=None,
        unique=True,
        sa_type=String(40),
        sa_column_args=[ForeignKey("certificate.serial")],
    )
    applied: date
    activist: date
    meeting: date = Field(index=True)
    approved: date
    course_hours: float
    introducer_1: str = Field(sa_type=Text)
    introducer_2: str = Field(sa_type=Text)
    due: int
    present: int
    in_favour: int
    talked: date | None = None
    service_hours: float | None = None
    candidate: date | None = None
    notice_from: date | None = None
    notice_to: date | None = None
    approved_by: str | None = Field(default=None, sa_type=Text)
    route: str | None = Field(default=None, sa_type=String(20))
    operation: int = _by_operation()
    __table_args__ = (
        _one_of("route", nouns.ROUTES),
        CheckConstraint("applied <= meeting AND meeting <= approved", name="dates"),
        CheckConstraint("introducer_1 <> introducer_2", name="two_introducers"),
        CheckConstraint("in_favour <= present AND present <= due", name="votes"),
    )


TABLES: dict[type[nouns.Noun], type[Table]] = {
    nouns.Organization: OrganizationTable,
    nouns.Person: PersonTable,
    nouns.Quota: QuotaTable,
    nouns.Number: NumberTable,
    nouns.Form: FormTable,
    nouns.Certificate: CertificateTable,
    nouns.Membership: MembershipTable,
    nouns.Admission: AdmissionTable,
}
"""Where each noun sleeps, in the order in which foreign keys allow to write them."""
