"""Quotas: set, lowered, moved; each through the planner of the sheet, in one operation."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.batch import row_from_options, with_near_names
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Refused
from leaguectl.kinds.batch import Item, PlanOptions
from leaguectl.kinds.blocks import move
from leaguectl.kinds.parsing import read
from leaguectl.kinds.planning import keys_of, plan_rows
from leaguectl.kinds.quotas import QuotaLine
from leaguectl.model import Change, Dispute, Keys, NewRows, Quota, one_by_one
from leaguectl.store.reading import open_reader

_OPTIONS = {
    "year": "YEAR",
    "organization": "ORGANIZATION",
    "places": "PLACES",
    "first": "--first",
    "last": "--last",
    "authority": "--authority",
}
"""The names of a quota's fields on the command line."""


def set_quota(request: Request, values: Mapping[str, Any]) -> Outcome[None]:
    """Set a quota. The rows of the outcome are the blocks that change, with their places before
    and after.

    Without a block: the new total of the organisation; missing places are split off above, surplus
    unused places go back up. With a block: an additional block. A fault in a value names its
    option.
    """
    row = row_from_options(QuotaLine, values, _OPTIONS)
    line, faults = read(QuotaLine, row)
    item = Item(line, row, faults)
    keys = keys_of([item])
    keys.whole.add(Dispute)  # a disputed number is not split off

    def plan(change_set: ChangeSet) -> None:
        planned = plan_rows(
            [item], change_set.snapshot, change_set.policy, PlanOptions(setting=True)
        )
        change_set.findings += planned.findings
        change_set.changes += planned.changes
        _answer(change_set)

    outcome = run(request, keys, plan)
    return replace(outcome, findings=with_near_names(outcome.findings, request.location))


def move_quota(request: Request, year: int, source: str, target: str, places: int) -> Outcome[None]:
    """Move unused places from one organisation to another, through the quota above both. The rows
    of the outcome are the blocks that change.

    :raises NotFound: there is no such organisation, or no quota of the year.
    """
    with open_reader(request.location) as reader:
        codes = [identify_organization(reader, text) for text in (source, target)]
    keys = Keys(organizations={*codes}, years={year}, whole_blocks=True, whole={Dispute})

    def plan(change_set: ChangeSet) -> None:
        if codes[0] == codes[1] or places < 1:
            raise Refused("quota-move-nothing")
        snapshot = change_set.snapshot
        ends = [snapshot.organizations[code] for code in codes]
        # ``move`` applies its own changes, so they are not put a second time.
        change_set.changes += move(snapshot, year, ends[0], ends[1], places, request.authority)
        _answer(change_set)

    return run(request, keys, plan)


def _answer(change_set: ChangeSet) -> None:
    """Answer with each quota that changes."""
    ends = _first_and_last(change_set.changes)
    change_set.counts = {"quotas": len(ends)}
    organizations = change_set.snapshot.organizations
    for before, after in ends.values():
        if (quota := after or before) is not None:
            change_set.answer(
                organization=organizations[quota.organization].name,
                code=quota.organization,
                year=quota.year,
                first=quota.first,
                last=quota.last,
                places=after.places if after else 0,
                before=before.places if before else 0,
                authority=quota.authority,
            )
    change_set.rows.sort(key=lambda row: (row["first"], -row["places"]))


def _first_and_last(
    changes: Iterable[Change | NewRows],
) -> dict[int, tuple[Quota | None, Quota | None]]:
    """Each quota that changes, at the beginning and at the end: on its way a block passes through
    every organisation in between."""
    ends: dict[int, tuple[Any, Any]] = {}
    for change in one_by_one(changes):
        if change.entity is Quota:
            before, _ = ends.get(change.key, (change.before, None))
            ends[change.key] = (before, change.after)
    return {key: pair for key, pair in ends.items() if pair != (None, None)}
