"""Single numbers: voided, claimed by a second person, settled; each in one operation."""

from collections.abc import Sequence
from dataclasses import replace

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization, identify_person, people_known_by
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Level, NotFound, UsageError
from leaguectl.model import Dispute, Keys, Number
from leaguectl.reports import ledger, members
from leaguectl.reports.query import Row
from leaguectl.store.reading import open_reader


def void(request: Request, text: str) -> Outcome[None]:
    """Void free numbers (``N``, or all from ``N..M``): they are never given to anybody. The rows of
    the outcome are the numbers.

    :raises UsageError: no reason is given, or the last number lies before the first.
    :raises NotFound: the ledger has no such number.
    """
    if not request.reason:
        raise UsageError("void-needs-reason")
    first, dots, last = text.partition("..")
    if dots and (len(last), last) < (len(first), first):
        raise UsageError("range-reversed", first=first, last=last)
    keys = Keys(blocks=[(first, last)]) if dots else Keys(numbers={first})

    def plan(change_set: ChangeSet) -> None:
        # The slice has more than the named numbers: some keys load whole blocks.
        numbers = [
            number
            for text, number in sorted(change_set.snapshot.numbers.items())
            if first <= text <= (last or first)
        ]
        if not numbers:
            raise NotFound("number-not-found", number=text)
        done = [number for number in numbers if number.state == "void"]
        if len(done) < len(numbers):  # the rest of the range is still to be voided
            for number in done:
                facts = {"number": number.number, "void": number.reason}
                change_set.fault("number-void", number.number, Level.WARNING, **facts)
            numbers = [number for number in numbers if number.state != "void"]
        _void(change_set, request, numbers)

    return run(request, keys, plan)


def void_unused(request: Request, year: int, org: str | None) -> Outcome[None]:
    """Void all unused numbers of a year; only of an organisation and all below it, where one is
    named. The rows of the outcome are the numbers.

    :raises UsageError: no reason is given.
    :raises NotFound: no number of the year is free, or no such organisation is known.
    """
    if not request.reason:
        raise UsageError("void-needs-reason")
    with open_reader(request.location) as reader:
        top = identify_organization(reader, org) if org is not None else ""
        free = ledger.free_numbers(reader, year, top)
    if not free:
        raise NotFound("numbers-none-free", year=year)

    def plan(change_set: ChangeSet) -> None:
        numbers = change_set.snapshot.numbers
        # A number taken meanwhile is not a fault of the person who voids the rest.
        _void(
            change_set, request, [numbers[text] for text in free if numbers[text].state == "free"]
        )

    return run(request, Keys(numbers=set(free)), plan)


def _void(change_set: ChangeSet, request: Request, numbers: Sequence[Number]) -> None:
    _refuse_taken(change_set, [number for number in numbers if number.state != "free"])
    for number in numbers:
        void = replace(number, state="void", reason=request.reason, since=request.today)
        change_set.put(number, void)
        change_set.rows.append({"number": number.number, "state": "void"})
    change_set.counts = {"numbers": len(numbers)}


def _refuse_taken(change_set: ChangeSet, taken: Sequence[Number]) -> None:
    """Add a fault where numbers are not free: a single number with its state, several as a list
    that is short enough to read."""
    if len(taken) > 1:
        numbers = [number.number for number in taken]
        change_set.fault("numbers-not-free", numbers[0], numbers=numbers)
        return
    for number in taken:
        if number.person is None:
            change_set.fault("number-void", number.number, number=number.number, void=number.reason)
        else:
            holder = change_set.snapshot.known_as(number.person)
            change_set.fault(
                "number-in-use",
                number.number,
                number=number.number,
                holder=holder,
                operation=number.operation,
            )


def dispute(request: Request, text: str, claim: str) -> Outcome[list[int] | None]:
    """Open a case: somebody besides its holder claims a number. The result has the people of this
    registry who are involved, the holder first; None where it was refused.

    :raises NotFound: the ledger has no such number, or several people bear the name.
    """
    # The claimant may belong to another county: then only the name is kept.
    claimant = _claimant(request, claim)

    def plan(change_set: ChangeSet) -> list[int] | None:
        snapshot = change_set.snapshot
        number = snapshot.numbers.get(text)
        if number is None:
            raise NotFound("number-not-found", number=text)
        if number.person is None:
            change_set.fault("dispute-of-nobody", text, number=text)
        elif claimant is not None and claimant["id"] == number.person:
            change_set.fault("dispute-with-himself", text, number=text, holder=claimant["name"])
        if any(case.number == text and case.settled is None for case in snapshot.all(Dispute)):
            change_set.fault("dispute-open", text, number=text)
        if number.person is None or change_set.is_refused:
            return None
        case = Dispute(
            snapshot.new_id(Dispute),
            text,
            claimant["name"] if claimant else claim,
            request.today,
            claimant["id"] if claimant else None,
            request.reason,
        )
        change_set.put(None, case)
        change_set.counts = {"numbers": 1}
        return [number.person, *([claimant["id"]] if claimant else [])]

    return run(request, Keys(numbers={text}, whole={Dispute}), plan)


def _claimant(request: Request, claim: str) -> Row | None:
    """The claimant in this registry; None where it is somebody elsewhere."""
    with open_reader(request.location) as reader:
        if not people_known_by(reader, claim):
            return None
        return members.member(reader, identify_person(reader, claim))


def settle(request: Request, text: str, outcome: str) -> Outcome[None]:
    """Close the case of a number with what became of it.

    :raises NotFound: no case of that number is open.
    """

    def plan(change_set: ChangeSet) -> None:
        cases = change_set.snapshot.all(Dispute)
        open_cases = [case for case in cases if case.number == text and not case.settled]
        if not open_cases:
            raise NotFound("dispute-not-found", number=text)
        for case in open_cases:
            # A case that another clock opened "tomorrow" must not end before it began.
            settled = max(request.today, case.opened)
            change_set.put(case, replace(case, settled=settled, outcome=outcome))
        change_set.counts = {"numbers": len(open_cases)}

    return run(request, Keys(whole={Dispute}), plan)
