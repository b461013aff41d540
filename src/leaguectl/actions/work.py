"""The way of every write: lock, load, plan, guard of closed years, save as one operation.

A dry run does the same and is rolled back at its end, so that a preview cannot promise what the run
would refuse.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from leaguectl import __version__
from leaguectl.actions import Confirm, Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.closed_years import (
    closed_figures,
    differing_reports,
    newly_differing,
    refuse_moved,
)
from leaguectl.findings import (
    DatabaseUnavailable,
    Finding,
    InputNeeded,
    Level,
    NotFound,
    Refused,
    UsageError,
)
from leaguectl.model import DECLARATIONS, Keys, Organization, Person, Snapshot, key_of
from leaguectl.model.declaration import LONGEST
from leaguectl.rules import policy_of
from leaguectl.store.save import ConstraintBroken
from leaguectl.store.schema import Operation
from leaguectl.store.transaction import Transaction
from leaguectl.store.writing import Store

if TYPE_CHECKING:
    from leaguectl.actions.plan_file import SavedPlan

T = TypeVar("T")

Keyed = Keys | Callable[[], Keys]
"""The keys of the snapshot; a function where they are expensive to collect and may not be
needed."""


_READ_ONLY = ("database-unwritable", "database-forbidden")
"""The codes raised where a registry is read-only."""
MANY_PEOPLE = 100
"""A change of more people than this needs a confirmation."""


class RolledBack(Exception):
    """Ends the transaction of a dry run without a trace."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a command did or would do, or why it did nothing."""

    operation: int | None
    """The operation that was written; None where nothing was, as in a dry run."""
    rows: Sequence[Mapping[str, Any]]
    """What was done to each person or thing; empty where it was refused."""
    findings: Sequence[Finding]
    result: T
    """What the plan returned besides its changes."""
    is_writable: bool = False
    """Whether it was written, or would have been without ``--dry-run``."""
    made_registry: bool = False
    """Whether a registry was made for it."""
    is_forbidden: bool = False
    """Whether it was refused as a whole, rather than because of a row of a sheet."""

    @property
    def is_refused(self) -> bool:
        """Whether an error was found."""
        return any(finding.is_error for finding in self.findings)


def run(
    request: Request,
    keys: Keyed,
    plan: Callable[[ChangeSet], T],
    *,
    create: Mapping[str, str] | None = None,
) -> Outcome[T | None]:
    """Plan on the slice of the registry that the keys touch, and save the plan as one operation.

    Nothing is written where an error was found, where nothing changes, or in a dry run. A
    :class:`Refused` raised by the plan becomes a finding of the outcome. ``create`` has the
    settings of a new registry, which is created where there is none and there is something to
    write.

    :raises NotFound: there is no registry, and none is to be created.
    :raises Conflict: a row is no longer as the plan found it.
    :raises InputNeeded: it needs a confirmation, and the request has none.
    """
    return _run(request, keys, lambda change_set, _: plan(change_set), create)


def run_within(
    request: Request, keys: Keyed, plan: Callable[[ChangeSet, Transaction], T]
) -> Outcome[T | None]:
    """As :func:`run`, for a plan that needs the transaction for what a snapshot does not hold:
    figures, and the journal."""
    return _run(request, keys, plan, None)


def _run(
    request: Request,
    keys: Keyed,
    plan: Callable[[ChangeSet, Any], T],
    create: Mapping[str, str] | None,
) -> Outcome[T | None]:
    _refuse_long_texts(request)
    store = Store(request.location)
    makes = create is not None and not store.exists()
    change_set: ChangeSet | None = None
    operation, result, planned = None, None, None
    try:
        with ExitStack() as stack:
            transaction = None if makes else _opened(store, request, stack)
            change_set = _empty(transaction, request, keys, create)
            with _collected(change_set):
                result = plan(change_set, transaction)
            if change_set.applied and change_set.is_written:
                change_set.judge()
            if change_set.is_written:
                _require_yes(request, change_set)
                _refuse_unapproved(transaction, request, change_set)
                planned = _plan_of(transaction, request, change_set, create)
                transaction = transaction or stack.enter_context(
                    store.creating(create or {}, made_by(request), trial=request.dry_run)
                )
                operation = _save(transaction, request, change_set)
            if request.dry_run:
                raise RolledBack
    except (RolledBack, Refused, DatabaseUnavailable) as stop:
        operation = None
        if change_set is None or not _is_answered(stop, request):
            raise
        if isinstance(stop, Refused):
            # By the guard of closed years or a constraint; what was saved is rolled back.
            change_set.refuse(stop)
        elif isinstance(stop, DatabaseUnavailable):
            place = request.location.shown
            change_set.fault("preview-untried", place, Level.WARNING, db=place)
    if planned is not None and request.planned is not None and not change_set.is_forbidden:
        request.planned.append(planned)
    if operation is not None:
        request.written.append(operation)
    return Outcome(
        operation,
        change_set.rows if change_set.is_written or not change_set.is_refused else [],
        change_set.findings,
        result,
        change_set.is_written,
        makes and operation is not None,
        change_set.is_forbidden,
    )


def _refuse_long_texts(request: Request) -> None:
    """Limit the texts that any command can write into the journal, as cells of sheets are limited.

    :raises UsageError: the reason or the document is too long.
    """
    for field in ("reason", "authority"):
        length = len(getattr(request, field) or "")
        if length > LONGEST:
            raise UsageError("text-too-long", field=field, length=length, longest=LONGEST)


def _require_yes(request: Request, change_set: ChangeSet) -> None:
    """Stop before anything is written if somebody has to confirm it first.

    The command line asks after the lock is released: nobody else waits for the answer.

    :raises InputNeeded: it has not been confirmed yet.
    """
    if request.dry_run or request.confirm is Confirm.NEVER:
        return
    people = len(change_set.people)
    is_asked = (
        request.confirm is Confirm.ALWAYS
        or people > MANY_PEOPLE
        or (request.confirm is Confirm.LEAVING and change_set.endings)
    )
    if is_asked:
        facts = {"people": people} if people else {}
        raise InputNeeded("confirmation-needed", **facts)


def _plan_of(
    transaction: Transaction | None,
    request: Request,
    change_set: ChangeSet,
    create: Mapping[str, str] | None,
) -> "SavedPlan | None":
    """The plan to keep; None unless that was requested."""
    if request.planned is None:
        return None
    from leaguectl.actions.plan_file import plan_of

    mark = None if transaction is None else transaction.mark()
    return plan_of(request, change_set, mark, create)


def _refuse_unapproved(
    transaction: Transaction | None, request: Request, change_set: ChangeSet
) -> None:
    """Refuse what the policy allows only by a plan that a second person has approved.

    :raises Refused: nobody else has approved it.
    """
    command = change_set.command or request.command
    if transaction is None or request.dry_run:
        return
    if not change_set.policy.approval_on(request.today).is_needed(command, change_set.endings):
        return
    if change_set.plan is None:
        raise Refused("plan-needed", command=command)
    from leaguectl.actions.plan_file import is_same

    actor, digest = change_set.plan
    if not any(not is_same(actor, other) for other in transaction.approvers(digest)):
        raise Refused("plan-unapproved", actor=actor, command=command)


def _empty(
    transaction: Transaction | None,
    request: Request,
    keys: Keyed,
    create: Mapping[str, str] | None,
) -> ChangeSet:
    """An empty change set on the slice that the keys touch."""
    if transaction is not None:
        snapshot = transaction.slice(keys() if callable(keys) else keys)
        if isinstance(keys, Keys) and not keys.as_said:
            _refuse_gone(keys, snapshot)
    else:
        snapshot = Snapshot(settings=dict(create or {}))
    # Days in the future are refused by the user's day, which need not be that of the clock.
    snapshot.today = request.today
    return ChangeSet(snapshot, policy_of(snapshot), request.today)


def _refuse_gone(keys: Keys, snapshot: Snapshot) -> None:
    """Refuse to go on with somebody, or in an organisation, that another command has taken back or
    merged since this one found them.

    :raises NotFound: one of them is not there any more.
    """
    for entity, wanted in ((Person, keys.people), (Organization, keys.organizations)):
        if any(snapshot.find(entity, key) is None for key in wanted):
            raise NotFound("registry-changed", noun=DECLARATIONS[entity].name)


def _opened(store: Store, request: Request, stack: ExitStack) -> Transaction:
    """The transaction of a write, with the lock; also for a preview, unless the registry is
    read-only."""
    try:
        transaction = stack.enter_context(store.write())
    except DatabaseUnavailable as error:
        if not request.dry_run or error.code not in _READ_ONLY:
            raise
        transaction = stack.enter_context(store.read())
    if request.once is not None:
        transaction.refuse_done(request.once, request.asked)
    return transaction


def _is_answered(stop: Exception, request: Request) -> bool:
    """Whether the exception that ended the transaction is part of the outcome. A read-only registry
    can still be previewed, as far as planning goes."""
    if isinstance(stop, DatabaseUnavailable):
        return request.dry_run and stop.code in _READ_ONLY
    return True


@contextmanager
def _collected(change_set: ChangeSet) -> Iterator[None]:
    """Turn what a planner raises into a finding, so that every refusal is answered alike."""
    try:
        yield
    except Refused as refusal:
        change_set.refuse(refusal)


# -- saving --------------------------------------------------------------------------------------


def _save(transaction: Transaction, request: Request, change_set: ChangeSet) -> int:
    """Write the changes as one operation; its number.

    :raises Refused: they move the figures of a closed year, and the request gives no reason; or
        the database refuses a row.
    """
    documents = ", ".join(filter(None, (request.authority, change_set.approver)))
    operation = Operation(
        at=request.at,
        actor=request.actor,
        command=change_set.command or request.command,
        sources=change_set.sources,
        reason=request.reason,
        authority=documents or None,
        counts=change_set.written_counts,
        version=__version__,
        undoes=change_set.undoes,
        once=request.once,
        asked=request.asked if request.once else None,
        day=change_set.day or request.today,
    )
    # Counting all figures twice is expensive, so it is only done where a year is closed and no
    # reason was given: a correction has a reason.
    before = {} if request.reason else closed_figures(transaction)
    differing = differing_reports(transaction)
    changes = [*change_set.changes, *transaction.setting_changes(change_set.settings)]
    try:
        number = transaction.save(
            changes,
            operation,
            restoring=change_set.undoes is not None,
            origins=change_set.origins,
            erased=change_set.erased,
        )
    except ConstraintBroken as broken:
        raise _constraint_refusal(broken, change_set.snapshot) from None
    if before:
        refuse_moved(transaction, before, closed_figures(transaction))
    change_set.findings += newly_differing(transaction, differing)
    return number


def made_by(request: Request) -> Operation:
    """The operation that creates a registry, whichever command needs it."""
    return Operation(at=request.at, actor=request.actor, command="init", version=__version__)


def _constraint_refusal(broken: ConstraintBroken, snapshot: Snapshot) -> Refused:
    """The refusal for a broken constraint. It means that a rule is missing; until there is one, the
    row that was being written is named as a rule would name it."""
    record = broken.record
    if record is None:
        return Refused("constraint-broken", **broken.facts)
    person = record.id if isinstance(record, Person) else getattr(record, "person", None)
    home = snapshot.organizations.get(getattr(record, "organization", None) or "")
    who = snapshot.known_as(person) if person is not None else home and home.name
    facts = {"who": who} if who else {}
    facts |= {"noun": DECLARATIONS[type(record)].name, "key": str(key_of(record))} | broken.facts
    return Refused("constraint-broken", **facts)
