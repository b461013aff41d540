"""Closing a year: its figures are frozen with their definitions, and held against the rows."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.carrying import carry_out
from leaguectl.actions.closed import Closed, counted, unfolded
from leaguectl.actions.identify import identify_organization
from leaguectl.findings import Finding, NotFound, Refused, UsageError
from leaguectl.model import Change, Closing, Reported
from leaguectl.reports import figures
from leaguectl.store.transaction import Transaction
from leaguectl.store.writing import Store

Told = Mapping[str, tuple[str, str]]
"""For each figure its label and definition in the words of whoever closes."""

MUST_NOT_FALL = ("organizations.total", "members.total", "admissions.total")
"""Figures of which a fall against the year before is explained (团内统计: 同比下降须说明原因)."""

CODES = ("figure-differs", "closing-altered")
"""What check can find of figures."""


def close(request: Request, year: int, told: Told, explained: Mapping[str, str]) -> Closed:
    """Freeze the year's figures.

    :raises Refused: the year is not over or is closed already, its members do not balance, or a
        figure fell against the year before and nobody explained it.
    :raises UsageError: an explanation is for no figure.
    """
    known = [one.key for one in figures.FIGURES]
    if unknown := sorted(explained.keys() - set(known)):
        raise UsageError("explained-unknown", key=unknown[0], known=known)
    if request.today.year <= year:
        raise Refused("year-not-over", year=year, today=request.today)
    store = Store(request.location)
    if request.dry_run:
        with store.read() as transaction:
            return _opened(_closing(transaction, request, year, told, explained))
    with store.write() as transaction:
        closing = _closing(transaction, request, year, told, explained)
        changes = [Change(None, closing)]
        carry_out(transaction, request, changes, counts={"figures": len(_opened(closing).figures)})
    return _opened(closing)


def _closing(
    transaction: Transaction, request: Request, year: int, told: Told, explained: Mapping[str, str]
) -> Closing:
    if transaction.stored(Closing, year) is not None:
        raise Refused("year-closed-already", year=year)
    values, before = counted(transaction, year), counted(transaction, year - 1)
    _refuse_unbalanced(year, values)
    _refuse_unexplained(year, values, before, explained)
    frozen = [
        {"key": one.key, "unit": one.unit, "value": values[one.key],
         "label": told[one.key][0], "definition": told[one.key][1]}
        for one in figures.FIGURES
    ]  # fmt: skip
    text = _json({"year": year, "figures": frozen, "explained": dict(explained)})
    return Closing(year, request.today, text, _digest(text))


def _refuse_unbalanced(year: int, values: Mapping[str, Any]) -> None:
    total = values["members.total"]
    balance = (
        values["members.opening"] + values["admissions.total"] + values["members.transferred_in"]
        - values["members.transferred_out"] - values["members.left"]
    )  # fmt: skip
    if balance != total:
        raise Refused("year-unbalanced", year=year, balance=balance, total=total)


def _refuse_unexplained(
    year: int, values: Mapping[str, Any], before: Mapping[str, Any], explained: Mapping[str, str]
) -> None:
    """A fall against the year before is explained, all of them at once."""
    fallen = [
        f"{key} {before[key]} → {values[key]}"
        for key in MUST_NOT_FALL
        if before[key] and (values[key] or 0) < before[key] and key not in explained
    ]
    if fallen:
        raise Refused("fall-unexplained", year=year, fallen=fallen)


def report(request: Request, year: int, key: str, value: str, source: str, org: str | None) -> int:
    """Record a figure that was reported somewhere; the operation (0 in a dry run).

    :raises NotFound: there is no such figure or organisation.
    """
    known = [one.key for one in figures.FIGURES]
    if key not in known:
        raise NotFound("figure-unknown", key=key, known=known)
    store = Store(request.location)
    with store.read() if request.dry_run else store.write() as transaction:
        code = identify_organization(transaction, org) if org is not None else None
        kept = Reported(0, year, key, value, source, code)
        rows = transaction.rows("SELECT id, year, key, organization FROM reported")
        same = [one[0] for one in rows if tuple(one[1:]) == (year, key, code)]
        before = transaction.stored(Reported, same[0]) if same else None
        number = same[0] if same else max((one[0] for one in rows), default=0) + 1
        changes = [Change(before, replace(kept, id=number))]
        if request.dry_run:
            return 0
        return carry_out(transaction, request, changes, counts={"figures": 1})


def findings(transaction: Transaction) -> list[Finding]:
    """What check says of figures: reported ones that the rows do not give, and closed years whose
    frozen figures were altered."""
    found = []
    for kept in transaction.all(Reported):
        now = counted(transaction, kept.year, kept.organization or "").get(kept.key)
        if not _is_same(kept.value, now):
            facts = {"key": kept.key, "said": kept.value, "now": now, "source": kept.source}
            found.append(Finding("figure-differs", facts, subject=f"{kept.year} {kept.key}"))
    found += [
        Finding("closing-altered", {"year": one.year}, subject=str(one.year))
        for one in transaction.all(Closing)
        if _digest(one.figures) != one.sha256
    ]
    return found


def _is_same(said: str, now: Any) -> bool:
    """Whether what was reported is what the rows give, to the digits that were reported."""
    if now is None or said.strip() == "":
        return now is None and said.strip() == ""
    try:
        reported = Decimal(said)
    except ArithmeticError:
        return said == str(now)
    return Decimal(str(now)).quantize(reported) == reported


def _opened(closing: Closing) -> Closed:
    return unfolded(closing.year, closing.day.isoformat(), closing.figures, closing.sha256)


def _json(document: Any) -> str:
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
