"""The manual page in English and Chinese (docs/man/), made from the help and its topics.

python tools/man_page.py            # renews the pages
python tools/man_page.py --check    # says whether they are what the program says

docutils writes the roff: what is assembled here is its reStructuredText.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from docutils.core import publish_string

from generated import finish
from leaguectl import __version__
from leaguectl.cli.app import COMMANDS, SECTIONS
from leaguectl.cli.framework import Declared, Root
from leaguectl.words import Words, words
from manual import options_of

FOLDER = Path(__file__).parent.parent / "docs" / "man"
PAGES = {"en": FOLDER / "leaguectl.1", "zh": FOLDER / "zh_CN" / "leaguectl.1"}
TITLES = {
    "en": (
        "the member registry of a county Youth League committee", "Synopsis", "Description",
        "Commands", "Common options", "Environment", "Exit status", "See also",
        "``leaguectl COMMAND --help`` explains a command with its options and examples, "
        "``leaguectl help TOPIC`` a subject: {topics}.",
    ),
    "zh": (
        "县级团委的团员登记库", "用法", "说明", "命令", "通用选项", "环境变量", "退出码", "另见",
        "``leaguectl 命令 --help`` 说明一个命令及其选项、例子；"
        "``leaguectl help 主题`` 说明一个主题：{topics}。",
    ),
}  # fmt: skip
_ROW = re.compile(r"^\| `?([^`|]+?)`? \| (.+?) \|$", re.MULTILINE)


def page(language: str) -> str:
    """The manual page as roff."""
    text = "\n".join(_lines(words(language)))
    roff: bytes = publish_string(
        text, writer="manpage",
        settings_overrides={"output_encoding": "utf-8", "report_level": 3, "halt_level": 3},
    )  # fmt: skip
    # Its first lines name the version of docutils, which is not the program's.
    bare = re.sub(r'\A(\.\\".*\n)+', "", roff.decode())
    # Chinese has few places to widen a line at, so that it would be torn apart.
    return re.sub(r"^(\.TH .*)$", r"\1\n.ad l", bare, flags=re.MULTILINE)


def _lines(of: Words) -> Iterator[str]:
    name, synopsis, description, commands, options, environment, exits, also, see = TITLES[
        of.language
    ]
    yield from ("=" * 9, "leaguectl", "=" * 9, "", "-" * 80, name, "-" * 80, "")
    yield from (":Manual section: 1", f":Version: {__version__}", "")
    yield from _section(synopsis)
    typed = ("选项", "命令", "参数") if of.language == "zh" else ("OPTION", "COMMAND", "ARGUMENT")
    yield from ("| **leaguectl** [*{}*] *{}* [*{}*]".format(*typed), "")
    yield from (*_section(description), of.help[""], "")
    yield from _section(commands)
    for section, listed in SECTIONS.items():
        yield from (f"**{of.help[f'section.{section}']}**", "")
        for command in listed:
            yield from _defined(f"**leaguectl {command}**", of.help[command])
    yield from _section(options)
    taken = dict.fromkeys((*Declared(prints=True).options, *Declared(writes=True).options))
    known = options_of(Root(COMMANDS, of).get_command(None, "import"))
    for option in taken:
        flags, meaning = known[option]
        yield from _defined(flags.replace("`", "**"), meaning)
    for title, topic in ((environment, "environment"), (exits, "exit-codes")):
        yield from _section(title)
        for key, meaning in _ROW.findall(of.topic(topic)):
            if key not in ("--", "name", "code", "名称", "退出码", "代码", "变量"):
                yield from _defined(f"**{key}**", meaning)
    from leaguectl.cli.overview import TOPICS

    yield from (*_section(also), see.format(topics=", ".join(TOPICS)), "")


def _section(title: str) -> tuple[str, ...]:
    return (title, "=" * (2 * len(title)), "")


def _defined(term: str, meaning: str) -> tuple[str, ...]:
    """A term and what it means, on lines of their own; stars of the text are no emphasis."""
    bare = meaning.partition("\n\n")[0].replace("`", "").replace("*", r"\*").replace("|", r"\|")
    return (term, f"  {' '.join(bare.split())}", "")


if __name__ == "__main__":
    sys.exit(finish({file: page(language) for language, file in PAGES.items()}))
