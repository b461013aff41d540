"""The reference of commands and sheets (docs/reference.md), made from the help and the kinds.

python tools/manual.py            # renews the page
python tools/manual.py --check    # says whether it is what the program says
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generated import finish
from leaguectl.cli.app import COMMANDS
from leaguectl.cli.framework import Declared, LeagueCommand, Root
from leaguectl.kinds import KINDS
from leaguectl.words import words

PAGE = Path(__file__).parent.parent / "docs" / "reference.md"
HEAD = """# 命令和表头 · Commands and headings

本页由程序生成（`python tools/manual.py`）：先是命令，后是各类表格的表头。
`leaguectl 命令 --help` 显示同样的说明，并注明选项的值。怎样使用见 [usage.md](usage.md)。

This page is made from the program (`python tools/manual.py`): its commands, then the
headings of each kind of sheet. `leaguectl COMMAND --help` shows the same, with
the type of each option's value. How to use them: [usage.en.md](usage.en.md).
"""
HEADINGS_HEAD = """## 表头 · Headings

`leaguectl headings` 显示同样的内容。
列的顺序不限；英文表头和“也可写作”一栏的写法同样识别；其他列会列出名称，不读取。
字段是 `--map 表头=字段` 里用的名称。民族和宗教信仰从不保存。没有身份证号时怎样认人等说明，
见 [usage.md](usage.md#表格)。

`leaguectl headings` shows the same. Columns may stand in any order; the English heading and the
synonyms are known as well; other columns are named and not read. The field is what
`--map HEADING=FIELD` takes. Ethnicity and religion are never stored. How people are recognised
without an ID number, and more: [usage.en.md](usage.en.md#sheets).
"""
CHINESE, ENGLISH = words("zh"), words("en")


def reference() -> str:
    """The reference as it is today."""
    return "\n".join((HEAD, *_commands(), *_headings()))


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table in Markdown; a bar within a cell would end the cell."""
    cells = [[cell.replace("|", r"\|") for cell in row] for row in rows]
    lines = [heads, ["--"] * len(heads), *cells]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


# -- commands ------------------------------------------------------------------------------------


def _commands() -> Iterator[str]:
    commands = [*_paired(Root(COMMANDS, CHINESE), Root(COMMANDS, ENGLISH))]
    yield from ("## 一览 · All commands\n", _overview(commands), _common_options())
    yield from (_command_section(*pair) for pair in commands)


def _paired(chinese: Any, english: Any) -> Iterator[tuple[LeagueCommand, LeagueCommand]]:
    """Each command of a group and of the groups within it, once in each language."""
    for name, target in chinese.table.items():
        pair = chinese.get_command(None, name), english.get_command(None, name)
        if isinstance(target, Mapping):
            yield from _paired(*pair)
        else:
            yield pair


def _overview(commands: list[tuple[LeagueCommand, LeagueCommand]]) -> str:
    rows = []
    for chinese, _ in commands:
        path = chinese.path
        # GitHub makes the anchor of a heading in this way.
        link = f"[`{path}`](#{path.replace(' ', '-')})"
        summaries = (language.help[path].partition("\n\n")[0] for language in (CHINESE, ENGLISH))
        rows.append((link, *summaries))
    return _table(("命令", "作用", "what it does"), rows)


def _common_options() -> str:
    """The options that mean the same everywhere, by the commands that take them."""
    everywhere = Declared().options
    prints = [name for name in Declared(prints=True).options if name not in everywhere]
    writes = [name for name in Declared(writes=True).options if name not in (*everywhere, *prints)]
    # `import` takes all of them.
    chinese, english = (
        options_of(Root(COMMANDS, language).get_command(None, "import"))
        for language in (CHINESE, ENGLISH)
    )
    parts = ["## 通用选项 · Common options\n"]
    for title, names in (
        ("所有命令 · Every command", everywhere),
        ("输出数据的命令 · Commands that print data", prints),
        (
            "写入的命令，以上选项也有 · Commands that write, which take those above too",
            writes,
        ),
    ):
        rows = [(chinese[name][0], chinese[name][1], english[name][1]) for name in names]
        parts += [f"{title}\n", _table(("选项", "说明", "meaning"), rows)]
    return "\n".join(parts)


def options_of(command: Any) -> dict[str, tuple[str, str]]:
    """What each parameter of a command is called when it is typed, and what it means."""
    command.localize()
    context = command.context_class(command, info_name=command.name)
    required = command.words.help["frame.required"]
    options = {}
    for param in command.params:
        is_option = param.param_type_name == "option"
        name = ", ".join(f"`{flag}`" for flag in param.opts) if is_option else f"`{param.name}`"
        record = param.get_help_record(context)
        if record:
            options[param.name] = (name, record[1].replace("[required]", required))
    return options


def _command_section(chinese: LeagueCommand, english: LeagueCommand) -> str:
    path, common = chinese.path, chinese.declared.options
    of_chinese, of_english = options_of(chinese), options_of(english)
    rows = [
        (name, text, of_english[param][1])
        for param, (name, text) in of_chinese.items()
        if param not in common
    ]
    kind = "输出数据 · prints data" if chinese.declared.prints else ""
    if chinese.declared.writes:
        kind = "写入 · writes"
    parts = [f"## {path}\n", f"{CHINESE.help[path]}\n", f"{ENGLISH.help[path]}\n"]
    if rows:
        parts.append(_table(("选项和参数", "说明", "meaning"), rows))
    if kind:
        parts.append(f"另有通用选项 · and the common options: {kind}\n")
    parts.append(f"```sh\n{CHINESE.help[f'{path}.examples']}\n```\n")
    return "\n".join(parts)


# -- headings ------------------------------------------------------------------------------------


def _headings() -> Iterator[str]:
    yield HEADINGS_HEAD
    for name, kind in KINDS.items():
        rows = [
            (
                heading.headings[0],
                heading.headings[1],
                f"`{heading.field}`",
                "是 · yes" if heading.required else "",
                "、".join(heading.headings[2:]),
            )
            for heading in kind.headings
        ]
        yield f"### {CHINESE.values.get(name) or CHINESE.fields[name]} · {name}\n"
        if any_of := kind.line.requires_any:
            listed = "、".join(h.headings[0] for h in kind.headings if h.field in any_of)
            yield f"至少要有一列 · at least one of: {listed}\n"
        heads = ("表头", "English", "字段 · field", "必填 · needed", "也可写作 · also")
        yield _table(heads, rows)


if __name__ == "__main__":
    sys.exit(finish({PAGE: reference()}))
