"""What can refuse one admission: the person, the place, the number, and all steps of the case."""

from collections.abc import Iterator

from leaguectl.findings import Level
from leaguectl.model import RuleSubject, Snapshot, is_known
from leaguectl.rules.book import CaseRule, Facts, Rule, recorded
from leaguectl.rules.meeting import MEETING
from leaguectl.rules.policy import Policy
from leaguectl.rules.procedure import PROCEDURE


def one_person(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """A person is admitted once, and nobody is admitted who is a member already."""
    this = recorded(case)
    before = registry.admission(case.person.id)
    if before is not None and before.id != this.id:
        yield "id_number", {"person": case.person.name, "admitted": before.meeting}
        return
    membership = registry.membership(case.person.id)
    if membership is None or membership.left is not None or membership.joined is None:
        return
    by_month = membership.joined_precision == "month"
    is_candidate = not is_known(this.meeting)
    if is_candidate or membership.joined != (
        this.meeting.replace(day=1) if by_month else this.meeting
    ):
        yield "id_number", {"person": case.person.name, "joined": membership.joined}


def number_in_block(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """A number lies in the block of the organisation, or in the nearest block above it."""
    if case.number is None:
        return
    slot = registry.numbers.get(case.number)
    year = int(case.number[:4]) if case.number[:4].isdigit() else recorded(case).meeting.year
    own = registry.places_for(case.organization, year)
    if slot is not None and slot.quota in {quota.id for quota in own}:
        return
    owner = registry.quotas.get(slot.quota) if slot is not None and slot.quota else None
    if (
        slot is not None
        and owner is not None
        and (slot.person == case.person.id or recorded(case).beyond)
        and registry.is_below(case.organization, owner.organization)
    ):
        return  # taken before a nearer organisation got its own block, or by a document beyond it
    holder = registry.organizations.get(owner.organization) if owner else None
    yield (
        "number",
        {
            "number": case.number,
            "owner": holder.name if holder else "",
            "blocks": ", ".join(f"{quota.first}-{quota.last}" for quota in own),
        },
    )


def certificate_given(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Whoever is admitted gets a certificate."""
    if case.number is not None and case.certificate is None:
        yield "certificate", {"person": case.person.name}


def place_left(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """An admission takes a place that its organisation's quota has left; so used never exceeds
    places, at any level of the tree, since a place below is a place taken out of the one above."""
    if case.number is not None:
        return  # the number is the place; whether it is theirs and free, other rules ask
    year = recorded(case).meeting.year
    quotas = registry.places_for(case.organization, year)
    if not quotas:
        yield "organization", {"year": year, "places": 0, "holder": ""}
    elif registry.free_slot(quotas) is None:
        if recorded(case).beyond and registry.places_beyond(case.organization, year):
            return  # a document allows it, and a place above is free
        tallies = [registry.tallies[quota.id] for quota in quotas]
        yield (
            "organization",
            {
                "year": year,
                "holder": registry.organizations[quotas[0].organization].name,
                "places": sum(quota.places for quota in quotas),
                "used": sum(tally["used"] for tally in tallies),
                "void": sum(tally["void"] for tally in tallies),
                "below": sum(quota.places for quota in quotas)
                - sum(sum(tally.values()) for tally in tallies),
            },
        )


GATE: tuple[Rule[CaseRule], ...] = (
    Rule("one-person", one_person, "一人只发展一次，已是团员的不得再次发展。",
         "一人一号; 已有团员信息的不得再次发展"),
    Rule("number-in-block", number_in_block,
         "编号须在本组织的号段内，本组织没有号段的，在最近上级的号段内。",
         "编号随计划逐级下达; 智慧团建 FAQ 情况三: 号段不对"),
    Rule("certificate-given", certificate_given, "发展入团的都发团员证。", "一人一证",
         Level.WARNING),
    Rule("place-left", place_left,
         "发展一人占用本组织一个名额，任何一级的已用名额都不超过计划。",
         "充分发挥团员发展指标硬约束作用"),
    *PROCEDURE,
    *MEETING,
)  # fmt: skip
