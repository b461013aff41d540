"""How names are compared."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def fold_name(text: str) -> str:
    """The key under which a name is found: width, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def branch_names(text: str, unit: str | None = None) -> list[str]:
    """The full names that a roster can mean by a class or branch, the likeliest first: as it is
    written, as a branch, and within the school or unit that stands beside it."""
    names = [text] if text.endswith("团支部") else [text, f"{text}团支部"]
    return names + [f"{unit}{name}" for name in names if unit]
