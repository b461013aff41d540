"""The charts of the yearly report, as data: what is drawn, and what each says in a sentence."""

from collections.abc import Sequence
from typing import Any

from leaguectl.documents import Chart, Series
from leaguectl.findings import Rate
from leaguectl.reports.figures.splits import Group
from leaguectl.reports.yearly import Yearly
from leaguectl.words import Words

_LEAST_BARS = 2  # a single bar is not a chart
_LEAST_PREFIX = 3
"""A common beginning of all names of at least this length is left out of a chart."""


def unit_name(group: Group, words: Words) -> str:
    """The name of a row by unit."""
    unit = group.unit
    if unit is None:
        return ""
    return words.line("split-itself", name=unit.name) if unit.alone else unit.name


class Charts:
    """The charts of a report; without those that have nothing to draw."""

    def __init__(self, facts: Yearly, words: Words) -> None:
        self._facts, self._words, self._line = facts, words, words.in_report

    def _chart(
        self, code: str, kind: Any, names: Sequence[str], series: Sequence[Series],
        summary: dict[str, Any], **more: Any,
    ) -> Chart:  # fmt: skip
        summary_line = self._line(f"chart-{code}-summary", **summary)
        return Chart(kind, self._line(f"chart-{code}"), summary_line, names, series, **more)

    def months(self) -> list[Chart]:
        """Admissions by month and domain, against the quota."""
        groups, quota = self._facts.by_month.groups, self._facts.figures["admissions.quota"].value
        totals = [group.cells["admissions.total"] or 0 for group in groups]
        if not sum(totals):
            return []
        series = [
            Series(str(self._words.value(domain)),
                   [group.cells[f"admissions.{domain}"] for group in groups])
            for domain in ("school", "society")
        ]  # fmt: skip
        months = [group.values[0] for group in groups]
        most = max(totals)
        facts = {"total": sum(totals), "most": most, "month": months[totals.index(most)],
                 "quota": self._line("chart-months-none") if quota is None else quota}  # fmt: skip
        names = [self._line("month", month=month) for month in months]
        return [self._chart(
            "months", "months", names, series, facts, sum_label=self._line("chart-sum"),
            limit=None if quota is None else float(quota), limit_label=self._line("chart-quota"),
        )]  # fmt: skip

    def ages(self) -> list[Chart]:
        """Members by age and sex."""
        counts = {group.values: group.cells["members.total"] for group in self._facts.by_age.groups}
        counts = {values: count for values, count in counts.items() if count}
        if not counts:
            return []
        ages = sorted({age for _, age in counts})
        sexes = {sex: [counts.get((sex, age), 0) for age in ages] for sex in ("male", "female")}
        both = [sum(pair) for pair in zip(*sexes.values(), strict=True)]
        facts = {sex: sum(values) for sex, values in sexes.items()}
        facts |= {"most": max(both), "age": ages[both.index(max(both))]}
        series = [Series(str(self._words.value(sex)), values) for sex, values in sexes.items()]
        names = [self._line("age", age=age) for age in ages]
        return [self._chart("age", "pyramid", names, series, facts)]

    def filled(self) -> list[Chart]:
        """Posts that are filled, by unit."""
        key = "cadres.posts_filled_rate"
        found = [(unit_name(group, self._words), group.cells[key])
                 for group in self._facts.rates_by_unit.groups]  # fmt: skip
        rates = {name: rate for name, rate in found if rate is not None}
        if len(rates) < _LEAST_BARS:
            return []
        facts = {"count": len(rates), **_span(rates.values())}
        series = [Series(self._words.figures[key][0], [float(rate) for rate in rates.values()])]
        return [self._chart("filled", "bars", _short(rates), series, facts, is_rate=True)]

    def caps(self) -> list[Chart]:
        """Members to students of each school, against the cap."""
        rows = [row for row in self._facts.surveys
                if row["ratio"] is not None and row["cap"] is not None]  # fmt: skip
        if len(rows) < _LEAST_BARS:
            return []
        names = _short([row["organization"] for row in rows])
        labels = [f"{name} {self._words.value(row['stage'])}"
                  for name, row in zip(names, rows, strict=True)]  # fmt: skip
        beyond = sum(row["ratio"] > row["cap"] for row in rows)
        series = [Series(self._words.heading("ratio"), [float(row["ratio"]) for row in rows])]
        return [self._chart(
            "caps", "bars", labels, series, {"count": len(rows), "beyond": beyond}, is_rate=True,
            limits=[float(row["cap"]) for row in rows], limit_label=self._line("chart-cap"),
        )]  # fmt: skip

    def rank(self) -> list[Chart]:
        """The ranking of the yearly assessment."""
        standings = self._facts.standings
        if len(standings) < _LEAST_BARS:
            return []
        names = _short([standing.organization for standing in standings])
        percents = [standing.percent / 100 for standing in standings]
        series = [Series(self._words.heading("percent"), [float(part) for part in percents])]
        facts = {"count": len(standings), **_span(percents)}
        return [self._chart("rank", "bars", names, series, facts, is_rate=True)]


def _span(values: Any) -> dict[str, str]:
    rates = [Rate(value) for value in values]
    return {"least": min(rates).per_cent, "most": max(rates).per_cent}


def _short(names: Any) -> list[str]:
    """Names without what all of them begin with, for a chart has little room."""
    names = [*names]
    prefix = ""
    if len(set(names)) > 1:  # alike up to where the first and the last in order differ
        first, last = min(names), max(names)
        alike = zip(first, last, strict=False)
        prefix = first[
            : next((at for at, pair in enumerate(alike) if len({*pair}) > 1), len(first))
        ]
    return [name[len(prefix) :] if len(prefix) >= _LEAST_PREFIX else name for name in names]
