"""Activities: a row is one activity, the organisations it covered and how many came."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import Choice, Count, ExactDay, Text, plain, text
from leaguectl.kinds.class_names import branch_names
from leaguectl.kinds.kind import ALWAYS, Kind, Lifetime, line_values, touch_organizations, values_of
from leaguectl.kinds.line import Line, optional, required
from leaguectl.model import BRANCH_TYPES, Activity, Coverage, Keys, Organization, Snapshot, ask

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

EVERYWHERE = "*"
"""Stands in a list of organisations for all of them."""

_PARTS = re.compile(r"[、,，;；\n]+")
_ALL = frozenset({"全县", "全县各级团组织", "全县团组织", "全部", "所有", "all"})


def several(value: Any) -> tuple[str, ...]:
    """Organisations by names or codes, parted by ``、`` or another comma; ``*`` for all."""
    listed = value if isinstance(value, str) else plain(value)
    names = dict.fromkeys(map(text, _PARTS.split(listed)))
    return tuple(EVERYWHERE if name in _ALL else name for name in names if name)


def is_single_name(name: str) -> bool:
    """Whether a list of several reads this as one name."""
    return _PARTS.search(name) is None


def category_named(titles: Iterable[str]) -> str | None:
    """The one category of activities that the titles of a table name; None where they name none,
    or several."""
    rest, categories = "\n".join(titles).casefold(), set()
    codes = {word: code for code, words in ACTIVITIES.items() for word in (code, *words)}
    for word in sorted(codes, key=len, reverse=True):  # 离队入团仪式 is not 入团仪式 too
        if codes[word] != "other" and word in rest:
            rest = rest.replace(word, "\n")
            categories.add(codes[word])
    return categories.pop() if len(categories) == 1 else None


ActivityCategory = Annotated[str, BeforeValidator(Choice(ACTIVITIES))]
Several = Annotated[tuple[str, ...], BeforeValidator(several)]


class ActivityLine(Line):
    """An activity, whom it covered and how many came."""

    kind = "activities"
    keys: ClassVar = frozenset({"activity", "day"})
    stored_as: ClassVar = {Activity: {"activity": "name"}}
    activity: Text = required(
        "活动名称 | activity | 活动主题 | 活动内容名称", example="学雷锋主题团日"
    )
    category: ActivityCategory = required("活动类别 | category | 活动类型")
    day: ExactDay = required(
        "活动日期 | date | 活动时间 | 开展时间 | 开展日期", example=date(2023, 4, 1)
    )
    organization: Text = required(
        "主办团组织 | organization | 主办单位 | 组织单位 | 举办单位 | 开展团组织 | 团组织"
    )
    covered: Several | None = optional(
        "覆盖团组织 | organizations covered | 覆盖组织 | 参与团组织 | 参加团组织"
    )
    attendances: Count | None = optional(
        "参与人次 | attendances | 参加人次 | 人次 | 参与人数 | 参加人数", example=120
    )


def plan_activity(item: Item[ActivityLine], batch: Batch) -> RowPlan:
    """Record the activity by its name, day and organisation, and the organisations it covered.

    What a branch holds covers the branch itself where the row says nothing; of any other
    organisation nobody knows whom it reached. A row adds organisations, it takes none away.
    """
    line = item.line
    row_plan = RowPlan(item)
    host = batch.organization(row_plan, line.organization, "organization", day=line.day)
    # Looked for even where the host is unknown, so that one run finds all faults of the row.
    covered: set[str] = ask(_covered, line, host, batch, row_plan, unknown=set())
    if host is None:
        return row_plan
    batch.refuse_dissolved(row_plan, host, line.day, "organization")
    batch.once(row_plan, "activity", host.code, line.day, line.activity)
    stored = batch.snapshot.by_natural_key(Activity, host.code, line.day, line.activity)
    values = values_of(line, Activity)
    if stored is None:
        activity = Activity(id=batch.snapshot.new_id(Activity), organization=host.code, **values)
    else:
        activity = batch.settle(row_plan, stored, values)
    row_plan.creates = stored is None
    row_plan.put(stored, activity)
    covered_before = {
        coverage.organization
        for coverage in batch.snapshot.by_natural_prefix(Coverage, activity.id)
    }
    for code in sorted(covered - covered_before):
        row_plan.put(None, Coverage(batch.snapshot.new_id(Coverage), activity.id, code))
    return row_plan


def _covered(
    line: ActivityLine, host: Organization | None, batch: Batch, row_plan: RowPlan
) -> set[str]:
    """The codes of the organisations that were covered, each with all below it."""
    if not line.covered:
        return {host.code} if host is not None and host.type in BRANCH_TYPES else set()
    codes = set()
    for name in line.covered:
        if name == EVERYWHERE:
            if host is not None:
                # The whole county is whatever stands at the top of the host's tree.
                *_, top = batch.snapshot.upward(host.code)
                codes.add(top.code)
        elif (covered := batch.organization(row_plan, name, "covered", day=line.day)) is not None:
            codes.add(covered.code)
    return codes


def activity_lines(snapshot: Snapshot) -> Iterator[tuple[str, ActivityLine]]:
    """What a sheet says of every activity, with the organisations that it covered."""
    for activity in snapshot.all(Activity):
        coverage = snapshot.by_natural_prefix(Coverage, activity.id)
        covered = tuple(_listed(covered.organization, snapshot) for covered in coverage) or None
        values = line_values(ActivityLine, activity, snapshot) | {"covered": covered}
        yield activity.organization, ActivityLine.model_construct(**values)


def _listed(code: str, snapshot: Snapshot) -> str:
    """An organisation as a list of several can name it: by the code where the name would be read
    as two."""
    name = snapshot.reference(code)
    return name if is_single_name(name) else code


def _keys(block: Block[ActivityLine], keys: Keys) -> None:
    touch_organizations(block, keys)
    for covered in block.column("covered"):
        for name in {*(covered or ())} - {EVERYWHERE}:
            keys.organizations.update(branch_names(name))


KIND = Kind(
    ActivityLine,
    plan_activity,
    activity_lines,
    {Activity: Lifetime("day"), Coverage: ALWAYS},
    _keys,
    whole=(Activity, Coverage),
)
