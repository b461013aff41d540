"""Commands about the sheets themselves: template, headings; and the words of a reply."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from leaguectl.cli.desk import Desk
from leaguectl.cli.framework import command
from leaguectl.findings import Finding, UsageError
from leaguectl.output import Printer
from leaguectl.words import Words, words

Kinds = Annotated[list[str] | None, typer.Argument(show_default=False)]


@command()
def template(
    ctx: typer.Context,
    file: Annotated[Path, typer.Option("--output", "-o", show_default=False)],
    kinds: Kinds = None,
) -> None:
    """Write the empty form."""
    from leaguectl.actions.replies import make_template

    desk = Desk.of(ctx)
    # The form is Chinese whatever is spoken here, as its headings are.
    titles = {one: kind_words(one)[-1] for one in known_kinds(kinds)}
    make_template(file, titles)
    desk.printer.hint("file-written", file=str(file))


@command(prints=True)
def headings(ctx: typer.Context, kinds: Kinds = None) -> None:
    """What is recognised for each kind of sheet."""
    from leaguectl.kinds import KINDS

    desk = Desk.of(ctx)
    found = {one: KINDS[one].headings for one in known_kinds(kinds)}
    rows = [
        (kind, one.field, one.headings[0], one.headings[1], one.needed, one.headings[2:])
        for kind, columns in found.items()
        for one in columns
    ]
    document = {
        "kinds": {
            kind: [
                {"field": one.field, "needed": one.needed, "headings": one.headings}
                for one in columns
            ]
            for kind, columns in found.items()
        }
    }
    shown = ("kind", "field", "heading", "english", "needed", "synonyms")
    desk.printer.answer("headings", shown, rows, document)


def kind_words(kind: str) -> tuple[str, str]:
    """What a kind is called: as it is typed, and in Chinese."""
    told = words("zh")
    return kind, told.values.get(kind) or told.fields.get(kind, kind)


def known_kinds(kinds: list[str] | None) -> list[str]:
    """The kinds that were named, in either language; all where none is.

    :raises UsageError: there is no such kind.
    """
    from leaguectl.kinds import KINDS

    by_word = {word: kind for kind in KINDS for word in kind_words(kind)}
    for text in kinds or ():
        if text not in by_word:
            raise UsageError("kind-unknown", kind=text, known=list(KINDS))
    return list(dict.fromkeys(by_word[text] for text in kinds or KINDS))


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """The words of a reply in the user's language. A reply leaves the office, so it is masked
    whatever was asked to be revealed here."""

    words: Words

    def say(self, code: str) -> str:
        """One line by its code."""
        return self.words.line(code)

    def tell(self, finding: Finding) -> tuple[str, str, str]:
        """Its level, what is wrong and what to do."""
        return (self.words.level(finding), *self.words.finding(finding, Printer(self.words)))
