"""Commands of the papers: form receive, show; certificate issue, reissue, recall, show."""

from pathlib import Path
from typing import Annotated

import typer

from leaguectl.cli.desk import Desk, from_stdin
from leaguectl.cli.doing import answer, named
from leaguectl.cli.framework import command

Who = Annotated[str, typer.Argument(show_default=False)]
Given = Annotated[str | None, typer.Option(show_default=False)]

_SCANS = ("file", "form", "name", "pages", "size", "sha256")
_FORMS = ("form", "name", "state", "approved", "received", "pages", "size", "sha256")
_CERTIFICATES = ("name", "certificate", "state", "issued", "copies", "replaces", "reason")


@command(prints=True, writes=True)
def form_receive(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(show_default=False)],
    member: Given = None,
) -> None:
    """File scans of forms."""
    from leaguectl.actions import papers

    desk = Desk.of(ctx)
    who = from_stdin(member) if member is not None else None
    done = papers.receive(desk.request("form receive"), files, who)
    answer(desk, "form receive", _SCANS, done)


@command(prints=True)
def form_show(ctx: typer.Context, text: Who) -> None:
    """A form and its scan."""
    from leaguectl.actions import ledger

    desk = Desk.of(ctx)
    found = ledger.form_cards(desk.location, from_stdin(text))
    rows = [[named(desk, one[key]) for key in _FORMS] for one in found]
    desk.printer.answer("form show", _FORMS, rows, {"forms": found})


@command(prints=True, writes=True)
def certificate_issue(ctx: typer.Context, who: Who, serial: Given = None) -> None:
    """Give a certificate."""
    from leaguectl.actions import papers

    desk = Desk.of(ctx)
    done = papers.issue(desk.request("certificate issue"), from_stdin(who), serial)
    answer(desk, "certificate issue", _CERTIFICATES, done)


@command(prints=True, writes=True)
def certificate_reissue(ctx: typer.Context, who: Who, serial: Given = None) -> None:
    """Give a certificate again."""
    from leaguectl.actions import papers

    desk = Desk.of(ctx)
    done = papers.reissue(desk.request("certificate reissue"), from_stdin(who), serial)
    answer(desk, "certificate reissue", _CERTIFICATES, done)


@command(prints=True, writes=True)
def certificate_recall(ctx: typer.Context, who: Who) -> None:
    """Take a certificate back."""
    from leaguectl.actions import papers

    desk = Desk.of(ctx)
    done = papers.recall(desk.request("certificate recall"), from_stdin(who))
    answer(desk, "certificate recall", _CERTIFICATES, done)


@command(prints=True)
def certificate_show(ctx: typer.Context, text: Who) -> None:
    """The certificates of a person."""
    from leaguectl.actions import ledger

    desk = Desk.of(ctx)
    found = ledger.certificate_cards(desk.location, from_stdin(text))
    rows = [
        [named(desk, one[key]) for key in _CERTIFICATES]
        for card in found
        for one in [*({**card, **was} for was in card["before"]), card]
    ]
    desk.printer.answer("certificate show", _CERTIFICATES, rows, {"certificates": found})
