"""What must hold of the ledger's papers: numbers that two people claim, places beyond a quota,
scans of forms."""

from collections.abc import Iterator
from decimal import Decimal

from leaguectl.findings import Level
from leaguectl.model import Dispute, Snapshot
from leaguectl.rules.book import Facts, Rule, WholeRule
from leaguectl.rules.policy import Policy

MEGABYTE = Decimal(1 << 20)


def number_disputed(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A number that two people claim is settled between them."""
    for one in registry.all(Dispute):
        if one.settled is not None:
            continue
        slot = registry.numbers.get(one.number)
        holder = slot.person if slot is not None else None
        yield (
            one.number,
            {
                "number": one.number,
                "holder": registry.known_as(holder) if holder is not None else "",
                "claim": one.claim,
                "opened": one.opened,
            },
        )


def admitted_beyond(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """An admission stays within the quota of its organisation; one that a document allowed
    beyond it is named in every report."""
    for one in registry.admissions.values():
        if one.beyond is None:
            continue
        person = registry.persons.get(one.person)
        slot = registry.numbers.get(one.number)
        quota = registry.quotas.get(slot.quota) if slot and slot.quota is not None else None
        owner = registry.organizations.get(quota.organization) if quota else None
        home = registry.organizations.get(one.organization)
        yield (
            f"{person.name if person else f'#{one.person}'} {one.number}",
            {
                "number": one.number,
                "authority": one.beyond,
                "organization": home.name if home else one.organization,
                "owner": owner.name if owner else "",
            },
        )


def form_size(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """The scan of a form is not larger than the files of members may be."""
    for one in registry.forms.values():
        if one.size is None or one.received is None:
            continue
        most = policy.form_on(one.received).megabytes
        if one.size > most * MEGABYTE:
            size = round(one.size / MEGABYTE, 1)
            yield one.serial, {"form": one.serial, "megabytes": size, "most": most}


def form_pages(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """The scan of a form has all its pages and no other."""
    for one in registry.forms.values():
        if one.pages is None or one.received is None:
            continue
        wanted = policy.form_on(one.received).pages
        if wanted and one.pages != wanted:
            yield one.serial, {"form": one.serial, "pages": one.pages, "wanted": wanted}


_SCAN = "新发展团员电子数据库建设操作指引 (2020)"

SCANS: tuple[Rule[WholeRule], ...] = (
    Rule("form-size", form_size, "志愿书扫描件不大于团员文件允许的大小。", _SCAN,
         numbers=("form.megabytes",)),
    Rule("form-pages", form_pages, "志愿书扫描件页数齐全，不多不少。",
         "必须上传12页完整的电子版《入团志愿书》", Level.WARNING, ("form.pages",)),
)  # fmt: skip
"""What a scan is asked where it comes in as well."""

PAPERS: tuple[Rule[WholeRule], ...] = (
    Rule("number-disputed", number_disputed, "两人主张同一编号的，由双方协商办结。",
         "智慧团建 FAQ 情况一: 编号被占用, 协商解决", Level.WARNING),
    Rule("admitted-beyond-quota", admitted_beyond,
         "发展团员不超过本组织名额；经文件批准超出的，每份报告都列出。",
         "充分发挥团员发展指标硬约束作用", Level.WARNING),
    *SCANS,
)  # fmt: skip
