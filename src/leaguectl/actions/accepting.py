"""Lasting findings: which of them somebody has accepted, and which the last check had already."""

import json
import os
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization
from leaguectl.actions.registry import CheckDays, check
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Finding, NotFound, UsageError
from leaguectl.model import Acceptance, Keys
from leaguectl.names import fold_name
from leaguectl.reports.organizations import concerning
from leaguectl.store import Location
from leaguectl.store.reading import open_reader

_OF_THE_DAY = frozenset(("day", "today"))
"""Facts that differ every day, though nothing has changed."""


class Sorted(NamedTuple):
    """Findings by whether somebody accepted them."""

    open: list[Finding]
    accepted: list[Finding]


def digest(finding: Finding) -> str:
    """A checksum that identifies a finding: its rule, what it is about, and its facts."""
    facts = {name: str(value) for name, value in finding.facts.items() if name not in _OF_THE_DAY}
    whole = json.dumps([finding.code, finding.subject, facts], ensure_ascii=False, sort_keys=True)
    return sha256(whole.encode()).hexdigest()


def sort(location: Location, findings: Iterable[Finding], today: date) -> Sorted:
    """The open findings, and those that were accepted and whose facts have not changed."""
    with open_reader(location) as reader:
        rows = reader.rows("SELECT digest, until FROM acceptance", {})
    # A day is a date on PostgreSQL and text on SQLite; as text both compare alike.
    known = {digest for digest, until in rows if until is None or str(until) >= str(today)}
    by_state = Sorted([], [])
    for finding in findings:
        (by_state.accepted if digest(finding) in known else by_state.open).append(finding)
    return by_state


def accept(
    request: Request, code: str, who: str, until: date | None, days: CheckDays, org: str | None
) -> Outcome[None]:
    """Accept what a rule finds wrong about ``who`` (within ``org``, if given): until that day, or
    until its facts change, check no longer lists it.

    :raises UsageError: no reason is given, or there is no rule with that code.
    :raises NotFound: the rule has no finding about it, or about several with that name.
    """
    if not (reason := request.reason):
        raise UsageError("accept-needs-reason")
    if until is not None and until < request.today:
        raise UsageError("accept-until-past", until=until, today=request.today)
    every = check(request.location, [code], days)
    if org is not None:
        with open_reader(request.location) as reader:
            every = concerning(reader, every, identify_organization(reader, org), days.on)
    found = _about(who, code, every)

    def plan(change_set: ChangeSet) -> None:
        for finding in found:
            known = change_set.snapshot.by(Acceptance, "digest", digest(finding))
            before = known[-1] if known else None
            number = before.id if before else change_set.snapshot.new_id(Acceptance)
            accepted = Acceptance(
                number, code, finding.subject or "", digest(finding), reason, request.today, until
            )
            change_set.put(before, accepted)
            change_set.answer(
                rule_code=code, subject=accepted.subject, reason=reason, accepted_until=until
            )

    return run(request, Keys(whole={Acceptance}), plan)


def _about(who: str, code: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings whose whole subject is ``who``, else those whose subject has that name."""
    wanted = fold_name(who)
    whole = [finding for finding in findings if fold_name(finding.subject or "") == wanted]
    named = whole or [
        finding for finding in findings if wanted in map(fold_name, (finding.subject or "").split())
    ]
    subjects = list(dict.fromkeys(finding.subject or "" for finding in named))
    if len(subjects) != 1:
        others = subjects or [finding.subject or "" for finding in findings]
        near = {"candidates": others[:10]} if others else {}
        raise NotFound("finding-not-one", rule=code, text=who, **near)
    return named


# -- what the last check had ---------------------------------------------------------------------


def new_since_last(location: Location, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that the last check of this registry on this computer did not have; all where
    there was no check."""
    try:
        before = set(json.loads(_kept(location).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return list(findings)
    return [finding for finding in findings if digest(finding) not in before]


def remember(location: Location, findings: Iterable[Finding]) -> None:
    """Remember the findings of this check, as digests that reveal nothing about anybody. A full
    disk is no reason to fail."""
    try:
        path = _kept(location)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(sorted(map(digest, findings)), out)
    except OSError:
        return


def _kept(location: Location) -> Path:
    from platformdirs import user_state_path

    name = sha256(location.shown.encode()).hexdigest()[:16]
    return user_state_path("leaguectl", appauthor=False) / "checks" / f"{name}.json"
