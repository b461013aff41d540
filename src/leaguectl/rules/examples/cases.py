"""The examples of the rules that judge a case."""

from dataclasses import replace
from datetime import date
from typing import Any

from leaguectl.model import (
    Certificate,
    Discipline,
    Entity,
    Form,
    Membership,
    Number,
    Person,
    Quota,
    RuleSubject,
)
from leaguectl.rules.examples.example import (
    BASE,
    BRANCH,
    HAN,
    MEMBER,
    N1,
    N3,
    N4,
    OF_2014,
    OTHER,
    PLACE,
    SCHOOL,
    SLOT,
    Example,
    Pair,
    candidate,
    id_number,
    of_2014,
)

NUMBERED = replace(MEMBER, number=N1)
BORN_2000 = replace(MEMBER, person=replace(HAN, id_number=id_number(1, "20000301")))
WITH_FORM = replace(MEMBER, number=N1, form="F1")
CERTIFIED = replace(MEMBER, number=N1, certificate="10000001")
EIGHT_DIGITS = "[[certificate]]\nfrom = 1957-05-25\ndigits = [8, 10]\n"
BY_THOSE_PRESENT = '[levels]\n"majority-of-due" = "off"\n'


def _example(case: RuleSubject, *entities: Entity, **changes: Any) -> Example:
    return Example(entities, case, **changes)


def _member(right: RuleSubject, wrong: RuleSubject, *entities: Entity) -> Pair:
    return Pair(_example(right, *entities), _example(wrong, *entities))


def _stored(case: RuleSubject, right: Entity, wrong: Entity, *entities: Entity) -> Pair:
    return Pair(_example(case, *entities, right), _example(case, *entities, wrong))


def _gate(
    wrong: dict[str, Any], right: dict[str, Any] | None = None, *entities: Entity, **changes: Any
) -> Pair:
    """An admission that is right (changed as ``right`` says), and one that is wrong."""
    entities = (PLACE, SLOT, *entities)
    return Pair(
        _example(candidate(**(right or {})), *entities, **changes),
        _example(candidate(**wrong), *entities, **changes),
    )


def _born(right: str, wrong: str, policy: str = "", **changes: Any) -> Pair:
    """The same admission of somebody born on one day, and on another."""
    cases = [
        replace(candidate(**changes), person=replace(HAN, id_number=id_number(1, born)))
        for born in (right, wrong)
    ]
    good, bad = (_example(case, PLACE, SLOT, policy=policy) for case in cases)
    return Pair(good, bad)


ENTRY_PAIRS: dict[str, Pair] = {
    "one-number": _stored(NUMBERED, SLOT, replace(SLOT, state="used", person=2), *OTHER, PLACE),
    "one-form": _stored(WITH_FORM, Form("F1", 1), Form("F1", 2), *OTHER),
    "one-certificate": _stored(
        CERTIFIED, Certificate("10000001", 1), Certificate("10000001", 2), *OTHER
    ),
    "certificate-format": Pair(
        _example(CERTIFIED, policy=EIGHT_DIGITS),
        _example(replace(CERTIFIED, certificate="1000000"), policy=EIGHT_DIGITS),
    ),
    "number-format": _member(NUMBERED, replace(MEMBER, number=N1[:-1])),
    "number-year": _member(NUMBERED, replace(NUMBERED, joined=date(2022, 4, 10))),
    "number-province": _member(NUMBERED, replace(NUMBERED, number="202399000001")),
    "number-missing": _member(NUMBERED, MEMBER),
    "number-in-block": _stored(
        candidate(), SLOT, replace(SLOT, quota=2), PLACE, Quota(2, 2023, "C", N3, N4, 2)
    ),
    "joined-by-admission": _member(NUMBERED, replace(NUMBERED, number="202365999900"), PLACE, SLOT),
    "joined-in-future": Pair(
        _example(NUMBERED, today=date(2023, 4, 10)), _example(NUMBERED, today=date(2023, 4, 9))
    ),
    "age-at-joining": _member(
        replace(NUMBERED, person=replace(HAN, id_number=id_number(1, "20090410"))),
        replace(NUMBERED, person=replace(HAN, id_number=id_number(1, "20090411"))),
    ),
    "joined-before-birth": _member(
        replace(BORN_2000, joined=date(2014, 5, 4)), replace(BORN_2000, joined=date(2000, 2, 28))
    ),
    "under-age": Pair(
        *(
            _example(
                replace(MEMBER, person=replace(HAN, id_number=id_number(1, born)), joined=None),
                today=date(2023, 5, 1),
            )
            for born in ("20090501", "20090502")
        )
    ),
    "politics-not-member": _member(
        replace(NUMBERED, person=replace(HAN, politics="共青团员")),
        replace(NUMBERED, person=replace(HAN, politics="群众")),
    ),
    "home-is-branch": _stored(NUMBERED, BRANCH, replace(BRANCH, type="general branch")),
}

RECORDED = {
    "notice_from": date(2023, 3, 6), "notice_to": date(2023, 3, 10), "approved_by": SCHOOL.name,
}  # fmt: skip
IN_SPRING = {
    "applied": date(2023, 1, 12), "talked": date(2023, 1, 20), "activist": date(2023, 2, 1),
    "meeting": date(2023, 4, 10), "approved": date(2023, 5, 1),
}  # fmt: skip
A_MONTH_IS_ENOUGH = "[[admission]]\nfrom = 1957-05-25\nactivist_months = 1\n"
THIRTEEN = "[[admission]]\nfrom = 1957-05-25\nminimum_age = 13\n"
ALL_STEPS = '[levels]\n"steps-recorded" = "warning"\n'
LI, WANG = (
    (Person(order, name, id_number(order, "20000301")), replace(OF_2014, id=order, person=order))
    for order, name in ((11, "李介绍"), (12, "王介绍"))
)
LI_TOO = Person(13, "李介绍", id_number(13, "20000301"))
OF_LI_TOO = replace(OF_2014, id=13, person=13)
BY_THREE = {"due": 3, "present": 3, "in_favour": 3}
NAMESAKE = Person(9, HAN.name, id_number(9, "20000301"))
PROBATION = Discipline(
    1, 11, "probation", date(2023, 1, 10), "云团发〔2023〕5号", date(2023, 4, 10)
)
BY_THE_SAME = [replace(BASE, id=number, person=20 + number) for number in range(1, 5)]

FORMER = Membership(5, 1, "S1", date(2021, 5, 4), left=date(2022, 5, 4), leaving_reason="resigned")
FORMER_NUMBER = Number("202114000001", 2021, "foreign", None, 1)

GATE_PAIRS: dict[str, Pair] = {
    "one-person": Pair(
        _example(candidate(), PLACE, SLOT), _example(candidate(), PLACE, SLOT, replace(BASE, id=2))
    ),
    "former-restored": _stored(
        candidate(), replace(FORMER_NUMBER, person=2),
        FORMER_NUMBER, PLACE, SLOT, *OTHER, FORMER,
    ),
    "certificate-given": _member(
        candidate(), replace(candidate(), certificate=None), PLACE, SLOT
    ),
    "place-left": _stored(candidate(None), SLOT, replace(SLOT, state="used", person=2), PLACE),
    "age-at-application": _born("20080910", "20080911"),
    "age-at-meeting": _born("19940411", "19940410"),
    "activist-age": _born("20081020", "20081021", THIRTEEN),
    "earliest-admission": _born("20090110", "20090111", A_MONTH_IS_ENOUGH, **IN_SPRING),
    "dates-in-future": Pair(
        _example(candidate(), PLACE, SLOT, today=date(2023, 5, 10)),
        _example(candidate(), PLACE, SLOT, today=date(2023, 5, 9)),
    ),
    "dates-in-order": _gate({"candidate": date(2022, 10, 19)}),
    "dates-tied": _gate({"candidate": date(2022, 10, 20)}),
    "steps-recorded": _gate(RECORDED | {"approved_by": None}, RECORDED, policy=ALL_STEPS),
    "talk-within-a-month": _gate({"talked": date(2022, 10, 12)}),
    "activist-months": _gate({"activist": date(2023, 1, 11)}, {"activist": date(2023, 1, 10)}),
    "notice-days": _gate(RECORDED | {"notice_from": date(2023, 3, 7)}, RECORDED),
    "course-hours": _gate({"course_hours": 7.5}),
    "service-hours": _gate({"service_hours": 19.5}),
    "approval-within-days": _gate({"approved": date(2023, 5, 11)}),
    "leaving-soon": _stored(
        candidate(), replace(BRANCH, graduates=2024), replace(BRANCH, graduates=2023), PLACE, SLOT
    ),
    "admitted-by-branch": _gate({"organization": "S"}),
    "branch-founded": _stored(
        candidate(), BRANCH, replace(BRANCH, founded=date(2023, 9, 1)), PLACE, SLOT
    ),
    "two-introducers": _gate({"introducer_2": "李 介绍"}),
    "introducer-not-self": Pair(
        _example(
            candidate(introducer_2=HAN.name), PLACE, SLOT, NAMESAKE,
            Membership(9, 9, "S1", date(2014, 5, 4)),
        ),
        _example(candidate(introducer_2=HAN.name), PLACE, SLOT),
    ),
    "introducer-one": Pair(
        _example(candidate(introducer_1="李介绍（#11）"), PLACE, SLOT, *LI, LI_TOO, OF_LI_TOO),
        _example(candidate(), PLACE, SLOT, *LI, LI_TOO, OF_LI_TOO),
    ),
    "introducer-member": _gate(
        BY_THREE | {"introducer_2": "赵不识"}, BY_THREE, *LI, *WANG, *of_2014(13)
    ),
    "introducer-in-standing": _stored(
        candidate(), PROBATION, replace(PROBATION, until=date(2023, 7, 10)), PLACE, SLOT, *LI
    ),
    "same-introducers": Pair(
        _example(candidate(id=5), PLACE, SLOT, *BY_THE_SAME[:-1]),
        _example(candidate(id=5), PLACE, SLOT, *BY_THE_SAME),
    ),
    "votes-possible": _gate({"in_favour": 29}),
    "quorum": _gate(
        {"present": 15, "in_favour": 15}, {"present": 16, "in_favour": 16},
        policy=BY_THOSE_PRESENT,
    ),
    "majority-of-present": _gate(
        {"in_favour": 14}, {"in_favour": 15}, policy=BY_THOSE_PRESENT
    ),
    "majority-of-due": _gate({"in_favour": 15}, {"in_favour": 16}),
    "approval-power": _gate({"approved_by": BRANCH.name}, {"approved_by": SCHOOL.name}),
}  # fmt: skip
