"""Names of classes and units: which names a roster may use for them, and the grade in a name."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Annotated, Any

from pydantic import BeforeValidator

from leaguectl.kinds.cells import FORMULA_SIGNS, PLACEHOLDERS, fault, text
from leaguectl.model import Organization
from leaguectl.model.short_names import in_chinese, number_of
from leaguectl.names import LIKENESS, fold_name

_LADDERS = (
    ("初一", "初二", "初三"), ("高一", "高二", "高三"), ("七年级", "八年级", "九年级"),
    ("一年级", "二年级", "三年级"), ("职一", "职二", "职三"),
)  # fmt: skip
"""The years of a school as the names of classes have them, the first to the last."""

_SHORT = re.compile(r"([七八九])(?=[（(]\d)")
"""七（1）班, where the grade is a single character."""
_SHORT_LADDER = ("七", "八", "九")
ENTRY = re.compile(r"((?:19|20)\d{2})\s*级")
"""The year in which a class began, in its name."""
_SHORT_ENTRY = re.compile(r"(?<!\d)([0-4]\d)级")
"""24级, the year without its century."""


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade in the name of a class: which one of its ladder, and where it stands in the
    name."""

    ladder: tuple[str, ...]
    index: int
    start: int

    def put_in(self, name: str, index: int) -> str:
        """The name with another grade of the same ladder."""
        return name[: self.start] + self.ladder[index] + name[self.start + len(self.word) :]

    @property
    def word(self) -> str:
        """The grade as the name has it."""
        return self.ladder[self.index]


def grade_of(name: str) -> Grade | None:
    """The grade in the name of a class; None where it has none, as the teachers' branch."""
    if found := _SHORT.search(name):
        return Grade(_SHORT_LADDER, _SHORT_LADDER.index(found[1]), found.start())
    grades = [
        Grade(ladder, index, start)
        for ladder in _LADDERS
        for index, word in enumerate(ladder)
        if (start := name.rfind(word)) >= 0
    ]
    # The grade comes after the name of the school, which may contain one of these words too.
    return max(grades, key=lambda grade: grade.start, default=None)


def grade_in(organization: Organization, grade: Grade, year: int) -> int:
    """The grade a class is in from September of the year: counted from the year in which it began
    (2022级, else its founding), else one above the grade in its present name. It may lie beyond the
    last grade."""
    began = ENTRY.search(organization.name)
    if began is not None:
        return year - int(began[1])
    if organization.founded is not None:
        years = year - organization.founded.year
        # For a branch that is older than its class, the present name counts.
        if years in (grade.index, grade.index + 1):
            return years
    return grade.index + 1


# -- the names by which one may be meant -----------------------------------------------------------


def branch_names(text: str, unit: str | None = None, day: date | None = None) -> list[str]:
    """The full names that a text in a sheet can stand for, the likeliest first: as written, with
    团支部 added, with the words of a committee (:func:`unit_names`), with the number of a class
    written in any way (2班 is （2）班 and 二班), with the school or unit of the same row in front,
    and with the year in which the class began: 22级 is 2022级, and 高二（1）班 in the school year
    2023 is 2022级高二（1）班."""
    texts = dict.fromkeys((text, _SHORT_ENTRY.sub(r"20\1级", text)))
    names = [name for each in texts for name in _with_ending(each)]
    written = [*dict.fromkeys([*names, *(name for each in texts for name in _class_names(each))])]
    written += [name for name in unit_names(text) if name not in written]
    if unit:
        schools = dict.fromkeys((unit, _COMMITTEE.sub("", unit) or unit))
        written += [f"{school}{name}" for school in schools for name in written]
        written += [name for school in schools for name in unit_names(f"{school}{names[-1]}")]
    if day is not None and not ENTRY.search(text):
        written += [named for name in written if (named := _with_entry(name, day))]
    return written


def _with_ending(name: str) -> list[str]:
    return [name] if name.endswith("团支部") else [name, f"{name}团支部"]


def _with_entry(name: str, day: date) -> str:
    """The name of a class with the year in which it began, by its grade on a day; empty where it
    has no grade."""
    if (grade := grade_of(name)) is None:
        return ""
    school_year = day.year if day.month >= _SEPTEMBER else day.year - 1
    return f"{name[: grade.start]}{school_year - grade.index}级{name[grade.start :]}"


_SEPTEMBER = 9
"""The month in which a school year begins."""

_COMMITTEE = re.compile(r"^共青团|(?:团委|委员会|团总支|团工委)$")
"""What the name of a committee adds to that of its school."""


_FORMS = (
    ("团委", "委员会"), ("团总支", "总支部委员会"), ("团工委", "工作委员会"),
    ("团支部", "支部委员会"),
)  # fmt: skip
"""How the usual name of an organisation ends, and its full name, which begins with 共青团."""


def unit_names(unit: str) -> list[str]:
    """The possible names of a school's or unit's League organisation, since sheets seldom have its
    full name: 第一中学 and 第一中学团委 are 共青团第一中学委员会. A name that says what it is the
    name of, 第一中学团总支, is not taken for anything else."""
    for short, full in sorted(_FORMS, key=lambda form: -len(form[1])):
        if unit.startswith("共青团") and unit.endswith(full):
            return [unit, f"{unit.removeprefix('共青团').removesuffix(full)}{short}"]
        if unit.endswith(short):
            return [unit, f"共青团{unit.removesuffix(short)}{full}"]
    of_committees = ((f"{unit}{short}", f"共青团{unit}{full}") for short, full in _FORMS[:3])
    return [unit, *chain.from_iterable(of_committees)]


_NUMBER = r"[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
CLASS_NUMBER = re.compile(rf"({_NUMBER})[)）]?班")
"""The number of a class in its name."""
_CLASS = re.compile(rf"(.*?)[(（]?({_NUMBER})[)）]?班(?:级)?(?:团?支部)?")
_GRADE = re.compile(r"(高|初|职)([1-6])$")


def _class_names(text: str) -> list[str]:
    """The names of a class with its number written in every usual way."""
    if (match := _CLASS.fullmatch(text)) is None:
        return []
    grade, number = match[1], number_of(match[2])
    grade = _GRADE.sub(lambda found: found[1] + in_chinese(int(found[2])), grade)
    if grade[:1] in ("高", "初", "职"):
        grade = grade.removesuffix("年级")
    chinese = in_chinese(number)
    forms = (f"（{number}）", str(number), f"（{chinese}）", chinese)
    return [f"{grade}{form}班{ending}" for form in forms for ending in ("团支部", "")]


def numbers_in(name: str) -> list[int]:
    """The numbers in a name, in order: those of 高一（2）班 are 1 and 2."""
    found = re.findall(
        r"[0-9]+|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]", name
    )
    return [number_of(text) for text in found]


def _has_numbers(name: list[int], said: list[int]) -> bool:
    """Whether a name has these numbers in their order, and ends with the last of them."""
    others = iter(name)
    return not said or (name[-1:] == said[-1:] and all(number in others for number in said))


def near_names(said: str, names: Collection[str]) -> list[str]:
    """The folded names that somebody may have meant, the likeliest first. Numbers are compared as
    numbers: class 2 is never suggested for class 1. A name may have more of them (2022级)."""
    import difflib  # only where something was misspelt

    numbers = numbers_in(said)
    same = [name for name in names if _has_numbers(numbers_in(name), numbers)]
    near = difflib.get_close_matches(said, same, n=3, cutoff=LIKENESS)
    return near or sorted((name for name in same if said in name or name in said), key=len)[:3]


# -- names that are kept -------------------------------------------------------------------------


def organization_name(value: Any) -> str:
    """The name of an organisation of the League that is to be kept."""
    name = text(value)
    if is_no_organization(name):
        raise fault("organization-not-a-name", text=name[:60])
    return name


def is_no_organization(name: str) -> bool:
    """Whether no organisation can be called so: it has no letter or digit, stands for a name that
    is not known, or begins as a formula does."""
    is_formula = name[:1] in FORMULA_SIGNS
    return is_formula or not any(map(str.isalnum, name)) or fold_name(name) in PLACEHOLDERS


OrganizationName = Annotated[str, BeforeValidator(organization_name)]
