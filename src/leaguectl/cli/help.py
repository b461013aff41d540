"""The layout of help: in the user's language, by the width of its characters."""

import re
from collections.abc import Callable
from typing import Any

from leaguectl.screen import width, wrap
from leaguectl.words import Words

_LONGEST_NAME = 30
"""The width of an option above which its description starts on the next line."""


class Localized:
    """A command or group whose help is in the user's language.

    The words are inserted when help or usage is shown, so that a running command does not load
    them.
    """

    path: str
    words: Words
    help: str | None
    options_metavar: str | None
    params: list[Any]
    get_params: Callable[..., list[Any]]
    collect_usage_pieces: Callable[..., list[str]]
    is_localized = False

    def localize(self) -> None:
        """Insert the words.

        :raises MissingWords: some are missing, which is a fault of this program.
        """
        texts = self.words.help
        self.is_localized = True
        self.help, self.options_metavar = texts[self.path], texts["frame.options-metavar"]
        for param in self.params:
            param.help = self.words.option_help(self.path, param.name)
            if param.param_type_name == "argument":
                param.metavar = self.words.argument(self.path, param.name)
            elif not param.is_flag:
                param.metavar = texts[f"type.{param.type.name.strip('<>').split()[0]}"]

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows this help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None and self.is_localized:  # else it is only parsed
            option.help = self.words.help["option.help"]
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The usage line, which comes first in help and before an error."""
        self.localize()
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, self.words.help["frame.usage"])

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The description, in paragraphs that are never broken within a word."""
        for paragraph in (self.help or "").split("\n\n"):
            formatter.write("\n")
            for line in wrap(" ".join(paragraph.split()), formatter.width - 2):
                formatter.write(f"  {line}\n")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments, then the options."""
        rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for param in self.get_params(ctx):
            if record := param.get_help_record(ctx):
                rows[param.param_type_name].append(record)
        required = self.words.help["frame.required"]
        for kind, records in rows.items():
            if records:
                with formatter.section(self.words.help[f"frame.{kind}s"]):
                    texts = [(name, text.replace("[required]", required)) for name, text in records]
                    write_list(formatter, texts)


def write_list(formatter: Any, rows: list[tuple[str, str]]) -> None:
    """Names and descriptions in two columns.

    The formatter's own list counts characters, but a Chinese character takes two columns of a
    terminal.
    """
    indent = " " * formatter.current_indent
    column = min(max(width(name) for name, _ in rows), _LONGEST_NAME) + 2
    for name, text in rows:
        first, *rest = wrap(text, max(formatter.width - column - len(indent), 10)) or [""]
        gap = column - width(name)
        if gap < 2:
            formatter.write(f"{indent}{name}\n")
            name, gap = "", column
        formatter.write(f"{indent}{name}{' ' * gap}{first}\n")
        for line in rest:
            formatter.write(f"{indent}{' ' * column}{line}\n")


def first_sentence(text: str, room: int) -> str:
    """The first sentence of a help text, cut where it takes more than ``room`` columns."""
    paragraph = " ".join(text.partition("\n\n")[0].split())
    sentence = re.split(r"(?<=\.) |(?<=。)", paragraph, maxsplit=1)[0]
    if width(sentence) <= room:
        return sentence
    return wrap(sentence, room - 1)[0].rstrip("，、：；,;:") + "…"
