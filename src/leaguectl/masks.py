"""Masks for personal values: a single value, several that are compared, and personal values within
a text; and how a mask is recognised when it is read again.

A mask shows only what distinguishes two people. With the area and the birth date of an ID number,
or its end, a school finds its pupil: six digits and the last four leave about 130 numbers of a
county's youth, with the birth date only one. So a single number shows nothing; where two are
compared, two of the digits in which they differ are shown.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain, combinations

SHOWN_DIGITS = 2
"""The greatest number of digits shown of a telephone number, or of compared values."""

MASKED = re.compile(r"(?=.*\*{3})[0-9Xx*]+")
"""A number masked by :func:`masked` or :func:`compared_masks`."""

_AREA = 6
"""How many digits of an ID number say the area."""
_LONGEST_ID = 19
"""How many digits it has with one too many, or with the mark behind it."""
_CHECK_DIGIT = 17
"""The place of the check digit in an ID number. It follows from the others, so it reveals least."""
_TELEPHONE = range(5, 12)
"""How many digits a telephone number has; more are an ID number, whole or not."""

# What may stand between two digits: blanks of any width, dashes, a point, the brackets around an
# area code, and characters without a width, which vanish when the text is printed.
_BETWEEN = "[\\s\\-\u2010-\u2015\u2212\uff0d\u00b7._()（）/\u200b-\u200f\u2060\ufeff\u00ad]{1,3}"
_FINGERPRINT = r"\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32}|\d{1,9}-(?=\d*[a-f])[0-9a-f]{16})\b"
"""SHA-256 and the like, and the seal of a registry: they reveal nothing about anybody."""
_DIGITS = rf"\d+(?:{_BETWEEN}\d+)*(?:[XxＸｘ×]|{_BETWEEN}[XxＸｘ×](?![A-Za-z]))?"
"""Digits in groups."""
_RUN = re.compile(f"{_FINGERPRINT}|{_DIGITS}")
_HEXADECIMAL = frozenset("abcdef")
_ENOUGH_DIGITS = re.compile(rf"\d(?:(?:{_BETWEEN})?\d){{10}}")
_GROUPS = re.compile(rf"({_BETWEEN})|(?<=\d)(?=[XxＸｘ×])")
_PASSWORD = re.compile(r"(://[^\s/:@]*:)\S*@")

_WHOLE_ID = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{8,11}X?")
"""An ID number as one row of digits: of whatever province, residence or foreigners', with one
digit lost or one too many."""
_OLD_ID = re.compile(r"[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
_GROUPED_ID = re.compile(
    r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]?"
)
_MOBILE = re.compile(r"(?:(?:00)?86)?1\d{10}")
_GROUPED_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
_LINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})")
"""The area code of a telephone line. Without anything behind it the whole may be a serial."""
_LINE_DIGITS = range(7, 9)
"""How many digits follow it."""
_CHINA = ("86", "0086")
_MOST_GROUPS = 20
_NUMBER_LENGTH = 12
"""How many digits a development number has. It is public, and it is often written in a row with
others."""


def masked(value: str) -> str:
    """A masked value of the same length: a telephone number keeps its last two digits, a text its
    first character, and an ID number nothing."""
    digits = sum(character.isdigit() for character in value)
    if len(value) <= 4 or digits > _TELEPHONE[-1]:
        return "*" * len(value)
    if digits in _TELEPHONE and 2 * digits > len(value):
        return _but(value, range(len(value) - SHOWN_DIGITS, len(value)))
    return _but(value, () if value[0].isdigit() else (0,))


def compared_masks(values: Sequence[str]) -> list[str]:
    """The masks of values that are shown side by side: the characters in which they differ if there
    are at most two, as after a typing error; else the fewest that distinguish most of them.
    Different lengths are a sufficient difference."""
    if len(set(map(len, values))) != 1 or len(set(values)) == 1:
        return [masked(value) for value in values]
    differing = [at for at, signs in enumerate(zip(*values, strict=True)) if len(set(signs)) > 1]
    chosen = [at for at in differing if at != _CHECK_DIGIT] or differing
    if len(chosen) > SHOWN_DIGITS:
        choices = chain.from_iterable(combinations(chosen, n + 1) for n in range(SHOWN_DIGITS))
        chosen = [*max(choices, key=lambda places: _distinguishing(values, places))]
    return [_but(value, chosen) for value in values]


def _distinguishing(values: Sequence[str], places: Sequence[int]) -> tuple[int, int, int]:
    """How well these places distinguish the values: how many values, with how few places, how far
    after the area and the birth date."""
    return len({_but(value, places) for value in values}), -len(places), sum(places)


def _but(value: str, places: Sequence[int]) -> str:
    return "".join(sign if at in places else "*" for at, sign in enumerate(value))


def mask(text: str) -> str:
    """Mask whatever in a text looks like an ID number, a mobile phone or the password of a URL.

    Fields that are declared private are masked by :class:`leaguectl.findings.Private`; this catches
    the same values in a wrong column, in a note, in what was typed into a search. A development
    number stays, and so does part of a longer row of digits.
    """
    if len(text) < _TELEPHONE[-1]:
        return text
    if "://" in text:
        text = _PASSWORD.sub(r"\1***@", text)
    return _RUN.sub(_hidden, text) if _ENOUGH_DIGITS.search(text) else text


def _hidden(run: re.Match[str]) -> str:
    """A run of digits, the numbers in it masked: the longest first, each of whole groups."""
    text = run[0]
    if len(text) < _TELEPHONE[-1] or not _HEXADECIMAL.isdisjoint(text):
        return text
    if text.isdigit():
        is_public = len(text) == _NUMBER_LENGTH
        return text if is_public or not _is_personal([text]) else masked(text)
    # The signs between two groups stand at the odd places.
    parts = [part or "" for part in _GROUPS.split(text)]
    out, at = [], 0
    while at < len(parts):
        for end in range(min(len(parts), at + 2 * _MOST_GROUPS), at, -2):
            if _is_personal(parts[at:end:2]):
                out.append(masked("".join(parts[at:end])))
                break
        else:
            end = at + 1
            out.append(parts[at])
        out.extend(parts[end : end + 1])
        at = end + 1
    return "".join(out)


def _is_personal(groups: Sequence[str]) -> bool:
    """Whether these groups of digits together are an ID number or a mobile phone."""
    is_marked = not groups[-1].isdigit()
    parts = [*map(_ascii, groups[:-1] if is_marked else groups)]
    digits = "".join(parts)
    if not digits.isdigit() or (is_marked and len(digits) != _CHECK_DIGIT):
        return False
    number = digits + "X" * is_marked
    if len(parts) == 1:
        forms = (_WHOLE_ID, _OLD_ID, _MOBILE)
        return any(form.fullmatch(number) for form in forms) or _holds_several(number)
    is_abroad = parts[0] in _CHINA
    if _GROUPED_MOBILE.fullmatch(number):
        # Neither a day nor a list of small numbers: those have shorter groups.
        return all(len(part) >= 3 for part in parts[is_abroad:])
    if _NUMBER_LENGTH in map(len, parts):
        # Behind the area of an ID number are as many digits as a development number has.
        return [*map(len, parts)] == [_AREA, _NUMBER_LENGTH] and bool(_GROUPED_ID.fullmatch(number))
    area, rest = f"0{parts[1].lstrip('0')}" if is_abroad else parts[0], parts[is_abroad + 1 :]
    if _LINE.fullmatch(area) and len("".join(rest)) in _LINE_DIGITS:
        return True
    return bool(_GROUPED_ID.fullmatch(number) or _OLD_ID.fullmatch(number))


def _ascii(digits: str) -> str:
    """Digits of full width, or of another script, as those of ASCII."""
    if digits.isascii():
        return digits
    return "".join(str(unicodedata.decimal(digit, digit)) for digit in digits)


def _holds_several(number: str) -> bool:
    """Whether a row of digits is several numbers without anything between them."""
    return len(number) > _LONGEST_ID and bool(_GROUPED_ID.search(number))
