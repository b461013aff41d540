"""How commands are made: loaded when they are typed, with their words and the common options.

A command is a function marked with :func:`command`; the table in ``leaguectl.cli.app`` says in
which module it is. A module is imported only when one of its commands runs or shows its help. Only
the public parts of Typer are used: it has a Click of its own, which may change.
"""

import builtins
import hashlib
import inspect
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import typer
from typer.completion import get_completion_inspect_parameters
from typer.core import TyperCommand, TyperGroup, TyperOption

from leaguectl import __version__, actions
from leaguectl.actions import Confirm
from leaguectl.cli.answers import Shape
from leaguectl.cli.bugs import refusal_of, report_bug
from leaguectl.cli.context import Context
from leaguectl.cli.help import Localized, first_sentence, write_list
from leaguectl.cli.options import cell_as_typed, from_stdin, in_one_shape, usable
from leaguectl.cli.render import hint_at_record, show_done, show_outcome
from leaguectl.cli.suggestions import Suggestion, of_parameter
from leaguectl.cli.usage import asks_for_json, report_usage
from leaguectl.findings import AnswerLost, DoneBefore, InputNeeded, LeagueError, UsageError
from leaguectl.names import option_of
from leaguectl.streams import refuse_place
from leaguectl.words import Words

Function = Callable[..., Any]

COMPLETION = "_LEAGUECTL_COMPLETE"
"""The environment variable by which a shell requests completions."""

_COMMON = ("db", "lang", "quiet", "verbose", "debug", "color", "no_pager")
_PRINTS = ("format", "output", "reveal", "reason")
_WRITES = ("dry_run", "yes", "reason", "authority")
_OPERATION = ("once", "plan_out")
_FLAGS = ("quiet", "verbose", "debug", "no_pager", "reveal", "dry_run", "yes")
_SHORT = {
    "quiet": "-q", "verbose": "-v", "format": "-O", "output": "-o", "dry_run": "-n", "yes": "-y",
}  # fmt: skip
_TWICE = {"introducer": "introducers-two", "contact": "contacts-two"}
"""Options that may be given twice, and the error where they are given more often."""


# -- declaring a command -------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Declared:
    """Marks a function as a command: its first parameter is the :class:`Context`, the others are
    what is typed. What a command that writes returns is shown: its rows, its findings, its end."""

    prints: bool = False
    """Whether it prints data: it gets ``--format`` and related options."""
    writes: bool = False
    """Whether it changes the registry: it also gets ``--dry-run`` and related options."""
    is_operation: bool = True
    """Whether it writes one operation, so that its plan can be kept, and it can run once under a
    key."""
    several: bool = False
    """Whether it takes several registries: ``--db`` more than once."""
    columns: tuple[str, ...] = ()
    """The columns shown of the rows of its outcome."""
    answer: Shape = None
    """What its JSON answer is made of (:func:`leaguectl.cli.answers.shapes`)."""
    cells: Callable[[], tuple[str, ...]] = tuple
    """Fields of a sheet's row that it takes as options: those typed are its ``cells``."""
    clears: bool = False
    """Whether an empty one of them clears the value, rather than being a mistake."""
    required: tuple[str, ...] = ()
    """Those of them that are required."""
    confirm: Confirm = Confirm.MANY
    """Which of its changes need a confirmation."""
    function: Function | None = None

    def __call__(self, function: Function) -> "Declared":
        """The declaration with its function."""
        return replace(self, function=function)

    @property
    def options(self) -> tuple[str, ...]:
        """The common options that it takes."""
        names: tuple[str, ...] = _COMMON
        if self.prints or self.writes:
            names += _PRINTS
        if self.writes:
            names += _WRITES + (_OPERATION if self.is_operation else ())
        return tuple(dict.fromkeys(names))


command = Declared


def _common_options(names: tuple[str, ...], *, several: bool = False) -> list[TyperOption]:
    """The options that mean the same everywhere, for one command; ``several`` takes more than one
    registry."""
    options = []
    for name in names:
        declarations = [name, f"--{name.replace('_', '-')}"]
        if name in _SHORT:
            declarations.insert(1, _SHORT[name])
        flag = name in _FLAGS
        options.append(
            TyperOption(
                param_decls=declarations,
                is_flag=flag or None,
                default=False if flag else None,
                multiple=several and name == "db",
                autocompletion=of_parameter("", name),
            )
        )
    return options


def _cell_option(field: str, required: bool) -> tuple[str, inspect.Parameter]:
    """The option for a field of a row: its name, and the parameter that Typer makes it from.

    ``introducer_1`` and ``introducer_2`` are a single option that is given twice.
    """
    name = field.removesuffix("_1")
    secret = from_stdin if name == "id_number" else None
    option = typer.Option(option_of(field), callback=secret)
    wanted: Any = list[str] | None if name != field else str if required else str | None
    default = inspect.Parameter.empty if required else None
    kind = inspect.Parameter.KEYWORD_ONLY
    return name, inspect.Parameter(
        name, kind, default=default, annotation=Annotated[wanted, option]
    )


def _cells(values: Mapping[str, Any]) -> dict[str, str]:
    """The fields that were typed; options given twice get a number at the end of their name.

    :raises UsageError: an option was given more often.
    """
    cells: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, list):
            if len(value) > 2:
                raise UsageError(_TWICE[name])
            cells |= {f"{name}_{index}": text for index, text in enumerate(value, 1)}
        elif value is not None:
            cells[name] = cell_as_typed(value)
    return cells


def _own_option(path: str, parameter: inspect.Parameter) -> inspect.Parameter:
    """A parameter of the function in the form that Typer needs, with its completions; flags get no
    ``--no-…``."""
    kind, offered = parameter.annotation, of_parameter(path, parameter.name)
    if kind is bool:
        flag = "--" + parameter.name.replace("_", "-")
        kind = Annotated[bool, typer.Option(flag)]
    elif get_origin(kind) is Annotated:
        for declared in get_args(kind)[1:]:
            declared.autocompletion = offered
    elif offered is not None:
        required = parameter.default is inspect.Parameter.empty
        declare = typer.Argument if required else typer.Option
        kind = Annotated[kind, declare(autocompletion=offered)]
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=kind)


def _typer_function(path: str, declared: Declared) -> Function:
    """The function in the form that Typer needs: each option is a parameter."""
    function = declared.function
    if function is None:
        raise TypeError(declared)
    _, *parameters = inspect.signature(function).parameters.values()
    cells = dict(
        _cell_option(field, field in declared.required)
        for field in declared.cells()
        if not field.endswith("_2")
    )

    def run(ctx: typer.Context, **values: Any) -> None:
        if cells:
            values["cells"] = _cells({name: values.pop(name) for name in cells})
        context = Context.of(ctx)
        outcome = function(context, **values)
        if outcome is not None:
            show_outcome(context, declared.columns, outcome)

    first = inspect.Parameter(
        "ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
    )
    own = [_own_option(path, parameter) for parameter in parameters if parameter.name != "cells"]
    typed = [first, *own, *cells.values()]
    # Typer reads the signature for names and defaults, and the annotations for the types.
    run.__signature__ = inspect.Signature(typed)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in typed}
    return run


# -- commands and groups -------------------------------------------------------------------------


class LeagueCommand(Localized, TyperCommand):
    """A command with words, common options, and examples at the end of its help."""

    declared: Declared

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the values; none may be empty or invalid text."""
        if ctx.resilient_parsing:  # a shell requests completions
            return super().parse_args(ctx, args)
        context = Context.of(ctx)
        context.command = self.path  # an error of the command line is an answer, too
        args = in_one_shape(self, ctx, args)
        empty = self.declared.cells() if self.declared.clears else ()
        return super().parse_args(ctx, usable(self, ctx, args, context.noticed, empty))

    def invoke(self, ctx: Any) -> Any:
        """Pass the common options to the context and run.

        An action that needs a confirmation rolls back; in a terminal the change is shown and
        confirmed, and then it runs again.
        """
        context = Context.of(ctx)
        context.take(ctx.params)
        context.confirm = self.declared.confirm
        context.asked = (
            _checksum(self.path, ctx.params, self.params) if context.once is not None else None
        )
        if self.declared.writes:
            _ = context.as_json  # an unknown file ending is refused before the write
            if context.output is not None:  # nothing that was written may lack its answer
                refuse_place(context.output)
        with context.reported():
            try:
                if context.once is not None:
                    actions.registry.refuse_done(context.request())
                with context.keeping_plan():
                    return super().invoke(ctx)
            except DoneBefore as done:
                show_done(context, done)
                raise typer.Exit from None
            except InputNeeded as error:
                # Only here, after the lock is released, is the user asked: nobody waits for the
                # answer.
                if not context.can_ask:
                    raise
                self._preview(ctx, context)
                context.ask(error)
                return super().invoke(ctx)

    def _preview(self, ctx: Any, context: Context) -> None:
        """Show on stderr, as a dry run, what the command would do: stdout is only for the answer of
        the real run."""
        try:
            with redirect_stdout(sys.stderr), context.as_dry_run():
                super().invoke(ctx)
        except typer.Exit:
            pass  # raised where it has findings; the real run reports them again

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The examples, each on a line as it is typed."""
        with formatter.section(self.words.help["examples"].rstrip(":：")):
            for line in self.words.help[f"{self.path}.examples"].splitlines():
                formatter.write(" " * formatter.current_indent + line + "\n")


class LeagueGroup(Localized, TyperGroup):
    """A group whose commands are imported when they are typed."""

    def __init__(self, name: str, table: Mapping[str, Any], path: str, words: Words) -> None:
        super().__init__(
            name=name,
            # Typer searches these names for suggestions after a typing error, without building any.
            commands=dict.fromkeys(table),  # type: ignore[arg-type]
            rich_markup_mode=None,  # loading Rich takes longer than most commands
            no_args_is_help=True,
            params=list(_common_options(_COMMON)),
        )
        self.table, self.path, self.words = table, path, words

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the common options in front of a command."""
        if not ctx.resilient_parsing:
            args = usable(self, ctx, args, Context.of(ctx).noticed)
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """The possible next commands and options, without building any command."""
        offered: list[Any] = [
            Suggestion(name, first_sentence(self.words.help[f"{self.path} {name}".strip()], 60))
            for name in self.table
            if name.startswith(incomplete)
        ]
        return offered or super().shell_complete(ctx, incomplete)

    def localize(self) -> None:
        """Put the words in."""
        super().localize()
        self.subcommand_metavar = self.words.help["frame.command-metavar"]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of that name, built now; None where there is none. Its faults are raised."""
        if cmd_name not in self.table:
            return None
        # A group is made from its table; a command from its function, in a module of its own.
        path, target = f"{self.path} {cmd_name}".strip(), self.table[cmd_name]
        if isinstance(target, Mapping):
            return LeagueGroup(cmd_name, target, path, self.words)
        return _build(path, target, self.words)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names, in the order of the table."""
        return list(self.table)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The options, then the commands with the first sentence of their help, without importing
        any."""
        super().format_options(ctx, formatter)
        longest = max(map(len, self.table))
        room = formatter.width - 6 - longest
        for title, names in self._sections().items():
            rows = [
                (
                    name.ljust(longest),
                    first_sentence(self.words.help[f"{self.path} {name}".strip()], room),
                )
                for name in names
            ]
            with formatter.section(title):
                write_list(formatter, rows)

    def _sections(self) -> dict[str, Sequence[str]]:
        """The names of the commands by section title."""
        return {self.words.help["frame.commands"]: list(self.table)}

    def invoke(self, ctx: Any) -> Any:
        """Pass the common options to the context and run the command."""
        Context.of(ctx).take(ctx.params)
        return super().invoke(ctx)


class Root(LeagueGroup):
    """``leaguectl`` itself: the only place that turns an exception into words and an exit code."""

    def __init__(
        self,
        table: Mapping[str, Any],
        words: Words,
        sections: Mapping[str, Sequence[str]] = {},
    ) -> None:
        super().__init__("leaguectl", table, "", words)
        self.context, self.sections = Context(words.language), sections
        self.params.append(
            TyperOption(
                param_decls=["version", "-V", "--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_version,
            )
        )

    def _sections(self) -> dict[str, Sequence[str]]:
        return {
            self.words.help[f"section.{section}"]: names for section, names in self.sections.items()
        } or super()._sections()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse what was typed; without a command it is ``status``."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        _, rest, _ = self.make_parser(ctx).parse_args(list(args))
        return super().parse_args(ctx, args if rest else [*args, "status"])

    def make_context(self, *arguments: Any, **extra: Any) -> Any:
        """Typer's context with ours on it."""
        return super().make_context(*arguments, **{**extra, "obj": self.context})

    def main(self, *arguments: Any, **extra: Any) -> Any:
        """Run the command; any exception becomes a message and an exit code."""
        given = arguments[0] if arguments and arguments[0] is not None else sys.argv[1:]
        if COMPLETION in os.environ:
            get_completion_inspect_parameters()  # registers the shells that Typer knows
        try:
            code = self._reported(given, **extra)
        except Exception as error:  # also one of the report of another
            line = report_bug(error, self.context)
            code = self._after_write(70)
            with suppress(Exception):  # printing may be what fails
                self._answer_error({"code": "bug", "message": line, "fix": ""}, code, given)
        sys.exit(code)

    def _reported(self, given: Sequence[str], **extra: Any) -> int:
        """Run the command and report what refuses it; return its exit code."""
        try:
            try:
                # Typer's own exit code for a closed pipe would mean findings in the data.
                code = super().main(list(given), **{**extra, "standalone_mode": False})
                return code if isinstance(code, int) else 0
            except typer.TyperException as error:
                document = report_usage(error, self.words)
                self._answer_error(document, document["exit"], given)
                return int(document["exit"])
            except Exception as error:
                raise refusal_of(error, self.context) from error.__cause__
            finally:
                sys.stdout.flush()  # a failure at the end of the process could not be reported
        except LeagueError as error:
            code = self._after_write(_report(error, self.context))
            if not isinstance(error, AnswerLost):
                self._answer_error(self.context.printer.error_document(error), code, given)
            return int(code)

    def _answer_error(self, document: Mapping[str, Any], code: int, given: Sequence[str]) -> None:
        """Answer with the error where JSON is requested and nothing was answered yet: a script
        reads stdout however a command ends."""
        if self.context.answered or not (self.context.format == "json" or asks_for_json(given)):
            return
        self.context.format, self.context.output = "json", None
        command = self.context.command or "error"
        error = {"error": {**document, "exit": code}}
        with suppress(AnswerLost):  # the exit code shows it as well
            self.context.printer.answer(command, (), (), error)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; at Ctrl-C Typer alone would end in silence."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.stderr.write("\n" + self.words.line("interrupted") + "\n")
            raise typer.Exit(self._after_write(130)) from None

    def _after_write(self, code: int) -> int:
        """The exit code of a failed command, which differs where an operation was written, so that
        no script repeats it."""
        written, made = self.context.written, self.context.made
        if not written and made is None:
            if code != AnswerLost.BROKEN_PIPE:
                hint_at_record(self.context)
            return code
        facts = {"operation": written[-1]} if written else {"made": made}
        line = self.words.line("written-unanswered" if written else "made-unanswered", **facts)
        sys.stderr.write(line + "\n")
        return AnswerLost.WRITTEN


def _checksum(path: str, values: Mapping[str, Any], params: Sequence[Any]) -> str:
    """A short checksum of a request with its files; too short to find a value by trying."""
    digest = hashlib.sha256(path.encode())
    for param in params:
        value = values.get(param.name)
        for part in value if isinstance(value, (list, tuple)) else [value]:
            content = f"{param.name}={part}\n".encode()
            if part is not None and param.type.name == "path":
                with suppress(OSError):  # the command itself reports a folder or a missing file
                    content = Path(part).read_bytes()
            digest.update(content if part is not None else b"")
    return digest.hexdigest()[:4]


def is_taken(name: str) -> bool:
    """Whether the name is reserved in Python, so that the command's function has ``_`` after it."""
    return iskeyword(name) or hasattr(builtins, name)


def _build(path: str, module: str, words: Words) -> LeagueCommand:
    """The command of that path, from the function of its name in a module of this package."""
    name = path.replace(" ", "_")
    functions = import_module(f"leaguectl.cli.{module}")
    declared: Declared = getattr(functions, f"{name}_" if is_taken(name) else name)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(path.rpartition(" ")[2], cls=LeagueCommand)(_typer_function(path, declared))
    built = typer.main.get_command(app)
    if not isinstance(built, LeagueCommand):
        raise TypeError(type(built))
    built.declared, built.path, built.words = declared, path, words
    built.params += _common_options(declared.options, several=declared.several)
    return built


def _show_version(ctx: Any, _param: Any, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        sys.stdout.write(f"leaguectl {__version__}\n")
        ctx.exit()


def _report(error: LeagueError, context: Context) -> int:
    """Report why the command stopped; return its exit code."""
    if isinstance(error, AnswerLost) and error.facts.get("pipe"):
        return AnswerLost.BROKEN_PIPE  # in silence: the reader has closed the pipe
    context.printer.error(error)
    return error.exit_code
