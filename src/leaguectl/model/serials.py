"""Serials of forms and certificates: how they are stored, so that a paper has a single serial."""

import re
import unicodedata

is_code = re.compile(r"[0-9A-Za-z\-/()\u3014\u3015\[\]\u4e00-\u9fff]{1,40}").fullmatch
"""Whether a folded text can be a code as it is printed."""


def is_serial(text: str) -> bool:
    """Whether a folded text can be the serial of a paper: a code that has digits other than zeros,
    with no sign in front (-1)."""
    return (
        is_code(text) is not None
        and text[0] not in "-/"
        and any(char.isdigit() and char != "0" for char in text)
    )


def fold_serial(text: str) -> str:
    """A serial as it is stored: in half width, without blanks and invisible characters."""
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", text)
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")
    )
