"""What a row of a roster does to somebody's memberships: it begins one, or moves, completes or ends
those that are stored.

A roster shows the state on its day, never the whole past. ``line`` is always a line of
:mod:`leaguectl.kinds.members`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from leaguectl.findings import Level
from leaguectl.kinds.batch import Batch, RowPlan, as_precise
from leaguectl.kinds.cells import Day
from leaguectl.kinds.moves import (
    Homes,
    corrected,
    home_on,
    in_order,
    may_have_moved,
    placed,
    renumbered,
    seen_by,
    until_closed,
)
from leaguectl.kinds.newcomers import facts_of, new_memberships, single
from leaguectl.model import (
    IN_ERROR,
    NOT_YET,
    Membership,
    Organization,
    Person,
    Transfer,
    ask,
    if_known,
    is_known,
)
from leaguectl.model.periods import is_member_on


@dataclass(frozen=True, slots=True)
class Course:
    """The memberships of one person from one joining of the League, before and after a row."""

    before: Sequence[Membership]
    after: Sequence[Membership]
    transfers: list[tuple[Transfer | None, Transfer | None]] = field(default_factory=list)
    """Transfers that the row requests or settles, each before and after."""

    def put(self, row_plan: RowPlan, batch: Batch) -> None:
        """Put the changes from ``before`` to ``after`` into the plan of the row."""
        kept = {home.id: home for home in renumbered(self.after, self.before, batch.snapshot)}
        stored = {home.id: home for home in self.before}
        for number in sorted({*stored, *kept}):
            row_plan.put(stored.get(number), kept.get(number))
        for before, after in self.transfers:
            row_plan.put(before, after)


def course_of(
    line: Any, person: Person, home: Organization, batch: Batch, row_plan: RowPlan
) -> Course:
    """The memberships as the row tells them."""
    latest = _membership_meant(line, person, batch, row_plan)
    if latest is None or _comes_back(line, latest, home, batch, row_plan):
        return _begin(line, person, home, batch, row_plan)
    if (past := _past_end(line, latest, home, batch)) is not None:
        ask(_joined, line.joined, past, batch, row_plan, unknown={})
        (shown,) = ask(_first_shown, line, home, [past], row_plan, unknown=[past])
        return Course([past], [_ended(line, shown, batch, row_plan)])
    stored = in_order(batch.snapshot.same_joining(latest))
    joined = ask(_joined, line.joined, latest, batch, row_plan, unknown={})
    homes = [replace(earlier, **joined) for earlier in stored]
    is_home = _is_home_of(latest, home, batch)
    if line.leaving_reason == IN_ERROR and is_home:
        return Course(stored, [_never(each, line, batch, row_plan) for each in homes])
    is_over = latest.left is not None and not _says_its_end(line, latest, home, batch)
    day = row_plan.row.day if row_plan.row.is_dated and line.left is None else None
    if is_over and (is_home or not may_have_moved(latest, day, batch.snapshot)):
        _tell_former(latest, home, batch, row_plan)
        return Course(stored, homes)
    homes = ask(_at_home, line, home, homes, batch, row_plan, unknown=homes)
    homes = ask(_first_shown, line, home, homes, row_plan, unknown=homes)
    course = Course(stored, homes)
    _come_earlier(stored[0], homes, course, batch)
    batch.rosters.note(home.code, ask(_first_day, line, batch, row_plan, unknown=None))
    if homes[-1].organization == home.code:
        if_known(_arrive)(line, person, homes, course, batch, row_plan)
        ended = _ended(line, homes[-1], batch, row_plan)
        if is_known(ended.left) and homes[-1].left is None:
            _end_requests(ended, course, batch, row_plan)
        homes[-1] = ended
    return course


def _membership_meant(
    line: Any, person: Person, batch: Batch, row_plan: RowPlan
) -> Membership | None:
    """The latest membership of somebody; of those who have joined again since, the earlier one that
    a row is about: it has the day of that joining, and a day on which that membership lasted."""
    latest = batch.snapshot.membership(person.id)
    day = row_plan.row.day if line.left is None and row_plan.row.is_dated else last_day(line)
    if latest is None or not is_known(line.joined) or not is_known(day):
        return latest
    for earlier in batch.snapshot.memberships_of(person.id):
        joined = earlier.joined
        is_same = joined is not None and as_precise(line.joined, joined) == line.joined.date
        if is_same and joined != latest.joined and is_member_on(earlier, day):
            return earlier
    return latest


def _past_end(line: Any, latest: Membership, home: Organization, batch: Batch) -> Membership | None:
    """The membership before the latest that ended in that home on the day of leaving in the row:
    who has come back since does not leave once more."""
    if not is_known(line.left):
        return None
    for past in batch.snapshot.memberships_of(latest.person):
        is_there = (past.organization, past.left) == (home.code, line.left.date)
        if is_there and past != latest and past.leaving_reason != "moved":
            return past
    return None


# -- who was not known ---------------------------------------------------------------------------


def _begin(
    line: Any, person: Person, home: Organization, batch: Batch, row_plan: RowPlan
) -> Course:
    """The first membership of a new person: they were here when the registry was made (初始建库),
    have joined since, or have come from elsewhere by the day of the row."""
    day = ask(_first_day, line, batch, row_plan, unknown=None)
    said = {column: getattr(line, column) for column in type(line).model_fields}
    # What cannot be read is unknown; such a row is only checked for further faults.
    columns = {column: [None if value is NOT_YET else value] for column, value in said.items()}
    facts = facts_of(type(line), columns, [home.code], [line.name])
    begun: Membership = single(new_memberships(facts, [0], [person.id], [day]))
    begun = replace(begun, left=None, leaving_reason=None)  # asked below
    course = Course([], [begun])
    if ask(says_where_from, line, batch, unknown=True):
        begun = ask(_transferred, line, person, begun, course, batch, row_plan, unknown=begun)
    elif _is_from_elsewhere(line, home, batch, row_plan):
        arrival = {"organization": home.name, "day": day, "count": 1}
        row_plan.fault("come-from-elsewhere", "organization", Level.WARNING, **arrival)
        begun = _transferred(line, person, begun, course, batch, row_plan)
    batch.rosters.note(home.code, day)
    if line.leaving_reason == IN_ERROR:
        return Course([], [_never(begun, line, batch, row_plan)])
    return replace(course, after=[_ended(line, begun, batch, row_plan)])


def _first_day(line: Any, batch: Batch, row_plan: RowPlan) -> date | None:
    """The day of the first roster that has somebody new: the row's own, unless it says another."""
    return line.seen or batch.roster_day(row_plan.row)


def says_where_from(line: Any, batch: Batch) -> bool:
    """Whether it is said that somebody came from elsewhere: by a cell, or for the whole batch."""
    return bool(line.arrived or line.came_from or batch.options.from_outside)


@if_known
def _is_from_elsewhere(line: Any, home: Organization, batch: Batch, row_plan: RowPlan) -> bool:
    """Whether somebody the registry does not know must have come since its first roster. Not so for
    people who left, hold a place of ours, or whose admission follows."""
    slot = batch.snapshot.numbers.get(line.number or "")
    is_over = line.left is not None or line.leaving_reason == IN_ERROR
    if is_over or (slot is not None and slot.quota is not None):
        return False
    if line.id_number in batch.snapshot.admitted_later:
        return False
    joined = line.joined.date if line.joined is not None else None
    return batch.rosters.shows_arrival(home, joined, line.seen, batch.roster_day(row_plan.row))


def _transferred(
    line: Any,
    person: Person,
    home: Membership,
    course: Course,
    batch: Batch,
    row_plan: RowPlan,
) -> Membership:
    """The membership as it began by a transfer; the row may say when the papers came, and from
    where. Otherwise they are missing."""
    arrived = line.arrived.date if line.arrived is not None else None
    since = arrived or line.seen or batch.day_of(row_plan.row)
    if since is None:
        return home
    is_settled = arrived is not None or batch.options.from_outside is not None
    transfer = Transfer(
        batch.snapshot.new_id(Transfer), person.id, "accepted" if is_settled else "pending", since,
        origin=line.came_from or batch.options.from_outside or "", target=home.organization,
        settled=since if is_settled else None,
    )  # fmt: skip
    course.transfers.append((None, transfer))
    seen = None if arrived is not None else since
    return replace(home, entry="transferred", since=since, seen=seen)


def _never(home: Membership, line: Any, batch: Batch, row_plan: RowPlan) -> Membership:
    """A membership that never existed; a day is needed only where no day of its beginning is
    known."""
    day = line.left.date if line.left is not None else batch.day_of(row_plan.row)
    if home.begun is None and day is None:
        row_plan.fault("left-missing", "left")
        return home
    return home.as_error(day or date.max)


@if_known
def _comes_back(
    line: Any, latest: Membership, home: Organization, batch: Batch, row_plan: RowPlan
) -> bool:
    """Whether the row brings a former member back from elsewhere, or somebody who was entered in
    error in another organisation."""
    if latest.leaving_reason == IN_ERROR:
        return latest.organization != home.code and line.leaving_reason != IN_ERROR
    day = line.arrived.date if line.arrived is not None else batch.day_of(row_plan.row)
    if latest.leaving_reason != "transferred" or latest.left is None or day is None:
        return False
    return says_where_from(line, batch) and latest.left <= day and line.left is None


# -- who is known --------------------------------------------------------------------------------


def _at_home(
    line: Any,
    home: Organization,
    homes: list[Membership],
    batch: Batch,
    row_plan: RowPlan,
) -> list[Membership]:
    """The memberships with the home that the row names: the known one, or a move."""
    day = _day_at_home(line, batch, row_plan)
    if day is None or (line.left is not None and _ends_as_known(line, home, homes[-1])):
        return homes
    now = homes[home_on(homes, day)]
    if now.organization == home.code:
        return placed(homes, home.code, day)
    names = batch.snapshot.organizations
    facts = {"known": names[now.organization].name, "said": home.name, "count": 1}
    if batch.options.rewriting:
        row_plan.fault("home-corrected", "organization", Level.WARNING, **facts)
        return corrected(homes, home.code, day)
    former = [there for there in homes[:-1] if there.organization == home.code]
    if former and (not row_plan.row.is_dated or line.left is not None):
        _tell_moved_on(line, former[-1], homes[-1], batch, row_plan)
        return homes
    begun = homes[0].begun
    if begun is not None and day < begun and homes[0].seen is None:
        row_plan.fault("roster-before-member", "organization", Level.WARNING, day=day, begun=begun)
        return homes
    arrived = line.arrived.date if line.arrived is not None else line.seen or day
    if (now.begun or date.min) < arrived < day:
        day = arrived
    row_plan.fault("members-moved", "organization", Level.WARNING, **facts, day=day)
    row_plan.refuse_not_yet(home, day, "organization")
    batch.refuse_dissolved(row_plan, home, day, "organization")
    return until_closed(placed(homes, home.code, day), home)


def _ends_as_known(line: Any, home: Organization, last: Membership) -> bool:
    """Whether the row has the home and the day of leaving that are stored: they may have come on
    the day on which they left, and were elsewhere on the day before."""
    return (last.organization, last.left) == (home.code, line.left.date)


def _first_shown(line: Any, home: Organization, homes: Homes, row_plan: RowPlan) -> Homes:
    """The memberships with the first roster that the row says: the earliest counts, and a roster
    that would make a move says nothing about the present membership."""
    if line.seen is None:
        return homes
    after = [*placed(homes, home.code, line.seen)]
    if [each.organization for each in after] != [each.organization for each in homes]:
        after = [*homes]
    here = [index for index, each in enumerate(after) if each.organization == home.code]
    if here:
        index = here[home_on([after[index] for index in here], line.seen)]
        after[index] = with_first_roster(after[index], line.seen, row_plan)
    return after


def with_first_roster(home: Membership, said: date, row_plan: RowPlan) -> Membership:
    """The membership with the first roster that a row says of it, which fills in what is not known;
    of two the earliest counts. That what is stored stays is reported, but for a beginning that is
    known for certain: any roster after it has them."""
    if home.seen is None and home.entry == "recorded":
        home = replace(home, seen=said)
    elif (shown := seen_by(home, said)).since == home.since:
        home = shown
    if home.seen is not None and home.seen < said:
        row_plan.fault("first-roster-kept", "seen", Level.WARNING, known=home.seen, said=said)
    elif said != home.seen and said < (home.begun or said):
        row_plan.fault("first-roster-kept", "seen", Level.WARNING, begun=home.begun, said=said)
    return home


def _come_earlier(
    before: Membership, homes: list[Membership], course: Course, batch: Batch
) -> None:
    """Move a transfer back that was inferred from a later roster, now that an earlier roster has
    the person here: they came by that day, or were here when the registry was made."""
    first = homes[0]
    if first.entry != "transferred" or first.seen == before.seen:
        return
    home = batch.snapshot.organizations[first.organization]
    is_after = batch.rosters.is_after(home, first.joined, first.seen)
    if not is_after:
        homes[0] = replace(first, entry="recorded", since=None)
    for papers in batch.snapshot.by(Transfer, "person", first.person):
        if papers.source is None and papers.requested == before.since and first.seen is not None:
            moved = replace(papers, requested=first.seen, target=first.organization)
            course.transfers.append((papers, moved if is_after else None))


def _day_at_home(line: Any, batch: Batch, row_plan: RowPlan) -> date | None:
    """The day on which the row places somebody in its organisation; for people who left, the last
    day before."""
    day = batch.day_of(row_plan.row)
    last = last_day(line)
    return day if last is None or day is None else min(day, last)


def last_day(line: Any) -> date | None:
    """The last day of membership in a row that says when somebody left; None where they are still
    here."""
    if not is_known(line.left):
        return NOT_YET if line.left is NOT_YET else None
    day: date = line.left.date
    return day - timedelta(days=1)


def _arrive(
    line: Any,
    person: Person,
    homes: list[Membership],
    course: Course,
    batch: Batch,
    row_plan: RowPlan,
) -> None:
    """What the row says about the day on which somebody came to the present home, and from
    where."""
    settle_papers(line, person, homes[-1], course, batch, row_plan)
    if line.arrived is None or any(home.since == line.arrived.date for home in homes):
        return
    latest, day = homes[-1], line.arrived.date
    if len(homes) == 1 and latest.entry == "recorded" and latest.since is None:
        homes[-1] = _transferred(line, person, latest, course, batch, row_plan)
        return
    if latest.seen is None:
        batch.differs(row_plan, "arrived", latest.begun, day)
        if not batch.options.correcting:
            return
    homes[-1] = replace(latest, since=day, seen=None)
    if len(homes) > 1:
        homes[-2] = replace(homes[-2], left=day)


def settle_papers(
    line: Any,
    person: Person,
    home: Membership,
    course: Course,
    batch: Batch,
    row_plan: RowPlan,
) -> None:
    """Complete the pending transfer to the branch that has the person now; the row says where they
    come from, or that was known before."""
    day = line.arrived.date if line.arrived is not None else batch.day_of(row_plan.row)
    for transfer in batch.snapshot.by(Transfer, "person", person.id):
        if transfer.target != home.organization or transfer.state not in ("pending", "accepted"):
            continue
        after = transfer
        if transfer.source is None and line.came_from and line.came_from != transfer.origin:
            if transfer.origin:
                batch.differs(row_plan, "came_from", transfer.origin, line.came_from)
            after = replace(after, origin=line.came_from)
        # A roster shows that somebody is here, not that their papers came from elsewhere.
        is_shown = transfer.source is not None or line.arrived is not None
        if transfer.state == "pending" and is_shown and day and day >= transfer.requested:
            after = replace(after, state="accepted", settled=day)
        course.transfers.append((transfer, after))


def _says_its_end(line: Any, stored: Membership, home: Organization, batch: Batch) -> bool:
    """Whether a row is about the membership that has ended: it has the day of leaving and the home,
    which only a reason can correct."""
    return line.left is not None and (batch.options.correcting or _is_home_of(stored, home, batch))


def _is_home_of(stored: Membership, home: Organization, batch: Batch) -> bool:
    """Whether the member belonged to that organisation at some time since joining."""
    chain = batch.snapshot.same_joining(stored)
    return home.code in {membership.organization for membership in chain}


def _tell_former(stored: Membership, home: Organization, batch: Batch, row_plan: RowPlan) -> None:
    """Report a former member on a roster without a day of leaving: an old roster may have them, but
    another organisation that has them as its member contradicts the registry."""
    day = row_plan.row.day
    is_home = _is_home_of(stored, home, batch)
    if is_home and day is not None and stored.left is not None and day < stored.left:
        return  # the roster is of a day on which they were here
    level = Level.WARNING if is_home else Level.ERROR
    facts = {"left": stored.left, "known": batch.snapshot.organizations[stored.organization].name}
    row_plan.fault("roster-has-former", "organization", level, **facts)


def _ended(line: Any, home: Membership, batch: Batch, row_plan: RowPlan) -> Membership:
    """The membership with the end that the row gives; a different stored end is a contradiction
    like any other."""
    after = home
    left = line.left.date if is_known(line.left) else None
    if left is not None:
        if home.left not in (None, left):
            _differs(row_plan, batch, "left", home.left, left)
        batch.refuse_ahead(row_plan, left, "left")
        after = replace(after, left=left)
    if is_known(line.leaving_reason):
        if after.left is None and line.left is None:
            row_plan.fault("left-missing", "left")
        if home.leaving_reason not in (None, line.leaving_reason):
            _differs(row_plan, batch, "leaving_reason", home.leaving_reason, line.leaving_reason)
        after = replace(after, leaving_reason=line.leaving_reason)
    return after


def _end_requests(home: Membership, course: Course, batch: Batch, row_plan: RowPlan) -> None:
    """A request to leave the county has been granted where a roster says so; any other must be
    settled before its member leaves, as the commands say too."""
    pending = ("person", "state"), (home.person, "pending")
    for transfer in batch.snapshot.by(Transfer, *pending):
        if transfer.source is None:
            continue  # their papers never came
        if transfer.destination is None or home.leaving_reason != "transferred":
            facts = {"id": transfer.id, "requested": transfer.requested}
            row_plan.fault("transfer-pending", "left", **facts)
            continue
        settled = max(home.left or transfer.requested, transfer.requested)
        after = replace(transfer, state="accepted", settled=settled)
        course.transfers.append((transfer, after))


def _differs(row_plan: RowPlan, batch: Batch, column: str, stored: Any, cell: Any) -> None:
    """A contradiction about the end of a membership; the day has a finding of its own."""
    if column == "left" and not batch.options.correcting:
        row_plan.fault("left-differs", column, known=stored, said=cell)
    else:
        batch.differs(row_plan, column, stored, cell)


def _tell_moved_on(
    line: Any, former: Membership, now: Membership, batch: Batch, row_plan: RowPlan
) -> None:
    """An older roster does not reverse a move; its day of leaving is about that earlier home."""
    homes = batch.snapshot.organizations
    row_plan.fault(
        "member-moved-on",
        "organization",
        Level.WARNING,
        said=homes[former.organization].name,
        known=homes[now.organization].name,
        since=former.left,
    )
    if line.left is not None and line.left.date != former.left:
        row_plan.fault("left-differs", "left", known=former.left, said=line.left.date)


def _joined(
    joined: Day | None, stored: Membership, batch: Batch, row_plan: RowPlan
) -> dict[str, Any]:
    """What a row adds to the stored date of joining: nothing, or the day to a month; another date
    is a contradiction, or a correction that the rules of joining judge."""
    if joined is None:
        return {}
    if stored.joined is None:
        return _as_fields(joined)
    same_month = joined.date.replace(day=1) == stored.joined.replace(day=1)
    if joined.precision == "month" and same_month:
        return {}
    if stored.joined_precision == "month" and same_month:
        return _as_fields(joined)
    if joined.date == stored.joined or row_plan.has("rows-differ", "joined"):
        return {}
    if batch.options.correcting:
        batch.differs(row_plan, "joined", stored.known_joined, joined.known)
        row_plan.concerned.add(stored.person)
        return _as_fields(joined)
    facts = {"known": stored.known_joined, "said": joined.known}
    row_plan.fault("joined-differs", "joined", **facts)
    return {}


def _as_fields(joined: Day) -> dict[str, Any]:
    return {"joined": joined.date, "joined_precision": joined.precision}
