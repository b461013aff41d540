"""The admission ledger: quotas with their blocks, numbers, forms, certificates, admissions."""

from datetime import date
from typing import Annotated

from leaguectl.model.declaration import Entity, Index, OperationId, Spec, entity
from leaguectl.model.league import PRECISIONS

NUMBER_DIGITS = 12
"""The length of a development number in our blocks."""
NUMBER_STATES = ("free", "used", "void", "foreign")
ROUTES = ("recommendation", "points", "appraisal")
FORM_STATES = ("valid", "void")
CERTIFICATE_STATES = ("valid", "replaced", "recalled")
FILE_PAPERS = ("application", "training record", "form", "registration form", "certificate")
"""The papers of a member's file: 申请书, 培养考察登记表, 志愿书, 登记表, 团员证."""
PAPER_STATES = ("on hand", "absent", "lost", "being replaced")
CANDIDACY_STATES = ("open", "admitted", "refused", "withdrawn")
NOT_ADMITTED = ("refused", "withdrawn")
"""How a case ends that makes nobody a member."""


@entity(
    more_checks={
        "digits": "length(first) = 12 AND length(last) = 12",
        # A number is a place: the block has exactly as many numbers as there are places, so
        # exceeding the plan would need a row that cannot exist.
        "places": "places > 0 AND CAST(last AS BIGINT) - CAST(first AS BIGINT) + 1 = places",
        "year": "CAST(substr(first, 1, 4) AS INTEGER) = year"
        " AND CAST(substr(last, 1, 4) AS INTEGER) = year",
    },
    more_indexes=(
        Index("organization_year", ("organization", "year")),
        # Parts of a block may not begin with the same number. NULLs are never equal in a unique
        # index, hence 0 for the blocks that the county itself was given.
        Index("first", ("coalesce(parent, 0)", "first"), unique=True),
    ),
)
class Quota(Entity):
    """Places of one organisation and year, with the block of numbers that *is* those places.

    ``parent`` is the quota it was split from; another block in mid-year is another quota of the
    same organisation and year.
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

    @property
    def block(self) -> str:
        """The first and the last number, as messages show them."""
        return f"{self.first}-{self.last}"


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
        # With this order the index alone gives the lowest free number of a quota.
        Index("quota_state", ("quota", "state", "number")),
        # A person who left and is admitted again in another year gets another number; the rules
        # make sure that nobody else has two.
        Index("person", ("person", "year"), unique=True, where="person IS NOT NULL"),
    ),
)
class Number(Entity):
    """One development number (发展团员编号): a slot of an allotted block, or a foreign one.

    ``quota`` is the quota that may use the slot now; None means that the number was given outside
    every block of this registry (``state`` is then ``foreign``). ``since`` is the day on which it
    was made void or taken by a roster; for an admission the day of the meeting counts.
    """

    # Text, since numbers given elsewhere may have other lengths.
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
    """Two people claim the same number: a case that stays open until it is settled.

    ``claimant`` is the claiming person, or None where they are not in the registry: then ``claim``
    describes them.
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
        # The same scan filed for two people is a mistake made when scanning.
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
    replaced; ``reason`` says why it was issued again or recalled.
    """

    serial: Annotated[str, Spec(40)]
    person: Annotated[int, Spec(references="person", index=True)]
    state: Annotated[str, Spec(10, CERTIFICATE_STATES, dated=True)] = "valid"
    issued: date | None = None
    copies: int = 1
    replaces: Annotated[str | None, Spec(40, references="certificate")] = None
    reason: str | None = None
    issued_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    operation: OperationId = 0


@entity(natural=("person", "paper"), more_unique=(("person", "paper"),))
class PaperState(Entity):
    """The state of a paper in somebody's file whose serial is not recorded: present, missing, lost,
    or being replaced; ``day`` is the day since when, where that is known."""

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

    ``beyond`` is the document that allowed it to exceed its organisation's quota (超指标) and use a
    place of an organisation above.
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
    # As text: an introducer may be a Party member who is not in the registry.
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
    # A second case may follow one that was refused or withdrawn, but two are never open together.
    more_indexes=(Index("open", ("person",), unique=True, where="state = 'open'"),),
)
class Candidacy(Entity):
    """A candidate on the way through the fifteen steps (五个阶段十五个步骤), from application to
    file; each date is filled in once its step is known, and none is required: a list of candidates
    may not have the day of application.

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
