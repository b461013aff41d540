"""The admission ledger: quotas with their blocks, numbers, forms, certificates, admissions."""

from datetime import date
from typing import Annotated

from leaguectl.model.declaration import Entity, Index, OperationId, Spec, entity

NUMBER_DIGITS = 12
"""How long a development number of our blocks is."""
NUMBER_STATES = ("free", "used", "void", "foreign")
ROUTES = ("recommendation", "points", "appraisal")
FORM_STATES = ("valid", "void")
CERTIFICATE_STATES = ("valid", "replaced", "recalled")
FILE_PAPERS = ("application", "training record", "form", "registration form", "certificate")
"""The papers of a member's file: 申请书, 培养考察登记表, 志愿书, 登记表, 团员证."""
PAPER_STATES = ("on hand", "absent", "lost", "being replaced")
CANDIDACY_STATES = ("open", "admitted", "refused", "withdrawn")


@entity(
    more_checks={
        "digits": "length(first) = 12 AND length(last) = 12",
        # A number is a place: the block must have exactly as many numbers as there are places, so
        # that selling more than the plan allows would need a row that cannot exist.
        "places": "places > 0 AND CAST(last AS BIGINT) - CAST(first AS BIGINT) + 1 = places",
        "year": "CAST(substr(first, 1, 4) AS INTEGER) = year"
        " AND CAST(substr(last, 1, 4) AS INTEGER) = year",
    },
    more_indexes=(
        Index("organization_year", ("organization", "year")),
        # Parts of one block may not begin alike. NULLs never equal one another in a unique index,
        # hence 0 for the blocks that the county itself was given.
        Index("first", ("coalesce(parent, 0)", "first"), unique=True),
    ),
)
class Quota(Entity):
    """Places of one organisation and year, with the block of numbers that *is* those places.

    ``parent`` is the quota from which it was split; a further block in mid-year is a further
    quota of the same organisation and year.
    """

    id: int
    year: int
    organization: Annotated[str, Spec(references="organization")]
    first: Annotated[str, Spec(12)]
    last: Annotated[str, Spec(12)]
    places: int
    parent: Annotated[int | None, Spec(references="quota", index=True)] = None
    authority: str | None = None
    operation: OperationId = 0

    def __contains__(self, number: str) -> bool:
        return len(number) == len(self.first) and self.first <= number <= self.last


@entity(
    key="number",
    more_checks={
        "held": "(state IN ('used', 'foreign')) = (person IS NOT NULL)",
        "void_says_why": "(state = 'void') = (reason IS NOT NULL)",
        "foreign": "(state = 'foreign') = (quota IS NULL)",
        "year": "CAST(substr(number, 1, 4) AS INTEGER) = year",
        "digits": "quota IS NULL OR length(number) = 12",
    },
    more_indexes=(
        # In this order the index alone answers which free number of a quota is the lowest.
        Index("quota_state", ("quota", "state", "number")),
        # Whoever left and is admitted again in another year gets another number; the rules ask
        # that nobody else has two.
        Index("person", ("person", "year"), unique=True, where="person IS NOT NULL"),
    ),
)
class Number(Entity):
    """One development number (发展团员编号): a slot of an allotted block, or a foreign one.

    ``quota`` is the quota that may use the slot now; None means that the number was given outside
    every block of this registry (``state`` is then ``foreign``). ``since`` is the day on which it
    was made void, or taken by a roster; of an admission the day of the meeting counts.
    """

    # Text, since numbers that were given elsewhere have other lengths.
    number: Annotated[str, Spec(20)]
    year: int
    state: Annotated[str, Spec(10, NUMBER_STATES)]
    quota: Annotated[int | None, Spec(references="quota")] = None
    person: Annotated[int | None, Spec(references="person")] = None
    reason: str | None = None
    since: date | None = None
    operation: OperationId = 0


@entity(
    more_checks={
        "settled_after_opened": "settled >= opened",
        "settled_says_how": "(settled IS NULL) = (outcome IS NULL)",
    },
    more_indexes=(Index("open", ("number",), unique=True, where="settled IS NULL"),),
)
class Dispute(Entity):
    """Two people claim one number: a case that stays open until it is settled.

    ``claimant`` is the person here who claims it, or None with who claims it in ``claim``.
    """

    id: int
    number: Annotated[str, Spec(20, references="number")]
    claim: str
    opened: date
    claimant: Annotated[int | None, Spec(references="person")] = None
    reason: str | None = None
    settled: date | None = None
    outcome: str | None = None
    operation: OperationId = 0


@entity(
    key="serial",
    more_checks={
        "size": "size > 0 AND pages > 0",
        "scan": "(sha256 IS NULL) = (size IS NULL)",
    },
    more_indexes=(
        Index("valid", ("person",), unique=True, where="state = 'valid'"),
        # One scan filed for two people is a mistake at the scanner.
        Index("sha256", ("sha256",), unique=True, where="sha256 IS NOT NULL"),
    ),
)
class Form(Entity):
    """An application form (入团志愿书), known by its serial; its scan by its SHA-256.

    ``size`` is in bytes; ``received`` is the day on which the scan was filed.
    """

    serial: Annotated[str, Spec(40)]
    person: Annotated[int, Spec(references="person", index=True)]
    state: Annotated[str, Spec(10, FORM_STATES, dated=True)] = "valid"
    received: date | None = None
    sha256: Annotated[str | None, Spec(64)] = None
    size: int | None = None
    pages: int | None = None
    operation: OperationId = 0


@entity(
    key="serial",
    more_checks={"copies": "copies >= 1", "not_its_own": "replaces <> serial"},
    more_indexes=(Index("valid", ("person",), unique=True, where="state = 'valid'"),),
)
class Certificate(Entity):
    """A membership certificate (团员证), known by its serial.

    ``copies`` counts how often it was issued under this serial; ``replaces`` is the serial that it
    took the place of; ``reason`` says why it was issued again or recalled.
    """

    serial: Annotated[str, Spec(40)]
    person: Annotated[int, Spec(references="person", index=True)]
    state: Annotated[str, Spec(10, CERTIFICATE_STATES, dated=True)] = "valid"
    issued: date | None = None
    copies: int = 1
    replaces: Annotated[str | None, Spec(40, references="certificate")] = None
    reason: str | None = None
    operation: OperationId = 0


@entity(natural=("person", "paper"), more_unique=(("person", "paper"),))
class PaperState(Entity):
    """What is known of a paper of somebody's file that has no serial here: that it is there, that
    it is not, that it was lost, that it is being replaced; ``day`` is since when, where that is
    known."""

    id: int
    person: Annotated[int, Spec(references="person")]
    paper: Annotated[str, Spec(20, FILE_PAPERS)]
    state: Annotated[str, Spec(16, PAPER_STATES, dated=True)]
    day: date | None = None
    operation: OperationId = 0


@entity(
    more_checks={
        "dates": "applied <= meeting AND meeting <= approved",
        "two_introducers": "introducer_1 <> introducer_2",
        "votes": "in_favour <= present AND present <= due",
    },
)
class Admission(Entity):
    """How one person was admitted: the dates, hours, votes and papers of the case.

    ``beyond`` is the document that allowed it beyond the quota of its organisation (超指标), with
    a place of an organisation above.
    """

    id: int
    person: Annotated[int, Spec(references="person", unique=True)]
    organization: Annotated[str, Spec(references="organization", index=True)]
    number: Annotated[str, Spec(20, references="number", unique=True)]
    form: Annotated[str, Spec(40, references="form", unique=True)]
    certificate: Annotated[str | None, Spec(40, references="certificate", unique=True)]
    applied: date
    activist: date
    meeting: Annotated[date, Spec(index=True)]
    approved: date
    course_hours: float
    # As text: an introducer may be a member of the Party whom the registry does not know.
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
    route: Annotated[str | None, Spec(20, ROUTES)] = None
    beyond: str | None = None
    operation: OperationId = 0


@entity(
    more_checks={"closed": "(state = 'open') = (closed IS NULL)"},
    # A second case may follow one that was refused or withdrawn, never run beside it.
    more_indexes=(Index("open", ("person",), unique=True, where="state = 'open'"),),
)
class Candidacy(Entity):
    """A candidate on the way through the fifteen steps (五个阶段十五个步骤), from application to
    file; every date is there once its step was taken and told to us, and none need be: a list of
    candidates may say nothing of the application.

    ``contact_1`` and ``contact_2`` are 培养联系人; ``reviewed`` is 预审, ``form_given`` the day
    on which the form was handed out, ``told`` 审批结果反馈, ``oath`` 入团仪式, ``filed`` 归档.
    """

    id: int
    person: Annotated[int, Spec(references="person", index=True)]
    organization: Annotated[str, Spec(references="organization", index=True)]
    state: Annotated[str, Spec(10, CANDIDACY_STATES)]
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
    route: Annotated[str | None, Spec(20, ROUTES)] = None
    closed: date | None = None
    reason: str | None = None
    operation: OperationId = 0
