"""The figures of a year counted by hand: from the cells of a workbook, by the definitions that
``stats`` prints with its values, and by nothing of the program that counts them.

Written for sheets that are right in all and use the canonical headings. A day on which something
ends is the first day without it. What there is nothing of to count is None.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl

Cells = dict[str, Any]
DAY = timedelta(days=1)

GRASSROOTS = ("农村", "城市社区")
BELOW_SECRETARY = ("副书记", "委员")
OWN_FIGURE = (
    "座谈会", "青年讲师团宣讲", "二十大精神宣讲", "青年大学习", "红领巾爱学习", "青年工作联席会",
)  # fmt: skip
"""Activities that are counted as something else."""


@dataclass(frozen=True)
class Membership:
    """From the day of ``begun`` to the day before ``left``."""

    person: str
    organization: str
    begun: date | None
    left: date | None
    moved_in: bool
    reason: str | None
    first_entry: bool
    """Whether a roster alone tells how they came."""


def table(rows: Iterable[tuple[Any, ...]]) -> Iterator[Cells]:
    """The rows of a sheet by its headings, which are the first row with more than two cells; the
    titles above and the total below are left out."""
    headings: tuple[Any, ...] = ()
    for row in rows:
        filled = [cell for cell in row if cell not in (None, "")]
        if headings and filled and row[0] != "合计":
            yield {
                heading: cell.date() if isinstance(cell, datetime) else cell
                for heading, cell in zip_longest(headings, row[: len(headings)])
            }
        elif len(filled) > 2:
            headings = row


def is_in(begin: date | None, end: date | None, day: date) -> bool:
    """Whether a day lies in a period without its last day."""
    return (begin is None or begin <= day) and (end is None or day < end)


def ratio(part: int, whole: int) -> Decimal | None:
    """Four places, rounded half up; None of nothing."""
    exact = Decimal(part) / Decimal(whole) if whole else None
    return exact and exact.quantize(Decimal("0.0001"), ROUND_HALF_UP) if whole else None


def some(count: int) -> int | None:
    """None where nothing was counted."""
    return count or None


@dataclass(eq=False)
class Sheets:
    """What a county's workbook says."""

    path: Path
    by_sheet: dict[str, list[Cells]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        book = openpyxl.load_workbook(self.path, read_only=True)
        for sheet in book.worksheets:
            self.by_sheet[sheet.title] = list(table(sheet.iter_rows(values_only=True)))
        self.organizations = {row["团组织编码"]: row for row in self["团组织"]}
        self.codes = {row["团组织全称"]: row["团组织编码"] for row in self["团组织"]}
        self.codes |= {code: code for code in self.organizations}
        self.moves = sorted(
            (row["变动日期"], self.codes[row["变动组织"]], self.codes[row["变动前"]])
            for row in self["组织沿革"]
            if row["变动事项"] == "划转"
        )
        self.memberships = list(self._memberships())
        self.belonging = self._belonging()
        self.places = self._places()

    def __getitem__(self, title: str) -> list[Cells]:
        return self.by_sheet.get(title, [])

    # -- organisations ---------------------------------------------------------------------------

    def parents(self, day: date) -> dict[str, str | None]:
        """The parent of each organisation on a day: today's tree with later moves reversed."""
        tree = {code: self.codes.get(row["上级组织"]) for code, row in self.organizations.items()}
        # Of several moves since, the earliest says where it lay.
        return tree | {code: before for moved, code, before in self.moves[::-1] if moved > day}

    @cache  # noqa: B019 -- it lives as long as the sheets
    def below(self, top: str, nth_tree: int) -> frozenset[str]:
        """An organisation with all below it, in the tree after so many moves; of "", everything."""
        day = self.moves[nth_tree][0] - DAY if nth_tree < len(self.moves) else date.max
        parents = self.parents(day)
        if not top:
            return frozenset(parents)
        found = {top}
        while more := {code for code, above in parents.items() if above in found} - found:
            found |= more
        return frozenset(found)

    def scope(self, top: str, day: date) -> frozenset[str]:
        """An organisation with all that lay below it on a day."""
        return self.below(top, bisect_right(self.moves, day, key=lambda move: move[0]))

    def there(self, codes: Iterable[str], day: date) -> list[Cells]:
        """Which of these organisations there were on a day."""
        rows = (self.organizations[code] for code in codes)
        return [row for row in rows if is_in(row["成立日期"], row["撤销日期"], day)]

    # -- people ----------------------------------------------------------------------------------

    def _memberships(self) -> Iterator[Membership]:
        """Somebody's memberships from 团籍经历 where it lists them, else the one on the roster."""
        recorded = set()
        for row in self["团籍经历"]:
            recorded.add(row["身份证号"])
            if row["离开原因"] == "误录":
                continue  # it never was
            yield Membership(
                row["身份证号"],
                self.codes[row["团籍所在组织"]],
                row["编入日期"] or row["入团时间"],
                row["离开日期"],
                row["编入方式"] == "县内转接",
                row["离开原因"],
                row["编入方式"] == "登记在册",
            )
        admitted = {(row["身份证号"], row["支部大会时间"]) for row in self["发展团员"]}
        for row in self["团员"]:
            if row["身份证号"] not in recorded and row["离团原因"] != "误录":
                yield Membership(
                    row["身份证号"], self.codes[row["所在团支部"]], row["入团时间"],
                    row["离团日期"], False, row["离团原因"],
                    (row["身份证号"], row["入团时间"]) not in admitted,
                )  # fmt: skip

    def _belonging(self) -> dict[str, list[tuple[str, date | None, date | None]]]:
        """To which organisations everybody belonged, as a member or in a post, and from which day
        to which."""
        found: dict[str, list[tuple[str, date | None, date | None]]] = {}
        for home in self.memberships:
            place = home.organization, home.begun, home.left
            found.setdefault(home.person, []).append(place)
        for post in self["团干部"]:
            place = self.codes[post["团组织"]], post["任职时间"], post["离任时间"]
            found.setdefault(post["身份证号"], []).append(place)
        return found

    def was_of(self, person: str, codes: frozenset[str], day: date) -> bool:
        """Whether somebody belonged to one of these organisations on a day."""
        places = self.belonging.get(person, [])
        return any(code in codes and is_in(begun, left, day) for code, begun, left in places)

    def members(self, codes: frozenset[str], day: date) -> int:
        """How many members these organisations had on a day."""
        return sum(
            is_in(membership.begun, membership.left, day)
            for membership in self.memberships
            if membership.organization in codes
        )

    # -- numbers ---------------------------------------------------------------------------------

    def _places(self) -> list[tuple[int, str, str, date | None]]:
        """Of each number of the blocks: year, whose it is, what became of it and when. A number is
        that of the smallest block that it lies in."""
        fates: dict[int, tuple[str, date | None]] = {
            int(row["登记编号"]): (row["编号状态"], row["状态日期"]) for row in self["编号"]
        }
        for row in self["发展团员"]:
            fates[int(row["发展团员编号"])] = ("已使用", row["支部大会时间"])
        owners: dict[int, tuple[int, str]] = {}
        for row in sorted(self["发展计划"], key=lambda row: -int(row["名额"])):
            for number in range(int(row["号段起"]), int(row["号段止"]) + 1):
                owners[number] = (int(row["年度"]), self.codes[row["团组织"]])
        return [(*owner, *fates.get(number, ("空闲", None))) for number, owner in owners.items()]


@dataclass
class Question:
    """A year up to a day, of an organisation with all below it."""

    sheets: Sheets
    year: int
    day: date
    top: str = ""

    def __post_init__(self) -> None:
        self.first = date(self.year, 1, 1)
        self.scope = self.sheets.scope(self.top, self.day)

    def is_within(self, day: date | None) -> bool:
        """Whether something happened in the year by the day."""
        return day is not None and self.first <= day <= self.day

    def is_mine(self, code: str, day: date) -> bool:
        """Whether an organisation lay in what is asked for on that day."""
        return code in self.sheets.scope(self.top, day)

    def figures(self) -> dict[str, Any]:
        """All of them by their keys."""
        chapters: tuple[Callable[[], dict[str, Any]], ...] = (
            self.organizations, self.people, self.places, self.files, self.cadres, self.trainings,
            self.activities, self.ratios, self.ways, self.work,
        )  # fmt: skip
        return {key: value for chapter in chapters for key, value in chapter().items()}

    def organizations(self) -> dict[str, Any]:
        """Organisations founded by that day and not dissolved."""
        sectors = Counter(row["行业类别"] for row in self.sheets.there(self.scope, self.day))
        return {
            "organizations.total": sectors.total(),
            "organizations.villages": sectors["农村"],
            "organizations.communities": sectors["城市社区"],
        }

    def people(self) -> dict[str, Any]:
        """The balance: who was there before the year, came, went, and is there."""
        eve = self.first - DAY
        admitted = Counter(
            self.sheets.organizations[code]["领域"] == "学校" for _, code, _ in self._admissions()
        )
        came, gone, first = self._came_and_gone()
        return {
            "members.opening": self.sheets.members(self.sheets.scope(self.top, eve), eve),
            "admissions.total": admitted.total(),
            "members.transferred_in": came,
            "members.first_entry": first,
            "members.transferred_out": gone,
            "members.left": sum(
                self.is_within(membership.left)
                and self.is_mine(membership.organization, membership.left)
                for membership in self.sheets.memberships
                if membership.left and membership.reason not in ("转出", "县内转接")
            ),
            "members.total": self.sheets.members(self.scope, self.day),
            "admissions.school": admitted[True],
            "admissions.society": admitted[False],
        }

    def _admissions(self) -> list[tuple[str, str, date]]:
        """Admissions whose meeting was in the year: the person, the branch, and the day."""
        cases = (
            (row["身份证号"], self.sheets.codes[row["所在团支部"]], row["支部大会时间"])
            for row in self.sheets["发展团员"]
        )
        return [
            case for case in cases if self.is_within(case[2]) and self.is_mine(case[1], case[2])
        ]

    def _came_and_gone(self) -> tuple[int, int, int]:
        """Transfers over the border of what is asked for, of one person at a time or with a
        branch. Who was admitted within is no transfer, and neither is a move from one home to
        another within. Last how many of those who came a roster alone tells of."""
        came = gone = first = 0
        moves: Counter[tuple[str, date]] = Counter()
        admitted = {(person, day) for person, _, day in self._admissions()}
        begun_here = set()
        for membership in self.sheets.memberships:
            if self.is_within(membership.begun) and self.is_mine(
                membership.organization, membership.begun
            ):
                if membership.moved_in:
                    moves[membership.person, membership.begun] += 1
                elif (membership.person, membership.begun) in admitted:
                    begun_here.add((membership.person, membership.begun))
                else:
                    came += 1
                    first += membership.first_entry
            if self.is_within(membership.left) and self.is_mine(
                membership.organization, membership.left
            ):
                gone += membership.reason == "转出"
                moves[membership.person, membership.left] -= membership.reason == "县内转接"
        gone += len(admitted - begun_here)
        for day, code, _ in self.sheets.moves:
            if self.is_within(day):
                before, after = (self.sheets.scope(self.top, when) for when in (day - DAY, day))
                below = self.sheets.scope(code, day)
                came += self.sheets.members(below & (after - before), day - DAY)
                gone += self.sheets.members(below & (before - after), day - DAY)
        came += sum(max(net, 0) for net in moves.values())
        gone += sum(max(-net, 0) for net in moves.values())
        return came, gone, first

    def places(self) -> dict[str, Any]:
        """The places of the year. At its end a place is what the ledger says of its number; on an
        earlier day what became of it later is left out."""
        fates = [
            (fate, self.day == date(self.year, 12, 31) or (since or self.first) <= self.day)
            for year, code, fate, since in self.sheets.places
            if year == self.year and code in self.scope
        ]
        if not fates:
            return dict.fromkeys(
                ("admissions.quota", "admissions.quota_left", "numbers.usage_rate")
            )
        return {
            "admissions.quota": len(fates),
            "admissions.quota_left": sum(fate == "空闲" or not by_then for fate, by_then in fates),
            "numbers.usage_rate": ratio(fates.count(("已使用", True)), len(fates)),
        }

    def files(self) -> dict[str, Any]:
        """Whose chain is closed: in Xinjiang numbers and forms are asked since 2016."""
        rows = {row["身份证号"]: row for row in (*self.sheets["发展团员"], *self.sheets["团员"])}
        admitted = {row["身份证号"]: row for row in self.sheets["发展团员"]}
        complete, known, members = 0, False, 0
        for membership in self.sheets.memberships:
            if membership.organization not in self.scope or not is_in(
                membership.begun, membership.left, self.day
            ):
                continue
            row, more = rows[membership.person], admitted.get(membership.person, {})
            number = row["发展团员编号"] or more.get("发展团员编号")
            form = row.get("志愿书编号") or number
            certificate = row["团员证编号"] or more.get("团员证编号")
            joined = row.get("入团时间") or row.get("支部大会时间") or date.min
            has_all = (number and form) or joined < date(2016, 1, 1)
            complete += bool(has_all and (certificate or joined < date(2015, 1, 1)))
            known = known or bool(number or form or certificate)
            members += 1
        return {"archive.complete_rate": ratio(complete, members if known else 0)}

    # -- cadres ----------------------------------------------------------------------------------

    def _posts(self) -> list[tuple[str, Cells, Cells]]:
        """The posts held on the day: whose, the row, and that of the organisation. Somebody known
        by name alone is a head of that organisation."""
        there = {row["团组织编码"]: row for row in self.sheets.there(self.scope, self.day)}
        held = []
        for row in self.sheets["团干部"]:
            code = self.sheets.codes[row["团组织"]]
            if code in there and is_in(row["任职时间"], row["离任时间"], self.day):
                held.append((row["身份证号"] or f"{code}/{row['姓名']}", row, there[code]))
        return held

    def cadres(self) -> dict[str, Any]:
        """Heads, and seats of villages and communities."""
        posts = self._posts()
        parents = self.sheets.parents(self.day)
        root = {code for code, above in parents.items() if above is None}
        towns = {code for code, above in parents.items() if above in root}
        duty: dict[str, set[str]] = {"是": set(), "否": set()}
        seconded, volunteers = set(), set()
        for head, post, organization in posts:
            code = organization["团组织编码"]
            if post["是否在岗"] and organization["行业类别"] in GRASSROOTS:
                duty[post["是否在岗"]].add(head)
            if post["团内职务"] != "副书记":
                continue
            if code in root and post["团干部性质"] == "挂职":
                seconded.add(head)
            is_town = code in towns and organization["领域"] == "社会"
            is_volunteer = (post["团干部性质"], post["来源"]) == ("兼职", "西部计划志愿者")
            if is_town and is_volunteer and organization["组织类型"] == "团委":
                volunteers.add(head)
        return {
            "cadres.total": some(len({head for head, *_ in posts})),
            **self._seats(posts),
            "cadres.on_duty_rate": ratio(len(duty["是"]), len(duty["是"] | duty["否"])),
            "cadres.seconded_deputies": len(seconded) if posts else None,
            "cadres.volunteer_deputies": len(volunteers) if posts else None,
        }

    def _seats(self, posts: list[tuple[str, Cells, Cells]]) -> dict[str, Any]:
        """班子应配 counts the secretary in; more holders than seats fill no other's."""
        held: Counter[tuple[str, str]] = Counter()
        for _, post, organization in posts:
            title = next(
                (word for word in ("副书记", "书记", "委员") if post["团内职务"].endswith(word)), ""
            )
            held[organization["团组织编码"], title] += 1
        secretaries = [0, 0]
        all_seats = [0, 0]
        for row in self.sheets.there(self.scope, self.day):
            if row["行业类别"] not in GRASSROOTS:
                continue
            first, others = (
                row["书记应配"] or 0,
                max((row["班子应配"] or 0) - (row["书记应配"] or 0), 0),
            )
            code = row["团组织编码"]
            filled = min(held[code, "书记"], first)
            secretaries = [secretaries[0] + filled, secretaries[1] + first]
            filled += min(sum(held[code, title] for title in BELOW_SECRETARY), others)
            all_seats = [all_seats[0] + filled, all_seats[1] + first + others]
        return {
            "cadres.secretary_filled_rate": ratio(*secretaries) if posts else None,
            "cadres.posts_filled_rate": ratio(*all_seats) if posts else None,
        }

    def trainings(self) -> dict[str, Any]:
        """Sessions and heads, of an organisation those that belonged to it on that day; who is
        known by name alone belongs to none."""
        rows = [
            row
            for row in self.sheets["培训"]
            if self.is_within(row["培训日期"])
            and (
                not self.top
                or (
                    row["身份证号"]
                    and self.sheets.was_of(row["身份证号"], self.scope, row["培训日期"])
                )
            )
        ]
        drill = [row for row in rows if row["培训类别"] == "岗位大练兵"]
        courses = [row for row in rows if row["培训类别"] in ("基础团务培训", "青马工程")]

        def heads(attended: list[Cells]) -> int | None:
            found = {row["身份证号"] or row["姓名"] for row in attended}
            return some(len(found - {None}))

        sessions = {(row["培训名称"], row["培训类别"], row["培训日期"]) for row in courses}
        return {
            "training.drill_people": heads(drill),
            "training.sessions": some(len(sessions)),
            "training.people": heads(courses),
        }

    # -- what the county did ---------------------------------------------------------------------

    def activities(self) -> dict[str, Any]:
        """What each committee held, and which organisations it reached."""
        year = [row for row in self.sheets["活动"] if self.is_within(row["活动日期"])]
        mine = [row for row in year if self.sheets.codes[row["主办团组织"]] in self.scope]

        def sessions(*kinds: str) -> int | None:
            return some(sum(row["活动类别"] in kinds for row in mine))

        def attendances(*kinds: str) -> int | None:
            recorded = [row["参与人次"] for row in mine if row["活动类别"] in kinds]
            return sum(recorded) if recorded else None

        covered = self._covered(row for row in year if row["活动类别"] not in OWN_FIGURE)
        covered &= self.scope
        return {
            "activities.total": some(sum(row["活动类别"] not in OWN_FIGURE for row in mine)),
            "activities.organizations": some(len(self.sheets.there(covered, self.day))),
            "activities.members": some(self.sheets.members(frozenset(covered), self.day)),
            "seminars.sessions": sessions("座谈会"),
            "seminars.attendances": attendances("座谈会"),
            "lectures.youth_team": sessions("青年讲师团宣讲"),
            "lectures.congress": sessions("二十大精神宣讲"),
            "online.attendances": attendances("青年大学习", "红领巾爱学习"),
            "meetings.joint": sessions("青年工作联席会"),
        }

    def _covered(self, rows: Iterable[Cells]) -> set[str]:
        """The organisations that activities covered, with all below them; what a branch holds
        covers the branch where nothing else is said."""
        found: set[str] = set()
        for row in rows:
            host = self.sheets.codes[row["主办团组织"]]
            is_branch = self.sheets.organizations[host]["组织类型"].endswith("团支部")
            for name in (row["覆盖团组织"] or (host if is_branch else "")).split("、"):
                if name == "全县":
                    found |= self.sheets.scope("", self.day)
                elif name:
                    found |= self.sheets.scope(self.sheets.codes[name], self.day)
        return found

    def ratios(self) -> dict[str, Any]:
        """Members of the surveyed organisations to the people they counted."""
        classes = [
            (row, row["行业类别"] or self.sheets.organizations[above]["行业类别"])
            for row in self.sheets.organizations.values()
            if row["组织类型"] == "毕业班团支部"
            and (above := self.sheets.parents(self.day)[row["团组织编码"]])
        ]
        junior = {row["团组织编码"] for row, sector in classes if sector == "初中"}
        senior = {row["团组织编码"] for row, sector in classes if sector in ("普通高中", "中职")}
        return {
            "ratios.member_student": self._ratio("学生数", lambda stage: stage != "青年"),
            "ratios.member_youth": self._ratio("青年数", lambda _: True),
            "ratios.graduating_junior": self._ratio(
                "学生数", lambda stage: stage == "初中毕业班", junior
            ),
            "ratios.graduating_senior": self._ratio(
                "学生数", lambda stage: stage == "高中毕业班", senior
            ),
        }

    def _ratio(
        self, base: str, counts: Callable[[str], bool], which: set[str] | None = None
    ) -> Decimal | None:
        surveyed: Counter[str] = Counter()
        for row in self.sheets["基数摸底"]:
            code = self.sheets.codes[row["团组织"]]
            if row["年度"] == self.year and row[base] is not None and counts(row["学段"]):
                surveyed[code] += row[base] if code in self.scope else 0
        within = {
            code: self.sheets.scope(code, self.day) for code in surveyed if code in self.scope
        }
        nearest = [code for code, below in within.items() if not (below - {code}) & within.keys()]
        members = frozenset().union(*(within[code] for code in nearest))
        members = members & which if which is not None else members
        whole = sum(surveyed[code] for code in nearest)
        return ratio(self.sheets.members(frozenset(members), self.day), whole)

    def ways(self) -> dict[str, Any]:
        """Who was recommended, and who joined the Party."""
        ways = {
            row["身份证号"]: row["入团方式"] == "推优入团"
            for row in self.sheets["发展团员"]
            if row["入团方式"]
            and self.is_within(row["支部大会时间"])
            and self.sheets.codes[row["所在团支部"]] in self.scope
        }
        joined = set()
        for row in self.sheets["成长"]:
            if self.top and self.sheets.codes[row["所在团支部"]] not in self.scope:
                continue
            if self.is_within(row["推优入团时间"]):
                ways[row["身份证号"]] = True
            if self.is_within(row["入党时间"]):
                joined.add(row["身份证号"])
        return {
            "paths.recommended_to_league": sum(ways.values()) if ways else None,
            "paths.joined_party": some(len(joined)),
        }

    def work(self) -> dict[str, Any]:
        """Assessments, and the plan of the reform: a task counts in each year it is open in."""
        names = {self.sheets.organizations[code]["团组织全称"] for code in self.scope}
        end = date(self.year, 12, 31)
        tasks = [
            row["完成日期"]
            for row in self.sheets["改革任务"]
            if (row["完成时限"] is None or row["完成时限"] <= end)
            and (row["完成日期"] is None or row["完成日期"] >= self.first)
            and (not self.top or row["牵头单位"] in names)
        ]
        assessed = {
            self.sheets.codes[row["团组织"]]
            for row in self.sheets["考核"]
            if row["年度"] == self.year
        }
        return {
            "assessment.organizations": some(len(assessed & self.scope)),
            "tasks.total": some(len(tasks)),
            "tasks.done": sum(done is not None and done <= self.day for done in tasks)
            if tasks
            else None,
        }
