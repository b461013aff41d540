"""A small invented county, and rows of it, for tests: people whose numbers belong to nobody.

The area code 658899 was never issued.
"""

import json
import struct
from datetime import date
from typing import Any

from stdnum.iso7064 import mod_11_2

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


def id_number(at: int, born: str = "20070301") -> str:
    """The national ID number of the ``at``-th invented person born that day."""
    bare = f"658899{born}{at:03d}"
    return bare + mod_11_2.calc_check_digit(bare)


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


def compound_file(*streams: str) -> bytes:
    """A compound file with empty streams of these names; an encrypted workbook is one."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

    def entry(name: str, kind: int, child: int, right: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        form = "<64sHBBIII36xIQ"
        return struct.pack(form, raw, len(raw), kind, 1, free, right, child, end, 0)

    header = struct.pack(
        "<8s16xHHHHH6x10I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0,
    )  # fmt: skip
    sectors = struct.pack("<108I", *[free] * 108) + struct.pack("<128I", table, end, *[free] * 126)
    names = entry("Root Entry", 5, 1, free) + b"".join(
        entry(name, 2, free, at + 1 if at < len(streams) else free)
        for at, name in enumerate(streams, 1)
    )
    return header + sectors + names.ljust(512, b"\0")


LEDGER = {
    "chain-closed", "admission-recorded", "number-has-member", "number-admitted", "one-number",
    "number-year-kept", "block-adds-up", "block-within", "one-form", "one-certificate",
    "number-in-block", "place-left", "joined-by-admission", "member-has-home", "number-disputed",
    "admitted-beyond-quota", "form-pages", "database-broken",
}  # fmt: skip
"""Rules of the ledger, of which a warning is a fault as well where a test has no reason for one."""


def ledger_faults(run: Any) -> list[str]:
    """What check finds wrong with the ledger: every error, and the ledger's own warnings. What an
    invented county does otherwise (numbers left over, small branches) may be warned of."""
    found = json.loads(run("check", "-O", "json").out)["findings"]
    told = [one for one in found if one["level"] == "error" or one["code"] in LEDGER]
    return [f"{one['code']} {one['subject']}: {one['message']}" for one in told]
