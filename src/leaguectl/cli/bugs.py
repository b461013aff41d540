"""A bug of ours, as the user meets it: one line, and the traceback in a log of their own."""

import os
import sys

from leaguectl.cli.context import Context
from leaguectl.findings import DatabaseUnavailable
from leaguectl.masks import mask
from leaguectl.words import MissingWords


def report_bug(error: Exception, context: Context) -> str:
    """Say it in one line, which is returned as well, and keep the traceback in a log of the user's
    own; with ``--debug`` it is shown instead.

    What an exception says may carry a value, so personal ones are masked in both.
    """
    import traceback

    text = mask("".join(traceback.format_exception(error)))
    if context.debug:
        sys.stderr.write(text)
        return text.splitlines()[-1]
    kind, log = type(error).__name__, _keep_log(text)
    if isinstance(error, MissingWords):
        kind = str(error)  # which key has no words: nothing personal, and all there is to know
    line = context.words.line("bug", kind=kind, log=log) if log else ""
    line = line or context.words.line("bug-no-log", kind=kind)
    sys.stderr.write(line + "\n")
    return line


def refusal_of(error: OSError, context: Context) -> Exception:
    """What the system refused, which is no bug: rights, room, a folder that is gone. With
    ``--debug`` it is shown as one."""
    if context.debug:
        return error
    facts = {"file": str(error.filename or ""), "detail": error.strerror or str(error)}
    return DatabaseUnavailable("system-refuses", **facts)


def _keep_log(text: str) -> str:
    """Add to the log of faults; where it is, or nothing where none can be written."""
    from platformdirs import user_log_path

    try:
        folder = user_log_path("leaguectl", appauthor=False, ensure_exists=True)
        path = folder / "faults.log"
        # It may hold data of the registry, so that nobody else may read it.
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
    except OSError:
        return ""
    return str(path)
