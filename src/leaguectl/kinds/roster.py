"""Which rows of a roster are unremarkable, so that they can be planned together.

Most rows are about newcomers, people the registry does not know, or repeat what is known about a
member. This module only decides which rows those are: the records of a newcomer's row are made by
:mod:`leaguectl.kinds.newcomers`, as for every row, and any other row is planned by itself. Planning
each of 100,000 rows by itself takes 1.6 times as long.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any

from leaguectl.findings import Finding, Level
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan, as_precise
from leaguectl.kinds.named_organizations import bearers_before, meant
from leaguectl.kinds.newcomers import facts_of, new_memberships, new_people, stored_fields
from leaguectl.kinds.papers import (
    PAPERS,
    STATES,
    certificate_serial,
    form_serial,
    new_papers,
    stored_papers,
    stored_states,
)
from leaguectl.kinds.parsing import Columns, masked
from leaguectl.kinds.steps import Mention, Outcome, Part, Step, plan_item
from leaguectl.kinds.unnamed import named_in, unnamed
from leaguectl.model import (
    DECLARATIONS,
    IN_ERROR,
    Change,
    Membership,
    NewRows,
    Person,
    RuleSubject,
    Snapshot,
    Transfer,
    born_by,
    may_lack_digits,
    sex_by,
)
from leaguectl.rules import ENTRY, BatchJudge
from leaguectl.rules.batch_judge import inputs_of
from leaguectl.rules.membership_terms import AgeTerms, is_in_party
from leaguectl.workbooks.texts import CLEARED

Planner = Callable[[Item[Any], Batch], RowPlan]


def plan_roster(
    items: list[Item[Any] | Block[Any]], batch: Batch, plan: Planner, *, followed: bool
) -> Iterator[Step | Part]:
    """Plan rows of members; ``plan`` plans those that are remarkable."""
    repeated, named = _repeated(items), named_in(items, batch)
    judge = BatchJudge(ENTRY, batch.snapshot, batch.policy)
    items.reverse()
    while items:
        item = items.pop()
        if not isinstance(item, Block):
            yield plan_item(plan, item, batch)
            continue
        part = _plan_block(item, batch, plan, repeated, judge)
        if followed:
            part = replace(part, expanded=[*chain.from_iterable(part.new_rows)])
            for change in part.expanded:
                batch.snapshot.apply(change)
        yield part
    yield from unnamed(named, batch)


@dataclass(frozen=True)
class Roster:
    """The steps of a block, by the indexes of its rows: ``new_rows`` holds the records of the
    ``newcomers``, ``remarkable`` the steps of rows that were planned one by one; the other rows
    leave the people in ``unchanged`` as they are."""

    block: Block[Any]
    newcomers: Sequence[int]
    new_rows: tuple[NewRows, ...]
    remarkable: Mapping[int, Step]
    unchanged: Mapping[int, int]
    findings: Mapping[int, Finding]
    """Findings about newcomers, by the index of the row."""
    expanded: Sequence[Change] = ()
    """``new_rows`` as single changes, where later rows of the batch may be about the same
    people."""

    @property
    def individual_steps(self) -> Iterable[Step]:
        """The steps of the rows that have a finding."""
        for index in sorted(self.remarkable.keys() | self.findings):
            yield self.remarkable.get(index) or self._step(index, ())

    def _step(self, index: int, changes: tuple[Change, ...]) -> Step:
        """The step of a row that was planned together with others."""
        finding = self.findings.get(index)
        return Step(
            self.block.rows.place(index), self.block.column("name")[index],
            self.block.column("organization")[index],
            "created" if changes or finding is not None else "unchanged", changes,
            () if finding is None else (finding,),
        )  # fmt: skip

    @property
    def changes(self) -> Iterator[Change | NewRows]:
        """What all of its rows change."""
        yield from self.expanded or self.new_rows
        for step in self.remarkable.values():
            yield from step.changes

    def outcomes(self) -> Counter[Outcome]:
        """How many of its rows ended how."""
        rows, counts = self.block.rows, Counter[Outcome]()
        unchanged = len(self.block) - len(self.newcomers) - len(self.remarkable)
        counts[rows.file, rows.sheet, rows.table, "created"] = len(self.newcomers)
        counts[rows.file, rows.sheet, rows.table, "unchanged"] = unchanged
        for step in self.remarkable.values():
            counts[step.row.file, step.row.sheet, step.row.table, step.outcome] += 1
        return counts

    def mentions(self) -> Iterator[Mention]:
        """The records that its rows mention; papers are found by their holders."""
        rows = self.block.rows
        place = (rows.file, rows.sheet, rows.table)
        new = [rows.numbers[index] for index in self.newcomers]
        for made in self.new_rows[:2]:  # the people and their memberships
            yield Mention(*place, DECLARATIONS[made.entity].name, made.columns["id"], new, None)
        if self.unchanged:
            known = [rows.numbers[index] for index in self.unchanged]
            people = [*self.unchanged.values()]
            yield Mention(*place, DECLARATIONS[Person].name, people, known, "")
        for step in self.remarkable.values():
            yield from step.mentions()

    def __iter__(self) -> Iterator[Step]:
        for index in range(len(self.block)):
            changes = tuple(self._changes_of.get(index, ()))
            yield self.remarkable.get(index) or self._step(index, changes)

    @cached_property
    def _changes_of(self) -> dict[int, list[Change]]:
        """What each newcomer makes, by the index of the row."""
        ids = self.new_rows[0].columns["id"] if self.new_rows else ()
        indexes = dict(zip(ids, self.newcomers, strict=True))
        changes: dict[int, list[Change]] = {}
        for change in self.expanded or chain.from_iterable(self.new_rows):
            after: Any = change.after
            person = after.id if isinstance(after, Person) else after.person
            changes.setdefault(indexes[person], []).append(change)
        return changes


def _plan_block(
    block: Block[Any],
    batch: Batch,
    plan: Planner,
    repeated: Mapping[str, Collection[Any]],
    judge: BatchJudge,
) -> Roster:
    """Plan the rows of a block: the unremarkable ones together."""
    facts, snapshot = _facts(block, batch), batch.snapshot
    stored = [*map(snapshot.person, facts["id_number"])]
    day = batch.day_of(block.rows)
    unchanged = _unchanged(facts, stored, snapshot, day)
    remarkable = _known(block, facts, stored, snapshot) | {*_of_planned_years(facts, snapshot)}
    remarkable |= {*_from_elsewhere(facts, batch, batch.roster_day(block.rows))}
    remarkable = (remarkable - unchanged) | _contradictory(block, facts, snapshot.today)
    remarkable |= {*_after_sheet(facts, day)}
    remarkable |= {*_too_young(facts, batch)} - unchanged
    remarkable |= {*_clearing(block), *_where(facts["id_number"], snapshot.admitted_later)}
    for name, column in _identities(block).items():
        remarkable.update(_where(column, repeated[name]))
    # Only the remaining rows are judged together: there the rules see only the facts of the case
    # itself.
    rest = [index for index in range(len(block)) if index not in remarkable]
    inputs = inputs_of(facts, batch.policy)
    remarkable.update(judge.cases_with_verdicts(inputs, _cases(facts, stored), rest))
    newcomers = [index for index in rest if index not in remarkable and index not in unchanged]
    new_rows = _new_members(_at(facts, newcomers), batch, block) if newcomers else ()
    steps = {index: plan_item(plan, item, batch) for index, item in block.items(remarkable)}
    known = {
        index: person.id
        for index in sorted(unchanged.difference(remarkable))
        if (person := stored[index]) is not None
    }
    findings = _over_age(block, facts, newcomers, batch)
    return Roster(block, newcomers, new_rows, steps, known, findings)


def _new_members(facts: Columns, batch: Batch, block: Block[Any]) -> tuple[NewRows, ...]:
    count, snapshot, day = len(facts["name"]), batch.snapshot, batch.roster_day(block.rows)
    people = snapshot.new_ids(Person, count)
    ids = snapshot.new_ids(Membership, count)
    memberships = new_memberships(facts, ids, people, [day] * count)
    for home, said in {*zip(facts["organization"], facts["seen"], strict=True)}:
        batch.rosters.note(home, said or day)
    return (new_people(facts, people), memberships, *new_papers(facts, people, snapshot))


def _facts(block: Block[Any], batch: Batch) -> Columns:
    """What the rows say; a home is None unless it names exactly one existing organisation."""
    columns = {field: block.column(field) for field in block.line.model_fields}
    # Thousands of rows name a few classes.
    pairs = [*zip(columns["organization"], columns["unit"], strict=True)]
    day = batch.day_of(block.rows)
    codes = {pair: _code(pair, day, batch) for pair in {*pairs}}
    names = block.rows.column("name")
    facts = facts_of(block.line, columns, [codes[pair] for pair in pairs], names)
    days = [day] * len(block)
    return {**facts, "birth": [*map(born_by, columns["id_number"])], "day": days}


def _code(pair: tuple[str, str | None], day: date | None, batch: Batch) -> str | None:
    homes = meant(batch.snapshot, *pair, day)
    if homes and any(home not in homes for home in bearers_before(batch.snapshot, *pair, day)):
        return (
            None  # the name was passed on to another organisation: each row decides which is meant
        )
    return homes[0].code if len(homes) == 1 and homes[0].dissolved is None else None


def _at(facts: Columns, indexes: Sequence[int]) -> Columns:
    """What the rows at these indexes say."""
    if len(indexes) == len(facts["name"]):
        return facts
    return {name: [column[index] for index in indexes] for name, column in facts.items()}


def _where(column: Sequence[Any], values: Collection[Any]) -> Iterator[int]:
    """The indexes at which the column has one of these values."""
    return (index for index, value in enumerate(column) if value in values) if values else iter(())


# -- what makes a row remarkable -----------------------------------------------------------------


def _identities(block: Block[Any]) -> dict[str, Sequence[Any]]:
    """The columns in which two rows must not have the same value."""
    forms = [*map(form_serial, block.column("form"), block.column("number"))]
    columns = {name: block.column(name) for name in ("id_number", *PAPERS)}
    certificates = [*map(certificate_serial, block.column("certificate"))]
    return columns | {"form": forms, "certificate": certificates, "likeness": block.likenesses}


def _repeated(items: Iterable[Item[Any] | Block[Any]]) -> dict[str, Collection[Any]]:
    """Identities that several rows of the batch name: such rows are judged one after another."""
    columns: dict[str, list[Any]] = {}
    for item in items:
        block = item if isinstance(item, Block) else Block.single(item)
        for name, column in _identities(block).items():
            columns.setdefault(name, []).extend(column)
    return {name: _duplicates(column) for name, column in columns.items()}


def _duplicates(column: Iterable[Any]) -> Collection[Any]:
    values = [value for value in column if value is not None]
    if len({*values}) == len(values):
        return ()
    return {value for value, times in Counter(values).items() if times > 1}


def _known(
    block: Block[Any], facts: Columns, stored: Sequence[Person | None], snapshot: Snapshot
) -> set[int]:
    """Rows whose people, namesakes or papers the registry already knows."""
    return {
        *(index for index, person in enumerate(stored) if person is not None),
        *(index for index, key in enumerate(block.likenesses) if snapshot.has_namesake(key)),
        *_where(facts["number"], snapshot.numbers),
        *_where(facts["form"], snapshot.forms),
        *_where(facts["form"], snapshot.numbers),  # its holder may have the form that bears it
        *_where(facts["certificate"], snapshot.certificates),
    }


def _contradictory(block: Block[Any], facts: Columns, today: date | None) -> set[int]:
    """Rows that contradict themselves, have a day in the future, have no home, or say where
    somebody came from."""
    births, id_numbers = facts["birth"], facts["id_number"]
    joined, left = facts["joined"], facts["left"]
    rows = (
        (index for index, home in enumerate(facts["organization"]) if home is None),
        (index for index, number in enumerate(id_numbers) if may_lack_digits(number)),
        (index for index, day in enumerate(facts["arrived"]) if day is not None),
        (
            index
            for index, day in enumerate(block.column("left"))
            if day is not None and day.precision != "day"
        ),
        (index for index, origin in enumerate(facts["came_from"]) if origin is not None),
        (
            index
            for index, born in enumerate(block.column("born"))
            if born is not None and born.date != as_precise(born, births[index])
        ),
        (
            index
            for index, sex in enumerate(block.column("sex"))
            if sex is not None and sex != sex_by(id_numbers[index])
        ),
        (
            index
            for index, day in enumerate(left)
            if day is not None and (day < (joined[index] or day) or day > (today or day))
        ),
        (
            index
            for index, reason in enumerate(facts["leaving_reason"])
            if reason is not None and (left[index] is None or reason == IN_ERROR)
        ),
    )
    return {*chain.from_iterable(rows)}


def _after_sheet(facts: Columns, day: date | None) -> Iterator[int]:
    """Rows whose first roster is later than the sheet."""
    return _where(facts["seen"], {said for said in {*facts["seen"]} if said and day and said > day})


def _clearing(block: Block[Any]) -> Iterator[int]:
    """Rows with a cell that clears a stored value."""
    for column in block.rows.cells:
        if CLEARED in column:
            yield from (index for index, cell in enumerate(column) if cell == CLEARED)


def _of_planned_years(facts: Columns, snapshot: Snapshot) -> Iterator[int]:
    """Rows of people who joined in a year with a quota, and so took a place of it."""
    if not snapshot.quotas:
        return iter(())
    rows = zip(facts["organization"], facts["joined"], strict=True)
    years = [(home, day and day.year) for home, day in rows]
    ours = {pair for pair in {*years} if all(pair) and snapshot.places_for(*pair)}
    return _where(years, ours)


def _over_age(
    block: Block[Any], facts: Columns, newcomers: Sequence[int], batch: Batch
) -> dict[int, Finding]:
    """Findings about newcomers who should have left by age on the day of the sheet; none of them
    can hold a post yet."""
    if not newcomers or (day := facts["day"][0]) is None:
        return {}
    terms, numbers, findings = AgeTerms.on(batch.policy, day), facts["id_number"], {}
    latest = terms.youngest_of_age(day)
    for index in newcomers:
        # Digits first, since nearly everybody is younger.
        if numbers[index][6:14] > latest or facts["left"][index] is not None:
            continue
        in_party = is_in_party(facts["politics"][index], None, day)
        turned = terms.over_age_since(facts["birth"][index], day, in_party=in_party)
        if turned is not None:
            home = batch.name(facts["organization"][index])
            where = masked(block.rows[index].where("id_number"))
            said = {"age": terms.age, "turned": turned, "organization": home}
            findings[index] = Finding("over-age", said, Level.WARNING, where)
    return findings


def _too_young(facts: Columns, batch: Batch) -> Iterator[int]:
    """Rows of people who are said to have left by age, but were not of that age."""
    for index in _where(facts["leaving_reason"], {"age"}):
        left, number = facts["left"][index], facts["id_number"][index]
        if left is not None:
            terms = AgeTerms.on(batch.policy, left)
            if number[6:14] > terms.youngest_of_age(left):
                yield index


def _from_elsewhere(facts: Columns, batch: Batch, day: date | None) -> Iterator[int]:
    """Rows of people who came after the organisation's first roster."""
    if batch.options.from_outside is not None:
        return iter(range(len(facts["name"])))
    homes = batch.snapshot.organizations
    rows = [*zip(facts["organization"], facts["joined"], facts["seen"], strict=True)]
    later = {
        (code, joined, said)
        for code, joined, said in {*rows}
        if code is not None and batch.rosters.shows_arrival(homes[code], joined, said, day)
    }
    return _where(rows, later)


_JUDGED = frozenset({"joined", "joined_precision", "number", "left"})
"""Fields that the rules judge as the row has them: a blank there does not stand for the stored
value."""


def _unchanged(
    facts: Columns, stored: Sequence[Person | None], snapshot: Snapshot, day: date | None
) -> set[int]:
    """Rows that only repeat what is known about a member; a blank cell says nothing. A roster that
    is older than the first mention of the membership, or than a move, adds something, so its rows
    do not count."""
    # How a name was first written is not changed by a later row.
    of_person = [name for name in stored_fields(Person, facts) if name != "written"]
    of_membership = [*stored_fields(Membership, facts)]
    names = (*of_person, *of_membership, *PAPERS, *STATES)
    may_be_blank = [name not in _JUDGED for name in names]
    person_values, membership_values = attrgetter(*of_person), attrgetter(*of_membership)

    def says_nothing_new(row: tuple[Any, ...], person: Person) -> bool:
        membership = snapshot.membership(person.id)
        if membership is None or snapshot.namesakes(person):
            return False
        if day is None or day < (membership.since or day) or day < (membership.seen or day):
            return False
        if snapshot.by(Transfer, ("person", "state"), (person.id, "pending")):
            return False  # the papers may have come
        stored_row = (
            *person_values(person),
            *membership_values(membership),
            *stored_papers(person.id, snapshot).values(),
            *stored_states(person.id, snapshot).values(),
        )
        # Nearly every such row is equal as a whole, which is faster to see than cell by cell.
        return row == stored_row or all(
            cell == value or (cell is None and blank)
            for cell, value, blank in zip(row, stored_row, may_be_blank, strict=True)
        )

    rows = zip(*(facts[name] for name in names), strict=True)
    return {
        index
        for index, (person, row) in enumerate(zip(stored, rows, strict=True))
        if person is not None and says_nothing_new(row, person)
    }


def _cases(facts: Columns, stored: Sequence[Person | None]) -> Callable[[int], RuleSubject]:
    """The values that make up the case of each row; a newcomer has no identity yet."""
    of_case = {item.name: facts[item.name] for item in fields(RuleSubject) if item.name in facts}
    of_person = stored_fields(Person, facts)

    def case_at(index: int) -> RuleSubject:
        values: dict[str, Any] = {name: column[index] for name, column in of_case.items()}
        newcomer = {name: column[index] for name, column in of_person.items()}
        person = stored[index] or Person(id=0, **newcomer)
        return RuleSubject(person=person, admission=None, **values)

    return case_at
