"""Papers of a member: what a cell says about a paper (its serial, or a mark), and what is
stored."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from typing import Annotated, Any

from pydantic import BeforeValidator

from leaguectl.kinds.cells import fault, plain, serial
from leaguectl.kinds.parsing import Columns
from leaguectl.model import (
    IN_ERROR,
    Certificate,
    Discipline,
    Entity,
    Form,
    Milestone,
    NewRows,
    Number,
    PaperState,
    Registration,
    Snapshot,
    Transfer,
)
from leaguectl.model.former import past_of
from leaguectl.names import plain_name

PAPERS = ("number", "form", "certificate")
"""The facts of a member that are records of their own, each known by its number."""

STATES = ("form_state", "certificate_state")
"""The facts of papers for which a row may have a mark instead of a serial."""

_AROUND_NAMES = re.compile(r"入团|志愿书|申请书|扫描件?|团员|[^\w·]+|[\d_]+")
"""What surrounds a person's name in the name of a file."""

MARKS: Mapping[str, tuple[str, ...]] = {
    "on hand": ("有", "是", "√", "✓", "✔", "1", "y", "yes", "已发", "已发放", "已办", "已办理",
                "已领", "已领取", "已归档", "已存档", "在档", "齐全", "齐", "全",
                "已交", "1.0"),
    "absent": ("无", "否", "×", "✗", "✘", "x", "0", "n", "no", "没有", "缺", "缺失", "未发",
               "未发放", "未办", "未办理", "未领", "未领取", "未归档", "待发", "待办", "没", "暂无",
               "未交", "0.0"),
    "lost": ("遗失", "丢失", "遗失未补", "已遗失", "已丢失", "丢", "丢了"),
    "being replaced": ("补办中", "补办", "正在补办", "办理中", "换发中", "补发中", "待补办",
                       "待补发", "待补"),
}  # fmt: skip
"""The states of a paper without a serial, each with its marks."""

HELD, ABSENT = MARKS["on hand"][0], MARKS["absent"][0]
_STATES = {word: state for state, words in MARKS.items() for word in words}
_MARKED = re.compile(
    rf"(?:{'|'.join(MARKS['on hand'])})\((?P<within>[^()]+)\)"
    # A letter or a digit in front of digits is part of the serial.
    rf"|(?:{'|'.join(mark for mark in MARKS['on hand'] if not mark.isascii())})"
    r"[:,]?(?P<behind>[A-Za-z]*[0-9]{4,})"
)
"""A mark that a paper is there, with its serial: 有(12345678), 有12345678."""
_DENIED = re.compile(
    "(?:{})[:,]?[A-Za-z]*[0-9]+".format(
        "|".join(
            mark
            for state, marks in MARKS.items()
            for mark in marks
            if state != "on hand" and not mark.isascii()
        )
    )
)
"""A mark that a paper is missing, but with a serial: 无12345678."""


def names_in(text: str) -> list[str]:
    """Possible names of people in the name of a file with a paper: only separate words, never parts
    of longer ones."""
    return [name for part in _AROUND_NAMES.split(plain_name(text)) if (name := part.strip("·"))]


def paper_mark(value: Any) -> str:
    """The serial of a paper, or one mark for each state: 有 (it is there, its serial is not said),
    无 (it is not), 遗失, 补办中."""
    if type(value) is str and len(value) > 3 and (value[0].isdigit() or _ends_in_digit(value)):
        return serial(value)  # no mark of this length begins with a digit
    mark = plain(value).replace(" ", "")
    if (state := _STATES.get(mark.casefold())) is not None:
        return MARKS[state][0]
    if marked := _MARKED.fullmatch(mark):
        return serial(marked["within"] or marked["behind"])
    if _DENIED.fullmatch(mark):
        raise fault("serial-not-a-serial", text=mark)
    return serial(value)


def _ends_in_digit(value: str) -> bool:
    """Whether it has Latin letters and a digit at the end, as many serials have."""
    return value.isascii() and value[-1].isdigit()


def only_serial(value: Any) -> str:
    """A serial where no mark is allowed, as after an option."""
    if state_of(said := paper_mark(value)) is not None:
        raise fault("serial-not-a-serial", text=said, mark=True)
    return said


PaperMark = Annotated[str, BeforeValidator(paper_mark)]


def state_of(mark: str | None) -> str | None:
    """The state that a mark says; None where the cell has a serial or nothing."""
    return None if mark is None else _STATES.get(mark)


def form_serial(mark: str | None, number: str | None) -> str | None:
    """The serial of the form: its own, or the number that it bears (empty or 有)."""
    if mark in (None, HELD):
        return number
    return None if mark in _STATES else mark


def certificate_serial(mark: str | None) -> str | None:
    """The serial of the certificate, where the cell has one."""
    return None if mark in _STATES else mark


def form_state(mark: str | None, number: str | None) -> str | None:
    """The state kept for a form without a serial. For somebody with a number none is needed: the
    form bears the number, or there is no form."""
    state = state_of(mark)
    return None if number is not None and state in ("on hand", "absent") else state


def new_papers(facts: Columns, people: Sequence[int], snapshot: Snapshot) -> tuple[NewRows, ...]:
    """The papers in rows that nobody has yet, and the states of those without a serial. A number
    that is not one of our places was given elsewhere."""
    numbers = _held(facts["number"], people, "number")
    # A development number begins with its year.
    years = [int(number[:4]) for number in numbers["number"]]
    rows = (
        NewRows(Number, numbers | {"year": years}, {"state": "foreign"}),
        NewRows(Form, _held(facts["form"], people, "serial"), {}),
        NewRows(Certificate, _held(facts["certificate"], people, "serial"), {}),
        *(_new_states(paper, facts[f"{paper}_state"], people, snapshot) for paper in PAPERS[1:]),
    )
    return tuple(papers for papers in rows if len(papers))


def _held(papers: Sequence[str | None], people: Sequence[int], key: str) -> dict[str, list[Any]]:
    """The papers that are there, and whose they are."""
    # Not everybody has every paper, so these columns are shorter than those of the people.
    there = [paper is not None for paper in papers]
    return {key: [*compress(papers, there)], "person": [*compress(people, there)]}


def _new_states(
    paper: str, states: Sequence[str | None], people: Sequence[int], snapshot: Snapshot
) -> NewRows:
    known = _held(states, people, "state")
    ids = snapshot.new_ids(PaperState, len(known["state"]))
    return NewRows(PaperState, {"id": ids, **known}, {"paper": paper})


def stored_papers(person: int, snapshot: Snapshot) -> dict[str, str | None]:
    """The papers that a person has now."""
    held = (snapshot.number_of, snapshot.form_of, snapshot.certificate_of)
    return {name: paper_of(person) for name, paper_of in zip(PAPERS, held, strict=True)}


def stored_states(person: int, snapshot: Snapshot) -> dict[str, str | None]:
    """The states of a person's form and certificate without a serial."""
    return {name: snapshot.paper_state(person, name.removesuffix("_state")) for name in STATES}


def stored_marks(person: int, snapshot: Snapshot) -> dict[str, str | None]:
    """The papers that a person has, as a roster says them: serials, and marks where there is
    none."""
    papers = stored_papers(person, snapshot)
    for paper in PAPERS[1:]:
        state = snapshot.paper_state(person, paper)
        if papers[paper] is None and state is not None:
            papers[paper] = MARKS[state][0]
    if papers["number"] and not papers["form"]:
        papers["form"] = ABSENT  # a blank cell would say that the form bears the number
    return papers


_THEIRS = (Form, Certificate, PaperState, Milestone, Registration, Discipline, Transfer)


def was_never_member(person: int, snapshot: Snapshot) -> bool:
    """Whether all that is known of somebody as a member was entered in error."""
    memberships = snapshot.memberships_of(person)
    return bool(memberships) and all(each.leaving_reason == IN_ERROR for each in memberships)


def never_theirs(person: int, snapshot: Snapshot) -> Iterator[tuple[Entity, Entity | None]]:
    """The changes for somebody who never was a member: our place becomes free, and numbers, papers
    and records of the membership are removed, so that their true holder can have them."""
    for number in [*snapshot.by(Number, "person", person)]:
        is_ours = number.quota is not None
        free = replace(number, state="free", person=None, since=None)
        yield number, free if is_ours else None
        yield from ((past, None) for past in past_of(number, snapshot) if not is_ours)
    for entity in _THEIRS:
        for record in [*snapshot.by(entity, "person", person)]:
            yield record, None
            yield from ((past, None) for past in past_of(record, snapshot))
