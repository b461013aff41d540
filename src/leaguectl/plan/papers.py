"""Forms and certificates: scans filed, certificates issued, issued again, recalled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from leaguectl.findings import Level
from leaguectl.plan.deed import Deed
from leaguectl.registry import Case, Certificate, Registry
from leaguectl.rules import ENTRY, judge
from leaguectl.rules.book import level_of
from leaguectl.rules.papers import SCANS

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


def receive(deed: Deed, scan: Received, person: int, *, again: bool) -> None:
    """File the scan of somebody's form. Another scan takes the place of one that was filed only
    ``again``; the same scan for two people is refused."""
    registry = deed.registry
    who = registry.known_as(person)
    serial = registry.form_of(person)
    if serial is None:
        deed.fault("form-none", scan.file, person=who)
        return
    form = registry.forms[serial]
    other = next(
        (one for one in registry.forms.values() if one.sha256 == scan.sha256 and one != form), None
    )
    if other is not None:
        holder = registry.known_as(other.person)
        deed.fault("scan-of-another", scan.file, form=other.serial, holder=holder)
        return
    if form.sha256 == scan.sha256:
        return
    if form.sha256 is not None and not again:
        deed.fault("form-filed", scan.file, form=serial, person=who, received=form.received)
        return
    filed = replace(form, received=deed.today, sha256=scan.sha256, size=scan.size, pages=scan.pages)
    for rule in SCANS:
        level = level_of(rule, deed.policy)
        for _, facts in rule.ask(Registry(forms={serial: filed}), deed.policy):
            if level is not None:
                deed.fault(rule.code, scan.file, level, **facts)
    deed.put(form, filed)
    deed.rows.append(
        {
            "file": scan.file, "form": serial, "name": registry.persons[person].name,
            "pages": scan.pages, "size": scan.size, "sha256": scan.sha256,
        }
    )  # fmt: skip


# -- certificates --------------------------------------------------------------------------------


def issue(deed: Deed, person: int, serial: str | None, reason: str | None) -> None:
    """Give somebody a certificate: of that serial, else of the development number."""
    registry = deed.registry
    who = registry.known_as(person)
    if (held := registry.certificate_of(person)) is not None:
        deed.fault("certificate-held", who, person=who, certificate=held)
        return
    serial = serial or registry.number_of(person)
    if serial is None:
        deed.fault("certificate-which", who, person=who)
        return
    _judge(deed, person, serial)
    known = registry.certificates.get(serial)
    if known is not None and known.person == person and known.state == "replaced":
        deed.fault("certificate-replaced", who, certificate=serial)
    if deed.is_refused:
        return
    if known is not None:  # recalled, and given back
        issued = replace(known, state="valid", issued=deed.today, reason=reason)
    else:
        issued = Certificate(serial, person, "valid", deed.today, reason=reason)
    deed.put(known, issued)
    admission = registry.admission(person)
    if admission is not None and admission.certificate is None:
        deed.put(admission, replace(admission, certificate=serial))
    _tell(deed, issued)


def reissue(deed: Deed, person: int, serial: str | None, reason: str) -> None:
    """Give somebody the certificate again: under its old serial, or under a new one that replaces
    it, as the policy allows."""
    who = deed.registry.known_as(person)
    old = _held(deed, person)
    if old is None:
        return
    way = deed.policy.certificate_on(deed.today).reissue
    if (serial is None and way == "renumber") or (serial is not None and way == "keep"):
        code = "certificate-renumbered" if serial is None else "certificate-kept"
        deed.fault(code, who, certificate=old.serial)
        return
    if serial is None:
        again = replace(old, issued=deed.today, copies=old.copies + 1, reason=reason)
        deed.put(old, again)
        _tell(deed, again)
        return
    deed.put(old, replace(old, state="replaced"))
    if (known := deed.registry.certificates.get(serial)) is not None:
        holder = deed.registry.known_as(known.person)
        deed.fault("one-certificate", who, certificate=serial, holder=holder)
    else:
        _judge(deed, person, serial)
    new = Certificate(serial, person, "valid", deed.today, 1, old.serial, reason)
    if not deed.is_refused:
        deed.put(None, new)
        _tell(deed, new)


def recall(deed: Deed, person: int, reason: str) -> None:
    """Take somebody's certificate back."""
    held = _held(deed, person)
    if held is not None:
        recalled = replace(held, state="recalled", reason=reason)
        deed.put(held, recalled)
        _tell(deed, recalled)


def _held(deed: Deed, person: int) -> Certificate | None:
    serial = deed.registry.certificate_of(person)
    if serial is None:
        who = deed.registry.known_as(person)
        deed.fault("certificate-none", who, person=who)
        return None
    return deed.registry.certificates[serial]


def _judge(deed: Deed, person: int, serial: str) -> None:
    """Ask the rules of entry that are about certificates."""
    case = Case(
        person=deed.registry.persons[person], organization="", joined=deed.today,
        number=deed.registry.number_of(person), form=None, certificate=serial,
    )  # fmt: skip
    for verdict in judge(case, deed.registry, deed.policy, _CERTIFICATE_RULES):
        facts: Mapping[str, object] = verdict.facts
        deed.fault(verdict.code, deed.registry.known_as(person), Level(verdict.level), **facts)


def _tell(deed: Deed, certificate: Certificate) -> None:
    deed.rows.append(
        {
            "name": deed.registry.persons[certificate.person].name,
            "certificate": certificate.serial, "state": certificate.state,
            "issued": certificate.issued, "copies": certificate.copies,
            "replaces": certificate.replaces, "reason": certificate.reason,
        }
    )  # fmt: skip
