"""Names of people and branches: how they are stored, compared and searched."""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache


def option_of(field: str) -> str:
    """The option by which a command line says a field of a row; what is given twice has one."""
    if field == "organization":
        return "--org"
    return "--" + field.removesuffix("_1").removesuffix("_2").replace("_", "-")


SEPARATORS = "•‧・∙⋅●．･᛫⸱.ᐧ˙﹒"
"""What people type instead of the separator in names of minorities, which is U+00B7 (民委发〔2016〕
33号)."""

_SIGNS = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {ord(separator): "·" for separator in SEPARATORS}
    | {radical: unicodedata.normalize("NFKC", chr(radical)) for radical in range(0x2F00, 0x2FD6)}
)
"""Maps full-width signs and letters to ASCII, separators to U+00B7, and radicals, which a PDF gives
for characters (⼩), to those. Nothing else is mapped in a stored name: NFKC would replace rare
characters that are in people's real names."""


is_chinese_name = re.compile(r"[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)*").fullmatch
"""Whether a name has only Chinese characters and right separators, as nearly all have; such a name
needs no folding, which saves most of the time of a large roster."""


_LETTERS = frozenset("LM")
_RARE = 0x20000
"""From this code point on Unicode has only Chinese characters."""


def signs_of_no_name(name: str) -> str:
    """The characters of a stored name (:func:`plain_name`) that no name has: all except letters and
    the separators between two of them; empty where it can be a name."""
    signs = dict.fromkeys(
        character
        for index, character in enumerate(name)
        if not _is_letter(character) and not _separates(name, index)
    )
    return "".join(signs)


def _is_letter(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cn":  # newer than this program: the planes of rare characters still grow
        return ord(character) >= _RARE
    # 〇 is a numeral to Unicode; rare characters of old systems lie in the private area (Co).
    return category[0] in _LETTERS or category == "Co" or character == "〇"


def _separates(name: str, index: int) -> bool:
    if not 0 < index < len(name) - 1:
        return False
    before, sign, after = name[index - 1], name[index], name[index + 1]
    # Chinese names have no other separator: a hyphen there stands for something else.
    may_be = sign == "·" or (sign in "-'’ " and not is_chinese_name(before + after))
    return may_be and _is_letter(before) and _is_letter(after)


def is_text(text: str) -> bool:
    """Whether it is text, without the halves of characters by which Python hands on bytes of
    another encoding. No database takes them."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def unseen(text: str) -> str:
    """The characters of a text that nobody sees, each once: controls, marks, changes of direction.
    Blanks are not among them, of whatever width."""
    if text.isprintable():
        return ""
    return "".join(sign for sign in dict.fromkeys(text) if _is_unseen(sign) and sign not in _BLANKS)


def without_unseen(text: str) -> str:
    """The text without the characters that nobody sees, and without blanks that have no width; a
    control that parts something is a space."""
    if text.isprintable():
        return text
    parted = (" " if sign in _PARTING else sign for sign in text)
    return "".join(sign for sign in parted if not _is_unseen(sign))


_BLANKS = "\t\n\v\f\r\u200b\u2060\ufeff"
"""Line ends, tabs, and spaces without a width: like other blanks they come by copying, and say
nothing."""
_PARTING = "\x1c\x1d\x1e\x1f\x85"


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf") and character not in "\t\n\v\f\r"


def code_points(characters: str) -> list[str]:
    """Characters as standards call them: U+200B."""
    return [f"U+{ord(character):04X}" for character in characters]


def readable(file_name: str) -> str:
    """The name of a file as text. A name that is not UTF-8 comes from a Chinese Windows, through an
    archive or a USB stick, and has its encoding."""
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
    """The key for looking up a name; width, case and spaces do not count."""
    if is_chinese_name(text):
        return text
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


_SIGNED = re.compile(r"(?P<name>.+?)\s*[（(]\s*(?P<sign>#\d{1,7}|\d{12})\s*[)）]")


def signed_name(text: str) -> tuple[str, str | None]:
    """A name, and what tells its bearer from namesakes where that stands behind it: their
    development number or registry id, as in 王芳（202365000002） and 王芳（#3）."""
    found = _SIGNED.fullmatch(text.strip())
    return (found["name"], found["sign"]) if found else (text, None)


LIKENESS = 0.6
"""How similar a name or code must be to be suggested (difflib's ratio)."""


def near_codes(code: str, known: Collection[str]) -> list[str]:
    """The codes that an unknown code may mean: the most similar first, then those that contain
    it."""
    import difflib  # only where something was misspelt

    near = difflib.get_close_matches(code.casefold(), known, n=3, cutoff=LIKENESS)
    return near + [other for other in known if code and code in other and other not in near][:3]
