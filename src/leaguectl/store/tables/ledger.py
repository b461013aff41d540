"""The tables of the admission ledger: quotas, numbers, papers, admissions."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlmodel import Field

from leaguectl import model as nouns
from leaguectl.store.tables.base import Table, by_operation, identity, one_of, only_one


class QuotaTable(Table, table=True):
    """Places of an organisation and year, and the block of numbers that is those places."""

    __tablename__ = "quota"
    id: int = identity()
    year: int
    organization: str = Field(foreign_key="organization.code")
    first: str = Field(sa_type=String(12))
    last: str = Field(sa_type=String(12))
    places: int
    parent: int | None = Field(default=None, foreign_key="quota.id", index=True)
    authority: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
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
    operation: int = by_operation()
    __table_args__ = (
        Index("ix_number_quota_state", "quota", "state", "number"),
        only_one("uq_number_person", "person", where="person IS NOT NULL"),
        one_of("state", nouns.NUMBER_STATES),
        CheckConstraint("(state IN ('used', 'foreign')) = (person IS NOT NULL)", name="held"),
        CheckConstraint("(state = 'void') = (reason IS NOT NULL)", name="void_says_why"),
        CheckConstraint("(state = 'foreign') = (quota IS NULL)", name="foreign"),
        CheckConstraint("CAST(substr(number, 1, 4) AS INTEGER) = year", name="year"),
        CheckConstraint("quota IS NULL OR length(number) = 12", name="digits"),
    )


class DisputeTable(Table, table=True):
    """Numbers that two people claim: at most one open case a number."""

    __tablename__ = "dispute"
    id: int = identity()
    number: str = Field(foreign_key="number.number", sa_type=String(20))
    claim: str = Field(sa_type=Text)
    opened: date
    claimant: int | None = Field(default=None, foreign_key="person.id")
    reason: str | None = Field(default=None, sa_type=Text)
    settled: date | None = None
    outcome: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (
        only_one("uq_dispute_open", "number", where="settled IS NULL"),
        CheckConstraint("settled >= opened", name="settled_after_opened"),
        CheckConstraint("(settled IS NULL) = (outcome IS NULL)", name="settled_says_how"),
    )


class FormTable(Table, table=True):
    """Application forms: each serial and each scan once, at most one valid form a person."""

    __tablename__ = "form"
    serial: str = Field(primary_key=True, sa_type=String(40))
    person: int = Field(foreign_key="person.id", index=True)
    state: str = Field(sa_type=String(10))
    received: date | None = None
    sha256: str | None = Field(default=None, sa_type=String(64))
    size: int | None = None
    pages: int | None = None
    operation: int = by_operation()
    __table_args__ = (
        only_one("uq_form_valid", "person", where="state = 'valid'"),
        only_one("uq_form_sha256", "sha256", where="sha256 IS NOT NULL"),
        one_of("state", nouns.FORM_STATES),
        CheckConstraint("size > 0 AND pages > 0", name="size"),
        CheckConstraint("(sha256 IS NULL) = (size IS NULL)", name="scan"),
    )


class CertificateTable(Table, table=True):
    """Certificates: each serial once, at most one valid certificate a person."""

    __tablename__ = "certificate"
    serial: str = Field(primary_key=True, sa_type=String(40))
    person: int = Field(foreign_key="person.id", index=True)
    state: str = Field(sa_type=String(10))
    issued: date | None = None
    copies: int = 1
    replaces: str | None = Field(
        default=None,
        sa_type=String(40),
        sa_column_args=[ForeignKey("certificate.serial")],
    )
    reason: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (
        only_one("uq_certificate_valid", "person", where="state = 'valid'"),
        one_of("state", nouns.CERTIFICATE_STATES),
        CheckConstraint("copies >= 1", name="copies"),
        CheckConstraint("replaces <> serial", name="not_its_own"),
    )


class AdmissionTable(Table, table=True):
    """Admissions: one person, one number, one form, one certificate each."""

    __tablename__ = "admission"
    id: int = identity()
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
    beyond: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (
        one_of("route", nouns.ROUTES),
        CheckConstraint("applied <= meeting AND meeting <= approved", name="dates"),
        CheckConstraint("introducer_1 <> introducer_2", name="two_introducers"),
        CheckConstraint("in_favour <= present AND present <= due", name="votes"),
    )


class CandidacyTable(Table, table=True):
    """Candidates on their way: at most one open case a person."""

    __tablename__ = "candidacy"
    id: int = identity()
    person: int = Field(foreign_key="person.id", index=True)
    organization: str = Field(foreign_key="organization.code", index=True)
    state: str = Field(sa_type=String(10))
    applied: date | None = None
    talked: date | None = None
    activist: date | None = None
    contact_1: str | None = Field(default=None, sa_type=Text)
    contact_2: str | None = Field(default=None, sa_type=Text)
    course_hours: float | None = None
    service_hours: float | None = None
    candidate: date | None = None
    reviewed: date | None = None
    notice_from: date | None = None
    notice_to: date | None = None
    introducer_1: str | None = Field(default=None, sa_type=Text)
    introducer_2: str | None = Field(default=None, sa_type=Text)
    form_given: date | None = None
    meeting: date | None = None
    due: int | None = None
    present: int | None = None
    in_favour: int | None = None
    approved: date | None = None
    approved_by: str | None = Field(default=None, sa_type=Text)
    told: date | None = None
    oath: date | None = None
    filed: date | None = None
    route: str | None = Field(default=None, sa_type=String(20))
    closed: date | None = None
    reason: str | None = Field(default=None, sa_type=Text)
    operation: int = by_operation()
    __table_args__ = (
        only_one("uq_candidacy_open", "person", where="state = 'open'"),
        one_of("state", nouns.CANDIDACY_STATES),
        one_of("route", nouns.ROUTES),
        CheckConstraint("(state = 'open') = (closed IS NULL)", name="closed"),
    )
