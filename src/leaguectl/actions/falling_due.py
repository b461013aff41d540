"""What falls due: found, and written as a calendar."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from leaguectl.actions import Request
from leaguectl.actions.identify import organization_code
from leaguectl.actions.policies import policy_in
from leaguectl.findings import NotFound, UsageError
from leaguectl.reports.due import KINDS, Due, Kind, due
from leaguectl.store.reading import open_reader

__all__ = ["Due", "Kind", "falling_due", "write_calendar"]


def falling_due(
    request: Request, within: int, org: str | None = None, kinds: Sequence[str] = ()
) -> list[tuple[Kind, Due]]:
    """All that falls due within so many days from today, and what is overdue.

    :raises UsageError: there is no such kind.
    :raises NotFound: there is no such organisation, or no registry.
    """
    known = {kind.name.removeprefix("due-"): kind.name for kind in KINDS}
    if unknown := [one for one in kinds if one not in known]:
        raise UsageError("due-unknown", kinds=unknown, known=list(known))
    until = request.today + timedelta(days=within)
    with open_reader(request.location) as reader:
        code = organization_code(reader, org)
        chosen = [known[one] for one in kinds]
        return due(reader, policy_in(reader), request.today, until, code, chosen)


def write_calendar(
    request: Request, found: Sequence[tuple[Kind, Due]], words: Sequence[tuple[str, str]],
    name: str, out: Path,
) -> None:  # fmt: skip
    """Write a calendar file with a day for each thing that falls due, whole or not at all;
    ``words`` are the heading and the text of each.

    :raises NotFound: the file cannot be written.
    """
    from leaguectl.calendars import Entry, calendar_of
    from leaguectl.workbooks.files import write_whole

    if not out.parent.is_dir():
        raise NotFound("file-not-written", file=str(out), detail="")
    entries = [
        Entry(one.id, one.day, heading, text)
        for (_, one), (heading, text) in zip(found, words, strict=True)
    ]
    write_whole(calendar_of(entries, name, request.today), out)
