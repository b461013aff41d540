"""Touching: the keys of a batch, by which the slice of the registry is laid out that it needs."""

from collections.abc import Iterable
from functools import lru_cache

from leaguectl.kinds import (
    EVERYWHERE,
    ActivityLine,
    AdmissionLine,
    CadreLine,
    CandidateLine,
    Line,
    MemberLine,
    MilestoneLine,
    OrganizationLine,
    QuotaLine,
    TrainingLine,
)
from leaguectl.kinds.planning import Block, Item
from leaguectl.model import (
    Activity,
    Coverage,
    Entity,
    Keys,
    Milestone,
    Post,
    Review,
    Score,
    Survey,
    Task,
    Trainee,
    Training,
    likeness_of,
)
from leaguectl.names import branch_names

_WHOLE: dict[str, tuple[type[Entity], ...]] = {
    "cadres": (Post,), "trainings": (Training, Trainee), "activities": (Activity, Coverage),
    "assessments": (Score,), "tasks": (Task,), "surveys": (Survey,),
    "reviews": (Review, Post), "milestones": (Milestone,),
}  # fmt: skip
"""What a kind of sheet is compared with as a whole: a county has some thousands of each."""


def wanted(items: Iterable[Item | Block]) -> Keys:
    """The keys that the lines touch."""
    keys = Keys()
    for one in items:
        if isinstance(one, Item):
            _want(one.line, keys)
        elif one.line is MemberLine:
            _want_members(one, keys)
        else:
            for item in one:
                _want(item.line, keys)
    return keys


def _want(line: Line, keys: Keys) -> None:
    if line.kind in _WHOLE:
        keys.whole.update(_WHOLE[line.kind])
        _want_deed(line, keys)
    if isinstance(line, MemberLine):
        _want_member(line, keys)
    elif isinstance(line, AdmissionLine):
        _want_admission(line, keys)
    elif isinstance(line, OrganizationLine):
        keys.organizations |= {text for text in (line.name, line.code, line.parent) if text}
    elif isinstance(line, QuotaLine):
        _want_block(line, keys)
    elif isinstance(line, CandidateLine):
        _want_candidate(line, keys)


def _want_deed(line: Line, keys: Keys) -> None:
    """The organisations and people of what the county does."""
    if organization := getattr(line, "organization", None):
        keys.organizations |= _possible_names(organization, getattr(line, "unit", None))
    if isinstance(line, ActivityLine):
        for name in set(line.covered or ()) - {EVERYWHERE}:
            keys.organizations.update(branch_names(name))
    if isinstance(line, (CadreLine, MilestoneLine, TrainingLine)) and line.id_number is not None:
        keys.id_numbers.add(line.id_number)
    elif isinstance(line, (CadreLine, MilestoneLine)):
        keys.names.add(line.name)


def _want_block(line: QuotaLine, keys: Keys) -> None:
    keys.organizations.add(line.organization)
    keys.years.add(line.year)
    keys.whole_blocks = True
    if line.first or line.last:
        first = line.first or f"{int(line.last or 0) - line.places + 1:012d}"
        last = line.last or f"{int(first) + line.places - 1:012d}"
        keys.blocks.append((first, last))


@lru_cache(maxsize=1024)
def _possible_names(organization: str, unit: str | None) -> frozenset[str]:
    """What a roster can mean by its two columns; row after row says the same."""
    return frozenset([*branch_names(organization, unit), *([unit] if unit else [])])


def _want_member(line: MemberLine, keys: Keys) -> None:
    _want_person(line, keys)
    if line.joined is not None:
        keys.years.add(line.joined.date.year)


def _want_admission(line: AdmissionLine, keys: Keys) -> None:
    _want_person(line, keys)
    keys.years.add(line.meeting.year)
    keys.free_numbers += 1
    keys.names |= {line.introducer_1, line.introducer_2}
    keys.organizations |= {line.approved_by} if line.approved_by else set()


def _want_person(line: MemberLine | AdmissionLine, keys: Keys) -> None:
    keys.organizations |= _possible_names(line.organization, line.unit)
    keys.id_numbers.add(line.id_number)
    keys.likenesses.add(likeness_of(line.name, line.id_number))
    if line.form:
        keys.forms.add(line.form)
    if line.number:
        keys.forms.add(line.number)
        keys.numbers.add(line.number)
        keys.years.add(int(line.number[:4]))
    if line.certificate:
        keys.certificates.add(line.certificate)


def _want_members(block: Block, keys: Keys) -> None:
    """What :func:`_want_member` wants of each, column by column."""
    for names in {*zip(block.said("organization"), block.said("unit"), strict=True)}:
        keys.organizations |= _possible_names(*names)
    keys.id_numbers.update(block.said("id_number"))
    keys.likenesses.update(block.likenesses)
    numbers = {number for number in block.said("number") if number}
    keys.numbers |= numbers
    keys.years |= {int(four) for four in {number[:4] for number in numbers}}
    keys.forms |= numbers | {form for form in block.said("form") if form}
    keys.certificates |= {one for one in block.said("certificate") if one}
    keys.years |= {day.date.year for day in {*block.said("joined")} if day is not None}


def _want_candidate(line: CandidateLine, keys: Keys) -> None:
    if line.organization:
        keys.organizations |= _possible_names(line.organization, line.unit)
    if line.id_number is not None:
        keys.id_numbers.add(line.id_number)
    else:
        keys.names.add(line.name)
