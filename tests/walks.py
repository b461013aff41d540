"""A walk: whatever may happen next happens, and after every step what holds of every registry is
asked. A walk that breaks something is made as short as it can be.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl

from conftest import Ran, Run
from leaguectl.model import DECLARATIONS
from leaguectl.reader import child
from leaguectl.reader.limits import Limits
from leaguectl.reports import figures
from leaguectl.reports.predicates import is_member_on
from leaguectl.store import locate
from leaguectl.store.proof import prove
from leaguectl.store.reading import Reader, open_reader
from leaguectl.store.writing import Store
from test_journal import rows as every_row
from walk_steps import Step, next_step, opening

ENDINGS = {0, 1, 2, 3, 4}
"""Done, with findings, a wrong option, refused, nobody of that name."""
YEARS = (2022, 2023, 2024)
BALANCE = {
    "members.opening": 1, "admissions.total": 1, "members.transferred_in": 1,
    "members.transferred_out": -1, "members.left": -1, "members.total": -1,
}  # fmt: skip
"""What a year began with, plus and minus what happened, is what it ended with."""


class ReadHere:
    """Reads files in this process, by what the child would run: that they are read apart has tests
    of its own, and a walk reads hundreds."""

    def __init__(self, _module: str, bounds: str) -> None:
        self._limits = Limits(**json.loads(bounds))

    def ask(self, data: bytes, _seconds: float, _most: int) -> list[bytes]:
        """As the child answers."""
        return [*child._parts(data, self._limits)]

    def end(self) -> tuple[int, bytes]:
        """There is nothing to end."""
        return 0, b""


_NUMBERED = {noun.__name__ for noun, declared in DECLARATIONS.items() if declared.key == "id"}
"""Entities whose rows have ids; any other key, as a year, is what it stands for."""

Rows = dict[str, list[tuple[Any, ...]]]
"""Every row of every entity."""


class Known(NamedTuple):
    """What is so after a step: the rows, what ``check`` finds, what was moved of closed years."""

    rows: Rows
    errors: set[tuple[str, str]]
    closed: dict[str, Any]


class Broken(AssertionError):
    """Something does not hold; ``law`` says what in a few words, which are the same each time."""

    def __init__(self, law: str, detail: object = "") -> None:
        super().__init__(f"{law}: {detail}")
        self.law = law
        self.taken = 0
        """After how many steps it was seen."""


def holds(is_so: bool, law: str, detail: object = "") -> None:
    """Break off where something does not hold."""
    if not is_so:
        raise Broken(law, detail)


@dataclass
class Walk:
    """One registry on which things happen."""

    run: Run
    db: str
    folder: Path
    draw: Random
    done: Counter[str] = field(default_factory=Counter)
    """How many steps of each command were carried out."""
    steps: list[Step] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    """The codes of what was found of the last step."""
    given: dict[str, set[Any]] = field(default_factory=dict)
    """The keys that rows of each entity ever had."""
    known: "Known | None" = None
    """What is so since the last step; None where it must be asked."""

    def walk(self, steps: Iterator[Step] | Sequence[Step]) -> None:
        """Take the steps, asking after each."""
        for at, step in enumerate(steps):
            self.steps.append(step)
            self.take(step, at)
        with Store(locate(self.db)).read() as transaction:
            found = prove(transaction.connection).findings
        holds(not found, "everything is as it was written", found)

    # -- one step --------------------------------------------------------------------------------

    def take(self, step: Step, at: int) -> None:
        """Try it, do it, look at what it did, take it back and do it again."""
        arguments = self._arguments(step, at)
        if self.known is None:
            self.known = self._know(every_row(self.db))
        before, errors, closed = self.known
        tried = self._run(*arguments, "--dry-run")
        holds(every_row(self.db) == before, "a dry run writes nothing", step)
        ran = self._run(*arguments)
        holds(ran.code in ENDINGS, f"exit {ran.code}", f"{step}\n{ran.out}{ran.err}")
        spoken = "constraint-broken" in ran.out + ran.err
        holds(not spoken, "a rule speaks before a constraint does", f"{step}\n{ran.err}")
        _same_answer(step, tried, ran)
        self.said = _codes(ran)
        after = every_row(self.db)
        if not _is_written(ran):
            holds(after == before, "what is refused changes nothing", step)
            return
        self.done[" ".join(step.arguments[: 1 if step.sheets else 2])] += 1
        if step.arguments[0] != "undo":
            again = self._given_again(before, after)
            holds(not again, "an id is given out once", again)
        self.known = self._know(after)
        new = [error for error in self.known.errors - errors if error[0] not in self.said]
        holds(not new, f"check finds {', '.join(sorted({code for code, _ in new}))}", new)
        if "--reason" not in step.arguments:
            now = self.known.closed
            moved = {year for year, diff in now.items() if closed.get(year, diff) != diff}
            holds(not moved, "a closed year moves for a reason only", step)
        with open_reader(locate(self.db)) as reader:
            self._figures(reader)
            _ledger(reader)
        if at % 2 == 0:
            self._take_back(step, before, after)

    def _know(self, rows: Rows) -> "Known":
        """What the next step is held against: asked once, for what is refused changes nothing."""
        self._give_out(rows)
        return Known(rows, self._errors(), self._closed())

    def _run(self, *arguments: str) -> Ran:
        return self.run("--db", self.db, *arguments, "-O", "json")

    def _arguments(self, step: Step, at: int) -> list[str]:
        """The command line: with the file of its sheets, and the operations that it means."""
        arguments = (
            [*step.arguments, "--yes"] if step.arguments[0] != "import" else [*step.arguments]
        )
        if step.sheets:
            path = self.folder / f"{at}.xlsx"
            _write(path, step.sheets)
            arguments.append(str(path))
        if not any(argument.startswith("{-") for argument in arguments):
            return arguments
        log = json.loads(self._run("log").out)["operations"]
        # What a walk takes back and does again to try it does not count.
        latest = sorted(found["id"] for found in log if found["command"] != "undo")

        def operation(match: re.Match[str]) -> str:
            back = int(match[1])
            # The county as it began is not taken back.
            return str(latest[back]) if len(latest) > -back else "999"

        return [re.sub(r"\{(-\d)\}", operation, argument) for argument in arguments]

    def _take_back(self, step: Step, before: Rows, after: Rows) -> None:
        """What was just done is taken back whole, or refused for a reason; then it is done again by
        taking that back."""
        for back, there in (("as it was", before), ("done again", after)):
            last = str(json.loads(self._run("log").out)["operations"][0]["id"])
            order = ("undo", last, "--reason", "x", "--yes")
            tried, undone = self._run(*order, "--dry-run"), self._run(*order)
            _same_answer(Step(order), tried, undone)
            holds(undone.code in (0, 3), f"undo exits {undone.code}", f"{step}\n{undone.err}")
            if undone.code == 3:
                holds(
                    _is_reason(undone), "undo of the last step is refused", f"{step}\n{undone.err}"
                )
                self.known = self.known if back == "as it was" else None
                return
            holds(every_row(self.db) == there, f"undone it is {back}", step)

    # -- what always holds -----------------------------------------------------------------------

    def _give_out(self, there: Rows) -> None:
        """Remember the ids of all rows: nothing else may bear one."""
        for entity, found in there.items():
            self.given.setdefault(entity, set()).update(row[0] for row in found)

    def _given_again(self, before: Rows, after: Rows) -> list[tuple[str, Any]]:
        """Ids of new rows that others had before."""
        new = {
            entity: {row[0] for row in found} - {row[0] for row in before[entity]}
            for entity, found in after.items()
        }
        return [
            (entity, key)
            for entity, keys in new.items()
            for key in keys & self.given[entity]
            if entity in _NUMBERED
        ]

    def _closed(self) -> dict[str, Any]:
        """What was moved of each closed year."""
        with open_reader(locate(self.db)) as reader:
            years = [str(year) for (year,) in reader.rows("SELECT year FROM closing")]
        return {
            year: json.loads(self._run("year", "diff", year).out, object_hook=_without_name)
            for year in years
        }

    def _errors(self) -> set[tuple[str, str]]:
        """What check finds wrong."""
        found = json.loads(self._run("check").out)["findings"]
        return {
            (finding["code"], str(finding["subject"]))
            for finding in found
            if finding["level"] == "error"
        }

    def _figures(self, reader: Reader) -> None:
        """Balance and sums of every organisation, and each year begins as the last one ended."""
        codes = [code for (code,) in reader.rows("SELECT code FROM organization ORDER BY code")]
        ends = {}
        for year in YEARS:
            days = [
                date(year, self.draw.randint(1, 12), self.draw.randint(1, 28)),
                date(year, 12, 31),
            ]
            for day in days:
                totals = {}
                for org in ("", *codes):
                    found = _figures_of(reader, year, day, org)
                    off = sum(sign * found[key] for key, sign in BALANCE.items())
                    holds(off == 0, "a year balances", f"{org} {day} {found}")
                    totals[org] = found["members.total"]
                    if day == days[-1]:
                        ends[org, year] = found["members.total"]
                        closing = ends.get((org, year - 1), found["members.opening"])
                        law = "a year begins as the last one ended"
                        holds(found["members.opening"] == closing, law, f"{org} {year} {found}")
                _sums(reader, totals, day)


def _figures_of(reader: Reader, year: int, day: date, org: str) -> dict[str, int]:
    return {
        key: int(figures.count(reader, year, day, org, only=key)[0].value or 0) for key in BALANCE
    }


def _sums(reader: Reader, totals: dict[str, int], day: date) -> None:
    """All members are somewhere, once."""
    own = f"SELECT organization, count(*) FROM membership WHERE {is_member_on()} GROUP BY 1"
    members = dict(map(tuple, reader.rows(own, {"last": day.isoformat()})))
    holds(totals[""] == sum(members.values()), "the members of all are all members", day)
    for code, count in members.items():
        holds(totals[code] >= count, "a branch's members are its own and those below", code)
    tops = [code for (code,) in reader.rows("SELECT code FROM organization WHERE parent IS NULL")]
    holds(sum(totals[top] for top in tops) == totals[""], "the parts add up to the whole", day)


_LAWS = {
    "used within places": """
        SELECT quota.id FROM quota JOIN number ON number.quota IS NOT NULL
            AND number.number BETWEEN quota.first AND quota.last GROUP BY quota.id, quota.places
        HAVING count(*) <> quota.places
    """,
    "places below within those above": """
        SELECT above.id FROM quota AS above WHERE above.places < (SELECT coalesce(sum(places), 0)
        FROM quota WHERE quota.parent = above.id)
    """,
    "a used number has its person": """
        SELECT number FROM number WHERE state = 'used' AND person IS NULL
            OR state IN ('free', 'void') AND person IS NOT NULL
    """,
    "one valid certificate": """
        SELECT person FROM certificate WHERE state = 'valid' GROUP BY person HAVING count(*) > 1
    """,
    "one membership at a time": """
        SELECT a.person FROM membership AS a JOIN membership AS b
        ON b.person = a.person AND b.id > a.id
        WHERE coalesce(a."left", '9999-12-31') > coalesce(b.since, b.joined, '0001-01-01')
            AND coalesce(b."left", '9999-12-31') > coalesce(a.since, a.joined, '0001-01-01')
    """,
}


def _ledger(reader: Reader) -> None:
    """What holds of the rows themselves."""
    for law, sql in _LAWS.items():
        found = [tuple(row) for row in reader.rows(sql)]
        holds(not found, law, found)


def _same_answer(step: Step, tried: Ran, ran: Ran) -> None:
    """A dry run answers as the run does."""
    holds(tried.code == ran.code, "dry run and run end alike",
          f"{step}\ndry: {tried.code} {tried.err}\nrun: {ran.code} {ran.err}")  # fmt: skip
    if not ran.out or not tried.out:
        holds(bool(ran.out) == bool(tried.out), "dry run and run answer alike", step)
        return
    answers = [json.loads(answer.out, object_hook=_without_operation) for answer in (tried, ran)]
    different = [key for key in answers[0] if answers[0][key] != answers[1].get(key)]
    holds(not different, f"dry run and run answer alike in {different}",
          f"{step}\ndry: {answers[0]}\nrun: {answers[1]}")  # fmt: skip


def _without_operation(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key not in ("operation", "dry_run")}


def _without_name(figure: dict[str, Any]) -> dict[str, Any]:
    """A moved figure of an organisation, whatever that is called meanwhile."""
    return {key: value for key, value in figure.items() if key != "organization"}


def _codes(ran: Ran) -> set[str]:
    """What an answer found, by codes, and why it is none."""
    answer = json.loads(ran.out) if ran.out else {}
    error = [answer["error"]] if "error" in answer else []
    return {finding["code"] for finding in (*answer.get("findings", ()), *error)}


def _is_written(ran: Ran) -> bool:
    return bool(ran.out) and json.loads(ran.out).get("operation") is not None


def _is_reason(undone: Ran) -> bool:
    """Whether a refused undo names what would be wrong: what builds on it, or a rule."""
    return "undo" in undone.err or "error" in undone.err


def _write(path: Path, sheets: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> None:
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(stream.getvalue())


# -- a county to walk in, and walks that break something -----------------------------------------


def make_county(run: Run, db: str, folder: Path) -> None:
    """The county as it begins."""
    path = folder / "county.xlsx"
    _write(path, [(title, rows) for title, rows in opening().items()])
    ran = run("--db", db, "import", "--province", "65", path)
    assert ran.code == 0, ran.err


def drawn(seed: int, length: int) -> list[Step]:
    """The steps of a walk."""
    draw = Random(seed)  # noqa: S311 -- repeatable, not secret
    return [next_step(draw) for _ in range(length)]


def broken_by(make: Callable[[], Walk], steps: Sequence[Step]) -> Broken | None:
    """What breaks on a walk of these steps in a county of its own, if anything does."""
    walk = make()
    try:
        walk.walk(steps)
    except Broken as broken:
        broken.taken = len(walk.steps)
        return broken
    return None


def shortest(make: Callable[[], Walk], steps: Sequence[Step], law: str) -> list[Step]:
    """The walk without every step that it does not need to break the same law."""
    kept = list(steps)
    size = max(len(kept) // 2, 1)
    while size:
        at = 0
        while at < len(kept):
            fewer = kept[:at] + kept[at + size :]
            broken = broken_by(make, fewer) if fewer else None
            if broken is not None and broken.law == law:
                kept = fewer
            else:
                at += size
        size //= 2
    return kept
