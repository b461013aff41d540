"""The sections of the policy: the numbers of each, and their bounds; and how a county's own are
laid over them."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Section(BaseModel):
    """A part of the policy: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(Section):
    """An entry that is valid from a day on."""

    since: date = Field(alias="from")


_MONTH_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
OrganizationType = Literal[
    "committee", "work committee", "general branch", "branch", "graduating branch"
]


# Shares and hours are decimals: 0.29 of a hundred people is 29, which floats would make less.


class AdmissionNumbers(Dated):
    """The minimums and limits of one admission."""

    minimum_age: int = Field(ge=0)
    maximum_age: int = Field(ge=0)
    activist_months: int = Field(ge=0)
    course_hours: Decimal = Field(ge=0)
    service_hours: Decimal = Field(ge=0)
    talk_days: int = Field(ge=0)
    approval_days: int = Field(ge=0)
    activist_age: int = Field(ge=0)
    earliest_months: int = Field(ge=0)
    notice_days: int = Field(ge=0)
    notice_working: bool
    approving: tuple[OrganizationType, ...]
    leaving_months: int = Field(ge=0)
    # Each class has its year of leaving; the month is the same for all schools.
    graduation_month: int = Field(ge=1, le=12)


class Approvals(Dated):
    """What may only be done by a plan that somebody else approved: certain commands in every case,
    and any command that ends more memberships than ``leaving`` (0: no limit)."""

    commands: tuple[str, ...]
    leaving: int = Field(ge=0)

    def is_needed(self, command: str, endings: int) -> bool:
        """Whether a command that ends this number of memberships needs approval."""
        return command in self.commands or 0 < self.leaving < endings


class MemberNumbers(Dated):
    """The limits of a membership, how many of its members a branch may grade as excellent, how
    many people may share a phone, and the month and day by which members are registered each
    year."""

    minimum_age: int = Field(ge=0)
    maximum_age: int = Field(ge=0)
    excellent_share: Decimal = Field(ge=0, le=1)
    phone_most: int = Field(ge=1)
    registered_by: str = Field(pattern=_MONTH_DAY)


class RetentionNumbers(Dated):
    """How many years personal values are kept of a candidate who was refused or withdrew, and of a
    member who left (0: for good)."""

    candidate_years: int = Field(ge=0)
    member_years: int = Field(ge=0)


class NumberFormat(Dated):
    """What a development number looks like for those who joined from a day on.

    ``digits`` 0 allows any length above four; ``years`` are the first four digits allowed, empty
    for only the year of joining; ``provinces`` are digits five and six, empty for any.
    """

    regions: tuple[str, ...] = ()
    required: bool = False
    digits: int = 0
    years: tuple[int, ...] = ()
    provinces: frozenset[str] = frozenset()


class QuotaNumbers(Dated):
    """The bounds of a quota. ``block_places`` is the limit of a block: a larger number of places is
    taken for a typing error. From ``unused_days`` before the end of the year on, numbers that are
    still free are reported."""

    block_places: int = Field(ge=1, le=999_999)
    unused_days: int = Field(ge=0)


class FormNumbers(Dated):
    """Limits of the scan of a form: its size in megabytes, and its pages (0: any); whether scans
    are ``kept`` here at all (or once the first was received), and within how many days of the
    approval they are filed."""

    megabytes: Decimal = Field(gt=0)
    pages: int = Field(ge=0)
    kept: bool | Literal["once received"]
    days: int = Field(ge=0)

    def are_due(self, *, any_received: bool) -> bool:
        """Whether forms must be filed, given whether any scan was ever received."""
        return any_received if self.kept == "once received" else self.kept


class CertificateNumbers(Dated):
    """How certificates are numbered here: how many ``digits`` a serial may have (empty: any; the
    development number is always valid), and whether a lost certificate is issued again under its
    old serial (keep), under a new serial (renumber), or as the office decides (either)."""

    digits: tuple[int, ...] = ()
    reissue: Literal["keep", "renumber", "either"]


class TransferNumbers(Dated):
    """The season in which graduates' papers move (month and day), and after how many days a
    request to another system lapses."""

    started_by: str = Field(pattern=_MONTH_DAY)
    done_by: str = Field(pattern=_MONTH_DAY)
    lapse_days: int = Field(ge=1)


class LifeNumbers(Dated):
    """How often a branch meets (三会两制一课), in months; 0 where it is not required."""

    branch_meeting_months: int = Field(ge=0, le=12)
    committee_meeting_months: int = Field(ge=0, le=12)
    group_meeting_months: int = Field(ge=0, le=12)
    league_lesson_months: int = Field(ge=0, le=12)
    theme_day_months: int = Field(ge=0, le=12)

    @property
    def months(self) -> dict[str, int]:
        """The months by category of activity, without those that are not required."""
        asked = {
            "branch meeting": self.branch_meeting_months,
            "committee meeting": self.committee_meeting_months,
            "group meeting": self.group_meeting_months,
            "league lesson": self.league_lesson_months,
            "theme day": self.theme_day_months,
        }
        return {category: months for category, months in asked.items() if months}


PostTitle = Literal["secretary", "deputy secretary", "committee member", "other"]
Approver = Literal["superior", "county", "authorised", "outside"]


class LeavingNumbers(Dated):
    """When a member leaves by age (within ``months`` of the birthday), who approves a removal and
    an expulsion, and how long probation lasts.

    An approver is any organisation above (superior), the top one (county), one of the codes in
    ``authorised``, or an organisation outside this registry (outside).
    """

    age: int = Field(ge=14)
    months: int = Field(ge=0)
    party_members_stay: bool
    removed_by: tuple[Approver, ...]
    expelled_by: tuple[Approver, ...]
    authorised: tuple[str, ...] = ()
    probation_months: tuple[int, ...]


class LegacyNumber(Section):
    """An old format that a province keeps; no rule looks at more than six characters of a
    number."""

    prefix: str = Field(pattern="^[0-9]{1,6}$")
    digits: int
    years: tuple[int, ...]


class RatioCaps(Dated):
    """The greatest share of members among the students (or young people) of a stage; None: no
    cap."""

    junior_graduating: Decimal | None = Field(default=None, gt=0, le=1)
    senior_graduating: Decimal | None = Field(default=None, gt=0, le=1)
    junior_middle: Decimal | None = Field(default=None, gt=0, le=1)
    senior_middle: Decimal | None = Field(default=None, gt=0, le=1)
    vocational: Decimal | None = Field(default=None, gt=0, le=1)
    youth: Decimal | None = Field(default=None, gt=0, le=1)

    def cap(self, stage: str) -> Decimal | None:
        """The cap of a stage by its name."""
        found: Decimal | None = getattr(self, stage.replace(" ", "_"))
        return found


class RatingNumbers(Dated):
    """The marks (of 100) needed for each star, and which branches may have it."""

    five_stars: Decimal
    four_stars: Decimal
    three_stars: Decimal
    two_stars: Decimal
    top_share: Decimal = Field(ge=0, le=1)
    minimum_months: int = Field(ge=0)
    top_months: int = Field(ge=0)
    review_share: Decimal = Field(ge=0, le=1)


class OrganizationNumbers(Dated):
    """How many members a branch has, and how many years an election lasts, by type."""

    minimum_members: int = Field(ge=0)
    maximum_members: int = Field(ge=0)
    student_term_years: int = Field(ge=1)
    term_years: dict[OrganizationType, int]


class EvidenceNumbers(Dated):
    """The thresholds from which admissions are worth a look."""

    near_all: Decimal = Field(ge=0)
    least_students: int = Field(ge=1)
    least_admissions: int = Field(ge=1)
    day_share: Decimal = Field(ge=0)
    week_share: Decimal = Field(ge=0)
    month_share: Decimal = Field(ge=0)
    meeting_most: int = Field(ge=1)
    same_dates: int = Field(ge=2)
    same_votes: int = Field(ge=2)
    pair_most: int = Field(ge=1)
    rush_days: int = Field(ge=1, le=365)
    rush_share: Decimal = Field(ge=0)


# -- a county's own entries ------------------------------------------------------------------------


def joined_words(packaged: dict[str, list[str]], own: dict[str, Any]) -> dict[str, Any]:
    """Lists of words, followed by those of a county. A word that the county lists elsewhere moves
    there, except the first of a list, which is its name."""
    moved = {word for words in own.values() if isinstance(words, list) for word in words}
    lists: dict[str, Any] = dict(own)
    for code, (first, *others) in packaged.items():
        added = own.get(code, [])
        if isinstance(added, list):
            kept = [first, *(word for word in others if word not in moved)]
            lists[code] = [*dict.fromkeys([*kept, *added])]
    return {code: lists[code] for code in [*packaged, *own]}


def merge_entries(entries: list[Any], over: list[Any]) -> list[Any]:
    """Dated entries with those of a county: one of the same day, regions and prefix changes that
    entry, others are added."""

    def identity(entry: dict[str, Any]) -> tuple[Any, ...]:
        return entry.get("from"), tuple(entry.get("regions", ())), entry.get("prefix")

    merged = {identity(entry): entry for entry in entries}
    for entry in over:
        merged[identity(entry)] = _completed(merged.get(identity(entry), {}), entry)
    return list(merged.values())


def _completed(base: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """An entry completed by the one before it, also within its tables."""
    tables = {
        key: {**base[key], **value}
        for key, value in entry.items()
        if isinstance(value, dict) and isinstance(base.get(key), dict)
    }
    return {**base, **entry, **tables}


def inherit(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Complete each entry from the one before it; an entry for some regions is not a base for
    all."""
    carried: list[dict[str, Any]] = []
    base: dict[str, Any] = {}
    for entry in sorted(entries, key=lambda entry: (entry["from"], entry.get("regions", []))):
        complete = _completed(base, entry)
        carried.append(complete)
        if not entry.get("regions"):
            base = complete
    return carried
