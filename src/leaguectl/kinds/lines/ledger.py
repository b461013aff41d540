"""Quotas and admissions: places, and the cases of those who took one."""

from typing import Annotated

from pydantic import BeforeValidator

from leaguectl.kinds.cells import (
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
from leaguectl.kinds.lines.league import Sex

ROUTES = {
    "recommendation": ("推优入团",),
    "points": ("积分入团",),
    "appraisal": ("评议入团",),
}

Route = Annotated[str, BeforeValidator(choice(ROUTES))]


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
    id_number: IdNumber = needed(*ID_NUMBER)
    organization: Text = needed(*BRANCH)
    unit: Text | None = optional(*UNIT)
    born: AnyDay | None = optional(*BORN)
    sex: Sex | None = optional(*SEX)
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
    number: Digits | None = optional(*NUMBER)
    form: FormMark | None = optional(*FORM)
    certificate: Serial | None = optional(*CERTIFICATE)
    route: Route | None = optional("入团方式", "route")
    phone: Phone | None = optional(*PHONE)
