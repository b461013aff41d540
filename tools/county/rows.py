"""A few rows of a small county: what most tests begin with."""

from datetime import date
from typing import Any

from county.id_numbers import id_number

ORGANIZATIONS = [
    ["团组织编码", "团组织全称", "上级组织", "组织类型", "领域", "行业类别"],
    ["C", "共青团云杉县委员会", None, "团委", "社会", "党政机关"],
    ["S", "云杉县第一中学团委", "共青团云杉县委员会", "团委", "学校", "普通高中"],
    ["S1", "云杉县第一中学高一（1）班团支部", "云杉县第一中学团委", "团支部", "学校", "普通高中"],
    ["S2", "云杉县第一中学高一（2）班团支部", "云杉县第一中学团委", "团支部", "学校", "普通高中"],
    ["T", "白桦镇团委", "共青团云杉县委员会", "团委", "社会", "党政机关"],
    ["T1", "桥头村团支部", "白桦镇团委", "团支部", "社会", "农村"],
]
QUOTAS = [
    ["年度", "团组织", "名额", "号段起", "号段止", "文号"],
    [2023, "共青团云杉县委员会", 10, "202365000001", "202365000010", "云团发〔2023〕1号"],
    [2023, "云杉县第一中学团委", 5, "202365000001", "202365000005", None],
    [2023, "白桦镇团委", 2, "202365000006", "202365000007", None],
]
MEMBER_HEADINGS = ["姓名", "身份证号", "所在团支部", "入团时间", "发展团员编号", "团员证编号"]
ADMISSION_HEADINGS = [
    "姓名", "身份证号", "所在团支部", "申请入团时间", "谈话时间", "积极分子时间", "团课学时",
    "发展对象时间", "介绍人一", "介绍人二", "支部大会时间", "应到人数", "实到人数", "赞成票数",
    "审批时间", "发展团员编号", "团员证编号",
]  # fmt: skip


def admission(at: int = 1, **said: Any) -> list[Any]:
    """A row of the admissions sheet that is right in all; ``said`` replaces values by heading."""
    row: dict[str, Any] = {
        "姓名": f"测试{chr(0x4E00 + at)}", "身份证号": id_number(at),
        "所在团支部": "云杉县第一中学高一（1）班团支部", "申请入团时间": date(2022, 9, 10),
        "谈话时间": date(2022, 9, 20), "积极分子时间": date(2022, 10, 10), "团课学时": 8,
        "发展对象时间": date(2023, 3, 1), "介绍人一": "李介绍", "介绍人二": "王介绍",
        "支部大会时间": date(2023, 4, 10), "应到人数": 30, "实到人数": 28, "赞成票数": 27,
        "审批时间": date(2023, 4, 20), "发展团员编号": f"2023650000{at:02d}",
        "团员证编号": f"{10000000 + at}",
    }  # fmt: skip
    unknown = said.keys() - row.keys()
    assert not unknown, unknown
    return list((row | said).values())


def member(at: int = 1, **said: Any) -> list[Any]:
    """A row of the members sheet that is right in all; ``said`` replaces values by heading."""
    row: dict[str, Any] = {
        "姓名": f"团员{chr(0x4E00 + at)}", "身份证号": id_number(at, "20060301"),
        "所在团支部": "云杉县第一中学高一（1）班团支部", "入团时间": date(2020, 5, 4),
        "发展团员编号": f"20206500{at:04d}", "团员证编号": f"{20000000 + at}",
    }  # fmt: skip
    assert said.keys() <= row.keys(), said
    return list((row | said).values())
