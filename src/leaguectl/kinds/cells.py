"""The types of cells: what a value of a sheet means, or why it is not valid.

Each function takes the raw value of a cell and returns its meaning, or raises a fault whose code
names the reason. They never guess: a value that lost digits is refused, not repaired.

A sheet has a hundred thousand cells of each type, and nearly all are right as they are. The first
line of a function detects where folding would change nothing, and skips it.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from leaguectl.findings import Private
from leaguectl.masks import MASKED
from leaguectl.model.days import YEARS, read_day, read_year
from leaguectl.model.days import Day as Day
from leaguectl.model.declaration import LONGEST
from leaguectl.model.league import whole_id_number
from leaguectl.model.serials import fold_serial, is_code, is_serial
from leaguectl.names import (
    fold_name,
    is_chinese_name,
    is_text,
    plain_name,
    signed_name,
    signs_of_no_name,
    without_unseen,
)
from leaguectl.reader import Month

PROVINCES = frozenset(
    str(code)
    for block in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55),
                  range(61, 66))
    for code in block
)  # fmt: skip
"""The first two digits of an area code (GB/T 2260). Counties come and go; provinces do not."""

_RESIDENCE = {"81": "Hong Kong", "82": "Macao", "83": "Taiwan"}
"""The first digits of residence permit numbers for people of Hong Kong, Macao and Taiwan."""

_EXACT = 10**15
"""From this value on a number in a spreadsheet has lost its last digits."""


def fault(code: str, **facts: Any) -> PydanticCustomError:
    """The error that a cell type raises: a code and its facts; the words come later."""
    return PydanticCustomError(code, code, facts)


def plain(value: Any) -> str:
    """The visible text of a cell: width folded, invisible characters removed."""
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Month):
        return f"{value.year}年{value.month}月"
    if isinstance(value, float):
        if not value.is_integer():
            return repr(value)
        value = int(value)
    if isinstance(value, int) and abs(value) >= _EXACT:
        raise fault("cell-digits-lost", shown=f"{value:.0f}"[:3] + "…")
    return str(value)


def _plain_text(value: str) -> str:
    if value.isascii() and value.isprintable():
        return value.strip()
    return _visible(unicodedata.normalize("NFKC", value)).strip()


def _visible(value: str) -> str:
    """The text without characters that cannot be seen; tabs and line ends become spaces."""
    if value.isprintable():
        return value
    if not is_text(
        value
    ):  # an old .xls, or an option, may contain characters that no database accepts
        raise fault("text-broken")
    return "".join(" " if char.isspace() else char for char in without_unseen(value))


FORMULA_SIGNS = "=+-@＝＋－＠"
"""What a spreadsheet takes for a formula at the start of a cell."""


def unmarked(value: str) -> str:
    """The text without the apostrophe by which ``export`` and others mark in a .csv file that it is
    no formula."""
    is_marked = value[:1] == "'" and value[1:2] in FORMULA_SIGNS and len(value) > 1
    return value[1:] if is_marked else value


def text(value: Any) -> str:
    """Any text on one line, as it was written, without invisible characters."""
    shown = " ".join(_visible(value).split()) if isinstance(value, str) else plain(value)
    if shown[:1] == "'":
        shown = unmarked(shown)
    if len(shown) > LONGEST:
        raise fault("text-too-long", length=len(shown), longest=LONGEST)
    return shown


LONGEST_NAME = 50
"""Characters of the longest name."""


PLACEHOLDERS = frozenset((
    "同上", "同前", "待定", "未定", "待补", "待补充", "待填", "待查", "暂缺", "暂无", "空缺", "空",
    "缺", "略", "无", "没有", "不详", "未知", "某某", "某人", "佚名", "本人", "姓名", "none",
    "null", "nil", "nan", "undefined", "unknown", "true", "false", "name", "tbd", "test", "测试",
    "测试人员", "合计", "总计", "小计", "共计", "备注", "男", "女", "无名氏", "匿名", "同左",
    "同右",
))  # fmt: skip
"""What people and programs write in place of a name, folded; nobody has such a name."""


_UNNAMED = re.compile(
    r"某|备注|^[Xx]+$|(?<=[\u3400-\u9fff])[Xx]+$|(?<=..)(?:等.*[人名位]|(?<!平)等)$"
)
"""Placeholders for a part of a name (张某, 张XX), or for other people (王芳等). Somebody may be
called 何等 or 张平等."""


def person_name(value: Any) -> str:
    """A name: separators become U+00B7, spaces between Chinese characters go. It has letters and
    separators; what stands for a name that is not known is none."""
    if (
        type(value) is str
        and len(value) <= LONGEST_NAME
        and is_chinese_name(value)
        and value not in PLACEHOLDERS
        and not _UNNAMED.search(value)
    ):
        return value
    return _person_name(text(value))


def _person_name(written: str) -> str:
    name = plain_name(written)
    if fold_name(name) in PLACEHOLDERS:
        raise fault("name-not-a-name", text=name, placeholder=True)
    if unnamed := _UNNAMED.search(name):
        raise fault("name-not-a-name", text=name, signs=unnamed.group())
    if not name or len(name) > LONGEST_NAME or name.isdigit():
        raise fault("name-not-a-name", text=name[:60])
    if signs := signs_of_no_name(name):
        raise fault("name-not-a-name", text=name, signs=signs)
    return name


def introducer(value: Any) -> str:
    """A name, behind which a development number or registry id may tell namesakes apart."""
    if isinstance(value, str):
        name, sign = signed_name(value)
        if sign is not None:
            return f"{person_name(name)}（{sign}）"
    return person_name(value)


def as_written(value: Any, name: str) -> str | None:
    """A name as in its cell, if folding changed more than the space around it."""
    if value == name or not isinstance(value, str):
        return None
    written = text(value)
    return None if written == name else written


def id_number(value: Any) -> Private:
    """A national ID number: 18 characters, a real birth date and province, a right check digit."""
    if type(value) is str and _is_id_number(value):
        return Private(value)
    is_quantity = isinstance(value, (int, float)) and not isinstance(value, bool)
    # One of 15 digits is short enough for a quantity to have kept it whole.
    if is_quantity and not 10**14 <= value < _EXACT:
        raise fault("id-number-cell")
    return _id_number(plain(value))


def _id_number(text: str) -> Private:
    number = text.replace(" ", "").lstrip("'`’‘").upper()
    if number[17:] in _LOOKS_LIKE_X:
        number = number[:17] + "X"
    if not _is_id_number(number):
        raise _no_id_number(number)
    return Private(number)


def _is_id_number(number: str) -> bool:
    """Whether each part of a number can be, and its last character is their check digit.

    Each digit counts 2 to the power of the places behind it (GB 11643, ISO 7064 MOD 11-2).
    """
    area, born, order = _area(number[:6]), _born(number[6:14]), _order(number[14:17])
    if area is None or born is None or order is None:
        return False
    return number[17:] == "10X98765432"[(area + born + order) % 11]


# Numbers share their parts, so each part is judged and summed up once.


@lru_cache(maxsize=65536)
def _area(digits: str) -> int | None:
    """The weighted sum of six digits that begin with a province; None for others."""
    return _sum(digits, 6, 11) if digits[:2] in PROVINCES else None


@lru_cache(maxsize=65536)
def _born(digits: str) -> int | None:
    """The weighted sum of eight digits that are a day of the calendar; None for others."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return _sum(digits, 8, 3)


@lru_cache(maxsize=1024)
def _order(digits: str) -> int | None:
    """The weighted sum of the three digits that distinguish people born on the same day; None for
    other texts."""
    return _sum(digits, 3, 0)


def _sum(digits: str, length: int, behind: int) -> int | None:
    """The weighted sum of ``length`` digits with ``behind`` digits after them, and the check digit;
    None for other texts."""
    if len(digits) != length or not (digits.isascii() and digits.isdigit()):
        return None
    return sum(int(digit) << (length + behind - index) for index, digit in enumerate(digits))


_LOOKS_LIKE_X = ("×", "Х", "Χ", "✕")  # of multiplication, Cyrillic, Greek
_OTHERWISE = {
    "cell-masked": MASKED,
    "id-15-digits": re.compile("[0-9]{15}"),
    "id-number-cell": re.compile(r"[0-9.]+E\+?[0-9]+"),  # lost digits
    "id-other-paper": re.compile("[A-Z]{1,2}[0-9]{6,10}"),  # a passport or a permit
}


def _no_id_number(text: str) -> PydanticCustomError:
    """Why a text is no ID number."""
    if re.fullmatch("[0-9]{17}[0-9X]", text):
        if text[:2] in _RESIDENCE:
            return fault("id-residence", area=_RESIDENCE[text[:2]])
        if text[0] == "9" and text[1:3] in PROVINCES:
            return fault("id-foreigner")
        if _area(text[:6]) is None:
            return fault("id-province", province=text[:2])
        return fault("id-birth-date" if _born(text[6:14]) is None else "id-check-digit")
    for code, pattern in _OTHERWISE.items():
        if pattern.fullmatch(text):
            return fault(code)
    is_long = len(text) == 18 or not any(map(str.isdigit, text))  # 待补 has no length
    return fault("id-characters") if is_long else fault("id-length", length=len(text))


_SURELY_1900S = range(50, 100)
"""Years of two digits that are of the last century without doubt. ``20YYMM`` and ``19YYMM``, which
is what an 18-digit number shows there when its last three digits are lost, lie outside."""


def id_of_15_digits(value: Any, born: Day | None) -> tuple[Private, str]:
    """A number of 18 digits for an old one of 15, and why it is sure: ``born`` where the birth
    date of the row agrees, else ``year``.

    The old numbers (until 1999) had a year of two digits, always of the 1900s, and no check digit
    (GB 11643). Fifteen digits can also be eighteen with three missing, and then they look like
    somebody born about 1920, so only numbers that cannot be that are accepted.
    """
    number = plain(value).replace(" ", "")
    if number[:2] not in PROVINCES:
        raise fault("id-province", province=number[:2])
    try:
        says = date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    except ValueError:
        raise fault("id-15-digits", no_date=True) from None
    if born is not None:
        if (says if born.precision == "day" else says.replace(day=1)) != born.date:
            raise fault("id-15-digits", differs=born.date, says=says)
    elif int(number[6:8]) not in _SURELY_1900S:
        raise fault("id-15-digits")
    return _id_number(whole_id_number(number)), "year" if born is None else "born"


_NO_PHONE_SIGNS = dict.fromkeys(map(ord, " ()-"))
_PHONE = re.compile(r"1[0-9]{10}|0[0-9]{9,11}|[0-9]{7,8}")


def phone(value: Any) -> Private:
    """A telephone number: a mobile of eleven digits, or a line with its area code."""
    if type(value) is str and _PHONE.fullmatch(value):
        return Private(value)
    number = plain(value).translate(_NO_PHONE_SIGNS).removeprefix("+")
    if len(number) == 13:
        number = number.removeprefix("86")
    if MASKED.fullmatch(number):
        raise fault("cell-masked")
    if not _PHONE.fullmatch(number):
        raise fault("phone-not-a-phone")
    return Private(number)


_DIGITS = re.compile(r"[0-9]{1,20}")


def code(value: Any) -> str:
    """A code of an organisation as it is printed: digits, letters and signs without spaces."""
    if type(value) is str and is_code(value):
        return value
    if isinstance(value, float) and not value.is_integer():
        raise fault("serial-not-a-serial", text=str(value))
    printed = unmarked(fold_serial(plain(value)))
    if not is_code(printed):
        raise fault("serial-not-a-serial", text=printed[:40])
    return printed


def serial(value: Any) -> str:
    """The serial of a paper as it is printed: a code that has digits."""
    if type(value) is str and is_serial(value):
        return value
    printed = code(value)
    if not is_serial(printed):
        raise fault("serial-not-a-serial", text=printed)
    return printed


def digits(value: Any) -> str:
    """A development number: Arabic digits only."""
    if type(value) is str and _DIGITS.fullmatch(value):
        return value
    number = plain(value).replace(" ", "")
    if not _DIGITS.fullmatch(number):
        raise fault("number-not-digits", text=_quoted(value))
    return number


def day(value: Any) -> Day:
    """A date, to the day or to the month, in the forms that people write."""
    if isinstance(value, str):
        return _day_of_text(value)
    if isinstance(value, Month):
        return Day(date(value.year, value.month, 1), "month")
    if isinstance(value, datetime):
        return Day(value.date(), "day")
    if isinstance(value, date):
        return _day_of_date(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _day_of_number(float(value))
    return _day_of_text(plain(value))


@lru_cache(maxsize=65536)
def _day_of_date(value: date) -> Day:
    return Day(value, "day")


def exact_day(value: Any) -> date:
    """A date to the day; a month is not enough for the steps of a procedure."""
    when = day(value)
    if when.precision != "day":
        raise fault("day-month-only", text=text(value))
    return when.date


_BOTH_DAYS = re.compile(r"([^–—~～至到]*[0-9日号])[–—~～至到]+([0-9].*)|(.*[0-9日号])-+([0-9].*)")


def days_of_event(value: Any) -> tuple[date, date]:
    """The first and the last day of an event, usually the same. The last may leave out what it
    shares with the first: ``2024.10.11-10.13``, ``2024年10月11日至13日``."""
    written = _plain_text(value) if type(value) is str else ""
    both = _BOTH_DAYS.fullmatch(written.replace(" ", ""))
    if both is None or read_day(written) is not None:  # 2024-10-11 has hyphens, too
        only_day = exact_day(value)
        return only_day, only_day
    said, end = both[1] or both[3], both[2] or both[4]
    first = read_day(said)
    if first is not None and first.precision == "day":
        year, month = first.date.year, first.date.month
        for written in (end, f"{year}.{end}", f"{year}.{month}.{end}"):
            last = read_day(written.replace("月", ".").rstrip("日号"))
            if last and last.precision == "day" and 0 <= (last.date - first.date).days <= 366:
                return first.date, last.date
    raise fault("day-not-a-day", text=_quoted(value))


def event_day(value: Any) -> date:
    """The day on which an event began, from which it counts."""
    return days_of_event(value)[0]


def last_day(value: Any) -> date:
    """A deadline: for a month its last day, since "until May" includes all of May; 6月底前 is the
    end of June."""
    if isinstance(value, str):
        value = re.sub(r"(?:之|以)?前\s*$", "", value)
    return day(value).last


def _day_of_number(value: float) -> Day:
    """A number in a date column: a day of the spreadsheet's calendar, a run of digits, or a month
    that a spreadsheet took for a fraction (``2008.9``).

    ``2008.1`` may be January or October (``2008.10``), so it is refused.
    """
    if value.is_integer() and 20_000 <= value < 60_000:
        return Day(date(1899, 12, 30) + timedelta(days=int(value)), "day")
    if value.is_integer() and 190_000 <= value < 30_000_000:
        return _day_of_text(str(int(value)))
    if value in YEARS:
        raise fault("day-year-only", text=str(int(value)))
    written = plain(value)
    if re.fullmatch(r"\d{4}\.1", written):
        raise fault("day-tenth-month", text=written)
    return _day_of_text(written)


@lru_cache(maxsize=65536)
def _day_of_text(value: str) -> Day:
    written = _plain_text(value)
    read = read_day(written)
    if read is None and read_year(written.replace(" ", "")) in YEARS:
        raise fault("day-year-only", text=_quoted(value))
    if read is None:
        raise fault("day-not-a-day", text=_quoted(value))
    return read


_HOURS = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:个?(?:学时|小时|课时|h|hours?))?")
_PLACES = 2
"""Hours are rounded to this many places: a spreadsheet's 0.8*10 is 7.999999999999999."""

_COUNT = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?(?:人次|[人票个名])?")
_ABOUT = re.compile(r"约[0-9]|[0-9](?:余|多|来|左右|以上)|近[0-9]")
_YEAR = re.compile(r"([0-9]{4})(?:\.0+)?(?:年度?)?")


def hours(value: Any) -> float:
    """Hours, zero or more; halves are allowed, a unit behind them too."""
    if isinstance(value, float) and not isinstance(value, bool):
        value = round(value, _PLACES)
    written = _HOURS.fullmatch(plain(value).replace(" ", "").lower())
    if written is None or not float(written[1]) < 10_000:
        raise fault("hours-not-hours", text=_quoted(value))
    return round(float(written[1]), _PLACES)


def count(value: Any) -> int:
    """A whole number of people, places or seats, zero or more."""
    if isinstance(value, float):
        value = round(value, _PLACES)
    written = _COUNT.fullmatch(said := plain(value).replace(" ", ""))
    if written is None:
        code = "count-about" if _ABOUT.search(said) else "count-not-a-count"
        raise fault(code, text=_quoted(value))
    return int(written[1].replace(",", ""))


def year(value: Any) -> int:
    """A calendar year of four digits."""
    written = _YEAR.fullmatch(plain(value).replace(" ", ""))
    if written is None or not 1922 <= int(written[1]) <= 2200:
        raise fault("year-not-a-year", text=_quoted(value))
    return int(written[1])


def _quoted(value: Any) -> str:
    """The beginning of a cell as a message quotes it: as it is, on one line."""
    return " ".join(str(value if isinstance(value, str) else plain(value)).split())[:40]


Text = Annotated[str, BeforeValidator(text)]
Name = Annotated[str, BeforeValidator(person_name)]
Introducer = Annotated[str, BeforeValidator(introducer)]
IdNumber = Annotated[Any, BeforeValidator(id_number)]
Phone = Annotated[Any, BeforeValidator(phone)]
Code = Annotated[str, BeforeValidator(code)]
Serial = Annotated[str, BeforeValidator(serial)]
Digits = Annotated[str, BeforeValidator(digits)]
AnyDay = Annotated[Any, BeforeValidator(day)]
ExactDay = Annotated[Any, BeforeValidator(exact_day)]
EventDay = Annotated[Any, BeforeValidator(event_day)]
LastDay = Annotated[Any, BeforeValidator(last_day)]
Hours = Annotated[float, BeforeValidator(hours)]
Count = Annotated[int, BeforeValidator(count)]
Year = Annotated[int, BeforeValidator(year)]
