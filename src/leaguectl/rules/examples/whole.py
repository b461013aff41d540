"""The examples of the rules that judge the whole registry."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from leaguectl.model import (
    Activity,
    Candidacy,
    Certificate,
    Dispute,
    Entity,
    Form,
    Membership,
    Number,
    Organization,
    PaperState,
    Participant,
    Person,
    Post,
    Quota,
    Registration,
    Review,
    Survey,
    Transfer,
)
from leaguectl.rules.examples.example import (
    BASE,
    BRANCH,
    CHAIN,
    HAN,
    MEI,
    MEMBERSHIP,
    N1,
    N2,
    N3,
    N4,
    OF_2014,
    OLD,
    OLD_MEMBERSHIP,
    SCHOOL,
    Example,
    Pair,
    crowd,
    id_number,
    of_2014,
    spread,
)

THEME_DAY = Activity(1, "学雷锋", "theme day", date(2023, 3, 5), "S1")


def _chain(wrong: Entity, right: Entity | None = None, policy: str = "") -> Pair:
    """The chain (or the chain with one entity changed), and the chain with a wrong entity."""
    good = CHAIN if right is None else (*CHAIN, right)
    return Pair(Example(good, policy=policy), Example((*CHAIN, wrong), policy=policy))


def _without(gone: Entity, *, of: tuple[Entity, ...] = CHAIN, policy: str = "") -> Pair:
    """The entities, and the entities without one of them."""
    rest = tuple(entity for entity in of if entity is not gone)
    return Pair(Example(of, policy=policy), Example(rest, policy=policy))


def _either(
    right: tuple[Entity, ...], wrong: tuple[Entity, ...], *entities: Entity, policy: str = ""
) -> Pair:
    both = (Example((*entities, *nouns), policy=policy) for nouns in (right, wrong))
    return Pair(*both)


def _on(right: date, wrong: date, *entities: Entity, policy: str = "") -> Pair:
    """One registry, judged as of two days."""
    return Pair(*(Example(entities, as_of=day, policy=policy) for day in (right, wrong)))


FOREIGN = (OLD, Number("202014000001", 2020, "foreign", None, 3))
JOINED_2020 = replace(OLD_MEMBERSHIP, joined=date(2020, 5, 4))
TRANSFERRED = replace(MEMBERSHIP, entry="transferred")
ELSEWHERE = tuple(TRANSFERRED if entity is MEMBERSHIP else entity for entity in CHAIN)
REFUSED = Candidacy(1, HAN.id, "S1", "refused", BASE.applied)
SCANNED = Form(N1, 1, "valid", date(2023, 5, 10), "0" * 64, 20 << 20, 12)
CLAIMED = Dispute(1, N1, "外县一人", date(2023, 5, 1))
MOVED = replace(MEMBERSHIP, left=date(2023, 9, 1), leaving_reason="moved")
MOVED_TO = Membership(
    5, 1, "S", BASE.meeting, entry="moved", since=date(2023, 9, 1), left=date(2023, 9, 8),
    leaving_reason="resigned",
)  # fmt: skip
SECOND = Organization("S2", "高一（2）班团支部", "branch", "S")
CLOSED = replace(SECOND, dissolved=date(2016, 5, 4))
AT_CLOSED = Post(1, "S2", "secretary", "书记", HAN.name, date(2015, 9, 20), HAN.id)
GONE = replace(OF_2014, organization="S2", left=date(2016, 5, 4), leaving_reason="resigned")
DEPUTY = Post(1, "S1", "deputy secretary", "副书记", HAN.name, date(2022, 9, 20), HAN.id)
SECRETARY = Post(2, "S1", "secretary", "书记", HAN.name, date(2022, 9, 20), HAN.id)
HELD = Post(1, "S", "secretary", "书记", OLD.name, date(2015, 5, 4), OLD.id)
RESIGNED = replace(OF_2014, left=date(2016, 5, 4), leaving_reason="resigned")
DEAD = replace(OF_2014, left=date(2016, 5, 4), leaving_reason="deceased")
COME_BACK = Membership(9, OLD.id, "S1", OF_2014.joined, entry="transferred", since=date(2016, 9, 1))
VALID = Certificate("10000001", 1)
EXPELLED = replace(MEMBERSHIP, left=date(2023, 5, 20), leaving_reason="expelled")
SCANS_KEPT = "[[form]]\nfrom = 1957-05-25\nkept = true\n"
PHONE = "13800000077"
PUPILS = tuple(Person(order, f"学生{order}", id_number(order)) for order in range(11, 14))
PAPERS = Transfer(1, HAN.id, "pending", date(2023, 9, 1), origin="", target="S1")
COME = replace(PAPERS, person=OLD.id, state="accepted", origin="外县", settled=PAPERS.requested)
ASKED = Transfer(1, OLD.id, "pending", date(2023, 9, 1), source="S2", target="S3")
GRADED = [entity for order in range(1, 5) for entity in of_2014(order, "S1")]
ALONE = '[levels]\n"branch-size" = "off"\n"branch-emptied" = "off"\n'
"""Policy for examples that need only one member."""
ONE_DAY = [date(2023, 4, 10)]


ALLOTTED = (Quota(1, 2023, "C", N1, N1, 1), Number(N1, 2023, "free", 1))


def _split() -> Pair:
    """Two numbers split off the block above, within it or reaching out of it."""
    examples = []
    for first, last in ((N2, N3), (N3, N4)):
        examples.append(Example((
            Quota(1, 2023, "C", N1, N3, 3), Number(N1, 2023, "free", 1),
            Quota(2, 2023, "S", first, last, 2, parent=1),
            Number(first, 2023, "free", 2), Number(last, 2023, "free", 2),
        )))  # fmt: skip
    return Pair(*examples)


def _beyond() -> Pair:
    """A branch whose own place is taken, and the next admission on a place of the school by a
    document, or on its own place."""
    entities = tuple(entity for entity in CHAIN if entity is not BASE)
    own = (Quota(2, 2023, "S1", N2, N2, 1, parent=1), Number(N2, 2023, "free", 2))
    return _either((BASE,), (*own, replace(BASE, beyond="云团发〔2023〕9号")), *entities)


def _bunched(count: int) -> Example:
    """Thirty people, ``count`` of them admitted on the same day."""
    return Example(crowd([*ONE_DAY * count, *spread(30)[count:]]))


def _rushed(count: int) -> Example:
    """Thirty people, ``count`` of them approved in the last weeks of the year."""
    late = [date(2023, 12, 5) + timedelta(days=day) for day in range(count)]
    return Example(crowd([*spread(30 - count), *late]))


def _surveyed(stage: str, right: int, wrong: int) -> Pair:
    """A hundred students; ``right`` or ``wrong`` of them are members."""
    school = replace(SCHOOL, sector="junior middle")
    kind = "graduating branch" if stage == "junior graduating" else "branch"
    survey = Survey(1, 2023, "S", stage, 100)
    members = [of_2014(order) for order in range(10, 10 + wrong)]
    shared = (school, replace(BRANCH, type=kind), survey)
    few, many = (chain.from_iterable(members[:count]) for count in (right, wrong))
    return _either((*few,), (*many,), *shared, policy=ALONE)


def _reported(right: int, wrong: int) -> Pair:
    """One member, and the number that the school reports."""
    survey = Survey(1, 2023, "S", "junior middle", 100)
    school = replace(SCHOOL, sector="junior middle")
    agrees, differs = (replace(survey, members=count) for count in (right, wrong))
    return _either((agrees,), (differs,), school, *of_2014(4), policy=ALONE)


STANDING_PAIRS: dict[str, Pair] = {
    "chain-closed": _without(CHAIN[-1]),
    "joined-at-meeting": _chain(replace(MEMBERSHIP, joined=BASE.approved)),
    "refused-once-admitted": _chain(
        replace(REFUSED, closed=BASE.meeting),
        replace(REFUSED, closed=BASE.meeting - timedelta(days=1)),
    ),
    "admission-recorded": _either(
        (OF_2014,), (replace(OF_2014, entry="admitted"),), OLD, *of_2014(4), *of_2014(5)
    ),
    "number-has-member": _without(JOINED_2020, of=(*FOREIGN, JOINED_2020), policy=ALONE),
    "number-admitted": _without(
        BASE,
        of=(*ELSEWHERE, *of_2014(4), *of_2014(5)),
    ),
    "number-year-kept": _chain(Number(N2, 2022, "free", 1)),
    "block-adds-up": _without(CHAIN[3]),
    "block-within": _split(),
    "block-province": Pair(Example(ALLOTTED), Example(ALLOTTED, province="14")),
    "organization-rooted": _chain(replace(BRANCH, code="S9", name="另一支部", parent="X")),
    "organization-placed": _chain(
        replace(BRANCH, code="S9", name="另一支部", parent=BRANCH.code)
    ),
    "member-has-home": _chain(replace(BRANCH, dissolved=date(2023, 10, 31))),
    "one-id-number": _chain(replace(HAN, id=9, name="韩九")),
    "serial-distinct": _chain(
        Certificate("１２３４５６７８", 1, "replaced"), Certificate("12345678", 1, "replaced")
    ),
    "id-digits-lost": _chain(replace(HAN, id_number=id_number(0))),
    "person-alike": _either(
        (replace(MEI, name="韩二"),), (replace(MEI, name=HAN.name),), *CHAIN
    ),
    "phone-shared": _either(
        (OLD,), (replace(OLD, phone=PHONE),), *CHAIN,
        *(replace(member, phone=PHONE) for member in PUPILS),
    ),
    "person-by-name": _either(
        (SECRETARY,), (replace(SECRETARY, person=None),), *CHAIN
    ),
    "come-from-elsewhere": _either(
        (replace(PAPERS, origin="青松市某中学团委"),), (PAPERS,), *ELSEWHERE
    ),
    "id-number-valid": _chain(replace(HAN, id_number=HAN.id_number[:17] + "0")),
    "number-disputed": _chain(
        CLAIMED, replace(CLAIMED, settled=date(2023, 6, 1), outcome="本县用")
    ),
    "admitted-beyond-quota": _beyond(),
    "form-size": _chain(replace(SCANNED, size=(20 << 20) + 1), SCANNED),
    "form-pages": _chain(replace(SCANNED, pages=11), SCANNED),
    "organization-other-code": _either(
        (replace(SECOND, founded=date(2016, 5, 4)),), (replace(SECOND, founded=date(2016, 5, 3)),),
        replace(CLOSED, code="S3"), policy=ALONE,
    ),
    "dead-stay-dead": _either(
        (replace(DEAD, leaving_reason="resigned"),), (DEAD,), *CHAIN, OLD, *of_2014(4), COME_BACK
    ),
    "expelled-restored": _either(
        (replace(COME_BACK, entry="restored"),), (COME_BACK,), *CHAIN, OLD, *of_2014(4),
        replace(DEAD, leaving_reason="expelled"),
    ),
    "erased-stay-erased": _either(
        (RESIGNED,), (OF_2014,), OLD.erased(OLD.id, keeps_birthday=True), policy=ALONE
    ),
    "transfer-not-shown": _either(
        (COME, OF_2014), (COME, RESIGNED), OLD, policy=ALONE
    ),
    "transfer-not-from": _either(
        (replace(ASKED, source="S1"),), (ASKED,), SECOND, OLD, OF_2014, policy=ALONE
    ),
    "one-home": _either(
        (MOVED_TO,), (replace(MOVED_TO, since=date(2023, 8, 31)),), *CHAIN, MOVED, OLD, OF_2014
    ),
    "branch-size": _either(of_2014(5), (), *of_2014(3), *of_2014(4)),
    "branch-emptied": _either(
        (CLOSED,), (SECOND,), OLD, GONE
    ),
    "term-over": _chain(
        replace(BRANCH, elected=date(2022, 5, 9)), replace(BRANCH, elected=date(2022, 5, 10))
    ),
    "secretary-missing": _either((SECRETARY,), (), *CHAIN, DEPUTY),
    "attendances-fewer": Pair(*(
        Example((
            BRANCH, Activity(1, "学雷锋", "theme day", date(2023, 3, 5), "S1", attendances=count),
            Participant(1, 1, "张三"), Participant(2, 1, "李四"),
        ))
        for count in (2, 1)
    )),
    "seats-exceeded": _either(
        (replace(BRANCH, committee_seats=2),), (replace(BRANCH, committee_seats=1),),
        *CHAIN, DEPUTY, SECRETARY,
    ),
    "post-unknown": _either((DEPUTY,), (replace(DEPUTY, said="组长"),), *CHAIN, SECRETARY),
    "post-holder-left": _either(
        (OF_2014,), (RESIGNED,), OLD, HELD, policy=ALONE
    ),
    "post-organization-closed": _either(
        (replace(AT_CLOSED, until=CLOSED.dissolved),), (AT_CLOSED,), *CHAIN, CLOSED
    ),
    "not-of-age": _either(
        (replace(OF_2014, left=date(2028, 3, 1), leaving_reason="age"),),
        (replace(OF_2014, left=date(2028, 2, 29), leaving_reason="age"),), OLD, policy=ALONE,
    ),
    "over-age": _on(date(2029, 3, 1), date(2029, 3, 2), OLD, OF_2014, policy=ALONE),
    "form-unfiled": _chain(
        replace(SCANNED, received=date(2023, 6, 10)), replace(SCANNED, received=date(2023, 6, 9)),
        policy=SCANS_KEPT,
    ),
    "archive-incomplete": _chain(
        PaperState(1, 1, "registration form", "lost"),
        PaperState(1, 1, "registration form", "on hand"),
    ),
    "certificate-early": _chain(
        replace(VALID, issued=date(2023, 5, 9)), replace(VALID, issued=date(2023, 5, 10))
    ),
    "certificate-not-returned": _either(
        (replace(VALID, state="recalled"),), (VALID,), *CHAIN[:-1], EXPELLED, OLD, OF_2014
    ),
    "paper-has-serial": _chain(
        PaperState(1, 1, "certificate", "lost"), PaperState(1, 1, "registration form", "on hand")
    ),
    "numbers-unused": _on(date(2023, 11, 30), date(2023, 12, 1), *CHAIN),
    "excellent-share": _either(
        (Registration(2, 2, 2023, "qualified"),), (Registration(2, 2, 2023, "excellent"),),
        *GRADED, *(Registration(order, order, 2023, "qualified") for order in (3, 4)),
        Registration(1, 1, 2023, "excellent"), policy=ALONE,
    ),
    "review-share": _either(
        (Review(2, 2023, "S1", "王书记", "qualified", HAN.id),),
        (Review(2, 2023, "S1", "王书记", "excellent", HAN.id),),
        *CHAIN, Review(1, 2023, "S", "李书记", "excellent", HAN.id),
        Review(3, 2023, "S", "陈书记", "barely qualified", HAN.id),
    ),
    "organization-dissolved": _either(
        (replace(BRANCH, dissolved=date(2023, 3, 6)),),
        (replace(BRANCH, dissolved=date(2023, 3, 5)),), THEME_DAY,
    ),
    "event-before-founding": _either(
        (replace(BRANCH, founded=date(2023, 3, 5)),),
        (replace(BRANCH, founded=date(2023, 3, 6)),), THEME_DAY,
    ),
    "day-ahead": Pair(*(
        Example((BRANCH, THEME_DAY), today=today) for today in (date(2023, 3, 5), date(2023, 3, 4))
    )),
    "ratio-capped": _surveyed("junior graduating", 30, 31),
    "survey-members-differ": _reported(1, 2),
    "near-all": _surveyed("junior middle", 94, 95),
    "meeting-crowded": Pair(Example(crowd(ONE_DAY * 10)), Example(crowd(ONE_DAY * 11))),
    "same-dates": Pair(*(
        Example(crowd(ONE_DAY * count, applied=BASE.applied, activist=BASE.activist))
        for count in (9, 10)
    )),
    "same-votes": Pair(*(
        Example(crowd(ONE_DAY * count, present=28, in_favour=27, due=30)) for count in (4, 5)
    )),
    "admissions-bunched": Pair(_bunched(8), _bunched(9)),
    "numbers-rushed": Pair(_rushed(8), _rushed(9)),
}  # fmt: skip
