"""What a line of each kind of sheet says: its fields, their headings and synonyms, their types.

A kind is declared here once; recognition, typing, templates and messages come from it. Headings
match after folding width, case, spaces, ``*`` and bracketed hints, so they are written bare.
"""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from leaguectl.records.cells import (
    AnyDay,
    Count,
    Digits,
    ExactDay,
    FormMark,
    Hours,
    IdNumber,
    Name,
    Phone,
    Serial,
    Text,
    Year,
    choice,
)

TYPES = {
    "committee": ("团委", "基层团委", "领导机关团组织"),
    "work committee": ("团工委",),
    "general branch": ("团总支",),
    "branch": ("团支部", "支部", "联合团支部"),
    "graduating branch": ("毕业班团支部",),
}
DOMAINS = {"school": ("学校", "学校领域"), "society": ("社会", "社会领域")}
SECTORS = {
    "village": ("农村", "村", "乡镇(村)"),
    "community": ("城市社区", "社区", "城市街道(社区)"),
    "junior middle": ("初中",),
    "senior middle": ("普通高中", "高中"),
    "vocational": ("中职", "中等职业院校", "职业教育学校"),
    "government": ("党政机关", "机关"),
    "public institution": ("事业单位",),
    "state enterprise": ("国有企业",),
    "private enterprise": ("非公企业", "非公有制企业"),
    "social organisation": ("社会组织", "新社会组织", "social organization"),
    "other": ("其他", "其它"),
}
REASONS = {
    "age": ("超龄离团", "超龄", "满28周岁离团", "年满28周岁"),
    "transferred": ("转出", "转出县外", "组织关系转出", "升学转出"),
    "resigned": ("自愿退团", "退团"),
    "removed": ("自行脱团", "除名", "自行脱团除名"),
    "expelled": ("开除团籍", "开除"),
    "deceased": ("死亡", "去世", "病故"),
    "other": ("其他", "其它"),
}
SEXES = {"male": ("男", "男性"), "female": ("女", "女性")}
ROUTES = {
    "recommendation": ("推优入团",),
    "points": ("积分入团",),
    "appraisal": ("评议入团",),
}


OrganizationType = Annotated[str, BeforeValidator(choice(TYPES))]
Domain = Annotated[str, BeforeValidator(choice(DOMAINS))]
Sector = Annotated[str, BeforeValidator(choice(SECTORS))]
Reason = Annotated[str, BeforeValidator(choice(REASONS))]
Sex = Annotated[str, BeforeValidator(choice(SEXES))]
Route = Annotated[str, BeforeValidator(choice(ROUTES))]


def needed(*headings: str) -> Any:
    """A column that a sheet of this kind must have, and a row must fill."""
    return Field(json_schema_extra={"headings": list(headings)})


def optional(*headings: str) -> Any:
    """A column that may be there; a blank cell says nothing, it never erases."""
    return Field(default=None, json_schema_extra={"headings": list(headings)})


_ID_NUMBER = (
    "身份证号", "id number", "身份证号码", "身份证", "证件号", "公民身份号码", "公民身份证号",
    "居民身份证号码", "证件号码", "居民身份证号", "公民身份证号码",
)  # fmt: skip
_UNIT = (
    "学校", "unit", "学院", "院系", "单位", "工作单位", "学习工作单位", "所在单位", "所在学校",
)  # fmt: skip
_BORN = ("出生日期", "born", "出生年月", "出生年月日", "生日", "出生时间")
_SEX = ("性别", "sex")
_BRANCH = (
    "所在团支部", "organization", "所在支部", "团籍所在团支部", "所在团组织", "班级",
    "所属支部", "所属团支部", "团组织名称", "团组织", "组织", "支部", "团支部",
)  # fmt: skip
_NUMBER = (
    "发展团员编号", "number", "新发展团员编号", "团员编号", "分配编号", "发展编号",
    "发展编号号段", "编号",
)  # fmt: skip
_FORM = ("志愿书编号", "form", "入团志愿书编号", "入团志愿书", "志愿书", "是否有入团志愿书")
_CERTIFICATE = ("团员证编号", "certificate", "团员证号", "证书编号")
_PHONE = ("手机号码", "phone", "联系电话", "手机号", "移动电话", "联系方式", "电话")


class Line(BaseModel):
    """A line of a sheet, typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]


class OrganizationLine(Line):
    """An organisation of the tree."""

    kind = "organizations"
    name: Text = needed("团组织全称", "name", "团组织名称", "组织全称", "组织名称", "全称")
    type: OrganizationType = needed("组织类型", "type", "团组织类型")
    code: Serial | None = optional("团组织编码", "code", "组织编码", "组织ID", "团组织机构代码")
    parent: Text | None = optional("上级组织", "parent", "上级团组织", "上级", "直属上级")
    domain: Domain | None = optional("领域", "domain", "所属领域")
    sector: Sector | None = optional("行业类别", "sector", "单位所属行业类别", "行业")
    secretary_seats: Count | None = optional("书记应配", "secretary seats", "书记应配数")
    committee_seats: Count | None = optional("班子应配", "committee seats", "班子应配数")
    founded: AnyDay | None = optional("成立日期", "founded", "成立时间", "建团时间")
    dissolved: AnyDay | None = optional("撤销日期", "dissolved", "撤销时间")


class MemberLine(Line):
    """A member, with the papers of the admission as far as they are known."""

    kind = "members"
    name: Name = needed("姓名", "name", "学生姓名", "团员姓名", "人员姓名", "成员姓名", "名字")
    id_number: IdNumber = needed(*_ID_NUMBER)
    organization: Text = needed(*_BRANCH)
    unit: Text | None = optional(*_UNIT)
    born: AnyDay | None = optional(*_BORN)
    sex: Sex | None = optional(*_SEX)
    joined: AnyDay | None = optional(
        "入团时间", "joined", "入团年月", "入团日期", "入团年月日", "何时入团", "批准入团时间"
    )
    number: Digits | None = optional(*_NUMBER)
    form: FormMark | None = optional(*_FORM)
    certificate: Serial | None = optional(*_CERTIFICATE)
    phone: Phone | None = optional(*_PHONE)
    politics: Text | None = optional("政治面貌", "politics")
    left: AnyDay | None = optional("离团日期", "left", "离团时间")
    leaving_reason: Reason | None = optional("离团原因", "leaving reason")


class QuotaLine(Line):
    """Places of an organisation and year, with their block of numbers."""

    kind = "quotas"
    year: Year = needed("年度", "year", "年份")
    organization: Text = needed("团组织", "organization", "团组织名称", "团组织全称", "单位")
    places: Count = needed("名额", "places", "发展名额", "计划数", "指标", "发展计划")
    first: Digits | None = optional("号段起", "first", "起始编号", "编号起")
    last: Digits | None = optional("号段止", "last", "终止编号", "编号止")
    authority: Text | None = optional("文号", "authority", "依据", "文件号")


class AdmissionLine(Line):
    """The case of one candidate: dates, hours, introducers, votes, approval, papers."""

    kind = "admissions"
    name: Name = needed(
        "姓名", "name", "发展对象姓名", "申请人姓名", "学生姓名", "团员姓名", "人员姓名", "名字"
    )
    id_number: IdNumber = needed(*_ID_NUMBER)
    organization: Text = needed(*_BRANCH)
    unit: Text | None = optional(*_UNIT)
    born: AnyDay | None = optional(*_BORN)
    sex: Sex | None = optional(*_SEX)
    applied: ExactDay = needed(
        "申请入团时间", "applied", "申请时间", "提交申请书时间", "入团申请时间"
    )
    activist: ExactDay = needed("积极分子时间", "activist", "确定积极分子时间", "入团积极分子时间")
    course_hours: Hours = needed("团课学时", "course hours", "学时", "团课学习学时")
    introducer_1: Name = needed(
        "介绍人一", "introducer 1", "入团介绍人一", "介绍人1", "入团介绍人1"
    )
    introducer_2: Name = needed(
        "介绍人二", "introducer 2", "入团介绍人二", "介绍人2", "入团介绍人2"
    )
    meeting: ExactDay = needed(
        "支部大会时间", "meeting", "支部大会日期", "支部大会通过时间", "入团时间", "入团日期"
    )
    due: Count = needed("应到人数", "due", "应到", "应到会人数")
    present: Count = needed("实到人数", "present", "实到", "实到会人数")
    in_favour: Count = needed("赞成票数", "in favour", "赞成", "赞成票", "同意票数")
    approved: ExactDay = needed("审批时间", "approved", "审批日期", "批准时间")
    talked: ExactDay | None = optional("谈话时间", "talked", "派人谈话时间")
    service_hours: Hours | None = optional("志愿服务时长", "service hours", "志愿时长")
    candidate: ExactDay | None = optional("发展对象时间", "candidate", "确定发展对象时间")
    notice_from: ExactDay | None = optional("公示开始", "notice from", "公示开始时间")
    notice_to: ExactDay | None = optional("公示结束", "notice to", "公示结束时间")
    approved_by: Text | None = optional("审批单位", "approved by", "审批团组织")
    number: Digits | None = optional(*_NUMBER)
    form: FormMark | None = optional(*_FORM)
    certificate: Serial | None = optional(*_CERTIFICATE)
    route: Route | None = optional("入团方式", "route")
    phone: Phone | None = optional(*_PHONE)


LINES: tuple[type[Line], ...] = (OrganizationLine, QuotaLine, MemberLine, AdmissionLine)
"""The kinds in the order in which they must be taken in: what is named before what names it."""
