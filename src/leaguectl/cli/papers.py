"""Forms and certificates: form receive, show; certificate issue, reissue, recall, show."""

from pathlib import Path
from typing import Annotated

import typer

from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import TextOption, Who, WhoOption
from leaguectl.cli.render import named, show_outcome

_SCANS = ("file", "form", "name", "pages", "size", "sha256")
_FORMS = ("form", "name", "state", "approved", "received", "pages", "size", "sha256")
_CERTIFICATES = ("name", "certificate", "state", "issued", "copies", "replaces", "reason")


@command(prints=True, writes=True)
def form_receive(
    context: Context,
    files: Annotated[list[Path], typer.Argument(show_default=False)],
    member: WhoOption = None,
) -> None:
    """File scans of forms."""
    from leaguectl.actions import papers

    outcome = papers.receive(context.request(), files, member)
    show_outcome(context, _SCANS, outcome)


@command(prints=True)
def form_show(context: Context, text: Who) -> None:
    """A form and its scan."""
    from leaguectl.actions import ledger

    cards = ledger.form_cards(context.location, text)
    rows = [[named(context, card[key]) for key in _FORMS] for card in cards]
    context.answer(_FORMS, rows, {"forms": cards})


@command(prints=True, writes=True)
def certificate_issue(context: Context, who: Who, serial: TextOption = None) -> None:
    """Give a certificate."""
    from leaguectl.actions import papers

    outcome = papers.issue(context.request(), who, serial)
    show_outcome(context, _CERTIFICATES, outcome)


@command(prints=True, writes=True)
def certificate_reissue(context: Context, who: Who, serial: TextOption = None) -> None:
    """Give a certificate again."""
    from leaguectl.actions import papers

    outcome = papers.reissue(context.request(), who, serial)
    show_outcome(context, _CERTIFICATES, outcome)


@command(prints=True, writes=True)
def certificate_recall(context: Context, who: Who) -> None:
    """Take a certificate back."""
    from leaguectl.actions import papers

    outcome = papers.recall(context.request(), who)
    show_outcome(context, _CERTIFICATES, outcome)


@command(prints=True)
def certificate_show(context: Context, text: Who) -> None:
    """The certificates of a person."""
    from leaguectl.actions import ledger

    cards = ledger.certificate_cards(context.location, text)
    # The certificate in force comes last, after those that it replaced.
    rows = [
        [named(context, certificate[key]) for key in _CERTIFICATES]
        for card in cards
        for certificate in [*({**card, **earlier} for earlier in card["before"]), card]
    ]
    context.answer(_CERTIFICATES, rows, {"certificates": cards})
