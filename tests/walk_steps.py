"""What may happen next in a small county: commands of every kind and sheets of every kind, drawn
at random, right and wrong, on any day.

A step names people, organisations and numbers by what they are called, and operations by how far
they lie back, so that it means something whichever steps before it are left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, QUOTAS, admission, id_number, member

FIRST_DAY, TODAY = date(2022, 3, 1), date(2024, 1, 15)

COUNTY, SCHOOL, TOWN, OTHER_TOWN = (
    "共青团云杉县委员会", "云杉县第一中学团委", "白桦镇团委", "河口镇团委",
)  # fmt: skip
TREE = [
    ["团组织编码", "团组织全称", "上级组织", "组织类型", "领域", "行业类别", "书记应配", "班子应配",
     "成立日期"],
    ["C", COUNTY, None, "团委", "社会", "党政机关", 1, 5, date(2000, 5, 4)],
    ["S", SCHOOL, COUNTY, "团委", "学校", "普通高中", 1, 3, date(2005, 5, 4)],
    ["S1", "高一（1）班团支部", SCHOOL, "团支部", "学校", "普通高中", 1, 3, date(2021, 9, 1)],
    ["S2", "高一（2）班团支部", SCHOOL, "团支部", "学校", "普通高中", 1, 3, date(2021, 9, 1)],
    ["S3", "高三（1）班团支部", SCHOOL, "毕业班团支部", "学校", "普通高中", 1, 3, None],
    ["T", TOWN, COUNTY, "团委", "社会", "党政机关", 1, 3, None],
    ["T1", "桥头村团支部", TOWN, "团支部", "社会", "农村", 1, 3, date(2010, 5, 4)],
    ["T2", "河沿社区团支部", TOWN, "团支部", "社会", "城市社区", 1, 3, None],
    ["U", OTHER_TOWN, COUNTY, "团委", "社会", "党政机关", 1, 3, None],
    ["U1", "上泉村团支部", OTHER_TOWN, "团支部", "社会", "农村", 1, 3, None],
]  # fmt: skip
BRANCHES, COMMITTEES = ("S1", "S2", "S3", "T1", "T2", "U1"), ("C", "S", "T", "U")
ORGANIZATIONS = (*COMMITTEES, *BRANCHES)
MEMBERS, NEWCOMERS = range(1, 13), range(13, 25)
"""Who stands on the roster from the beginning, and who may come."""

HEADINGS = [*MEMBER_HEADINGS, "志愿书编号", "手机号码", "政治面貌", "离团日期", "离团原因"]


def numbered(at: int) -> str:
    """A number of the county's block of 2023."""
    return f"2023650000{at:02d}"


def born(person: int) -> str:
    """The eight digits: pupils, young people, and two who are 28 soon or already."""
    return {4: "19951120", 8: "19960110"}.get(person, "20060301" if person % 3 else "20010712")


def identity(person: int) -> str:
    """The ID number of a person."""
    return id_number(person, born(person))


def called(person: int) -> str:
    """The name, which two of them share."""
    return f"测试{chr(0x4E00 + (person if person != 12 else 11))}"


def roster_row(person: int, home: str, **said: Any) -> list[Any]:
    """A row of the roster."""
    row = member(person, 姓名=called(person), 身份证号=identity(person), 所在团支部=home)
    values = dict(zip(HEADINGS, [*row, None, None, "共青团员", None, None], strict=True))
    return list((values | said).values())


LIVES: dict[int, dict[str, Any]] = {
    5: {"团员证编号": None},
    7: {"发展团员编号": None, "团员证编号": None},
    9: {"离团日期": date(2022, 11, 11), "离团原因": "自愿退团"},
    10: {"离团日期": date(2023, 2, 3), "离团原因": "开除团籍"},
    12: {"发展团员编号": None, "团员证编号": None},
}
"""Who has no papers, and who is a member no more."""


def opening() -> dict[str, list[list[Any]]]:
    """The county as it begins: two members in every branch, a plan of twelve places."""
    plan = [QUOTAS[0], [2023, COUNTY, 12, numbered(1), numbered(12), "云团发〔2023〕1号"],
            [2023, SCHOOL, 5, numbered(1), numbered(5), None],
            [2023, TOWN, 3, numbered(6), numbered(8), None]]  # fmt: skip
    rows = [
        roster_row(person, BRANCHES[person % len(BRANCHES)], **LIVES.get(person, {}))
        for person in MEMBERS
    ]
    cases = [case_row(Random(at), at, "S1", numbered(at - 12)) for at in (13, 14)]  # noqa: S311
    return {"团组织": TREE, "发展计划": plan, "团员": [HEADINGS, *rows],
            "发展团员": [ADMISSION_HEADINGS, *cases]}  # fmt: skip


def case_row(draw: Random, person: int, home: str, number: str | None, **said: Any) -> list[Any]:
    """A row of the sheet of admissions, right in all but where something else is said."""
    meeting = date(2023, 4, 10)
    return admission(
        1,
        **{
            "姓名": called(person), "身份证号": identity(person), "所在团支部": home,
            "支部大会时间": meeting, "审批时间": meeting + timedelta(10), "发展团员编号": number,
            "团员证编号": f"{40000000 + person}", **said,
        },
    )  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Something that is done: a command with its arguments, or sheets that are imported with
    options. ``{-1}`` among the arguments is the last operation, ``{-2}`` the one before; a name
    that ends in ``.pdf`` is a scan. ``apply`` and ``approve`` go before what is planned."""

    arguments: tuple[str, ...]
    sheets: tuple[tuple[str, tuple[tuple[Any, ...], ...]], ...] = ()

    def __str__(self) -> str:
        rows = "".join(f"\n    {title}: {row}" for title, rows in self.sheets for row in rows[1:])
        return " ".join(self.arguments) + rows


def command(*arguments: str) -> Step:
    """A step that is a command."""
    return Step(arguments)


def sheet(title: str, headings: list[Any], rows: list[list[Any]], *options: str) -> Step:
    """A step that is an import of one sheet."""
    return Step(("import", *options), ((title, tuple(map(tuple, [headings, *rows]))),))


KEEP_A_YEAR = command(
    "policy", "set", "retention.member_years", "1", "--on", "2020-01-01", "--reason", "x"
)
"""From now on, who left more than a year ago may be erased."""

Draw = Callable[[Random], Step]


# -- what steps are made of ----------------------------------------------------------------------


def a_day(draw: Random) -> date:
    """A day; now and then the first or the last of a year, the day of a meeting, or today."""
    special = (date(2023, 1, 1), date(2022, 12, 31), date(2023, 12, 31), date(2023, 4, 10), TODAY)
    if draw.random() < 0.3:
        return draw.choice(special)
    return FIRST_DAY + timedelta(draw.randrange((TODAY - FIRST_DAY).days))


def on(draw: Random) -> tuple[str, str]:
    """The day as an option."""
    return ("--on", a_day(draw).isoformat())


def anybody(draw: Random) -> int:
    """Somebody who is a member, or may be one."""
    return draw.choice((*MEMBERS, *MEMBERS, *NEWCOMERS))


def who(draw: Random) -> str:
    """Somebody, by one of the ways in which a person is known."""
    person = anybody(draw)
    return draw.choice((identity(person), identity(person), f"#{person}", called(person)))


def branch(draw: Random) -> str:
    """A branch, of the beginning or founded since."""
    return draw.choice((*BRANCHES, *BRANCHES, "新支部", "N1"))


def place(draw: Random) -> str:
    """Any organisation."""
    return draw.choice((*ORGANIZATIONS, "N1"))


def why(draw: Random) -> tuple[str, ...]:
    """Mostly a reason, now and then none."""
    return ("--reason", "更正") if draw.random() < 0.7 else ()


PAPER = ("--authority", "云团〔2023〕7号", "--approved-by", "C")


# -- people --------------------------------------------------------------------------------------

PEOPLE: tuple[Draw, ...] = (
    lambda d: command("member", "transfer", who(d), "--to", branch(d), *on(d), "--accepted",
                      *why(d)),
    lambda d: command("member", "transfer", who(d), "--to", branch(d), *on(d), *why(d)),
    lambda d: command("member", "transfer", who(d), "--to-outside", "外县", *on(d),
                      *(("--accepted",) if d.random() < 0.7 else ()), *why(d)),
    lambda d: command("member", "transfer", who(d), "--from-outside", "外县", "--to", branch(d),
                      *on(d), *why(d)),
    lambda d: command("transfer", d.choice(("accept", "accept", "refuse", "lapse")),
                      str(d.randint(1, 4)), *on(d), *why(d)),
    lambda d: command("transfer", "graduates", "S3", "--to", branch(d), *on(d), *why(d)),
    lambda d: command("member", "leave", who(d), "--reason-kind",
                      d.choice(("resigned", "removed", "expelled", "age", "deceased", "other",
                                "in error")),
                      *PAPER, *on(d), *why(d)),
    lambda d: command("member", "leave", "--aged", *on(d), *why(d)),
    lambda d: command("member", "restore", who(d), "--authority", "文", *on(d),
                      *(("--to", branch(d)) if d.random() < 0.5 else ()), *why(d)),
    lambda d: command("member", "erase", d.choice(("--due", "--due", "#9", who(d))), *why(d)),
    lambda d: command("member", "edit", who(d), *d.choice((
        ("--phone", "12000000001"), ("--name", called(anybody(d))), ("--politics", "中共党员"),
        ("--id-number", identity(anybody(d))), ("--id-number", id_number(70, "20060301")))),
                      *why(d)),
    lambda d: command("member", "merge", who(d), who(d), *why(d),
                      *(("--home", branch(d)) if d.random() < 0.6 else ())),
    lambda d: command("member", "erase", who(d), *PAPER[:2], *why(d)),
    lambda d: command("dup", "ignore", who(d), who(d), *why(d)),
    lambda d: command("member", "discipline", who(d),
                      d.choice(("warning", "expelled", "probation")), "--since",
                      a_day(d).isoformat(), *PAPER, *why(d)),
    lambda d: command("member", "milestone", who(d),
                      d.choice(("joined party", "applied to party", "recommended to party")),
                      *on(d), *why(d)),
    lambda d: command("member", "register", place(d), "2023", *on(d), *why(d)),
    lambda d: command("org", "promote", d.choice(("2022", "2023")), *on(d), *why(d)),
)  # fmt: skip


# -- the ledger ----------------------------------------------------------------------------------


def by_options(draw: Random) -> Step:
    """One candidate, right in most."""
    person = draw.choice((*NEWCOMERS, *NEWCOMERS, anybody(draw)))
    meeting = draw.choice((date(2023, 4, 10), date(2023, 4, 10), a_day(draw)))
    return command(
        "admit", "--name", called(person), "--id-number", identity(person), "--org", branch(draw),
        "--applied", "2022-09-10", "--talked", "2022-09-20", "--activist", "2022-10-10",
        "--course-hours", draw.choice(("8", "8", "8", "7")), "--candidate", "2023-03-01",
        "--introducer", "李介绍", "--introducer", "王介绍", "--meeting", meeting.isoformat(),
        "--due", "30", "--present", "28", "--in-favour", "27", "--approved",
        (meeting + timedelta(10)).isoformat(),
        *(("--reason", "应急", "--authority", "文") if draw.random() < 0.1 else ()),
    )  # fmt: skip


def a_case(draw: Random) -> Step:
    """A candidate on the way, or further along it."""
    person = draw.choice((*NEWCOMERS, anybody(draw)))
    day = ("--talked", "2022-09-20", "--activist", "2022-10-10")
    if draw.random() < 0.5:
        return command("case", "open", "--name", called(person), "--id-number", identity(person),
                       "--org", branch(draw), "--applied", "2022-09-10")  # fmt: skip
    end = draw.choice(("--refused", "--withdrawn"))
    closing = ("case", "close", identity(person), end, *on(draw), "--reason", "x")
    return command(*draw.choice((("case", "advance", identity(person), *day), closing)))


LEDGER: tuple[Draw, ...] = (
    by_options, by_options, by_options, a_case,
    lambda d: command("quota", "set", d.choice(("2023", "2023", "2024")), place(d),
                      str(d.randint(0, 14)),
                      *(("--first", f"202465{d.randint(0, 3):05d}1") if d.random() < 0.2 else ()),
                      *why(d)),
    lambda d: command("quota", "move", "2023", place(d), place(d), str(d.randint(1, 4)), *why(d)),
    lambda d: command("number", "void", numbered(d.randint(1, 13)), "--reason", "填坏"),
    lambda d: command("number", "dispute", numbered(d.randint(1, 6)), "--claim", who(d),
                      "--reason", "x"),
    lambda d: command("number", "settle", numbered(d.randint(1, 6)), "--outcome",
                      d.choice(("kept", "moved", "void")), "--reason", "x"),
    lambda d: command("certificate", d.choice(("issue", "reissue", "recall")), who(d), *PAPER[:2],
                      *why(d)),
    lambda d: command("certificate", d.choice(("issue", "reissue")), who(d), "--serial",
                      f"{60000000 + d.randint(1, 4)}", *why(d)),
    lambda d: command("form", "receive", f"{d.choice((numbered(d.randint(1, 4)), called(2)))}.pdf",
                      *(("--member", who(d)) if d.random() < 0.4 else ()), *why(d)),
)  # fmt: skip


# -- organisations -------------------------------------------------------------------------------

TREES: tuple[Draw, ...] = (
    lambda d: command("org", "move", place(d), "--to", d.choice(COMMITTEES), *on(d), *why(d)),
    lambda d: command("org", "close", place(d), *on(d), *why(d),
                      *(("--members-to", branch(d)) if d.random() < 0.7 else ())),
    lambda d: command("org", "merge", branch(d), "--into", branch(d), *on(d), *why(d)),
    lambda d: command("org", "split", branch(d), d.choice(("新支部", "分支部")), "--member", who(d),
                      "--code", d.choice(("N1", "N2")), *on(d), *why(d)),
    lambda d: command("org", "add", d.choice(("新支部", TREE[3][1], TREE[7][1])), "--code",
                      d.choice(("N1", "N2")), "--type", "branch", "--parent", d.choice(COMMITTEES),
                      *on(d), *why(d)),
    lambda d: command("org", "rename", place(d), d.choice(("新支部", "改名支部", TREE[3][1])),
                      *on(d), *why(d)),
    lambda d: command("org", "alias", place(d), d.choice(("河沿", "一班", "团县委"))),
    lambda d: command("org", "graduate", "2023", *on(d), *why(d)),
    lambda d: command("post", "appoint", place(d), d.choice(("书记", "副书记", "组织委员")),
                      "--name", called(anybody(d)), "--from", a_day(d).isoformat(), "--id-number",
                      identity(anybody(d)), *why(d)),
    lambda d: command("post", "appoint", place(d), "书记", "--name", "外来人", "--from",
                      a_day(d).isoformat(), "--to", a_day(d).isoformat(), *why(d)),
    lambda d: command("post", "end", str(d.randint(1, 5)), *on(d), *why(d)),
    lambda d: command("year", "close", d.choice(("2022", "2023")), *why(d)),
    lambda d: command("assert", "2023", f"members.total={d.randint(10, 14)}", "--source", "年报",
                      *(("--org", place(d)) if d.random() < 0.5 else ()), *why(d)),
    lambda d: command("check", "accept", d.choice(("branch-size", "archive-incomplete")),
                      d.choice(("高三（1）班团支部", "桥头村团支部", called(7))), *why(d)),
    lambda d: command("policy", "set", "admission.course_hours", d.choice(("6", "8")), *why(d)),
)  # fmt: skip


# -- sheets --------------------------------------------------------------------------------------


def correcting(draw: Random) -> tuple[str, ...]:
    """Options of an import: mostly none."""
    options = draw.choice(((), (), (), ("--reason", "更正"), ("--valid-only",)))
    return tuple(options)


def some_rows(draw: Random, row: Callable[[], list[Any]]) -> list[list[Any]]:
    """One to three rows."""
    return [row() for _ in range(draw.choice((1, 1, 2, 3)))]


def members_of_today(draw: Random) -> list[list[Any]]:
    """People in any branch, some of them former members, with numbers and certificates of
    anybody."""

    def row() -> list[Any]:
        said: dict[str, Any] = {}
        person = anybody(draw)
        if draw.random() < 0.3:
            said["入团时间"] = draw.choice((date(2023, 5, 4), date(2020, 5, 4), a_day(draw), None))
        if draw.random() < 0.5:
            said["发展团员编号"] = draw.choice(
                (None, None, numbered(draw.randint(1, 13)), "202265000077")
            )
        if draw.random() < 0.5:
            said["团员证编号"] = draw.choice((None, f"{60000000 + draw.randint(1, 4)}", "有"))
        if draw.random() < 0.25:
            reason = draw.choice(("转出", "自愿退团", "超龄离团", "死亡", None))
            said |= {"离团日期": a_day(draw), "离团原因": reason}
        return roster_row(person, branch(draw), **said)

    return some_rows(draw, row)


def a_roster(draw: Random) -> Step:
    """What is so today."""
    return sheet("团员", HEADINGS, members_of_today(draw), *correcting(draw))


def a_roster_of_a_day(draw: Random) -> Step:
    """What was so on a day."""
    day = ("--on", a_day(draw).isoformat())
    return sheet("团员", HEADINGS, members_of_today(draw), *day, *correcting(draw))


def a_roster_of_another_registry(draw: Random) -> Step:
    """Which says since when a roster has somebody."""
    rows = [[*row, draw.choice((a_day(draw), None))] for row in members_of_today(draw)]
    return sheet("团员", [*HEADINGS, "首次在册日期"], rows, *correcting(draw))


def admissions(draw: Random) -> Step:
    """Cases that were decided, with a number of the block."""

    def row() -> list[Any]:
        said: dict[str, Any] = {}
        if draw.random() < 0.2:
            meeting = a_day(draw)
            said = {"支部大会时间": meeting, "审批时间": meeting + timedelta(10)}
        if draw.random() < 0.2:
            said["团课学时"] = 9
        person = draw.choice((*NEWCOMERS, *NEWCOMERS, anybody(draw)))
        return case_row(draw, person, branch(draw), numbered(draw.randint(1, 13)), **said)

    return sheet("发展团员", ADMISSION_HEADINGS, some_rows(draw, row), *correcting(draw))


def the_tree(draw: Random) -> Step:
    """An organisation that is as it was, lies elsewhere, is called otherwise, closed, or new."""
    row = list(draw.choice(TREE[1:]))
    change = draw.randrange(6)
    if change == 0:
        row[2] = draw.choice((SCHOOL, TOWN, OTHER_TOWN, COUNTY))
    elif change == 1:
        row[1] = draw.choice(("改名支部", TREE[3][1]))
    elif change == 2:
        row[:3] = [draw.choice(("N1", None)), "新支部", draw.choice((SCHOOL, TOWN))]
    elif change == 3:
        row[8] = a_day(draw)
    end = a_day(draw) if change == 4 else None
    day = on(draw) if draw.random() < 0.3 else ()
    return sheet("团组织", [*TREE[0], "撤销日期"], [[*row, end]], *correcting(draw), *day)


def homes(draw: Random) -> Step:
    """Where somebody was: one home after the other."""
    person, day = anybody(draw), a_day(draw)
    first = draw.choice(("登记在册", "县外转入", "发展入团"))
    joined = draw.choice((date(2020, 5, 4), None, date(2023, 4, 10)))
    rows = [
        [called(person), identity(person), branch(draw), first, joined, None, day, "县内转接"],
        [called(person), identity(person), branch(draw), "县内转接", joined, day, None, None],
    ]  # fmt: skip
    headings = ["姓名", "身份证号", "团籍所在组织", "编入方式", "入团时间", "编入日期", "离开日期",
                "离开原因"]  # fmt: skip
    return sheet("团籍经历", headings, rows, *correcting(draw))


SHEETS: tuple[Draw, ...] = (
    a_roster, a_roster, a_roster_of_a_day, a_roster_of_another_registry, admissions, admissions,
    the_tree, the_tree, homes,
    lambda d: sheet("发展计划", QUOTAS[0], [[
        d.choice((2023, 2024)), d.choice((COUNTY, SCHOOL, TOWN, OTHER_TOWN, TREE[3][1])),
        d.randint(1, 12), *d.choice(((None, None), (numbered(6), numbered(8)))), None]],
        *correcting(d)),
    lambda d: sheet("编号", ["登记编号", "编号状态", "状态日期", "作废原因"], [[
        numbered(d.randint(1, 13)), d.choice(("作废", "作废", "已使用")), a_day(d), "填坏"]],
        *correcting(d)),
    lambda d: sheet("团员证", ["姓名", "身份证号", "团员证流水号", "团员证状态", "颁发日期"], [[
        called(p := anybody(d)), identity(p), f"{60000000 + d.randint(1, 4)}",
        d.choice(("有效", "已换发", "已收回")), a_day(d)]], *correcting(d)),
    lambda d: sheet("其他人员", ["登记姓名", "身份证号", "手机号码", "政治面貌"], [[
        called(p := anybody(d)), identity(p), d.choice((None, "12000000002")),
        d.choice((None, "群众"))]], *correcting(d)),
    lambda d: sheet("身份更正", ["更正前姓名", "身份证号", "更正前身份证号"], [[
        called(anybody(d)), identity(anybody(d)), d.choice((identity(anybody(d)), id_number(71)))]],
        *correcting(d)),
    lambda d: sheet("发展过程", ["姓名", "身份证号", "所在团支部", "申请入团时间", "积极分子时间",
        "发展对象时间"], [[called(p := anybody(d)), identity(p), branch(d), date(2022, 9, 10),
        a_day(d), d.choice((None, a_day(d)))]], *correcting(d)),
    lambda d: sheet("成长", ["姓名", "身份证号", "所在团支部", "入党时间", "推优入团时间"], [[
        called(p := anybody(d)), identity(p), d.choice((None, branch(d))), a_day(d),
        d.choice((None, a_day(d)))]], *correcting(d)),
    lambda d: sheet("团干部", ["姓名", "身份证号", "团组织", "团内职务", "任职时间", "离任时间",
        "团干部性质", "是否在岗"], [[
        called(p := anybody(d)), d.choice((None, identity(p))), place(d),
        d.choice(("书记", "副书记", "组织委员")), a_day(d), d.choice((None, a_day(d))), "兼职",
        d.choice(("是", "否", None))]], *correcting(d)),
    lambda d: sheet("培训", ["培训名称", "培训类别", "培训日期", "姓名", "身份证号"], [[
        "培训班", d.choice(("岗位大练兵", "青马工程")), a_day(d), called(p := anybody(d)),
        d.choice((None, identity(p)))]], *correcting(d)),
    lambda d: sheet("活动", ["活动名称", "活动类别", "活动日期", "主办团组织", "覆盖团组织",
        "参与人次"], [["活动", d.choice(("主题团日", "座谈会")), a_day(d), place(d),
        d.choice((None, "全县", "S1、T1")), d.randint(1, 90)]], *correcting(d)),
    lambda d: sheet("参加人员", ["活动名称", "活动类别", "活动日期", "主办团组织", "姓名",
        "身份证号", "所在团支部"], [["活动", d.choice((None, "主题团日", "座谈会")), a_day(d),
        d.choice((None, place(d))), called(p := anybody(d)), d.choice((None, identity(p))),
        d.choice((None, branch(d)))]], *correcting(d)),
    lambda d: sheet("考核", ["年度", "团组织", "考核项目", "得分", "满分"], [[
        2023, place(d), "班子建设", d.randint(1, 20), 20]], *correcting(d)),
    lambda d: sheet("述职评议", ["年度", "团组织", "书记姓名", "评议等次"], [[
        2023, place(d), called(anybody(d)), d.choice(("好", "较好"))]], *correcting(d)),
    lambda d: sheet("改革任务", ["模块", "任务", "牵头单位", "完成时限", "完成日期"], [[
        "模块", "任务", SCHOOL, a_day(d), d.choice((None, a_day(d)))]], *correcting(d)),
    lambda d: sheet("转接", ["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间", "转接状态",
        "办结时间"], [[
        called(p := anybody(d)), identity(p), d.choice((branch(d), branch(d), "外县")),
        d.choice((branch(d), branch(d), "外县")), day := a_day(d), d.choice((None, "已退回")),
        d.choice((None, day, a_day(d)))]], *correcting(d)),
    lambda d: sheet("团籍注册", ["姓名", "身份证号", "年度", "评议等次", "是否注册", "注册日期"], [[
        called(p := anybody(d)), identity(p), 2023, d.choice((None, "优秀", "不合格")),
        d.choice((None, "是", "否")), d.choice((None, a_day(d)))]], *correcting(d)),
    lambda d: sheet("基数摸底", ["年度", "团组织", "学段", "学生数", "青年数"], [[
        2023, place(d), d.choice(("高中", "高中毕业班", "青年")), d.randint(1, 90), 9]],
        *correcting(d)),
    lambda d: sheet("组织沿革", ["变动组织", "变动事项", "变动日期", "变动前", "变动后"], [[
        place(d), d.choice(("换届", "更名", "划转")), a_day(d), d.choice(("S", "T", None)), "U"]],
        *correcting(d)),
    lambda d: sheet("团纪处分", ["姓名", "身份证号", "处分种类", "处分日期", "处分文号",
        "解除日期"], [[
        called(p := anybody(d)), identity(p), d.choice(("警告", "严重警告", "留团察看")), a_day(d),
        "云团发〔2023〕9号", d.choice((None, a_day(d)))]], *correcting(d)),
    lambda d: sheet("团员档案", ["姓名", "身份证号", "入团申请书", "入团志愿书", "团员证"], [[
        called(p := anybody(d)), identity(p), *(d.choice(("有", "无", "遗失", None))
                                                for _ in range(3))]], *correcting(d)),
    lambda d: sheet("历史取值", ["取值对象", "取值项目", "原取值", "取值截止", "团组织", "姓名",
        "身份证号"], [d.choice((
            ["团组织", "领域", d.choice(("学校", "社会")), a_day(d), place(d), None, None],
            ["团员", "政治面貌", d.choice(("共青团员", "中共党员")), a_day(d), None,
             called(p := anybody(d)), identity(p)]))], *correcting(d)),
    lambda d: sheet("工作小组", ["工作小组", "组内职务", "姓名", "单位", "任职时间"], [[
        "改革领导小组", d.choice(("组长", "成员")), called(anybody(d)), COUNTY, a_day(d)]],
        *correcting(d)),
    lambda d: sheet("红领巾争章", ["姓名", "学校", "中队", "红领巾争章", "颁章时间"], [[
        called(anybody(d)), "云杉县第三中学", "初一（1）中队", "一星章", a_day(d)]],
        *correcting(d)),
    lambda d: sheet("教育基地", ["基地名称", "基地类型", "地址", "命名时间"], [[
        "云杉县烈士陵园", d.choice(("爱国主义教育基地", "实践基地")), TOWN, a_day(d)]],
        *correcting(d)),
    lambda d: sheet("主题教育", ["主题教育", "团组织", "启动时间", "结束时间", "场次",
        "参与人次"], [[
        "主题教育", place(d), a_day(d), d.choice((None, a_day(d))), 4, d.randint(1, 90)]],
        *correcting(d)),
)  # fmt: skip


def undoing(draw: Random) -> Step:
    """Take back one of the last operations."""
    part = draw.choice(((), (), ("--rows", "2"), ("--rows", who(draw)), ("--partial",)))
    return command("undo", f"{{-{draw.choice((1, 1, 2, 3, 4, 6))}}}", *part, *why(draw))


def planned(draw: Random) -> Step:
    """Something else that somebody planned: it is carried out, or another one agrees with it."""
    step = draw.choice((*PEOPLE, *LEDGER, *TREES, *SHEETS))(draw)
    return Step((draw.choice(("apply", "apply", "approve")), *step.arguments), step.sheets)


EVERYTHING: tuple[tuple[Draw, ...], ...] = (
    PEOPLE, LEDGER, TREES, SHEETS, (undoing,), (planned,),
)  # fmt: skip


def next_step(draw: Random) -> Step:
    """Anything."""
    kind = draw.choices(EVERYTHING, (6, 4, 4, 6, 2, 1))[0]
    return draw.choice(kind)(draw)
