"""Serials of forms and certificates: how one is stored, so that one paper is one serial."""

import re
import unicodedata

is_serial = re.compile(r"[0-9A-Za-z\-/()\u3014\u3015\[\]\u4e00-\u9fff]{1,40}").fullmatch
"""Whether a folded text can be a serial as it is printed."""


def fold_serial(text: str) -> str:
    """A serial as it is stored: in half width, without blanks and what cannot be seen."""
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", text)
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")
    )
