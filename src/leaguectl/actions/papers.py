"""Forms and certificates: scans received, certificates issued, issued again, recalled."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from leaguectl import scans
from leaguectl.actions import Request
from leaguectl.actions import plan_papers as plan
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_person
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Finding, LeagueError, NotFound, UsageError
from leaguectl.model import Keys
from leaguectl.rules import Policy, load
from leaguectl.store.reading import open_reader

Scans = list[tuple[plan.Received, int]]


def receive(request: Request, paths: Sequence[Path], who: str | None) -> Outcome[None]:
    """File scans of forms: one for ``who``, or each for the person whose number stands in its
    file's name; a folder is all its PDF files. All of them, or none.

    :raises UsageError: there is no file, or several for one person.
    :raises NotFound: a file or the person is not there.
    """
    files = [one for path in paths for one in _files(path)]
    if not files or (who is not None and len(files) > 1):
        raise UsageError("scan-nothing" if not files else "scan-one-person")
    person = _person(request, who) if who is not None else None
    most = int(_policy(request).form_on(request.today).megabytes * (1 << 20))
    looked: Scans = []
    findings: list[Finding] = []
    for path in files:
        try:
            seen = scans.look(path, most)
            of = person if person is not None else _named_in(request, path)
            looked.append((plan.Received(seen.file, seen.sha256, seen.size, seen.pages), of))
        except LeagueError as error:
            if isinstance(error, NotFound) and error.code == "file-not-found":
                raise
            findings.append(Finding(error.code, error.facts, subject=path.name))
    wanted = Keys(people={of for _, of in looked}, scans={scan.sha256 for scan, _ in looked})

    def planned(change_set: ChangeSet) -> None:
        change_set.findings += findings
        for scan, of in looked:
            plan.receive(change_set, scan, of, again=bool(request.reason))

    return run(request, wanted, planned)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(one for one in path.iterdir() if one.suffix.lower() == ".pdf")
    return [path]


def _named_in(request: Request, path: Path) -> int:
    """Whose number stands in the file's name."""
    for digits in re.findall(r"[0-9]{12,16}", path.stem):
        with open_reader(request.location) as reader:
            sql = "SELECT person FROM number WHERE number = :n AND person IS NOT NULL"
            if found := reader.rows(sql, {"n": digits}):
                return int(found[0][0])
    raise NotFound("scan-of-nobody", file=path.name)


def issue(request: Request, who: str, serial: str | None) -> Outcome[None]:
    """Give somebody a certificate."""
    return _certificate(
        request, who, serial,
        lambda change_set, person: plan.issue(change_set, person, serial, request.reason),
    )  # fmt: skip


def reissue(request: Request, who: str, serial: str | None) -> Outcome[None]:
    """Give somebody the certificate again.

    :raises UsageError: no reason is given.
    """
    if not (reason := request.reason):
        raise UsageError("reissue-needs-reason")
    return _certificate(
        request,
        who,
        serial,
        lambda change_set, person: plan.reissue(change_set, person, serial, reason),
    )


def recall(request: Request, who: str) -> Outcome[None]:
    """Take somebody's certificate back.

    :raises UsageError: no reason or no document is given.
    """
    if not (reason := request.reason) or not request.authority:
        raise UsageError("recall-needs-document")
    return _certificate(
        request, who, None, lambda change_set, person: plan.recall(change_set, person, reason)
    )


def _certificate(
    request: Request, who: str, serial: str | None, planned: Callable[[ChangeSet, int], None]
) -> Outcome[None]:
    person = _person(request, who)
    wanted = Keys(people={person}, certificates={serial} if serial else set())
    return run(request, wanted, lambda change_set: planned(change_set, person))


def _person(request: Request, who: str) -> int:
    with open_reader(request.location) as reader:
        return identify_person(reader, who)


def _policy(request: Request) -> Policy:
    with open_reader(request.location) as reader:
        found = reader.rows("SELECT value FROM setting WHERE key = 'policy'")
    return load(found[0][0] if found else None)
