"""Names of people and branches: how they are stored, compared and found."""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

SEPARATORS = "•‧・∙⋅●．･᛫⸱."
"""What people type instead of the separator in names of minorities, which is U+00B7 (民委发〔2016〕
33号)."""

_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(separator): "·" for separator in SEPARATORS
}
"""Maps full-width signs and letters to ASCII, and separators to U+00B7. Nothing else is mapped in a
stored name: NFKC would replace rare characters that are in people's real names."""


is_chinese_name = re.compile(r"[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)*").fullmatch
"""Whether a name has only Chinese characters and right separators, as nearly all have; such a name
needs no folding, which saves most of the time of a large roster."""


def is_text(text: str) -> bool:
    """Whether it is text, without the halves of characters by which Python hands on bytes of
    another encoding. No database takes them."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def readable(file_name: str) -> str:
    """The name of a file as text. One that is no UTF-8 comes from a Chinese Windows, by way of an
    archive or a stick, and is of its encoding."""
    if is_text(file_name):
        return file_name
    return file_name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")


def plain_name(text: str) -> str:
    """A person's name as it is stored: one separator, no spaces between Chinese characters."""
    name = text.translate(_SIGNS)
    if "·" in name:
        name = re.sub(r"\s*·\s*", "·", name)
    if " " in name and re.fullmatch(r"[\u3400-\U0003ffff·\s]+", name):
        name = name.replace(" ", "")
    return name


@lru_cache(maxsize=65536)
def fold_name(text: str) -> str:
    """The key under which a name is found; width, case and spaces do not count."""
    if is_chinese_name(text):
        return text
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def branch_names(text: str, unit: str | None = None) -> list[str]:
    """The full names that a roster can mean by a class or branch, the likeliest first: as written,
    with 团支部 added, and with the school or unit of the same row in front."""
    names = [text] if text.endswith("团支部") else [text, f"{text}团支部"]
    return names + [f"{unit}{name}" for name in names if unit]


LIKENESS = 0.6
"""How like a name or code must be to be suggested (difflib's ratio)."""


def near_codes(code: str, known: Collection[str]) -> list[str]:
    """The codes that an unknown one may be meant to be: the most like first, then those that
    contain it."""
    import difflib  # only where something was misspelt

    near = difflib.get_close_matches(code.casefold(), known, n=3, cutoff=LIKENESS)
    return near + [other for other in known if code and code in other and other not in near][:3]
