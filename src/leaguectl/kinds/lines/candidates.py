"""Candidates at any stage: who applied, who is an activist, whom a branch recommends."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.cells import (
    AnyDay,
    Count,
    ExactDay,
    Hours,
    IdNumber,
    Name,
    Phone,
    Text,
    choice,
)
from leaguectl.kinds.lines.declared import (
    BORN,
    BRANCH,
    ID_NUMBER,
    PHONE,
    SEX,
    UNIT,
    Line,
    needed,
    optional,
)
from leaguectl.kinds.lines.league import Sex
from leaguectl.kinds.lines.ledger import Route

CASE_STAGES = {
    "applicant": ("申请人", "入团申请人"),
    "activist": ("积极分子", "入团积极分子"),
    "candidate": ("发展对象", "团员发展对象"),
    "passed": ("支部大会已通过", "已通过支部大会"),
    "admitted": ("已入团",),
    "refused": ("未通过", "未批准"),
    "withdrawn": ("已撤回", "本人撤回"),
}

Stage = Annotated[str, BeforeValidator(choice(CASE_STAGES))]


class CandidateLine(Line):
    """The case of somebody who is not a member yet, as far as it has come."""

    kind = "candidates"
    requires_any: ClassVar = frozenset({
        "reached", "applied", "talked", "activist", "contact_1", "candidate", "reviewed",
        "form_given",
    })  # fmt: skip
    marker_headings: ClassVar = ("是否已进行政治家访", "家访时间", "分配编号", "入团志愿书问题备注")
    not_if_two_of: ClassVar = frozenset({"meeting", "due", "present", "in_favour", "approved"})
    except_with: ClassVar = "reached"

    name: Name = needed(
        "姓名", "name", "发展对象姓名", "申请人姓名", "积极分子姓名", "学生姓名", "人员姓名", "名字"
    )
    id_number: IdNumber | None = optional(*ID_NUMBER)
    organization: Text | None = optional(*BRANCH)
    unit: Text | None = optional(*UNIT)
    born: AnyDay | None = optional(*BORN)
    sex: Sex | None = optional(*SEX)
    phone: Phone | None = optional(*PHONE)
    reached: Stage | None = optional("培养阶段", "stage reached", "当前阶段", "发展阶段")
    applied: ExactDay | None = optional(
        "申请入团时间", "applied", "申请时间", "入团申请时间", "递交入团申请书时间"
    )
    talked: ExactDay | None = optional("谈话时间", "talked", "派人谈话时间")
    activist: ExactDay | None = optional(
        "积极分子时间", "activist", "确定积极分子时间", "入团积极分子时间", "确定为积极分子时间"
    )
    contact_1: Name | None = optional(
        "培养联系人一", "contact 1", "培养联系人", "培养联系人1", "联系人一"
    )
    contact_2: Name | None = optional("培养联系人二", "contact 2", "培养联系人2", "联系人二")
    course_hours: Hours | None = optional("团课学时", "course hours", "学时", "团课学习学时")
    service_hours: Hours | None = optional("志愿服务时长", "service hours", "志愿时长")
    candidate: ExactDay | None = optional(
        "发展对象时间", "candidate", "确定发展对象时间", "推荐发展对象时间"
    )
    reviewed: ExactDay | None = optional("预审时间", "reviewed", "预审日期")
    notice_from: ExactDay | None = optional("公示开始", "notice from", "公示开始时间")
    notice_to: ExactDay | None = optional("公示结束", "notice to", "公示结束时间")
    introducer_1: Name | None = optional(
        "介绍人一", "introducer 1", "入团介绍人一", "介绍人1", "入团介绍人1"
    )
    introducer_2: Name | None = optional(
        "介绍人二", "introducer 2", "入团介绍人二", "介绍人2", "入团介绍人2"
    )
    form_given: ExactDay | None = optional(
        "填写志愿书时间", "form given", "发放志愿书时间", "领取志愿书时间"
    )
    meeting: ExactDay | None = optional(
        "支部大会时间", "meeting", "支部大会日期", "支部大会通过时间"
    )
    due: Count | None = optional("应到人数", "due", "应到", "应到会人数")
    present: Count | None = optional("实到人数", "present", "实到", "实到会人数")
    in_favour: Count | None = optional("赞成票数", "in favour", "赞成", "赞成票", "同意票数")
    approved: ExactDay | None = optional("审批时间", "approved", "审批日期", "批准时间")
    approved_by: Text | None = optional("审批单位", "approved by", "审批团组织")
    told: ExactDay | None = optional("审批结果反馈时间", "told", "结果反馈时间")
    oath: ExactDay | None = optional("入团仪式时间", "oath", "宣誓时间", "入团宣誓时间")
    filed: ExactDay | None = optional("归档时间", "filed", "档案归档时间")
    route: Route | None = optional("入团方式", "route")
    closed: ExactDay | None = optional("结束日期", "closed", "终止日期")
    reason: Text | None = optional("结束原因", "reason", "终止原因")
