"""Walks that go straight to a rule of a door: what each does last is refused, or leaves a registry
in which everything holds. The random walks of ``walk_steps`` come upon the same, later.
"""

from datetime import date
from random import Random
from typing import Any

from county import ADMISSION_HEADINGS
from walk_steps import (
    HEADINGS,
    KEEP_A_YEAR,
    QUOTAS,
    TREE,
    Step,
    called,
    case_row,
    command,
    identity,
    numbered,
    roster_row,
    sheet,
)

WHY = ("--reason", "更正")
PAPER = ("--authority", "文", "--approved-by", "C")


def roster(person: int, home: str, *options: str, **said: Any) -> Step:
    """A roster of one member."""
    return sheet("团员", HEADINGS, [roster_row(person, home, **said)], *options)


def case(person: int, home: str, number: str | None, *options: str, **said: Any) -> Step:
    """A sheet of one admission."""
    row = case_row(Random(1), person, home, number, **said)  # noqa: S311
    return sheet("发展团员", ADMISSION_HEADINGS, [row], *options)


def admit(person: int, home: str, hours: str = "8") -> Step:
    """Somebody who may be admitted, but for the hours."""
    return command(
        "admit", "--name", called(person), "--id-number", identity(person), "--org", home,
        "--applied", "2022-09-10", "--talked", "2022-09-20", "--activist", "2022-10-10",
        "--course-hours", hours, "--candidate", "2023-03-01", "--introducer", "李介绍",
        "--introducer", "王介绍", "--meeting", "2023-04-10", "--due", "30", "--present", "28",
        "--in-favour", "27", "--approved", "2023-04-20",
    )  # fmt: skip


def transfer(person: int, home: str, day: str, *options: str) -> Step:
    """A member goes to another branch."""
    return command(
        "member", "transfer", identity(person), "--to", home, "--on", day, *options, *WHY
    )


def leave(person: int, reason: str, day: str) -> Step:
    """A member leaves."""
    who = identity(person)
    return command("member", "leave", who, "--reason-kind", reason, "--on", day, *PAPER, *WHY)


def measure(person: int, kind: str, day: str) -> Step:
    """A measure is taken against somebody."""
    who = identity(person)
    return command("member", "discipline", who, kind, "--since", day, *PAPER, *WHY)


def post(place: str, person: int, since: str, until: Any = None) -> Step:
    """A row of the list of cadres."""
    headings = ["姓名", "身份证号", "团组织", "团内职务", "任职时间", "离任时间"]
    row = [called(person), identity(person), place, "书记", date.fromisoformat(since), until]
    return sheet("团干部", headings, [row])


def case_of(person: int, home: str) -> Step:
    """The case of a candidate is opened."""
    return command("case", "open", "--name", called(person), "--id-number", identity(person),
                   "--org", home, "--applied", "2022-09-10")  # fmt: skip


def refused(person: int, day: str) -> Step:
    """The case of a candidate ends without an admission."""
    return command("case", "close", identity(person), "--refused", "--on", day, *WHY)


def homes(person: int, *rows: list[Any], options: tuple[str, ...] = ()) -> Step:
    """Where somebody was."""
    headings = ["姓名", "身份证号", "团籍所在组织", "编入方式", "入团时间", "编入日期", "离开日期",
                "离开原因"]  # fmt: skip
    return sheet("团籍经历", headings, [[called(person), identity(person), *row] for row in rows],
                 *options)  # fmt: skip


def closed(code: str, day: date) -> Step:
    """A sheet of organisations on which one has a day of closing."""
    row = next(row for row in TREE if row[0] == code)
    return sheet("团组织", [*TREE[0], "撤销日期"], [[*row, day]])


def typed(code: str, kind: str) -> Step:
    """A sheet that corrects of which type an organisation is."""
    row = next((row for row in TREE if row[0] == code), ["N1", "新支部", *TREE[7][2:]])
    return sheet("团组织", TREE[0], [[*row[:3], kind, *row[4:8], None]], *WHY)


def branch(code: str, name: str, above: str, since: date, *options: str, until: Any = None) -> Step:
    """A sheet of organisations with one branch of a village."""
    row = [code, name, above, *TREE[7][3:8], since, until]
    return sheet("团组织", [*TREE[0], "撤销日期"], [row], *options)


def renamed(code: str, name: str, day: str) -> Step:
    """A branch is called otherwise."""
    return command("org", "rename", code, name, "--on", day, *WHY)


def politics(person: int, value: str, until: date) -> Step:
    """What a member was until that day."""
    headings = ["取值对象", "取值项目", "原取值", "取值截止", "姓名", "身份证号"]
    row = ["团员", "政治面貌", value, until, called(person), identity(person)]
    return sheet("历史取值", headings, [row])


def certificate(person: int, serial: str, *options: str) -> Step:
    """A valid certificate from a sheet."""
    headings = ["姓名", "身份证号", "团员证流水号", "团员证状态"]
    return sheet("团员证", headings, [[called(person), identity(person), serial, "有效"]], *options)


def transferred(person: int, source: str, target: str, day: str, *settled: Any) -> Step:
    """A row of the list of transfers; with the day on which it was settled it was accepted."""
    headings = ["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间", "办结时间"]
    until = settled[0] if settled else None
    row = [called(person), identity(person), source, target, date.fromisoformat(day), until]
    return sheet("转接", headings, [row])


def event(code: str, day: str, *above: str) -> Step:
    """A move of an organisation from a sheet: from where and to where it was moved."""
    headings = ["变动组织", "变动事项", "变动日期", "变动前", "变动后"]
    return sheet("组织沿革", headings, [[code, "划转", date.fromisoformat(day), *above]])


ERASED_NUMBER = "000009200107120023"
"""An ID number as somebody has whose personal values were taken out."""
MAY, JUNE = date(2023, 5, 4), date(2023, 6, 1)
YEARS_AGO = date(2020, 5, 4)
ERASED = [KEEP_A_YEAR, command("member", "erase", "--due", *WHY)]
"""The personal values of member 9, who left, are taken out."""
CANDIDATE = sheet(
    "发展过程",
    ["姓名", "身份证号", "所在团支部", "申请入团时间", "积极分子时间"],
    [[called(20), identity(20), "T2", date(2022, 9, 10), date(2022, 11, 14)]],
)
FOUND_N1 = command(
    "org", "add", "新支部", "--code", "N1", "--type", "branch", "--parent", "T", "--on",
    "2022-03-01", *WHY,
)  # fmt: skip
CLOSE_U1 = command("org", "close", "U1", "--members-to", "T2", "--on", "2023-06-01", *WHY)
SPRING, TOWN = "上泉村团支部", "河口镇团委"
IN_APRIL = branch("N1", SPRING, TOWN, date(2023, 4, 1))
"""A branch of the name of U1, which is closed in June, below the same town."""
IN_TWO_TOWNS = [branch("N1", SPRING, "白桦镇团委", date(2022, 5, 1)), CLOSE_U1]
"""A branch of the name of U1 in another town, and U1 is closed."""
BACK_AFTER_CLOSING = [
    command("undo", "{-1}", "--rows", "2", *WHY), CLOSE_U1, command("undo", "{-2}", *WHY),
]  # fmt: skip

ADMITTED_AGAIN = command("policy", "set", "levels.former-restored", "off", "--reason", "x")
"""The county admits former members again, instead of restoring them."""
OLD_NUMBER = "202265000001"
LEFT_WITH_A_PLACE = [  # of the year before, which a roster had
    sheet(
        "发展计划", QUOTAS[0], [[2022, "共青团云杉县委员会", 4, OLD_NUMBER, "202265000004", None]]
    ),
    roster(20, "S1", 入团时间=date(2022, 4, 10), 发展团员编号=OLD_NUMBER),
    leave(20, "resigned", "2022-11-11"),
]


def former_number(person: int, number: str, state: str = "外地") -> Step:
    """The number that somebody had until they left."""
    headings = ["登记编号", "编号状态", "姓名", "身份证号"]
    return sheet("编号", headings, [[number, state, called(person), identity(person)]])


WALKS: dict[str, tuple[str, list[Step]]] = {
    # rosters
    "a number of another's block": (
        "number-in-block",
        [
            roster(20, "U1", 入团时间=MAY, 发展团员编号=numbered(7)),
        ],
    ),
    "a member without a place": (
        "joined-by-admission",
        [roster(20, "S1", 入团时间=MAY, 发展团员编号=None)],
    ),
    "a number of another year": (
        "number-year",
        [roster(20, "S1", 入团时间=MAY, 发展团员编号="202165000088")],
    ),
    "a number that somebody has": (
        "one-number",
        [roster(20, "S1", 入团时间=MAY, 发展团员编号=numbered(1))],
    ),
    "a certificate that somebody has": (
        "one-certificate",
        [roster(20, "S1", 团员证编号="20000001")],
    ),
    "an ID number of no area": (
        "id-province",
        [roster(20, "T1", 身份证号=ERASED_NUMBER)],
    ),
    "a name that stands for an erased one": (
        "name-not-a-name",
        [roster(20, "T1", 姓名="已删除20")],
    ),
    "a member of a closed branch": ("organization-dissolved", [CLOSE_U1, roster(20, "U1")]),
    "a leaving before the move": (
        "day-before-membership",
        [
            transfer(1, "T1", "2023-06-01", "--accepted"),
            roster(1, "T1", 离团日期=date(2023, 3, 1), 离团原因="自愿退团"),
        ],
    ),
    # admissions
    "more admissions than places": (
        "place-left",
        [admit(person, "T1") for person in range(15, 20)],
    ),
    "a place of another's block": ("number-in-block", [case(15, "T1", numbered(3))]),
    "a place that is used": ("one-number", [case(15, "S1", numbered(1))]),
    "a member is admitted": ("one-person", [case(2, "S1", numbered(3))]),
    "who came from elsewhere is admitted": (
        "one-person",
        [
            transferred(20, "外县", "U1", "2023-09-24", date(2023, 9, 30)),
            case(20, "T2", numbered(6)),
        ],
    ),
    "a home that ends before they joined": (
        "left-before-joined",
        [homes(15, ["T1", "县外转入", date(2023, 4, 10), None, date(2022, 5, 28), "转出"])],
    ),
    "a home before they joined": (
        "joined-after-move",
        [homes(15, ["T1", "县外转入", date(2023, 4, 10), date(2022, 5, 28), None, None])],
    ),
    "a home that ends by a death before a term": (
        "dead-stay-dead",
        [
            post("S2", 1, "2023-06-01"),
            homes(1, ["S2", "登记在册", YEARS_AGO, None, date(2023, 3, 1), "死亡"]),
        ],
    ),
    "a home that ends by a death before a milestone": (
        "dead-stay-dead",
        [
            command("member", "milestone", identity(1), "joined party", "--on", "2023-06-01"),
            homes(1, ["S2", "登记在册", YEARS_AGO, None, date(2023, 3, 1), "死亡"]),
        ],
    ),
    "an admission was in another branch, from which its member has gone": (
        "transfer-not-shown",
        [
            case(15, "S1", numbered(3)),
            transfer(15, "T1", "2023-09-01", "--accepted"),
            case(15, "S2", numbered(3), *WHY),
        ],
    ),
    "a home that goes on before the admission": (
        "joined-after-move",
        [
            homes(20, ["S2", "县内转接", None, date(2022, 5, 28), None, None]),
            case(20, "S2", numbered(3)),
        ],
    ),
    "two records of whom one went on before the other joined": (
        "joined-after-move",
        [
            homes(17, ["S3", "县内转接", None, date(2022, 5, 28), None, None]),
            roster(18, "S3", 入团时间=date(2022, 6, 1), 发展团员编号=None),
            command("member", "merge", identity(18), identity(17), "--home", "S3", *WHY),
        ],
    ),
    "a roster has who asked to go to another branch leave": (
        "transfer-pending",
        [
            transfer(11, "T1", "2022-06-12"),
            roster(11, "U1", 离团日期=date(2023, 1, 15), 离团原因="自愿退团"),
        ],
    ),
    "who had gone to another county had not left here later": (
        "transfer-before-leaving",
        [
            leave(11, "resigned", "2023-11-01"),
            transferred(11, "U1", "外县", "2023-05-01", date(2023, 5, 1)),
        ],
    ),
    "a request of who has left since": (
        "request-of-former",
        [leave(11, "resigned", "2023-11-01"), transfer(11, "T1", "2023-05-01")],
    ),
    "a request comes back of who has died": (
        "undo-overtaken",
        [
            transfer(11, "T1", "2022-06-12"),
            command("transfer", "refuse", "1", "--on", "2022-06-13", *WHY),
            leave(11, "deceased", "2023-01-15"),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "a case comes back of who is a member": (
        "undo-overtaken",
        [
            case_of(20, "T2"),
            command("case", "close", identity(20), "--refused", "--on", "2023-02-01", *WHY),
            roster(20, "T2", 入团时间=YEARS_AGO, 发展团员编号=None),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "a request of somebody who has left since": (
        "transfer-settled",
        [
            leave(11, "resigned", "2023-01-15"),
            transferred(11, "U1", "T1", "2022-06-12"),
            *[command("transfer", "refuse", "1", "--on", "2023-02-01", *WHY)] * 2,
        ],
    ),
    "a candidate with a certificate": (
        "",
        [
            command(
                "case",
                "open",
                "--name",
                called(16),
                "--id-number",
                identity(16),
                "--org",
                "S1",
                "--applied",
                "2022-09-10",
            ),
            certificate(16, "60000001"),
            admit(16, "S1"),
        ],
    ),
    "another certificate of somebody who came back": (
        "one-certificate",
        [
            leave(7, "resigned", "2022-11-11"),
            case(7, "S1", numbered(3), 团员证编号="60000001"),
            case(7, "S1", numbered(3), *WHY, 团员证编号="60000002"),
        ],
    ),
    "too few hours": ("course-hours", [admit(15, "S1", "7")]),
    "one introducer twice": ("two-introducers", [case(15, "S1", numbered(3), 介绍人二="李介绍")]),
    "their own introducer": (
        "introducer-not-self",
        [case(15, "S1", numbered(3), 介绍人一=called(15))],
    ),
    "more present than there are": ("votes-possible", [case(15, "S1", numbered(3), 实到人数=31)]),
    "too few present": ("quorum", [case(15, "S1", numbered(3), 实到人数=10, 赞成票数=9)]),
    "too few in favour": ("majority-of-present", [case(15, "S1", numbered(3), 赞成票数=12)]),
    "a talk before the application": (
        "dates-in-order",
        [case(15, "S1", numbered(3), 谈话时间=date(2022, 9, 1))],
    ),
    "an activist for two months": (
        "activist-months",
        [case(15, "S1", numbered(3), 积极分子时间=date(2023, 2, 20))],
    ),
    "an approval that is still to come": (
        "dates-in-future",
        [case(15, "S1", numbered(3), 审批时间=date(2030, 1, 1))],
    ),
    "joined before they were born": (
        "joined-before-birth",
        [roster(15, "S1", 入团时间=date(1990, 1, 1), 发展团员编号=None)],
    ),
    "joined in years to come": (
        "joined-in-future",
        [roster(15, "S1", 入团时间=date(2030, 1, 1), 发展团员编号=None)],
    ),
    "a number of three digits": (
        "number-format",
        [roster(15, "S1", 入团时间=date(2020, 5, 4), 发展团员编号="123")],
    ),
    "a member of a committee": (
        "home-is-branch",
        [roster(15, "S", 入团时间=date(2020, 5, 4), 发展团员编号=None)],
    ),
    "a certificate that is somebody's": (
        "one-certificate",
        [case(15, "S1", numbered(3), 团员证编号="20000001")],
    ),
    "a rejected admission leaves no member": (
        "joined-by-admission",
        [
            Step(
                ("import", "--valid-only"),
                (
                    *roster(15, "S1", 入团时间=date(2023, 4, 10), 发展团员编号=None).sheets,
                    *case(15, "S1", numbered(1)).sheets,
                ),
            ),
        ],
    ),
    # homes
    "a second joining without a place": (
        "number-year",
        [
            leave(2, "resigned", "2023-02-02"),
            homes(2, ["T1", "登记在册", date(2023, 12, 10), None, None, None]),
        ],
    ),
    "a home behind the last": (
        "home-behind",
        [
            homes(1, ["T1", "登记在册", date(2020, 5, 4), None, JUNE, "县内转接"]),
            homes(1, ["T2", "县外转入", date(2020, 5, 4), MAY, None, None]),
        ],
    ),
    # organisations
    "a sheet closes a branch with members": ("organization-has-members", [closed("U1", JUNE)]),
    "a sheet closes a committee with branches": ("organization-has-below", [closed("U", JUNE)]),
    "a sheet closes a branch whose members go by another": (
        "term-ended-with-organization",
        [
            Step(
                ("import",),
                (
                    *closed("U1", JUNE).sheets,
                    *roster(5, "U1", 离团日期=JUNE, 离团原因="自愿退团").sheets,
                    *homes(
                        11,
                        ["U1", "登记在册", date(2020, 5, 4), None, JUNE, "县内转接"],
                        ["T2", "县内转接", date(2020, 5, 4), JUNE, None, None],
                    ).sheets,
                ),
            ),
            post("U1", 1, "2022-05-04"),
        ],
    ),
    "a sheet closes a town with its branch": (
        "organization-has-members",
        [
            sheet(
                "团组织",
                [*TREE[0], "撤销日期"],
                [[*row, JUNE] for row in TREE if row[0] in ("U", "U1")],
            ),
        ],
    ),
    "a branch with members is closed": (
        "organization-has-members",
        [
            command("org", "close", "U1", "--on", "2023-06-01", *WHY),
        ],
    ),
    "a committee with branches is closed": (
        "organization-has-below",
        [
            command("org", "close", "U", "--members-to", "T1", "--on", "2023-06-01", *WHY),
        ],
    ),
    "a campaign of a closed branch": (
        "organization-dissolved",
        [
            CLOSE_U1,
            sheet("主题教育", ["主题教育", "团组织", "启动时间"], [["主题教育", "U1", JUNE]]),
        ],
    ),
    "a branch acts after it is closed": (
        "organization-acts-later",
        [
            sheet(
                "活动",
                ["活动名称", "活动类别", "活动日期", "主办团组织"],
                [["活动", "主题团日", date(2023, 10, 26), "U1"]],
            ),
            CLOSE_U1,
        ],
    ),
    "a term begins after its branch is closed": (
        "organization-acts-later",
        [post("U1", 1, "2023-06-01"), CLOSE_U1],
    ),
    "a closed branch has no cadres": ("", [post("U1", 1, "2022-05-04"), CLOSE_U1]),
    "a term of a closed branch is recorded": (
        "term-ended-with-organization",
        [CLOSE_U1, post("U1", 1, "2022-05-04")],
    ),
    "a term outlives its branch": (
        "term-outlives-organization",
        [
            post("U1", 1, "2022-05-04", date(2023, 3, 1)),
            CLOSE_U1,
            command("post", "end", "1", "--on", "2023-12-01", *WHY),
        ],
    ),
    "a committee below its own branch": (
        "organization-circle",
        [
            command("org", "move", "T", "--to", "T", "--on", "2023-06-01", *WHY),
        ],
    ),
    "a committee below what lay below it after that day": (
        "organization-circle",
        [
            command("org", "move", "U", "--to", "T", "--on", "2023-02-01", *WHY),
            command("org", "move", "U", "--to", "C", "--on", "2023-09-01", *WHY),
            command("org", "move", "T", "--to", "U", "--on", "2023-06-01", *WHY),
        ],
    ),
    "a move before a later one": (
        "organization-changed-later",
        [
            command("org", "move", "T1", "--to", "U", "--on", "2023-09-01", *WHY),
            command("org", "move", "T1", "--to", "C", "--on", "2023-02-01", *WHY),
        ],
    ),
    "an organisation that lay below itself": (
        "organization-circle",
        [event("T", "2023-01-08", "T", "U")],
    ),
    "a move to where it never lay": (
        "move-contradicts",
        [event("S1", "2023-10-25", "T", "U")],
    ),
    "a move from where it did not lie any more": (
        "move-contradicts",
        [
            command("org", "move", "T2", "--to", "U", "--on", "2023-05-01", *WHY),
            event("T2", "2023-05-02", "T", "U"),
        ],
    ),
    "moves of which each is held against the one before": (
        "",
        [
            command("org", "move", "T2", "--to", "U", "--on", "2023-05-01", *WHY),
            sheet(
                "组织沿革",
                ["变动组织", "变动事项", "变动日期", "变动前", "变动后"],
                [
                    ["T2", "划转", date(2023, 6, 1), "U", "T"],
                    ["T2", "划转", date(2023, 7, 1), "T", "U"],
                ],
            ),
        ],
    ),
    "a move that came after an admission": (
        "number-in-block",
        [event("S1", "2023-10-25", "T", "S")],
    ),
    "a unit is moved to before its admissions": (
        "number-in-block",
        [
            command("org", "move", "U", "--to", "T", "--on", "2023-01-10", *WHY),
            admit(15, "U1"),
            command("org", "move", "U", "--to", "C", "--on", "2023-02-01", *WHY),
        ],
    ),
    "an organisation that lay below its branch then": (
        "organization-circle",
        [
            command("org", "move", "S1", "--to", "T", "--on", "2023-03-01", *WHY),
            event("S", "2023-02-01", "S1", "C"),
        ],
    ),
    "a number void since today is void since May by a list": (
        "sheet-older",
        [
            command("number", "void", numbered(4), "--reason", "填坏"),
            sheet(
                "编号",
                ["登记编号", "编号状态", "状态日期", "作废原因"],
                [[numbered(4), "作废", date(2023, 5, 1), "填坏"]],
            ),
        ],
    ),
    "a term that begins on the day of a closing": (
        "organization-dissolved",
        [CLOSE_U1, post("U1", 1, "2023-06-01")],
    ),
    "a term that began before a closing ends with it": (
        "term-ended-with-organization",
        [CLOSE_U1, post("U1", 1, "2023-05-31")],
    ),
    # numbers of former members
    "who is admitted again in the year of the former number": (
        "one-number",
        [
            ADMITTED_AGAIN,
            roster(20, "S1", 入团时间=date(2023, 2, 1), 发展团员编号=numbered(4)),
            leave(20, "resigned", "2023-03-01"),
            admit(20, "S1"),
        ],
    ),
    "who was admitted once has a former number": (
        "number-not-former",
        [case(15, "S1", numbered(3)), former_number(15, "202065000077")],
    ),
    "a former number of who had to be restored": (
        "former-restored",
        [
            leave(7, "resigned", "2022-11-11"),
            case(7, "S1", numbered(3)),
            former_number(7, "202065000077"),
        ],
    ),
    "a former number of who may be admitted again": (
        "",
        [
            ADMITTED_AGAIN,
            leave(7, "resigned", "2022-11-11"),
            case(7, "S1", numbered(3)),
            former_number(7, "202065000077"),
        ],
    ),
    "a former number that is somebody else's": (
        "one-number",
        [
            ADMITTED_AGAIN,
            leave(7, "resigned", "2022-11-11"),
            case(7, "S1", numbered(3)),
            former_number(7, "202065000004"),
        ],
    ),
    "a former number of the same year": (
        "one-number",
        [
            ADMITTED_AGAIN,
            leave(7, "resigned", "2022-11-11"),
            case(7, "S1", numbered(3)),
            former_number(7, numbered(4), "已使用"),
        ],
    ),
    # names
    "a branch is founded before the former one of its name was closed": (
        "organization-other-code",
        [CLOSE_U1, IN_APRIL],
    ),
    "a branch is founded by command before the former one was closed": (
        "organization-other-code",
        [
            CLOSE_U1,
            command(
                "org",
                "add",
                SPRING,
                "--code",
                "N1",
                "--type",
                "branch",
                "--parent",
                "U",
                "--on",
                "2023-04-01",
                *WHY,
            ),
        ],
    ),
    "a branch that has been closed is said to have been there with one of its name": (
        "organization-other-code",
        [branch("N1", "桥头村团支部", "白桦镇团委", MAY, until=JUNE)],
    ),
    "a branch is renamed before the former one of that name was closed": (
        "organization-other-code",
        [branch("N1", "新支部", TOWN, MAY), CLOSE_U1, renamed("N1", SPRING, "2023-05-20")],
    ),
    "a branch has a name before the other gave it up": (
        "organization-other-code",
        [
            branch("N1", "新支部", TOWN, MAY),
            renamed("U1", "下泉村团支部", "2023-06-01"),
            renamed("N1", SPRING, "2023-05-20"),
        ],
    ),
    "a branch is moved to where its name was borne": (
        "organization-other-code",
        [*IN_TWO_TOWNS, command("org", "move", "N1", "--to", "U", "--on", "2023-05-01", *WHY)],
    ),
    "a branch is moved by a sheet to where its name was borne": (
        "organization-other-code",
        [*IN_TWO_TOWNS, branch("N1", SPRING, TOWN, date(2022, 5, 1), "--on", "2023-05-01")],
    ),
    "a new branch splits off under a name that was borne": (
        "organization-other-code",
        [
            branch("N1", "新支部", TOWN, MAY),
            CLOSE_U1,
            command("org", "split", "N1", SPRING, "--on", "2023-05-20", *WHY),
        ],
    ),
    "a founding is corrected to before the former one of that name was closed": (
        "organization-other-code",
        [
            CLOSE_U1,
            branch("N1", SPRING, TOWN, date(2023, 7, 1)),
            branch("N1", SPRING, TOWN, date(2023, 4, 1), *WHY),
        ],
    ),
    "a closing is taken away whose name another bears": (
        "organization-other-code",
        [
            CLOSE_U1,
            branch("N1", SPRING, TOWN, date(2023, 7, 1)),
            sheet("团组织", [*TREE[0], "撤销日期"], [[*TREE[10], "清空"]], *WHY),
        ],
    ),
    "a correction of a founding is taken back whose name another bore by then": (
        "undo-overtaken",
        [
            branch("N1", SPRING, "白桦镇团委", date(2022, 5, 1)),
            branch("N1", SPRING, "白桦镇团委", date(2023, 7, 1), *WHY),
            command("org", "move", "N1", "--to", "U", "--on", "2023-07-01", *WHY),
            CLOSE_U1,
            command("undo", "{-3}", *WHY),
        ],
    ),
    "a history in which two branches had one name": (
        "organization-other-code",
        [
            branch("N1", "新支部", "白桦镇团委", MAY),
            sheet(
                "组织沿革",
                ["变动组织", "变动事项", "变动日期", "变动前", "变动后"],
                [["N1", "更名", JUNE, "桥头村团支部", "新支部"]],
            ),
        ],
    ),
    "a branch bears a name from the day on which it is free": (
        "",
        [CLOSE_U1, branch("N1", SPRING, TOWN, JUNE)],
    ),
    "a member of one of two branches of that name": (
        "organization-ambiguous",
        [*IN_TWO_TOWNS, roster(20, SPRING, "--on", "2023-05-10")],
    ),
    "a candidate of one of two branches of that name": (
        "organization-ambiguous",
        [*IN_TWO_TOWNS, case(15, SPRING, numbered(6))],
    ),
    "a post in one of two branches of that name": (
        "organization-ambiguous",
        [*IN_TWO_TOWNS, post(SPRING, 1, "2023-05-04")],
    ),
    "a home in one of two branches of that name": (
        "organization-ambiguous",
        [
            *IN_TWO_TOWNS,
            homes(20, [SPRING, "县外转入", YEARS_AGO, MAY, date(2023, 5, 20), "转出"]),
        ],
    ),
    "a member of the later of two branches of that name": (
        "",
        [*IN_TWO_TOWNS, roster(20, SPRING, "--on", "2023-06-10")],
    ),
    # days to come
    "a number is void from a day to come": (
        "day-ahead",
        [
            sheet(
                "编号",
                ["登记编号", "编号状态", "状态日期", "作废原因"],
                [[numbered(4), "作废", date(2030, 1, 1), "填坏"]],
            )
        ],
    ),
    "a certificate is given on a day to come": (
        "day-ahead",
        [
            sheet(
                "团员证",
                ["姓名", "身份证号", "团员证流水号", "团员证状态", "颁发日期"],
                [[called(1), identity(1), "20000001", "有效", date(2030, 1, 1)]],
            )
        ],
    ),
    "a branch elects on a day to come": (
        "day-ahead",
        [
            sheet(
                "组织沿革", ["变动组织", "变动事项", "变动日期"], [["T1", "换届", date(2030, 1, 1)]]
            )
        ],
    ),
    # people
    "an expulsion on another day than its leaving": (
        "left-differs",
        [
            roster(5, "U1", 离团日期=date(2023, 5, 5), 离团原因="开除团籍"),
            sheet(
                "团纪处分",
                ["姓名", "身份证号", "处分种类", "处分日期", "处分文号"],
                [[called(5), identity(5), "开除团籍", date(2023, 5, 4), "云团纪〔2023〕3号"]],
            ),
        ],
    ),
    "a transfer before the membership": (
        "day-before-membership",
        [
            transfer(1, "T1", "2023-09-01", "--accepted"),
            transfer(1, "T2", "2023-02-01", "--accepted"),
        ],
    ),
    "a list of other people says that a member is none": (
        "politics-not-member",
        [
            sheet(
                "其他人员", ["登记姓名", "身份证号", "政治面貌"], [[called(1), identity(1), "群众"]]
            )
        ],
    ),
    "somebody who was admitted is said to be no member": (
        "rule-broken-by",
        [command("member", "edit", identity(14), "--politics", "群众", *WHY)],
    ),
    "a request before the membership": (
        "day-before-membership",
        [transfer(1, "T1", "2023-09-01", "--accepted"), transfer(1, "T2", "2023-02-01")],
    ),
    "two transfers at once": (
        "transfer-pending",
        [transfer(1, "T1", "2023-06-01"), transfer(1, "T2", "2023-07-01")],
    ),
    "a transfer to a closed branch": (
        "organization-dissolved",
        [CLOSE_U1, transfer(1, "U1", "2023-05-01")],
    ),
    "a leaving before the membership": (
        "day-before-membership",
        [
            transfer(1, "T1", "2023-09-01", "--accepted"),
            leave(1, "resigned", "2023-02-01"),
        ],
    ),
    "a restoration before the leaving": (
        "day-before-leaving",
        [
            leave(1, "resigned", "2023-09-01"),
            command(
                "member", "restore", identity(1), "--on", "2023-02-01", "--authority", "文", *WHY
            ),
        ],
    ),
    "the dead come back": (
        "dead-stay-dead",
        [
            leave(1, "deceased", "2023-02-01"),
            command(
                "member",
                "transfer",
                identity(1),
                "--from-outside",
                "外县",
                "--to",
                "T1",
                "--on",
                "2023-06-01",
                *WHY,
            ),
        ],
    ),
    "the dead get no post": (
        "dead-stay-dead",
        [leave(1, "deceased", "2023-02-01"), post("T1", 1, "2023-05-04")],
    ),
    "the expelled come back by a transfer": (
        "expelled-restored",
        [
            command(
                "member",
                "transfer",
                identity(10),
                "--from-outside",
                "外县",
                "--to",
                "T1",
                "--on",
                "2023-06-01",
                *WHY,
            ),
        ],
    ),
    "an ID number that is somebody's": (
        "id-taken",
        [
            command("member", "edit", identity(1), "--id-number", identity(2), *WHY),
        ],
    ),
    "two with numbers are made one": (
        "merge-number",
        [command("member", "merge", identity(1), identity(2), *WHY)],
    ),
    "a correction gives another's number": (
        "id-taken",
        [
            sheet(
                "身份更正",
                ["更正前姓名", "身份证号", "更正前身份证号"],
                [[called(2), identity(1), identity(2)]],
            ),
        ],
    ),
    "two transfers at once by a sheet": (
        "transfer-pending",
        [transferred(1, "S2", "T1", "2023-06-01"), transferred(1, "S2", "T2", "2023-07-01")],
    ),
    "a sheet brings a member from elsewhere": (
        "member-now",
        [transferred(1, "外县", "T1", "2023-06-01", JUNE)],
    ),
    "a sheet brings somebody to a closed branch": (
        "organization-dissolved",
        [CLOSE_U1, transferred(1, "S2", "U1", "2023-07-01", date(2023, 7, 1))],
    ),
    "a sheet moves somebody before the membership": (
        "day-before-membership",
        [
            transfer(1, "T1", "2023-09-01", "--accepted"),
            transferred(1, "T1", "T2", "2023-02-01", date(2023, 2, 1)),
        ],
    ),
    "a sheet has a request before the membership": (
        "day-before-membership",
        [transferred(5, "U1", "T1", "2012-05-04")],
    ),
    "a transfer that is settled before it is asked for": (
        "transfer-before-request",
        [transferred(1, "S2", "T1", "2023-07-01", JUNE)],
    ),
    "a registration of before its year": (
        "registered-early",
        [
            sheet(
                "团籍注册",
                ["姓名", "身份证号", "年度", "是否注册", "注册日期"],
                [[called(1), identity(1), 2023, "是", date(2022, 12, 1)]],
            ),
        ],
    ),
    "a short name that is another's": (
        "alias-taken",
        [command("org", "alias", "T1", "河沿"), command("org", "alias", "T2", "河沿")],
    ),
    "two certificates become one person's": (
        "merge-paper",
        [
            command("certificate", "issue", identity(7), "--serial", "60000001", *WHY),
            command("certificate", "issue", identity(12), "--serial", "60000002", *WHY),
            command("member", "merge", identity(7), identity(12), *WHY),
        ],
    ),
    "who disputes a number becomes who holds it": (
        "merge-dispute",
        [
            command("number", "dispute", numbered(1), "--claim", identity(7), *WHY),
            command("member", "merge", identity(13), identity(7), *WHY),
        ],
    ),
    # the ledger
    "a used number is made void": ("number-in-use", [command("number", "void", numbered(1), *WHY)]),
    "a sheet makes a used number void": (
        "stored-differs",
        [
            sheet(
                "编号",
                ["登记编号", "编号状态", "状态日期", "作废原因"],
                [[numbered(1), "作废", MAY, "填坏"]],
            ),
        ],
    ),
    "a quota below what is used": (
        "quota-in-use",
        [command("quota", "set", "2023", "S", "1", *WHY)],
    ),
    "more places below than above": (
        "quota-above-exceeded",
        [
            sheet("发展计划", QUOTAS[0], [[2023, "河口镇团委", 9, None, None, None]]),
        ],
    ),
    "a certificate's serial of somebody": (
        "one-certificate",
        [
            command("certificate", "issue", identity(7), "--serial", "20000001", *WHY),
        ],
    ),
    "a certificate of somebody who was entered in error": (
        "member-never",
        [
            command(
                "member",
                "leave",
                identity(11),
                "--reason-kind",
                "in error",
                "--on",
                "2023-05-05",
                *WHY,
            ),
            command("certificate", "issue", identity(11), "--serial", "60000002", *PAPER[:2]),
            certificate(11, "60000002"),
        ],
    ),
    "a sheet tells of another valid certificate": (
        "stored-differs",
        [certificate(8, "60000003", *WHY), certificate(8, "60000004")],
    ),
    # undo, closed years
    "undone where it is taken meanwhile": (
        "undo-overtaken",
        [
            command("certificate", "recall", identity(1), *PAPER[:2], *WHY),
            command("certificate", "issue", identity(1), "--serial", "60000001", *WHY),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "undone where somebody is inside": (
        "undo-overtaken",
        [
            FOUND_N1,
            transfer(1, "N1", "2023-06-01", "--accepted"),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "undone where a score hangs on it": (
        "undo-overtaken",
        [
            FOUND_N1,
            sheet(
                "考核",
                ["年度", "团组织", "考核项目", "得分", "满分"],
                [[2023, "N1", "班子建设", 9, 20]],
            ),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "two records are merged which say otherwise of one day": (
        "merge-differs",
        [
            politics(1, "群众", MAY),
            politics(11, "中共党员", MAY),
            command("member", "merge", identity(1), identity(11), *WHY),
        ],
    ),
    "who is admitted was refused on a later day": (
        "refused-once-admitted",
        [case_of(20, "T2"), refused(20, "2023-11-01"), admit(20, "T2")],
    ),
    "a sheet refuses the case of who was admitted": (
        "refused-once-admitted",
        [
            admit(20, "T2"),
            sheet(
                "入团申请人",
                ["姓名", "身份证号", "团支部", "申请入团时间", "培养阶段", "结束日期"],
                [[called(20), identity(20), "T2", date(2022, 9, 10), "未通过", date(2023, 4, 10)]],
            ),
        ],
    ),
    "two records are merged of which the case of the other was refused later": (
        "rule-broken-by",
        [
            admit(20, "T2"),
            case_of(21, "T2"),
            refused(21, "2023-11-01"),
            command("member", "merge", identity(20), identity(21), *WHY),
        ],
    ),
    "the case of a candidate is opened in a committee": ("admitted-by-branch", [case_of(16, "T")]),
    "the branch of a candidate had been a committee": (
        "organization-has-cases",
        [
            typed("N1", "团委"),
            typed("N1", "团支部"),
            case_of(16, "N1"),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "the branch of a candidate becomes a committee": (
        "organization-has-cases",
        [typed("N1", "团支部"), case_of(16, "N1"), typed("N1", "团委")],
    ),
    "a candidate of what was a branch": (
        "admitted-by-branch",
        [typed("N1", "团支部"), typed("N1", "团委"), case_of(16, "N1")],
    ),
    "who came from elsewhere leaves before": (
        "transfer-not-shown",
        [
            transferred(3, "外县", "T1", "2022-12-27", date(2022, 12, 27)),
            leave(3, "removed", "2022-11-12"),
        ],
    ),
    **{
        f"who was erased is {what}": (
            "erased-stay-erased",
            [*ERASED, post("T1", 20, "2023-05-04"), command(*arguments, *WHY)],
        )
        for what, arguments in {
            "called otherwise": ("member", "edit", "#8", "--name", called(20)),
            "found by another number": ("member", "edit", "#8", "--id-number", identity(21)),
            "merged with somebody": ("member", "merge", identity(20), "#8"),
            "somebody else with more": ("member", "merge", "#8", identity(20)),
            "a member again": ("member", "restore", "#8", "--on", "2024-01-10", *PAPER[:2]),
        }.items()
    },
    "who had left and was erased is a member by an undo": (
        "erased-stay-erased",
        [
            KEEP_A_YEAR,
            leave(1, "resigned", "2022-04-01"),
            command("member", "erase", identity(1), "--authority", "文", *WHY),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "a graduate was elsewhere on the day on which the class was closed": (
        "home-is-branch",
        [
            command("org", "graduate", "2023", "--on", "2023-12-31", *WHY),
            roster(8, "T1", 团员证编号=None, 离团日期=date(2023, 12, 31)),
        ],
    ),
    "a measure before a member left, twice": (
        "discipline-in-force",
        [
            leave(1, "resigned", "2023-05-04"),
            measure(1, "warning", "2023-03-01"),
            measure(1, "warning", "2023-03-02"),
        ],
    ),
    "a measure after a member left": (
        "member-not-now",
        [leave(1, "resigned", "2023-05-04"), measure(1, "warning", "2023-05-05")],
    ),
    "an expulsion that a roster had, twice": (
        "discipline-in-force",
        [
            roster(1, "S2", 离团日期=MAY, 离团原因="开除团籍"),
            measure(1, "expulsion", "2023-05-04"),
            measure(1, "expulsion", "2023-05-04"),
        ],
    ),
    "places went on, and their first way is undone in part": (
        "block-adds-up",
        [
            command("quota", "move", "2023", "T", "U", "2", *WHY),
            command("quota", "move", "2023", "U", "S3", "2", *WHY),
            command("undo", "{-2}", "--partial", *WHY),
        ],
    ),
    "a plan of which a part was handed down is undone in part": (
        "block-adds-up",
        [
            sheet(
                "发展计划",
                QUOTAS[0],
                [
                    [2022, TREE[1][1], 4, "202265000001", "202265000004", None],
                    [2022, TREE[2][1], 2, "202265000001", "202265000002", None],
                ],
            ),
            command("undo", "{-1}", "--rows", "3", *WHY),
        ],
    ),
    "a branch lay elsewhere when it admitted somebody on a place of the town": (
        "number-in-block",
        [
            admit(16, "T1"),
            sheet(
                "团组织", TREE[0], [[*TREE[7][:2], TREE[9][1], *TREE[7][3:]]], "--on", "2022-07-06"
            ),
        ],
    ),
    "a town lay elsewhere when a branch of it admitted somebody": (
        "number-in-block",
        [
            command("quota", "move", "2023", "T", "C", "3", *WHY),
            command("quota", "move", "2023", "C", "S", "7", *WHY),
            command("org", "move", "T", "--to", "S", "--on", "2023-01-01", *WHY),
            admit(16, "T1"),
            sheet(
                "团组织", TREE[0], [[*TREE[6][:2], TREE[9][1], *TREE[6][3:]]], "--on", "2023-02-01"
            ),
        ],
    ),
    "undone where a certificate is lost since": (
        "paper-has-serial",
        [
            command("certificate", "recall", identity(3), "--authority", "文", *WHY),
            sheet(
                "团员档案",
                ["姓名", "身份证号", "入团申请书", "入团志愿书", "团员证"],
                [[called(3), identity(3), "无", None, "遗失"]],
            ),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "undone where a former value is known of it": (
        "undo-overtaken",
        [
            FOUND_N1,
            sheet(
                "历史取值",
                ["取值对象", "取值项目", "原取值", "取值截止", "团组织"],
                [["团组织", "领域", "社会", MAY, "N1"]],
            ),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "undone where the branch is closed": (
        "undo-overtaken",
        [
            leave(5, "resigned", "2023-03-01"),
            leave(11, "resigned", "2023-03-01"),
            command("org", "close", "U1", "--on", "2023-06-01", *WHY),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "another roster of one day has somebody elsewhere than they asked from": (
        "transfer-not-from",
        [roster(7, "S3"), transfer(7, "T1", "2024-01-15"), roster(7, "U1")],
    ),
    "a request undone, and brought back where its branch is closed": (
        "transfer-not-from",
        [
            command("transfer", "graduates", "S3", "--to", "T1", "--on", "2023-06-01", *WHY),
            command("undo", "{-1}", "--rows", identity(2), *WHY),
            command("org", "graduate", "2023", "--on", "2022-08-16", *WHY),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "a certificate undone alone, with what it was before": (
        "",
        [certificate(7, "60000001"), command("undo", "{-1}", "--rows", identity(7), *WHY)],
    ),
    "a case undone, and brought back where its branch is closed": (
        "organization-dissolved",
        [
            sheet(
                "发展过程",
                ["姓名", "身份证号", "所在团支部", "申请入团时间"],
                [[called(20), identity(20), "U1", date(2022, 9, 10)]],
            ),
            *BACK_AFTER_CLOSING,
        ],
    ),
    "a request undone, and brought back where it leads is closed": (
        "organization-dissolved",
        [transferred(2, "S3", "U1", "2022-05-04"), *BACK_AFTER_CLOSING],
    ),
    "an activity undone, and brought back where its branch is closed": (
        "organization-dissolved",
        [
            sheet(
                "活动",
                ["活动名称", "活动类别", "活动日期", "主办团组织", "参与人次"],
                [["活动", "主题团日", date(2023, 7, 1), "U1", 9]],
            ),
            *BACK_AFTER_CLOSING,
        ],
    ),
    "a branch closed again where a candidate has come": (
        "organization-has-cases",
        [
            CLOSE_U1,
            command("undo", "{-1}", "--partial", *WHY),
            case_of(20, "U1"),
            command("undo", "{-2}", *WHY),
        ],
    ),
    "a row undone where it is taken meanwhile": (
        "undo-overtaken",
        [
            sheet(
                "团员证",
                ["姓名", "身份证号", "团员证流水号", "团员证状态"],
                [[called(1), identity(1), "20000001", "已收回"]],
                *WHY,
            ),
            command("certificate", "issue", identity(1), "--serial", "60000001", *WHY),
            command("undo", "{-2}", "--rows", "2", *WHY),
        ],
    ),
    "a row undone where the branch is closed": (
        "undo-overtaken",
        [
            roster(5, "U1", 离团日期=MAY, 离团原因="自愿退团"),
            leave(11, "resigned", "2023-03-01"),
            command("org", "close", "U1", "--on", "2023-06-01", *WHY),
            command("undo", "{-3}", "--rows", "2", *WHY),
        ],
    ),
    "a merger undone where a request was made since": (
        "transfer-not-from",
        [
            command("member", "merge", identity(11), identity(7), "--home", "S2", *WHY),
            transfer(11, "T1", "2023-06-01"),
            command("undo", "{-2}", "--partial", *WHY),
        ],
    ),
    "a merger undone as far as it can be": (
        "",
        [
            command("member", "merge", identity(6), identity(11), "--home", "U1", *WHY),
            command("undo", "{-1}", "--partial", *WHY),
        ],
    ),
    "the id of who went": (
        "",
        [
            post("T1", 21, "2022-05-04"),
            command("undo", "{-1}", *WHY),
            post("T1", 22, "2022-05-04"),
        ],
    ),
    "a year closed again": (
        "",
        [
            command("year", "close", "2022"),
            command("undo", "{-1}", *WHY),
            command("year", "close", "2022"),
        ],
    ),
    "a closed year moves": (
        "year-closed",
        [
            command("year", "close", "2023"),
            command(
                "member", "leave", identity(1), "--reason-kind", "resigned", "--on", "2023-02-02"
            ),
        ],
    ),
    "a closed year keeps its figures under another name": (
        "",
        [
            command("year", "close", "2023"),
            leave(1, "resigned", "2023-12-31"),
            command("org", "rename", "C", "改名支部", "--on", "2022-06-01"),
        ],
    ),
    "a candidate is on a roster": ("one-person", [CANDIDATE, roster(20, "T2", 入团时间=YEARS_AGO)]),
    "a candidate would go on in a committee": (
        "organization-has-cases",
        [case_of(19, "S3"), command("org", "graduate", "2023", "--on", "2023-01-01", *WHY)],
    ),
    "a branch with a candidate is made a general branch": (
        "organization-has-cases",
        [
            FOUND_N1,
            case_of(19, "N1"),
            sheet("团组织", TREE[0][:4], [["N1", "新支部", None, "团总支"]], *WHY),
        ],
    ),
    "a home becomes one of somebody from elsewhere, on no day": (
        "cell-missing",
        [
            homes(
                3,
                ["T1", "县外转入", YEARS_AGO, None, MAY, "县内转接"],
                ["U1", "县内转接", YEARS_AGO, MAY, None, None],
                options=WHY,
            ),
        ],
    ),
    "a candidate was a member with a number": (
        "former-restored",
        [
            case_of(16, "T1"),
            roster(
                16,
                "S2",
                入团时间=YEARS_AGO,
                发展团员编号="202065000015",
                离团日期=date(2022, 9, 8),
                离团原因="自愿退团",
            ),
        ],
    ),
    "a candidate has a home": (
        "one-person",
        [
            CANDIDATE,
            sheet(
                "团籍经历",
                ["姓名", "身份证号", "团籍所在组织", "编入方式", "入团时间"],
                [[called(20), identity(20), "T2", "登记在册", YEARS_AGO]],
            ),
        ],
    ),
    "a candidate comes from elsewhere": (
        "one-person",
        [
            CANDIDATE,
            command(
                "member",
                "transfer",
                identity(20),
                "--from-outside",
                "外县",
                "--to",
                "T2",
                "--on",
                "2023-05-05",
                *WHY,
            ),
        ],
    ),
    "a candidate is in a list of transfers": (
        "one-person",
        [
            CANDIDATE,
            sheet(
                "转接",
                ["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间", "办结时间"],
                [[called(20), identity(20), "外县", "T2", MAY, MAY]],
                *WHY,
            ),
        ],
    ),
    "a branch's closed year moves": (
        "year-closed",
        [
            command("year", "close", "2023"),
            command(
                "member", "transfer", identity(1), "--to", "T1", "--on", "2023-02-02", "--accepted"
            ),
        ],
    ),
}
"""By what they come to: the code of the finding that the last step must have, "" for none, and the
steps."""

CARRIED: dict[str, list[Step]] = {
    "a request is refused where its branch is closed into a committee": [
        transfer(5, "S3", "2022-06-23"),
        command("org", "graduate", "2023", "--on", "2023-01-01", *WHY),
    ],
    "classes went up": [command("org", "promote", "2022", "--on", "2022-06-06", *WHY)],
    "the expelled came back by their document": [
        leave(1, "expelled", "2023-02-01"),
        command("member", "restore", identity(1), "--on", "2023-05-01", "--authority", "文", *WHY),
    ],
    "nobody knows where a member went": [
        homes(30, ["U1", "发展入团", date(2020, 5, 4), None, date(2022, 12, 31), "县内转接"]),
    ],
    "who came from elsewhere was here already": [
        command("member", "transfer", identity(9), "--from-outside", "外县", "--to", "S3", "--on",
                "2023-01-02", *WHY),
        command("member", "merge", identity(7), identity(9), "--home", "S2", *WHY),
    ],
    "who came from elsewhere had joined another day": [
        sheet("转接", ["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间", "入团时间"],
              [[called(20), identity(20), "外县", "T1", MAY, date(2021, 6, 1)]]),
        command("member", "merge", identity(7), identity(20), "--home", "S2", *WHY),
    ],
    "a cadre who is no member was called otherwise": [
        post("T1", 20, "2023-05-04"),
        command("member", "edit", identity(20), "--name", called(21), *WHY),
    ],
    "who left long ago was erased": [
        command("member", "milestone", identity(9), "applied to party", "--on", "2022-05-04"),
        post("T1", 9, "2022-05-04", date(2022, 10, 1)),
        KEEP_A_YEAR, command("member", "erase", "--due", *WHY),
    ],
    "steps were taken before and between homes": [
        post("T1", 21, "2022-05-04"),
        command("member", "milestone", identity(21), "applied to party", "--on", "2023-08-09"),
        command("member", "transfer", identity(21), "--from-outside", "外县", "--to", "S2", "--on",
                "2023-12-31", *WHY),
        command("member", "milestone", identity(1), "applied to party", "--on", "2022-05-04"),
        sheet("成长", ["姓名", "身份证号", "所在团支部", "入党时间"],
              [[called(1), identity(1), "T1", MAY]]),
    ],
    "a name was borne by two in turn": [
        command("org", "promote", "2022", "--on", "2023-11-13", *WHY),
        command("org", "rename", "T1", TREE[3][1], "--on", "2023-04-23", *WHY),
    ],
    "who had a number from elsewhere was admitted again": [
        ADMITTED_AGAIN, leave(4, "resigned", "2022-11-11"), case(4, "S1", numbered(3)),
        leave(4, "resigned", "2023-11-11"),
    ],
    "who had a place of the county was admitted again": [
        ADMITTED_AGAIN, *LEFT_WITH_A_PLACE, case(20, "S1", numbered(3)),
        transfer(20, "T1", "2023-09-01", "--accepted"),
    ],
    "a name went on to another branch of the town": [
        branch("N1", "新支部", TOWN, date(2022, 5, 1)), CLOSE_U1,
        renamed("N1", SPRING, "2023-06-01"),
    ],
    "a committee admitted somebody": [admit(15, "S")],
    "branches were closed early": [  # before a request was settled, and on the day of a meeting
        command("transfer", "graduates", "S3", "--to", "T2", "--on", "2023-08-11", *WHY),
        command("org", "merge", "S3", "--into", "T2", "--on", "2022-06-11", *WHY),
        admit(15, "S2"),
        command("org", "merge", "S2", "--into", "S1", "--on", "2023-04-10", *WHY),
    ],
    "papers and places were had twice": [  # a form each, and the code of a branch founded later
        command("member", "merge", identity(4), identity(8), "--home", "S3", *WHY),
        transferred(16, "N1", "T1", "2022-05-20", date(2022, 5, 20)),
        command("org", "add", "新支部", "--code", "N1", "--type", "branch", "--parent", "T", "--on",
                "2022-06-09", *WHY),
    ],
    "who had a certificate was entered in error, and another has it": [
        command("certificate", "reissue", identity(2), "--serial", "60000001", *PAPER[:2], *WHY),
        command("member", "leave", identity(2), "--reason-kind", "in error", "--on", "2023-05-05",
                *WHY),
        roster(16, "T1", 入团时间=YEARS_AGO, 团员证编号="20000002"),
    ],
    "a certificate was marked, and then its serial was known": [
        roster(7, "S2", 发展团员编号=None, 团员证编号="有"),
        certificate(7, "60000001"),
        roster(12, "S1", 发展团员编号=None, 团员证编号="有"),
        command("member", "merge", identity(7), identity(12), "--home", "S2", *WHY),
    ],
    "who was named in lists was nobody here, and then there were some of that name": [
        sheet("团干部", ["姓名", "团组织", "团内职务", "任职时间"],
              [[called(20), "T", "书记", MAY], [called(19), "T", "副书记", MAY]]),
        sheet("培训", ["培训名称", "培训类别", "培训日期", "姓名"],
              [["班", "青马工程", MAY, called(20)], ["班", "青马工程", MAY, called(19)]]),
        sheet("述职评议", ["年度", "团组织", "书记姓名", "评议等次"],
              [[2023, "T", called(20), "好"], [2023, "T", called(19), "好"]]),
        sheet("团员", HEADINGS, [
            roster_row(20, "T1", 入团时间=YEARS_AGO), roster_row(19, "T1", 入团时间=YEARS_AGO),
            roster_row(21, "T2", 姓名=called(19), 入团时间=YEARS_AGO)]),
    ],
    "homes of a day, and none before": [
        roster(4, "S2"),
        command("member", "leave", "--aged", "--on", "2024-01-15", *WHY),
        homes(20, ["S2", "县内转接", None, date(2023, 9, 30), None, None]),
        case(20, "T1", numbered(6)),
        transfer(11, "T1", "2022-06-12"),
        roster(11, "T2", 离团日期=date(2024, 1, 15), 离团原因="转出"),
    ],
    "who asked to leave the county left": [
        command("member", "transfer", identity(11), "--to-outside", "外县", "--on", "2022-06-12",
                *WHY),
        roster(11, "U1", 离团日期=date(2023, 1, 15), 离团原因="转出"),
        leave(2, "resigned", "2023-01-15"),
        transferred(2, "S3", "T1", "2022-06-12"),
    ],
    "who was registered and punished had left before": [
        command("member", "register", "T", "2023", "--on", "2023-12-01", *WHY),
        command("member", "discipline", identity(4), "warning", "--since", "2023-05-04", *PAPER,
                *WHY),
        leave(4, "resigned", "2022-12-22"),
    ],
    "who came asked to go on the same day": [
        transfer(11, "S3", "2023-01-01", "--accepted"),
        transfer(11, "S1", "2023-01-01"),
    ],
    "who was refused asked again on the same day": [
        transfer(1, "S3", "2023-01-01"),
        command("transfer", "refuse", "1", "--on", "2023-01-01", *WHY),
        transfer(1, "S3", "2023-01-01", "--accepted"),
    ],
    "a branch that was asked for turned out to be newer": [
        transfer(2, "S1", "2022-04-27"),
        sheet("团组织", TREE[0], [[*TREE[3][:8], date(2023, 10, 23)]], *WHY),
    ],
    "a measure was taken before the admission": [
        post("T1", 21, "2022-05-04"),
        sheet("团纪处分", ["姓名", "身份证号", "处分种类", "处分日期", "处分文号"],
              [[called(21), identity(21), "警告", date(2022, 11, 21), "9号"]]),
        admit(21, "T1"),
    ],
    "who is to graduate was moved": [
        command("transfer", "graduates", "S3", "--to", "T1", "--on", "2024-01-15"),
        roster(2, "S1"),
    ],
    "a request went on from a class that graduated, and its member has moved since": [
        command("transfer", "graduates", "S3", "--to", "U1", "--on", "2023-01-01", *WHY),
        command("org", "graduate", "2023", "--on", "2023-03-28", *WHY),
        roster(8, "S2"),
    ],
    "a plan was recorded after a roster that has its numbers": [
        roster(20, "S1", 入团时间=date(2022, 5, 4), 发展团员编号="202265000001"),
        sheet("发展计划", QUOTAS[0], [
            [2022, "共青团云杉县委员会", 5, "202265000001", "202265000005", "文"]]),
    ],
    "places were handed down through an organisation": [
        command("quota", "move", "2023", "C", "S1", "2", *WHY),
    ],
    "a place was handed down past an organisation that has a block by now": [
        command("quota", "move", "2023", "C", "U1", "1", *WHY),
        command("quota", "set", "2023", "U", "3", *WHY),
    ],
    "who was here before their papers came left or moved since": [
        transferred(4, "外县", "T2", "2022-12-31"),
        transferred(1, "外县", "S2", "2022-12-31"),
        command("member", "leave", "--aged", "--on", "2023-12-31", *WHY),
        transfer(1, "T1", "2023-05-01", "--accepted"),
    ],
    "who was trained has a telephone, and is a member of the Party": [
        sheet("培训", ["培训名称", "培训类别", "培训日期", "姓名", "身份证号"],
              [["班", "青马工程", MAY, called(20), identity(20)]]),
        command("member", "edit", identity(20), "--phone", "12000000001", *WHY),
        command("member", "edit", identity(20), "--politics", "中共党员", *WHY),
    ],
    "who was no member is admitted": [
        post("T1", 15, "2022-05-04"),
        command("member", "edit", identity(15), "--politics", "群众", *WHY),
        admit(15, "T1"),
    ],
    "an admission was taken back of somebody who had moved and was registered": [
        admit(15, "T1"),
        transfer(15, "T2", "2023-06-01", "--accepted"),
        transfer(15, "U1", "2023-07-01"),
        command("member", "register", "T2", "2023", "--on", "2023-09-20", *WHY),
        command("admit", "--withdraw", numbered(6), "--authority", "文", *WHY),
    ],
    "who was refused was admitted later": [
        command(
            "case", "open", "--name", called(16), "--id-number", identity(16), "--org", "S1",
            "--applied", "2022-03-01",
        ),
        command("case", "close", identity(16), "--refused", "--on", "2022-06-01", *WHY),
        admit(16, "S1"),
    ],
    "a branch with places of its own was moved, and closed": [
        command("quota", "set", "2023", "T1", "2", *WHY),
        command("org", "move", "T1", "--to", "U", "--on", "2023-03-01", *WHY),
        admit(15, "T1"),
        command("quota", "set", "2023", "T1", "1", *WHY),
        command("org", "close", "T1", "--members-to", "U1", "--on", "2023-12-31", *WHY),
    ],
    "who had no number was admitted again, and once more": [
        leave(12, "resigned", "2022-11-11"),
        admit(12, "T1"),
        command("admit", "--withdraw", numbered(6), "--authority", "文", *WHY),
        admit(12, "T1"),
    ],
    "papers of transfers were found after they had left, and come back": [
        leave(1, "resigned", "2023-11-01"),
        transfer(1, "T1", "2023-05-01", "--accepted"),
        leave(2, "resigned", "2023-08-01"),
        command("member", "restore", identity(2), "--on", "2023-12-10", "--authority", "文", *WHY),
        transferred(2, "S3", "T2", "2023-05-01", date(2023, 5, 2)),
    ],
    "a branch did something before it was founded": [
        sheet("活动", ["活动名称", "活动类别", "活动日期", "主办团组织"],
              [["活动", "主题团日", MAY, "T2"]]),
        post("T2", 1, "2023-05-04"),
        sheet("主题教育", ["主题教育", "团组织", "启动时间"], [["主题教育", "T2", MAY]]),
        sheet("团组织", TREE[0], [[*TREE[8][:8], JUNE]]),
    ],
    "who was reviewed went elsewhere": [
        sheet("述职评议", ["年度", "团组织", "书记姓名", "评议等次"],
              [[2023, "S3", called(2), "较好"]]),
        transfer(2, "S1", "2024-01-10", "--accepted"),
    ],
    "a branch that had admitted somebody became a committee": [
        admit(15, "S2"),
        *(transfer(person, "S1", "2023-12-20", "--accepted") for person in (1, 7, 15)),
        typed("S2", "团委"),
    ],
    "the branch of somebody who was refused became a committee": [
        FOUND_N1, case_of(16, "N1"),
        command("case", "close", identity(16), "--refused", "--on", "2023-06-01", *WHY),
        typed("N1", "团委"),
    ],
    "a branch was moved away from where its whole block came from": [
        command("quota", "move", "2023", "S", "T2", "2"),
        command("org", "move", "T2", "--to", "U", "--on", "2022-05-25", *WHY),
    ],
    "a list of homes calls who was admitted recorded": [
        admit(20, "T2"),
        homes(20, ["T2", "登记在册", date(2023, 4, 10), None, None, None], options=WHY),
    ],
    "who came to a branch is found to have come after it was closed": [
        roster(7, "T1", "--on", "2023-04-09"),
        command("org", "close", "T1", "--on", "2024-01-15", "--members-to", "U1", *WHY),
        roster(6, "T1", "--on", "2023-03-24"),
        command("transfer", "accept", called(7), "--on", "2024-01-15", *WHY),
    ],
    "who came to a branch waits for papers after it was closed": [
        roster(7, "T1", "--on", "2023-04-09"),
        command("org", "close", "T1", "--on", "2024-01-15", "--members-to", "U1", *WHY),
        roster(6, "T1", "--on", "2023-03-24"),
    ],
    "who was admitted and expelled has the status of today": [
        admit(20, "T2"),
        leave(20, "expelled", "2023-12-31"),
        sheet("其他人员", ["登记姓名", "身份证号", "手机号码", "政治面貌"],
              [[called(20), identity(20), "12000000002", "群众"]]),
    ],
    "who was admitted had been refused before": [
        case_of(20, "T2"),
        refused(20, "2023-01-09"),
        admit(20, "T2"),
    ],
    "two records were merged of which each had other values": [
        politics(1, "群众", MAY), politics(11, "中共党员", JUNE),
        command("member", "merge", identity(1), identity(11), *WHY),
    ],
}  # fmt: skip
"""What happened before a registry is carried over to an empty one."""
