"""Members of whom the registry knows nothing, planned column by column: a large roster is hardly
anything else.

What comes out is what :func:`plan_member` makes of each of them (a test holds the two together).
Whoever is known, or named twice, or of whom there is anything to say, goes that way, row by row.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress
from typing import Any

from leaguectl.plan.batch import Batch, Block, Item, as_known
from leaguectl.plan.members import form_serial, plan_member
from leaguectl.plan.steps import Outcome, Part, Step, settled
from leaguectl.records import MemberLine
from leaguectl.records.cells import as_written
from leaguectl.registry import (
    Case,
    Certificate,
    Change,
    Form,
    Many,
    Membership,
    Number,
    Organization,
    Person,
    Registry,
    age_at,
    born_by,
    look_of_certificate,
    look_of_number,
    sex_by,
)
from leaguectl.rules import ENTRY, Inquiry
from leaguectl.sheets import Rows

Columns = Mapping[str, Sequence[Any]]


def plan_members(
    items: list[Item | Block], batch: Batch, *, followed: bool
) -> Iterator[Step | Part]:
    """Plan the rows of members; ``followed`` says that rows of other kinds come after them, which
    then find them in the registry of the batch."""
    known = _Known(items, batch)
    items.reverse()
    while items:
        one = items.pop()
        if isinstance(one, Block):
            part = _plan_block(one, batch, known)
            if followed:
                part = part.apart()
                for change in chain.from_iterable(part.many):
                    batch.registry.apply(change)
            yield part
        else:
            yield settled(plan_member(one, batch), batch)


@dataclass(frozen=True)
class Newcomers:
    """The steps of a block: ``many`` has what its plain rows make, ``singles`` the others by their
    places."""

    block: Block
    plain: Sequence[int]
    many: tuple[Many, ...]
    singles: Mapping[int, Step]
    is_apart: bool = False

    @property
    def singly(self) -> Iterable[Step]:
        """The steps of the rows that were planned by themselves."""
        return self.singles.values()

    @property
    def changes(self) -> Iterator[Change | Many]:
        """What all of its rows change."""
        yield from chain.from_iterable(self.many) if self.is_apart else self.many
        for step in self.singly:
            yield from step.changes

    def apart(self) -> "Newcomers":
        """The same, its changes one by one: later ones of the batch may be about the same."""
        return Newcomers(self.block, self.plain, self.many, self.singles, is_apart=True)

    def outcomes(self) -> Counter[Outcome]:
        """How many of its rows ended how."""
        rows = self.block.rows
        ended: Counter[Outcome] = Counter(
            {(rows.file, rows.sheet, rows.table, "created"): len(self.plain)}
        )
        for step in self.singly:
            ended[step.row.file, step.row.sheet, step.row.table, step.outcome] += 1
        return ended

    def __iter__(self) -> Iterator[Step]:
        made, persons = self._made, iter(self.many[0].columns["id"] if self.many else ())
        names, homes = self.block.said("name"), self.block.said("organization")
        for at in range(len(self.block)):
            if (step := self.singles.get(at)) is not None:
                yield step
                continue
            changes = tuple(made[next(persons)])
            yield Step(self.block.rows.place(at), names[at], homes[at], "created", changes, ())

    @cached_property
    def _made(self) -> dict[int, list[Change]]:
        """The changes by the person whom they are about."""
        made: dict[int, list[Change]] = {}
        for change in chain.from_iterable(self.many):
            after: Any = change.after
            made.setdefault(after.id if isinstance(after, Person) else after.person, []).append(
                change
            )
        return made


class _Known:
    """What more than one row of members names: nobody of these is a newcomer. And what the rules of
    entry said of others before."""

    def __init__(self, items: Iterable[Item | Block], batch: Batch) -> None:
        self.inquiry = Inquiry(ENTRY, batch.registry, batch.policy)
        ids, likenesses, numbers, forms, certificates = (list[Any]() for _ in range(5))
        for one in items:
            block = one if isinstance(one, Block) else _alone(one)
            ids += block.said("id_number")
            likenesses += block.likenesses
            numbers += block.said("number")
            forms += map(form_serial, block.said("form"), block.said("number"))
            certificates += block.said("certificate")
        self.ids, self.likenesses = _repeated(ids), _repeated(likenesses)
        self.numbers, self.forms = _repeated(numbers), _repeated(forms)
        self.certificates = _repeated(certificates)


def _alone(item: Item) -> Block:
    """An item as a block of its own."""
    rows = Rows("", "", 0, {}, {}, [0], [])
    typed = {field: [getattr(item.line, field)] for field in MemberLine.model_fields}
    return Block(type(item.line), rows, typed)


def _repeated(said: Iterable[Any]) -> Collection[Any]:
    """What is said more than once, but for None."""
    there = [one for one in said if one is not None]
    if len({*there}) == len(there):
        return ()
    return {one for one, times in Counter(there).items() if times > 1}


def _plan_block(block: Block, batch: Batch, known: _Known) -> Newcomers:
    """Plan the rows of a block, those of newcomers together."""
    columns = _columns(block, batch)
    others = _known_or_twice(block, columns, batch.registry, known) | _contradictory(columns)
    others.update(_without_our_number(columns, batch.registry))
    others.update(known.inquiry.spoken_of(_looks(columns), _cases(columns)))
    plain = [at for at in range(len(block)) if at not in others]
    if others:
        columns = {name: [of[at] for at in plain] for name, of in columns.items()}
    many = _made_of(columns, batch.registry) if plain else ()
    singles = {at: settled(plan_member(block.item(at), batch), batch) for at in sorted(others)}
    return Newcomers(block, plain, many, singles)


def _columns(block: Block, batch: Batch) -> Columns:
    """What the rows say, and what follows from it, by column."""
    columns = {field: block.said(field) for field in MemberLine.model_fields}
    pairs = [*zip(columns["organization"], columns["unit"], strict=True)]
    homes = {pair: _home(batch.meant(*pair)) for pair in {*pairs}}
    joined = columns["joined"]
    return columns | {
        "home": [homes[pair] for pair in pairs],
        "form": [*map(form_serial, columns["form"], columns["number"])],
        "written": [*map(as_written, block.rows.said("name"), columns["name"])],
        "birth": [*map(born_by, columns["id_number"])],
        "joined": [day and day.date for day in joined],
        "joined_precision": [day.precision if day else "day" for day in joined],
        "left": [day and day.date for day in columns["left"]],
    }


def _home(found: Sequence[Organization]) -> str | None:
    """The code of the one organisation that is meant and still there."""
    return found[0].code if len(found) == 1 and found[0].dissolved is None else None


def _known_or_twice(block: Block, columns: Columns, registry: Registry, twice: _Known) -> set[int]:
    """The places of those of whom something is known, or more than one row speaks."""
    return {
        *_where(columns["id_number"], twice.ids),
        *(at for at, one in enumerate(columns["id_number"]) if registry.person(one) is not None),
        *_where(block.likenesses, twice.likenesses),
        *(at for at, one in enumerate(block.likenesses) if registry.has_namesake(one)),
        *_where(columns["number"], twice.numbers),
        *_where(columns["number"], registry.numbers),
        *_where(columns["form"], twice.forms),
        *_where(columns["form"], registry.forms),
        *_where(columns["certificate"], twice.certificates),
        *_where(columns["certificate"], registry.certificates),
    }


def _where(column: Sequence[Any], among: Collection[Any]) -> Iterator[int]:
    """The places of what is among these."""
    return (at for at, one in enumerate(column) if one in among) if among else iter(())


def _contradictory(columns: Columns) -> set[int]:
    """The places of those whose row contradicts itself, and of those without a home."""
    id_numbers, births = columns["id_number"], columns["birth"]
    return {
        *(at for at, home in enumerate(columns["home"]) if home is None),
        *(
            at
            for at, said in enumerate(columns["born"])
            if said is not None and said.date != as_known(said, births[at])
        ),
        *(
            at
            for at, said in enumerate(columns["sex"])
            if said is not None and said != sex_by(id_numbers[at])
        ),
        *(
            at
            for at, left in enumerate(columns["left"])
            if left is not None and left < (columns["joined"][at] or left)
        ),
        *(
            at
            for at, reason in enumerate(columns["leaving_reason"])
            if reason is not None and columns["left"][at] is None
        ),
    }


def _without_our_number(columns: Columns, registry: Registry) -> Iterator[int]:
    """The places of those whose number should be one of ours."""
    if not registry.quotas:
        return iter(())
    joined = zip(columns["home"], columns["joined"], strict=True)
    years = [(home, day and day.year) for home, day in joined]
    return _where(years, {pair for pair in {*years} if all(pair) and registry.places_for(*pair)})


def _looks(columns: Columns) -> Columns:
    """The properties of the cases that rules of entry look at."""
    joined, precisions = columns["joined"], columns["joined_precision"]
    return {
        "age": [*map(age_at, joined, precisions, columns["birth"])],
        "joined": joined,
        "number_look": [*map(look_of_number, columns["number"])],
        "certificate_look": [*map(look_of_certificate, columns["certificate"], columns["number"])],
    }


def _cases(columns: Columns) -> Callable[[int], Case]:
    """What makes the case at a place; the person has no identity yet."""
    names = ("home", "joined", "number", "form", "certificate", "joined_precision")
    people = [*zip(columns["name"], columns["id_number"], strict=True)]
    said = [*zip(*(columns[name] for name in names), strict=True)]

    def case(at: int) -> Case:
        home, *of = said[at]
        return Case(Person(0, *people[at]), home or "", *of)

    return case


def _made_of(columns: Columns, registry: Registry) -> tuple[Many, ...]:
    """The people of these rows, their memberships and papers."""
    count = len(columns["name"])
    ids = registry.new_ids(Person, count)
    said = ("name", "id_number", "phone", "politics", "written")
    stayed = ("joined", "joined_precision", "left", "leaving_reason")
    memberships = {
        "id": registry.new_ids(Membership, count),
        "person": ids,
        "organization": columns["home"],
        **{name: columns[name] for name in stayed},
    }
    numbers = _held(columns["number"], ids, "number")
    years = [int(number[:4]) for number in numbers["number"]]
    made = (
        Many(Person, {"id": ids, **{name: columns[name] for name in said}}, {}),
        Many(Membership, memberships, {}),
        Many(Number, numbers | {"year": years}, {"state": "foreign"}),
        Many(Form, _held(columns["form"], ids, "serial"), {}),
        Many(Certificate, _held(columns["certificate"], ids, "serial"), {}),
    )
    return tuple(many for many in made if len(many))


def _held(papers: Sequence[str | None], persons: Sequence[int], key: str) -> dict[str, list[Any]]:
    """The papers that are there, and whose they are."""
    there = [paper is not None for paper in papers]
    return {key: [*compress(papers, there)], "person": [*compress(persons, there)]}
