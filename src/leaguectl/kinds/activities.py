"""Activities: a row is one activity, the organisations it covered and how many came."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import Count, EventDay, Text, plain, text
from leaguectl.kinds.choices import OpenChoice
from leaguectl.kinds.kind import (
    ALWAYS,
    Kind,
    Lifetime,
    line_values,
    touch_named,
    touch_organizations,
    values_of,
)
from leaguectl.kinds.line import Line, optional, required
from leaguectl.model import (
    BRANCH_TYPES,
    NOT_YET,
    Activity,
    Coverage,
    Keys,
    Organization,
    Snapshot,
    Training,
    ask,
    is_known,
)
from leaguectl.names import fold_name
from leaguectl.rules import Policy, load
from leaguectl.rules.policy import CategorySection

ACTIVITIES = load().activities
"""The built-in categories and their words, which templates offer; a county's policy may add more
and says what each counts for."""
_UNSAID = ("其他", "其它")
"""Words in a title that may stand for anything else."""

EVERYWHERE = "*"
"""Stands in a list of organisations for all of them."""

_PARTS = re.compile(r"[、,，;；\n]+")
_ALL = frozenset({"全县", "全县各级团组织", "全县团组织", "全部", "所有", "all"})


def several(value: Any) -> tuple[str, ...]:
    """Organisations by names or codes, separated by ``、`` or another comma; ``*`` for all."""
    listed = value if isinstance(value, str) else plain(value)
    names = dict.fromkeys(map(text, _PARTS.split(listed)))
    return tuple(EVERYWHERE if name in _ALL else name for name in names if name)


def is_single_name(name: str) -> bool:
    """Whether a list of several organisations reads this as a single name."""
    return _PARTS.search(name) is None


def category_named(
    titles: Iterable[str], categories: Mapping[str, Sequence[str]] = ACTIVITIES
) -> str | None:
    """The only category that the titles of a table name, or the only word that counts as other;
    None where they name none, or several."""
    rest, found = "\n".join(titles).casefold(), set[str]()
    codes = {word: code for code, words in categories.items() for word in (code, *words)}
    for word in sorted(codes, key=len, reverse=True):  # 离队入团仪式 is not 入团仪式 too
        if word not in ("other", *_UNSAID) and word in rest:
            rest = rest.replace(word, "\n")
            found.add(word)
    counted = {codes[word] for word in found} - {"other"}
    named = counted or found
    return named.pop() if len(named) == 1 else None


ACTIVITY = "活动名称 | activity | 活动主题 | 活动内容名称"
CATEGORY = "活动类别 | category | 活动类型 || 活动形式"
DAY = "活动日期 | date | 活动时间 | 开展时间 | 开展日期 || 举办时间 | 活动开展时间"
"""Headings of an activity, also in the list of those who took part."""

Category = Annotated[str, BeforeValidator(OpenChoice(ACTIVITIES))]
Several = Annotated[tuple[str, ...], BeforeValidator(several)]


class ActivityLine(Line):
    """An activity, the organisations it covered and how many people came."""

    kind = "activities"
    keys: ClassVar = frozenset({"activity", "day"})
    stored_as: ClassVar = {Activity: {"activity": "name", "category": "said"}}
    activity: Text = required(ACTIVITY, example="学雷锋主题团日")
    category: Category = required(CATEGORY)
    day: EventDay = required(DAY, example=date(2023, 4, 1))
    organization: Text = required(
        "主办团组织 | organization | 主办单位 | 组织单位 | 举办单位 | 开展团组织 | 团组织 || "
        "承办单位 | 开展单位 | 支部名称 | 团支部名称 | 团支部 | 支部 | 开展支部 | 所在团支部 | "
        "开展活动团支部 | 班级"
    )
    covered: Several | None = optional(
        "覆盖团组织 | organizations covered | 覆盖组织 | 参与团组织 | 参加团组织"
    )
    unit: Text | None = optional()
    attendances: Count | None = optional(
        "参与人次 | attendances | 参加人次 | 人次 | 参与人数 | 参加人数 || 实到人数 | 到会人数 | "
        "到场人数 | 学习人数 | 参学人数 | 已学人数 | 参与学习人数 | 参加学习人数 | 实学人数 | "
        "学习人次",
        example=120,
    )


def plan_activity(item: Item[ActivityLine], batch: Batch) -> RowPlan:
    """Record the activity by its name, day and organisation, and the organisations it covered.

    An activity of a branch covers the branch itself where the row says nothing; for any other
    organisation it is unknown. A row adds organisations and removes none.
    """
    line = item.line
    row_plan = RowPlan(item)
    row_plan.say_last_day(line.day)
    host = batch.organization(row_plan, line.organization, "organization", line.unit, day=line.day)
    category = ask(category_said, line, "activities", batch.policy, row_plan, unknown=NOT_YET)
    # Checked even where the host is unknown, so that a single run finds all faults of the row.
    covered: set[str] = ask(_covered, line, host, batch, row_plan, unknown=set())
    if host is None:
        return row_plan
    batch.once(row_plan, "activity", host.code, line.day, line.activity)
    values = values_of(line, Activity) | {"category": category}
    values["said"] = ask(particular, line.category, category, ACTIVITIES, unknown=NOT_YET)
    stored = batch.snapshot.by_natural_key(Activity, host.code, line.day, line.activity)
    put_activity(stored, host, values, covered, batch, row_plan)
    return row_plan


def put_activity(
    stored: Activity | None,
    host: Organization,
    values: dict[str, Any],
    covered: set[str],
    batch: Batch,
    row_plan: RowPlan,
) -> Activity:
    """Record an activity of the host, or complete the one that is stored, with the organisations
    that it covered besides those that are known."""
    if stored is None:
        activity = Activity(id=batch.snapshot.new_id(Activity), organization=host.code, **values)
    else:
        activity = settled(stored, values, batch, row_plan)
    row_plan.creates = stored is None
    row_plan.put(stored, activity)
    covered_before = {
        coverage.organization
        for coverage in batch.snapshot.by_natural_prefix(Coverage, activity.id)
    }
    for code in sorted(covered - covered_before):
        row_plan.put(None, Coverage(batch.snapshot.new_id(Coverage), activity.id, code))
    return activity


def covered_by_itself(host: Organization | None) -> set[str]:
    """The code of a branch, which its own activity covers; of a committee it is unknown."""
    return {host.code} if host is not None and host.type in BRANCH_TYPES else set()


def category_said(line: Any, section: CategorySection, policy: Policy, row_plan: RowPlan) -> Any:
    """The category that the words of a row count for; unknown where that section of the policy has
    none for them."""
    words = line.category
    if (category := policy.category_of(words, section)) is None:
        near = policy.near_categories(words, section)
        facts = {"category": words, "near": near, "section": section}
        row_plan.fault("category-unknown", "category", **facts)
    return category or NOT_YET


def particular(words: str, category: str, lists: Mapping[str, Sequence[str]]) -> str | None:
    """What the words say beyond their category; None for the name of the category or its code,
    which are written where nothing else is known."""
    called = (category, *lists[category][:1])
    return None if fold_name(words) in map(fold_name, called) else words


E = TypeVar("E", Activity, Training)


def settled(stored: E, values: dict[str, Any], batch: Batch, row_plan: RowPlan) -> E:
    """The stored activity or training, completed. Words of the same category are compared as they
    are written; where the category itself differs, only that is reported."""
    category, said = values.get("category", stored.category), values.pop("said", None)
    is_other = is_known(category) and category != stored.category
    if said is not None and not is_other:
        values["said"] = said
    after = batch.settle(row_plan, stored, values)
    is_taken = is_other and after.category == category
    return replace(after, said=said) if is_taken else after


def _covered(
    line: ActivityLine, host: Organization | None, batch: Batch, row_plan: RowPlan
) -> set[str]:
    """The codes of the organisations that were covered, each with all below it."""
    if not line.covered:
        return covered_by_itself(host)
    codes = set()
    for name in line.covered:
        if name == EVERYWHERE:
            if host is not None:
                # The whole county is the top of the host's tree.
                *_, top = batch.snapshot.upward(host.code)
                codes.add(top.code)
        elif (covered := batch.organization(row_plan, name, "covered", day=line.day)) is not None:
            codes.add(covered.code)
    return codes


def activity_lines(snapshot: Snapshot) -> Iterator[tuple[str, ActivityLine]]:
    """The rows for every activity, with the organisations that it covered."""
    for activity in snapshot.all(Activity):
        coverage = snapshot.by_natural_prefix(Coverage, activity.id)
        covered = tuple(_listed(covered.organization, snapshot) for covered in coverage) or None
        values = line_values(ActivityLine, activity, snapshot) | {
            "covered": covered, "category": activity.said or activity.category
        }  # fmt: skip
        yield activity.organization, ActivityLine.model_construct(**values)


def _listed(code: str, snapshot: Snapshot) -> str:
    """An organisation as it is named in a list of several: by its code where its name would be read
    as two."""
    name = snapshot.reference(code)
    return name if is_single_name(name) else code


def _keys(block: Block[ActivityLine], keys: Keys) -> None:
    touch_organizations(block, keys)
    for covered in block.column("covered"):
        touch_named({*(covered or ())} - {EVERYWHERE}, block.rows.day, keys)


KIND = Kind(
    ActivityLine,
    plan_activity,
    activity_lines,
    {Activity: Lifetime("day"), Coverage: ALWAYS},
    _keys,
    whole=(Activity, Coverage),
)
