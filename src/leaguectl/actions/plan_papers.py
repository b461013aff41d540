"""Forms and certificates: scans filed, certificates issued, issued again, recalled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from leaguectl.actions.change_set import ChangeSet
from leaguectl.findings import Level
from leaguectl.model import Certificate, RuleSubject, Snapshot
from leaguectl.rules import ENTRY, SCANS, judge, level_of

_CERTIFICATE_RULES = tuple(
    rule for rule in ENTRY if rule.code in ("one-certificate", "certificate-format")
)


@dataclass(frozen=True, slots=True)
class Received:
    """A scan that came in: its file, its digest, its size in bytes, its pages."""

    file: str
    sha256: str
    size: int
    pages: int


# -- forms ---------------------------------------------------------------------------------------


def receive(change_set: ChangeSet, scan: Received, person: int, *, again: bool) -> None:
    """File the scan of somebody's form. Another scan takes the place of one that was filed only
    ``again``; the same scan for two people is refused."""
    registry = change_set.snapshot
    who = registry.known_as(person)
    serial = registry.form_of(person)
    if serial is None:
        change_set.fault("form-none", scan.file, person=who)
        return
    form = registry.forms[serial]
    other = next(
        (one for one in registry.forms.values() if one.sha256 == scan.sha256 and one != form), None
    )
    if other is not None:
        holder = registry.known_as(other.person)
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
    for rule in SCANS:
        level = level_of(rule, change_set.policy)
        for _, facts in rule.check(Snapshot(forms={serial: filed}), change_set.policy):
            if level is not None:
                change_set.fault(rule.code, scan.file, level, **facts)
    change_set.put(form, filed)
    change_set.rows.append(
        {
            "file": scan.file, "form": serial, "name": registry.persons[person].name,
            "pages": scan.pages, "size": scan.size, "sha256": scan.sha256,
        }
    )  # fmt: skip


# -- certificates --------------------------------------------------------------------------------


def issue(change_set: ChangeSet, person: int, serial: str | None, reason: str | None) -> None:
    """Give somebody a certificate: of that serial, else of the development number."""
    registry = change_set.snapshot
    who = registry.known_as(person)
    if (held := registry.certificate_of(person)) is not None:
        change_set.fault("certificate-held", who, person=who, certificate=held)
        return
    serial = serial or registry.number_of(person)
    if serial is None:
        change_set.fault("certificate-which", who, person=who)
        return
    _judge(change_set, person, serial)
    known = registry.certificates.get(serial)
    if known is not None and known.person == person and known.state == "replaced":
        change_set.fault("certificate-replaced", who, certificate=serial)
    if change_set.is_refused:
        return
    if known is not None:  # recalled, and given back
        issued = replace(known, state="valid", issued=change_set.today, reason=reason)
    else:
        issued = Certificate(serial, person, "valid", change_set.today, reason=reason)
    change_set.put(known, issued)
    admission = registry.admission(person)
    if admission is not None and admission.certificate is None:
        change_set.put(admission, replace(admission, certificate=serial))
    _tell(change_set, issued)


def reissue(change_set: ChangeSet, person: int, serial: str | None, reason: str) -> None:
    """Give somebody the certificate again: under its old serial, or under a new one that replaces
    it, as the policy allows."""
    who = change_set.snapshot.known_as(person)
    old = _held(change_set, person)
    if old is None:
        return
    way = change_set.policy.certificate_on(change_set.today).reissue
    if (serial is None and way == "renumber") or (serial is not None and way == "keep"):
        code = "certificate-renumbered" if serial is None else "certificate-kept"
        change_set.fault(code, who, certificate=old.serial)
        return
    if serial is None:
        again = replace(old, issued=change_set.today, copies=old.copies + 1, reason=reason)
        change_set.put(old, again)
        _tell(change_set, again)
        return
    change_set.put(old, replace(old, state="replaced"))
    if (known := change_set.snapshot.certificates.get(serial)) is not None:
        holder = change_set.snapshot.known_as(known.person)
        change_set.fault("one-certificate", who, certificate=serial, holder=holder)
    else:
        _judge(change_set, person, serial)
    new = Certificate(serial, person, "valid", change_set.today, 1, old.serial, reason)
    if not change_set.is_refused:
        change_set.put(None, new)
        _tell(change_set, new)


def recall(change_set: ChangeSet, person: int, reason: str) -> None:
    """Take somebody's certificate back."""
    held = _held(change_set, person)
    if held is not None:
        recalled = replace(held, state="recalled", reason=reason)
        change_set.put(held, recalled)
        _tell(change_set, recalled)


def _held(change_set: ChangeSet, person: int) -> Certificate | None:
    serial = change_set.snapshot.certificate_of(person)
    if serial is None:
        who = change_set.snapshot.known_as(person)
        change_set.fault("certificate-none", who, person=who)
        return None
    return change_set.snapshot.certificates[serial]


def _judge(change_set: ChangeSet, person: int, serial: str) -> None:
    """Ask the rules of entry that are about certificates."""
    case = RuleSubject(
        person=change_set.snapshot.persons[person], organization="", joined=change_set.today,
        number=change_set.snapshot.number_of(person), form=None, certificate=serial,
    )  # fmt: skip
    for verdict in judge(case, change_set.snapshot, change_set.policy, _CERTIFICATE_RULES):
        facts: Mapping[str, object] = verdict.facts
        change_set.fault(
            verdict.code, change_set.snapshot.known_as(person), Level(verdict.level), **facts
        )


def _tell(change_set: ChangeSet, certificate: Certificate) -> None:
    change_set.rows.append(
        {
            "name": change_set.snapshot.persons[certificate.person].name,
            "certificate": certificate.serial, "state": certificate.state,
            "issued": certificate.issued, "copies": certificate.copies,
            "replaces": certificate.replaces, "reason": certificate.reason,
        }
    )  # fmt: skip
