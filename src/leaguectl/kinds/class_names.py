"""The grade that the name of a class says, and the one that it is in by its year."""

import re
from dataclasses import dataclass

from leaguectl.model import Organization

_LADDERS = (
    ("初一", "初二", "初三"), ("高一", "高二", "高三"), ("七年级", "八年级", "九年级"),
    ("一年级", "二年级", "三年级"), ("职一", "职二", "职三"),
)  # fmt: skip
"""The years of a school as the names of classes have them, the first to the last."""

_SHORT = re.compile(r"([七八九])(?=[（(]\d)")
"""七（1）班, of which the grade is a single character."""
_SHORT_LADDER = ("七", "八", "九")
_ENTRY = re.compile(r"((?:19|20)\d{2})\s*级")


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
    """The grade in the name of a class; None where it has none, as of the teachers' branch."""
    if found := _SHORT.search(name):
        return Grade(_SHORT_LADDER, _SHORT_LADDER.index(found[1]), found.start())
    grades = [
        Grade(ladder, index, start)
        for ladder in _LADDERS
        for index, word in enumerate(ladder)
        if (start := name.rfind(word)) >= 0
    ]
    # The grade stands behind the name of the school, which may have one of these words too.
    return max(grades, key=lambda grade: grade.start, default=None)


def grade_in(organization: Organization, grade: Grade, year: int) -> int:
    """Which grade a class is in from September of the year: by the year in which it began
    (2022级, else its founding), else one above its present name. It may lie beyond the last."""
    began = _ENTRY.search(organization.name)
    if began is not None:
        return year - int(began[1])
    if organization.founded is not None:
        years = year - organization.founded.year
        # A branch that is older than its class goes by its present name.
        if years in (grade.index, grade.index + 1):
            return years
    return grade.index + 1
