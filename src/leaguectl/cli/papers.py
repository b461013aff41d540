"""Forms and certificates: form receive, show; certificate issue, reissue, recall, show."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from leaguectl import actions, reports
from leaguectl.cli.answers import of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import All, Day, OptionalWho, Org, People, Who, WhoOption
from leaguectl.cli.render import Answer, named, tell_of_forms
from leaguectl.findings import NotFound, UsageError

if TYPE_CHECKING:
    from leaguectl.store.reading import Reader

_SCANS = ("file", "form", "name", "pages", "size", "sha256")
_FORMS = ("form", "name", "state", "approved", "received", "pages", "size", "sha256")
_CERTIFICATES = ("name", "certificate", "state", "issued", "copies", "replaces", "reason")


@command(writes=True, columns=_SCANS)
def form_receive(
    context: Context,
    files: list[Path],
    member: WhoOption = None,
    org: Org = None,
    valid_only: bool = False,
) -> Answer:
    """File scans of forms."""
    request = context.request()
    outcome = actions.papers.receive(request, files, member, org, valid_only=valid_only)
    tell_of_forms(context)
    return outcome


@contextmanager
def _asked_for(
    context: Context, text: str | None, org: str | None
) -> Iterator[tuple["Reader", str]]:
    """The registry with the organisation whose members' papers are asked for.

    :raises UsageError: neither a paper or person nor an organisation is named, or both.
    """
    if (text is None) == (org is None):
        raise UsageError("paper-which")
    with context.reading_of(org) as found:
        yield found


@command(prints=True, answer={"forms": [of("person number operation " + " ".join(_FORMS))]})
def form_show(context: Context, text: OptionalWho = None, org: Org = None) -> None:
    """Forms and their scans."""
    with _asked_for(context, text, org) as (reader, top):
        cards = reports.ledger.forms(reader, serial=text or "", org=top)
        if text is not None and not cards:
            person = actions.identify.identify_person(reader, text)
            cards = reports.ledger.forms(reader, person=person)
    if text is not None and not cards:
        raise NotFound("form-not-found", text=text)
    rows = [[named(context, card[key]) for key in _FORMS] for card in cards]
    context.answer(
        ["file_size" if key == "size" else key for key in _FORMS], rows, {"forms": cards}
    )


@command(writes=True, columns=_CERTIFICATES)
def certificate_issue(
    context: Context,
    who: People = None,
    serial: str | None = None,
    org: Org = None,
    every: All = False,
    day: Day = None,
) -> Answer:
    """Give certificates, or record on which day they were given."""
    return actions.papers.issue(context.request(), _bearers(who, org, every=every), serial, day)


@command(writes=True, columns=_CERTIFICATES)
def certificate_reissue(
    context: Context,
    who: People = None,
    serial: str | None = None,
    org: Org = None,
    every: All = False,
    day: Day = None,
) -> Answer:
    """Give certificates again."""
    return actions.papers.reissue(context.request(), _bearers(who, org, every=every), serial, day)


def _bearers(who: list[str] | None, org: str | None, *, every: bool) -> "actions.papers.Bearers":
    """The people whose certificates are meant.

    :raises UsageError: nobody is named, or people and an organisation are, or that without --all.
    """
    # An organisation alone might be a slip for one of its members, so --all says that all are
    # meant.
    if every != (org is not None) or every == bool(who):
        raise UsageError("people-which")
    return actions.papers.Bearers(who or (), org)


@command(writes=True, columns=_CERTIFICATES)
def certificate_recall(context: Context, who: Who) -> Answer:
    """Take a certificate back."""
    return actions.papers.recall(context.request(), who)


@command(
    prints=True,
    answer={
        "certificates": [
            of(
                "person operation " + " ".join(_CERTIFICATES),
                {"before": [of("state issued copies reason operation")]},
            )
        ]
    },
)
def certificate_show(context: Context, text: OptionalWho = None, org: Org = None) -> None:
    """The certificates of a person, or of the members of an organisation."""
    with _asked_for(context, text, org) as (reader, top):
        cards = reports.ledger.certificates(reader, serial=text or "", org=top)
        if text is not None:
            person = cards[0]["person"] if cards else actions.identify.identify_person(reader, text)
            cards = reports.ledger.certificates(reader, person=person)
    if text is not None and not cards:
        raise NotFound("certificate-not-found", text=text)
    # The certificate in force comes last, after those that it replaced.
    rows = [
        [named(context, certificate[key]) for key in _CERTIFICATES]
        for card in cards
        for certificate in [*({**card, **earlier} for earlier in card["before"]), card]
    ]
    context.answer(_CERTIFICATES, rows, {"certificates": cards})
