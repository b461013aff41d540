"""Forms and certificates: scans received, certificates issued, issued again, recalled."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from leaguectl import scans
from leaguectl.findings import Finding, LeagueError, NotFound, Usage
from leaguectl.operations import Request
from leaguectl.operations.acting import Done, act
from leaguectl.operations.identify import identify_person
from leaguectl.plan import papers as plan
from leaguectl.plan.deed import Deed
from leaguectl.registry import Wanted
from leaguectl.rules import Policy, load
from leaguectl.store.reading import open_reader

Scans = list[tuple[plan.Received, int]]


def receive(request: Request, paths: Sequence[Path], who: str | None) -> Done:
    """File scans of forms: one for ``who``, or each for the person whose number stands in its
    file's name; a folder is all its PDF files. All of them, or none.

    :raises Usage: there is no file, or several for one person.
    :raises NotFound: a file or the person is not there.
    """
    files = [one for path in paths for one in _files(path)]
    if not files or (who is not None and len(files) > 1):
        raise Usage("scan-nothing" if not files else "scan-one-person")
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
    wanted = Wanted(people={of for _, of in looked}, scans={scan.sha256 for scan, _ in looked})

    def planned(deed: Deed) -> None:
        deed.findings += findings
        for scan, of in looked:
            plan.receive(deed, scan, of, again=bool(request.reason))

    return act(request, wanted, planned)


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


def issue(request: Request, who: str, serial: str | None) -> Done:
    """Give somebody a certificate."""
    return _certificate(
        request, who, serial,
        lambda deed, person: plan.issue(deed, person, serial, request.reason),
    )  # fmt: skip


def reissue(request: Request, who: str, serial: str | None) -> Done:
    """Give somebody the certificate again.

    :raises Usage: no reason is given.
    """
    if not (reason := request.reason):
        raise Usage("reissue-needs-reason")
    return _certificate(
        request, who, serial, lambda deed, person: plan.reissue(deed, person, serial, reason)
    )


def recall(request: Request, who: str) -> Done:
    """Take somebody's certificate back.

    :raises Usage: no reason or no document is given.
    """
    if not (reason := request.reason) or not request.authority:
        raise Usage("recall-needs-document")
    return _certificate(request, who, None, lambda deed, person: plan.recall(deed, person, reason))


def _certificate(
    request: Request, who: str, serial: str | None, planned: Callable[[Deed, int], None]
) -> Done:
    person = _person(request, who)
    wanted = Wanted(people={person}, certificates={serial} if serial else set())
    return act(request, wanted, lambda deed: planned(deed, person))


def _person(request: Request, who: str) -> int:
    with open_reader(request.location) as reader:
        return identify_person(reader, who)


def _policy(request: Request) -> Policy:
    with open_reader(request.location) as reader:
        found = reader.rows("SELECT value FROM setting WHERE key = 'policy'")
    return load(found[0][0] if found else None)
