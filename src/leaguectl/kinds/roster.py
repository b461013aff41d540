"""A roster: its rows planned together as far as nothing about them is remarkable.

Most are of newcomers, of whom the registry knows nothing, or say of a member just what is known.
Whatever else a row is, it goes the way of :func:`leaguectl.kinds.members.plan_member` by itself.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any

from leaguectl.kinds.batch import Batch, Block, Item
from leaguectl.kinds.kind import Kind
from leaguectl.kinds.members import (
    MemberLine,
    form_serial,
    member_keys,
    member_lines,
    plan_member,
)
from leaguectl.kinds.newcomers import (
    Columns,
    columns_of,
    contradictory,
    made_of,
    where,
    without_our_number,
)
from leaguectl.kinds.steps import Outcome, Part, Step, settled
from leaguectl.model import (
    Certificate,
    Change,
    Form,
    Membership,
    NewRows,
    Number,
    Person,
    RuleSubject,
    Snapshot,
)
from leaguectl.rules import ENTRY, BatchJudge
from leaguectl.rules.batch_judge import inputs_of


def plan_members(
    items: list[Item[MemberLine] | Block[MemberLine]], batch: Batch, *, followed: bool
) -> Iterator[Step | Part]:
    """Plan the rows of members; ``followed`` says that rows of other kinds come after them, which
    then find them in the registry of the batch."""
    twice = _Twice(items)
    judge = BatchJudge(ENTRY, batch.snapshot, batch.policy)
    items.reverse()
    while items:
        one = items.pop()
        if isinstance(one, Block):
            part = _plan_block(one, batch, twice, judge)
            if followed:
                part = part.apart()
                for change in part.made:
                    batch.snapshot.apply(change)
            yield part
        else:
            yield settled(plan_member(one, batch), batch)


@dataclass(frozen=True)
class Roster:
    """The steps of a block, by the places of its rows: ``many`` has what ``newcomers`` make,
    ``singles`` are those that were planned by themselves, and the rest changes nothing."""

    block: Block[MemberLine]
    newcomers: Sequence[int]
    many: tuple[NewRows, ...]
    singles: Mapping[int, Step]
    made: Sequence[Change] = ()
    """What the newcomers make one by one, where later rows of the batch may be about the same."""

    @property
    def singly(self) -> Iterable[Step]:
        """The steps of the rows that were planned by themselves."""
        return self.singles.values()

    @property
    def changes(self) -> Iterator[Change | NewRows]:
        """What all of its rows change."""
        yield from self.made or self.many
        for step in self.singly:
            yield from step.changes

    def apart(self) -> "Roster":
        """The same, its changes one by one."""
        return replace(self, made=[*chain.from_iterable(self.many)])

    def outcomes(self) -> Counter[Outcome]:
        """How many of its rows ended how."""
        rows, ended = self.block.rows, Counter[Outcome]()
        unchanged = len(self.block) - len(self.newcomers) - len(self.singles)
        ended[rows.file, rows.sheet, rows.table, "created"] = len(self.newcomers)
        ended[rows.file, rows.sheet, rows.table, "unchanged"] = unchanged
        for step in self.singly:
            ended[step.row.file, step.row.sheet, step.row.table, step.outcome] += 1
        return ended

    def __iter__(self) -> Iterator[Step]:
        names, homes = self.block.column("name"), self.block.column("organization")
        for at in range(len(self.block)):
            if (step := self.singles.get(at)) is not None:
                yield step
                continue
            made = self._made.get(at, ())
            outcome = "created" if made else "unchanged"
            yield Step(self.block.rows.place(at), names[at], homes[at], outcome, tuple(made), ())

    @cached_property
    def _made(self) -> dict[int, list[Change]]:
        """What each newcomer makes, by the place of his row."""
        ids = self.many[0].columns["id"] if self.many else ()
        places = dict(zip(ids, self.newcomers, strict=True))
        made: dict[int, list[Change]] = {}
        for change in self.made or chain.from_iterable(self.many):
            after: Any = change.after
            person = after.id if isinstance(after, Person) else after.person
            made.setdefault(places[person], []).append(change)
        return made


def _plan_block(
    block: Block[MemberLine], batch: Batch, twice: "_Twice", judge: BatchJudge
) -> Roster:
    """Plan the rows of a block: who is remarkable in no way, those together."""
    columns, snapshot = columns_of(block, batch), batch.snapshot
    stored = [*map(snapshot.person, columns["id_number"])]
    familiar = _familiar(columns, stored, snapshot)
    others = _known(block, columns, stored, snapshot) | {*without_our_number(columns, snapshot)}
    others = (others - familiar) | contradictory(columns) | twice.places(block, columns)
    plain = [at for at in range(len(block)) if at not in others]
    case = _cases(columns, stored)
    others.update(judge.cases_with_verdicts(inputs_of(columns, batch.policy), case, plain))
    newcomers = [at for at in plain if at not in others and at not in familiar]
    many = made_of(_of(columns, newcomers), snapshot) if newcomers else ()
    singles = {at: settled(plan_member(one, batch), batch) for at, one in block.items(others)}
    return Roster(block, newcomers, many, singles)


def _of(columns: Columns, places: Sequence[int]) -> Columns:
    """What the rows at these places say."""
    if len(places) == len(columns["name"]):
        return columns
    return {name: [of[at] for at in places] for name, of in columns.items()}


class _Twice:
    """What more than one row of members names: these rows are planned by themselves."""

    def __init__(self, items: Iterable[Item[MemberLine] | Block[MemberLine]]) -> None:
        ids, likenesses, numbers, forms, certificates = (list[Any]() for _ in range(5))
        for one in items:
            block = one if isinstance(one, Block) else Block.of(one)
            ids += block.column("id_number")
            likenesses += block.likenesses
            numbers += block.column("number")
            forms += map(form_serial, block.column("form"), block.column("number"))
            certificates += block.column("certificate")
        self.likenesses = _repeated(likenesses)
        self.keys = {
            "id_number": _repeated(ids),
            "number": _repeated(numbers),
            "form": _repeated(forms),
            "certificate": _repeated(certificates),
        }

    def places(self, block: Block[MemberLine], columns: Columns) -> set[int]:
        """The places of those rows in a block."""
        found = {at for name, keys in self.keys.items() for at in where(columns[name], keys)}
        return found.union(where(block.likenesses, self.likenesses))


def _repeated(said: Iterable[Any]) -> Collection[Any]:
    """What is said more than once, but for None."""
    there = [one for one in said if one is not None]
    if len({*there}) == len(there):
        return ()
    return {one for one, times in Counter(there).items() if times > 1}


def _known(
    block: Block[MemberLine], columns: Columns, stored: Sequence[Person | None], snapshot: Snapshot
) -> set[int]:
    """The places of those of whom, or of whose papers, something is known."""
    return {
        *(at for at, person in enumerate(stored) if person is not None),
        *(at for at, one in enumerate(block.likenesses) if snapshot.has_namesake(one)),
        *where(columns["number"], snapshot.numbers),
        *where(columns["form"], snapshot.forms),
        *where(columns["form"], snapshot.numbers),  # its holder may have the form that bears it
        *where(columns["certificate"], snapshot.certificates),
    }


_TOLD = ("id_number", "name", "phone", "politics", "home", "joined", "joined_precision", "left",
         "leaving_reason", "number", "form", "certificate")  # fmt: skip


def _familiar(columns: Columns, stored: Sequence[Person | None], snapshot: Snapshot) -> set[int]:
    """The places of those of whom the row says nothing but what is known, word for word."""
    rows = zip(*(columns[name] for name in _TOLD), strict=True)
    return {
        at
        for at, (person, row) in enumerate(zip(stored, rows, strict=True))
        if person is not None and _says_what_is_known(row, person, snapshot)
    }


def _says_what_is_known(row: tuple[Any, ...], person: Person, snapshot: Snapshot) -> bool:
    """Whether a row (its :data:`_TOLD`) changes nothing; a blank cell says nothing."""
    id_number, name, phone, politics, home, joined, precision, left, reason, *papers = row
    kept = snapshot.membership(person.id)
    if kept is None or kept.since is not None:
        return False
    number, form, certificate = papers
    said = (id_number, name, phone or person.phone, politics or person.politics)
    stayed = (home, joined, precision, left or kept.left, reason or kept.leaving_reason)
    return (
        said == (person.id_number, person.name, person.phone, person.politics)
        and stayed
        == (kept.organization, kept.joined, kept.joined_precision, kept.left, kept.leaving_reason)
        and number == snapshot.number_of(person.id)
        and form in (None, snapshot.form_of(person.id))
        and certificate in (None, snapshot.certificate_of(person.id))
        and not snapshot.namesakes(person)
    )


def _cases(columns: Columns, stored: Sequence[Person | None]) -> Callable[[int], RuleSubject]:
    """What makes the case at a place; a newcomer has no identity yet."""
    names = ("home", "joined", "number", "form", "certificate", "joined_precision")
    people = [*zip(columns["name"], columns["id_number"], strict=True)]
    said = [*zip(*(columns[name] for name in names), strict=True)]

    def case(at: int) -> RuleSubject:
        home, *of = said[at]
        return RuleSubject(stored[at] or Person(0, *people[at]), home or "", *of)

    return case


KIND = Kind(
    MemberLine, plan_member, member_lines, (Person, Membership, Number, Form, Certificate),
    member_keys, plan_blocks=plan_members,
)  # fmt: skip
