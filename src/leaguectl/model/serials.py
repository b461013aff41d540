"""Serials of forms and certificates: how they are stored, so that a paper has a single serial."""

import re
import unicodedata

from leaguectl.names import without_unseen

_CODE = r"[0-9A-Za-z\-/()\u3014\u3015\[\]\u4e00-\u9fff]{1,40}"
is_code = re.compile(_CODE).fullmatch
"""Whether a folded text can be a code as it is printed."""


is_serial = re.compile(rf"(?![-/])(?=[^1-9]*[1-9]){_CODE}").fullmatch
"""Whether a folded text can be the serial of a paper: a code that has digits other than zeros, with
no sign in front (-1)."""


def fold_serial(text: str) -> str:
    """A serial as it is stored: in half width, without blanks and invisible characters."""
    return "".join(without_unseen(unicodedata.normalize("NFKC", text)).split())
