"""How names are compared."""

import re
import unicodedata
from functools import lru_cache

SEPARATORS = "•‧・∙⋅●．･᛫⸱."
"""What people type where a name has its separator (U+00B7, 民委发〔2016〕33号)."""

_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(separator): "·" for separator in SEPARATORS
}
"""Full-width signs and letters to the ASCII ones, separators to U+00B7. Nothing else of a name is
folded: NFKC would replace rare characters that people are really called by."""


is_chinese_name = re.compile(r"[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)*").fullmatch
"""Whether a name is of Chinese characters with the right separator alone, as nearly all are: there
is nothing to fold in it."""


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
    """The key under which a name is found: width, case and spaces do not count."""
    if is_chinese_name(text):
        return text
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def branch_names(text: str, unit: str | None = None) -> list[str]:
    """The full names that a roster can mean by a class or branch, the likeliest first: as it is
    written, as a branch, and within the school or unit that stands beside it."""
    names = [text] if text.endswith("团支部") else [text, f"{text}团支部"]
    return names + [f"{unit}{name}" for name in names if unit]
