"""The guard of figures that were handed in: to move one of a closed year, for the county or an
organisation, is a correction and needs a reason; a figure that no longer equals
what was reported is a warning at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from leaguectl.findings import Finding, Level, Refused
from leaguectl.model import Reported
from leaguectl.reports.figures import by_key, by_organization, count
from leaguectl.store.transaction import Transaction

_NAMED = 5
"""How many organisations a refusal names."""


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What the rows give for a year: the county's value by figure, and the records counted for each
    figure and organisation."""

    county: Mapping[str, Any]
    organizations: Mapping[tuple[str, str], Any]


def closed_figures(transaction: Transaction) -> dict[int, YearFigures]:
    """The figures of each closed year."""
    rows = transaction.rows("SELECT year FROM closing ORDER BY year")
    return {int(year): _figures(transaction, int(year)) for (year,) in rows}


def _figures(transaction: Transaction, year: int) -> YearFigures:
    of_organizations: dict[tuple[str, str], Any] = {}
    for code, values in by_organization.balances(transaction, year).items():
        of_organizations |= {(key, code): value for key, value in values.items()}
    for key, counted in by_organization.details(transaction, year).items():
        of_organizations |= {(key, code): rows for code, rows in counted.items()}
    return YearFigures(by_key(transaction, year), of_organizations)


def refuse_moved(
    transaction: Transaction, before: Mapping[int, YearFigures], after: Mapping[int, YearFigures]
) -> None:
    """Refuse changes of a figure of a year that was and remains closed; reopening a year is not a
    correction.

    :raises Refused: with the years, the figures, and the organisations where the county's own
        figures stay.
    """
    years, county, organizations = set[int](), set[str](), set[tuple[str, str]]()
    for year in before.keys() & after.keys():
        moved = _differing(before[year].county, after[year].county)
        moved_below = _differing(before[year].organizations, after[year].organizations)
        if moved or moved_below:
            years.add(year)
        county |= moved
        organizations |= moved_below
    if not years:
        return
    keys = county | {key for key, _ in organizations}
    facts: dict[str, Any] = {"years": sorted(years), "count": len(years), "figures": sorted(keys)}
    if not county:
        facts["organizations"] = _names(transaction, {code for _, code in organizations})
    raise Refused("year-closed", **facts)


def _differing(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> set[Any]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _names(transaction: Transaction, codes: set[str]) -> list[str]:
    names = dict(map(tuple, transaction.rows("SELECT code, name FROM organization")))
    return [names.get(code, code) for code in sorted(codes)[:_NAMED]]


def differing_reports(transaction: Transaction) -> dict[Reported, Finding]:
    """The finding about each reported figure that the rows do not give."""
    found = {}
    for said in transaction.all(Reported):
        # A figure that this version does not know has no value to compare.
        for counted in count(transaction, said.year, org=said.organization or "", only=(said.key,)):
            now, subject = counted.value, f"{said.year} {said.key}"
            if not _is_same(said.value, now):
                facts = {"key": said.key, "said": said.value, "now": now, "source": said.source}
                found[said] = Finding("figure-differs", facts, subject=subject)
    return found


def newly_differing(transaction: Transaction, before: Mapping[Reported, Finding]) -> list[Finding]:
    """Warnings of the reported figures that the rows gave before what was written, or that it
    recorded."""
    after = differing_reports(transaction)
    return [
        replace(finding, level=Level.WARNING)
        for said, finding in after.items()
        if said not in before
    ]


def _is_same(text: str, now: Any) -> bool:
    """Whether a reported figure equals that of the rows, to the reported digits: 0.3 is right for
    0.2987."""
    if now is None or text.strip() == "":
        return now is None and text.strip() == ""
    try:
        reported = Decimal(text)
    except ArithmeticError:
        return text == str(now)
    return Decimal(str(now)).quantize(reported) == reported
