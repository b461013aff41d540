"""Forms and certificates: form receive, show; certificate issue, reissue, recall, show."""

from pathlib import Path

from leaguectl import actions, reports
from leaguectl.cli.answers import of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import Day, Org, Who, WhoOption
from leaguectl.cli.render import Answer, named, tell_of_forms
from leaguectl.findings import NotFound

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


@command(prints=True, answer={"forms": [of("person number operation " + " ".join(_FORMS))]})
def form_show(context: Context, text: Who) -> None:
    """A form and its scan."""
    with context.reading() as reader:
        cards = reports.ledger.forms(reader, serial=text)
        cards = cards or reports.ledger.forms(
            reader, person=actions.identify.identify_person(reader, text)
        )
    if not cards:
        raise NotFound("form-not-found", text=text)
    rows = [[named(context, card[key]) for key in _FORMS] for card in cards]
    context.answer(
        ["file_size" if key == "size" else key for key in _FORMS], rows, {"forms": cards}
    )


@command(writes=True, columns=_CERTIFICATES)
def certificate_issue(
    context: Context, who: Who, serial: str | None = None, day: Day = None
) -> Answer:
    """Give a certificate, or record on which day one was given."""
    return actions.papers.issue(context.request(), who, serial, day)


@command(writes=True, columns=_CERTIFICATES)
def certificate_reissue(
    context: Context, who: Who, serial: str | None = None, day: Day = None
) -> Answer:
    """Give a certificate again."""
    return actions.papers.reissue(context.request(), who, serial, day)


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
def certificate_show(context: Context, text: Who) -> None:
    """The certificates of a person."""
    with context.reading() as reader:
        held = reports.ledger.certificates(reader, serial=text)
        person = held[0]["person"] if held else actions.identify.identify_person(reader, text)
        cards = reports.ledger.certificates(reader, person=person)
    if not cards:
        raise NotFound("certificate-not-found", text=text)
    # The certificate in force comes last, after those that it replaced.
    rows = [
        [named(context, certificate[key]) for key in _CERTIFICATES]
        for card in cards
        for certificate in [*({**card, **earlier} for earlier in card["before"]), card]
    ]
    context.answer(_CERTIFICATES, rows, {"certificates": cards})
