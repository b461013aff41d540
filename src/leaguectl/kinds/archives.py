"""Archives (团员档案): a row is a checklist of a member's file: which of its papers are there."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.kinds.cells import IdNumber, Name, Text
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.kind import ALWAYS, Kind, person_values, touch_organizations_and_people
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.members import MEMBERSHIP
from leaguectl.kinds.papers import MARKS
from leaguectl.kinds.person_records import home_said, member_meant
from leaguectl.model import Membership, PaperState, Person, Snapshot, is_known

OnFile = Annotated[str, BeforeValidator(Choice(MARKS))]


class ArchiveLine(Line):
    """Which papers of a member's file are there."""

    kind = "archives"
    keys: ClassVar = frozenset({"name", "id_number"})
    requires_any: ClassVar = frozenset({"application_paper", "training_paper", "register_paper"})
    name: Name = required("姓名 | name | 团员姓名")
    id_number: IdNumber | None = optional()
    organization: Text | None = optional()
    unit: Text | None = optional()
    application_paper: OnFile | None = optional(
        "入团申请书 | application on file | 申请书 | 是否有入团申请书"
    )
    training_paper: OnFile | None = optional(
        "入团积极分子培养考察登记表 | training record on file | 培养考察登记表 | 考察登记表 | "
        "考察表 | 积极分子培养考察表 | 入团积极分子培养考察表 | 积极分子考察表"
    )
    form_paper: OnFile | None = optional(
        "入团志愿书 | form on file | 志愿书 | 是否有入团志愿书 | 入团志愿书在档"
    )
    register_paper: OnFile | None = optional(
        "团员登记表 | registration form on file | 登记表 | 共青团员登记表"
    )
    certificate_paper: OnFile | None = optional(
        "团员证 | certificate on file | 是否有团员证 | 团员证发放情况"
    )


PAPERS = {
    "application_paper": "application",
    "training_paper": "training record",
    "form_paper": "form",
    "register_paper": "registration form",
    "certificate_paper": "certificate",
}
"""The paper that each column stands for."""

_WITHOUT_SERIAL = frozenset({"application", "training record", "registration form"})
"""Papers that are only ticked off; form and certificate are recorded by their serials."""


def plan_archive(item: Item[ArchiveLine], batch: Batch) -> RowPlan:
    """Record what is known of each paper; a later list says what is there now."""
    line = item.line
    row_plan = RowPlan(item)
    home = home_said(line, batch, row_plan)
    person = member_meant(line, home, batch, row_plan)
    if person is None:
        return row_plan
    batch.once(row_plan, "name", person)
    for column, paper in PAPERS.items():
        state = getattr(line, column)
        if is_known(state) and not _goes_by_serial(person, paper, column, state, batch, row_plan):
            _put(person, paper, column, state, batch, row_plan)
    return row_plan


def _goes_by_serial(
    person: int, paper: str, column: str, state: str, batch: Batch, row_plan: RowPlan
) -> bool:
    """Whether the registry has the paper by its serial, or the form by the number that it bears;
    a list that says otherwise contradicts it."""
    snapshot = batch.snapshot
    held = {"form": snapshot.form_of, "certificate": snapshot.certificate_of}.get(paper)
    serial = held(person) if held else None
    if serial is not None and state != "on hand":
        row_plan.fault("paper-has-serial", column, serial=serial, state=state)
    bears_number = paper == "form" and snapshot.number_of(person) is not None
    return serial is not None or (bears_number and state in ("on hand", "absent"))


def _put(person: int, paper: str, column: str, state: str, batch: Batch, row_plan: RowPlan) -> None:
    stored = batch.snapshot.paper_state_of(person, paper)
    if stored is None:
        row_plan.creates = True
        row_plan.put(None, PaperState(batch.snapshot.new_id(PaperState), person, paper, state))
    elif stored.state == state or batch.gives_way(row_plan, stored, "state", column, state):
        row_plan.put(stored, stored)
    else:
        row_plan.put(stored, replace(stored, state=state, day=None))


def archive_lines(snapshot: Snapshot) -> Iterator[tuple[str | None, ArchiveLine]]:
    """The rows for every file that has more than form and certificate."""
    files: dict[int, dict[str, str]] = {}
    for known in snapshot.all(PaperState):
        files.setdefault(known.person, {})[known.paper] = known.state
    for person, states in files.items():
        if _WITHOUT_SERIAL.isdisjoint(states):
            continue  # a roster contains all of it
        membership = snapshot.membership(person)
        home = membership.organization if membership else None
        values = person_values(ArchiveLine, snapshot.persons[person], snapshot)
        values["organization"] = snapshot.reference(home) if home else None
        values |= {column: states.get(paper) for column, paper in PAPERS.items()}
        yield home, ArchiveLine.model_construct(**values)


KIND = Kind(
    ArchiveLine,
    plan_archive,
    archive_lines,
    {Person: ALWAYS, Membership: MEMBERSHIP, PaperState: ALWAYS},
    touch_organizations_and_people,
)
