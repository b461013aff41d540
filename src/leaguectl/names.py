"""How names are compared."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def fold_name(text: str) -> str:
    """The key under which a name is found: width, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
