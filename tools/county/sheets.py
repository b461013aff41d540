"""The sheets in which the invented county is written down, and how a workbook is laid out."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from county.days import add_months, work_days
from county.entities import FOURTEEN, YEAR, Admission, County
from county.people import new_id

Row = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A kind of sheet: its records, and for each column heading, width and attribute."""

    name: str
    title: str
    records: Callable[[County], Iterable[object]]
    table: str
    total: Callable[[list[Row]], int] = len
    total_under: str = "身份证号"

    @property
    def columns(self) -> list[tuple[str, int, str]]:
        """Heading, width and attribute of each column."""
        cells = (cell.split() for cell in self.table.split("|"))
        return [(heading, int(width), path) for heading, width, path in cells]

    def rows(self, county: County) -> list[Row]:
        """The rows, keyed by heading."""
        getters = {heading: attrgetter(path) for heading, _, path in self.columns}
        return [{h: get(record) for h, get in getters.items()} for record in self.records(county)]


ORGANIZATIONS = Sheet(
    "团组织",
    "团组织一览表",
    lambda county: sorted(county.orgs, key=lambda org: org.code),
    """团组织编码 13 code | 团组织全称 44 name | 上级组织 40 above | 组织类型 14 type
    | 领域 8 domain | 行业类别 12 sector | 书记应配 10 secretary_seats | 班子应配 10 seats
    | 成立日期 13 founded | 撤销日期 13 dissolved | 换届时间 13 elected""",
    total_under="团组织全称",
)
QUOTAS = Sheet(
    "发展计划",
    "发展团员计划及编号号段分配表",
    lambda county: county.quotas,
    """年度 8 year | 团组织 44 org.name | 名额 8 places | 号段起 16 first | 号段止 16 last
    | 文号 22 authority""",
    total=lambda rows: int(rows[0]["名额"]),
    total_under="名额",
)
MEMBERS = Sheet(
    "团员",
    "团员花名册",
    lambda county: sorted(county.people, key=lambda p: (p.org.code, p.joined, p.name)),
    """姓名 20 name | 身份证号 21 id_number | 所在团支部 44 org.name | 入团时间 13 joined
    | 发展团员编号 16 number | 志愿书编号 12 form | 团员证编号 13 certificate | 手机号码 14 phone
    | 政治面貌 14 politics | 离团日期 13 left | 离团原因 12 reason""",
)
ADMISSIONS = Sheet(
    "发展团员",
    "发展团员登记表",
    lambda county: sorted(county.cases, key=lambda case: case.person.number),
    """姓名 20 person.name | 身份证号 21 person.id_number | 所在团支部 44 person.org.name
    | 申请入团时间 13 applied | 谈话时间 13 talked | 积极分子时间 13 activist | 团课学时 10 hours
    | 志愿服务时长 13 service | 发展对象时间 13 candidate | 公示开始 13 notice_from
    | 公示结束 13 notice_to | 介绍人一 18 introducer_one.name | 介绍人二 18 introducer_two.name
    | 支部大会时间 13 meeting | 应到人数 10 due | 实到人数 10 present | 赞成票数 10 favour
    | 审批时间 13 approved | 审批单位 36 approver.name | 发展团员编号 16 person.number
    | 志愿书编号 12 person.form | 团员证编号 13 person.certificate | 入团方式 12 route""",
)
CADRES = Sheet(
    "团干部",
    "团干部名册",
    lambda county: county.posts,
    """姓名 20 person.name | 身份证号 21 person.id_number | 团组织 44 org.name
    | 团内职务 12 title | 任职时间 13 since | 离任时间 13 until | 团干部性质 12 basis
    | 来源 16 source | 是否在岗 10 duty""",
)
TRAININGS = Sheet(
    "培训",
    "团干部培训登记表",
    lambda county: county.trainees,
    """培训名称 30 training | 培训类别 16 category | 培训日期 13 day | 姓名 20 person.name
    | 身份证号 21 person.id_number""",
)
ACTIVITIES = Sheet(
    "活动",
    "活动登记表",
    lambda county: county.activities,
    """活动名称 44 name | 活动类别 18 category | 活动日期 13 day | 主办团组织 44 org.name
    | 覆盖团组织 44 covered | 参与人次 10 attendances""",
    total_under="参与人次",
)
ASSESSMENTS = Sheet(
    "考核",
    "年度考核得分表",
    lambda county: county.scores,
    """年度 8 year | 团组织 44 org.name | 考核项目 16 item | 得分 8 score | 满分 8 full
    | 自评分 8 own""",
    total_under="团组织",
)
TASKS = Sheet(
    "改革任务",
    "共青团改革任务清单",
    lambda county: county.tasks,
    """模块 12 module | 任务 40 task | 牵头单位 36 lead | 完成时限 13 due | 完成日期 13 done
    | 依据 22 authority""",
    total_under="任务",
)
SURVEYS = Sheet(
    "基数摸底",
    "团员基数摸底表",
    lambda county: county.surveys,
    """年度 8 year | 团组织 44 org.name | 学段 14 stage | 学生数 10 students | 青年数 10 youth
    | 团员数 10 members""",
    total=lambda rows: sum(int(row["团员数"]) for row in rows),
    total_under="团员数",
)
SHEETS = (
    ORGANIZATIONS, QUOTAS, MEMBERS, ADMISSIONS, CADRES, TRAININGS, ACTIVITIES, ASSESSMENTS, TASKS,
    SURVEYS,
)  # fmt: skip


def candidate_rows(county: County) -> list[Row]:
    """The candidates as schools send them: a third of the rows has one fault each."""
    cases = sorted(county.candidates, key=lambda case: case.person.org.code)
    rows = replace(ADMISSIONS, records=lambda _: cases).rows(county)

    def member(case: Admission) -> Row:
        """Someone of the class who has long been a member."""
        known = next(p for p in county.current(case.person.org) if p not in case.introducers)
        return {"姓名": known.name, "身份证号": known.id_number}

    def child(case: Admission) -> Row:
        """Someone who applied a few days before turning fourteen."""
        born = add_months(case.applied + timedelta(days=10), -FOURTEEN)
        return {"身份证号": new_id(county, born, case.person.sex)}

    faults: dict[int, Callable[[Admission], Row]] = {
        1: lambda _: {"团课学时": 7},
        4: lambda case: {"介绍人二": case.introducer_one.name},
        6: lambda case: {"赞成票数": case.due // 2},
        9: lambda case: {"积极分子时间": work_days(add_months(case.meeting, -2), 1)},
        12: lambda case: {"谈话时间": work_days(case.applied, -3)},
        15: member,
        17: child,
        # Typed as a number: a spreadsheet keeps fifteen digits and makes the others nought.
        21: lambda case: {"身份证号": int(case.person.id_number[:15] + "000")},
    }
    for n, fault in faults.items():
        rows[n].update(fault(cases[n]))
    return rows


LINE = Side(style="thin", color="BFBFBF")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
HEADING_FILL = PatternFill("solid", fgColor="DDEBF7")
STAMP = (YEAR + 1, 1, 8, 10, 0, 0)


def write_sheet(page: Worksheet, sheet: Sheet, titles: Sequence[str], rows: list[Row]) -> None:
    """Write titles, headings and rows, and lay the page out for screen and paper."""
    width, top = len(sheet.columns), len(titles) + 1
    for n, title in enumerate(titles, start=1):
        page.cell(n, 1, title).font = Font(bold=n == 1, size=16 if n == 1 else 11)
        page.cell(n, 1).alignment = CENTRE
        page.merge_cells(start_row=n, start_column=1, end_row=n, end_column=width)
    page.row_dimensions[1].height, page.row_dimensions[top].height = 30, 22
    for n, (heading, size, _) in enumerate(sheet.columns, start=1):
        cell = page.cell(top, n, heading)
        cell.font, cell.fill = Font(bold=True), HEADING_FILL
        cell.alignment, cell.border = CENTRE, BORDER
        page.column_dimensions[get_column_letter(n)].width = size
    for n, row in enumerate(rows, start=top + 1):
        for m, (heading, *_) in enumerate(sheet.columns, start=1):
            value = row.get(heading) or None
            body = page.cell(n, m, value)
            body.border = BORDER
            kind = "yyyy-mm-dd" if re.search("时间|日期|公示|时限", heading) else "@"
            kind = "0" if isinstance(value, int) else kind
            body.number_format = "0.0#" if isinstance(value, float) else kind
    page.freeze_panes = f"A{top + 1}"
    page.print_title_rows = f"1:{top}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def save(book: Workbook, path: Path) -> None:
    """Save a workbook so that the same content always gives the same bytes."""
    book.properties.creator = "共青团县委员会"
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                stamp = "{}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*STAMP).encode()
                data = re.sub(rb"(?<=W3CDTF\">)[^<]*", stamp, data)
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, data)


def write_sample(county: County, path: Path) -> None:
    """Write the county's own workbook: every sheet with a title above and a total below."""
    book = Workbook()
    for n, sheet in enumerate(SHEETS):
        page = book.worksheets[0] if n == 0 else book.create_sheet()
        page.title = sheet.name
        rows = sheet.rows(county)
        rows.append({sheet.columns[0][0]: "合计", sheet.total_under: sheet.total(rows)})
        write_sheet(page, sheet, [f"{county.name}{sheet.title}（{YEAR}年）"], rows)
        for total in page[page.max_row]:
            total.font = Font(bold=True)
    save(book, path)


def write_plan(county: County, path: Path) -> None:
    """Write next year's quotas as CSV."""
    rows = replace(QUOTAS, records=lambda county: county.plan).rows(county)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_candidates(county: County, path: Path) -> None:
    """Write the candidates of next spring as the schools send them."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "发展对象"
    titles = [f"{county.name}{YEAR + 1}年上半年发展团员审批名册"]
    titles.append(f"填报单位：{county.name}各学校团委　　填报日期：{YEAR + 1}年6月28日")
    write_sheet(page, ADMISSIONS, titles, candidate_rows(county))
    save(book, path)
