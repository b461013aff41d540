"""Typer's messages about a wrong command line, in the user's language.

Typer only has English messages. They are recognised by their text, since it gives nothing else; an
unknown message is shown as it is.
"""

import re
import sys
from collections.abc import Sequence
from typing import Any

from leaguectl.masks import mask
from leaguectl.output import sanitize
from leaguectl.words import Words

_MESSAGES = {
    "usage-missing-argument": r"Missing argument (?P<name>.+?)\.",
    "usage-missing-option": r"Missing option (?P<name>.+?)\.",
    "usage-missing-command": r"Missing command\.",
    "usage-near-options": r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.+)\)",
    "usage-no-option": r"No such option: (?P<name>.+)",
    "usage-near-commands": r"No such command (?P<name>.+?)\. Did you mean (?P<near>.+)\?",
    "usage-no-command": r"No such command (?P<name>.+)\.",
    "usage-option-alone": r"Option (?P<name>.+) requires an argument\.",
    "usage-flag-value": r"Option (?P<name>.+) does not take a value\.",
    "usage-too-many": r"Got unexpected extra argument\(s\) \((?P<name>.+)\)",
    "usage-number": r"Invalid value for (?P<name>.+?): (?P<value>.+) is not a valid "
    r"int(?:eger)?(?: range)?\.",
    "usage-range": r"Invalid value for (?P<name>.+?): (?P<value>.+) is not in the range "
                   r"(?P<range>.+)\.",
}  # fmt: skip
"""The pattern of each message of Typer by our code, special ones before general ones."""


def report_usage(error: Any, words: Words) -> dict[str, Any]:
    """Report on stderr what is wrong with the command line; return the same for a JSON answer."""
    said = sanitize(mask(error.format_message()))
    found = _recognized(said)
    exit_code = int(error.exit_code)
    if found is None:
        sys.stderr.write(f"{said}\n")
        return {"code": "usage", "message": said, "fix": "", "exit": exit_code}
    code, facts = found
    hint = ""
    if error.ctx is not None:
        hint = words.line("usage-try", command=error.ctx.command_path)
        sys.stderr.write(f"{error.ctx.get_usage()}\n{hint}\n\n")
    param = getattr(error, "param", None)
    if param is not None and param.param_type_name == "argument":
        facts["name"] = param.metavar or facts["name"]  # as the usage line above calls it
    if "range" in facts:
        facts["range"] = re.sub(r"x\s*>=\s*", "≥ ", re.sub(r"x\s*<=\s*", "≤ ", facts["range"]))
    message = words.line(code, **facts)
    sys.stderr.write(words.line("usage-error", message=message) + "\n")
    return {"code": code, "message": message, "fix": hint, "exit": exit_code}


def _recognized(message: str) -> tuple[str, dict[str, str]] | None:
    for code, pattern in _MESSAGES.items():
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return code, match.groupdict()
    return None


def asks_for_json(given: Sequence[str]) -> bool:
    """Whether an unreadable command line asks for JSON."""
    line = "\0".join(given)
    return re.search(r"(^|\0)(-\w*O|--format)[\0=]?json(\0|$)", line) is not None
