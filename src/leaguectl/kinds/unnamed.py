"""What rosters show by the people they leave out: who has come to a branch since, and which members
a roster of all members lacks. Nobody is removed because of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from leaguectl.findings import Finding, Level
from leaguectl.kinds.batch import Batch, Block, Item
from leaguectl.kinds.moves import in_order
from leaguectl.kinds.named_organizations import meant
from leaguectl.kinds.steps import Mention, Outcome, Step
from leaguectl.model import Change, Membership, Transfer
from leaguectl.model.periods import is_member_on
from leaguectl.workbooks.rows import Row


@dataclass
class Named:
    """The people that the roster of a day names in an organisation, and where it begins."""

    organization: str
    day: date
    place: Row
    is_whole: bool = False
    """Whether it claims to name all members."""
    id_numbers: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A part of a plan without rows: what follows from the people that rosters leave out."""

    steps: Sequence[Step]

    @property
    def individual_steps(self) -> Iterable[Step]:
        """The findings, by organisation."""
        return self.steps

    @property
    def changes(self) -> Iterator[Change]:
        """The changes of people who came later."""
        for step in self.steps:
            yield from step.changes

    def outcomes(self) -> Counter[Outcome]:
        """None: no row is counted twice."""
        return Counter()

    def mentions(self) -> Iterator[Mention]:
        """None: no row mentions the people that a roster leaves out."""
        return iter(())

    def __iter__(self) -> Iterator[Step]:
        return iter(())


def named_in(items: Iterable[Item[Any] | Block[Any]], batch: Batch) -> list[Named]:
    """The people named by the rosters whose omissions matter: rosters of all members, and rosters
    not later than the organisation's first."""
    named: dict[tuple[str, date], Named] = {}
    for item in items:
        block = item if isinstance(item, Block) else Block.single(item)
        place = item.rows.place(0) if isinstance(item, Block) else item.row.place()
        day = batch.roster_day(place)
        if day is None or not (place.is_dated or place.is_whole):
            continue
        homes = zip(block.column("organization"), block.column("unit"), strict=True)
        for home, id_number in zip(homes, block.column("id_number"), strict=True):
            code = _code(*home, day, batch)
            first = batch.rosters.by_organization.get(code or "", date.min)
            if code is not None and (place.is_whole or day <= first):
                entry = named.setdefault((code, day), Named(code, day, place, place.is_whole))
                entry.id_numbers.add(id_number)
    return [*named.values()]


def _code(text: str, unit: str | None, day: date, batch: Batch) -> str | None:
    homes = meant(batch.snapshot, text, unit, day)
    return homes[0].code if len(homes) == 1 else None


def unnamed(named: Iterable[Named], batch: Batch) -> Iterator[Unnamed]:
    """What follows once all rows are planned."""
    steps = []
    for roster in sorted(named, key=lambda roster: (roster.day, roster.organization)):
        come = _come_since(roster, batch)
        waiting = [home for home in come if _has_request(home, batch)]
        changes = [change for home in come if home not in waiting
                   for change in _arrival(home, batch)]  # fmt: skip
        for change in changes:
            batch.snapshot.apply(change)
        findings = [*_arrivals(roster, come, waiting, batch), *_lacking(roster, batch)]
        where = roster.place
        home = batch.name(roster.organization)
        steps.append(Step(where, None, home, "unchanged", tuple(changes), tuple(findings)))
    if steps:
        yield Unnamed(steps)


def _come_since(roster: Named, batch: Batch) -> list[Membership]:
    """The memberships of those who were first seen on a later roster although they had joined
    before this one: they have come from elsewhere in between, the same result as reading the two
    rosters in the order of their days."""
    snapshot, come = batch.snapshot, []
    for home in snapshot.by(Membership, "organization", roster.organization):
        if home.entry != "recorded" or home.since is not None or home.seen is None:
            continue
        if home.left is not None and home.left <= home.seen:
            continue  # they had been here before the day of the roster that has them
        person = snapshot.persons[home.person]
        is_later = home.seen > roster.day and (home.joined is None or home.joined < roster.day)
        if not is_later or person.id_number in roster.id_numbers:
            continue
        slot = snapshot.numbers.get(snapshot.number_of(person.id) or "")
        if in_order(snapshot.same_joining(home))[0] == home and (
            slot is None or slot.quota is None
        ):
            come.append(home)
    return come


def _arrival(home: Membership, batch: Batch) -> Iterator[Change]:
    """The arrival from elsewhere, with papers that are missing."""
    transfer = Transfer(
        batch.snapshot.new_id(Transfer), home.person, "pending", home.seen or date.max, origin="",
        target=home.organization,
    )  # fmt: skip
    yield Change(home, replace(home, entry="transferred", since=home.seen))
    yield Change(None, transfer)


def _has_request(home: Membership, batch: Batch) -> bool:
    """Whether a request must be settled before somebody can have come without papers, as where the
    papers were asked for first: nobody waits for two at once."""
    return bool(batch.snapshot.by(Transfer, ("person", "state"), (home.person, "pending")))


def _arrivals(
    roster: Named, come: Sequence[Membership], waiting: Sequence[Membership], batch: Batch
) -> Iterator[Finding]:
    # About no row, since they are in none.
    where = replace(roster.place.where(), row=None)
    named = {"organization": batch.name(roster.organization)}
    days = Counter(home.seen for home in come if home not in waiting)
    for day, count in days.items():
        facts = {**named, "day": day, "count": count}
        yield Finding("come-since", facts, Level.WARNING, where)
    if waiting:
        names = [batch.snapshot.persons[home.person].name for home in waiting]
        waits = {**named, "count": len(names), "names": names}
        yield Finding("come-since-pending", waits, Level.WARNING, where)


def _lacking(roster: Named, batch: Batch) -> Iterator[Finding]:
    """Report the members that a roster of all members does not name."""
    if not roster.is_whole:
        return
    snapshot = batch.snapshot
    names = [
        person.name
        for home in snapshot.by(Membership, "organization", roster.organization)
        if is_member_on(home, roster.day)
        and (person := snapshot.persons[home.person]).id_number not in roster.id_numbers
    ]
    if names:
        facts = {
            "organization": batch.name(roster.organization), "day": roster.day,
            "count": len(names), "names": names,
        }  # fmt: skip
        yield Finding("roster-lacks", facts, Level.WARNING, replace(roster.place.where(), row=None))
