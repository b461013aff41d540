"""The organisations of the invented county."""

from collections import Counter
from datetime import date

from county.days import numeral, some_day, work_days
from county.entities import COMMITTEES, COMMUNITIES, SCHOOLS, TOWNS, YEAR, County, Org
from county.words import WORDS


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
