"""Short names of organisations, as offices use them: 团县委, 白桦镇团委, 一中, 财政局."""

import re
from collections.abc import Mapping, Sequence

from leaguectl.model.league import Organization
from leaguectl.names import fold_name

_ROOT = ("团县委", "县团委", "团市委", "市团委", "团区委", "区团委")
"""Usual names of the organisation at the top."""
_ENDING = re.compile(r"(?:工作委员会|委员会|团工委|团委|团总支|总支部?|毕业班团支部|团支部|支部)$")
_SCHOOL = re.compile(r"([一二三四五六七八九十]+|[0-9]+)中$")


def core(name: str) -> str:
    """What is left of a name without the words common to all: 共青团云杉县白桦镇委员会 and
    白桦镇团委 both end with 白桦镇; 一中 is 第一中学."""
    text = _ENDING.sub("", fold_name(name).replace("共青团", ""))
    if school := _SCHOOL.search(text):
        number = school[1]
        if number.isascii() and 0 < int(number) < 100:
            number = in_chinese(int(number))
        text = f"{text[: school.start()].removesuffix('第')}第{number}中学"
    return text


def county_named_by(tops: Sequence[Organization]) -> str | None:
    """The name of the county, as its committee has it (云杉县 of 共青团云杉县委员会), given the
    organisations at the top; None where there is not exactly one."""
    living = [top for top in tops if top.dissolved is None]
    return core(living[0].name) or None if len(living) == 1 else None


def with_county(name: str, county: str) -> str:
    """A name with that of the county, which sheets of its own offices leave out: 白桦镇团委 is
    云杉县白桦镇团委. A name that has it already stays."""
    if county in name:
        return name
    league = "共青团" if name.startswith("共青团") else ""
    return f"{league}{county}{name.removeprefix(league)}"


def meant_by(text: str, names: Mapping[str, str], root: str | None) -> list[str]:
    """The codes of the organisations that a short name may mean, among ``names`` (by code): those
    whose own part ends with it, else those that contain it. ``root`` is the code of the
    organisation at the top."""
    if fold_name(text) in _ROOT and root is not None:
        return [root]
    wanted = core(text)
    if len(wanted) < 2:  # a single character is in half of all names
        return []
    cores = {code: core(name) for code, name in names.items()}
    ending = [code for code, own in cores.items() if own.endswith(wanted)]
    return ending or [code for code, own in cores.items() if wanted in own]


# -- numerals in names -----------------------------------------------------------------------------

_NUMERALS = "一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number below a hundred in Chinese numerals."""
    tens, units = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return head + (_NUMERALS[units - 1] if units else "")


def number_of(text: str) -> int:
    """The value of digits, or of Chinese numerals below a hundred."""
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.rpartition("十")
    value = _NUMERALS.find(units[-1:]) + 1 if units else 0
    return value + (10 * (_NUMERALS.find(tens) + 1 if tens else 1) if ten else 0)
