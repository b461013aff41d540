"""The yearly report in words: from its facts to a document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from leaguectl.documents import (
    Chart,
    Column,
    Document,
    Number,
    Section,
    Sentence,
    Table,
)
from leaguectl.documents.yearly_charts import Charts, unit_name
from leaguectl.findings import Rate
from leaguectl.reports.yearly import (
    BALANCE,
    OWN,
    SECTORS,
    Compared,
    Yearly,
    held_by_category,
    periods_missing,
)
from leaguectl.words import Words

_PLACE = re.compile(r"\[([a-z_.]+?)(:change)?\]")
_HEADLINE = ("organizations.total", "members.total", "admissions.total", "cadres.total",
             "activities.total", "numbers.usage_rate")  # fmt: skip
_SIGNED = ("signed-unit", "signed-head", "signed-by", "signed-day")
_HANDED_IN = ("sectors", "compare", "units", "all")
"""The tables that are handed in, in their order."""
_LABELS = ("charts", "table", "picture", "skip", "contents", "headline", "search", "rows")
_NUMERALS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


@dataclass(frozen=True, slots=True)
class Made:
    """How a report came about: on which day, by which version."""

    today: date
    version: str


@dataclass(frozen=True, slots=True)
class Weak:
    """A problem of an organisation that a rule found, in words."""

    organization: str
    problem: str
    fix: str


def document_of(facts: Yearly, words: Words, weak: Sequence[Weak], made: Made) -> Document:
    """The report as a document in the language of the words."""
    return _Wording(facts, words, weak).document(made)


class _Wording:
    """Puts words to the facts of one report."""

    def __init__(self, facts: Yearly, words: Words, weak: Sequence[Weak]) -> None:
        self._facts, self._words, self._weak = facts, words, weak
        self._line, self._charts = words.in_report, Charts(facts, words)
        self._next = facts.year + 1

    def document(self, made: Made) -> Document:
        """All sections with their frame."""
        facts = self._facts
        sections = [
            self._section("plan", tables=self._tasks()),
            self._section("organizations", tables=[self._units(), self._sectors()]),
            self._section("cadres", parts=[
                self._section("selected", charts=self._charts.filled()),
                self._section("trained", tables=self._trainings()),
                self._section("managed", charts=self._charts.rank(), tables=self._rank()),
            ]),
            self._section(
                "members", charts=[*self._charts.ages(), *self._charts.caps()],
                tables=self._surveys(),
            ),
            self._section("admissions", charts=self._charts.months()),
            self._section("activities", tables=self._activities()),
            self._section("paths"),
            self._base(),
            self._weak_section(),
            self._compared(),
            self._section("all", tables=[self._all()]),
            self._section("directory", tables=[self._directory()]),
        ]  # fmt: skip
        return Document(
            self._line("title", name=facts.organization, year=facts.year),
            self._words.language,
            [self._numbered(section, place) for place, section in enumerate(sections, 1)],
            subtitle=self._line("subtitle", day=self._day(facts.as_of)),
            facts=[*self._made(made)],
            headline=[
                (self._label(key), self._number(facts.figures[key]))
                for key in _HEADLINE
                if facts.figures[key].value is not None
            ],
            signed=[self._line(code) for code in _SIGNED],
            labels={code: self._words.report[code] for code in _LABELS},
        )

    def _made(self, made: Made) -> Iterator[str]:
        facts = self._facts
        yield self._line("fact-counted", year=facts.year)
        if facts.closed is None:
            yield self._line("fact-open", year=facts.year)
        else:
            closed = facts.closed
            day = self._day(date.fromisoformat(closed.day))
            yield self._line("fact-closed", year=facts.year, day=day, sha256=closed.sha256)
        if facts.moved:
            labels = self._labels(dict.fromkeys(facts.moved))
            yield self._line("fact-moved", count=len(facts.moved), labels=labels)
        yield self._line("fact-made", today=self._day(made.today), version=made.version)
        if facts.seal is not None:
            yield self._line("fact-seal", seal=facts.seal)

    # -- headings and sentences ------------------------------------------------------------------

    def _section(
        self, code: str, charts: Sequence[Chart] = (), tables: Sequence[Table] = (),
        parts: Sequence[Section] = (), sentences: Sequence[Sentence] = (),
    ) -> Section:  # fmt: skip
        title = self._line(f"section-{code}", next=self._next)
        paragraph = [*self._sentences(code), *sentences]
        return Section(title, paragraph, charts, tables, parts)

    def _numbered(self, section: Section, place: int, above: int = 0) -> Section:
        """The section with its number, as official papers count."""
        if self._words.language == "zh":
            number = f"（{_chinese(place)}）" if above else f"{_chinese(place)}、"
        else:
            number = f"{above}.{place} " if above else f"{place}. "
        parts = [self._numbered(part, at, place) for at, part in enumerate(section.parts, 1)]
        return Section(
            number + section.title, section.sentences, section.charts, section.tables, parts
        )

    def _sentences(self, code: str) -> Iterator[Sentence]:
        """The sentences whose figures were all counted, then the figures that were not."""
        missing: dict[str, None] = {}
        for template in self._words.sentences.get(code, ()):
            keys = [match[1] for match in _PLACE.finditer(template)]
            null = [key for key in keys if self._facts.figures[key].value is None]
            missing |= dict.fromkeys(null)
            if not null:
                yield Sentence([*self._parts(template)])
        if missing:
            yield Sentence([self._line("without", labels=self._labels(missing))])

    def _parts(self, template: str) -> Iterator[str | Number]:
        end = 0
        for match in _PLACE.finditer(template):
            yield template[end : match.start()]
            figure = self._facts.figures[match[1]]
            yield self._change(figure) if match[2] else self._number(figure)
            end = match.end()
        yield template[end:]

    def _number(self, figure: Compared) -> Number:
        value = _rated(figure, figure.value)
        text = value.per_cent if isinstance(value, Rate) else str(value)
        return Number(text, figure.figure.key, figure.value)

    def _change(self, figure: Compared) -> str:
        change, unit = figure.change, self._words.units[figure.figure.unit]
        if change is None:
            return self._line("change-none")
        if not change:
            return self._line("change-same")
        kind, more = ("rate" if figure.figure.places else "change"), change > 0
        size = f"{abs(100 * change):.2f}" if figure.figure.places else str(abs(change))
        return self._line(f"{kind}-{'more' if more else 'less'}", change=size, unit=unit)

    def _day(self, day: date) -> str:
        return self._line("day", year=day.year, month=day.month, day=day.day, iso=day.isoformat())

    def _label(self, key: str) -> str:
        return self._words.figures[key][0]

    def _labels(self, keys: dict[str, None]) -> str:
        return self._line("comma").join(map(self._label, keys))

    def _text(self, code: str, **facts: Any) -> Sentence:
        return Sentence([self._line(code, next=self._next, **facts)])

    # -- tables ----------------------------------------------------------------------------------

    def _table(
        self, code: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]],
        totals: int = 0, note: str = "", *, searchable: bool = False,
    ) -> Table:  # fmt: skip
        caption = self._line(f"table-{code}", next=self._next)
        note = note and self._line(f"note-{note}")
        place = _HANDED_IN.index(code) if code in _HANDED_IN else len(_HANDED_IN)
        return Table(caption, columns, rows, totals, note, searchable, place)

    def _heading(self, key: str, kind: Any = "text") -> Column:
        return Column(self._words.heading(key), kind)

    def _counts(self, keys: Sequence[str]) -> list[Column]:
        return [Column(self._label(key), "count") for key in keys]

    def _units(self) -> Table:
        found = self._facts.by_unit
        rows = [
            [unit_name(group, self._words), *_cells(group.cells, BALANCE)] for group in found.groups
        ]
        rest = [self._words.line("split-rest"), *_cells(found.rest, BALANCE)]
        rows += [rest] if any(found.rest.values()) else []
        rows.append([self._words.line("split-total"), *_cells(found.whole, BALANCE)])
        columns = [Column(self._words.heading("unit"), "name"), *self._counts(BALANCE)]
        return self._table("units", columns, rows, totals=1, note="units")

    def _sectors(self) -> Table:
        """The official summary: a row for each sector, cadres also by their basis."""
        found, bases = self._facts.by_sector, ("full-time", "part-time", "seconded")
        held = {group.values: group.cells["cadres.total"] for group in self._facts.by_basis.groups}
        rows = []
        for group in found.groups:
            (sector,) = group.values
            none = None if group.cells["cadres.total"] is None else 0  # no post is recorded at all
            by_basis = [held.get((sector, basis), none) for basis in bases]
            name = self._words.value(sector) or self._words.line("split-unknown")
            rows.append([name, *_cells(group.cells, SECTORS), *by_basis])
        heads = {group.values: group.cells["cadres.total"] for group in self._facts.bases.groups}
        none = None if found.whole["cadres.total"] is None else 0
        sums = [heads.get((basis,), none) for basis in bases]
        if any(found.rest.values()):
            counted = zip(*(row[-len(bases) :] for row in rows), strict=True)
            rest = [
                None if whole is None else whole - sum(held or 0 for held in column)
                for whole, column in zip(sums, counted, strict=True)
            ]
            name = self._words.line("split-rest")
            rows.append([name, *_cells(found.rest, SECTORS), *rest])
        total = self._words.line("split-total")
        rows.append([total, *_cells(found.whole, SECTORS), *sums])
        columns = [Column(self._words.heading("sector"), "name"), *self._counts(SECTORS)]
        columns += [Column(str(self._words.value(basis)), "count") for basis in bases]
        return self._table("sectors", columns, rows, totals=1, note="sectors")

    def _tasks(self) -> list[Table]:
        tasks = self._facts.tasks
        if not tasks:
            return []
        modules: dict[str, list[int]] = {}
        for task in tasks:
            counts = modules.setdefault(task["module"], [0, 0])
            counts[task["state"] != "done"] += 1
        rows = [[module, done + left, done, left] for module, (done, left) in modules.items()]
        columns = [
            self._heading("module", "name"), Column(self._label("tasks.total"), "count"),
            Column(str(self._words.value("done")), "count"),
            Column(self._line("column-task-open"), "count"),
        ]  # fmt: skip
        tables = [self._table("tasks", columns, rows)]
        left = [
            [task["task"], task["lead"], task["deadline"], self._words.value(task["state"])]
            for task in tasks
            if task["state"] != "done"
        ]
        columns = [self._heading("task", "name"), self._heading("lead"),
                   self._heading("deadline", "day"), self._heading("state")]  # fmt: skip
        return [*tables, self._table("open", columns, left)] if left else tables

    def _trainings(self) -> list[Table]:
        rows = [
            [row["training"], self._words.value(row["category"]), row["day"], row["attendances"]]
            for row in self._facts.trainings
        ]
        columns = [
            self._heading("training", "name"), self._heading("category"),
            self._heading("day", "day"), Column(self._line("column-attendances"), "count"),
        ]  # fmt: skip
        return [self._table("trainings", columns, rows)] if rows else []

    def _rank(self) -> list[Table]:
        rows = [
            [standing.organization, standing.rank, Rate(standing.percent / 100), standing.stars]
            for standing in self._facts.standings
        ]
        columns = [self._heading("organization", "name"), self._heading("rank", "count"),
                   self._heading("percent", "rate"), self._heading("stars", "count")]  # fmt: skip
        if all(row[-1] is None for row in rows):  # committees are ranked, and not rated
            rows, columns = [row[:-1] for row in rows], columns[:-1]
        return [self._table("rank", columns, rows)] if rows else []

    def _surveys(self) -> list[Table]:
        rows = [
            [row["organization"], self._words.value(row["stage"]),
             row["youth"] if row["stage"] == "youth" else row["students"], row["members"],
             _rate(row["ratio"]), _rate(row["cap"])]
            for row in self._facts.surveys
        ]  # fmt: skip
        columns = [
            self._heading("organization", "name"), self._heading("stage"),
            self._heading("base", "count"), self._heading("members", "count"),
            self._heading("ratio", "rate"), self._heading("cap", "rate"),
        ]  # fmt: skip
        return [self._table("surveys", columns, rows)] if rows else []

    def _activities(self) -> list[Table]:
        rows = [
            [self._words.value(category), *counts]
            for category, counts in held_by_category(self._facts.activities).items()
        ]
        columns = [
            self._heading("category", "name"), Column(self._line("column-sessions"), "count"),
            Column(self._line("column-attendances"), "count"),
        ]  # fmt: skip
        return [self._table("activities", columns, rows)] if rows else []

    def _all(self) -> Table:
        rows = []
        for key, figure in self._facts.figures.items():
            label, definition = self._words.figures[key]
            unit = self._words.units[figure.figure.unit]
            rows.append([label, _rated(figure, figure.value), unit, definition, key])
        columns = [self._heading("label", "name"), self._heading("value", "count"),
                   self._heading("unit"), self._heading("definition"),
                   self._heading("key", "key")]  # fmt: skip
        return self._table("all", columns, rows)

    def _directory(self) -> Table:
        own = {group.values[0]: group.cells for group in self._facts.by_organization.groups}
        names = {row["code"]: row["name"] for row in self._facts.organizations}
        rows = []
        for row in self._facts.organizations:
            if row["dissolved"] and row["dissolved"] <= self._facts.as_of.isoformat():
                continue
            kinds = [self._words.value(row["type"]), self._words.value(row["sector"])]
            counts = _cells(own.get(row["code"], dict.fromkeys(OWN, 0)), OWN)
            rows.append([row["name"], names.get(row["parent"]), *kinds, *counts])
        columns = [self._heading("organization", "name"), self._heading("parent"),
                   self._heading("type"), self._heading("sector"), *self._counts(OWN)]  # fmt: skip
        return self._table("directory", columns, rows, note="directory", searchable=True)

    # -- sections of their own -------------------------------------------------------------------

    def _base(self) -> Section:
        total, rows = self._facts.base.total, self._facts.base.rows
        if not rows:
            return self._section("base", sentences=[self._text("none-base")])
        names = ("members", "ageing", "graduating", "transferring", "staying", "places")
        others = self._words.line("plan-others")
        lines = [
            [row.organization or others, self._words.value(row.stage),
             *(getattr(row, name) for name in names)]
            for row in rows
        ]  # fmt: skip
        counts = {name: getattr(total, name) for name in names}
        lines.append([self._words.line("split-total"), None, *counts.values()])
        headings = ["places_suggested" if name == "places" else name for name in names]
        columns = [self._heading("organization", "name"), self._heading("stage"),
                   *(self._heading(name, "count") for name in headings)]  # fmt: skip
        table = self._table("base", columns, lines, totals=1, note="base")
        return self._section("base", sentences=[self._text("base", **counts)], tables=[table])

    def _weak_section(self) -> Section:
        sentences, tables = [self._text("none-weak")], []
        if self._weak:
            places = {weak.organization for weak in self._weak}
            counts = {"count": len(self._weak), "organizations": len(places)}
            sentences = [self._text("weak", **counts)]
            columns = [self._heading("organization", "name"),
                       Column(self._line("column-problem")), self._heading("fix")]  # fmt: skip
            rows = [[weak.organization, weak.problem, weak.fix] for weak in self._weak]
            tables = [self._table("weak", columns, rows)]
        if missing := periods_missing(self._facts.missing):
            branches = {row["code"] for row in self._facts.missing}
            sentences.append(self._text("missing", count=len(branches)))
            columns = [self._heading("category", "name"),
                       Column(self._line("column-branches"), "count"),
                       Column(self._line("column-meetings"), "count")]  # fmt: skip
            lines = [[self._words.value(category), *counts] for category, counts in missing.items()]
            tables.append(self._table("missing", columns, lines, note="missing"))
        return self._section("weak", sentences=sentences, tables=tables)

    def _compared(self) -> Section:
        fallen = self._facts.fallen
        labels = self._labels(dict.fromkeys(figure.figure.key for figure in fallen))
        sentence = self._text("fallen", count=len(fallen), labels=labels)
        rows = [
            [self._label(key), _rated(figure, figure.value), _rated(figure, figure.previous),
             _rated(figure, figure.change), self._words.units[figure.figure.unit],
             figure.explained]
            for key, figure in self._facts.figures.items()
        ]  # fmt: skip
        years = [Column(self._line("column-previous", year=year), "count")
                 for year in (self._facts.year, self._facts.year - 1)]  # fmt: skip
        columns = [self._heading("label", "name"), *years, self._heading("change", "count"),
                   self._heading("unit"), Column(self._line("column-explained"))]  # fmt: skip
        table = self._table("compare", columns, rows, note="compare" if fallen else "")
        sentences = [sentence if fallen else self._text("none-fallen")]
        return self._section("compare", sentences=sentences, tables=[table])


def _cells(cells: dict[str, Any], keys: Sequence[str]) -> list[Any]:
    return [cells.get(key) for key in keys]


def _rate(value: Decimal | None) -> Rate | None:
    return None if value is None else Rate(value)


def _rated(figure: Compared, value: Any) -> Any:
    """A value of a figure as a document has it: a ratio as a rate."""
    return Rate(value) if figure.figure.places and value is not None else value


def _chinese(number: int) -> str:
    """A number below a hundred as headings count."""
    tens, units = divmod(number, 10)
    return (_NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + _NUMERALS[units]
