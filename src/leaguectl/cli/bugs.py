"""A bug of ours as the user sees it: one line, and the traceback in a log of their own."""

import os
import re
import sys

from leaguectl.causes import why
from leaguectl.cli.context import Context
from leaguectl.findings import DatabaseUnavailable
from leaguectl.masks import mask
from leaguectl.output import printable
from leaguectl.words import MissingWords

_VALUES = re.compile(r"[^\x00-\x7f]+|(?:\d[ -]?){7,}[Xx]?")
"""What in a traceback is of somebody: their name, or that of their folder, which is not ASCII as
code is; and every number as long as that of a telephone."""


def report_bug(error: Exception, context: Context) -> str:
    """Report it in one line, which is also returned, and write the traceback to a log of the user;
    with ``--debug`` it is shown instead. The text of an exception may contain values, so numbers
    and names of people are masked in both.
    """
    import traceback

    text = printable(_VALUES.sub("*", mask("".join(traceback.format_exception(error)))))
    if context.debug:
        sys.stderr.write(text)
        return text.splitlines()[-1]
    kind, log = type(error).__name__, _keep_log(text)
    if isinstance(error, MissingWords):
        kind = str(error)  # the key without words is not personal, and all there is to know
    line = context.words.line("bug", kind=kind, log=log) if log else ""
    line = line or context.words.line("bug-no-log", kind=kind)
    sys.stderr.write(line + "\n")
    return line


def refusal_of(error: OSError, context: Context) -> Exception:
    """What the operating system refused, which is not a bug: missing rights or space, a missing
    folder. With ``--debug`` it is shown as a bug."""
    if context.debug:
        return error
    return DatabaseUnavailable("system-refuses", file=str(error.filename or ""), **why(error))


def _keep_log(text: str) -> str:
    """Add to the log of faults; return its place, or nothing where it cannot be written."""
    from platformdirs import user_log_path

    try:
        folder = user_log_path("leaguectl", appauthor=False, ensure_exists=True)
        path = folder / "faults.log"
        # It may contain data of the registry, so only the user can read it.
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
    except OSError:
        return ""
    return str(path)
