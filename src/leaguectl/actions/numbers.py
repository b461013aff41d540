"""Numbers: made void, claimed by a second person, settled; each in one operation."""

from collections.abc import Callable
from dataclasses import replace

from leaguectl.actions import Request
from leaguectl.actions.carrying import carry_out, rehearse
from leaguectl.actions.identify import identify_person, people_known_by
from leaguectl.findings import NotFound, Refused, UsageError
from leaguectl.model import Change, Dispute, Keys, Number, Snapshot
from leaguectl.reports import lists as views
from leaguectl.store.reading import open_reader
from leaguectl.store.writing import Store


def void(request: Request, text: str) -> tuple[int | None, list[str]]:
    """Make free numbers void (``N``, or all from ``N..M``): never given to anybody any more; the
    operation, None in a dry run, and the numbers.

    :raises UsageError: no reason is given.
    :raises NotFound: the ledger has no such number.
    :raises Refused: one of them is not free.
    """
    if not request.reason:
        raise UsageError("void-needs-reason")
    first, dots, last = text.partition("..")
    keys = Keys(blocks=[(first, last)]) if dots else Keys(numbers={first})

    def planned(registry: Snapshot) -> list[Change]:
        chosen = sorted(
            (
                slot
                for number, slot in registry.numbers.items()
                if first <= number <= (last or first)
            ),
            key=lambda slot: slot.number,
        )
        if not chosen:
            raise NotFound("number-not-found", number=text)
        _refuse_taken([slot for slot in chosen if slot.state != "free"], registry)
        return [Change(slot, replace(slot, state="void", reason=request.reason)) for slot in chosen]

    return _carried(request, keys, planned)


def _refuse_taken(taken: list[Number], registry: Snapshot) -> None:
    if not taken:
        return
    one = taken[0]
    if len(taken) > 1:
        raise Refused("numbers-not-free", numbers=[slot.number for slot in taken])
    if one.person is None:
        raise Refused("number-void", number=one.number, void=one.reason)
    raise Refused(
        "number-in-use", number=one.number, holder=registry.known_as(one.person),
        operation=one.operation,
    )  # fmt: skip


def dispute(request: Request, number: str, claim: str) -> tuple[int | None, list[int]]:
    """Open a case: somebody beside its holder claims a number; the operation, None in a dry run,
    and the people of this registry who are in it, the holder first.

    :raises NotFound: the ledger has no such number, or several people bear the name.
    :raises Refused: nobody holds it, the claimant holds it, or a case is open already.
    """
    claimant = _person(request, claim)

    def planned(registry: Snapshot) -> list[Change]:
        slot = registry.numbers.get(number)
        if slot is None:
            raise NotFound("number-not-found", number=number)
        if slot.person is None:
            raise Refused("dispute-of-nobody", number=number)
        if claimant is not None and claimant["id"] == slot.person:
            raise Refused("dispute-with-himself", number=number, holder=claimant["name"])
        if any(one.number == number and one.settled is None for one in registry.all(Dispute)):
            raise Refused("dispute-open", number=number)
        case = Dispute(
            registry.new_id(Dispute), number, claimant["name"] if claimant else claim,
            request.today, claimant["id"] if claimant else None, request.reason,
        )  # fmt: skip
        people.extend([slot.person, *([claimant["id"]] if claimant else [])])
        return [Change(None, case)]

    people: list[int] = []
    done, _ = _carried(request, Keys(numbers={number}, whole={Dispute}), planned)
    return done, people


def _person(request: Request, claim: str) -> views.Row | None:
    """Whoever is meant here; None where it is nobody of this registry."""
    with open_reader(request.location) as reader:
        if not people_known_by(reader, claim):
            return None
        return views.member(reader, identify_person(reader, claim))


def settle(request: Request, number: str, outcome: str) -> int | None:
    """Close the case of a number with what became of it; the operation, None in a dry run.

    :raises NotFound: no case of that number is open.
    """

    def planned(registry: Snapshot) -> list[Change]:
        cases = [one for one in registry.all(Dispute) if one.number == number and not one.settled]
        if not cases:
            raise NotFound("dispute-not-found", number=number)
        return [
            Change(one, replace(one, settled=max(request.today, one.opened), outcome=outcome))
            for one in cases
        ]

    return _carried(request, Keys(whole={Dispute}), planned)[0]


def _carried(
    request: Request, keys: Keys, planned: Callable[[Snapshot], list[Change]]
) -> tuple[int | None, list[str]]:
    """Plan under the lock and carry it out, or only look in a dry run; what was changed, by key."""
    store = Store(request.location)
    if request.dry_run:
        with store.read() as transaction:
            changes = planned(transaction.slice(keys))
        rehearse(store, request, changes)
        return None, [str(one.key) for one in changes]
    with store.write() as transaction:
        changes = planned(transaction.slice(keys))
        counts = {"numbers": len(changes)}
        return carry_out(transaction, request, changes, counts=counts), [
            str(one.key) for one in changes
        ]
