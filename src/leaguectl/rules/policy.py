"""The numbers of the rule book as typed, frozen values, dated, with a county's file laid over."""

import tomllib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from importlib import resources
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from leaguectl.findings import Usage
from leaguectl.registry import NOT_YET


class Section(BaseModel):
    """A part of the policy: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(Section):
    """An entry that counts from a day on."""

    since: date = Field(alias="from")


Entry = TypeVar("Entry", bound=Dated)
_MONTH_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


class AdmissionNumbers(Dated):
    """The minimums and limits of one admission."""

    minimum_age: int = Field(ge=0)
    maximum_age: int = Field(ge=0)
    activist_months: int = Field(ge=0)
    course_hours: Decimal = Field(ge=0)
    service_hours: Decimal = Field(ge=0)
    talk_days: int = Field(ge=0)
    approval_days: int = Field(ge=0)


class MemberNumbers(Dated):
    """The limits of a membership."""

    minimum_age: int = Field(ge=0)
    maximum_age: int = Field(ge=0)


class NumberFormat(Dated):
    """What a development number looks like for those who joined from a day on.

    ``digits`` 0 allows any length above four; ``years`` are the first four digits allowed, empty
    for the year of joining alone.
    """

    regions: tuple[str, ...] = ()
    required: bool = False
    digits: int = 0
    years: tuple[int, ...] = ()


class QuotaNumbers(Dated):
    """The bounds of a quota. ``block_places`` is the most that one block may have: beyond it the
    number of places is taken for a slip of the finger."""

    block_places: int = Field(ge=1, le=999_999)


class FormNumbers(Dated):
    """What the scan of a form may be: its size in megabytes, and its pages (0: any)."""

    megabytes: Decimal = Field(gt=0)
    pages: int = Field(ge=0)


class CertificateNumbers(Dated):
    """How certificates are numbered here: how many ``digits`` a serial may have (empty: any; the
    development number is always right), and whether a lost one is issued again under its old serial
    (keep), under a new one (renumber), or as the office decides (either)."""

    digits: tuple[int, ...] = ()
    reissue: Literal["keep", "renumber", "either"]


class TransferNumbers(Dated):
    """The season in which graduates' papers move (month and day), and after how many days a
    request to another system lapses."""

    started_by: str = Field(pattern=_MONTH_DAY)
    done_by: str = Field(pattern=_MONTH_DAY)
    lapse_days: int = Field(ge=1)


Approver = Literal["superior", "county", "authorised", "outside"]


class LeavingNumbers(Dated):
    """When a member leaves by age, who approves a removal and an expulsion, and how long probation
    lasts.

    An approver is any organisation above (superior), the top one (county), one of the codes in
    ``authorised``, or one that is not of this registry (outside).
    """

    age: int = Field(ge=14)
    party_members_stay: bool
    removed_by: tuple[Approver, ...]
    expelled_by: tuple[Approver, ...]
    authorised: tuple[str, ...] = ()
    probation_months: tuple[int, ...]


class LegacyNumber(Section):
    """A format of old that a province keeps."""

    prefix: str
    digits: int
    years: tuple[int, ...]


class RatioCaps(Dated):
    """The most that members may be of the students (or young people) of a stage; None: no cap."""

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
    """The marks that a star takes (of 100), and which branches may have it."""

    five_stars: Decimal
    four_stars: Decimal
    three_stars: Decimal
    two_stars: Decimal
    top_share: Decimal = Field(ge=0, le=1)
    minimum_months: int = Field(ge=0)
    top_months: int = Field(ge=0)


class Policy(Section):
    """All numbers of all rules, asked for by the day of the admission that is judged."""

    levels: dict[str, Literal["error", "warning", "off"]] = {}
    admission: tuple[AdmissionNumbers, ...]
    member: tuple[MemberNumbers, ...]
    number: tuple[NumberFormat, ...]
    legacy_number: tuple[LegacyNumber, ...] = ()
    quota: tuple[QuotaNumbers, ...]
    form: tuple[FormNumbers, ...]
    certificate: tuple[CertificateNumbers, ...]
    ratio: tuple[RatioCaps, ...]
    rating: tuple[RatingNumbers, ...]
    transfer: tuple[TransferNumbers, ...]
    leaving: tuple[LeavingNumbers, ...]
    weights: dict[str, Decimal] = {}

    @cached_property
    def _formats(self) -> dict[tuple[date, str | None], NumberFormat]:
        """The formats that were asked for; a roster asks of few days and many people."""
        return {}

    @cached_property
    def legacy_lengths(self) -> frozenset[int]:
        """How many digits the formats of old have."""
        return frozenset(form.digits for form in self.legacy_number)

    def admission_on(self, day: date) -> AdmissionNumbers:
        """The limits of an admission on that day."""
        return _in_force(self.admission, day)

    def member_on(self, day: date) -> MemberNumbers:
        """The limits of a membership on that day."""
        return _in_force(self.member, day)

    def ratio_on(self, day: date) -> RatioCaps:
        """The caps of members to students on that day."""
        return _in_force(self.ratio, day)

    def rating_on(self, day: date) -> RatingNumbers:
        """What a rating of that day goes by."""
        return _in_force(self.rating, day)

    def quota_on(self, day: date) -> QuotaNumbers:
        """The bounds of a quota on that day."""
        return _in_force(self.quota, day)

    def form_on(self, day: date) -> FormNumbers:
        """What a scan that is filed on that day may be."""
        return _in_force(self.form, day)

    def certificate_on(self, day: date) -> CertificateNumbers:
        """How a certificate of that day is numbered."""
        return _in_force(self.certificate, day)

    def transfer_on(self, day: date) -> TransferNumbers:
        """The deadlines of a transfer that is asked for on that day."""
        return _in_force(self.transfer, day)

    def leaving_on(self, day: date) -> LeavingNumbers:
        """By what a member leaves on that day."""
        return _in_force(self.leaving, day)

    def number_format(self, joined: date, region: str | None) -> NumberFormat:
        """The format of the number of somebody who joined on that day in that region."""
        known = self._formats.get((joined, region))
        if known is None:
            fitting = [one for one in self.number if not one.regions or region in one.regions]
            known = self._formats[joined, region] = _in_force(fitting, joined)
        return known


def _in_force(entries: Sequence[Entry], day: date) -> Entry:
    """The last entry that began by that day; the first of all for days before it. What has no day
    yet is judged by the last."""
    if day is NOT_YET:
        return entries[-1]
    begun = [one for one in entries if one.since <= day]
    return begun[-1] if begun else entries[0]


def load(overlay: str | None = None) -> Policy:
    """The packaged policy with a county's own file (its text) laid over it.

    :raises Usage: the overlay is no TOML, or has a key or value that the policy does not know.
    """
    text = resources.files("leaguectl.rules").joinpath("policy.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    try:
        if overlay:
            data = _lay_over(data, _looked_over(tomllib.loads(overlay)))
        for section in _DATED:
            data[section] = _carry_on(data[section])
        return Policy.model_validate(data)
    except tomllib.TOMLDecodeError as error:
        raise Usage("policy-not-toml", detail=str(error)) from None
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()
        )
        raise Usage("policy-not-valid", detail=faults) from None


_DATED = ("admission", "member", "number", "quota", "form", "certificate", "ratio", "rating",
          "transfer", "leaving")  # fmt: skip
_TABLES = ("levels", "weights")


def _looked_over(overlay: dict[str, Any]) -> dict[str, Any]:
    """The overlay if its sections are of the shape that can be laid over.

    :raises Usage: a section is no table or list of tables, or a dated entry has no day.
    """
    faults = []
    for section, value in overlay.items():
        if section in _TABLES:
            if not isinstance(value, dict):
                faults.append(f"{section}: a table [{section}] is asked for")
            continue
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            faults.append(f"{section}: [[{section}]] entries are asked for")
        elif section in _DATED:
            faults += [
                f"{section}.{at}.from: a day such as 2024-01-01 is asked for"
                for at, one in enumerate(value)
                if type(one.get("from")) is not date
            ]
    if faults:
        raise Usage("policy-not-valid", detail="; ".join(faults))
    return overlay


def _lay_over(data: dict[str, Any], overlay: dict[str, Any]) -> dict[str, Any]:
    merged = dict(data)
    for section, value in overlay.items():
        if isinstance(value, dict):
            merged[section] = {**merged.get(section, {}), **value}
        elif isinstance(value, list):
            merged[section] = _merge_entries(merged.get(section, []), value)
        else:
            merged[section] = value
    return merged


def _merge_entries(entries: list[Any], over: list[Any]) -> list[Any]:
    def identity(entry: dict[str, Any]) -> tuple[Any, ...]:
        return entry.get("from"), tuple(entry.get("regions", ())), entry.get("prefix")

    merged = {identity(entry): entry for entry in entries}
    for entry in over:
        merged[identity(entry)] = {**merged.get(identity(entry), {}), **entry}
    return list(merged.values())


def _carry_on(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Complete each entry from the one before it; an entry for some regions is no base for all."""
    carried: list[dict[str, Any]] = []
    base: dict[str, Any] = {}
    for entry in sorted(entries, key=lambda one: (one["from"], one.get("regions", []))):
        complete = {**base, **entry}
        carried.append(complete)
        if not entry.get("regions"):
            base = complete
    return carried
