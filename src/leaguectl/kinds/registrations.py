"""Registrations: a row is a member's yearly registration (年度团籍注册), with the grade of the
assessment (教育评议)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import AnyDay, IdNumber, Name, Text, Year
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.kind import (
    ALWAYS,
    Kind,
    Lifetime,
    touch_organizations_and_people,
    values_of,
)
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.members import MEMBERSHIP
from leaguectl.kinds.person_records import (
    home_said,
    member_meant,
    put_record,
    record_lines,
    refuse_former,
)
from leaguectl.kinds.reviews import Grade
from leaguectl.kinds.row_plans import known_of
from leaguectl.model import Keys, Membership, Person, Registration, Snapshot, if_known, is_known

REGISTERED = {
    "yes": ("是", "已注册", "注册", "准予注册", "予以注册", "√"),
    "no": (
        "否",
        "未注册",
        "不予注册",
        "暂缓注册",
        "缓注册",
        "×",
        "缓期注册",
        "缓期",
        "暂缓",
        "不注册",
    ),
}

IsRegistered = Annotated[str, BeforeValidator(Choice(REGISTERED))]


class RegistrationLine(Line):
    """A member's registration for a year."""

    kind = "registrations"
    keys: ClassVar = frozenset({"name", "id_number"})
    requires_any: ClassVar = frozenset({"is_registered", "registered"})
    name: Name = required("姓名 | name | 团员姓名")
    id_number: IdNumber | None = optional()
    organization: Text | None = optional()
    unit: Text | None = optional()
    year: Year = required("年度 | year | 年份 | 注册年度")
    grade: Grade | None = optional(
        "评议等次 | grade | 教育评议等次 | 团员评议等次 | 民主评议等次 | 评议结果 | 等次 | "
        "评议等级 | 教育评议结果 || 支部评议等次 | 支部评议结果 | 组织评议等次 | 评定等次 | "
        "最终等次"
    )
    is_registered: IsRegistered | None = optional(
        "是否注册 | is registered | 注册情况 | 注册结果 | 年度注册 | 团籍注册 | 是否已注册 || "
        "是否准予注册 | 是否予以注册 | 注册意见 | 准予注册 | 是否同意注册"
    )
    registered: AnyDay | None = optional(
        "注册日期 | registered | 注册时间 | 团籍注册时间", example=date(2024, 1, 10)
    )


def plan_registration(item: Item[RegistrationLine], batch: Batch) -> RowPlan:
    """Record the registration, or complete it.

    A sheet that says no day was written when it was done: the registration bears the day of the
    sheet, as ``member register`` takes today.
    """
    line = item.line
    row_plan = RowPlan(item)
    person = member_meant(line, home_said(line, batch, row_plan), batch, row_plan)
    if_known(_judge)(line, batch, row_plan)
    if person is None:
        return row_plan
    values = values_of(line, Registration) | {"person": person}
    stored = batch.snapshot.by_natural_key(Registration, person, line.year)
    known = stored.registered if stored else None
    if line.is_registered == "no" and stored is not None and known is not None:
        batch.differs(row_plan, "is_registered", known_of(stored, "registered"), "no")
    elif line.is_registered == "yes" and line.registered is None:
        values["registered"] = known or _day_of(row_plan, line, batch)
    if stored is None:
        said = date(line.year, 1, 1) if line.registered is None else line.registered.date
        refuse_former(person, said, "name", batch, row_plan)
    if row_plan.is_refused:
        return row_plan
    _, after = put_record(row_plan, batch, Registration, values)
    if line.is_registered == "no" and known is not None:  # a correction with its reason
        row_plan.put(after, replace(after, registered=None))
    return row_plan


def _judge(line: RegistrationLine, batch: Batch, row_plan: RowPlan) -> None:
    """What is wrong in a row by itself."""
    if line.grade is None and line.is_registered is None and line.registered is None:
        row_plan.fault("registration-empty", "grade")
    says_no = is_known(line.is_registered) and line.is_registered == "no"
    if says_no and line.registered is not None:
        row_plan.fault("registration-both", "registered", day=line.registered.known)
    if line.registered is None:
        return
    day, known = line.registered.date, line.registered.known
    batch.refuse_ahead(row_plan, day, "registered")
    if day.year < line.year:
        row_plan.fault("registered-early", "registered", day=known, year=line.year)


def _day_of(row_plan: RowPlan, line: RegistrationLine, batch: Batch) -> date | None:
    day = row_plan.row.day or batch.snapshot.today
    if day is not None and day.year < line.year:
        row_plan.fault("registered-early", "year", day=day, year=line.year)
    return day


def registration_lines(snapshot: Snapshot) -> Iterator[tuple[str | None, RegistrationLine]]:
    """What a sheet says of every registration."""
    for home, line, record in record_lines(RegistrationLine, Registration, snapshot):
        said = "yes" if record.registered else "no"
        yield home, line.model_copy(update={"is_registered": said})


def _keys(block: Block[Any], keys: Keys) -> None:
    touch_organizations_and_people(block, keys)
    keys.related |= {Registration}


KIND = Kind(
    RegistrationLine,
    plan_registration,
    registration_lines,
    {Person: ALWAYS, Membership: MEMBERSHIP, Registration: Lifetime("year", ("registered",))},
    _keys,
)
