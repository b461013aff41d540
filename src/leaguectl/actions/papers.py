"""Forms and certificates: scans of forms received, certificates issued, issued again, recalled."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from leaguectl import scans
from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization, identify_person
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Finding, LeagueError, Level, NotFound, UsageError
from leaguectl.kinds.papers import names_in, only_serial, was_never_member
from leaguectl.kinds.parsing import typed_value
from leaguectl.model import Certificate, Keys, RuleSubject, Snapshot
from leaguectl.model.days import as_known
from leaguectl.names import readable
from leaguectl.reports.predicates import is_member_on
from leaguectl.reports.query import BELOW
from leaguectl.reports.rulebook import policy_in
from leaguectl.rules import ENTRY, SCANS, judge, level_of
from leaguectl.store.reading import Reader, open_reader

_CERTIFICATE_RULES = tuple(
    rule for rule in ENTRY if rule.code in ("one-certificate", "certificate-format")
)
_MEGABYTE = 1 << 20
_BEARERS = f"""{BELOW}
    SELECT DISTINCT person.id FROM person JOIN form ON form.person = person.id
    JOIN membership ON membership.person = person.id
    WHERE person.name = :name AND membership.organization IN (SELECT code FROM below)
"""  # noqa: S608
"""People of a name who have a form, and are or were members there."""

_MEMBERS = f"""{BELOW}
    SELECT DISTINCT membership.person FROM membership
    WHERE membership.organization IN (SELECT code FROM below) AND {is_member_on(day=":day")}
    ORDER BY membership.person
"""  # noqa: S608
"""Members there on a day."""


@dataclass(frozen=True, slots=True)
class Received:
    """A received scan: its file, digest, size in bytes, pages, and the person of the form."""

    file: str
    sha256: str
    size: int
    pages: int
    person: int


# -- scans of forms ------------------------------------------------------------------------------


def receive(
    request: Request, paths: Sequence[Path], who: str | None, org: str | None = None, *,
    valid_only: bool = False,
) -> Outcome[None]:  # fmt: skip
    """File scans of forms: one for ``who``, or each for the person whose number is in its file's
    name, or whose name is, if only one person in ``org`` and below has it; a folder stands for all
    PDF files in it and below. All of them, or none unless ``valid_only``.

    :raises UsageError: there is no file, or several for one person.
    :raises NotFound: a file or the person is not there.
    """
    files = [file for path in paths for file in _files(path)]
    if not files or (who is not None and len(files) > 1):
        raise UsageError("scan-nothing" if not files else "scan-one-person")
    received: list[Received] = []
    faults: list[Finding] = []
    with open_reader(request.location) as reader:
        person = identify_person(reader, who) if who is not None else None
        home = None if org is None else identify_organization(reader, org)
        largest = int(policy_in(reader).form_on(request.today).megabytes * _MEGABYTE)
        for path in files:
            try:
                scan = scans.look(path, largest)
                bearer = person if person is not None else _named_in(reader, path, home)
            except LeagueError as error:
                # A mistyped path ends the command; a bad scan is only a finding.
                if error.code == "file-not-found":
                    raise
                faults.append(Finding(error.code, error.facts, subject=readable(path.name)))
            else:
                received.append(Received(scan.file, scan.sha256, scan.size, scan.pages, bearer))
    keys = Keys(people={scan.person for scan in received}, scans={scan.sha256 for scan in received})

    def plan(change_set: ChangeSet) -> None:
        change_set.findings += faults
        change_set.skips_faulty = valid_only
        for scan in received:
            _file(change_set, scan, again=bool(request.reason))

    return run(request, keys, plan)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = (file for file in path.rglob("*") if file.suffix.lower() == ".pdf")
        # A dot hides files that a system keeps next to a file of that name.
        return sorted(file for file in found if file.is_file() and not file.name.startswith("."))
    return [path]


def _named_in(reader: Reader, path: Path, home: str | None) -> int:
    """The person whose number is in the file's name, else whose name is, among those with a form in
    ``home`` and below. Numbers of former years had up to 16 digits."""
    for digits in re.findall(r"[0-9]{12,16}", path.stem):
        sql = "SELECT person FROM number WHERE number = :number AND person IS NOT NULL"
        if rows := reader.rows(sql, {"number": digits}):
            return int(rows[0][0])
    if home is None:
        raise NotFound("scan-of-nobody", file=readable(path.name))
    people = {
        int(row[0])
        for name in names_in(path.stem)
        for row in reader.rows(_BEARERS, {"org": home, "name": name})
    }
    if len(people) != 1:
        code = "scan-of-several" if people else "scan-of-nobody"
        raise NotFound(code, file=readable(path.name), organization=home)
    return people.pop()


def _file(change_set: ChangeSet, scan: Received, *, again: bool) -> None:
    """File the scan of somebody's form. A different scan replaces a filed one only with ``again``;
    the same scan for two people is refused."""
    snapshot = change_set.snapshot
    who = snapshot.known_as(scan.person)
    serial = snapshot.form_of(scan.person)
    if serial is None:
        change_set.fault("form-none", scan.file, person=who)
        return
    form = snapshot.forms[serial]
    same_scan = (other for other in snapshot.forms.values() if other.sha256 == scan.sha256)
    if other := next((other for other in same_scan if other != form), None):
        holder = snapshot.known_as(other.person)
        change_set.fault("scan-of-another", scan.file, form=other.serial, holder=holder)
        return
    if form.sha256 == scan.sha256:
        return
    if form.sha256 is not None and not again:
        change_set.fault("form-filed", scan.file, form=serial, person=who, received=form.received)
        return
    filed = replace(
        form, received=change_set.today, sha256=scan.sha256, size=scan.size, pages=scan.pages
    )
    # These rules only look at forms, so a snapshot of this form is all that they need.
    is_allowed = True
    for rule in SCANS:
        level = level_of(rule, change_set.policy)
        for _, facts in rule.check(Snapshot(records=[filed]), change_set.policy):
            if level is not None:
                change_set.fault(rule.code, scan.file, level, **facts)
                is_allowed &= level is not Level.ERROR
    if not is_allowed:
        return
    change_set.put(form, filed)
    change_set.answer(
        file=scan.file,
        form=serial,
        name=snapshot.persons[scan.person].name,
        pages=scan.pages,
        size=scan.size,
        sha256=scan.sha256,
    )


# -- certificates --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bearers:
    """The people concerned: those named, or all members of an organisation and everything below it
    (``org``)."""

    named: Sequence[str] = ()
    org: str | None = None

    @property
    def are_many(self) -> bool:
        """Whether there may be more than one."""
        return self.org is not None or len(self.named) > 1

    def people(self, reader: Reader, today: date) -> list[int]:
        """Who they are, each once.

        :raises NotFound: nobody is meant, or several are.
        """
        if self.org is None:
            return list(dict.fromkeys(identify_person(reader, who) for who in self.named))
        parameters = {"org": identify_organization(reader, self.org), "day": today.isoformat()}
        return [person for (person,) in reader.rows(_MEMBERS, parameters)]


def issue(
    request: Request, bearers: Bearers, serial: str | None, day: date | None = None
) -> Outcome[None]:
    """Issue certificates: with that serial, else with the development number; on ``day``, else
    today. For a certificate whose day is unknown (from an admission), record the day. Members of an
    organisation who already hold one with its day are skipped; those without a number are listed.

    :raises UsageError: the serial cannot be one, or is to be that of several people.
    :raises NotFound: nobody is meant, or several are.
    """

    def plan(change_set: ChangeSet, person: int, serial: str | None) -> None:
        if bearers.org is None or _lacks_certificate(change_set, person):
            _issue(change_set, person, serial, request.reason)

    return _run(request, bearers, serial, plan, day)


def _lacks_certificate(change_set: ChangeSet, person: int) -> bool:
    """Whether a certificate can be issued, or the day of theirs recorded; a warning if they hold
    none and have no number to use as its serial."""
    snapshot = change_set.snapshot
    if (held := snapshot.certificate_of(person)) is not None:
        return change_set.day is not None and snapshot.certificates[held].issued is None
    if snapshot.number_of(person) is None:
        who = snapshot.known_as(person)
        change_set.fault("certificate-which", who, Level.WARNING, person=who)
        return False
    return True


def reissue(
    request: Request, bearers: Bearers, serial: str | None, day: date | None = None
) -> Outcome[None]:
    """Issue certificates again: each under its old serial, or under a new serial that replaces it,
    as the policy allows. Members of an organisation who hold none are skipped.

    :raises UsageError: no reason is given, or the serial cannot be one or is for several people.
    :raises NotFound: nobody is meant, or several are.
    """
    if not (reason := request.reason):
        raise UsageError("reissue-needs-reason")

    def plan(change_set: ChangeSet, person: int, serial: str | None) -> None:
        if bearers.org is None or change_set.snapshot.certificate_of(person) is not None:
            _reissue(change_set, person, serial, reason)

    return _run(request, bearers, serial, plan, day)


def recall(request: Request, who: str) -> Outcome[None]:
    """Take somebody's certificate back.

    :raises UsageError: no reason or no document is given.
    :raises NotFound: nobody is meant, or several are.
    """
    if not (reason := request.reason) or not request.authority:
        raise UsageError("recall-needs-document")

    def plan(change_set: ChangeSet, person: int, _: str | None) -> None:
        if (held := _held(change_set, person)) is not None:
            recalled = replace(held, state="recalled", reason=reason)
            change_set.put(held, recalled)
            _answer(change_set, recalled)

    return _run(request, Bearers([who]), None, plan)


def _run(
    request: Request,
    bearers: Bearers,
    text: str | None,
    plan: Callable[[ChangeSet, int, str | None], None],
    day: date | None = None,
) -> Outcome[None]:
    """Run with each of the people and the serial, typed as a cell of a sheet; the day of the change
    is ``day``, else today."""
    if text is not None and bearers.are_many:
        raise UsageError("serial-of-one")
    serial = typed_value(only_serial, "certificate", text) if text is not None else None
    with open_reader(request.location) as reader:
        people = bearers.people(reader, request.today)
    keys = Keys(people=set(people), certificates={serial} if serial else set())

    def on_its_day(change_set: ChangeSet) -> None:
        change_set.day = day
        for person in people:
            who = change_set.snapshot.known_as(person)
            if day is None or change_set.has_happened(who, day):
                plan(change_set, person, serial)

    return run(request, keys, on_its_day)


def _issue(change_set: ChangeSet, person: int, serial: str | None, reason: str | None) -> None:
    snapshot = change_set.snapshot
    who = snapshot.known_as(person)
    if (held := snapshot.certificate_of(person)) is not None:
        given = snapshot.certificates[held]
        is_open = given.issued is None or reason  # a day is corrected only with a reason
        if change_set.day is None or not is_open or serial not in (None, held):
            change_set.fault("certificate-held", who, person=who, certificate=held)
        else:
            issued = replace(given, issued=change_set.day, issued_precision="day")
            _put_issued(change_set, given, issued)
        return
    serial = serial or snapshot.number_of(person)
    if serial is None:
        change_set.fault("certificate-which", who, person=who)
        return
    _judge(change_set, person, serial)
    before = snapshot.certificates.get(serial)
    if before is not None and before.person == person and before.state == "replaced":
        change_set.fault("certificate-replaced", who, certificate=serial)
    if change_set.is_refused:
        return
    day = change_set.day or change_set.today
    if before is not None:  # recalled, and given back
        issued = replace(before, state="valid", issued=day, issued_precision="day", reason=reason)
    else:
        issued = Certificate(serial, person, "valid", day, reason=reason)
    _put_issued(change_set, before, issued)
    if (marked := snapshot.paper_state_of(person, "certificate")) is not None:
        change_set.put(marked, None)  # its serial is known from now on
    admission = snapshot.admission(person)
    if admission is not None and admission.certificate is None:
        change_set.put(admission, replace(admission, certificate=serial))


def _put_issued(change_set: ChangeSet, before: Certificate | None, issued: Certificate) -> None:
    """Record a certificate with its day of issue, which must be after the approval."""
    change_set.put(before, issued)
    admission = change_set.snapshot.admission(issued.person)
    if admission is not None and issued.issued is not None and issued.issued < admission.approved:
        facts = {"certificate": issued.serial, "issued": issued.issued}
        who = change_set.snapshot.known_as(issued.person)
        change_set.fault(
            "certificate-early", who, Level.WARNING, **facts, approved=admission.approved
        )
    _answer(change_set, issued)


def _reissue(change_set: ChangeSet, person: int, serial: str | None, reason: str) -> None:
    who = change_set.snapshot.known_as(person)
    old = _held(change_set, person)
    if old is None:
        return
    day = change_set.day or change_set.today
    way = change_set.policy.certificate_on(day).reissue
    if (serial is None and way == "renumber") or (serial is not None and way == "keep"):
        code = "certificate-renumbered" if serial is None else "certificate-kept"
        change_set.fault(code, who, certificate=old.serial)
        return
    if serial is None:
        copies = old.copies + 1
        again = replace(old, issued=day, issued_precision="day", copies=copies, reason=reason)
        change_set.put(old, again)
        _answer(change_set, again)
        return
    # The old certificate is removed first: otherwise the rules would find two.
    change_set.put(old, replace(old, state="replaced"))
    if (existing := change_set.snapshot.certificates.get(serial)) is not None:
        holder = change_set.snapshot.known_as(existing.person)
        change_set.fault("one-certificate", who, certificate=serial, holder=holder)
    else:
        _judge(change_set, person, serial)
    if not change_set.is_refused:
        new = Certificate(serial, person, "valid", day, 1, old.serial, reason)
        change_set.put(None, new)
        _answer(change_set, new)


def _held(change_set: ChangeSet, person: int) -> Certificate | None:
    """The certificate that somebody holds; a fault where they hold none."""
    serial = change_set.snapshot.certificate_of(person)
    if serial is None:
        who = change_set.snapshot.known_as(person)
        change_set.fault("certificate-none", who, person=who)
        return None
    return change_set.snapshot.certificates[serial]


def _judge(change_set: ChangeSet, person: int, serial: str) -> None:
    """Judge by the rules of entry about certificates, which nobody has who never was a member."""
    snapshot = change_set.snapshot
    if was_never_member(person, snapshot):
        change_set.fault("member-never", snapshot.known_as(person))
    subject = RuleSubject(
        person=snapshot.persons[person],
        organization="",
        joined=change_set.today,
        number=snapshot.number_of(person),
        form=None,
        certificate=serial,
    )
    for verdict in judge(subject, snapshot, change_set.policy, _CERTIFICATE_RULES):
        facts: Mapping[str, object] = verdict.facts
        change_set.fault(verdict.code, snapshot.known_as(person), Level(verdict.level), **facts)


def _answer(change_set: ChangeSet, certificate: Certificate) -> None:
    change_set.answer(
        name=change_set.snapshot.persons[certificate.person].name,
        certificate=certificate.serial,
        state=certificate.state,
        issued=as_known(certificate.issued, certificate.issued_precision),
        copies=certificate.copies,
        replaces=certificate.replaces,
        reason=certificate.reason,
    )
