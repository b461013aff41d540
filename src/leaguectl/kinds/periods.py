"""Earlier values (历史取值): a row is the value that something had until a day, before its present
one.

Other sheets say the value of today; those of earlier days go from one registry to another by this
sheet alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from leaguectl.findings import Private
from leaguectl.kinds import cells
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cadres import CadreLine
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.kind import ALWAYS, Kind, Lifetime, touch_organizations
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.members import MEMBERSHIP
from leaguectl.kinds.organizations import OrganizationLine
from leaguectl.kinds.papers import MARKS
from leaguectl.kinds.parsing import cell_type
from leaguectl.model import (
    DECLARATIONS,
    Certificate,
    Entity,
    Form,
    FormerValue,
    Keys,
    Membership,
    Number,
    Organization,
    PaperState,
    Person,
    Post,
    Snapshot,
    ask,
    key_of,
)
from leaguectl.model.entities import NAMED
from leaguectl.model.former import NOT_KNOWN, record_of, values_held

NOUNS = {
    "organization": ("团组织",),
    "person": ("团员",),
    "post": ("团干部任职",),
    "number": ("编号",),
    "form": ("志愿书",),
    "certificate": ("团员证",),
    "paperstate": ("档案材料",),
}
FIELDS = {
    "type": ("组织类型",),
    "domain": ("领域",),
    "sector": ("行业类别",),
    "secretary_seats": ("书记应配",),
    "committee_seats": ("班子应配",),
    "graduates": ("毕业年份",),
    "politics": ("政治面貌",),
    "duty": ("是否在岗",),
    "state": ("状态",),
}
_PAPERS = Choice({
    "application": ("入团申请书",),
    "training record": ("培养考察登记表",),
    "form": ("入团志愿书",),
    "registration form": ("团员登记表",),
    "certificate": ("团员证",),
})  # fmt: skip
_WORDS: Mapping[str, Any] = {
    "type": cell_type(OrganizationLine.model_fields["type"]),
    "domain": cell_type(OrganizationLine.model_fields["domain"]),
    "sector": cell_type(OrganizationLine.model_fields["sector"]),
    "duty": cell_type(CadreLine.model_fields["duty"]),
    "state": Choice({
        **MARKS, NOT_KNOWN: ("未登记",), "valid": ("有效",), "void": ("作废",),
        "replaced": ("已换发",), "recalled": ("已收回",),
    }),
}  # fmt: skip
"""The words of the values of a field; others are as they stand."""


_HELD = frozenset({"valid", NOT_KNOWN})
"""What the state of a form was that is void since, or before it was known."""


class PeriodLine(Line):
    """A value that something had, and until when."""

    kind = "periods"
    keys: ClassVar = frozenset({"value_of", "value_field", "held_until"})
    value_of: Annotated[str, BeforeValidator(Choice(NOUNS))] = required("取值对象 | value of")
    value_field: Annotated[str, BeforeValidator(Choice(FIELDS))] = required("取值项目 | field")
    earlier_value: cells.Text = required("原取值 | earlier value", example="农村")
    held_until: cells.ExactDay = required("取值截止 | held until", example=date(2023, 9, 1))
    organization: cells.Text | None = optional()
    name: cells.Name | None = optional("姓名 | name")
    id_number: cells.IdNumber | None = optional()
    post: cells.Text | None = optional("团内职务 | post", example=None)
    since: cells.ExactDay | None = optional("任职时间 | from", example=None)
    voucher: cells.Text | None = optional("凭证编号 | paper", example=None)


def plan_period(item: Item[PeriodLine], batch: Batch) -> RowPlan:
    """Keep the value, or find it kept."""
    line = item.line
    row_plan = RowPlan(item)
    record = ask(_meant, line, batch, row_plan, unknown=None)
    value = ask(_code, line, row_plan, unknown=None)
    if row_plan.is_refused or value is None:
        return row_plan
    if record is None and (record := _void_form(line, value, batch)) is not None:
        row_plan.put(None, record)
    if record is None or not _has(record, line.value_field):
        facts = {"value": line.value_of, "field": line.value_field}
        row_plan.fault("period-nothing", "value_of", **facts)
        return row_plan
    named = (line.value_of, str(key_of(record)), line.value_field, line.held_until)
    batch.once(row_plan, "held_until", *named)
    there = batch.snapshot.by(FormerValue, ("noun", "key", "field", "until"), named)
    stored = next(values_held(there), None)
    row_plan.creates = stored is None
    if stored is not None:
        if stored.value != value:
            batch.differs(row_plan, "earlier_value", stored.value, value)
        row_plan.put(stored, replace(stored, value=value))
    else:
        noun, key, field, until = named
        new_id = batch.snapshot.new_id(FormerValue)
        row_plan.put(None, FormerValue(new_id, noun, key, field, value, until))
    return row_plan


def _void_form(line: PeriodLine, value: str, batch: Batch) -> Entity | None:
    """A form that was somebody's valid one until that day: no other sheet has those that are void
    since, by a merge of two records or another admission."""
    person = batch.snapshot.person(line.id_number) if line.id_number else None
    was_valid = (line.value_of, line.value_field) == ("form", "state") and value in _HELD
    if person is None or line.voucher is None or not was_valid:
        return None
    return Form(line.voucher, person.id, "void")


def _has(record: Entity, field: str) -> bool:
    """Whether earlier values of that field are kept; of a number, since when it was known."""
    return field in DECLARATIONS[type(record)].dated or (
        isinstance(record, Number) and field == "state"
    )


def _code(line: PeriodLine, row_plan: RowPlan) -> str | None:
    """The value as it is stored."""
    words = _WORDS.get(line.value_field)
    try:
        return words(line.earlier_value) if words else line.earlier_value
    except PydanticCustomError as error:
        row_plan.fault(error.type, "earlier_value", **(error.context or {}))
        return None


def _meant(line: PeriodLine, batch: Batch, row_plan: RowPlan) -> Entity | None:
    """The record that had the value."""
    snapshot = batch.snapshot
    if line.value_of in ("number", "form", "certificate"):
        return snapshot.find(NAMED[line.value_of], line.voucher)
    if line.value_of in ("organization", "post"):
        if line.organization is None:
            return None
        home = batch.organization(row_plan, line.organization, "organization")
        if home is None or line.value_of == "organization":
            return home
        return snapshot.by_natural_key(Post, home.code, line.post, line.name, line.since)
    person = snapshot.person(line.id_number) if line.id_number else None
    if person is None or line.value_of == "person":
        return person
    papers = {word: paper for paper, word in _PAPERS.words.items()}
    return snapshot.paper_state_of(person.id, papers.get(line.voucher or "", ""))


def period_lines(snapshot: Snapshot) -> Iterator[tuple[str | None, PeriodLine]]:
    """The rows for every earlier value of something that is there."""
    for former in values_held(snapshot.all(FormerValue)):
        record = record_of(former, snapshot)
        if record is None:
            continue
        words = _WORDS.get(former.field)
        home, values = _named(record, snapshot)
        yield (
            home,
            PeriodLine.model_construct(
                value_of=former.noun,
                value_field=former.field,
                earlier_value=words.shown(former.value) if words else former.value,
                held_until=former.until,
                **values,
            ),
        )


def _named(record: Any, snapshot: Snapshot) -> tuple[str | None, dict[str, Any]]:
    """The organisation of a record, and the cells by which a row names the record."""
    if isinstance(record, Organization | Post):
        code = record.code if isinstance(record, Organization) else record.organization
        said = {} if isinstance(record, Organization) else {"post": record.said}
        of_post = {name: getattr(record, name) for name in ("name", "since") if said}
        return code, {"organization": snapshot.reference(code), **said, **of_post}
    person = record if isinstance(record, Person) else snapshot.persons.get(record.person)
    values: dict[str, Any] = {}
    if isinstance(record, PaperState):
        values["voucher"] = _PAPERS.shown(record.paper)
    elif not isinstance(record, Person):
        values["voucher"] = key_of(record)
    if person is None:
        return None, values
    membership = snapshot.membership(person.id)
    values |= {"name": person.written or person.name, "id_number": Private(person.id_number)}
    return membership.organization if membership else None, values


def _keys(block: Block[PeriodLine], keys: Keys) -> None:
    touch_organizations(block, keys)
    keys.id_numbers.update(number for number in block.column("id_number") if number)
    serials = {serial for serial in block.column("voucher") if serial}
    keys.numbers |= serials
    keys.forms |= serials
    keys.certificates |= serials


KIND = Kind(
    PeriodLine,
    plan_period,
    period_lines,
    {
        Person: ALWAYS,
        Membership: MEMBERSHIP,
        Post: ALWAYS,
        Number: ALWAYS,
        Form: ALWAYS,
        Certificate: ALWAYS,
        PaperState: ALWAYS,
        FormerValue: Lifetime("until"),
    },
    _keys,
    whole=(Post, FormerValue),
    is_carried=True,
)
