"""The numbers of the rule book as typed, frozen, dated values, with a county's file laid over."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, Literal, TypeVar, get_args

from pydantic import Field, ValidationError, ValidationInfo, field_validator

from leaguectl.findings import UsageError
from leaguectl.model import ACTIVITY_CATEGORIES, NOT_YET, POSTS, TRAINING_CATEGORIES
from leaguectl.names import fold_name, near_codes
from leaguectl.rules.sections import (
    AdmissionNumbers,
    Approvals,
    CertificateNumbers,
    Dated,
    EvidenceNumbers,
    FormNumbers,
    LeavingNumbers,
    LegacyNumber,
    LifeNumbers,
    MemberNumbers,
    NumberFormat,
    OrganizationNumbers,
    PostTitle,
    QuotaNumbers,
    RatingNumbers,
    RatioCaps,
    RetentionNumbers,
    Section,
    TransferNumbers,
    inherit,
    joined_words,
    merge_entries,
)

Entry = TypeVar("Entry", bound=Dated)

_SEVERAL_POSTS = re.compile("兼任?|[、,，;；/]")
_BRACKETED = re.compile(r"[(（【\[](.*?)[)）】\]]")
_NOT_NOW = "候补|候选|拟任?|待任|原任?|前任?|曾任?|卸任|离任|已?卸任|已?离任"
_NOT_HELD = re.compile(
    rf"(?:{_NOT_NOW})(?:校|班|县|共青团|团|总支|支部|委)*|.*(?:候补|候选|拟任|待任)"
)
"""What precedes a post that somebody held before or will hold; not 前进村."""
_NOT_HELD_IN_BRACKETS = re.compile(_NOT_NOW)
_OF_THE_PARTY = re.compile(
    r"(?!.*团).*(?:党|纪委|政法委|[省州市县区乡镇村]委(?!员)|村支书|村副支书|第一书记)"
)
"""A post of the Party or of a village, not of the League; 党支部书记兼团支部书记 is both."""


CategorySection = Literal["activities", "trainings"]
"""The sections with words for the categories that figures count."""

_CATEGORIES = {"activities": ACTIVITY_CATEGORIES, "trainings": TRAINING_CATEGORIES}
_OF_MANY = ("活动", "培训班", "培训")
"""What may stand at the end of any category."""


class Policy(Section):
    """All numbers of all rules, looked up by the day of what is judged.

    ``sources`` names the document for each number of each section.
    """

    levels: dict[str, Literal["error", "warning", "off"]] = Field(default_factory=dict)
    sources: dict[str, dict[str, str]] = Field(default_factory=dict)
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
    organization: tuple[OrganizationNumbers, ...]
    life: tuple[LifeNumbers, ...]
    evidence: tuple[EvidenceNumbers, ...]
    approval: tuple[Approvals, ...]
    retention: tuple[RetentionNumbers, ...]
    posts: dict[PostTitle, tuple[str, ...]] = Field(default_factory=dict)
    activities: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    trainings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    weights: dict[str, Decimal] = Field(default_factory=dict)

    @field_validator("activities", "trainings")
    @classmethod
    def _has_categories(
        cls, lists: dict[str, tuple[str, ...]], info: ValidationInfo
    ) -> dict[str, tuple[str, ...]]:
        """Each category is one of those that are counted, and each word stands for only one of
        them."""
        counted = _CATEGORIES[info.field_name or ""]
        if unknown := lists.keys() - {*counted}:
            known = ", ".join(counted)
            raise ValueError(f"{', '.join(sorted(unknown))}: categories are {known}")
        known_words: dict[str, str] = {}
        for category, words in lists.items():
            for word in words:
                other = known_words.setdefault(fold_name(word), category)
                if other != category:
                    raise ValueError(f"{word} is in the lists of both {other} and {category}")
        return lists

    @cached_property
    def _formats(self) -> dict[tuple[date, str | None], NumberFormat]:
        """The formats that were looked up; a roster has few days and many people."""
        return {}

    def title_of(self, words: str) -> str | None:
        """The post that the words of a sheet mean, by their ending; brackets at the end do not
        count, and of several (书记兼组织委员) the highest does. None where it is not a post of the
        League, or not held now."""
        parts = [part for part in _SEVERAL_POSTS.split(words) if part]
        titles = [title for part in parts if (title := self._title_of(part))]
        if titles and len(titles) + sum(map(self.is_of_others, parts)) > 1:
            return min(titles, key=POSTS.index)
        return self._title_of(words)

    def _title_of(self, words: str) -> str | None:
        ending, title = self._ending_of(words)
        return None if title is None or _is_of_others(words, ending, title) else title

    def is_of_others(self, words: str) -> bool:
        """Whether the words end like a post of the League but are not: of the Party or a village,
        held before, or not yet held."""
        ending, title = self._ending_of(words)
        return title is not None and _is_of_others(words, ending, title)

    def _ending_of(self, words: str) -> tuple[str, str | None]:
        """The longest ending of the words that names a post, and which post that is."""
        bare = _BRACKETED.sub("", words.replace(" ", "")).casefold()
        endings = (
            (ending.replace(" ", ""), title)
            for title, known in self.posts.items()
            for ending in known
        )
        fitting = [(ending, title) for ending, title in endings if bare.endswith(ending)]
        return max(fitting, key=lambda found: (len(found[0]), found[1]), default=("", None))

    def near_posts(self, words: str) -> list[str]:
        """The posts that unknown words may mean, the most similar first."""
        known = [ending for endings in self.posts.values() for ending in endings]
        return near_codes(words, known) or [endings[0] for endings in self.posts.values()]

    @cached_property
    def _categories(self) -> dict[str, dict[str, str]]:
        """The category of activities and of trainings by each word that a sheet may have."""
        return {
            section: {
                fold_name(word): code
                for code, words in getattr(self, section).items()
                for word in (code, *words)
            }
            for section in _CATEGORIES
        }

    def category_of(self, words: str, section: CategorySection = "activities") -> str | None:
        """The category of activities or trainings that the words of a sheet count for; 活动 or 培训
        at the end and text in brackets are ignored unless they make another category. None where
        the policy does not know the words."""
        known = self._categories[section]
        folded = fold_name(words)
        bare = _BRACKETED.sub("", folded)
        aside = "".join(_BRACKETED.findall(folded))
        if any(word in aside for word in known):
            bare = folded
        endings = (folded, bare, *map(bare.removesuffix, _OF_MANY))
        return next((known[key] for key in endings if key in known), None)

    def near_categories(self, words: str, section: CategorySection = "activities") -> list[str]:
        """The words that unknown words may mean, the most similar first; where there are none, a
        word of each category."""
        lists = getattr(self, section).values()
        near = near_codes(words, [word for listed in lists for word in listed])
        return near or [listed[0] for listed in lists]

    @cached_property
    def legacy_lengths(self) -> frozenset[int]:
        """How many digits the old formats have."""
        return frozenset(legacy.digits for legacy in self.legacy_number)

    @cached_property
    def _epochs(self) -> list[date]:
        return sorted({entry.since for section in _DATED for entry in getattr(self, section)})

    def epoch(self, day: date) -> int:
        """The epoch of a day: within an epoch the same numbers are in force."""
        return bisect_right(self._epochs, day)

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
        """The numbers for a rating on that day."""
        return _in_force(self.rating, day)

    def quota_on(self, day: date) -> QuotaNumbers:
        """The bounds of a quota on that day."""
        return _in_force(self.quota, day)

    def form_on(self, day: date) -> FormNumbers:
        """The limits of a scan that is filed on that day."""
        return _in_force(self.form, day)

    def certificate_on(self, day: date) -> CertificateNumbers:
        """How a certificate is numbered on that day."""
        return _in_force(self.certificate, day)

    def transfer_on(self, day: date) -> TransferNumbers:
        """The deadlines of a transfer that is requested on that day."""
        return _in_force(self.transfer, day)

    def life_on(self, day: date) -> LifeNumbers:
        """How often a branch meets on that day."""
        return _in_force(self.life, day)

    def leaving_on(self, day: date) -> LeavingNumbers:
        """The terms of leaving on that day."""
        return _in_force(self.leaving, day)

    def organization_on(self, day: date) -> OrganizationNumbers:
        """The limits of an organisation on that day."""
        return _in_force(self.organization, day)

    def evidence_on(self, day: date) -> EvidenceNumbers:
        """The thresholds of evidence on that day."""
        return _in_force(self.evidence, day)

    def approval_on(self, day: date) -> Approvals:
        """What needs the approval of a second person on that day."""
        return _in_force(self.approval, day)

    def retention_on(self, day: date) -> RetentionNumbers:
        """How long personal values are kept, as it is decided on that day."""
        return _in_force(self.retention, day)

    def of_day(self, day: date) -> "Policy":
        """The policy as if that day's numbers had always been in force.

        The format of development numbers stays dated: it describes what was given out in which
        year.
        """
        fixed = {name: (_in_force(getattr(self, name), day),) for name in _JUDGING}
        return self.model_copy(update=fixed)

    def in_force(self, key: str, day: date, region: str | None) -> tuple[Any, date]:
        """The number that ``section.key`` names on that day, and since when it has held.

        :raises KeyError: there is no such number.
        """
        section, _, name = key.partition(".")
        if section not in _DATED or name not in self.sources.get(section, {}):
            raise KeyError(key)
        entries: tuple[Any, ...] = getattr(self, section)
        if section == "number":
            entries = tuple(self._formats_of(region))
        begun = [entry for entry in entries if entry.since <= day] or [entries[0]]
        value, since = getattr(begun[-1], name), begun[-1].since
        for entry in reversed(begun):  # an entry for other numbers does not end this one
            if getattr(entry, name) != value:
                break
            since = entry.since
        return value, since

    def number_format(self, joined: date, region: str | None) -> NumberFormat:
        """The format of the number of somebody who joined on that day in that region."""
        existing = self._formats.get((joined, region))
        if existing is None:
            existing = _in_force(self._formats_of(region), joined)
            self._formats[joined, region] = existing
        return existing

    def _formats_of(self, region: str | None) -> list[NumberFormat]:
        """The formats of that region, and those of all."""
        return [entry for entry in self.number if not entry.regions or region in entry.regions]


def _is_of_others(words: str, ending: str, title: str) -> bool:
    """Whether words with the ending of a post name one of the Party, or one that is not held."""
    written = words.replace(" ", "")
    bare = _BRACKETED.sub("", written).casefold()
    if any(map(_NOT_HELD_IN_BRACKETS.fullmatch, _BRACKETED.findall(written))):
        return True
    if _NOT_HELD.fullmatch(bare.removesuffix(ending)) is not None:
        return True
    return title != "other" and _OF_THE_PARTY.match(bare) is not None


def _in_force(entries: Sequence[Entry], day: date) -> Entry:
    """The last entry that began by that day; the first entry for earlier days. Without a day, the
    last entry counts."""
    if day is NOT_YET:
        return entries[-1]
    begun = [entry for entry in entries if entry.since <= day]
    return begun[-1] if begun else entries[0]


# A command loads it when it starts and again when it has the registry.
@lru_cache(maxsize=4)
def load(overlay: str | None = None) -> Policy:
    """The packaged policy with a county's own file (its text) laid over it.

    :raises UsageError: the overlay is not valid TOML, or has an unknown key or value.
    """
    text = resources.files("leaguectl.rules").joinpath("policy.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    try:
        if overlay:
            data = _merge_overlay(data, _validate_overlay(tomllib.loads(overlay)))
        # After the overlay: a county's change also holds in later entries of the package.
        for section in _DATED:
            data[section] = inherit(data[section])
        policy = Policy.model_validate(data)
    except tomllib.TOMLDecodeError as error:
        raise UsageError("policy-not-toml", detail=str(error)) from None
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()
        )
        raise UsageError("policy-not-valid", detail=faults) from None
    if unknown := _sources_of_nothing(policy):
        raise UsageError("policy-not-valid", detail=f"sources: {', '.join(unknown)}")
    return policy


def _sources_of_nothing(policy: Policy) -> list[str]:
    """Sources that are given for numbers that no section has."""
    numbers = {
        section: type(getattr(policy, section)[0]).model_fields.keys() - {"since"}
        for section in _DATED
    }
    return sorted(
        f"{section}.{name}"
        for section, named in policy.sources.items()
        for name in named
        if name not in numbers.get(section, ())
    )


_WORDS = ("posts", *_CATEGORIES)
"""Sections with lists of words for each of our values."""
_TABLES = ("levels", *_WORDS, "weights", "sources")
"""Sections that are not lists of dated entries."""
_DATED = tuple(name for name in Policy.model_fields if name not in (*_TABLES, "legacy_number"))
_JUDGING = tuple(section for section in _DATED if section != "number")


def _validate_overlay(overlay: dict[str, Any]) -> dict[str, Any]:
    """The overlay if its sections have the right shape.

    :raises UsageError: a section is not a table or list of tables, or a dated entry has no day.
    """
    faults = []
    for section, value in overlay.items():
        if section in _TABLES:
            if not isinstance(value, dict):
                faults.append(f"{section}: a table [{section}] is asked for")
            continue
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            faults.append(f"{section}: [[{section}]] entries are asked for")
        elif section in _DATED:
            faults += [
                f"{section}.{index}.from: a day such as 2024-01-01 is asked for"
                for index, entry in enumerate(value)
                # A TOML time is a datetime, which is a date to isinstance.
                if type(entry.get("from")) is not date
            ]
    if faults:
        raise UsageError("policy-not-valid", detail="; ".join(faults))
    return overlay


def _merge_overlay(data: dict[str, Any], overlay: dict[str, Any]) -> dict[str, Any]:
    # What does not fit (a number where a table belongs) is left for pydantic to report.
    merged = dict(data)
    for section, value in overlay.items():
        if section == "sources":
            packaged = merged[section]
            merged[section] = packaged | {
                name: {**packaged.get(name, {}), **own} if isinstance(own, dict) else own
                for name, own in value.items()
            }
        elif section in _WORDS:
            merged[section] = joined_words(merged[section], value)
        elif isinstance(value, dict):
            merged[section] = {**merged.get(section, {}), **value}
        elif isinstance(value, list):
            merged[section] = merge_entries(merged.get(section, []), value)
        else:
            merged[section] = value
    return merged


# -- one number set by itself --------------------------------------------------------------------


def with_number(overlay: str, key: str, typed: str, day: date, source: str | None) -> str:
    """The county's own file with one more number: ``section.name`` from that day on, or
    ``levels.CODE``; or with one more word, as ``activities.other``.

    The rest of the file, including comments, stays as it is. ``source`` is the document behind it;
    ``explain`` shows it.

    :raises UsageError: there is no such number, or the value is not valid for it.
    """
    import tomlkit  # only for this command

    section, _, name = key.partition(".")
    file = tomlkit.parse(overlay)
    if section == "levels":
        file.setdefault("levels", tomlkit.table())[name] = typed
    elif section in _WORDS:
        lists = file.setdefault(section, tomlkit.table())
        lists.setdefault(name.replace("-", " "), []).append(typed)
    else:
        value = _typed(key, typed, load(overlay or None), day)
        entries = file.setdefault(section, tomlkit.aot())
        of_day = (entry for entry in entries if entry.get("from") == day and "regions" not in entry)
        entry = next(of_day, None)
        if entry is None:
            entry = tomlkit.table()
            entry["from"] = day
            entries.append(entry)
            entry = entries[-1]
        entry[name] = value
        if source:
            sources = file.setdefault("sources", tomlkit.table(is_super_table=True))
            sources.setdefault(section, tomlkit.table())[name] = source
    text = tomlkit.dumps(file)
    try:
        load(text)
    except UsageError:  # the earlier file was valid
        raise UsageError("policy-value-unfit", key=key, value=typed) from None
    return text


_YES, _NO = ("true", "yes", "是", "1"), ("false", "no", "否", "0")


def _typed(key: str, typed: str, policy: Policy, day: date) -> Any:
    """The typed value as the policy file writes it, by the type of the value in force now."""
    try:
        known, _ = policy.in_force(key, day, None)
    except KeyError:
        numbers = [f"{section}.{name}" for section, of in policy.sources.items() for name in of]
        near = near_codes(key, numbers)
        raise UsageError(
            "policy-key-unknown", key=key, **({"near": near} if near else {})
        ) from None
    section, _, name = key.partition(".")
    kind = type(getattr(policy, section)[0]).model_fields[name].annotation
    if bool in (kind, *get_args(kind)) and typed.casefold() in (*_YES, *_NO):
        return typed.casefold() in _YES
    if isinstance(known, (int, tuple, frozenset, dict)) and not isinstance(known, str):
        try:
            value = tomllib.loads(f"value = {typed}")["value"]
        except tomllib.TOMLDecodeError:
            raise UsageError("policy-value-unfit", key=key, value=typed) from None
        return value
    return typed
