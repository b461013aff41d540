"""An invented county that is far larger than any real one: two workbooks to measure imports with.

Nobody in it exists: the area code 658899 was never issued. The same arguments make the same rows.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

COUNTY = "云杉县团委"
ORGANIZATIONS = ("团组织编码", "团组织全称", "上级组织", "组织类型", "行业类别")
MEMBERS = (
    "姓名", "身份证号", "所在团支部", "学校", "性别", "出生日期", "入团时间", "发展团员编号",
    "志愿书编号", "团员证编号", "手机号码", "政治面貌", "离团日期", "离团原因",
)  # fmt: skip
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰婷宇浩欣怡子涵雨泽梓萱俊博文思远嘉"
UYGHUR = ("古丽", "阿依", "买买提", "艾力", "热孜亚", "努尔", "吐尔逊", "帕提曼", "库尔班", "迪丽")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SCHOOLS = 100
DAYS = 3650
"""On how many days they were born; the next of the same day has the next sequence number."""
Row = tuple[Any, ...]


def organizations(branches: int) -> list[Row]:
    """The county, its schools, and so many branches of classes below them."""
    rows: list[Row] = [("Y0000", COUNTY, None, "团委", "其他")]
    rows += [(f"Y{at:04d}", f"{_school(at)}团委", "Y0000", "团委", "普通高中")
             for at in range(1, SCHOOLS + 1)]  # fmt: skip
    for at in range(branches):
        school = at % SCHOOLS + 1
        rows.append((f"Y{school:04d}{at:05d}", _branch(at), f"Y{school:04d}", "团支部", "普通高中"))
    return rows


def members(count: int, branches: int) -> Iterator[Row]:
    """So many members with papers, in order of their branches as a system lists them."""
    rng = random.Random(count)  # noqa: S311 -- to be repeated, not to be secret
    for at in range(count):
        branch = at * branches // count
        born = date(1998, 1, 1) + timedelta(days=at * 1013 % DAYS)
        joined = born + timedelta(days=rng.randrange(14 * 366 + 1, 18 * 365))
        number = f"{joined.year}65{at:06d}"
        left = joined + timedelta(days=rng.randrange(400, 2000)) if rng.random() < 0.08 else None
        boy = rng.random() < 0.5
        yield (
            _name(rng), _id_number(born, at // DAYS * 2 + boy), _branch(branch),
            _school(branch % SCHOOLS + 1), "男" if boy else "女", born, _written(rng, joined),
            number, rng.choice((None, "有", "有", number)),
            f"T{at:08d}" if rng.random() < 0.8 else None,
            f"1{rng.randrange(3, 10)}{at:09d}" if rng.random() < 0.85 else None, "共青团员",
            left, left and rng.choice(("超龄离团", "转出", "升学转出")),
        )  # fmt: skip


def write(path: Path, headings: Row, rows: Iterator[Row] | list[Row]) -> None:
    """A workbook of one sheet: the headings, then the rows."""
    book = Workbook(write_only=True)
    page = book.create_sheet("团员" if headings is MEMBERS else "团组织")
    page.append(headings)
    for row in rows:
        page.append(row)
    book.save(path)


def _school(at: int) -> str:
    return f"云杉县第{at}中学"


def _branch(at: int) -> str:
    return f"{_school(at % SCHOOLS + 1)}{2018 + at // SCHOOLS % 6}级（{at // SCHOOLS + 1}）班团支部"


def _name(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return f"{rng.choice(UYGHUR)}{rng.choice(GIVEN)}·{rng.choice(UYGHUR)}"
    return rng.choice(FAMILY) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))


def _id_number(born: date, sequence: int) -> str:
    digits = f"658899{born:%Y%m%d}{sequence:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return digits + "10X98765432"[total % 11]


def _written(rng: random.Random, day: date) -> str:
    """A day as different hands write it."""
    form = rng.choice(("%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y.%m"))
    return day.strftime(form)
