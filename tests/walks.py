"""A walk: whatever may happen next happens, and after every step what holds of every registry is
asked. A walk that breaks something is made as short as it can be.
"""

import io
import json
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from unittest.mock import patch

import openpyxl

from conftest import Ran, Run
from leaguectl.actions import accepting, registry
from leaguectl.actions.registry import CheckDays
from leaguectl.model import DECLARATIONS, Number, PaperState
from leaguectl.reader import child
from leaguectl.reader.limits import Limits
from leaguectl.reports import figures, ledger
from leaguectl.reports.figures.by_organization import Balances, balances
from leaguectl.reports.figures.trees import Paths, Trees
from leaguectl.reports.predicates import is_member_on
from leaguectl.store import locate, writing
from leaguectl.store.connection import Connection
from leaguectl.store.proof import prove
from leaguectl.store.reading import Reader, open_reader
from leaguectl.store.writing import Store
from leaguectl.tables import TABLES
from test_papers import pdf
from walk_steps import KEEP_A_YEAR, Step, next_step, opening

ENDINGS = {0, 1, 2, 3, 4}
"""Done, with findings, a wrong option, refused, nobody of that name."""
YEARS = (2022, 2023, 2024)
ERASE = ("member", "erase")
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
        return [*child.parts(data, self._limits)]

    def end(self) -> tuple[int, bytes]:
        """There is nothing to end."""
        return 0, b""


_NUMBERED = {noun.__name__ for noun, declared in DECLARATIONS.items() if declared.key == "id"}
"""Entities whose rows have ids; any other key, as a year, is what it stands for."""

_EACH_ROW = {
    noun.__name__: f"SELECT * FROM {TABLES[noun].__table__.name} ORDER BY {declared.key}"  # type: ignore[attr-defined]
    for noun, declared in DECLARATIONS.items()
}

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
    is_carried: bool = False
    """Whether the registry is carried over at the end, by ``export all`` and ``import``."""
    known: "Known | None" = None
    """What is so since the last step; None where it must be asked."""
    read: tuple[bytes, Rows] = (b"", {})
    """The file of the registry when its rows were last read, and the rows."""

    def walk(self, steps: Iterator[Step] | Sequence[Step]) -> None:
        """Take the steps, asking after each."""
        for at, step in enumerate(steps):
            self.steps.append(step)
            self.take(step, at)
        self._prove()
        if self.is_carried:
            self._carry_over()

    # -- one step --------------------------------------------------------------------------------

    def take(self, step: Step, at: int) -> None:
        """Try it, do it, look at what it did, take it back and do it again."""
        arguments = self._arguments(step, at)
        if self.known is None:
            self.known = self._know(self._rows())
        before, errors, closed = self.known
        figures_before = self._every_figure() if _erases(step) else None
        if at % 8 == 5:
            self._be_killed(arguments, before)
        if at % 16 == 9:
            self._restore(at, before)
        tried = self._run(*arguments, "--dry-run")
        holds(self._rows() == before, "a dry run writes nothing", step)
        ran = self._run(*arguments)
        holds(ran.code in ENDINGS, f"exit {ran.code}", f"{step}\n{ran.out}{ran.err}")
        spoken = "constraint-broken" in ran.out + ran.err
        holds(not spoken, "a rule speaks before a constraint does", f"{step}\n{ran.err}")
        _same_answer(step, tried, ran)
        self.said = _codes(ran)
        after = self._rows()
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
        if at % 4 == 3:
            self._prove()
        if figures_before is not None:
            holds(self._every_figure() == figures_before, "an erasure moves no figure", step)
        self._take_back(step, before, after, again=at % 2 == 0 or "://" in self.db)

    def _prove(self) -> None:
        """The chain holds, and every row is as its operation wrote it: asked at the end, and now
        and then on the way, since what breaks it stays broken."""
        with Store(locate(self.db)).read() as transaction:
            found = prove(transaction.connection).findings
        holds(not found, "everything is as it was written", found)

    def _be_killed(self, arguments: Sequence[str], before: Rows) -> None:
        """Run the command in a process that is killed at some statement, at the latest before it
        commits: nothing was written, and whatever comes next finds nothing in its way."""
        statements = self.draw.randrange(200)
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                _die_after(statements)
                self._run(*arguments)
            os._exit(0)  # what was refused does not come that far
        os.waitpid(child, 0)
        holds(self._rows() == before, "a killed command has written nothing", arguments)

    def _restore(self, at: int, before: Rows) -> None:
        """Put a backup in the place of the registry, of which it is a copy."""
        copy = str(self.folder / f"{at}.backup.db")
        for command in (("backup", copy), ("restore", copy, "--yes")):
            ran = self._run(*command)
            holds(ran.code == 0, f"{command[0]} exits {ran.code}", ran.err)
        holds(self._rows() == before, "a backup comes back as it was")
        self._prove()
        Path(copy).unlink()

    def _know(self, rows: Rows) -> "Known":
        """What the next step is held against: asked once, for what is refused changes nothing."""
        self._give_out(rows)
        return Known(rows, self._errors(), self._closed())

    def _rows(self) -> Rows:
        """Every row of every entity; those of a file that is as it was are not read again."""
        file = b"" if "://" in self.db else Path(self.db).read_bytes()
        if not file or file != self.read[0]:
            with open_reader(locate(self.db)) as reader:
                self.read = file, {noun: [*map(tuple, reader.rows(each))]
                                   for noun, each in _EACH_ROW.items()}  # fmt: skip
        return self.read[1]

    def _run(self, *arguments: str) -> Ran:
        return self.run("--db", self.db, *arguments, "-O", "json")

    def _arguments(self, step: Step, at: int) -> list[str]:
        """The command line: with the file of its sheets or its scan, the plan that is carried out
        or agreed with, and the operations that it means."""
        command, *rest = step.arguments
        if command in ("apply", "approve"):
            plan = self.folder / f"{at}.plan"
            planned = self._arguments(Step(tuple(rest), step.sheets), at)
            with patch.dict(os.environ, LEAGUECTL_ACTOR="another"):
                self._run(*planned, "--dry-run", "--plan-out", str(plan))
            return [command, str(plan), "--yes"]
        arguments = [*step.arguments, *(["--yes"] if command != "import" else [])]
        if step.sheets:
            path = self.folder / f"{at}.xlsx"
            _write(path, step.sheets)
            arguments.append(str(path))
        return [self._meant(argument) for argument in arguments]

    def _meant(self, argument: str) -> str:
        """An argument with the number of the operation, or the path of the file, that it means."""
        if argument.endswith(".pdf"):
            return str(_scan(self.folder / argument))
        if not argument.startswith("{-"):
            return argument
        with open_reader(locate(self.db)) as reader:
            # What a walk takes back and does again to try it does not count.
            made = "SELECT id FROM operation WHERE undoes IS NULL AND id > 0 ORDER BY id"
            latest = [number for (number,) in reader.rows(made)]
        back = int(argument[1:-1])
        # The county as it began is not taken back.
        return str(latest[back]) if len(latest) > -back else "999"

    def _take_back(self, step: Step, before: Rows, after: Rows, *, again: bool) -> None:
        """What was just done is taken back whole, or refused for a reason; then it is done again by
        taking that back, or the file is put back as it was."""
        kept = None if again else Path(self.db).read_bytes()
        for back, there in (("as it was", before), ("done again", after)):
            with open_reader(locate(self.db)) as reader:
                last = str(reader.rows("SELECT max(id) FROM operation")[0][0])
            order = ("undo", last, "--reason", "x", "--yes")
            tried = self._run(*order, "--dry-run") if back == "as it was" else None
            undone = self._run(*order)
            if tried is not None:
                _same_answer(Step(order), tried, undone)
            holds(undone.code in (0, 3), f"undo exits {undone.code}", f"{step}\n{undone.err}")
            if undone.code == 3:
                law = "undo of the last step is refused"
                holds(_is_reason(step, undone), law, f"{step}\n{undone.err}")
                self.known = self.known if back == "as it was" else None
                return
            holds(self._rows() == there, f"undone it is {back}", step)
            if kept is not None:
                Path(self.db).write_bytes(kept)
                return

    def _carry_over(self) -> None:
        """An empty registry of the same policy that takes what this one exports is the same one."""
        book, other = str(self.folder / "all.xlsx"), str(self.folder / "other.db")
        shown = ("--reveal", "--reason", "x")
        ran = self.run("--db", self.db, "export", "all", "-o", book, *shown)
        holds(ran.code == 0, "all can be exported", ran.err)
        policy = self.folder / "policy.toml"
        policy.write_text(self.run("--db", self.db, "policy", "show").out, "utf-8")
        made = self.run("--db", other, "init", "--province", "65", "--policy", policy)
        holds(made.code == 0, "its policy is one of another registry too", made.err)
        ran = self.run("--db", other, "import", book, "-O", "json")
        answer = json.loads(ran.out)
        wrong = [found for found in answer.get("findings", ()) if found["level"] == "error"]
        holds(ran.code == 0, "what is exported is imported", answer.get("error", wrong))
        with open_reader(locate(self.db)) as here, open_reader(locate(other)) as there:
            for year in YEARS:
                both = [balances(reader, year) for reader in (here, there)]
                off = {code for code in both[0].keys() | both[1].keys()
                       if both[0].get(code) != both[1].get(code)}  # fmt: skip
                holds(not off, "carried over, the figures are the same", f"{year} {off}")
            for law, sql in _CARRIED.items():
                rows = [{str([*map(str, row)]) for row in reader.rows(sql)}
                        for reader in (here, there)]  # fmt: skip
                lost = rows[0] ^ rows[1]
                holds(not lost, f"carried over, {law} are the same", lost)

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
        day = date.fromisoformat(os.environ["LEAGUECTL_TODAY"])
        location, days = locate(self.db), CheckDays(today=day)
        found = accepting.sort(location, registry.check(location, (), days), day).open
        return {(finding.code, str(finding.subject)) for finding in found if finding.is_error}

    def _figures(self, reader: Reader) -> None:
        """Balance and sums of every organisation on six days of each year; each year begins as the
        last one ended, and the plan has the places of the figures."""
        trees = Trees(reader)
        ends: dict[str, int] = {}
        for year in YEARS:
            end = date(year, 12, 31)
            for day in [*(self._some_day(year) for _ in range(5)), end]:
                found = balances(reader, year, None if day == end else day)
                _balanced(found, day)
                _sums(reader, found, day, trees.paths(day))
            for code in ("", self.draw.choice(sorted(trees.paths(end)))):
                counted = dict(_counted(reader, year, end, code))
                at_once = found.get(code, {}) if code else _whole(found, trees.paths(end))
                other = {key: count for key, count in counted.items()
                         if key in at_once and at_once[key] != count}  # fmt: skip
                holds(not other, "one is counted as all are", f"{code} {year} {other} {at_once}")
            for code in ends.keys() | found.keys():
                opening = found.get(code, {}).get("members.opening", 0)
                holds(year == YEARS[0] or opening == ends.get(code, 0),
                      "a year begins as the last one ended", f"{code} {year}")  # fmt: skip
            ends = {code: figures.get("members.total", 0) for code, figures in found.items()}
            _places(reader, year, found)

    def _every_figure(self) -> list[tuple[str, Any]]:
        """All figures of the county, year by year."""
        with open_reader(locate(self.db)) as reader:
            return [each for year in YEARS for each in figures.by_key(reader, year).items()]

    def _some_day(self, year: int) -> date:
        return date(year, 1, 1) + timedelta(self.draw.randrange(365))


def _counted(reader: Reader, year: int, day: date, org: str) -> Iterator[tuple[str, int]]:
    """The figures of one organisation, each by its own query."""
    for key in BALANCE:
        yield key, int(figures.count(reader, year, day, org, only=key)[0].value or 0)


def _whole(found: Balances, paths: Paths) -> dict[str, int]:
    """The members of all: those of the tops of the tree."""
    tops = [code for code, path in paths.items() if len(path) == 1]
    return {"members.total": sum(found.get(top, {}).get("members.total", 0) for top in tops)}


def _balanced(found: Balances, day: date) -> None:
    """What an organisation began with, and what came and went, is what it has."""
    for code, counts in found.items():
        off = sum(sign * counts.get(key, 0) for key, sign in BALANCE.items())
        holds(off == 0, "a year balances", f"{code} {day} {counts}")


def _sums(reader: Reader, found: Balances, day: date, paths: Paths) -> None:
    """The members of an organisation are its own and those of all that lies below it."""
    own = f"SELECT organization, count(*) FROM membership WHERE {is_member_on()} GROUP BY 1"
    below: Counter[str] = Counter()
    for home, members in reader.rows(own, {"last": day.isoformat()}):
        below.update(dict.fromkeys(paths[home], members))
    for code in paths:
        total = found.get(code, {}).get("members.total", 0)
        holds(total == below[code], "the parts add up to the whole", f"{code} {day}")


def _places(reader: Reader, year: int, found: Balances) -> None:
    """The plan and the figures have the same places, of which no more are used than there are."""
    for row in ledger.quotas(reader, year):
        counts = found.get(row["code"], {})
        places = counts.get("admissions.quota", 0), counts.get("admissions.quota_left", 0)
        holds(places == (row["places"], row["left"]), "the plan has the places of the figures", row)
        holds(row["used"] + row["void"] + row["left"] == row["places"], "used within places", row)


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
    "a paper is marked or has a serial": """
        SELECT paper, paper_state.person FROM paper_state JOIN (
            SELECT 'form' AS held, person FROM form WHERE state = 'valid'
            UNION SELECT 'certificate', person FROM certificate WHERE state = 'valid'
        ) AS valid ON valid.held = paper AND valid.person = paper_state.person
    """,
    "one membership at a time": """
        SELECT a.person FROM membership AS a JOIN membership AS b
        ON b.person = a.person AND b.id > a.id
        WHERE coalesce(a."left", '9999-12-31') > coalesce(b.since, b.joined, '0001-01-01')
            AND coalesce(b."left", '9999-12-31') > coalesce(a.since, a.joined, '0001-01-01')
    """,
}


_LAWS |= {
    f"what had a former value is there ({noun.__name__})": f"""
        SELECT noun, key FROM former_value WHERE noun = '{declared.name}'
        AND key NOT IN (SELECT CAST({declared.key} AS TEXT) FROM {declared.table})
    """
    for noun, declared in DECLARATIONS.items()
    # A mark goes once the serial is known, and nothing asks what it said before.
    if (declared.dated or noun is Number) and noun is not PaperState
}

_CARRIED = {
    "numbers": """
        SELECT number.number, number.state, number.since, number.reason, person.id_number,
            quota.organization, quota.first FROM number
        LEFT JOIN person ON person.id = number.person LEFT JOIN quota ON quota.id = number.quota
    """,
    "memberships": """
        SELECT person.id_number, organization, since, seen, joined, entry, "left", leaving_reason
        FROM membership JOIN person ON person.id = membership.person
    """,
    "certificates": """
        SELECT serial, state, issued, replaces, copies, person.id_number
        FROM certificate JOIN person ON person.id = certificate.person
    """,
    "terms": """
        SELECT organization, title, post.name, since, until, person.id_number
        FROM post LEFT JOIN person ON person.id = post.person
    """,
    "attendances": """
        SELECT training.name, training.day, trainee.name, person.id_number FROM trainee
        JOIN training ON training.id = trainee.training
        LEFT JOIN person ON person.id = trainee.person
    """,
    "participants": """
        SELECT activity.name, activity.day, activity.organization, participant.name,
            person.id_number FROM participant JOIN activity ON activity.id = participant.activity
        LEFT JOIN person ON person.id = participant.person
    """,
    "reviews": """
        SELECT year, organization, review.name, grade, person.id_number
        FROM review LEFT JOIN person ON person.id = review.person
    """,
    "organizations": "SELECT code, name, parent, type, founded, dissolved FROM organization",
    "events": "SELECT organization, kind, day, before, after FROM organization_event",
    "former numbers": "SELECT id_number, name FROM alias",
    "people": "SELECT id_number, name, phone, politics FROM person",
    "transfers": """
        SELECT person.id_number, state, requested, source, origin, target, destination, settled
        FROM transfer JOIN person ON person.id = transfer.person
    """,
    "admissions": """
        SELECT person.id_number, organization, number, form, certificate, applied, meeting, approved
        FROM admission JOIN person ON person.id = admission.person
    """,
    "candidates": """
        SELECT person.id_number, organization, state, applied, activist, closed
        FROM candidacy JOIN person ON person.id = candidacy.person
    """,
    "forms": """
        SELECT serial, state, person.id_number FROM form JOIN person ON person.id = form.person
    """,
    "measures": """
        SELECT person.id_number, kind, since, authority, until
        FROM discipline JOIN person ON person.id = discipline.person
    """,
    "milestones": """
        SELECT person.id_number, kind, day, organization
        FROM milestone JOIN person ON person.id = milestone.person
    """,
    "registrations": """
        SELECT person.id_number, year, grade, registered
        FROM registration JOIN person ON person.id = registration.person
    """,
    "former values": """
        SELECT key, field, value, until FROM former_value WHERE noun = 'organization'
    """,
    "former values of people": """
        SELECT id_number, field, value, until FROM former_value
        JOIN person ON noun = 'person' AND key = CAST(person.id AS TEXT)
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


def _die_after(statements: int) -> None:
    """Let this process be killed at that statement, at the latest before it commits."""
    execute, left = Connection._execute, [statements]

    def die(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def counted(connection: Connection, sql: str, parameters: Any) -> Any:
        left[0] -= 1
        return die() if left[0] < 0 else execute(connection, sql, parameters)

    Connection._execute = counted  # type: ignore[method-assign]
    writing._commit = die


def _is_written(ran: Ran) -> bool:
    return bool(ran.out) and json.loads(ran.out).get("operation") is not None


def _erases(step: Step) -> bool:
    """Whether a step, or the plan that it carries out, erases personal values."""
    planned = step.arguments[0] in ("apply", "approve")
    return step.arguments[planned:][:2] == ERASE


def _is_reason(step: Step, undone: Ran) -> bool:
    """Whether a refused undo has a reason that is true of the last step: a rule that would be
    broken, that there is nothing to undo, since it agreed with a plan, or that it erased."""
    codes = _codes(undone)
    if codes == {"undo-nothing"}:
        return step.arguments[0] == "approve"
    if (codes == {"undo-erasure"}) != _erases(step):
        return False
    return bool(codes - {"undo-overtaken"})


def _write(path: Path, sheets: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> None:
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(stream.getvalue())


def _scan(path: Path) -> Path:
    """The scan of a form of that name."""
    return path if path.exists() else pdf(path, 1)


# -- a county to walk in, and walks that break something -----------------------------------------


def make_county(run: Run, db: str, folder: Path) -> None:
    """The county as it begins."""
    path = folder / "county.xlsx"
    _write(path, [(title, rows) for title, rows in opening().items()])
    ran = run("--db", db, "import", "--province", "65", path)
    assert ran.code == 0, ran.err


def drawn(seed: int, length: int) -> list[Step]:
    """The steps of a walk; in every second one members who left are not kept for ever."""
    draw = Random(seed)  # noqa: S311 -- repeatable, not secret
    steps = [next_step(draw) for _ in range(length)]
    return [KEEP_A_YEAR, *steps[1:]] if seed % 2 else steps


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
