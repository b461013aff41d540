"""What the planners of one batch share: the registry as it grows, and the rows before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from leaguectl.findings import Level, Private
from leaguectl.kinds.cells import as_written, person_name
from leaguectl.kinds.class_names import is_no_organization
from leaguectl.kinds.line import Line, shared_fields
from leaguectl.kinds.named_organizations import bearers_then, meant
from leaguectl.kinds.newcomers import new_people, single
from leaguectl.kinds.row_plans import Block as Block
from leaguectl.kinds.row_plans import Item as Item
from leaguectl.kinds.row_plans import RowPlan as RowPlan
from leaguectl.kinds.row_plans import as_precise as as_precise
from leaguectl.kinds.row_plans import completed, day_column, known_of, name_column
from leaguectl.model import (
    BRANCH_TYPES,
    DECLARATIONS,
    NOT_YET,
    Change,
    Entity,
    Organization,
    Person,
    Snapshot,
    if_known,
    is_known,
    may_lack_digits,
)
from leaguectl.model.days import Day, as_known
from leaguectl.model.former import former_values, late_value
from leaguectl.model.periods import ORGANIZATION
from leaguectl.model.rosters import FirstRosters
from leaguectl.names import fold_name
from leaguectl.rules import Policy, misnamed, new_errors, untimely
from leaguectl.workbooks.rows import Row, Rows
from leaguectl.workbooks.texts import CLEARED

E = TypeVar("E", bound=Entity)
L = TypeVar("L", bound=Line)

_TYPES_BY_ENDING = {"团工委": "work committee", "团委": "committee", "团总支": "general branch"}
"""The organisation's type by the end of its name; any other name is a branch."""


IDENTITY = frozenset({"name", "id_number"})
"""The fields that identify the person of a row; a row never changes them."""


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How the rows of a batch are planned."""

    admitting: bool = False
    """Whether an admission without a number takes one."""
    creating: bool = False
    """Whether an unknown organisation is created below the school or unit of its row."""
    setting: bool = False
    """Whether the places of a quota are its new total, rather than what a sheet reports."""
    beyond: str | None = None
    """The document that allows an admission to take a place of an organisation above, once its own
    quota is exhausted."""
    correcting: bool = False
    """Whether what a case or a sheet of the county's work said before may be changed."""
    existing: str | None = None
    """What happens to a stored value that a sheet contradicts: ``keep``, ``update``, or None: the
    later day decides."""
    rewriting: bool = False
    """Whether a roster that names another branch corrects the stored branch from its beginning,
    rather than showing a move."""
    from_outside: str | None = None
    """The place where everybody comes from who is not in the registry yet."""
    valid_only: bool = False
    """Whether rows without an error go in while others are rejected."""


NO_OPTIONS = PlanOptions()
"""Nothing else was chosen."""


@dataclass
class Batch:
    """The registry as the earlier rows left it, and where each of them stands."""

    snapshot: Snapshot
    policy: Policy
    options: PlanOptions = NO_OPTIONS
    seen: dict[tuple[str, str], dict[str, Row]] = field(default_factory=dict)
    """The place of the first row with a key, by kind and column."""
    first_rows: dict[str, tuple[Any, Row]] = field(default_factory=dict)
    """The first row about somebody, by ID number, where several may complete one another."""
    foreign: set[tuple[str, str, int | None]] = field(default_factory=set)
    """Tables that are not of the kind whose headings they have."""
    ended: set[tuple[str, str]] = field(default_factory=set)
    """The posts that some row says somebody has left, with the folded name."""
    rejected: set[str] = field(default_factory=set)
    not_admitted: set[int] = field(default_factory=set)
    """People whose admission was rejected."""
    named: list[Change] | None = None
    """Changes of organisations while their history is still to come in the batch: which names they
    bore together can be judged only then. None: the history is known."""
    rosters: FirstRosters = field(init=False)
    """From which day on the registry knows the members of each organisation."""

    def __post_init__(self) -> None:
        self.rosters = self.snapshot.rosters

    def day_of(self, row: Row | Rows) -> date | None:
        """The day that a row describes; None where neither the row nor the user gives one."""
        return row.day or self.snapshot.today

    def roster_day(self, row: Row | Rows) -> date | None:
        """The day on which a row shows somebody as a member. A sheet that says which rosters were
        the first comes from another registry, and is no roster of its day."""
        return None if "seen" in row.columns else self.day_of(row)

    @if_known
    def reject(self, item: Item[Any]) -> None:
        """Remember the organisation or the candidate of a rejected row, so that findings of rows
        that depend on it can say so."""
        if item.line.kind == "organizations":
            self.rejected.add(fold_name(getattr(item.line, "name", "")))
        elif item.line.kind == "admissions":
            person = self.snapshot.person(getattr(item.line, "id_number", ""))
            self.not_admitted |= {person.id} if person is not None else set()

    def judge(self, row_plan: RowPlan) -> bool:
        """Whether the changes of the row, which the snapshot has already, break a rule of one
        person or of one record; each breach is a fault of the row."""
        self._judge_records(row_plan)
        people = set(map(person_of, filter(_is_more_than_a_correction, row_plan.changes))) - {0}
        concerned = row_plan.concerned
        if not people and not concerned:
            return row_plan.is_refused
        faults = new_errors(
            self.snapshot, self.policy, row_plan.changes, people | concerned, cases=bool(concerned)
        )
        column = "id_number" if getattr(row_plan.item.line, "id_number", None) else "name"
        for finding in faults:
            row_plan.fault(finding.code, column, **finding.facts)
        return row_plan.is_refused

    def _judge_records(self, row_plan: RowPlan) -> None:
        """Judge the records of the row by themselves, in the cell that says the day."""
        for change in row_plan.changes:
            for finding in untimely(self.snapshot, self.policy, [change]):
                column = day_column(type(row_plan.item.line), change, finding.code)
                row_plan.fault(finding.code, column, finding.level, **finding.facts)
        if self.named is not None:
            self.named += row_plan.changes
            return
        for finding in misnamed(self.snapshot, self.policy, row_plan.changes):
            column = name_column(row_plan.changes)
            row_plan.fault(finding.code, column, finding.level, **finding.facts)

    @if_known
    def once(self, row_plan: RowPlan, column: str, *key: Any) -> None:
        """Check that a key occurs once in a sheet; a second row with it is a fault that names the
        first."""
        seen = self.seen.setdefault((row_plan.item.line.kind, column), {})
        place = seen.setdefault("/".join(map(str, key)), row_plan.place)
        if place != row_plan.place:
            first = place.where(column)
            facts = {"file": first.file, "sheet": first.sheet, "row": first.row}
            row_plan.fault("row-repeated", column, **facts, cell=first.cell)

    @if_known
    def once_or_completed(self, row_plan: RowPlan, key: str, column: str) -> None:
        """As :meth:`once`, but a second row may fill in what the first leaves blank; where the two
        differ, the finding shows both cells."""
        line = row_plan.item.line
        first, place = self.first_rows.setdefault(key, (line, row_plan.place))
        if first is line:
            return
        pairs = {
            name: (getattr(first, name), said)
            for name in type(line).model_fields
            if is_known(said := getattr(line, name)) and getattr(first, name) is not NOT_YET
        }
        known = place.where(column)
        facts = {"file": known.file, "sheet": known.sheet, "row": known.row, "cell": known.cell}
        differing = [name for name, (before, said) in pairs.items() if before not in (None, said)]
        if not differing and any(before is None for before, _ in pairs.values()):
            row_plan.fault("row-completes", column, Level.WARNING, **facts)
            return
        row_plan.fault("row-repeated", column, **facts)
        for name in differing:
            before = pairs[name][0]
            before = before.known if isinstance(before, Day) else before
            there = {"field": name, "first": before, "cell": place.where(name).cell or known.row}
            row_plan.fault("rows-differ", name, **there)

    @if_known
    def organization(
        self,
        row_plan: RowPlan,
        text: str,
        column: str,
        unit: str | None = None,
        *,
        homes: Sequence[str] = (),
        day: date | None = None,
    ) -> Organization | None:
        """The one organisation that ``text`` means; a fault where there is none, or several.

        ``unit`` is the school or unit in a column of the same row: it decides where several have a
        class of that name. Where a name was passed on from one organisation to another, the bearer
        that is among the ``homes`` of the record is meant (the likeliest first), else the bearer on
        the ``day`` of the row; if there were several that day, they are candidates.
        """
        said = (text, unit, row_plan.row.day)
        candidates = meant(self.snapshot, *said)
        then = bearers_then(self.snapshot, candidates, said, homes, day)
        is_other = len(then) == 1 and candidates and then[0] not in candidates
        if is_other and then[0].dissolved is None:
            row_plan.fault("organization-renamed", column, Level.WARNING, known=then[0].name)
        candidates = then or candidates
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            paths = [self.path(organization) for organization in candidates]
            row_plan.fault("organization-ambiguous", column, name=text, candidates=paths)
        # The row that would have created it has a fault of its own; a hundred members need no
        # further finding.
        elif fold_name(text) in self.rejected:
            row_plan.fault("organization-rejected", column, name=text)
        elif self.options.creating and (made := self._made(row_plan, text, unit)) is not None:
            return made
        else:
            facts: dict[str, Any] = {"unit": unit} if unit else {}
            facts |= {"creating": True} if self.options.creating else {}
            row_plan.fault("organization-unknown", column, name=text, **facts)
        return None

    def homes_of(self, id_number: str | None) -> list[str]:
        """The organisations to which a person belongs or belonged, the latest first."""
        person = self.snapshot.person(id_number) if is_known(id_number) else None
        memberships = self.snapshot.memberships_of(person.id) if person else ()
        return [membership.organization for membership in reversed(memberships)]

    def _made(self, row_plan: RowPlan, text: str, unit: str | None) -> Organization | None:
        """A new organisation below the unit of its row, or below the path before its last ``/``;
        None where that does not name exactly one organisation."""
        above, _, name = text.rpartition("/")
        if is_no_organization(name):
            return None
        parents = self.snapshot.named(above or unit or "")
        if len(parents) != 1 or parents[0].type in BRANCH_TYPES:
            return None
        (parent,) = parents
        kind = next(
            (kind for ending, kind in _TYPES_BY_ENDING.items() if name.endswith(ending)), "branch"
        )
        code = new_code(self.snapshot)
        made = Organization(code, name, kind, parent.code, parent.domain, parent.sector)
        row_plan.put(None, made)
        row_plan.fault(
            "organization-made", "organization", Level.WARNING, name=name, parent=parent.name
        )
        return made

    def name(self, code: str) -> str:
        """An organisation's name by its code."""
        organization = self.snapshot.organizations.get(code)
        return organization.name if organization else code

    def path(self, organization: Organization) -> str:
        """An organisation as a user can name it without doubt: ``CODE (above/full name)``."""
        names = [above.name for above in self.snapshot.upward(organization.code)][:2]
        return f"{organization.code} ({'/'.join(reversed(names))})"

    def person(self, row_plan: RowPlan, line: Any) -> tuple[Person | None, Person]:
        """The stored person of a line and what the line makes of it; the ID number decides.

        The same ID number under another name is a contradiction, never a change of name. Where the
        number cannot be read, neither the person nor what is stored about them is known.
        """
        person_fields = shared_fields(type(line), Person)
        if line.id_number is NOT_YET:
            said = {name: getattr(line, column) for column, name in person_fields}
            return None, Person(NOT_YET, **said)
        stored = self.snapshot.person(line.id_number)
        if stored is None:
            facts = {name: [getattr(line, column)] for column, name in person_fields}
            written = row_plan.row.cells.get("name")
            facts["written"] = [(is_known(line.name) and as_written(written, line.name)) or None]
            new: Person = single(new_people(facts, [self.snapshot.new_id(Person)]))
            if may_lack_digits(new.id_number):
                facts_of_number = {"id_number": Private(new.id_number)}
                row_plan.fault("id-digits-lost", "id_number", Level.WARNING, **facts_of_number)
            self._doubt(row_plan, new)
            row_plan.cleared.update(column for column, _ in person_fields)  # there is nothing yet
            return None, new
        if self._is_named(row_plan, line, stored) is False:
            known_as = self.snapshot.known_as(stored.id)
            row_plan.fault("id-other-name", "name", name=line.name, known=known_as)
        self._doubt(row_plan, stored)
        # Name and ID number stay as stored; other fields of the row count where they are newer.
        newer: dict[str, Any] = {}
        for column, name in person_fields:
            value = getattr(line, column)
            if value is NOT_YET:
                newer[name] = value
                continue
            says = name not in IDENTITY and (value or self.clears(row_plan, column))
            if says and not self.gives_way(row_plan, stored, name, column, value):
                newer[name] = value
        return stored, replace(stored, **newer)

    def clears(self, row_plan: RowPlan, column: str) -> bool:
        """Whether a cell clears the stored value (清空); without a reason that is a fault."""
        if row_plan.row.cells.get(column) != CLEARED:
            return False
        row_plan.cleared.add(column)
        if not self.options.correcting:
            row_plan.fault("clear-needs-reason", column)
        return self.options.correcting

    def gives_way(
        self, row_plan: RowPlan, stored: Entity, name: str, column: str, value: Any
    ) -> bool:
        """Whether a sheet that contradicts the registry is older than the stored value, or must not
        change it. Then a finding names both sources, and the stored value stays."""
        known = getattr(stored, name)
        if known == value or self.options.existing == "update":
            return False
        row, facts = row_plan.row, self.snapshot.facts
        said = facts.standing(stored, name, row.day, is_dated=row.is_dated) if facts else None
        if said is None and (self.options.existing is None or known is None):
            return False
        is_private = DECLARATIONS[type(stored)].fields[name].spec.private
        message_facts: dict[str, Any] = {"cleared": True} if known is None else {}
        message_facts |= {
            "known": Private(known) if is_private and known is not None else known or ""
        }
        message_facts |= {"said": Private(value) if is_private and value else value or CLEARED}
        if said is None:
            row_plan.fault("stored-kept", column, Level.WARNING, field=column, **message_facts)
        else:
            source = said.place or ""
            message_facts |= {"since": said.day, "operation": said.operation, "day": row.day}
            message_facts |= {"source": source} if source else {"by_hand": True}
            day = row.day if row.is_dated else None
            if earlier := late_value(stored, name, value, day, said.earliest, self.snapshot):
                row_plan.put(None, earlier)
                message_facts |= {"until": earlier.until} if source else {}
            row_plan.fault("sheet-older", column, Level.WARNING, field=column, **message_facts)
        return True

    @if_known
    def _is_named(self, row_plan: RowPlan, line: Any, stored: Person) -> bool:
        """Whether the line names the person as the registry does, or did before a correction: last
        month's roster may be imported again without the correction, and must not create a second
        person."""
        if stored.id_number != line.id_number:
            known_as, right = self.snapshot.known_as(stored.id), Private(stored.id_number)
            row_plan.fault("id-merged", "id_number", Level.WARNING, known=known_as, right=right)
        if stored.name == line.name:
            return True  # also where it stands for an erased one
        name = fold_name(person_name(line.name))
        if fold_name(stored.name) == name:
            return True
        if name not in self.snapshot.former_names(stored.id):
            return False
        # A wrong number is a finding above already, which shows the right name.
        if stored.id_number == line.id_number:
            row_plan.fault("name-former", "name", Level.WARNING, said=line.name, known=stored.name)
        return True

    @if_known
    def _doubt(self, row_plan: RowPlan, person: Person) -> None:
        """Warn that somebody with the same name and birth date has another number: either may be
        wrong."""
        if not (alike := self.snapshot.namesakes(person)):
            return
        # One finding, however many namesakes there are.
        known_as, other = self.snapshot.known_as(alike[0].id), Private(alike[0].id_number)
        facts = {"name": person.name, "known": known_as, "other": other}
        more = {"others": len(alike) - 1} if len(alike) > 1 else {}
        row_plan.fault("person-alike", "id_number", Level.WARNING, **facts, **more)

    def settle(self, row_plan: RowPlan, stored: E, values: Mapping[str, Any]) -> E:
        """The stored record, completed by a row. A blank cell says nothing; a cell that contradicts
        the record is a fault, or a correction where there is a reason for one."""
        line = row_plan.item.line
        stored, values, precisions = completed(stored, values)
        shared = {name: column for column, name in shared_fields(type(line), type(stored))}
        columns = {name: name for name in values} | shared  # what follows from a column of its name
        added: dict[str, Any] = {}
        for name, value in values.items():
            before = getattr(stored, name)
            if value is NOT_YET:
                added[name] = value
            if not is_known(value) or value == before:
                continue
            if self.gives_way(row_plan, stored, name, columns[name], value):
                continue
            if before is not None and self.has_changed(row_plan, stored, name):
                facts = {"known": before, "said": value, "day": self.day_of(row_plan.row)}
                row_plan.fault("value-changed", columns[name], Level.WARNING, **facts)
            elif before is not None:
                exactly = next(iter(precisions.get(name, {}).values()), "day")
                said = value if exactly == "day" else as_known(value, exactly)
                self.differs(row_plan, columns[name], known_of(stored, name), said)
            added[name] = value
        for name, column in shared.items():
            may_be_blank = DECLARATIONS[type(stored)].fields[name].optional
            if may_be_blank and getattr(stored, name) is not None and self.clears(row_plan, column):
                added[name] = None
        for name in [*added]:
            added |= precisions.get(name, {})
        return replace(stored, **added)

    def has_changed(self, row_plan: RowPlan, stored: Entity, name: str) -> bool:
        """Whether a cell that differs from the registry shows a change by the day of its sheet,
        rather than a contradiction. A sheet without a reason never changes what an organisation
        is."""
        if self.options.rewriting or (
            isinstance(stored, Organization) and not self.options.correcting
        ):
            return False
        is_dated = DECLARATIONS[type(stored)].fields[name].spec.dated
        return is_dated and self.day_of(row_plan.row) is not None

    def former_values(self, row_plan: RowPlan) -> Iterator[Change]:
        """The values that dated fields had until the day of the row."""
        day = self.day_of(row_plan.row)
        if day is not None and not self.options.rewriting:
            yield from former_values(row_plan.changes, day, self.snapshot)

    def differs(self, row_plan: RowPlan, column: str, stored: Any, cell: Any) -> None:
        """Report that a cell contradicts the registry; it is accepted as a correction only where
        the batch has a reason."""
        if self.options.correcting:
            facts = {"known": stored, "said": cell, "corrected": True}
            row_plan.fault("stored-differs", column, Level.WARNING, **facts)
        else:
            row_plan.fault("stored-differs", column, known=stored, said=cell)

    @if_known
    def refuse_dissolved(
        self, row_plan: RowPlan, organization: Organization, day: date, column: str
    ) -> None:
        """Refuse anything that an organisation is said to have done on or after the day of its
        dissolution."""
        if ORGANIZATION.of(organization).is_over(day):
            row_plan.refuse_home(organization, column)

    @if_known
    def refuse_ahead(self, row_plan: RowPlan, day: date, column: str) -> None:
        """Refuse the day of something that has happened where it is still to come."""
        today = self.snapshot.today
        if today is not None and day > today:
            row_plan.fault("day-ahead", column, day=day, today=today)

    @if_known
    def refuse_after_sheet(self, row_plan: RowPlan, day: date | None, column: str) -> None:
        """Refuse the day of a roster that is later than the sheet which says it."""
        of_sheet = self.day_of(row_plan.row)
        if day is not None and of_sheet is not None and day > of_sheet:
            row_plan.fault("day-after-sheet", column, said=day, day=of_sheet)


def person_of(change: Change) -> int:
    """The person that a change is about; 0 where it is about nobody."""
    record: Any = change.after if change.after is not None else change.before
    return record.id if isinstance(record, Person) else getattr(record, "person", None) or 0


def _is_more_than_a_correction(change: Change) -> bool:
    # A phone number or the spelling of a name breaks no rule, and a roster has thousands of them.
    return not isinstance(change.before, Person)


def new_code(snapshot: Snapshot) -> str:
    """A code for an organisation that was given without one."""
    while True:
        code = f"O{snapshot.new_id(Organization):05d}"
        if code not in snapshot.organizations:
            return code
