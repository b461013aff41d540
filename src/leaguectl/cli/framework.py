"""How commands are made: found when asked for, dressed with words and the common options.

A command is a plain function marked with :func:`command`; the table in ``leaguectl.cli`` says in
which module it is. A module is imported only when one of its commands runs or is listed.
"""

import os
import sys
from collections.abc import Callable, Iterator, MutableMapping
from importlib import import_module
from typing import Any, TypeVar

import typer
from typer._click.core import Command, Context, Parameter
from typer._click.exceptions import ClickException
from typer._click.utils import make_default_short_help
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from leaguectl import __version__
from leaguectl.cli.desk import Desk
from leaguectl.findings import LeagueError
from leaguectl.output import masked, width, wrap
from leaguectl.words import MissingWords, Words

Function = TypeVar("Function", bound=Callable[..., Any])

_COMMON = ("db", "lang", "quiet", "verbose", "debug", "color")
_PRINTS = ("format", "output", "reveal", "reason")
_WRITES = ("dry_run", "yes", "reason", "authority")
_FLAGS = ("quiet", "verbose", "debug", "reveal", "dry_run", "yes")
_LONGEST_NAME = 30
"""Columns that an option may take before what it means goes on to the next line."""
_SHORT = {
    "quiet": "-q", "verbose": "-v", "format": "-O", "output": "-o", "dry_run": "-n", "yes": "-y",
}  # fmt: skip


def command(*, prints: bool = False, writes: bool = False) -> Callable[[Function], Function]:
    """Mark a function as a command: whether it prints data, whether it writes."""

    def mark(function: Function) -> Function:
        names = _COMMON + (_PRINTS if prints else ()) + (_WRITES if writes else ())
        function.options = tuple(dict.fromkeys(names))  # type: ignore[attr-defined]
        return function

    return mark


def common_options(names: tuple[str, ...]) -> list[Parameter]:
    """The options that mean the same everywhere, for one command."""
    options: list[Parameter] = []
    for name in names:
        declared = [name, f"--{name.replace('_', '-')}"]
        if name in _SHORT:
            declared.insert(1, _SHORT[name])
        options.append(
            TyperOption(
                param_decls=declared,
                is_flag=name in _FLAGS or None,
                default=False if name in _FLAGS else None,
                show_default=False,
            )
        )
    return options


class _Worded(Command):
    """A command or group whose help is in the user's language.

    The words are put in when help or usage is shown and not before, so that a command that runs
    does not load them.
    """

    path: str
    words: Words

    def dress(self) -> None:
        """Put the words in."""
        help_texts = self.words.help
        self.help = help_texts[self.path]
        self.options_metavar = help_texts["frame.options-metavar"]
        for param in self.params:
            param.help = self.words.option_help(self.path, param.name or "")  # type: ignore[attr-defined]
            if isinstance(param, TyperOption) and not param.is_flag:
                param.metavar = help_texts[f"type.{param.type.name.strip('<>').split()[0]}"]

    def format_usage(self, ctx: Context, formatter: Any) -> None:
        """The line of usage, which comes first in help and alone in front of an error."""
        self.dress()
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, self.words.help["frame.usage"])

    def format_options(self, ctx: Context, formatter: Any) -> None:
        """The arguments, then the options."""
        required = self.words.help["frame.required"]
        for kind in ("argument", "option"):
            records = [
                param.get_help_record(ctx)
                for param in self.get_params(ctx)
                if param.param_type_name == kind
            ]
            rows = [
                (name, text.replace("[required]", required)) for name, text in filter(None, records)
            ]
            if rows:
                with formatter.section(self.words.help[f"frame.{kind}s"]):
                    _write_list(formatter, rows)

    def get_help_option(self, ctx: Context) -> Any:
        """The option that shows this help, in the user's words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = self.words.help["option.help"]
        return option


def _write_list(formatter: Any, rows: list[tuple[str, str]]) -> None:
    """Names and what they mean, in two columns.

    The formatter's own list counts characters; a Chinese one takes two columns of a terminal.
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


class LeagueCommand(_Worded, TyperCommand):
    """A command with words, common options, and examples at the end of its help."""

    def __init__(self, *, path: str, words: Words, options: tuple[str, ...], **given: Any) -> None:
        super().__init__(**given)
        self.path, self.words = path, words
        self.params += common_options(options)

    def invoke(self, ctx: Context) -> Any:
        """Hand the common options to the desk and run."""
        desk = Desk.of(ctx)  # type: ignore[arg-type]
        desk.take(ctx.params)
        desk.get_ready()
        return super().invoke(ctx)

    def format_epilog(self, ctx: Context, formatter: Any) -> None:  # noqa: ARG002
        """The examples, each on its line as it is typed."""
        with formatter.section(self.words.help["examples"].rstrip(":：")):
            for line in self.words.help[f"{self.path}.examples"].splitlines():
                formatter.write(" " * formatter.current_indent + line + "\n")


class _Lazy(MutableMapping[str, Command]):
    """The commands of a group by name, each built when it is asked for."""

    def __init__(self, table: dict[str, Any], prefix: str, words: Words) -> None:
        self.table, self.prefix, self.words = table, prefix, words
        self.built: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self.built:
            self.built[name] = self._build(name, self.table[name])
        return self.built[name]

    def _build(self, name: str, target: Any) -> Command:
        path = f"{self.prefix} {name}".strip()
        if isinstance(target, dict):
            return LeagueGroup(name=name, table=target, prefix=path, words=self.words)
        module, _, function = target.partition(":")
        callback = getattr(import_module(f"leaguectl.cli.{module}"), function)

        def dressed(**given: Any) -> LeagueCommand:
            return LeagueCommand(path=path, words=self.words, options=callback.options, **given)

        info = CommandInfo(name=name, callback=callback, cls=dressed)  # type: ignore[arg-type]
        return get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)

    def __setitem__(self, name: str, built: Command) -> None:
        self.built[name] = built

    def __delitem__(self, name: str) -> None:
        del self.table[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.table)

    def __len__(self) -> int:
        return len(self.table)


class LeagueGroup(_Worded, TyperGroup):
    """A group whose commands are imported when they are asked for."""

    def __init__(self, *, name: str, table: dict[str, Any], prefix: str, words: Words) -> None:
        super().__init__(
            name=name,
            rich_markup_mode=None,
            no_args_is_help=True,
            params=common_options(_COMMON),
        )
        self.path, self.words = prefix, words
        self.commands = _Lazy(table, prefix, words)

    def dress(self) -> None:
        """Put the words in."""
        super().dress()
        self.subcommand_metavar = self.words.help["frame.command-metavar"]

    def format_options(self, ctx: Context, formatter: Any) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Context, formatter: Any) -> None:  # noqa: ARG002
        """The commands with the first sentence of their help. None of them is imported for it."""
        names = list(self.commands)
        room = formatter.width - 6 - max(map(len, names))
        rows = [
            (name, make_default_short_help(self.words.help[f"{self.path} {name}".strip()], room))
            for name in names
        ]
        with formatter.section(self.words.help["frame.commands"]):
            _write_list(formatter, rows)

    def invoke(self, ctx: Context) -> Any:
        """Hand the common options to the desk and go on to the command."""
        Desk.of(ctx).take(ctx.params)  # type: ignore[arg-type]
        return super().invoke(ctx)


class Root(LeagueGroup):
    """``leaguectl`` itself: the only place where an exception becomes words and an exit code."""

    def __init__(self, table: dict[str, Any], words: Words) -> None:
        super().__init__(name="leaguectl", table=table, prefix="", words=words)
        self.params.append(
            TyperOption(
                param_decls=["version", "-V", "--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_version,
            )
        )

    def make_context(self, *given: Any, **more: Any) -> Context:
        """A context with a desk on it."""
        desk = Desk(self.words.language)
        try:
            return super().make_context(*given, **{**more, "obj": desk})
        except MissingWords as error:  # the help of the program itself is shown from here
            _tell_bug(error, desk)
            raise typer.Exit(70) from None

    def invoke(self, ctx: Context) -> Any:
        """Run the command; whatever it raises becomes a message and an exit code."""
        desk = Desk.of(ctx)  # type: ignore[arg-type]
        try:
            return super().invoke(ctx)
        except LeagueError as error:
            desk.printer.error(error)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            sys.stderr.write("\n" + self.words.line("interrupted") + "\n")
            raise typer.Exit(130) from None
        except (typer.Exit, typer.Abort, ClickException, BrokenPipeError):
            raise
        except Exception as error:
            _tell_bug(error, desk)
            raise typer.Exit(70) from None


def _show_version(ctx: Context, _param: Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        sys.stdout.write(f"leaguectl {__version__}\n")
        ctx.exit()


def _tell_bug(error: Exception, desk: Desk) -> None:
    """One line, and the traceback in a log of the user's own; with ``--debug`` on the screen.

    What an exception says may carry a value, so personal ones are masked in both.
    """
    import traceback

    told = masked("".join(traceback.format_exception(error)))
    if desk.debug:
        sys.stderr.write(told)
        return
    kind, log = type(error).__name__, _keep_log(told)
    if isinstance(error, MissingWords):
        kind = str(error)  # which key has no words: nothing personal, and all there is to know
    line = desk.words.line("bug", kind=kind, log=log) if log else ""
    sys.stderr.write((line or desk.words.line("bug-no-log", kind=kind)) + "\n")


def _keep_log(told: str) -> str:
    """Add to the log of faults; where it is, or nothing where none can be written."""
    from platformdirs import user_log_path

    try:
        folder = user_log_path("leaguectl", appauthor=False, ensure_exists=True)
        path = folder / "faults.log"
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(told)
    except OSError:
        return ""
    return str(path)
