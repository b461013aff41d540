"""What a cell says, type by type: each value that is understood, each that is refused and why."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from county import check_digit
from county import id_number as valid_id
from leaguectl.findings import Private
from leaguectl.kinds.candidates import ROUTES
from leaguectl.kinds.cells import (
    count,
    day,
    days_of_event,
    digits,
    event_day,
    exact_day,
    hours,
    id_number,
    person_name,
    phone,
    plain,
    serial,
    text,
    year,
)
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.members import REASONS, MemberLine
from leaguectl.kinds.organizations import DOMAINS, SECTORS, TYPES, OrganizationLine
from leaguectl.kinds.papers import paper_mark
from leaguectl.kinds.parsing import parse
from leaguectl.model.days import Day
from leaguectl.workbooks.rows import Row

FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
GOOD = valid_id(1)
WITH_X = next(number for at in range(1, 100) if (number := valid_id(at)).endswith("X"))


def checked(bare: str) -> str:
    """An ID number of these seventeen digits with its right check digit."""
    return bare + check_digit(bare)


def code_of(cell_type: Callable[[Any], Any], value: Any) -> str:
    """The fault that a cell type raises for a value."""
    with pytest.raises(PydanticCustomError) as raised:
        cell_type(value)
    return raised.value.type


# -- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2014-05-04", date(2014, 5, 4)),
        ("2014-5-4", date(2014, 5, 4)),
        ("2026.04.01", date(2026, 4, 1)),
        ("2026. 4. 1", date(2026, 4, 1)),
        ("2024/12/31", date(2024, 12, 31)),
        ("2024年12月31日", date(2024, 12, 31)),
        ("2024年2月29日", date(2024, 2, 29)),
        ("２０２４年１２月３１日", date(2024, 12, 31)),
        (" 2024 年 12 月 31 日 ", date(2024, 12, 31)),
        ("20121105", date(2012, 11, 5)),
        (20121105.0, date(2012, 11, 5)),
        ("2023-05-04T00:00:00", date(2023, 5, 4)),
        (41763.0, date(2014, 5, 4)),
        (date(2014, 5, 4), date(2014, 5, 4)),
        (datetime(2014, 5, 4, 13, 30), date(2014, 5, 4)),  # noqa: DTZ001 -- as a cell has it
    ],
)
def test_a_date_to_the_day_is_read_in_every_form_that_people_write(given: Any, meant: date) -> None:
    """A full date means the same day however it is written, also as a spreadsheet's number."""
    assert day(given) == (meant, "day")
    assert exact_day(given) == meant


@pytest.mark.parametrize(
    "given",
    ["2023-05-04 00:00:00", "2023/5/4 0:00:00", "2023-05-04 0:00", "2023-05-04 16:30:05",
     "2023-5-4 16:30", "2023-05-04T08:30:00.123", "2023年5月4日 9:00", "2023年5月4日上午",
     "2023.5.4（周四）", "2023年5月4日 星期四 下午 16:30", "2023年5月4日晚"],
)  # fmt: skip
def test_a_date_with_a_time_behind_it_is_that_day(given: str) -> None:
    """Exports of other programs write midnight behind a date, parted by a space, or when it was."""
    assert day(given) == (date(2023, 5, 4), "day")
    assert event_day(given) == date(2023, 5, 4)


def test_a_day_of_the_spreadsheets_calendar_may_come_as_a_whole_number() -> None:
    """Readers of older formats give a whole number where the newer ones give a decimal one."""
    assert day(41763) == day(41763.0)
    assert day(20121105) == day(20121105.0)
    assert day(202412) == day(202412.0)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2011.05", date(2011, 5, 1)),
        ("2024年12月", date(2024, 12, 1)),
        ("2024/12", date(2024, 12, 1)),
        ("24年12月份", date(2024, 12, 1)),
        ("12/2024", date(2024, 12, 1)),
        ("二〇二四年十二月", date(2024, 12, 1)),
        ("2024年十二月", date(2024, 12, 1)),
        ("2024-9", date(2024, 9, 1)),
        ("202412", date(2024, 12, 1)),
        (202412.0, date(2024, 12, 1)),
    ],
)
def test_a_month_is_a_date_of_which_the_day_is_not_known(given: Any, meant: date) -> None:
    """A month alone is kept as a month; where a day is needed it is refused."""
    assert day(given) == (meant, "month")
    assert code_of(exact_day, given) == "day-month-only"


@pytest.mark.parametrize(
    ("given", "last"),
    [
        ("2024.10.11-10.13", date(2024, 10, 13)),
        ("2024年10月11日至13日", date(2024, 10, 13)),
        ("2024年10月11日—10月13日", date(2024, 10, 13)),
        ("2024-10-11~2024-10-13", date(2024, 10, 13)),
        ("2024-10-11", date(2024, 10, 11)),
        ("2024.10.11-10.9", None),
        ("2024.10-11.13", None),
        ("2024.10.11-10.32", None),
    ],
)
def test_an_event_may_last_for_days(given: str, last: date | None) -> None:
    """A range of days, the last of which leaves out what it has in common with the first."""
    if last is None:
        assert code_of(days_of_event, given) in ("day-not-a-day", "day-month-only")
    else:
        assert days_of_event(given) == (date(2024, 10, 11), last)
        assert event_day(given) == date(2024, 10, 11)


@pytest.mark.parametrize(
    "given",
    [
        "2023-02-29", "2023年4月31日", "20230230", "202413", "2023-13-01", "2023.00.01",
        "去年", "5月4日", "23-05-04", "2023-05-04起", "12:30:00", "",
        19.0, 2023.13, 2023.75, 2023.123, 99999999.0, -1.0, 0.0, 45000.25,
    ], ids=repr)  # fmt: skip
def test_what_is_no_date_is_refused_and_not_guessed(given: Any) -> None:
    """Not the first, nor the nearest that would be one."""
    assert code_of(day, given) == "day-not-a-day"


@pytest.mark.parametrize(
    ("given", "month"), [(2023.9, 9), (2023.2, 2), (2011.05, 5), (2023.01, 1), (2023.11, 11)]
)
def test_a_month_that_a_spreadsheet_took_for_a_fraction_is_a_month(
    given: float, month: int
) -> None:
    """It shows as the month that was typed."""
    assert day(given) == Day(date(int(given), month, 1), "month")
    assert code_of(exact_day, given) == "day-month-only"


@pytest.mark.parametrize("given", [2008.1, 2023.1])
def test_october_without_its_nought_is_refused_as_that(given: float) -> None:
    """As a number ``2008.1`` may be January or October; as a text it was typed so."""
    assert code_of(day, given) == "day-tenth-month"
    assert day(str(given)) == Day(date(int(given), 1, 1), "month")


@pytest.mark.parametrize("given", ["2023", "2023年", "2023年度", 2023, 2023.0], ids=repr)
def test_a_year_is_reported_to_be_one(given: Any) -> None:
    """Of a year alone nobody makes its first day."""
    assert code_of(day, given) == "day-year-only"


@pytest.mark.parametrize("given", ["120511", "1205-11-05", "0023-05-04", "9999-01-01", "99991231"])
def test_a_year_in_which_nobody_could_have_joined_is_no_date(given: str) -> None:
    """Six digits may be a day of a short year (11 May 2012): never the thirteenth century."""
    assert code_of(day, given) == "day-not-a-day"


# -- ID numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (GOOD, GOOD),
        (f"  {GOOD}\t", GOOD),
        (f"{GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}", GOOD),
        (GOOD.translate(FULL_WIDTH), GOOD),
        (f"{GOOD[:6]}\u3000{GOOD[6:]}", GOOD),
        (f"\u200b{GOOD[:9]}\ufeff{GOOD[9:]}", GOOD),
        (WITH_X.lower(), WITH_X),
        (f"'{GOOD}", GOOD),
        (WITH_X.translate(FULL_WIDTH), WITH_X),
        *((WITH_X[:17] + sign, WITH_X) for sign in "×Хх✕"),
        (valid_id(7, "20080229"), valid_id(7, "20080229")),
    ],
)
def test_an_id_number_is_the_same_however_it_is_typed(given: str, meant: str) -> None:
    """Full width, spaces, invisible characters, another sign for X do not make another person."""
    found = id_number(given)
    assert found == meant
    assert isinstance(found, Private)


WRONG_DIGIT = GOOD[:17] + ("0" if GOOD[17] != "0" else "1")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (658899200703010000.0, "id-number-cell"),
        (658899200703010000, "id-number-cell"),
        (658899070301001.0, "id-15-digits"),
        (6588990703010010.0, "id-number-cell"),
        ("6.58899E+17", "id-number-cell"),
        ("6.58899200703010E+17", "id-number-cell"),
        ("658899070301001", "id-15-digits"),
        (GOOD[:17], "id-length"),
        (GOOD + "0", "id-length"),
        ("无证", "id-characters"),
        ("X" + GOOD[1:], "id-characters"),
        (GOOD[:17] + "Y", "id-characters"),
        (f"{GOOD[:6]}二〇〇七{GOOD[10:]}", "id-characters"),
        (checked("99" + GOOD[2:17]), "id-province"),
        (checked("00" + GOOD[2:17]), "id-province"),
        (checked("65889920070229001"), "id-birth-date"),
        (checked("65889920071301001"), "id-birth-date"),
        (checked("65889920070001001"), "id-birth-date"),
        (WRONG_DIGIT, "id-check-digit"),
        (GOOD[:15] + GOOD[16] + GOOD[15] + GOOD[17], "id-check-digit"),
    ],
)
def test_an_id_number_that_cannot_be_right_is_refused_with_its_reason(
    given: Any, code: str
) -> None:
    """A number that lost digits, has too few, no such date, province or check digit is refused."""
    assert code_of(id_number, given) == code


@pytest.mark.parametrize("at", range(18))
def test_one_wrong_digit_of_an_id_number_is_always_noticed(at: int) -> None:
    """Whichever single digit is mistyped, the number does not pass."""
    for wrong in set("0123456789") - {GOOD[at]}:
        with pytest.raises(PydanticCustomError):
            id_number(GOOD[:at] + wrong + GOOD[at + 1 :])


# -- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", "·•‧・∙⋅●．･᛫⸱.")
def test_every_separator_of_a_name_becomes_the_one_that_is_prescribed(separator: str) -> None:
    """One person must not be two because of the dot between the parts of the name."""
    assert person_name(f"阿依古丽{separator}吐尔逊") == "阿依古丽·吐尔逊"
    assert person_name(f"阿依古丽 {separator} 吐尔逊") == "阿依古丽·吐尔逊"


@pytest.mark.parametrize(
    "rare",
    [
        "𠮷野", "王㛃", "陈䶮", "李𬱖", "赵𫍯", "于\U00030edd", "周\uf9dc",
        "林\ufa0e", "金\uf914", "吴\U0002f80c", "卫〇",
    ],
)  # fmt: skip
def test_a_rare_character_of_a_name_is_kept_as_it_is(rare: str) -> None:
    """Characters beyond the common ones, compatibility ideographs too, are what people are called
    by: none is folded into another."""
    assert person_name(rare) == rare


@pytest.mark.parametrize(
    "rare", ["张\U0002ebf0", "张\U0002ee5d", "张\ue81e", "张\U00031350", "黄\U000323af"]
)
def test_a_character_that_is_newer_than_the_program_is_no_invisible_one(rare: str) -> None:
    """GB18030 is added to, and older systems keep rare characters in the private area: a name must
    not silently lose one."""
    assert person_name(rare) == rare


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (" 张 三 ", "张三"),
        ("张\u3000三", "张三"),
        ("张\n三", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("\u202e张三\u202c", "张三"),
        ("张\u00ad三", "张三"),
        ("John  Smith", "John Smith"),
        ("Ｊｏｈｎ Ｓｍｉｔｈ", "John Smith"),
        ("O'Neil", "O'Neil"),
        ("阿" * 50, "阿" * 50),
    ],
)
def test_a_name_loses_what_cannot_be_seen_and_nothing_else(given: str, meant: str) -> None:
    """Spaces between Chinese characters and invisible characters go; letters stay."""
    assert person_name(given) == meant


@pytest.mark.parametrize(
    "given",
    ["张三2", "１２３", "阿" * 51, "2023-05-04", 13.0, "\u200b", "张○明", "张三★", "*张三", "张**",
     "李介绍（班主任）", "班长：张三", "张三;", "张三，", "“张三”", "张三<br>", "·吐尔逊",
     "吐尔逊·", "阿依古丽··吐尔逊", "阿依古丽-吐尔逊", "阿依古丽，吐尔逊", "Ali-", "O''Neil", "-",
     "张某", "于某", "张某某", "张XX", "张ｘｘ", "罗x", "XXX", "王芳等", "王芳等三人", "黄备注"],
)  # fmt: skip
def test_what_is_no_name_is_refused(given: Any) -> None:
    """A name has letters, and separators between two of them; at most fifty characters."""
    assert code_of(person_name, given) == "name-not-a-name"


@pytest.mark.parametrize(
    "given",
    ["同上", "待定", "空", "null", "None", "NaN", "undefined", "ＮＵＬＬ", "姓名", "不详",
     "测试", "合计", "男", "备注", "无名氏"],
)  # fmt: skip
def test_what_stands_for_a_name_is_none(given: str) -> None:
    """Placeholders for an unknown name are reported as such."""
    with pytest.raises(PydanticCustomError) as raised:
        person_name(given)
    assert raised.value.context is not None
    assert (raised.value.type, raised.value.context["placeholder"]) == ("name-not-a-name", True)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("张〇明", "张〇明"),
        ("⽅晓⼩", "方晓小"),  # a PDF gives radicals for characters
        ("阿依古丽ᐧ吐尔逊", "阿依古丽·吐尔逊"),
        ("Ali·Khan", "Ali·Khan"),
        ("Al-Farabi", "Al-Farabi"),
        ("O’Neil", "O’Neil"),
        ("\ue000明", "\ue000明"),  # a rare character as an old system wrote it
        *(
            (name, name)
            for name in ("何等", "张平等", "男明", "覃", "仝伟", "司马义", "空明", "Max")
        ),
        ("古丽娜·买买提", "古丽娜·买买提"),
    ],
)
def test_a_rare_name_is_a_name(given: str, stored: str) -> None:
    """Whatever an ID card can have is taken, though another check might not know it."""
    assert person_name(given) == stored


# -- telephones, counts, hours, years ------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("13800000001", "13800000001"),
        (13800000001.0, "13800000001"),
        (13800000001, "13800000001"),
        ("138 0000 0001", "13800000001"),
        ("138-0000-0001", "13800000001"),
        ("+86 13800000001", "13800000001"),
        ("86-13800000001", "13800000001"),
        ("１３８０００００００１", "13800000001"),
        ("0906-8881234", "09068881234"),
        ("（0906）8881234", "09068881234"),
        ("8881234", "8881234"),
    ],
    ids=repr,
)
def test_a_phone_is_the_same_however_it_is_typed(given: Any, meant: str) -> None:
    """Spaces, hyphens, brackets and the country code do not make another phone."""
    found = phone(given)
    assert found == meant
    assert isinstance(found, Private)


@pytest.mark.parametrize(
    "given", ["1380000000", "138000000012", "13800000001/13900000002", "无人", 1.5]
)
def test_what_is_no_phone_is_refused(given: Any) -> None:
    """Two phones in one cell, or a digit too few or too many are refused."""
    assert code_of(phone, given) == "phone-not-a-phone"


@pytest.mark.parametrize("given", ["138****0001", "*********01"])
def test_a_masked_number_is_reported_to_be_one(given: str) -> None:
    """What an export or a screen has hidden is no number that was typed wrong."""
    assert code_of(phone, given) == "cell-masked"
    assert code_of(id_number, "658899" + "*" * 12) == "cell-masked"
    assert code_of(id_number, "658899********123X") == "cell-masked"


@pytest.mark.parametrize(
    ("given", "meant"),
    [(0, 0), (30.0, 30), ("30", 30), ("３０", 30), ("30人", 30), ("27 票", 27), ("5个", 5),
     ("303名", 303), ("007", 7)], ids=repr)  # fmt: skip
def test_a_count_is_a_whole_number_with_or_without_its_unit(given: Any, meant: int) -> None:
    """People, votes and places are whole numbers; what they count may stand behind."""
    assert count(given) == meant


@pytest.mark.parametrize("given", ["-1", -1.0, "7.5", "三十", "30-40", "1e3", "10000000000"])
def test_what_is_no_whole_number_is_no_count(given: Any) -> None:
    """Half a person, fewer than nobody, or a number in words are refused."""
    assert code_of(count, given) == "count-not-a-count"


@pytest.mark.parametrize(
    ("given", "meant"),
    [(8, 8.0), (8.5, 8.5), ("8", 8.0), ("８．５", 8.5), ("8学时", 8.0), ("8个学时", 8.0),
     ("20小时", 20.0), ("8 hours", 8.0), ("8H", 8.0), ("0", 0.0)], ids=repr)  # fmt: skip
def test_hours_may_be_halves_and_bear_their_unit(given: Any, meant: float) -> None:
    """Hours are a number, zero or more, with or without a unit."""
    assert hours(given) == meant


@pytest.mark.parametrize("given", ["八", "-1", "nan", "inf", "8:30", "10000", "约8", "8分钟"])
def test_what_is_no_number_of_hours_is_refused(given: Any) -> None:
    """Words, negative and endless numbers are no hours."""
    assert code_of(hours, given) == "hours-not-hours"


@pytest.mark.parametrize(
    "given", [2023, 2023.0, "2023", "２０２３", "2023年", "2023年度"], ids=repr
)
def test_a_year_has_four_digits(given: Any) -> None:
    """A year may bear its unit."""
    assert year(given) == 2023


@pytest.mark.parametrize(
    ("given", "number"),
    [("50人次", 50), ("60人", 60), ("1,200", 1200), ("70.0", 70), (29.999999999999996, 30)],
)
def test_a_count_is_read_as_offices_write_it(given: Any, number: int) -> None:
    """With its unit, with a comma in it, or as a program calculated it."""
    assert count(given) == number


def test_hours_are_rounded_before_they_are_judged() -> None:
    """What a spreadsheet calculates of ten times 0.8 is eight."""
    assert (hours(7.999999999999999), hours("7.999999999999999"), hours(8.25)) == (8, 8, 8.25)


@pytest.mark.parametrize(
    ("type_", "given"),
    [(day, "2020-5-4 前后 16:30"), (day, "2020 9 1 前"), (count, "大概50人"), (hours, "大概 8学时"),
     (year, "今年 度")],
)  # fmt: skip
def test_a_message_quotes_the_cell_as_it_is(type_: Any, given: str) -> None:
    """Nothing is squeezed out of what is quoted."""
    with pytest.raises(PydanticCustomError) as refused:
        type_(given)
    assert refused.value.context == {"text": given}


@pytest.mark.parametrize(
    ("area", "code"),
    [("810000", "id-residence"), ("820000", "id-residence"), ("830000", "id-residence"),
     ("911840", "id-foreigner"), ("716543", "id-province")],
)  # fmt: skip
def test_a_number_of_another_card_is_named_as_what_it_is(area: str, code: str) -> None:
    """Of residence permits and of foreigners, which have check digits like ID cards."""
    assert code_of(id_number, checked(area + GOOD[6:17])) == code


@pytest.mark.parametrize(
    ("given", "code"),
    [("1921", "year-not-a-year"), ("23", "year-not-a-year"), (20230.0, "year-not-a-year"),
     ("今年", "year-not-a-year"), ("2023-2024", "year-not-a-year")],
)  # fmt: skip
def test_what_is_no_year_is_refused(given: Any, code: str) -> None:
    """Before the League there is no year of the League, and two years are not one."""
    assert code_of(year, given) == code


# -- numbers and papers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        "202365000001",
        202365000001.0,
        202365000001,
        " 2023 6500 0001 ",
        "２０２３６５０００００１",
    ],
    ids=repr,
)
def test_a_development_number_is_the_same_however_it_is_typed(given: Any) -> None:
    """Twelve digits fit a spreadsheet's number, so a numeric cell has lost nothing."""
    assert digits(given) == "202365000001"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("2023650O0001", "number-not-digits"),
        ("202365000001号", "number-not-digits"),
        (202365000001.5, "number-not-digits"),
        (2.015161234567891e15, "cell-digits-lost"),
        (2015161234567890, "cell-digits-lost"),
        ("2" * 21, "number-not-digits"),
    ],
)
def test_a_development_number_that_cannot_be_right_is_refused(given: Any, code: str) -> None:
    """A letter O for a zero is refused, and so is a number that a spreadsheet has rounded."""
    assert code_of(digits, given) == code


def test_a_number_of_sixteen_digits_typed_as_text_is_kept_whole() -> None:
    """One province's numbers of old have sixteen digits; as text they lost nothing."""
    assert digits("2015161234567890") == "2015161234567890"


@pytest.mark.parametrize(
    ("given", "meant"),
    [("00123456", "00123456"), (10000001.0, "10000001"), ("云 0012-3", "云0012-3"),
     ("证字第（0012）号", "证字第(0012)号"), ("A/b1", "A/b1")],
)  # fmt: skip
def test_a_serial_is_kept_as_it_is_printed(given: Any, meant: str) -> None:
    """Leading zeros, letters and signs of a serial stay; spaces go."""
    assert serial(given) == meant


@pytest.mark.parametrize(
    "given",
    ["见档案，2023", "a" * 41, 12.5, "1;2", "有*", "有", "未发", "ab", "00", "0" * 10, "-1"],
)
def test_what_is_no_serial_is_refused(given: Any) -> None:
    """A remark in the column of a serial is no serial."""
    assert code_of(serial, given) == "serial-not-a-serial"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        *((mark, "有") for mark in ("有", "是", "√", "✓", "YES", "Y", 1, 1.0, "已归档")),
        *((mark, "有") for mark in ("已交", "齐")),
        *((mark, "无") for mark in ("无", "否", "no", "×", 0, "未发", "未办理", "缺")),
        *((mark, "无") for mark in ("暂无", "未交", "0.0")),
        *((mark, "遗失") for mark in ("遗失", "丢失", "丢了")),
        *((serial, "12345678") for serial in ("12345678", 12345678.0, "有（12345678）")),
        *((serial, "12345678") for serial in ("有12345678", "已发：12345678")),
        ("112345678", "112345678"),
        ("Y12345678", "Y12345678"),
        ("10", "10"),
        pytest.param("1.0", "有", id="text 1.0"),
        ("补办中", "补办中"),
        ("Z-17", "Z-17"),
    ],
)
def test_a_paper_is_a_serial_or_a_mark(given: Any, meant: str) -> None:
    """The column of a paper has its serial, or says by a mark how it is with it."""
    assert paper_mark(given) == meant


@pytest.mark.parametrize("given", ["无12345678", "遗失0012", "00", "-1"])
def test_a_paper_that_is_not_there_has_no_serial(given: str) -> None:
    """A cell that says both is asked about, and zeros or a number below zero are no serial."""
    assert code_of(paper_mark, given) == "serial-not-a-serial"


# -- choices -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "given", "meant"),
    [
        (TYPES, "团委", "committee"),
        (TYPES, "团工委", "work committee"),
        (TYPES, "团总支", "general branch"),
        (TYPES, "团支部", "branch"),
        (TYPES, "支部", "branch"),
        (TYPES, "毕业班团支部", "graduating branch"),
        (TYPES, "Graduating Branch", "graduating branch"),
        (TYPES, "work committee", "work committee"),
        (DOMAINS, "学校领域", "school"),
        (DOMAINS, "society", "society"),
        (SECTORS, "农村", "village"),
        (SECTORS, "乡镇（村）", "village"),
        (SECTORS, "城市街道（社区）", "community"),
        (SECTORS, "中等职业院校", "vocational"),
        (SECTORS, "事业单位(不含公立学校)", "public institution"),
        (SECTORS, "social organisation", "social organisation"),
        (SECTORS, "其它", "other"),
        (REASONS, "超龄 离团", "age"),
        (REASONS, "自行脱团", "removed"),
        (REASONS, "expelled", "expelled"),
        (ROUTES, "推优入团", "recommendation"),
        (ROUTES, "points", "points"),
        (ROUTES, " 评议入团\u200b", "appraisal"),
    ],
)
def test_a_choice_is_understood_in_chinese_and_in_english(
    words: dict[str, tuple[str, ...]], given: str, meant: str
) -> None:
    """A value is one of a few, by its code or one of its words; width and brackets do not count."""
    assert Choice(words)(given) == meant


def test_a_choice_that_is_not_known_is_refused_with_what_is() -> None:
    """After another word the message lists the known words."""
    with pytest.raises(PydanticCustomError) as raised:
        Choice(ROUTES)("转正")
    assert raised.value.type == "choice-unknown"
    assert raised.value.context is not None
    assert raised.value.context["known"] == ["推优入团", "积分入团", "评议入团"]


# -- blanks, text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "blank", [None, "", "   ", "/", "-", "--", "—", "——", "无", "无资料", "暂无", "n/a", "N/A"]
)
def test_what_people_write_for_nothing_says_nothing(blank: str | None) -> None:
    """A stroke or 无 in an optional column is a blank cell, not a wrong one."""
    cells = {"name": "张三", "id_number": GOOD, "organization": "S1", "phone": blank,
             "joined": blank, "number": blank, "left": blank}  # fmt: skip
    line, found = parse(MemberLine, row(cells))
    assert found == []
    assert isinstance(line, MemberLine)
    assert (line.phone, line.joined, line.number, line.left) == (None,) * 4


def test_a_blank_in_a_required_column_is_a_fault_that_names_the_cell() -> None:
    """A missing required value is reported with its cell."""
    line, found = parse(MemberLine, row({"name": "张三", "id_number": GOOD, "organization": "/"}))
    assert line is None
    assert [(finding.code, finding.where.cell if finding.where else None) for finding in found] == [
        ("cell-missing", "C9")
    ]


def test_a_form_that_is_not_there_is_said_by_wu() -> None:
    """In the form's column 无 says that there is no form, and is no blank."""
    line, _ = parse(
        MemberLine,
        row({"name": "张三", "id_number": GOOD, "organization": "S1", "form": "无"}),
    )
    assert isinstance(line, MemberLine)
    assert line.form == "无"


def test_every_fault_of_a_row_is_reported_at_once() -> None:
    """A row with four wrong cells has four findings, the personal value masked."""
    cells = {"name": "张三9", "id_number": WRONG_DIGIT, "organization": "S1", "joined": "去年",
             "phone": "1380000"}  # fmt: skip
    _, found = parse(MemberLine, row({**cells, "phone": "13800"}))
    assert [finding.code for finding in found] == [
        "name-not-a-name", "id-check-digit", "day-not-a-day", "phone-not-a-phone",
    ]  # fmt: skip
    value = found[1].where.value if found[1].where else None
    assert isinstance(value, Private)
    assert value.masked() == "******************"


@pytest.mark.parametrize(
    ("given", "meant"),
    [("  云发〔2023〕1号 ", "云发〔2023〕1号"), ("云发（2023）1号", "云发（2023）1号"),
     ("第一行\n第二行", "第一行 第二行"), ("a\x07b", "ab"), (2023.0, "2023"), (True, "是"),
     (8.5, "8.5")],
)  # fmt: skip
def test_a_text_stays_as_it_was_written_on_one_line(given: Any, meant: str) -> None:
    """Only what cannot be seen is taken from a text; width stays."""
    assert text(given) == meant


def test_a_full_name_of_an_organization_keeps_its_width() -> None:
    """The name of a class has full-width brackets, and is shown so again."""
    line, _ = parse(
        OrganizationLine, row({"name": "高一（1）班团支部", "type": "团支部", "code": "S1"})
    )
    assert isinstance(line, OrganizationLine)
    assert line.name == "高一（1）班团支部"


def test_a_quantity_too_large_for_a_spreadsheet_is_never_taken_for_text() -> None:
    """From sixteen digits on, a number in a spreadsheet is not what was typed."""
    assert code_of(plain, 1e15) == "cell-digits-lost"
    assert plain(999999999999999.0) == "999999999999999"


def row(cells: dict[str, Any]) -> Row:
    """A row 9 of a members sheet whose columns are A, B, C… in the order given."""
    columns: dict[str, tuple[str | None, str]] = {
        field: (chr(65 + at), field) for at, field in enumerate(cells)
    }
    given = {field: value for field, value in cells.items() if value is not None}
    return Row("a.xlsx", "员", 9, given, columns)
