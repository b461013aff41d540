"""A county that is far larger than any real one, to measure with: its workbooks, or its rows of the
database where only what comes after them is measured."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from county.id_numbers import id_number

COUNTY = "云杉县团委"
ORGANIZATIONS = ("团组织编码", "团组织全称", "上级组织", "组织类型", "行业类别")
MEMBERS = (
    "姓名", "身份证号", "所在团支部", "学校", "性别", "出生日期", "入团时间", "发展团员编号",
    "志愿书编号", "团员证编号", "手机号码", "政治面貌", "离团日期", "离团原因",
)  # fmt: skip
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰婷宇浩欣怡子涵雨泽梓萱俊博文思远嘉"
UYGHUR = ("古丽", "阿依", "买买提", "艾力", "热孜亚", "努尔", "吐尔逊", "帕提曼", "库尔班", "迪丽")
SCHOOLS = 100
DAYS = 3650
"""On how many days they were born; the next of the same day has the next sequence number."""
LAST = date(2025, 1, 1)
"""Before it everybody left who did."""
Row = tuple[Any, ...]


def organizations(branches: int) -> list[Row]:
    """The county, its schools, and so many branches of classes below them."""
    rows: list[Row] = [("Y0000", COUNTY, None, "团委", "其他")]
    rows += [(f"Y{index:04d}", f"{_school(index)}团委", "Y0000", "团委", "普通高中")
             for index in range(1, SCHOOLS + 1)]  # fmt: skip
    for index in range(branches):
        school = index % SCHOOLS + 1
        rows.append(
            (f"Y{school:04d}{index:05d}", _branch(index), f"Y{school:04d}", "团支部", "普通高中")
        )
    return rows


def members(count: int, branches: int) -> Iterator[Row]:
    """So many members with papers, in order of their branches as a system lists them."""
    rng = random.Random(count)
    for index in range(count):
        branch = index * branches // count
        born = date(1998, 1, 1) + timedelta(days=index * 1013 % DAYS)
        joined = born + timedelta(days=rng.randrange(14 * 366 + 1, 18 * 365))
        number = f"{joined.year}65{index:06d}"
        left = joined + timedelta(days=rng.randrange(400, 2000)) if rng.random() < 0.08 else None
        left = left if left and left < LAST else None  # nobody's leaving is recorded ahead
        is_of_age = left is not None and (left - born).days > 28 * 366
        reasons = ("转出", "升学转出", *["超龄离团"] * is_of_age)
        boy = rng.random() < 0.5
        yield (
            _name(rng), id_number(index // DAYS * 2 + 2 + boy, born), _branch(branch),
            _school(branch % SCHOOLS + 1), "男" if boy else "女", born, _written(rng, joined),
            number, rng.choice((None, "有", "有", number)),
            f"T{index + 1:08d}" if rng.random() < 0.8 else None,
            f"1{rng.randrange(3, 10)}{index:09d}" if rng.random() < 0.85 else None, "共青团员",
            left, left and rng.choice(reasons),
        )  # fmt: skip


def write(path: Path, headings: Row, rows: Iterator[Row] | list[Row]) -> None:
    """A workbook of one sheet: the headings, then the rows."""
    book = Workbook(write_only=True)
    page = book.create_sheet("团员" if headings is MEMBERS else "团组织")
    page.append(headings)
    for row in rows:
        page.append(row)
    book.save(path)


def _school(index: int) -> str:
    return f"云杉县第{index}中学"


def _branch(index: int) -> str:
    school, nth = _school(index % SCHOOLS + 1), index // SCHOOLS
    return f"{school}{2018 + nth % 6}级（{nth + 1}）班团支部"


def _name(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return f"{rng.choice(UYGHUR)}{rng.choice(GIVEN)}·{rng.choice(UYGHUR)}"
    return rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))


def _written(rng: random.Random, day: date) -> str:
    """A day as different hands write it."""
    form = rng.choice(("%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y.%m"))
    return day.strftime(form)


BRANCH, COMMITTEE = 20, 100
"""Members of a branch, and branches of a committee, in a registry that is filled by SQL."""


def id_number_at(index: int) -> str:
    """The ID number of the person of that index, all different up to some millions."""
    day, order = divmod(index, 1000)
    year, rest = divmod(day, 336)
    month, of_month = divmod(rest, 28)
    return id_number(order, date(1930 + year, month + 1, of_month + 1))


def _branch_code(index: int) -> str:
    return f"X{index // COMMITTEE}-{index}"


def table_rows(members: int) -> Iterator[tuple[str, str, list[Row]]]:
    """The rows of so many members, by table and columns, a hundred thousand at once."""
    rng = random.Random(5000)
    committees = members // (BRANCH * COMMITTEE) + 1
    yield (
        "organization", "code, name, folded, type, parent, domain, operation",
        [(f"X{index}", f"甲{index}团委", f"甲{index}团委", "committee", "YS", "society", 1)
         for index in range(committees)],
    )  # fmt: skip
    yield (
        "organization", "code, name, folded, type, parent, domain, operation",
        [(_branch_code(index), f"甲{index}团支部", f"甲{index}团支部", "branch",
          f"X{index // COMMITTEE}", None, 1) for index in range(members // BRANCH + 1)],
    )  # fmt: skip
    for start in range(0, members, 100_000):
        part = range(start, min(start + 100_000, members))
        people: list[Row] = []
        for index in part:
            name = rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=2))
            people.append((1_000_000 + index, name, id_number_at(index), 1))
        yield "person", "id, name, id_number, operation", people
        yield (
            "membership", "id, person, organization, joined, joined_precision, entry, operation",
            [(1_000_000 + index, 1_000_000 + index, _branch_code(index // BRANCH),
              "2019-05-04", "day", "recorded", 1) for index in part],
        )  # fmt: skip
        yield (
            "number", "number, year, state, person, operation",
            [(f"2019{index:010d}", 2019, "foreign", 1_000_000 + index, 1) for index in part],
        )  # fmt: skip
        for paper in ("form", "certificate"):
            more = ", copies" if paper == "certificate" else ""
            yield (
                paper, f"serial, person, state, operation{more}",
                [(f"2019{index:010d}", 1_000_000 + index, "valid", 1, *([1] if more else []))
                 for index in part],
            )  # fmt: skip
