"""Assessments: a row has an organisation's marks for one item of a year."""

import re
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import RowPlan
from leaguectl.kinds.cells import Text, Year, fault, plain, text
from leaguectl.kinds.kind import Lifetime, record_kind
from leaguectl.kinds.line import ORGANIZATION, Line, optional, required
from leaguectl.model import Score

_NO_VETO = frozenset({"否", "无", "未触发", "no", "×"})


def marks(value: Any) -> float:
    """Marks of an assessment, zero or more, decimals allowed."""
    number = re.sub(r"分$", "", plain(value).replace(" ", ""))
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", number):
        raise fault("marks-not-marks", text=number[:40])
    return float(number)


def veto(value: Any) -> str:
    """Why an organisation gets no grade at all (一票否决); empty where the cell says no."""
    reason = text(value)
    return "" if reason.casefold() in _NO_VETO else reason


Marks = Annotated[float, BeforeValidator(marks)]
Veto = Annotated[str, BeforeValidator(veto)]


class AssessmentLine(Line):
    """What an organisation got for an item of a year's assessment."""

    kind = "assessments"
    keys: ClassVar = frozenset({"organization", "item"})
    year: Year = required("年度 | year | 年份 | 考核年度")
    organization: Text = required(ORGANIZATION)
    item: Text = required("考核项目 | item | 考核指标 | 考核内容 | 评分项目", example="组织建设")
    score: Marks = required("得分 | score | 考核得分 | 评审得分 | 复核得分")
    full: Marks | None = optional("满分 | full marks | 分值 | 标准分", example=20.0)
    self_score: Marks | None = optional("自评分 | self score | 自评得分 | 自评", example=19.0)
    veto: Veto | None = optional("一票否决 | veto | 否决事项", example=None)


def _check(line: AssessmentLine, row_plan: RowPlan) -> None:
    for column in ("score", "self_score"):
        score = getattr(line, column)
        if line.full is not None and score is not None and score > line.full:
            row_plan.fault("score-above-full", column, score=score, full=line.full)
    # Marks are compared by their share of the full marks, so full marks of zero cannot be used.
    if line.full == 0:
        row_plan.fault("full-none", "full")


KIND = record_kind(AssessmentLine, Score, repeated="item", lifetime=Lifetime("year"), check=_check)
