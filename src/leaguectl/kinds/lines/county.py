"""What the county does: cadres, trainings, activities, assessments, reviews, tasks, surveys."""

import re
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.cells import (
    AnyDay,
    Count,
    ExactDay,
    IdNumber,
    Name,
    Phone,
    Text,
    Year,
    choice,
    fault,
    plain,
    text,
)
from leaguectl.kinds.lines.declared import BRANCH, ID_NUMBER, PHONE, UNIT, Line, needed, optional

BASES = {
    "full-time": ("专职", "专职团干部"),
    "part-time": ("兼职", "兼职团干部"),
    "seconded": ("挂职", "挂职团干部"),
}
DUTIES = {
    "on": ("是", "在岗", "在职", "yes", "√"),
    "off": ("否", "不在岗", "离岗", "no", "×"),
}
GRADES = {
    "excellent": ("优秀", "好"),
    "qualified": ("合格", "较好", "良好"),
    "barely qualified": ("基本合格", "一般"),
    "unqualified": ("不合格", "差"),
}
TRAININGS = {
    "drill": ("岗位大练兵", "团干部岗位大练兵", "大练兵"),
    "basics": ("基础团务培训", "基础团务"),
    "qingma": ("青马工程", "青年马克思主义者培养工程", "青马"),
    "other": ("其他", "其它"),
}
ACTIVITIES = {
    "theme day": ("主题团日", "主题团日活动"),
    "joining and leaving": ("离队入团", "离队入团仪式", "离队建团"),
    "red study": ("红色研学", "红色研学活动"),
    "oath": ("入团仪式", "入团宣誓"),
    "league lesson": ("团课",),
    "branch meeting": ("支部大会", "团支部大会", "团员大会"),
    "committee meeting": ("支部委员会", "支委会", "团支部委员会"),
    "group meeting": ("团小组会", "团小组会议"),
    "seminar": ("座谈会", "青年座谈会"),
    "youth lectures": ("青年讲师团宣讲", "青年讲师团"),
    "congress lectures": ("二十大精神宣讲", "党的二十大精神宣讲"),
    "youth study": ("青年大学习",),
    "scarf study": ("红领巾爱学习",),
    "joint meeting": ("青年工作联席会", "青年工作联席会议", "联席会议", "青年工作联席会议全体会议"),
    "other": ("其他", "其它"),
}
STAGES = {
    "junior graduating": ("初中毕业班",),
    "senior graduating": ("高中毕业班",),
    "junior middle": ("初中",),
    "senior middle": ("高中", "普通高中"),
    "vocational": ("中职", "中等职业"),
    "youth": ("青年",),
}

VOLUNTEER = "western plan"
"""How the source of a cadre is kept who came as a volunteer of the 西部计划, whatever words the
sheet has for it; any other source is kept as it is written."""

EVERYWHERE = "*"
"""Stands in a list of organisations for all of them."""

_PARTS = re.compile(r"[、,，;；\n]+")
_ALL = frozenset({"全县", "全县各级团组织", "全县团组织", "全部", "所有", "all"})
_NOBODY = frozenset({"否", "无", "未触发", "no", "×"})


def post(value: Any) -> str:
    """A post in the sheet's own words; :func:`title_of` says which of ours it is."""
    return text(value).replace(" ", "")


def title_of(said: str) -> str:
    """Which post the words of a sheet mean: its own words count, not those in brackets behind."""
    bare = re.sub(r"[(（【\[].*?[)）】\]]", "", said).casefold()
    if bare.endswith(("副书记", "deputysecretary")):
        return "deputy secretary"
    if bare.endswith(("书记", "secretary")):
        return "secretary"
    return "committee member" if bare.endswith(("委员", "常委", "member")) else "other"


def source(value: Any) -> str:
    """Where a cadre came from."""
    said = text(value)
    return VOLUNTEER if "西部计划" in said or said.casefold() == VOLUNTEER else said


def several(value: Any) -> tuple[str, ...]:
    """Organisations by names or codes, parted by ``、`` or another comma; ``*`` for all."""
    names = value if isinstance(value, str) else plain(value)
    found = [text(one) for one in _PARTS.split(names)]
    return tuple(EVERYWHERE if one in _ALL else one for one in dict.fromkeys(found) if one)


def category_named(titles: Iterable[str]) -> str | None:
    """The one category of activities that the titles of a table name; None where they name none,
    or several."""
    said, found = "\n".join(titles).casefold(), set()
    words = {word: code for code, known in ACTIVITIES.items() for word in (code, *known)}
    for word in sorted(words, key=len, reverse=True):  # 离队入团仪式 is not 入团仪式 too
        if words[word] != "other" and word in said:
            said = said.replace(word, "\n")
            found.add(words[word])
    return found.pop() if len(found) == 1 else None


def is_one(name: str) -> bool:
    """Whether a list of several reads this as one name."""
    return _PARTS.search(name) is None


def marks(value: Any) -> float:
    """Marks of an assessment, zero or more, decimals allowed."""
    given = re.sub(r"分$", "", plain(value).replace(" ", ""))
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", given):
        raise fault("marks-not-marks", text=given[:40])
    return float(given)


def veto(value: Any) -> str:
    """Why an organisation gets no grade at all (一票否决); nothing where the cell says no."""
    said = text(value)
    return "" if said.casefold() in _NOBODY else said


PostText = Annotated[str, BeforeValidator(post)]
Basis = Annotated[str, BeforeValidator(choice(BASES))]
Source = Annotated[str, BeforeValidator(source)]
Duty = Annotated[str, BeforeValidator(choice(DUTIES))]
TrainingCategory = Annotated[str, BeforeValidator(choice(TRAININGS))]
Grade = Annotated[str, BeforeValidator(choice(GRADES))]
ActivityCategory = Annotated[str, BeforeValidator(choice(ACTIVITIES))]
Several = Annotated[tuple[str, ...], BeforeValidator(several)]
Marks = Annotated[float, BeforeValidator(marks)]
Veto = Annotated[str, BeforeValidator(veto)]
Stage = Annotated[str, BeforeValidator(choice(STAGES))]

_LED = ("团组织", "organization", "团组织名称", "团组织全称", "学校", "单位")


class CadreLine(Line):
    """A post that somebody holds or held."""

    kind = "cadres"
    name: Name = needed("姓名", "name", "团干部姓名", "人员姓名", "干部姓名")
    organization: Text = needed("团组织", *(one for one in BRANCH if one != "团组织"), "团组织全称")
    post: PostText = needed(
        "团内职务", "post", "团内现任职务", "职务", "现任职务", "担任职务", "团内职务名称"
    )
    since: AnyDay = needed(
        "任职时间", "from", "任职日期", "任现职时间", "任职起始时间", "任职年月", "任现职年月"
    )
    id_number: IdNumber | None = optional(*ID_NUMBER)
    unit: Text | None = optional(*UNIT)
    until: AnyDay | None = optional("离任时间", "to", "离任日期", "免职时间", "任职结束时间")
    basis: Basis | None = optional("团干部性质", "basis", "任职性质", "干部性质")
    source: Source | None = optional("来源", "source", "人员来源", "干部来源")
    duty: Duty | None = optional("是否在岗", "on duty", "在岗情况", "在岗")
    phone: Phone | None = optional(*PHONE)


class TrainingLine(Line):
    """A person at a session of a training, or the session alone."""

    kind = "trainings"
    training: Text = needed("培训名称", "training", "培训班名称", "培训项目", "班次名称")
    category: TrainingCategory = needed("培训类别", "category", "培训类型")
    day: ExactDay = needed("培训日期", "date", "培训时间", "开班日期", "开班时间")
    name: Name | None = optional("姓名", "name", "学员姓名", "参训人员", "人员姓名")
    id_number: IdNumber | None = optional(*ID_NUMBER)


class ActivityLine(Line):
    """An activity, whom it covered and how many came."""

    kind = "activities"
    activity: Text = needed("活动名称", "activity", "活动主题", "活动内容名称")
    category: ActivityCategory = needed("活动类别", "category", "活动类型")
    day: ExactDay = needed("活动日期", "date", "活动时间", "开展时间", "开展日期")
    organization: Text = needed(
        "主办团组织", "organization", "主办单位", "组织单位", "举办单位", "开展团组织", "团组织"
    )
    covered: Several | None = optional(
        "覆盖团组织", "organizations covered", "覆盖组织", "参与团组织", "参加团组织"
    )
    attendances: Count | None = optional(
        "参与人次", "attendances", "参加人次", "人次", "参与人数", "参加人数"
    )


class AssessmentLine(Line):
    """What an organisation got for an item of a year's assessment."""

    kind = "assessments"
    year: Year = needed("年度", "year", "年份", "考核年度")
    organization: Text = needed(*_LED)
    item: Text = needed("考核项目", "item", "考核指标", "考核内容", "评分项目")
    score: Marks = needed("得分", "score", "考核得分", "评审得分", "复核得分")
    full: Marks | None = optional("满分", "full marks", "分值", "标准分")
    self_score: Marks | None = optional("自评分", "self score", "自评得分", "自评")
    veto: Veto | None = optional("一票否决", "veto", "否决事项")


class ReviewLine(Line):
    """The grade of a secretary in a year's review (述职评议)."""

    kind = "reviews"
    year: Year = needed("年度", "year", "年份")
    organization: Text = needed("团组织", "organization", "团组织名称", "团组织全称", "单位")
    name: Name = needed("书记姓名", "secretary", "述职人", "述职书记", "姓名")
    grade: Grade = needed("评议等次", "grade", "等次", "述职评议等次", "综合评价等次", "评议结果")


class TaskLine(Line):
    """A task of the reform plan."""

    kind = "tasks"
    module: Text = needed("模块", "module", "改革模块", "任务模块", "领域模块")
    task: Text = needed("任务", "task", "改革任务", "任务内容", "工作任务")
    lead: Text = needed("牵头单位", "lead organization", "牵头部门", "责任单位")
    deadline: AnyDay | None = optional("完成时限", "due", "时限", "计划完成时间", "完成期限")
    done: AnyDay | None = optional("完成日期", "done", "完成时间", "实际完成时间")
    authority: Text | None = optional("依据", "authority", "文号", "文件依据")


class SurveyLine(Line):
    """How many students and young people an organisation counted."""

    kind = "surveys"
    requires_any: ClassVar = frozenset({"students", "youth", "members"})
    year: Year = needed("年度", "year", "年份", "摸底年度")
    organization: Text = needed(*_LED)
    stage: Stage | None = optional("学段", "stage", "阶段", "类别")
    students: Count | None = optional("学生数", "students", "学生人数", "在校学生数")
    youth: Count | None = optional("青年数", "youth", "青年人数", "14至28周岁青年数")
    members: Count | None = optional("团员数", "reported members", "团员人数", "现有团员数")
