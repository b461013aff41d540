"""The table of commands, and the way into the program."""

import gc
import signal
import sys

from leaguectl.streams import prepare

COMMANDS: dict[str, str | dict[str, str]] = {
    "status": "overview",
    "help": "overview",
    "demo": "overview",
    "completion": "overview",
    "init": "registry",
    "import": "import_",
    "admit": "admit",
    "reply": "import_",
    "case": dict.fromkeys(("open", "advance", "show", "list", "close"), "case"),
    "quota": dict.fromkeys(("set", "move", "show", "check"), "quota"),
    "form": dict.fromkeys(("receive", "show"), "papers"),
    "certificate": dict.fromkeys(("issue", "reissue", "recall", "show"), "papers"),
    "number": dict.fromkeys(
        ("show", "usage", "gaps", "void", "dispute", "settle", "disputes"), "number"
    ),
    "member": {
        "find": "member",
        "show": "member",
        "history": "journal",
        "transfer": "transfer",
        **dict.fromkeys(
            (
                "leave",
                "aging",
                "restore",
                "discipline",
                "milestone",
                "register",
                "edit",
                "merge",
                "erase",
            ),
            "member",
        ),
    },
    "transfer": dict.fromkeys(("list", "graduates", "accept", "refuse", "lapse"), "transfer"),
    "dup": dict.fromkeys(("list", "ignore"), "member"),
    "org": {
        "tree": "org",
        "show": "org",
        "history": "journal",
        **dict.fromkeys(
            ("add", "rename", "alias", "move", "close", "merge", "split", "promote", "graduate"),
            "org",
        ),
    },
    "due": "due",
    "post": dict.fromkeys(("list", "appoint", "end"), "activity"),
    "training": dict.fromkeys(("list", "missing"), "activity"),
    "activity": dict.fromkeys(("list", "due"), "activity"),
    "survey": {"show": "activity"},
    "task": {"list": "activity"},
    "check": "registry",
    "verify": "registry",
    "rules": "registry",
    "explain": "registry",
    "policy": dict.fromkeys(("set", "show"), "registry"),
    "stats": "figures",
    "report": "report",
    "year": dict.fromkeys(("close", "diff"), "year"),
    "assert": "year",
    "plan": "year",
    "rank": "year",
    "export": "export",
    "template": "export",
    "headings": "export",
    "log": "journal",
    "show": "journal",
    "undo": "journal",
    "apply": "plans",
    "approve": "plans",
    "why": "journal",
    "counties": "registry",
    "upgrade": "registry",
    "backup": "upkeep",
    "restore": "upkeep",
    "encrypt": "upkeep",
    "grants": "upkeep",
    "doctor": "upkeep",
    "config": {"show": "registry"},
}
"""Every command and its module in ``cli``, whose function has the command's name; a group is a
table of its own."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "start": ("status", "help", "demo", "init", "template", "import", "headings"),
    "members": ("member", "transfer", "dup", "org", "post"),
    "admission": ("quota", "case", "admit", "reply", "form", "certificate", "number"),
    "work": ("due", "training", "activity", "survey", "task", "rank"),
    "year": ("stats", "report", "plan", "year", "assert", "export"),
    "trust": (
        "check", "verify", "rules", "explain", "policy", "log", "show", "why", "undo", "apply",
        "approve",
    ),
    "upkeep": ("doctor", "backup", "restore", "encrypt", "counties", "upgrade", "grants", "config",
        "completion",),
}  # fmt: skip
"""The groups in which help lists the commands, by what somebody wants to do."""


def main() -> None:
    """Run the command line on ``sys.argv``."""
    try:
        _end_as_interrupted()
        if "--debug" not in sys.argv:
            # A half-written workbook prints a traceback when it is thrown away, after the command
            # has reported in words what ended it.
            sys.unraisablehook = lambda _: None
        _main()
    except KeyboardInterrupt:  # before any command could report it in words
        sys.exit(130)


def _end_as_interrupted() -> None:
    """Let a closed window or a shutdown end a command as Ctrl-C does, with nothing left behind. An
    ignored signal (nohup) stays ignored."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, interrupt)


def _main() -> None:
    prepare()
    # A command is a short process: the garbage collector would cost a tenth of an import and free
    # nothing that the end of the process does not.
    gc.disable()
    from leaguectl.cli import settings
    from leaguectl.cli.framework import Root
    from leaguectl.words import language_of, words

    language = language_of(settings.readable_setting("lang", requested_language(sys.argv[1:])))
    Root(COMMANDS, words(language), SECTIONS)(prog_name="leaguectl")


def requested_language(arguments: list[str]) -> str | None:
    """The value of ``--lang``, read before the parser is built, since help texts are part of it."""
    for index, argument in enumerate(arguments):
        if argument == "--":
            return None
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
    return None
