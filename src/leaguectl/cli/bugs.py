"""A bug of ours as the user sees it: one line, and the traceback in a log of their own."""

import os
import re
import sys

from leaguectl.causes import why
from leaguectl.cli.context import Context
from leaguectl.findings import DatabaseUnavailable, Finding, LeagueError
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


def refusal_of(error: Exception, context: Context) -> Exception:
    """Why a command really failed where that is not a bug: the operating system refused something
    (missing rights or space, a missing folder), or another program put values into the registry
    that no command can use. With ``--debug`` it is shown as a bug."""
    if context.debug or isinstance(error, LeagueError):
        return error
    if isinstance(error, OSError):
        return DatabaseUnavailable("system-refuses", file=str(error.filename or ""), **why(error))
    altered = _alterations(context)
    if not altered:
        return error
    db, first = context.location.shown, altered[0].subject or "-"
    return DatabaseUnavailable("database-altered", db=db, subject=first, count=len(altered))


def _alterations(context: Context) -> list[Finding]:
    """What another program has altered in the registry that the command has opened."""
    from leaguectl.actions.registry import verify

    if "location" not in vars(context):
        return []
    try:
        return verify(context.location).findings
    except Exception:  # of an error there is nothing to say about another
        return []


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
