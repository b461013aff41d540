"""Organisations and members: who belongs where."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.cells import (
    AnyDay,
    Count,
    Digits,
    ExactDay,
    FormMark,
    IdNumber,
    Name,
    Phone,
    Serial,
    Text,
    choice,
)
from leaguectl.kinds.lines.declared import (
    BORN,
    BRANCH,
    CERTIFICATE,
    FORM,
    ID_NUMBER,
    NUMBER,
    PHONE,
    SEX,
    UNIT,
    Line,
    needed,
    optional,
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


OrganizationType = Annotated[str, BeforeValidator(choice(TYPES))]
Domain = Annotated[str, BeforeValidator(choice(DOMAINS))]
Sector = Annotated[str, BeforeValidator(choice(SECTORS))]
Reason = Annotated[str, BeforeValidator(choice(REASONS))]
Sex = Annotated[str, BeforeValidator(choice(SEXES))]


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
    elected: AnyDay | None = optional("换届时间", "elected", "换届日期", "最近换届时间")


class MemberLine(Line):
    """A member, with the papers of the admission as far as they are known."""

    kind = "members"
    name: Name = needed("姓名", "name", "学生姓名", "团员姓名", "人员姓名", "成员姓名", "名字")
    id_number: IdNumber = needed(*ID_NUMBER)
    organization: Text = needed(*BRANCH)
    unit: Text | None = optional(*UNIT)
    born: AnyDay | None = optional(*BORN)
    sex: Sex | None = optional(*SEX)
    joined: AnyDay | None = optional(
        "入团时间", "joined", "入团年月", "入团日期", "入团年月日", "何时入团", "批准入团时间"
    )
    number: Digits | None = optional(*NUMBER)
    form: FormMark | None = optional(*FORM)
    certificate: Serial | None = optional(*CERTIFICATE)
    phone: Phone | None = optional(*PHONE)
    politics: Text | None = optional("政治面貌", "politics")
    left: AnyDay | None = optional("离团日期", "left", "离团时间")
    leaving_reason: Reason | None = optional("离团原因", "leaving reason")


class MilestoneLine(Line):
    """The steps of a member's way: recommended to the League or the Party, applied, joined."""

    kind = "milestones"
    requires_any: ClassVar = frozenset({"recommended_league", "recommended_party", "joined_party"})
    marker_headings: ClassVar = ("转正时间",)
    not_if_two_of: ClassVar = frozenset({"recommended_league", "applied_party"})
    """There the application, where its heading does not say to whom, may be that to the League,"""
    except_with: ClassVar = "joined_party"

    name: Name = needed("姓名", "name", "团员姓名", "学生姓名", "人员姓名", "名字")
    id_number: IdNumber | None = optional(*ID_NUMBER)
    organization: Text | None = optional(*BRANCH)
    unit: Text | None = optional(*UNIT)
    recommended_league: ExactDay | None = optional(
        "推优入团时间", "recommended to league", "推荐入团时间"
    )
    recommended_party: ExactDay | None = optional(
        "推优入党时间", "recommended to party", "推优时间", "推荐入党时间"
    )
    applied_party: ExactDay | None = optional(
        "递交入党申请书时间", "applied to party", "提交入党申请书时间", "申请入党时间",
        "入党申请时间", "提交申请书时间", "递交申请书时间",
    )  # fmt: skip
    joined_party: ExactDay | None = optional("入党时间", "joined party", "入党日期", "入党年月")
