"""The registry itself: create it, set its policy, upgrade it, check it, undo an operation, and
record who looked at masked values."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from leaguectl.actions import Confirm, Request, years
from leaguectl.actions.change_set import ChangeSet, count_changes
from leaguectl.actions.identify import organization_code
from leaguectl.actions.undoing import faults_of, operations_about, touched_keys
from leaguectl.actions.work import Outcome, RolledBack, made_by, run, run_within
from leaguectl.causes import why
from leaguectl.findings import Finding, NotFound, Refused, UsageError
from leaguectl.model import FormerValue, Keys
from leaguectl.model.former import turn_back_values
from leaguectl.names import near_codes, readable
from leaguectl.rules import CODES, load, policy_of, review, with_number
from leaguectl.store import Location, chain
from leaguectl.store.proof import JOURNAL_CODES, Proof, of_journal, prove
from leaguectl.store.reading import open_reader
from leaguectl.store.transaction import Transaction
from leaguectl.store.undo import inverse
from leaguectl.store.writing import Store


def init(
    request: Request,
    name: str | None,
    province: str | None,
    policy: Path | None,
    commands: Collection[str],
) -> dict[str, str]:
    """Create an empty registry; return its settings. This is operation 0, which cannot be undone.

    :raises UsageError: the policy file is not valid.
    :raises DatabaseUnavailable: there is a registry already.
    """
    settings = {"name": name or "", "province": province or ""}
    if policy is not None:
        settings["policy"] = _policy(policy, commands)
    settings = {key: value for key, value in settings.items() if value}
    store = Store(request.location)
    with suppress(RolledBack), store.creating(settings, made_by(request), trial=request.dry_run):
        if request.dry_run:
            raise RolledBack
    return settings


def set_policy(request: Request, policy: Path, commands: Collection[str]) -> Outcome[None]:
    """Lay a county's own file over the packaged numbers from now on.

    :raises NotFound: the file cannot be read.
    :raises UsageError: it is not valid.
    """
    text = _policy(policy, commands)
    return _set_policy(request, lambda _: text, {"file": readable(policy.name)})


def set_number(
    request: Request, key: str, value: str, day: date, commands: Collection[str]
) -> Outcome[None]:
    """Set a number of the county's own policy from a day on, as ``section.name``, or the level of a
    rule, as ``levels.CODE``.

    :raises UsageError: there is no such number or rule, or the value is not valid for it.
    """
    section, _, code = key.partition(".")
    if section == "levels" and code not in CODES:
        near = near_codes(code, CODES)
        raise NotFound("rule-not-there", rule=code, **({"near": near} if near else {}))

    def text_of(before: str) -> str:
        text = with_number(before, key, value, day, request.authority)
        _refuse_unknown(text, commands)
        return text

    return _set_policy(request, text_of, {"key": key, "value": value})


def _set_policy(
    request: Request, text_of: Callable[[str], str], source: Mapping[str, str]
) -> Outcome[None]:
    """Write the county's own file, made from the previous one."""

    def plan(change_set: ChangeSet) -> None:
        text = text_of(change_set.snapshot.settings.get("policy", ""))
        # The text is a setting; its digest in the journal shows later whether it is the same.
        digest = hashlib.sha256(text.encode()).hexdigest()
        change_set.settings = {"policy": text}
        _record(change_set, {**source, "sha256": digest}, {})

    return run(request, Keys(), plan)


def policy_text(location: Location) -> str:
    """The county's own file as it was laid over; nothing where there is none."""
    with open_reader(location) as reader:
        rows = reader.rows("SELECT value FROM setting WHERE key = 'policy'")
    return str(rows[0][0]) if rows else ""


def _policy(path: Path, commands: Collection[str]) -> str:
    """The text of a policy file, checked to name only these commands."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), **why(error)) from None
    except UnicodeDecodeError:
        raise UsageError("policy-not-toml", detail="UTF-8") from None
    _refuse_unknown(text, commands)
    return text


def _refuse_unknown(text: str, commands: Collection[str]) -> None:
    """Refuse a policy that names a command which does not exist: it would have no effect."""
    named = {command for entry in load(text).approval for command in entry.commands}
    if unknown := sorted(named - {*commands}):
        raise UsageError("policy-commands-unknown", commands=unknown)


def upgrade(request: Request) -> tuple[str, str]:
    """Bring an older registry to the present schema; the schema before and after."""
    from leaguectl.actions.backups import before

    keep = partial(before, request, "upgrade")
    return Store(request.location).upgrade(keep, trial=request.dry_run)


def record_reveal(request: Request, about: str, count: int) -> Outcome[None]:
    """Record who saw masked values, why, and of how many people; never the values. A dry run shows
    them as well, so it is recorded too."""
    return record(request, {"revealed": about}, {"people": count})


def record(
    request: Request, source: Mapping[str, str], counts: Mapping[str, int],
    undoes: int | None = None,
) -> Outcome[None]:  # fmt: skip
    """Record that somebody saw masked values, or copied the whole registry: a separate operation
    without confirmation, since it changes no row. ``undoes`` is such a record of what failed."""
    # It is not the command's own work: a user who did not see the answer may repeat the command.
    request = replace(
        request, dry_run=False, written=request.recorded, confirm=Confirm.NEVER, once=None,
        planned=None,
    )  # fmt: skip
    return run(request, Keys(), lambda change_set: _record(change_set, source, counts, undoes))


def refuse_done(request: Request) -> None:
    """Stop before anything is read if it was done before under the same key. :func:`run` checks
    again under the lock.

    :raises DoneBefore: it was done before.
    :raises Refused: something else was done under that key.
    """
    if request.once is not None:
        with suppress(NotFound), Store(request.location).read() as transaction:
            transaction.refuse_done(request.once, request.asked)


def _record(
    change_set: ChangeSet,
    source: Mapping[str, str],
    counts: Mapping[str, int],
    undoes: int | None = None,
) -> None:
    """Make it an operation that changes no row."""
    change_set.is_recorded, change_set.undoes = True, undoes
    change_set.sources, change_set.counts = [source], counts


# -- check ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckDays:
    """The days of a check: ``today``; ``on`` is the day as of which the whole is judged (None: the
    last day of anything recorded); ``policy_of`` is the day whose policy counts (None: that of each
    event)."""

    today: date | None = None
    on: date | None = None
    policy_of: date | None = None


def check(
    location: Location, codes: Sequence[str] = (), days: CheckDays = CheckDays()
) -> list[Finding]:
    """Judge everything stored by every rule, and check the database itself; only for ``codes``
    where they are given.

    :raises UsageError: there is no rule with such a code.
    """
    known = [*CODES, "database-broken", *JOURNAL_CODES, *years.CODES]
    if unknown := [code for code in codes if code not in known]:
        near = [suggestion for code in unknown for suggestion in near_codes(code, known)]
        raise UsageError("rule-unknown", codes=unknown, **({"near": near} if near else {}))
    with Store(location).read() as transaction:
        violations = transaction.violations()
        findings = [
            Finding("database-broken", {"detail": violation.what}, subject=violation.subject)
            for violation in violations
        ]
        findings += of_journal(transaction.connection)
        # The rules need values of the right type; unreadable values would make them fail.
        if not any(violation.unreadable for violation in violations):
            snapshot = transaction.whole()
            snapshot.today, snapshot.as_of = days.today, days.on
            if days.on is not None:
                turn_back_values(snapshot, days.on, snapshot.all(FormerValue))
            policy = policy_of(snapshot)
            findings += review(
                snapshot, policy.of_day(days.policy_of) if days.policy_of else policy
            )
            findings += years.findings(transaction)
    return [finding for finding in findings if not codes or finding.code in codes]


def verify(location: Location, seals: Sequence[str] = ()) -> Proof:
    """Verify that nothing was altered behind the program's back.

    :raises UsageError: one of the seals is not valid.
    """
    with Store(location).read() as transaction:
        return prove(transaction.connection, seals)


def grants(location: Location, role: str, name: str, org: str | None, *, run: bool) -> list[str]:
    """The statements that give a role of the server its rights; ``run`` executes them."""
    from leaguectl.store import grants as of_server

    if (role == "unit") != (org is not None):
        raise UsageError("grants-of-unit")
    top = ""
    if org is not None:
        with open_reader(location) as reader:
            top = organization_code(reader, org)
    return of_server.grants(location, role, name, top, run=run)


def seal(location: Location) -> str | None:
    """The present seal of the registry, without verification."""
    with open_reader(location) as reader:
        return chain.head(reader.rows)


# -- undo ----------------------------------------------------------------------------------------


def undo(request: Request, operation: int) -> Outcome[dict[str, int] | None]:
    """Restore everything as it was before an operation. The result counts the rows that are
    removed, changed and restored. It is refused where the operation was undone already, wrote
    nothing, or a later operation prevents it: one that builds on its rows, took over what they had,
    or made a state in which rules of people would no longer hold.

    :raises NotFound: there is no such operation.
    """

    def plan(change_set: ChangeSet, transaction: Transaction) -> dict[str, int]:
        changes = inverse(transaction, operation)
        # A row that is new now had been removed by the operation.
        names = {"gone": "rows_removed", "changed": "rows_changed", "new": "rows_restored"}
        ends = count_changes(changes, **names)
        counts = {name: ends[name] for name in names.values()}
        snapshot = transaction.slice(touched_keys(changes))
        snapshot.today = request.today
        found = faults_of(changes, snapshot, change_set.policy)
        faults = [finding for finding in found if finding.is_error]
        # Where nothing was written since, the state before the operation had the same faults.
        if later := operations_about(faults, operation, snapshot, transaction.connection):
            change_set.findings += faults
            raise Refused("undo-overtaken", operation=operation, later=later)
        change_set.findings += [finding for finding in found if not finding.is_error]
        change_set.changes += changes
        change_set.counts, change_set.undoes = counts, operation
        return counts

    return run_within(request, Keys(), plan)
