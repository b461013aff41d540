"""Campaigns (主题教育): a row is what an organisation did in a campaign of education."""

from datetime import date
from typing import ClassVar

from leaguectl.kinds.batch import RowPlan
from leaguectl.kinds.cells import AnyDay, Count, Text
from leaguectl.kinds.kind import Lifetime, record_kind
from leaguectl.kinds.line import Line, optional, required
from leaguectl.model import Campaign


class CampaignLine(Line):
    """A campaign of education in an organisation."""

    kind = "campaigns"
    keys: ClassVar = frozenset({"campaign", "organization"})
    stored_as: ClassVar = {Campaign: {"campaign": "title"}}
    campaign: Text = required(
        "主题教育 | campaign | 主题教育名称 | 教育主题 | 学习主题 | 专题教育",
        example="学习贯彻习近平新时代中国特色社会主义思想主题教育",
    )
    organization: Text = required(
        "团组织 | organization | 开展团组织 | 团组织名称 | 开展单位 || 单位 | 单位名称 | 团支部"
    )
    launched: AnyDay = required(
        "启动时间 | launched | 开展时间 | 开始时间 | 启动日期 | 开始日期", example=date(2023, 4, 10)
    )
    finished: AnyDay | None = optional("结束时间 | finished | 结束日期 | 完成时间", example=None)
    sessions: Count | None = optional("场次 | sessions | 学习场次 | 开展场次", example=4)
    attendances: Count | None = optional(
        "参与人次 | attendances | 参学人次 | 参加人次 | 人次", example=120
    )


def _check(line: CampaignLine, row_plan: RowPlan) -> None:
    if line.finished is not None and line.finished.last < line.launched.date:
        days = {"since": line.launched.known, "until": line.finished.known}
        row_plan.fault("campaign-reversed", "finished", **days)


KIND = record_kind(
    CampaignLine,
    Campaign,
    repeated="campaign",
    lifetime=Lifetime("launched", ("finished",)),
    check=_check,
)
