"""What a person types: parse, call one operation, print, exit."""

import gc
import sys
from typing import Any

COMMANDS: dict[str, Any] = {
    "init": "keeping:init",
    "import": "batches:import_",
    "admit": "batches:admit",
    "case": {
        "open": "cases:open_",
        "advance": "cases:advance",
        "show": "cases:show",
        "list": "cases:list_",
        "close": "cases:close",
    },
    "quota": {
        "set": "ledger:quota_set",
        "move": "ledger:quota_move",
        "show": "looking:quota_show",
        "check": "looking:quota_check",
    },
    "form": {"receive": "papers:form_receive", "show": "papers:form_show"},
    "certificate": {
        "issue": "papers:certificate_issue",
        "reissue": "papers:certificate_reissue",
        "recall": "papers:certificate_recall",
        "show": "papers:certificate_show",
    },
    "number": {
        "show": "numbers:number_show",
        "usage": "numbers:number_usage",
        "gaps": "numbers:number_gaps",
        "void": "numbers:number_void",
        "dispute": "numbers:number_dispute",
        "settle": "numbers:number_settle",
        "disputes": "numbers:number_disputes",
    },
    "member": {
        "find": "looking:member_find",
        "show": "looking:member_show",
        "transfer": "transfers:member_transfer",
        "leave": "lives:member_leave",
        "aging": "lives:member_aging",
        "restore": "lives:member_restore",
        "discipline": "lives:member_discipline",
        "milestone": "lives:member_milestone",
        "register": "lives:member_register",
        "edit": "people:member_edit",
        "merge": "people:member_merge",
    },
    "transfer": {
        "list": "transfers:list_",
        "graduates": "transfers:graduates",
        "accept": "transfers:accept",
        "refuse": "transfers:refuse",
        "lapse": "transfers:lapse",
    },
    "dup": {"list": "people:dup_list", "ignore": "people:dup_ignore"},
    "org": {
        "tree": "looking:org_tree",
        "show": "looking:org_show",
        "add": "tree:add",
        "rename": "tree:rename",
        "move": "tree:move",
        "close": "tree:close",
        "merge": "tree:merge",
        "split": "tree:split",
        "graduate": "tree:graduate",
    },
    "due": "due:due",
    "post": {
        "list": "doings:post_list",
        "appoint": "doings:post_appoint",
        "end": "doings:post_end",
    },
    "training": {"list": "doings:training_list", "missing": "doings:training_missing"},
    "activity": {"list": "doings:activity_list", "due": "doings:activity_due"},
    "survey": {"show": "doings:survey_show"},
    "task": {"list": "doings:task_list"},
    "check": "keeping:check",
    "rules": "rulebook:rules",
    "explain": "rulebook:explain",
    "policy": {"set": "keeping:policy_set", "show": "keeping:policy_show"},
    "stats": "looking:stats",
    "year": {"close": "years:year_close", "diff": "years:year_diff"},
    "assert": "years:assert_",
    "plan": "years:plan",
    "rank": "years:rank",
    "export": "outward:export",
    "template": "forms:template",
    "headings": "forms:headings",
    "log": "journal:log",
    "show": "journal:show",
    "undo": "journal:undo",
    "upgrade": "keeping:upgrade",
    "config": {"show": "keeping:config_show"},
}
"""Every command and where it is; a group is a table of its own."""


def main() -> None:
    """Run the command line on ``sys.argv``."""
    try:
        _main()
    except KeyboardInterrupt:  # before a command was there to say it in words
        sys.exit(130)


def _main() -> None:
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show Chinese shows escapes instead of stopping the program.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    # A command is a short process: looking for circles of garbage costs a tenth of an import and
    # frees nothing that its end does not.
    gc.disable()
    from leaguectl.cli.framework import Root
    from leaguectl.words import language_of, words

    Root(COMMANDS, words(language_of(asked_language(sys.argv[1:]))))(prog_name="leaguectl")


def asked_language(arguments: list[str]) -> str | None:
    """What ``--lang`` says; heard before the rest, since help texts are made with the commands."""
    for at, argument in enumerate(arguments):
        if argument == "--":
            return None
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
    return None
