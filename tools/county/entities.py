"""What an invented county consists of, and how large it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from random import Random

Span = tuple[date, date]

SEED, YEAR = 20231231, 2023
OPENING, CLOSING = date(YEAR - 1, 12, 31), date(YEAR, 12, 31)
AUTHORITIES = {YEAR: "云团发〔2023〕3号", YEAR + 1: "云团发〔2024〕2号"}
FOURTEEN, TWENTY_EIGHT = 14 * 12, 28 * 12  # ages in months


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
class Admission:
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
    cases: list[Admission] = field(default_factory=list)
    quotas: list[Quota] = field(default_factory=list)
    plan: list[Quota] = field(default_factory=list)
    candidates: list[Admission] = field(default_factory=list)
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
