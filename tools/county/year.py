"""The year's work: posts, trainings, activities, assessment, tasks, surveys."""

from datetime import date
from operator import attrgetter

from county.days import numeral, some_day, spread, work_days, working_span
from county.entities import (
    OPENING,
    YEAR,
    Activity,
    County,
    Org,
    Person,
    Post,
    Score,
    Span,
    Survey,
    Task,
    Trainee,
)
from county.people import new_person
from county.words import WORDS


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
    """Fill every seat: branches from their members, committees with officials and, for part-time
    seats, secretaries of their branches."""
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
            build_committee(county, org, [leads[child] for child in org.children if child in leads])
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
    part_timers = county.rng.sample(leads, min(2, len(leads)))
    while (left := org.seats - sum(p.org is org and not p.until for p in county.posts)) > 0:
        title = ("组织委员", "宣传委员", "文体委员", "权益委员", "志愿委员")[left % 5]
        put(title, "兼职", person=part_timers.pop() if part_timers else None)


def build_trainings(county: County) -> None:
    """Drills for most cadres, some of them twice, and two courses."""
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
    county.activities.sort(key=lambda activity: (activity.day, activity.org.code, activity.name))


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
