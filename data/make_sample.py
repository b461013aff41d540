"""Make the sample data: an invented county, its members, quotas and admissions.

    python data/make_sample.py                         # rewrites the files beside this program
    python data/make_sample.py --seed 7 --scale 3 --name 星河县 --code XH --out /tmp/xh

The same options give the same bytes. Nobody in these files exists: the county is invented, the
area code of the ID numbers was never issued and the phone numbers begin with 120, which no
mobile number does.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from operator import attrgetter
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Row = dict[str, Any]
Span = tuple[date, date]

SEED, YEAR = 20231231, 2023
OPENING, CLOSING = date(YEAR - 1, 12, 31), date(YEAR, 12, 31)
AUTHORITIES = {YEAR: "云团发〔2023〕3号", YEAR + 1: "云团发〔2024〕2号"}
FOURTEEN, TWENTY_EIGHT = 14 * 12, 28 * 12  # ages in months

# ---------------------------------------------------------------------------------- words

WORDS: dict[str, list[str]] = {}
for _line in """
姓 王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹
姓 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 余 潘 杜 戴 夏 汪 田 任 姜 范 方 石 姚 谭 邹
男 伟 强 磊 军 洋 勇 杰 涛 明 超 刚 平 辉 鹏 飞 宇 浩 凯 健 俊 帆 晨 轩 博 文 昊 天 志 远 子 豪 嘉
男 铭 泽 睿 建 国 振 东 海 峰 翔 毅 恒 力
女 芳 娜 敏 静 丽 艳 娟 霞 秀 兰 玲 桂 英 洁 梅 琳 雪 慧 婷 萍 红 玉 燕 倩 莹 璐 佳 怡 欣 悦 雨 涵
女 梦 瑶 诗 琪 思 雅 晓 月 春 美 若 溪
男名 阿迪力 艾尔肯 巴合提 木拉提 努尔兰 叶尔兰 赛力克 达吾列 哈那提 加尔肯 玉山江 吐尔逊 艾力江
男名 吾买尔 依明江 卡德尔 库尔班 热合曼 塔拉甫 托合塔尔 马合沙提 胡安德克 江布尔 杰恩斯 叶斯哈提
男名 别尔克 阿合江 阿尔曼 巴特尔别克 达尼亚尔 德力夏提 迪达尔 恩特马克 哈力木 海拉提 居马别克
男名 卡米力 肯杰别克 库安德克 马尔旦 米尔扎提 那扎尔 帕尔哈提 赛尔江 铁木尔 乌兰别克 亚森江 祖农
女名 阿依达娜 阿依古丽 古丽娜尔 巴合提古丽 努尔古丽 迪丽努尔 热依汗 帕提古丽 麦迪娜 阿丽亚 加依娜
女名 娜孜依拉 萨尼亚 叶力努尔 阿依夏 阿孜古丽 巴哈尔 布尔兰 迪娜热 古丽米热 古丽扎尔 哈丽玛 海丽曼
女名 吉娜尔 加娜尔 卡米拉 库丽江 玛依努尔 米娜瓦尔 木尼热 娜迪拉 努尔曼古丽 帕丽达 热娜 茹鲜古丽
女名 萨乌列 赛依兰 沙吾列 塔吉古丽 托丽肯 吾丽江 乌丽盼 西仁古丽 夏衣达 亚丽坤 叶丽娜 依巴代提
乡镇 白桦镇 红柳镇 银滩镇 鹿鸣镇 松塔乡 杏林乡 沙枣乡 雪岭乡 月牙湖乡 牧歌乡
村 桥头 河湾 上泉 下泉 柳沟 石坡 东滩 西滩 北坪 草坝 渠首 三棵树 红旗 团结 新光 向阳 春风 丰收
村 杨树湾 胡杨 沙窝 榆树沟 黄花滩 水磨 麦场 羊圈湾 鹰嘴崖 野杏沟 大草滩 小泉沟 巴拉苏 阿克加尔
村 喀拉布拉 铁热克 萨尔加孜 库木塔斯 乌宗布拉 塔勒德萨依 叶尔克恩 加郎阿什
社区 文化路 幸福路 友谊路 迎宾路 河滨 花园 银杏 团结路 解放路 松涛 朝阳 建设路 和谐 惠民 学府路
党政机关 委办公室 人民政府办公室 委组织部 委宣传部 委统战部 人民法院 人民检察院 发展和改革委员会
党政机关 教育局 公安局 民政局 司法局 财政局 人力资源和社会保障局 自然资源局 住房和城乡建设局 水利局
党政机关 交通运输局 农业农村局 商务和工业信息化局 文化体育和旅游局 卫生健康委员会 应急管理局 审计局
党政机关 退役军人事务局 市场监督管理局 统计局 医疗保障局 林业和草原局 税务局
事业单位 人民医院 中医医院 妇幼保健院 疾病预防控制中心 融媒体中心 图书馆 文化馆 博物馆 第一幼儿园
事业单位 农业技术推广中心 畜牧兽医站 公路养护中心 不动产登记中心 社会保险中心 就业服务中心 林场
事业单位 市政服务中心 环境卫生中心 气象站 水文站 种羊场 第二幼儿园
国有企业 供水公司 供热公司 电力公司 邮政分公司 电信分公司 客运公司 粮油购销公司 城市建设投资公司
国有企业 旅游开发公司 农村信用社 国有资产经营公司 水利水电公司
非公企业 云岭乳业公司 雪莲食品公司 鹿鸣矿业公司 松涛建材公司 金穗面粉公司 丰泽农机公司 银滩酒店
非公企业 天牧畜产品公司 宏达商贸公司 新桥物流公司 晨光电子商务公司 山水旅行社 惠民超市 康源药房
非公企业 众诚汽车服务公司 锦绣服饰公司 碧野饲料公司 蓝天驾驶培训公司 安居物业公司 沙枣生物科技公司
社会组织 青年志愿者协会 青年创业协会 电子商务协会 社会工作服务中心 冰雪运动协会 刺绣协会 养蜂协会
社会组织 摄影协会
专业 电子商务 幼儿保育 汽车运用与维修 计算机应用 畜禽生产技术
改革 高位推动/委办公室/将共青团改革纳入年度督查 高位推动/团县委/召开青年工作联席会四次
改革 高位推动/委组织部/出台基层团组织建设意见 选用/委组织部/选派挂职副书记两名
改革 选用/团县委/乡镇团委配备志愿者副书记 选用/委组织部/村和社区团支部书记配齐
改革 培育/团县委/开展团干部岗位大练兵 培育/团县委/举办基础团务和青马工程培训
改革 管理/团县委/建立乡镇团委考核办法 管理/教育局/学校团组织书记列席校务会议
改革 教育/委宣传部/组建青年讲师团 教育/教育局/规范离队入团仪式
改革 教育/团县委/开展二十大精神宣讲六十场 成长/教育局/少先队推优入团全覆盖
改革 成长/团县委/用足发展团员计划 成长/人力资源和社会保障局/设立青年见习岗位
改革 管理/团县委/全面清理空心团支部 高位推动/财政局/落实团建工作经费
放假 2022-09-10+3 2022-10-01+7 2022-12-31+3 2023-01-21+7 2023-04-05+1 2023-04-29+5 2023-06-22+3
放假 2023-09-29+8 2023-12-30+3 2024-02-10+8 2024-04-04+3 2024-05-01+5 2024-06-08+3
""".strip().splitlines():
    _kind, *_words = _line.split()
    WORDS.setdefault(_kind, []).extend(_words)

HOLIDAYS = frozenset(
    date.fromisoformat(span[:10]) + timedelta(days=n)
    for span in WORDS["放假"]
    for n in range(int(span[11:]))
)

# The county in figures: places of each township; sector, classes by year of entry and places of
# each school; name, sectors of the branches and places of each work committee.
TOWNS = (6, 5, 4, 4, 4, 4, 4, 3, 3, 3)
SCHOOLS = (
    ("普通高中", {2021: 8, 2022: 8, 2023: 8}, 70),
    ("普通高中", {2021: 6, 2022: 6, 2023: 6}, 50),
    ("初中", {2021: 6, 2022: 3}, 35),
    ("初中", {2021: 5, 2022: 2}, 30),
    ("初中", {2021: 4, 2022: 2}, 25),
    ("中职", {2021: 5, 2022: 5, 2023: 5}, 30),
)
COMMITTEES = (
    ("直属机关", ["党政机关"], 8),
    ("直属事业单位", ["事业单位"], 6),
    ("国有企业", ["国有企业"], 4),
    ("非公企业和社会组织", ["非公企业", "社会组织"], 5),
)
COMMUNITIES = (7, 2, 1, 1, 0, 0, 0, 0, 0, 0)  # of each township
HEADS: dict[tuple[str, int | None], tuple[int, int]] = {  # members of a branch, from–to
    ("城市社区", None): (30, 42), ("党政机关", None): (8, 20), ("事业单位", None): (10, 26),
    ("国有企业", None): (14, 30), ("非公企业", None): (6, 22), ("社会组织", None): (3, 9),
    ("初中", 2021): (10, 13), ("初中", 2022): (7, 9), ("普通高中", 2021): (22, 27),
    ("普通高中", 2022): (18, 27), ("普通高中", 2023): (14, 22), ("中职", 2021): (16, 26),
    ("中职", 2022): (15, 26), ("中职", 2023): (12, 22),
}  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How large the county is."""

    scale: int = 1
    organizations: int = 288
    villages: int = 75
    communities: int = 11
    members: int = 5187
    admissions: int = 303
    school_admissions: int = 240
    overage: int = 240
    graduates: int = 120
    withdrawn: int = 20
    next_quota: int = 80
    drill: int = 540
    trained: int = 96
    activities: int = 214
    seminars: int = 20
    seminar_attendances: int = 700
    youth_lectures: int = 30
    congress_lectures: int = 60
    online: int = 165_000

    def times(self, scale: int) -> Size:
        """Everything that many times as large; there is still only one county committee."""
        grown = {f.name: getattr(self, f.name) * scale for f in fields(self)}
        return replace(self, **grown | {"organizations": 1 + (self.organizations - 1) * scale})


# ---------------------------------------------------------------------------------- the model


@dataclass(eq=False)
class Org:
    """An organisation; `entry` is the year in which a class entered its school."""

    code: str
    name: str
    parent: Org | None
    type: str
    sector: str
    seats: int
    founded: date
    entry: int | None = None
    secretary_seats: int = 1
    dissolved: date | None = None
    elected: date | None = None
    children: list[Org] = field(default_factory=list)

    @property
    def domain(self) -> str:
        """学校 for schools and their classes."""
        return "学校" if self.sector in ("初中", "普通高中", "中职") else "社会"

    @property
    def above(self) -> str:
        """The name of the organisation above."""
        return self.parent.name if self.parent else ""

    @property
    def is_branch(self) -> bool:
        """Whether members hang on it."""
        return self.type.endswith("团支部")

    def upwards(self) -> list[Org]:
        """Itself and everything above, nearest first."""
        return [self, *(self.parent.upwards() if self.parent else [])]


@dataclass(eq=False)
class Person:
    """A member, or someone who is to become one (`joined` is then the day of the meeting)."""

    name: str
    sex: str
    born: date
    id_number: str
    org: Org
    joined: date
    phone: str = ""
    number: str = ""
    form: str = ""
    certificate: str = ""
    politics: str = "共青团员"
    left: date | None = None
    reason: str = ""


@dataclass(eq=False)
class RuleSubject:
    """The admission of one person; `dates` must follow one another in their order."""

    person: Person
    applied: date
    talked: date
    activist: date
    candidate: date
    notice_from: date
    notice_to: date
    meeting: date
    approved: date
    introducer_one: Person
    introducer_two: Person
    hours: int
    service: int
    route: str
    due: int = 0
    present: int = 0
    favour: int = 0

    @property
    def dates(self) -> tuple[date, ...]:
        """All dates, from the application to the approval."""
        return tuple(value for value in vars(self).values() if isinstance(value, date))

    @property
    def approver(self) -> Org:
        """The nearest committee above the branch."""
        return next(org for org in self.person.org.upwards() if not org.is_branch)

    @property
    def introducers(self) -> tuple[Person, Person]:
        """The two members who vouch for the candidate."""
        return self.introducer_one, self.introducer_two


@dataclass(frozen=True)
class Quota:
    """The places of an organisation in a year, with their number block."""

    year: int
    org: Org
    places: int
    start: int

    @property
    def numbers(self) -> list[str]:
        """The numbers of the block."""
        sequences = range(self.start, self.start + self.places)
        return [f"{self.year}65{sequence:06d}" for sequence in sequences]

    @property
    def first(self) -> str:
        """Where the block begins."""
        return self.numbers[0]

    @property
    def last(self) -> str:
        """Where the block ends."""
        return self.numbers[-1]

    @property
    def authority(self) -> str:
        """The document that allots the places of the year."""
        return AUTHORITIES[self.year]


@dataclass(frozen=True)
class Post:
    """A seat that somebody holds, or held until a day."""

    person: Person
    org: Org
    title: str
    since: date
    basis: str = "兼职"
    source: str = ""
    until: date | None = None

    @property
    def duty(self) -> str:
        """是 for whoever is in post."""
        return "" if self.until else "是"


@dataclass(frozen=True)
class Trainee:
    """Somebody at a session of a training."""

    training: str
    category: str
    day: date
    person: Person


@dataclass(frozen=True)
class Activity:
    """An activity, the organisations that it covered, and how many came."""

    name: str
    category: str
    day: date
    org: Org
    covered: str
    attendances: int


@dataclass(frozen=True)
class Score:
    """What an organisation got for an item, of how much, and what it gave itself."""

    org: Org
    item: str
    score: float
    full: int
    own: float
    year: int = YEAR


@dataclass(frozen=True)
class Task:
    """A task of the reform plan."""

    module: str
    task: str
    lead: str
    due: date
    done: date | None
    authority: str


@dataclass(frozen=True)
class Survey:
    """How many an organisation counted of a stage."""

    org: Org
    stage: str
    students: int | None
    youth: int
    members: int
    year: int = YEAR


@dataclass
class County:
    """The whole invented county. Built once by `build`, then only read."""

    name: str
    code: str
    size: Size
    area: str
    sequence: int
    rng: Random
    orgs: list[Org] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    cases: list[RuleSubject] = field(default_factory=list)
    quotas: list[Quota] = field(default_factory=list)
    plan: list[Quota] = field(default_factory=list)
    candidates: list[RuleSubject] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    trainees: list[Trainee] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
    admitting: dict[Org, int] = field(default_factory=dict)
    by_branch: defaultdict[Org, list[Person]] = field(default_factory=lambda: defaultdict(list))
    taken: set[str] = field(default_factory=set)

    def branches(self) -> list[Org]:
        """All branches."""
        return [org for org in self.orgs if org.is_branch]

    def current(self, branch: Org) -> list[Person]:
        """The members of a branch at the end of the year."""
        return [p for p in self.by_branch[branch] if p.left is None]

    def voters(self, branch: Org, day: date) -> list[Person]:
        """The members of a branch who may vote on a day."""
        people = self.by_branch[branch]
        return [p for p in people if p.joined < day and (p.left is None or p.left > day)]

    def fresh(self, make: Callable[[], str]) -> str:
        """A value that nobody has yet."""
        while (value := make()) in self.taken:
            pass
        self.taken.add(value)
        return value


# ---------------------------------------------------------------------------------- small things


def add_months(day: date, months: int) -> date:
    """The same day of another month, or the last one if that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month_end = date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return month_end.replace(day=min(day.day, month_end.day))


def is_working(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and day not in HOLIDAYS


def work_days(day: date, count: int) -> date:
    """The working day `count` working days after (or, if negative, before) a day."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working(day):
            day += step
    return day


def working_span(first: date, last: date) -> list[date]:
    """All working days from the first to the last."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_working(day)]


def some_day(rng: Random, first: date, last: date) -> date:
    """Any day from the first to the last."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def spread(rng: Random, total: int, count: int, low: int, high: int) -> list[int]:
    """`count` uneven numbers from low to high that add up to the total."""
    assert count * low <= total <= count * high
    values, weights = [low] * count, [rng.uniform(0.5, 2) for _ in range(count)]
    for _ in range(total - count * low):
        open_ = [i for i, value in enumerate(values) if value < high]
        values[rng.choices(open_, [weights[i] for i in open_])[0]] += 1
    return values


def numeral(number: int) -> str:
    """一, 二 … 九十九."""
    tens, ones = divmod(number, 10)
    digits = ("", *"一二三四五六七八九")
    return f"{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[ones]}"


def check_digit(digits: str) -> str:
    """The check digit of an ID number (ISO 7064, MOD 11-2)."""
    return "10X98765432"[sum(int(d) * 2 ** (17 - i) for i, d in enumerate(digits)) % 11]


# ---------------------------------------------------------------------------------- organisations


def add_org(
    county: County, parent: Org, name: str, kind: str, sector: str, founded: int | date
) -> Org:
    """Add an organisation below another; its code continues the parent's."""
    tops = len(TOWNS + SCHOOLS + COMMITTEES) * county.size.scale
    width = len(str(tops)) if parent is county.orgs[0] else 2
    code = f"{parent.code}{len(parent.children) + 1:0{width}d}"
    seats = {"团委": 7, "团工委": 5}.get(kind, 5 if sector == "城市社区" else 3)
    if isinstance(founded, int):  # within twelve years from then on
        founded = work_days(some_day(county.rng, date(founded, 3, 1), date(founded + 12, 6, 1)), 1)
    org = Org(code, name, parent, kind, sector, seats, founded)
    parent.children.append(org)
    county.orgs.append(org)
    return org


def build_towns(county: County) -> None:
    """Townships, their office branches, villages and communities."""
    root, count = county.orgs[0], len(TOWNS) * county.size.scale
    for n in range(count):
        kind = n % len(TOWNS)
        prefix = ("", *"东西南北上下前后新老大小内外")[n // len(TOWNS)]
        place = county.name + prefix + WORDS["乡镇"][kind]
        top = add_org(county, root, f"共青团{place}委员会", "团委", "党政机关", 1984)
        add_org(county, top, f"{place}机关团支部", "团支部", "党政机关", 1984)
        villages = county.size.villages // count + (n < county.size.villages % count)
        for village in county.rng.sample(WORDS["村"], villages):
            add_org(county, top, f"{place}{village}村团支部", "团支部", "农村", 1998)
        for community in county.rng.sample(WORDS["社区"], COMMUNITIES[kind]):
            add_org(county, top, f"{place}{community}社区团支部", "团支部", "城市社区", 1998)


def build_schools(county: County) -> None:
    """Schools with a branch for each class; the classes of the last year are 毕业班."""
    made: Counter[bool] = Counter()
    for sector, classes, _ in SCHOOLS * county.size.scale:
        vocational = sector == "中职"
        made[vocational] += 1
        nth = f"第{numeral(made[vocational])}" if made[vocational] > 1 or not vocational else ""
        school = county.name + nth + ("职业技术学校" if vocational else "中学")
        top = add_org(county, county.orgs[0], f"共青团{school}委员会", "团委", sector, 1986)
        for entry, count in classes.items():
            grade = ("高" if sector == "普通高中" else "初") + numeral(YEAR - entry + 1)
            kind = "毕业班团支部" if entry == YEAR - 2 else "团支部"
            for n in range(count):
                label = f"{WORDS['专业'][n]}班" if vocational else f"{grade}（{n + 1}）班"
                name, day = f"{school}{entry}级{label}团支部", date(entry, 9, 10 + entry % 3)
                add_org(county, top, name, kind, sector, day).entry = entry


def build_committees(county: County) -> None:
    """Work committees with branches in offices, institutions, enterprises and societies."""
    for n, (unit, sectors, _) in enumerate(COMMITTEES * county.size.scale):
        nth = f"第{numeral(n // len(COMMITTEES) + 1)}" if n >= len(COMMITTEES) else ""
        name = f"共青团{county.name}{unit}{nth}工作委员会"
        top = add_org(county, county.orgs[0], name, "团工委", sectors[0], 1994)
        for sector in sectors:
            for place in WORDS[sector]:
                name = f"{county.name}{place}{nth}团支部"
                add_org(county, top, name, "团支部", sector, 2006)


def build_orgs(county: County) -> None:
    """The whole tree, the county committee first."""
    name, founded = f"共青团{county.name}委员会", date(1954, 5, 4)
    county.orgs.append(Org(county.code, name, None, "团委", "党政机关", 9, founded))
    build_towns(county)
    build_schools(county)
    build_committees(county)


# ---------------------------------------------------------------------------------- people


def new_name(county: County, sex: str, org: Org) -> str:
    """A name nobody bears, or now and then that of someone in another branch."""
    rng, here = county.rng, {person.name for person in county.by_branch[org]}
    while True:
        if rng.random() < 0.4:
            name = f"{rng.choice(WORDS[sex + '名'])}·{rng.choice(WORDS['男名'])}"
        else:
            given = rng.sample(WORDS[sex], 1 if rng.random() < 0.15 else 2)
            name = rng.choice(WORDS["姓"]) + "".join(given)
        if name not in here and (name not in county.taken or rng.random() < 0.02):
            county.taken.add(name)
            return name


def new_id(county: County, born: date, sex: str) -> str:
    """An ID number nobody has: odd order for men, even for women."""

    def draw() -> str:
        digits = f"{county.area}{born:%Y%m%d}{county.rng.randrange(1, 999, 2) + (sex == '女'):03d}"
        return digits + check_digit(digits)

    return county.fresh(draw)


def new_person(county: County, org: Org, born: date, joined: date) -> Person:
    """Somebody, not yet on any list."""
    rng, sex = county.rng, county.rng.choice("男女")
    name, id_number, phone = new_name(county, sex, org), new_id(county, born, sex), ""
    if rng.random() < (0.08 if org.entry else 0.93):
        phone = county.fresh(lambda: f"120{rng.randrange(10**8):08d}")
    return Person(name, sex, born, id_number, org, joined, phone)


def enlist(county: County, person: Person) -> Person:
    """Put a person on the list of members."""
    county.people.append(person)
    county.by_branch[person.org].append(person)
    return person


def births(org: Org, earlier: bool) -> Span:
    """When the members of a branch were born who joined in earlier years, or in this one."""
    if org.entry is None:
        return date(YEAR - 27, 1 if earlier else 9, 1), date(YEAR - 18, 6, 30)
    if org.sector != "初中":
        return date(org.entry - 16, 5, 1), date(org.entry - 15, 8, 31)
    if earlier:  # pupils who were 14 and three months old before the year began
        return date(YEAR - 15, 3, 1), date(YEAR - 15, 8, 31)
    return date(org.entry - 13, 9 if org.entry < YEAR - 1 else 1, 1), date(YEAR - 14, 7, 31)


def joined_before(county: County, born: date) -> date:
    """A day before this year, from 14 years and 102 days on, mostly while at school."""
    first = add_months(born, FOURTEEN) + timedelta(days=102)
    years = county.rng.choice((1, 1, 2, 2, 3, 4, 8)) if born.year < YEAR - 18 else 1
    day = some_day(county.rng, first, min(OPENING, first + timedelta(days=365 * years)))
    return day if is_working(day) or day == first else work_days(day, -1)


def headcounts(county: County) -> dict[Org, int]:
    """How many members each branch has at the end of the year; villages take what is left."""
    villages = [org for org in county.branches() if org.sector == "农村"]
    heads = {
        org: max(
            county.rng.randint(*HEADS[org.sector, org.entry]), county.admitting.get(org, 0) + 3
        )
        for org in county.branches()
        if org not in villages
    }
    left = county.size.members - sum(heads.values())
    return heads | dict(zip(villages, spread(county.rng, left, len(villages), 6, 42), strict=True))


def build_members(county: County) -> None:
    """The members who joined before the year and are members at its end."""
    for org, count in headcounts(county).items():
        for _ in range(count - county.admitting.get(org, 0)):
            born = some_day(county.rng, *births(org, earlier=True))
            joined = joined_before(county, born)
            person = enlist(county, new_person(county, org, born, joined))
            if org.entry is None and add_months(born, 20 * 12) < CLOSING:
                kinds = ("共青团员", "中共党员", "中共预备党员")
                person.politics = county.rng.choices(kinds, (95, 3, 2))[0]


def build_leavers(county: County) -> None:
    """Those who left in the year: too old, graduated, or of their own will."""
    size, rng = county.size, county.rng
    society = [org for org in county.branches() if org.entry is None]
    # The classes that graduated are gone; their members stand with the oldest that remain.
    classes = [o for o in county.branches() if o.entry == YEAR - 2 and o.sector != "初中"]
    ages, pupils = (date(1995, 1, 1), date(1995, 12, 20)), (date(2004, 5, 1), date(2005, 8, 31))
    adults = (date(1997, 1, 1), date(2003, 12, 31))
    kinds = (
        ("超龄离团", size.overage, society, ages),
        ("转出", size.graduates, classes, pupils),
        ("自愿退团", size.withdrawn, society, adults),
    )
    for reason, count, orgs, span in kinds:
        for _ in range(count):
            org = rng.choice([org for org in orgs if len(county.by_branch[org]) < 46])
            born = some_day(rng, *span)
            person = new_person(county, org, born, joined_before(county, born))
            person.reason = reason
            if reason == "超龄离团":
                birthday = add_months(born, TWENTY_EIGHT)
                person.left = some_day(rng, birthday, min(CLOSING, birthday + timedelta(days=25)))
            elif reason == "转出":
                person.left = rng.choice(working_span(date(YEAR, 7, 3), date(YEAR, 9, 22)))
            else:
                person.left = rng.choice(working_span(date(YEAR, 2, 1), date(YEAR, 11, 30)))
            enlist(county, person)


# ---------------------------------------------------------------------------------- admissions


def allot(county: County) -> None:
    """Say how many each branch admits in the year."""
    rng, scale = county.rng, county.size.scale
    shares = [*TOWNS * scale, *(share for *_, share in (SCHOOLS * scale + COMMITTEES * scale))]
    for top, places in zip(county.orgs[0].children, shares, strict=True):
        if top.domain == "学校":
            # Classes founded this autumn are too young to have prepared anyone.
            orgs = [org for org in top.children if org.entry != YEAR]
            counts = spread(rng, places, len(orgs), 2, 6 if top.sector == "初中" else 7)
        else:
            orgs = [org for org in top.children if org.sector in ("农村", "城市社区")]
            orgs = orgs or [org for org in top.children if org.sector != "社会组织"]
            orgs = rng.sample(orgs, places * 2 // 3)
            counts = spread(rng, places, len(orgs), 1, 2)
        county.admitting.update(zip(orgs, counts, strict=True))


def meeting_days(org: Org) -> list[date]:
    """The days on which a branch may meet to admit: pupils in term, the older ones in spring."""
    first, last = date(YEAR, 3, 6), date(YEAR, 12, 8)
    spring, autumn = (first, date(YEAR, 6, 30)), (date(YEAR, 9, 11), last)
    if org.entry is None:
        return working_span(first, last)
    if org.sector == "初中":
        return working_span(*autumn) + (working_span(*spring) if org.entry < YEAR - 1 else [])
    return working_span(*spring) + (working_span(*autumn) if org.entry == YEAR - 1 else [])


def vote(county: County, cases: Iterable[RuleSubject]) -> None:
    """Let the branches vote; those may who were members before the meeting."""
    for case in cases:
        case.due = len(county.voters(case.person.org, case.meeting))
        least = case.due // 2 + 1
        case.present = county.rng.randint(max(least, case.due * 4 // 5), case.due)
        case.favour = county.rng.randint(max(least, case.present - 2), case.present)


def draw_batch(
    county: County, org: Org, meeting: date, count: int, born: Span, done: Sequence[RuleSubject]
) -> list[RuleSubject]:
    """The cases that one meeting decides; an empty list if the day does not suit the branch."""
    rng, cases = county.rng, list[RuleSubject]()
    notice_to = work_days(meeting, -rng.randint(1, 3))
    notice_from = work_days(notice_to, -rng.randint(5, 7))
    candidate = work_days(notice_from, -rng.randint(1, 4))
    shared = (candidate, notice_from, notice_to, meeting, work_days(meeting, rng.randint(3, 9)))
    pairs = Counter(case.introducers for case in done)
    for _ in range(count):
        activist = work_days(add_months(candidate, -3), -rng.randint(1, 15))
        talked = work_days(activist, -rng.randint(2, 10))
        applied = work_days(talked, -rng.randint(2, 15))
        youngest = min(born[1], add_months(applied, -FOURTEEN))
        able = [
            p for p in county.current(org)
            if p.joined < applied and add_months(p.born, TWENTY_EIGHT) > meeting
        ]  # fmt: skip
        if youngest < born[0] or applied < org.founded or len(able) < 3:
            return []
        # The pair that has introduced fewest so far, so that nobody vouches for a whole class.
        pair = min(combinations(able, 2), key=lambda pair: (pairs[pair], rng.random()))
        pairs[pair] += 1
        person = new_person(county, org, some_day(rng, born[0], youngest), meeting)
        route = "推优入团" if org.entry else rng.choice(("积分入团", "评议入团"))
        hours, service = rng.randint(8, 14), rng.randint(20, 60)
        cases.append(
            RuleSubject(person, applied, talked, activist, *shared, *pair, hours, service, route)
        )
    return cases if len({case.dates for case in cases}) == count else []


def build_admissions(county: County) -> None:
    """Admit everyone whom the quota of the year allows, in no week too many."""
    weeks: Counter[int] = Counter()
    for org, count in county.admitting.items():
        cases: list[RuleSubject] = []
        for size in [count] if count < 4 else [count // 2, count - count // 2]:
            batch: list[RuleSubject] = []
            while not batch:
                day = county.rng.choice(meeting_days(org))
                week = day.isocalendar().week
                crowded = weeks[week] + size > county.size.admissions // 15
                if not crowded and day not in [case.meeting for case in cases]:
                    batch = draw_batch(county, org, day, size, births(org, earlier=False), cases)
            weeks[week] += size
            cases += batch
        for case in cases:
            enlist(county, case.person)
        county.cases += cases
    vote(county, county.cases)


def build_quotas(county: County) -> None:
    """Share out the year's places: to committees, and from three of them on to branches."""
    start = county.sequence
    county.quotas.append(Quota(YEAR, county.orgs[0], county.size.admissions, start))
    for n, top in enumerate(county.orgs[0].children):
        admitting = [org for org in top.children if org in county.admitting]
        quota = Quota(YEAR, top, sum(county.admitting[org] for org in admitting), start)
        county.quotas.append(quota)
        start += quota.places
        split, end = {0: 1, 1: 1, len(TOWNS) * county.size.scale: 2}.get(n, 0), start
        for org in sorted(admitting, key=lambda org: -county.admitting[org])[:split]:
            end -= county.admitting[org]
            county.quotas.append(Quota(YEAR, org, county.admitting[org], end))


def by_joining(county: County) -> list[Person]:
    """All members, in the order in which they joined."""
    return sorted(county.people, key=lambda person: (person.joined, person.name))


def assign_numbers(county: County) -> None:
    """Give the numbers of earlier years by date, and those of the year from the blocks."""
    pools = {quota.org: quota.numbers for quota in county.quotas}
    for org, pool in pools.items():
        parts = {number for part in org.children for number in pools.get(part, [])}
        pool[:] = [number for number in pool if number not in parts]
    for case in sorted(county.cases, key=lambda case: (case.approved, case.person.name)):
        holder = next(org for org in case.person.org.upwards() if org in pools)
        case.person.number = pools[holder].pop(0)
    latest: dict[int, int] = {}
    for person in by_joining(county):
        year = person.joined.year
        if 2016 <= year < YEAR:
            start = county.sequence + 150 * (year - 2019)
            latest[year] = latest.get(year, start) + county.rng.choice((1, 1, 1, 2, 3))
            person.number = f"{year}65{latest[year]:06d}"
        if person.number and county.rng.random() < 0.1:
            person.form = "有"


def assign_certificates(county: County) -> None:
    """Give certificates: three digits for the committee, five in order of joining."""
    order = {top: n for n, top in enumerate(county.orgs[0].children, start=1)}
    issued: Counter[Org] = Counter()
    for person in by_joining(county):
        top = person.org.upwards()[-2]
        issued[top] += 1
        if person.joined.year > 2013 or county.rng.random() > 0.05:
            person.certificate = f"{order[top]:03d}{issued[top]:05d}"


def build_next_year(county: County) -> None:
    """Next year's plan, and the right candidates whom schools propose under it."""
    start, tops = county.sequence + 3000, county.orgs[0].children
    schools = tops[len(TOWNS) * county.size.scale :][: len(SCHOOLS)]
    county.plan.append(Quota(YEAR + 1, county.orgs[0], county.size.next_quota, start))
    shares = zip([*schools, *tops[:2]], (20, 14, 8, 6, 0, 8, 5, 4), strict=True)
    for org, places in shares:
        if places:
            county.plan.append(Quota(YEAR + 1, org, places, start))
            start += places
    days = working_span(date(YEAR + 1, 4, 8), date(YEAR + 1, 6, 7))
    for school, pairs in zip(schools, (4, 3, 2, 1, 0, 2), strict=True):
        for org in [org for org in school.children if org.entry == YEAR - 1][:pairs]:
            junior = date(YEAR - 14, 6, 1), date(YEAR - 13, 3, 31)
            born = junior if org.sector == "初中" else births(org, earlier=False)
            batch: list[RuleSubject] = []
            while not batch:
                batch = draw_batch(county, org, county.rng.choice(days), 2, born, [])
            county.candidates += batch
    vote(county, county.candidates)


# ---------------------------------------------------------------------------------- the year's work


def elect(county: County) -> None:
    """Say when each organisation elected last: classes every autumn, the others in their time."""
    spans = {"团委": (date(2021, 9, 1), date(2022, 6, 30)), "团工委": (date(2021, 9, 1), OPENING)}
    for org in county.orgs:
        first, last = spans.get(org.type, (date(2021, 11, 1), date(2022, 3, 31)))
        if org.entry is not None:
            first, last = date(YEAR, 9, 13), date(YEAR, 10, 13)
        org.elected = county.rng.choice(working_span(max(first, org.founded), last))


def official(county: County, org: Org, *born: date) -> Person:
    """A grown-up who is no member of the League."""
    return new_person(county, org, some_day(county.rng, *born), OPENING)


def build_posts(county: County) -> None:
    """Fill every seat: branches from their members, committees with officials and, for seats that
    are held beside another, secretaries of their branches."""
    titles = ("书记", "副书记", "组织委员", "宣传委员", "文体委员")
    leads: dict[Org, Person] = {}
    for org in county.branches():
        assert org.elected
        able = [p for p in sorted(county.current(org), key=attrgetter("joined"))
                if p.joined <= OPENING][: org.seats + 2]  # fmt: skip
        county.rng.shuffle(able)
        posts = titles if org.seats > 3 else (titles[0], *titles[2:4])
        for person, title in zip(able, posts, strict=False):
            since = max(org.elected, work_days(person.joined, 20))
            county.posts.append(Post(person, org, title, since))
        leads[org] = able[0]
    for org in county.orgs:
        if not org.is_branch:
            build_committee(county, org, [leads[one] for one in org.children if one in leads])
    county.posts.sort(key=lambda post: post.org.code)


def build_committee(county: County, org: Org, leads: list[Person]) -> None:
    """The posts of one committee."""
    assert org.elected
    day, born = org.elected, (date(1986, 1, 1), date(1997, 12, 31))

    def put(title: str, basis: str, source: str = "", person: Person | None = None) -> None:
        holder = person or official(county, org, *born)
        since = max(day, work_days(holder.joined, 20)) if person else day
        county.posts.append(Post(holder, org, title, since, basis, source))

    if org.parent is None:
        put("书记", "专职")
        put("副书记", "专职")
        for _ in range(2):
            put("副书记", "挂职", "县直单位选派")
    elif org.type == "团委" and org.domain == "社会":
        former = official(county, org, *born)
        county.posts.append(Post(former, org, "书记", date(2018, 6, 1), "专职", until=day))
        put("书记", "专职")
        volunteer = official(county, org, date(1999, 1, 1), date(2001, 6, 30))
        joined = county.rng.choice(working_span(date(YEAR - 1, 7, 25), date(YEAR - 1, 8, 31)))
        county.posts.append(Post(volunteer, org, "副书记", joined, "兼职", "西部计划志愿者"))
    else:
        put("书记", "专职" if org.domain == "学校" else "兼职")
        put("副书记", "兼职")
    beside = county.rng.sample(leads, min(2, len(leads)))
    while (left := org.seats - sum(p.org is org and not p.until for p in county.posts)) > 0:
        title = ("组织委员", "宣传委员", "文体委员", "权益委员", "志愿委员")[left % 5]
        put(title, "兼职", person=beside.pop() if beside else None)


def build_trainings(county: County) -> None:
    """Drills for most cadres, some of whom come again, and two courses."""
    rng, size = county.rng, county.size
    heads = list(dict.fromkeys(post.person for post in county.posts if not post.until))
    rng.shuffle(heads)
    drilled, days = heads[: size.drill], working_span(date(YEAR, 3, 13), date(YEAR, 11, 24))
    terms = [(f"团干部岗位大练兵第{numeral(n + 1)}期", day)
             for n, day in enumerate(sorted(rng.sample(days, 9)))]  # fmt: skip
    seats = [(n % len(terms), person) for n, person in enumerate(drilled)]
    seats += [((n + 4) % len(terms), person) for n, person in enumerate(drilled[:45])]
    for at, person in sorted(seats, key=lambda seat: seat[0]):
        name, day = terms[at]
        county.trainees.append(Trainee(name, "岗位大练兵", day, person))
    trained, both = rng.sample(heads, size.trained), size.trained // 12
    part = size.trained * 7 // 12
    for name, category, people in (
        (f"{county.name}基层团务骨干培训班", "基础团务培训", trained[:part]),
        (f"{county.name}青马工程培训班", "青马工程", trained[part - both :]),
    ):
        day = rng.choice(working_span(date(YEAR, 5, 8), date(YEAR, 8, 25)))
        county.trainees += [Trainee(name, category, day, person) for person in people]


def hold(
    county: County, name: str, category: str, days: Span, org: Org, covered: str, come: int
) -> None:
    """Hold an activity on a working day of the span."""
    day = county.rng.choice(working_span(*days))
    county.activities.append(Activity(name, category, day, org, covered, come))


def build_activities(county: County) -> None:
    """The activities of committees and schools, and of some villages on their own."""
    rng, root = county.rng, county.orgs[0]
    quarters = [(date(YEAR, n, 5), date(YEAR, n + 2, 25)) for n in (1, 4, 7, 10)]
    for top in root.children:
        heads = sum(len(county.current(org)) for org in top.children)
        for n, (first, last) in enumerate(quarters):
            autumn = n == 2 and top.domain == "学校"
            span = (date(YEAR, 9, 4) if autumn else first, last)
            name = f"{top.name.removeprefix('共青团')}第{numeral(n + 1)}季度"
            hold(county, f"{name}支部大会", "支部大会", span, top, top.name, heads * 9 // 10)
            kind, word = ("主题团日", "主题团日") if n % 2 else ("团课", "团课")
            hold(county, f"{name}{word}", kind, span, top, top.name, heads * 4 // 5)
        if top.domain == "学校":
            build_school_activities(county, top)
    villages = [org for org in county.branches() if org.sector == "农村"]
    for n in range(county.size.activities - len(county.activities)):
        if n < 12:
            span = (date(YEAR, n + 1, 3), date(YEAR, n + 1, 24))
            hold(county, f"{numeral(n + 1)}月主题团日", "主题团日", span, root, "全县",
                 county.size.members * rng.randint(60, 90) // 100)  # fmt: skip
        else:
            org = rng.choice(villages)
            name = f"{org.name.removesuffix('团支部')}志愿服务（第{n}次）"
            hold(county, name, "主题团日", (date(YEAR, 3, 1), date(YEAR, 11, 30)), org, "",
                 rng.randint(5, max(6, len(county.current(org)))))  # fmt: skip


def build_school_activities(county: County, top: Org) -> None:
    """A school's oaths and outings, and for the younger ones leaving the Pioneers."""
    name, rng = top.name.removeprefix("共青团").removesuffix("委员会"), county.rng
    spring, autumn = (date(YEAR, 4, 10), date(YEAR, 6, 9)), (date(YEAR, 9, 18), date(YEAR, 12, 8))
    for word, span in (("春季", spring), ("秋季", autumn)):
        admitted = county.rng.sample(top.children, 4)
        listed = "、".join(org.name for org in admitted)
        hold(county, f"{name}{word}入团仪式", "入团仪式", span, top, top.name, rng.randint(60, 200))
        hold(county, f"{name}{word}红色研学", "红色研学", span, top, listed, rng.randint(40, 120))
    if top.sector == "初中":
        hold(county, f"{name}离队入团仪式", "离队入团", spring, top, top.name, rng.randint(80, 150))


def build_talks(county: County) -> None:
    """Seminars, lectures, online classes and the meetings of all who work with young people."""
    rng, size, root = county.rng, county.size, county.orgs[0]
    year = (date(YEAR, 2, 6), date(YEAR, 12, 20))
    guests = spread(rng, size.seminar_attendances, size.seminars, 20, 60)
    for n, come in enumerate(guests):
        hold(county, f"青年座谈会（第{n + 1}场）", "座谈会", year, root, "", come)
    for kind, count in (
        ("青年讲师团宣讲", size.youth_lectures), ("二十大精神宣讲", size.congress_lectures),
    ):  # fmt: skip
        for n in range(count):
            org = rng.choice(root.children)
            name = f"{kind}（第{n + 1}场）"
            hold(county, name, kind, year, org, org.name, rng.randint(30, 150))
    online = [("青年大学习", n + 1) for n in range(30)] + [
        ("红领巾爱学习", n + 1) for n in range(15)
    ]
    shares = spread(rng, size.online // 100, len(online), 20 * size.online // 165_000,
                    60 * size.online // 165_000)  # fmt: skip
    for (kind, nth), hundreds in zip(online, shares, strict=True):
        hold(county, f"{kind}第{nth}期", kind, year, root, "全县", hundreds * 100)
    for n, month in enumerate((3, 6, 9, 12)):
        span = (date(YEAR, month, 6), date(YEAR, month, 20))
        hold(
            county, f"青年工作联席会第{numeral(n + 1)}次会议", "青年工作联席会", span, root, "", 24
        )
    county.activities.sort(key=lambda one: (one.day, one.org.code, one.name))


def build_standing(county: County) -> None:
    """What the committees got in the year's assessment, and what became of the reform plan."""
    rng, root = county.rng, county.orgs[0]
    items = {"班子建设": 20, "团员管理": 20, "组织生活": 20, "制度落实": 20, "作用发挥": 20}
    for org in root.children:
        for item, full in items.items():
            score = rng.randint(full * 3, full * 4) / 4
            own = min(full, score + rng.choice((0, 0, 0.5, 1, 1.5)))
            county.scores.append(Score(org, item, score, full, own))
    authority = f"云党办发〔{YEAR}〕9号"
    for n, words in enumerate(WORDS["改革"]):
        module, lead, task = words.split("/")
        due = date(YEAR, 3 + n // 2, 28)
        done = work_days(due, -rng.randint(1, 25)) if n < len(WORDS["改革"]) - 2 else None
        unit = root.name if lead == "团县委" else county.name + lead
        county.tasks.append(Task(module, task, unit, due, done, authority))


def build_surveys(county: County) -> None:
    """What schools counted of students by stage, and the others of young people."""
    stages = {"初中": "初中", "普通高中": "高中", "中职": "中职"}
    for top in county.orgs[0].children:
        if top.domain == "社会":
            heads = sum(len(county.current(org)) for org in top.children)
            youth = heads * county.rng.randint(32, 48) // 10
            county.surveys.append(Survey(top, "青年", None, youth, heads))
            continue
        final = "初中毕业班" if top.sector == "初中" else "高中毕业班"
        for stage, ends in ((final, True), (stages[top.sector], False)):
            classes = [org for org in top.children if (org.type == "毕业班团支部") == ends]
            students = sum(county.rng.randint(45, 50) for _ in classes)
            heads = sum(len(county.current(org)) for org in classes)
            # In their second year at junior middle school not all have turned fourteen.
            youth = students * 2 // 3 if stage == "初中" else students
            county.surveys.append(Survey(top, stage, students, youth, heads))


def build(name: str, code: str, seed: int, size: Size) -> County:
    """Build the county; another seed has other people, other numbers, another area code."""
    turn = (seed - SEED) % 38
    county = County(name, code, size, str(658899 - turn), 4101 + 25_000 * turn, Random(seed))
    build_orgs(county)
    allot(county)
    build_members(county)
    build_leavers(county)
    build_admissions(county)
    build_quotas(county)
    assign_numbers(county)
    assign_certificates(county)
    build_next_year(county)
    elect(county)
    build_posts(county)
    build_trainings(county)
    build_activities(county)
    build_talks(county)
    build_standing(county)
    build_surveys(county)
    validate(county)
    return county


# ---------------------------------------------------------------------------------- what must hold


def check_case(county: County, case: RuleSubject) -> None:
    """Assert the rules of one admission."""
    person, org, pair = case.person, case.person.org, case.introducers
    assert add_months(person.born, FOURTEEN) <= case.applied
    assert case.applied < add_months(person.born, TWENTY_EIGHT)
    assert case.applied >= org.founded
    assert len(case.dates) == 8
    assert all(a < b for a, b in pairwise(case.dates))
    assert all(map(is_working, case.dates))
    assert case.talked <= add_months(case.applied, 1)
    assert add_months(case.activist, 3) <= case.candidate
    assert len(working_span(case.notice_from, case.notice_to)) > 5
    assert (case.approved - case.meeting).days <= 30
    assert case.approved.year == case.meeting.year == person.joined.year
    assert 8 <= case.hours <= 14
    assert 20 <= case.service <= 60
    assert pair[0].name != pair[1].name
    assert all(p.org is org and p.joined < case.applied and not p.left for p in pair)
    assert 3 <= case.due == len(county.voters(org, case.meeting)) <= 50
    assert case.due / 2 < case.favour <= case.present <= case.due


def check_orgs(county: County) -> None:
    """Assert the tree and its counts."""
    sectors = Counter(org.sector for org in county.orgs)
    assert sectors["农村"] == county.size.villages
    assert sectors["城市社区"] == county.size.communities
    assert len(county.orgs) == county.size.organizations
    assert len({org.code for org in county.orgs}) == len(county.orgs)
    assert len({org.name for org in county.orgs}) == len(county.orgs)
    for org in county.branches():
        people = county.current(org)
        assert 3 <= len(people) <= 50
        assert not org.children
        assert sum(p.joined <= OPENING for p in people) >= 2
        assert len({p.name for p in county.by_branch[org]}) == len(county.by_branch[org])
        if org.entry == YEAR - 2:
            assert len(people) <= (13 if org.sector == "初中" else 27)


def check_people(county: County) -> None:
    """Assert ages, numbers and counts of the members."""
    size, people = county.size, county.people
    leavers = Counter(p.reason for p in people if p.left)
    assert len(people) - leavers.total() == size.members
    assert [*leavers.values()] == [size.overage, size.graduates, size.withdrawn]
    everyone = people + [case.person for case in county.candidates]
    for get in map(attrgetter, ("id_number", "number", "certificate", "phone")):
        values = [get(p) for p in everyone if get(p)]
        assert len(set(values)) == len(values)
    for p in people:
        assert p.org.is_branch
        assert check_digit(p.id_number[:17]) == p.id_number[17]
        assert add_months(p.born, FOURTEEN + 3) <= p.joined
        assert p.number[:6] == (f"{p.joined.year}65" if p.joined.year > 2015 else "")
        if p.left:
            assert p.joined <= OPENING < p.left <= CLOSING
            assert (p.reason == "超龄离团") == (add_months(p.born, TWENTY_EIGHT) <= p.left)
        else:
            assert add_months(p.born, TWENTY_EIGHT) > CLOSING
            low, high = births(p.org, earlier=True)[0], births(p.org, earlier=False)[1]
            assert low <= p.born <= high


def check_admissions(county: County) -> None:
    """Assert the cases of the year, their spread over it and their blocks."""
    total, cases = county.size.admissions, county.cases
    assert {id(case.person) for case in cases} == {
        id(p) for p in county.people if p.joined > OPENING and not p.left
    }
    for case in cases:
        check_case(county, case)
        assert case.person.certificate
        assert case.person.joined == case.meeting <= date(YEAR, 12, 15)
    school = sum(case.person.org.domain == "学校" for case in cases)
    assert (len(cases), school) == (total, county.size.school_admissions)
    assert len({(case.person.org, case.dates) for case in cases}) == total
    assert max(Counter((case.person.org, case.meeting) for case in cases).values()) <= 6
    assert max(Counter(case.introducers for case in cases).values()) <= 3
    assert max(Counter(c.meeting.isocalendar().week for c in cases).values()) <= total / 10
    assert sum(case.meeting.month == 12 for case in cases) <= total * 0.15
    for quota in county.quotas:  # every number is used, and by those to whom it was given
        used = {case.person.number for case in cases if quota.org in case.person.org.upwards()}
        assert used == set(quota.numbers)


def check_next_year(county: County) -> None:
    """Assert that the candidates are in order and fit into the plan."""
    assert sum(quota.places for quota in county.plan[1:]) < county.plan[0].places
    wanted = Counter(case.approver for case in county.candidates)
    assert wanted.total() == 24
    places = {quota.org: quota.places for quota in county.plan}
    assert all(count <= places[org] for org, count in wanted.items())
    for case in county.candidates:
        check_case(county, case)


def check_posts(county: County) -> None:
    """Assert that every seat is held by one who may, and that cadres were trained."""
    held = [post for post in county.posts if not post.until]
    seats = Counter(post.org for post in held)
    assert seats == {org: org.seats for org in county.orgs}
    assert all(
        sum(p.org is org and p.title == "书记" for p in held) == 1 for org in county.orgs[:9]
    )
    assert len({(p.org, p.title, p.person.name, p.since) for p in county.posts}) == len(
        county.posts
    )
    assert all(post.org.founded <= post.since <= CLOSING for post in county.posts)
    assert all(org.elected and org.founded <= org.elected <= CLOSING for org in county.orgs)
    assert sum(post.basis == "挂职" for post in held) == 2
    for post in held:  # whoever is in post in a village or community was so all the year
        assert post.org.domain == "学校" or post.since <= date(YEAR, 1, 31)
    people: defaultdict[str, set[Person]] = defaultdict(set)
    for one in county.trainees:
        people[one.category].add(one.person)
    assert len(people["岗位大练兵"]) == county.size.drill
    assert len(people["基础团务培训"] | people["青马工程"]) == county.size.trained


def check_year(county: County) -> None:
    """Assert the counts of activities and that surveys keep their caps."""
    size, kinds = county.size, Counter(one.category for one in county.activities)
    apart = (
        "座谈会",
        "青年讲师团宣讲",
        "二十大精神宣讲",
        "青年大学习",
        "红领巾爱学习",
        "青年工作联席会",
    )
    assert kinds.total() - sum(kinds[kind] for kind in apart) == size.activities
    assert (kinds["座谈会"], kinds["青年讲师团宣讲"]) == (size.seminars, size.youth_lectures)
    assert kinds["二十大精神宣讲"] == size.congress_lectures
    assert len({(one.name, one.day, one.org) for one in county.activities}) == len(
        county.activities
    )
    come: Counter[str] = Counter()
    for one in county.activities:
        come[one.category] += one.attendances
        assert one.org.founded <= one.day
    assert come["座谈会"] == size.seminar_attendances
    assert come["青年大学习"] + come["红领巾爱学习"] == size.online
    caps = {"初中毕业班": 3, "高中毕业班": 6}
    for one in county.surveys:
        assert one.members * 10 <= caps.get(one.stage, 10) * (one.students or one.youth)
    assert sum(one.members for one in county.surveys) == size.members


def validate(county: County) -> None:
    """Assert everything that the documentation says of the sample."""
    check_posts(county)
    check_year(county)
    check_orgs(county)
    check_people(county)
    check_admissions(county)
    check_next_year(county)


# ---------------------------------------------------------------------------------- sheets


@dataclass(frozen=True)
class Sheet:
    """A kind of sheet: its records, and for each column heading, width and attribute."""

    name: str
    title: str
    records: Callable[[County], Iterable[object]]
    table: str
    total: Callable[[list[Row]], int] = len
    total_under: str = "身份证号"

    @property
    def columns(self) -> list[tuple[str, int, str]]:
        """Heading, width and attribute of each column."""
        cells = (cell.split() for cell in self.table.split("|"))
        return [(heading, int(width), path) for heading, width, path in cells]

    def rows(self, county: County) -> list[Row]:
        """The rows, keyed by heading."""
        getters = {heading: attrgetter(path) for heading, _, path in self.columns}
        return [{h: get(record) for h, get in getters.items()} for record in self.records(county)]


ORGANIZATIONS = Sheet(
    "团组织",
    "团组织一览表",
    lambda county: sorted(county.orgs, key=lambda org: org.code),
    """团组织编码 13 code | 团组织全称 44 name | 上级组织 40 above | 组织类型 14 type
    | 领域 8 domain | 行业类别 12 sector | 书记应配 10 secretary_seats | 班子应配 10 seats
    | 成立日期 13 founded | 撤销日期 13 dissolved | 换届时间 13 elected""",
    total_under="团组织全称",
)
QUOTAS = Sheet(
    "发展计划",
    "发展团员计划及编号号段分配表",
    lambda county: county.quotas,
    """年度 8 year | 团组织 44 org.name | 名额 8 places | 号段起 16 first | 号段止 16 last
    | 文号 22 authority""",
    total=lambda rows: int(rows[0]["名额"]),
    total_under="名额",
)
MEMBERS = Sheet(
    "团员",
    "团员花名册",
    lambda county: sorted(county.people, key=lambda p: (p.org.code, p.joined, p.name)),
    """姓名 20 name | 身份证号 21 id_number | 所在团支部 44 org.name | 入团时间 13 joined
    | 发展团员编号 16 number | 志愿书编号 12 form | 团员证编号 13 certificate | 手机号码 14 phone
    | 政治面貌 14 politics | 离团日期 13 left | 离团原因 12 reason""",
)
ADMISSIONS = Sheet(
    "发展团员",
    "发展团员登记表",
    lambda county: sorted(county.cases, key=lambda case: case.person.number),
    """姓名 20 person.name | 身份证号 21 person.id_number | 所在团支部 44 person.org.name
    | 申请入团时间 13 applied | 谈话时间 13 talked | 积极分子时间 13 activist | 团课学时 10 hours
    | 志愿服务时长 13 service | 发展对象时间 13 candidate | 公示开始 13 notice_from
    | 公示结束 13 notice_to | 介绍人一 18 introducer_one.name | 介绍人二 18 introducer_two.name
    | 支部大会时间 13 meeting | 应到人数 10 due | 实到人数 10 present | 赞成票数 10 favour
    | 审批时间 13 approved | 审批单位 36 approver.name | 发展团员编号 16 person.number
    | 志愿书编号 12 person.form | 团员证编号 13 person.certificate | 入团方式 12 route""",
)
CADRES = Sheet(
    "团干部",
    "团干部名册",
    lambda county: county.posts,
    """姓名 20 person.name | 身份证号 21 person.id_number | 团组织 44 org.name
    | 团内职务 12 title | 任职时间 13 since | 离任时间 13 until | 团干部性质 12 basis
    | 来源 16 source | 是否在岗 10 duty""",
)
TRAININGS = Sheet(
    "培训",
    "团干部培训登记表",
    lambda county: county.trainees,
    """培训名称 30 training | 培训类别 16 category | 培训日期 13 day | 姓名 20 person.name
    | 身份证号 21 person.id_number""",
)
ACTIVITIES = Sheet(
    "活动",
    "活动登记表",
    lambda county: county.activities,
    """活动名称 44 name | 活动类别 18 category | 活动日期 13 day | 主办团组织 44 org.name
    | 覆盖团组织 44 covered | 参与人次 10 attendances""",
    total_under="参与人次",
)
ASSESSMENTS = Sheet(
    "考核",
    "年度考核得分表",
    lambda county: county.scores,
    """年度 8 year | 团组织 44 org.name | 考核项目 16 item | 得分 8 score | 满分 8 full
    | 自评分 8 own""",
    total_under="团组织",
)
TASKS = Sheet(
    "改革任务",
    "共青团改革任务清单",
    lambda county: county.tasks,
    """模块 12 module | 任务 40 task | 牵头单位 36 lead | 完成时限 13 due | 完成日期 13 done
    | 依据 22 authority""",
    total_under="任务",
)
SURVEYS = Sheet(
    "基数摸底",
    "团员基数摸底表",
    lambda county: county.surveys,
    """年度 8 year | 团组织 44 org.name | 学段 14 stage | 学生数 10 students | 青年数 10 youth
    | 团员数 10 members""",
    total=lambda rows: sum(int(row["团员数"]) for row in rows),
    total_under="团员数",
)
SHEETS = (
    ORGANIZATIONS, QUOTAS, MEMBERS, ADMISSIONS, CADRES, TRAININGS, ACTIVITIES, ASSESSMENTS, TASKS,
    SURVEYS,
)  # fmt: skip


def candidate_rows(county: County) -> list[Row]:
    """The candidates as schools send them: a third of the rows has one fault each."""
    cases = sorted(county.candidates, key=lambda case: case.person.org.code)
    rows = replace(ADMISSIONS, records=lambda _: cases).rows(county)

    def member(case: RuleSubject) -> Row:
        """Someone of the class who has long been a member."""
        known = next(p for p in county.current(case.person.org) if p not in case.introducers)
        return {"姓名": known.name, "身份证号": known.id_number}

    def child(case: RuleSubject) -> Row:
        """Someone who applied a few days before turning fourteen."""
        born = add_months(case.applied + timedelta(days=10), -FOURTEEN)
        return {"身份证号": new_id(county, born, case.person.sex)}

    faults: dict[int, Callable[[RuleSubject], Row]] = {
        1: lambda _: {"团课学时": 7},
        4: lambda case: {"介绍人二": case.introducer_one.name},
        6: lambda case: {"赞成票数": case.due // 2},
        9: lambda case: {"积极分子时间": work_days(add_months(case.meeting, -2), 1)},
        12: lambda case: {"谈话时间": work_days(case.applied, -3)},
        15: member,
        17: child,
        # Typed as a number: a spreadsheet keeps fifteen digits and makes the others nought.
        21: lambda case: {"身份证号": int(case.person.id_number[:15] + "000")},
    }
    for n, fault in faults.items():
        rows[n].update(fault(cases[n]))
    return rows


# ---------------------------------------------------------------------------------- files

LINE = Side(style="thin", color="BFBFBF")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
HEADING_FILL = PatternFill("solid", fgColor="DDEBF7")
STAMP = (YEAR + 1, 1, 8, 10, 0, 0)


def write_sheet(page: Worksheet, sheet: Sheet, titles: Sequence[str], rows: list[Row]) -> None:
    """Write titles, headings and rows, and lay the page out for screen and paper."""
    width, top = len(sheet.columns), len(titles) + 1
    for n, title in enumerate(titles, start=1):
        page.cell(n, 1, title).font = Font(bold=n == 1, size=16 if n == 1 else 11)
        page.cell(n, 1).alignment = CENTRE
        page.merge_cells(start_row=n, start_column=1, end_row=n, end_column=width)
    page.row_dimensions[1].height, page.row_dimensions[top].height = 30, 22
    for n, (heading, size, _) in enumerate(sheet.columns, start=1):
        cell = page.cell(top, n, heading)
        cell.font, cell.fill = Font(bold=True), HEADING_FILL
        cell.alignment, cell.border = CENTRE, BORDER
        page.column_dimensions[get_column_letter(n)].width = size
    for n, row in enumerate(rows, start=top + 1):
        for m, (heading, *_) in enumerate(sheet.columns, start=1):
            value = row.get(heading) or None
            body = page.cell(n, m, value)
            body.border = BORDER
            kind = "yyyy-mm-dd" if re.search("时间|日期|公示|时限", heading) else "@"
            kind = "0" if isinstance(value, int) else kind
            body.number_format = "0.0#" if isinstance(value, float) else kind
    page.freeze_panes = f"A{top + 1}"
    page.print_title_rows = f"1:{top}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def save(book: Workbook, path: Path) -> None:
    """Save a workbook so that the same content always gives the same bytes."""
    book.properties.creator = "共青团县委员会"
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                stamp = "{}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*STAMP).encode()
                data = re.sub(rb"(?<=W3CDTF\">)[^<]*", stamp, data)
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, data)


def write_sample(county: County, path: Path) -> None:
    """Write the county's own workbook: every sheet with a title above and a total below."""
    book = Workbook()
    for n, sheet in enumerate(SHEETS):
        page = book.worksheets[0] if n == 0 else book.create_sheet()
        page.title = sheet.name
        rows = sheet.rows(county)
        rows.append({sheet.columns[0][0]: "合计", sheet.total_under: sheet.total(rows)})
        write_sheet(page, sheet, [f"{county.name}{sheet.title}（{YEAR}年）"], rows)
        for total in page[page.max_row]:
            total.font = Font(bold=True)
    save(book, path)


def write_plan(county: County, path: Path) -> None:
    """Write next year's quotas as CSV."""
    rows = replace(QUOTAS, records=lambda county: county.plan).rows(county)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_candidates(county: County, path: Path) -> None:
    """Write the candidates of next spring as the schools send them."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "发展对象"
    titles = [f"{county.name}{YEAR + 1}年上半年发展团员审批名册"]
    titles.append(f"填报单位：{county.name}各学校团委　　填报日期：{YEAR + 1}年6月28日")
    write_sheet(page, ADMISSIONS, titles, candidate_rows(county))
    save(book, path)


def main() -> None:
    """Read the options, build the county, write its files."""
    parser = argparse.ArgumentParser(description="Make the sample data: an invented county.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--scale", type=int, default=1, choices=range(1, 16), metavar="1..15")
    parser.add_argument("--name", default="云杉县", help="the county's name")
    parser.add_argument("--code", default="YS", help="what its organisation codes begin with")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, metavar="FOLDER")
    options = parser.parse_args()
    county = build(options.name, options.code, options.seed, Size().times(options.scale))
    options.out.mkdir(parents=True, exist_ok=True)
    write_sample(county, options.out / "sample.xlsx")
    write_plan(county, options.out / f"plan-{YEAR + 1}.csv")
    write_candidates(county, options.out / f"candidates-{YEAR + 1}.xlsx")


if __name__ == "__main__":
    main()
