"""Rosters as people send them: awkward, not hostile. Each with what must be read of it, and every
finding by its cell.

``python tests/layout_corpus.py FOLDER`` writes them all. A case says who is read (``reads``), what
is found (``B3 id-check-digit``; a row alone where no cell is at fault), which rows and columns are
left alone, and what is hidden. What a case does not say must not be there.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import sheetmakers
from county import MEMBER_HEADINGS, id_number, member
from leaguectl.workbooks.texts import EXAMPLE_ID_NUMBER
from sheetmakers import Failed, Formula, Maker, Page, moment, text, xls, xlsx

BRANCH = "云杉县第一中学高一（1）班团支部"
OTHER = "云杉县第一中学高一（2）班团支部"
SCHOOL = "云杉县第一中学团委"


class Member(NamedTuple):
    """Somebody as the registry has him: name, branch's code, day or month of joining, number."""

    name: str
    code: str = "S1"
    joined: str | None = "2020-05-04"
    number: str | None = None


@dataclass(frozen=True)
class LayoutCase:
    """A workbook and all that must become of it."""

    pages: Sequence[Page]
    reads: tuple[Member, ...]
    finds: tuple[str, ...]
    make: Maker
    ending: str
    asides: tuple[int, ...]
    ignores: tuple[str, ...]
    hidden_rows: tuple[int, ...]
    hidden_sheets: tuple[str, ...]
    left_sheets: tuple[str, ...]
    headers: tuple[int, ...]


CASES: dict[str, LayoutCase] = {}


def person(at: int, **changes: Any) -> Member:
    """The ``at``-th of the roster as he is read; ``said`` is what his sheet says otherwise."""
    line = member(at)
    return Member(line[0], number=line[4])._replace(**changes)


P1, P2, P3 = person(1), person(2), person(3)
L1, L2, L3 = member(1), member(2), member(3)
HEADINGS: list[Any] = MEMBER_HEADINGS
ROSTER: list[Any] = [HEADINGS, L1, L2, L3]
ALL = (P1, P2, P3)


def case(
    name: str,
    rows: Sequence[Sequence[Any]] | Page | Sequence[Page],
    reads: tuple[Member, ...] = ALL,
    *finds: str,
    make: Maker = xlsx,
    ending: str = "xlsx",
    asides: tuple[int, ...] = (),
    ignores: tuple[str, ...] = (),
    hidden_rows: tuple[int, ...] = (),
    hidden_sheets: tuple[str, ...] = (),
    left_sheets: tuple[str, ...] = (),
    headers: tuple[int, ...] = (1,),
) -> None:
    """List a workbook under its name. Its sheet is called 名册 where nothing else is said."""
    assert name not in CASES, name
    pages: Any = [rows] if isinstance(rows, Page) else rows
    if not isinstance(pages[0], Page):
        pages = [Page(pages)]
    CASES[name] = LayoutCase(
        pages, reads, finds, make, ending, asides, ignores, hidden_rows, hidden_sheets,
        left_sheets, headers,
    )  # fmt: skip


def wide(value: Any, width: int = 6) -> list[Any]:
    """A row with a value in its first cell alone."""
    return [value, *[None] * (width - 1)]


def with_column(heading: str, *values: Any, at: int | None = None) -> list[list[Any]]:
    """The roster with one column more, at its end or before column ``at``."""
    place = len(HEADINGS) if at is None else at
    return [
        [*line[:place], value, *line[place:]]
        for line, value in zip(ROSTER, (heading, *values), strict=False)
    ]


def with_value(heading: str, value: Any) -> list[list[Any]]:
    """The roster of one person whose cell of that column says that."""
    return [HEADINGS, member(1, **{heading: value})]


# -- titles and headings -------------------------------------------------------------------------

TITLE = wide("云杉县第一中学2023年团员花名册")
case("title-merged", Page([TITLE, *ROSTER], merged=("A1:F1",)), headers=(2,))
case("title-alone", [TITLE, *ROSTER], headers=(2,))
case(
    "title-of-three-rows",
    Page(
        [
            TITLE, ["填报单位：云杉县第一中学", None, None, "2023年5月", None, None], wide(None),
            *ROSTER,
        ],
        merged=("A1:F1", "A2:C2", "D2:F2"),
    ),
    headers=(4,),
)  # fmt: skip
case("title-seventy-rows-above", [*[wide("说明：照此填写")] * 70, *ROSTER], headers=(71,))
case(
    "headings-two-rows-merged",
    Page(
        [
            ["基本信息", None, None, "团籍", None, None], HEADINGS, L1, L2, L3,
        ],
        merged=("A1:C1", "D1:F1"),
    ),
    headers=(2,),
)  # fmt: skip
case(
    "headings-parted-over-two-rows",
    Page(
        [
            ["姓名", "身份证", "所在", "入团", "发展团员", "团员证"],
            [None, "号码", "团支部", "时间", "编号", "编号"], L1, L2, L3,
        ],
        merged=("A1:A2",),
    ),
    headers=(2,),
)  # fmt: skip
case(
    "headings-three-rows-deep",
    Page(
        [
            ["团员信息", *[None] * 5],
            ["基本信息", None, None, "团籍信息", None, None],
            ["姓名", "身份证号", "班级", "入团时间", "发展团员编号", "团员证编号"], L1, L2, L3,
        ],
        merged=("A1:F1", "A2:C2", "D2:F2"),
    ),
    headers=(3,),
)  # fmt: skip
case("headings-repeated", [*ROSTER[:2], HEADINGS, L2, HEADINGS, L3], asides=(3, 5))
case(
    "title-and-headings-repeated",
    Page([TITLE, HEADINGS, L1, TITLE, HEADINGS, L2, L3], merged=("A1:F1", "A4:F4")),
    asides=(4, 5), headers=(2,),
)  # fmt: skip
case("title-repeated-alone", [TITLE, HEADINGS, L1, TITLE, L2, L3], asides=(4,), headers=(2,))
case(
    "deep-headings-repeated",
    Page(
        [
            ["基本信息", None, None, "团籍", None, None], HEADINGS, L1, wide("第二页"),
            ["基本信息", None, None, "团籍", None, None], HEADINGS, L2, L3,
        ],
        merged=("A1:C1", "D1:F1", "A4:F4", "A5:C5", "D5:F5"),
    ),
    headers=(2,), asides=(4, 5, 6),
)  # fmt: skip
case("headings-with-hints", [
    ["姓名*", "身份证号（18位）", "所在 团支部", "入团\n时间", "【必填】发展团员编号",
     "团员证编号："],
    L1, L2, L3,
])  # fmt: skip
case("headings-full-width", [["ＮＡＭＥ", "ＩＤ number", "Organization", "Joined", "number",
                              "Certificate"], L1, L2, L3])  # fmt: skip
case("headings-synonyms", [["学生姓名", "公民身份号码", "班级", "入团年月", "团员编号", "证书编号"],
                           L1, L2, L3])  # fmt: skip
case("columns-turned", [[*line[3:], *line[:3]] for line in ROSTER])
case("columns-apart", [[line[0], None, line[1], None, None, *line[2:]] for line in ROSTER])
case("columns-unknown", with_column("民族", "汉族", "回族", None, at=2), ignores=("民族",))
case("column-of-numbers", [["序号", *HEADINGS], [1, *L1], [2, *L2], [3, *L3]], ignores=("序号",))
case("column-without-heading", with_column("", "班长", None, "组长"), ignores=("[G]",))
case("table-from-C5", [[], [], [], [], *([None, None, *line] for line in ROSTER)], headers=(5,))
case("name-twice", with_column("学生姓名", "甲", "乙", "丙"), (), "G1 heading-twice", headers=(1,))
case(
    "two-phone-columns",
    [[*HEADINGS, "手机号码", "联系电话"], [*L1, "13800000001", None]],
    (),
    "H1 heading-twice",
)
case("same-heading-twice", [[*HEADINGS, "入团时间"], [*L1, None]], (), "G1 heading-twice")
case("no-id-column", [[line[0], *line[2:]] for line in ROSTER], (), "1 heading-missing")
case("no-headings", [L1, L2, L3], (), " file-says-nothing", left_sheets=("名册",), headers=())
case("side-by-side", [[*HEADINGS, None, *HEADINGS], [*L1, None, *L2]], (),
     "H1 tables-side-by-side")  # fmt: skip

# -- rows that are nobody ------------------------------------------------------------------------

case("blank-rows", [HEADINGS, wide(None), L1, wide("  "), wide("\u3000"), L2, wide(""), L3])
case("total-below", [*ROSTER, ["合计", None, None, "3人", None, None]], asides=(5,))
case("totals-between", [HEADINGS, L1, wide("小计：1人"), L2, L3, wide("总  计")], asides=(3, 6))
case("notes-below",
     [*ROSTER, wide(None), wide("备注：以上名单属实"), wide("注：1.按身份证填写"), wide("说明")],
     asides=(6, 7, 8))  # fmt: skip
case("signed-below",
     Page([*ROSTER, ["填表人：王老师", None, None, "审核人：李老师", None, None],
           ["填表日期：2023年5月4日", *[None] * 5]], merged=("A5:C5", "D5:F5")),
     asides=(5, 6))  # fmt: skip
case("banner-between",
     Page([HEADINGS, wide("高一（1）班"), L1, L2, wide("以下为转入团员"), L3],
          merged=("A2:F2", "A5:F5")), asides=(2, 5))  # fmt: skip
case("a-word-in-a-row-of-its-own", [HEADINGS, L1, wide("以下空白"), L2, L3], ALL,
     "B3 cell-missing", "C3 cell-missing")  # fmt: skip
case(
    "example-row", [HEADINGS, ["示例：张示范", EXAMPLE_ID_NUMBER, *L1[2:]], L1, L2, L3], asides=(2,)
)
case(
    "example-row-with-somebody",
    [HEADINGS, ["示例：张示范", *L1[1:]], L1, L2, L3],
    ALL, "2 row-example", asides=(2,),
)  # fmt: skip
case("named-like-a-note", [HEADINGS, member(1, 姓名="合计")], (), "A2 name-not-a-name")

# -- groups and several tables -------------------------------------------------------------------

case(
    "class-merged-down",
    Page([["班级", "姓名", "身份证号"], [OTHER, *L1[:2]], [None, *L2[:2]], [None, *L3[:2]]],
         merged=("A2:A4",)),
    tuple(member._replace(code="S2", joined=None, number=None) for member in ALL),
)  # fmt: skip
case(
    "two-classes-merged-down",
    Page([["班级", "姓名", "身份证号"], [BRANCH, *L1[:2]], [None, *L2[:2]], [OTHER, *L3[:2]]],
         merged=("A2:A3",)),
    (P1._replace(joined=None, number=None), P2._replace(joined=None, number=None),
     P3._replace(code="S2", joined=None, number=None)),
)  # fmt: skip
case(
    "class-not-merged",
    [["班级", "姓名", "身份证号"], [BRANCH, *L1[:2]], [None, *L2[:2]]],
    (P1._replace(joined=None, number=None),), "A3 cell-missing",
)  # fmt: skip
case(
    "name-merged-down",
    Page([["姓名", "身份证号", "所在团支部"], L1[:3], [None, *L2[1:3]]], merged=("A2:A3",)),
    (P1._replace(joined=None, number=None),), "A3 cell-missing",
)  # fmt: skip
case(
    "two-tables-below-each-other",
    [wide("一班"), HEADINGS, L1, [], wide("二班"), HEADINGS[::-1], L2[::-1], L3[::-1]],
    headers=(2, 6),
)  # fmt: skip
case(
    "narrow-table-above-a-wide-one",
    [["姓名", "身份证号*", "班级"], L1[:3], [], [f"{text}（必填）" for text in HEADINGS], L2, L3],
    (P1._replace(joined=None, number=None), P2, P3), headers=(1, 4),
)  # fmt: skip
case("titles-above-the-same-headings",
     [wide("高一（1）班"), HEADINGS, L1, wide("高一（2）班"), HEADINGS, L2, L3],
     headers=(2,), asides=(4, 5))  # fmt: skip
case("one-person-between-two-headings",
     [HEADINGS, L1, HEADINGS, L2, [*HEADINGS[:5], None, HEADINGS[5]], [*L3[:5], None, L3[5]]],
     headers=(1, 5), asides=(3,))  # fmt: skip
case("people-on-two-sheets", [Page([HEADINGS, L1], "一班"), Page([HEADINGS, L2, L3], "二班")],
     headers=(1, 1))  # fmt: skip
case(
    "statistics-next-to",
    [Page(ROSTER), Page([["类别", "人数"], ["团员", 3]], "统计")],
    left_sheets=("统计",),
)
case(
    "instructions-first",
    [Page([["填写说明"], ["1. 每人一行"]], "说明"), Page(ROSTER)],
    left_sheets=("说明",),
)
case("empty-sheet-next-to", [Page(ROSTER), Page([], "Sheet2")], left_sheets=("Sheet2",))
case(
    "class-in-banners-alone",
    Page([TITLE[:2], ["姓名", "身份证号"], [BRANCH, None], L1[:2], L2[:2], [OTHER, None], L3[:2],
          wide("合计：3人", 2)], merged=("A1:B1", "A3:B3", "A6:B6", "A8:B8")),
    (P1._replace(joined=None, number=None), P2._replace(joined=None, number=None),
     P3._replace(code="S2", joined=None, number=None)),
    asides=(3, 6, 8), headers=(2,),
)  # fmt: skip
case(
    "banner-unknown",
    Page([["姓名", "身份证号"], ["没有的班", None], L1[:2], [OTHER, None], L3[:2]], "团员",
         merged=("A2:B2", "A4:B4")),
    (P3._replace(code="S2", joined=None, number=None),), "3 organization-unknown", asides=(2, 4),
)  # fmt: skip
case(
    "before-the-first-banner",
    Page([["姓名", "身份证号"], L1[:2], [OTHER, None], L3[:2]], "团员", merged=("A3:B3",)),
    (P3._replace(code="S2", joined=None, number=None),), "2 cell-missing", asides=(3,),
)  # fmt: skip
case("school-next-to-class",
     Page([["学校", "班级", "姓名", "身份证号"],
           [SCHOOL, "云杉县第一中学高一（2）班", *L1[:2]]], "团员"),
     (P1._replace(code="S2", joined=None, number=None),))  # fmt: skip

# -- hidden --------------------------------------------------------------------------------------

for _format, _make in (("xlsx", xlsx), ("xls", xls), ("xlsb", sheetmakers.xlsb),
                       ("ods", sheetmakers.ods)):  # fmt: skip
    case(f"hidden-rows-{_format}", Page(ROSTER, hidden_rows=(3, 4)), make=_make, ending=_format,
         hidden_rows=(3, 4))  # fmt: skip
    case(f"hidden-sheet-{_format}", [Page([["封面"]], "封面"), Page(ROSTER, state="hidden")],
         make=_make, ending=_format, hidden_sheets=("名册",), left_sheets=("封面",))  # fmt: skip
    case(f"error-cells-{_format}",
         [HEADINGS, [*L1[:5], Failed("#N/A")], [L2[0], L2[1], Failed("#REF!"), *L2[3:]], L3],
         (P3,), "F2 cell-error", "C3 cell-error", make=_make, ending=_format)  # fmt: skip
    case(f"class-merged-down-{_format}",
         Page([["班级", "姓名", "身份证号"], [OTHER, *L1[:2]], [None, *L2[:2]]], merged=("A2:A3",)),
         tuple(member._replace(code="S2", joined=None, number=None) for member in (P1, P2)),
         make=_make, ending=_format)  # fmt: skip
for _format, _make in (("xls", xls), ("xlsb", sheetmakers.xlsb), ("ods", sheetmakers.ods),
                       ("xml", sheetmakers.xml2003)):  # fmt: skip
    case(f"no-number-{_format}",
         [HEADINGS, [*L1[:5], float("nan")], [*L2[:3], float("inf"), *L2[4:]], L3], (P3,),
         "F2 cell-error", "D3 cell-error", make=_make, ending=_format)  # fmt: skip
case("very-hidden-sheet", [Page(ROSTER), Page([HEADINGS, L1], "旧", state="veryHidden")],
     hidden_sheets=("旧",), left_sheets=("旧",))  # fmt: skip
case("hidden-columns", Page(ROSTER, hidden_columns=("D", "E")))
case("formula-without-value-xlsx", [HEADINGS, [Formula("B2"), *L1[1:]], L2], (P2,),
     "A2 cell-no-value")  # fmt: skip
case("formula-without-value-ods", [HEADINGS, [Formula("B2"), *L1[1:]], L2], (P2,),
     "A2 cell-no-value", make=sheetmakers.ods, ending="ods")  # fmt: skip

# -- dates ---------------------------------------------------------------------------------------

for _said, _means in (
    ("2020.05", "2020-05"), ("2020.5", "2020-05"), ("2020.05.04", "2020-05-04"),
    ("2020-05-04", "2020-05-04"), ("2020/5/4", "2020-05-04"), ("2020年5月4日", "2020-05-04"),
    ("2020年5月", "2020-05"), ("2020/5", "2020-05"), ("2020-5", "2020-05"), ("202005", "2020-05"),
    ("20200504", "2020-05-04"), ("20.5.4", "2020-05-04"), ("２０２０．０５．０４", "2020-05-04"),
    (" 2020 - 05 - 04 ", "2020-05-04"), ("2020-05-04 00:00:00", "2020-05-04"),
    (43955, "2020-05-04"), (20200504, "2020-05-04"), (202005, "2020-05"),
    (date(2020, 5, 4), "2020-05-04"), (moment(2020, 5, 4), "2020-05-04"),
):  # fmt: skip
    case(f"date-{type(_said).__name__}-{_said}".replace("/", "∕"), with_value("入团时间", _said),
         (person(1, joined=_means),))  # fmt: skip
for _said in ("五月四日", "2020.13", "2020年2月30日", "20205", "2020", 2020.1, 2020, "04/05/2020",
              "2020.5.4-5.6"):  # fmt: skip
    case(f"no-date-{type(_said).__name__}-{_said}".replace("/", "∕"),
         with_value("入团时间", _said), (),
         {"2020": "D2 day-year-only", "2020.1": "D2 day-tenth-month"}.get(
             str(_said), "D2 day-not-a-day"))  # fmt: skip
case("dates-from-1904", with_value("入团时间", date(2020, 5, 4)), (P1,),
     make=sheetmakers.from_1904)  # fmt: skip

# -- ID numbers ----------------------------------------------------------------------------------

RIGHT = L1[1]
X = next(number for at in range(900, 999) if (number := id_number(at, "20060301")).endswith("X"))
WRONG = RIGHT[:17] + ("1" if RIGHT[17] != "1" else "2")
for _name, _said in (
    ("full-width", "".join(chr(ord(character) + 0xFEE0) for character in RIGHT)),
    ("spaces", f" {RIGHT[:6]} {RIGHT[6:14]} {RIGHT[14:]} "), ("invisible", f"\u200b{RIGHT}\ufeff"),
    ("no-break-space", f"\u00a0{RIGHT}"), ("line-end", f"{RIGHT}\n"), ("small-x", X.lower()),
):  # fmt: skip
    case(f"id-{_name}", with_value("身份证号", _said), (P1,))
for _name, _said, _code in (
    ("quantity", int(RIGHT), "id-number-cell"), ("scientific", "6.58899E+17", "id-number-cell"),
    ("check-digit", WRONG, "id-check-digit"), ("short", RIGHT[:17], "id-length"),
    ("letters", RIGHT[:17] + "Y", "id-characters"),
    ("province", "99" + RIGHT[2:], "id-province"),
    ("birth-date", f"{RIGHT[:10]}0231{RIGHT[14:]}", "id-birth-date"),
    ("fifteen", RIGHT[:15], "id-15-digits"), ("none", "无", "cell-missing"),
    ("slash", "/", "cell-missing"), ("blank", None, "cell-missing"),
):  # fmt: skip
    case(f"id-{_name}", with_value("身份证号", _said), (), f"B2 {_code}")
case("id-old",
     [[*HEADINGS, "出生日期"],
      [*member(1, 身份证号="658899850312001", 入团时间="2001-05-04", 发展团员编号=None),
       "1985.3.12"]],
     (person(1, joined="2001-05-04", number=None),), "B2 id-extended", "B2 over-age")  # fmt: skip
case("id-twice", [HEADINGS, L1, [*L1[:4], None, None], L2], (P1, P2), "B3 row-repeated")
case("id-of-two", [HEADINGS, L1, member(2, 身份证号=RIGHT)], (P1,),
     "B3 row-repeated", "A3 rows-differ", "E3 rows-differ", "F3 rows-differ", "A3 id-other-name",
     "E3 one-number", "F3 one-certificate")  # fmt: skip
case("born-differs", with_column("出生日期", "2006-03-02", "2006.3", date(2006, 3, 1)), ALL,
     "G2 born-differs")  # fmt: skip
case("sex-differs", with_column("性别", "女", "女", "女"), ALL, "G2 sex-differs", "G4 sex-differs")

# -- names and what says nothing -----------------------------------------------------------------

for _said, _means in (
    ("阿依古丽•吐尔逊", "阿依古丽·吐尔逊"), ("阿依古丽．吐尔逊", "阿依古丽·吐尔逊"),
    ("阿依古丽 · 吐尔逊", "阿依古丽·吐尔逊"), ("张 三", "张三"), ("张　三", "张三"),
    (" 张三\u200b", "张三"), ("张\n三", "张三"), ("Ａｌｉ Khan", "Ali Khan"),
    ("𬭁𫓧", "𬭁𫓧"), ("长" * 50, "长" * 50),
):  # fmt: skip
    case(f"name-{_said[:9]}".replace("\n", "↵"), with_value("姓名", _said),
         (person(1, name=_means),))  # fmt: skip
for _name, _said in (
    ("digits", "张3"), ("too-long", "长" * 51), ("lost", "张?明"), ("lost-width", "张？明"),
    ("lost-box", "张□明"), ("lost-byte", "张\ufffd明"), ("masked", "张*明"), ("same", "同上"),
    ("open", "待定"), ("null", "NULL"), ("nan", "nan"), ("error-text", "#N/A"), ("ditto", "〃"),
    ("dots", "……"), ("two", "张三/李四"), ("two-listed", "张三、李四"), ("note", "张三（转出）"),
):  # fmt: skip
    case(f"name-{_name}", with_value("姓名", _said), (), "A2 name-not-a-name")
for _said in ("无资料", "/", "-", "——", "无", "暂无", "N/A"):
    case(f"nothing-{_said}".replace("/", "∕"), with_value("团员证编号", _said), (P1,))
case("serial-not-a-serial", with_value("团员证编号", "遗失，补办中！"), (),
     "F2 serial-not-a-serial")  # fmt: skip
case("number-with-words", with_value("发展团员编号", "编号202065000001"), (),
     "E2 number-not-digits")  # fmt: skip
case("number-lost-digits", with_value("发展团员编号", 2020650000010001), (), "E2 cell-digits-lost")
case("phone-wrong", with_column("手机号码", "1380000000", "０１０-12345678", "138 0000 0001"),
     (P2, P3), "G2 phone-not-a-phone")  # fmt: skip
case("everything-wrong",
     [HEADINGS, ["张3", WRONG, None, "五月", "编号", "遗失！"], L2], (P2,),
     "A2 name-not-a-name", "B2 id-check-digit", "C2 cell-missing", "D2 day-not-a-day",
     "E2 number-not-digits", "F2 serial-not-a-serial")  # fmt: skip

# -- organisations -------------------------------------------------------------------------------

for _said in ("S1", f"{SCHOOL}/{BRANCH}", "云杉县第一中学高一(1)班团支部",
              "云杉县第一中学 高一（１）班 团支部", "云杉县第一中学高一（1）班"):  # fmt: skip
    case(f"branch-{_said}".replace("/", "∕"), with_value("所在团支部", _said), (P1,))
case("branch-nearly",
     [HEADINGS, member(1, 所在团支部="云杉县第一中学高一（1）般团支部"), L2], (P2,),
     "C2 organization-unknown")  # fmt: skip
case("branch-unknown-thrice",
     [HEADINGS, *(member(at, 所在团支部="没有的团支部") for at in (1, 2, 3))], (),
     "C2 organization-unknown")  # fmt: skip

# -- formats -------------------------------------------------------------------------------------

for _name, _make, _ending in (
    ("xls", xls, "xls"), ("wps", xls, "et"), ("xlsx-named-xls", xlsx, "xls"),
    ("xls-named-xlsx", xls, "xlsx"), ("xlsb", sheetmakers.xlsb, "xlsb"),
    ("ods", sheetmakers.ods, "ods"), ("html", sheetmakers.html, "xls"),
    ("xml-2003", sheetmakers.xml2003, "xls"), ("csv", text(), "csv"),
    ("csv-mark", text("utf-8-sig"), "csv"), ("csv-gb18030", text("gb18030"), "csv"),
    ("csv-utf16", text("utf-16"), "csv"), ("csv-semicolons", text(parted_by=";"), "csv"),
    ("csv-named-xls", text("gb18030"), "xls"), ("tsv", text(parted_by="\t"), "tsv"),
    ("tsv-gb18030-named-xls", text("gb18030", "\t"), "xls"),
):  # fmt: skip
    case(f"format-{_name}",
         [Page([TITLE, *ROSTER, ["合计", None, None, "3人", None, None]], "名册", ("A1:F1",))],
         make=_make, ending=_ending, headers=(2,), asides=(6,))  # fmt: skip
case("csv-quoted", [HEADINGS, member(1, 姓名="张\n三"), member(2, 姓名="李,四"), L3],
     (person(1, name="张三"), P3), "A3 name-not-a-name", make=text(), ending="csv")  # fmt: skip
case("html-class-merged-down",
     Page([["班级", "姓名", "身份证号"], [OTHER, *L1[:2]], [None, *L2[:2]]], merged=("A2:A3",)),
     tuple(member._replace(code="S2", joined=None, number=None) for member in (P1, P2)),
     make=sheetmakers.html, ending="xls")  # fmt: skip
case("html-hidden-row", Page(ROSTER, hidden_rows=(3,)), make=sheetmakers.html, ending="xls",
     hidden_rows=(3,))  # fmt: skip


def write(folder: Path) -> None:
    """Write all workbooks into the folder."""
    for name, case in CASES.items():
        (folder / f"{name}.{case.ending}").write_bytes(case.make(case.pages))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
