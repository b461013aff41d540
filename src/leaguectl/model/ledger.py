"""The admission ledger: quotas with their blocks, numbers, forms, certificates, admissions."""

from dataclasses import dataclass
from datetime import date

NUMBER_STATES = ("free", "used", "void", "foreign")
ROUTES = ("recommendation", "points", "appraisal")
FORM_STATES = ("valid", "void")
CERTIFICATE_STATES = ("valid", "replaced", "recalled")
CANDIDACY_STATES = ("open", "admitted", "refused", "withdrawn")


@dataclass(frozen=True, slots=True)
class Quota:
    """Places of one organisation and year, with the block of numbers that *is* those places.

    ``parent`` is the quota from which it was split; a further block in mid-year is a further
    quota of the same organisation and year.
    """

    id: int
    year: int
    organization: str
    first: str
    last: str
    places: int
    parent: int | None = None
    authority: str | None = None
    operation: int = 0

    def __contains__(self, number: str) -> bool:
        return len(number) == len(self.first) and self.first <= number <= self.last


@dataclass(frozen=True, slots=True)
class Number:
    """One development number (发展团员编号): a slot of an allotted block, or a foreign one.

    ``quota`` is the quota that may use the slot now; None means that the number was given outside
    every block of this registry (``state`` is then ``foreign``).
    """

    number: str
    year: int
    state: str
    quota: int | None = None
    person: int | None = None
    reason: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two people claim one number: a case that stays open until it is settled.

    ``claimant`` is the person here who claims it, or None with who claims it in ``claim``.
    """

    id: int
    number: str
    claim: str
    opened: date
    claimant: int | None = None
    reason: str | None = None
    settled: date | None = None
    outcome: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """An application form (入团志愿书), known by its serial; its scan by its SHA-256.

    ``size`` is in bytes; ``received`` is the day on which the scan was filed.
    """

    serial: str
    person: int
    state: str = "valid"
    received: date | None = None
    sha256: str | None = None
    size: int | None = None
    pages: int | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """A membership certificate (团员证), known by its serial.

    ``copies`` counts how often it was issued under this serial; ``replaces`` is the serial that it
    took the place of; ``reason`` says why it was issued again or recalled.
    """

    serial: str
    person: int
    state: str = "valid"
    issued: date | None = None
    copies: int = 1
    replaces: str | None = None
    reason: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Admission:
    """How one person was admitted: the dates, hours, votes and papers of the case.

    ``beyond`` is the document that allowed it beyond the quota of its organisation (超指标), with
    a place of an organisation above.
    """

    id: int
    person: int
    organization: str
    number: str
    form: str
    certificate: str | None
    applied: date
    activist: date
    meeting: date
    approved: date
    course_hours: float
    introducer_1: str
    introducer_2: str
    due: int
    present: int
    in_favour: int
    talked: date | None = None
    service_hours: float | None = None
    candidate: date | None = None
    notice_from: date | None = None
    notice_to: date | None = None
    approved_by: str | None = None
    route: str | None = None
    beyond: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Candidacy:
    """A candidate on the way through the fifteen steps (五个阶段十五个步骤), from application to
    file; every date is there once its step was taken and told to us, and none need be: a list of
    candidates may say nothing of the application.

    ``contact_1`` and ``contact_2`` are 培养联系人; ``reviewed`` is 预审, ``form_given`` the day
    on which the form was handed out, ``told`` 审批结果反馈, ``oath`` 入团仪式, ``filed`` 归档.
    """

    id: int
    person: int
    organization: str
    state: str
    applied: date | None = None
    talked: date | None = None
    activist: date | None = None
    contact_1: str | None = None
    contact_2: str | None = None
    course_hours: float | None = None
    service_hours: float | None = None
    candidate: date | None = None
    reviewed: date | None = None
    notice_from: date | None = None
    notice_to: date | None = None
    introducer_1: str | None = None
    introducer_2: str | None = None
    form_given: date | None = None
    meeting: date | None = None
    due: int | None = None
    present: int | None = None
    in_favour: int | None = None
    approved: date | None = None
    approved_by: str | None = None
    told: date | None = None
    oath: date | None = None
    filed: date | None = None
    route: str | None = None
    closed: date | None = None
    reason: str | None = None
    operation: int = 0
