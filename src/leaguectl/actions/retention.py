"""The end of keeping: personal values of people who were refused, withdrew or left are erased when
the policy says so."""

from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_person, organization_code
from leaguectl.actions.work import Outcome, run_within
from leaguectl.findings import UsageError
from leaguectl.model import Keys
from leaguectl.reports.retention import erasable, kept
from leaguectl.store.reading import open_reader
from leaguectl.store.transaction import Transaction

_ENDED = {"candidate": "refused or withdrawn", "member": "left the League"}


def erase(request: Request, who: str | None, org: str | None) -> Outcome[None]:
    """Take the personal values of one person, or (``who`` None) of all who are due in an
    organisation and below it, out of rows, history and texts. Nothing brings them back.

    :raises UsageError: no reason is given.
    :raises NotFound: nobody is meant, or several are.
    """
    if not request.reason:
        raise UsageError("reason-needed")
    with open_reader(request.location) as reader:
        person = None if who is None else identify_person(reader, who)
        above = organization_code(reader, org)

    def plan(change_set: ChangeSet, transaction: Transaction) -> None:
        today, policy = change_set.today, change_set.policy
        if person is None:
            rows = erasable(transaction, policy, today, today, above)
        else:
            rows = kept(transaction, policy, today, person=person)
            if not rows:
                change_set.fault("erase-done", f"#{person}")
        for row in rows:
            _ask(change_set, row)
        if change_set.is_refused or not rows:
            return
        change_set.erased = [row["id"] for row in rows]
        change_set.is_recorded = True
        change_set.sources = [{"erased": " ".join(f"#{each}" for each in change_set.erased)}]
        change_set.counts = {"people": len(rows)}

    return run_within(request, Keys(), plan)


def _ask(change_set: ChangeSet, row: dict[str, Any]) -> None:
    """A fault where the policy keeps them still; else the row of the answer."""
    who, number = f"{row['name']} #{row['id']}", f"{row['kind']}_years"
    facts = {"ended": _ENDED[row["kind"]], "number": number}
    if row["held"] is not None:
        change_set.fault("erase-held", who, held=row["held"])
    elif row["since"] is None:
        change_set.fault("erase-no-term", who)
    elif row["due"] is None:
        change_set.fault("erase-kept", who, **facts)
    elif row["due"] > change_set.today:
        change_set.fault("erase-not-due", who, due=row["due"], years=row["years"], **facts)
    change_set.answer(
        id=row["id"],
        name=row["name"],
        organization=row["organization"],
        ended=row["since"],
        kept_until=row["due"],
    )
