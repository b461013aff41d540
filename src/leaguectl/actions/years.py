"""Years: closing a year with its figures, which are compared with the rows from then on; recording
figures that were reported elsewhere."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.closed_years import differing_reports
from leaguectl.actions.identify import organization_code
from leaguectl.actions.work import Outcome, run, run_within
from leaguectl.findings import Finding, NotFound, UsageError
from leaguectl.model import Closing, Keys, Reported
from leaguectl.reports import figures
from leaguectl.reports.figures import by_organization
from leaguectl.reports.years import Closed, unfolded
from leaguectl.store.reading import open_reader
from leaguectl.store.transaction import Transaction

FigureWords = Mapping[str, tuple[str, str]]
"""The label and definition of each figure, in the language of the user who closes the year."""

MUST_NOT_FALL = ("organizations.total", "members.total", "admissions.total")
"""Figures whose fall against the year before needs an explanation (团内统计:
同比下降须说明原因)."""

_PEOPLE = ("members.opening", "members.total", "admissions.total")
"""At least one of these figures counts somebody in a year that can be closed."""

CODES = ("figure-differs", "closing-altered")
"""The findings of check about figures."""

_KEYS = tuple(figure.key for figure in figures.FIGURES)


# -- closing -------------------------------------------------------------------------------------


def close(
    request: Request, year: int, words: FigureWords, explained: Mapping[str, str]
) -> Outcome[Closed | None]:
    """Freeze the year's figures. Refused where the year is not over or is closed already, where its
    members do not balance, or where a fall of a figure is not explained.

    :raises UsageError: an explanation is for no figure.
    """
    if unknown := sorted(explained.keys() - {*_KEYS}):
        raise UsageError("explained-unknown", key=unknown[0], known=list(_KEYS))

    def plan(change_set: ChangeSet, transaction: Transaction) -> Closed | None:
        subject = str(year)
        if change_set.today.year <= year:
            change_set.fault("year-not-over", subject, year=year, today=change_set.today)
        if transaction.find(Closing, year) is not None:
            change_set.fault("year-closed-already", subject, year=year)
        if change_set.is_refused:
            return None
        values, before = figures.by_key(transaction, year), figures.by_key(transaction, year - 1)
        if not any(values[key] for key in _PEOPLE):
            change_set.fault("year-empty", subject, year=year)
        _refuse_unbalanced(change_set, year, values)
        _refuse_unexplained(change_set, year, values, before, explained)
        organizations = by_organization.balances(transaction, year)
        closing = _frozen(change_set, year, values, words, explained, organizations)
        change_set.put(None, closing)
        change_set.counts = {"figures": len(_KEYS)}
        return unfolded(year, closing.day.isoformat(), closing.figures, closing.sha256)

    return run_within(request, Keys(), plan)


def _frozen(
    change_set: ChangeSet,
    year: int,
    values: Mapping[str, Any],
    words: FigureWords,
    explained: Mapping[str, str],
    organizations: by_organization.Balances,
) -> Closing:
    frozen = [
        {
            "key": figure.key,
            "unit": figure.unit,
            "value": values[figure.key],
            "label": words[figure.key][0],
            "definition": words[figure.key][1],
        }
        for figure in figures.FIGURES
    ]
    # The digest covers exactly this text, so its form (order, separators) must not change.
    text = json.dumps(
        {
            "year": year,
            "figures": frozen,
            "explained": dict(explained),
            "organizations": organizations,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=str,
    )
    return Closing(year, change_set.today, text, _digest(text))


def _refuse_unbalanced(change_set: ChangeSet, year: int, values: Mapping[str, Any]) -> None:
    """Refuse a year whose members do not balance: the members at the beginning, plus those who
    came, minus those who went, are the members at the end."""
    total = values["members.total"]
    came = values["admissions.total"] + values["members.transferred_in"]
    went = values["members.transferred_out"] + values["members.left"]
    balance = values["members.opening"] + came - went
    if balance != total:
        change_set.fault("year-unbalanced", str(year), year=year, balance=balance, total=total)


def _refuse_unexplained(
    change_set: ChangeSet,
    year: int,
    values: Mapping[str, Any],
    before: Mapping[str, Any],
    explained: Mapping[str, str],
) -> None:
    """Refuse falls against the year before without an explanation, all at once."""
    fallen = [
        f"{key} {before[key]} → {values[key]}"
        for key in MUST_NOT_FALL
        if before[key] and (values[key] or 0) < before[key] and key not in explained
    ]
    if fallen:
        change_set.fault("fall-unexplained", str(year), year=year, fallen=fallen)


# -- reported figures ----------------------------------------------------------------------------


def report(
    request: Request, year: int, key: str, value: str, source: str, org: str | None
) -> Outcome[None]:
    """Record a figure that was reported somewhere; it replaces an earlier record of the same year,
    figure and organisation.

    :raises NotFound: there is no such figure or organisation.
    """
    if key not in _KEYS:
        raise NotFound("figure-unknown", key=key, known=list(_KEYS))
    with open_reader(request.location) as reader:
        code = organization_code(reader, org) or None

    def plan(change_set: ChangeSet) -> None:
        before = next(
            (
                reported
                for reported in change_set.snapshot.all(Reported)
                if (reported.year, reported.key, reported.organization) == (year, key, code)
            ),
            None,
        )
        number = before.id if before else change_set.snapshot.new_id(Reported)
        reported = Reported(number, year, key, value, source, code)
        change_set.put(before, reported)
        change_set.rows.append({"year": year, "key": key, "value": value, "source": source})
        change_set.counts = {"figures": 1}

    return run(request, Keys(whole={Reported}), plan)


def findings(transaction: Transaction) -> list[Finding]:
    """The findings of check about figures: reported figures that differ from the rows, and closed
    years whose frozen figures were altered."""
    findings = [*differing_reports(transaction).values()]
    findings += [
        Finding("closing-altered", {"year": closing.year}, subject=str(closing.year))
        for closing in transaction.all(Closing)
        if _digest(closing.figures) != closing.sha256
    ]
    return findings


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
