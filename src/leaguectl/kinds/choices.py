"""Cells with a value from a list: closed, or with the words of the county's policy."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from leaguectl.kinds.cells import fault, text
from leaguectl.names import fold_name

LONGEST_LABEL = 100
"""Characters of the longest category, status or title: more is a text about it."""


def label(value: Any) -> str:
    """Words that say what somebody or something is, as they are written: a status, a title."""
    said = text(value)
    if len(said) > LONGEST_LABEL:
        raise fault("text-too-long", length=len(said), longest=LONGEST_LABEL)
    return said


class Choice:
    """A cell type of a few values, each given by its code or one of its words.

    ``words`` has the word that is written for each code, the first that its column knows. Words of
    ``also`` are understood but never offered; where ``by_ending``, so is a longer word that ends
    with a known one: 乡镇团委 is a 团委.
    """

    __name__ = "choice"

    def __init__(
        self,
        words: Mapping[str, tuple[str, ...]],
        also: Mapping[str, tuple[str, ...]] | None = None,
        *,
        by_ending: bool = False,
    ) -> None:
        self.words = {code: aliases[0] for code, aliases in words.items()}
        self._by_ending = by_ending
        known = [
            (word, code)
            for understood in (words, also or {})
            for code, aliases in understood.items()
            for word in (code, *aliases)
        ]
        self._codes = {_fold_word(word): code for word, code in known}
        self._whole = {fold_name(word): code for word, code in known}

    def __call__(self, value: Any) -> str:
        """The code that a cell means."""
        word = text(value)
        code = self._whole.get(fold_name(word))
        if code is None and self._is_hint(word):
            code = self._codes.get(_fold_word(word))
        code = code or self._codes.get(_fold_word(_turned(word))) or self._ending(word)
        if code is None:
            raise fault("choice-unknown", text=word[:40], known=[*self.words.values()])
        return code

    def shown(self, code: str) -> str | None:
        """How a code is written; None where the column has no word for it."""
        return self.words.get(code)

    def _ending(self, word: str) -> str | None:
        """The code of the longest known word with which this one ends, unless it denies it."""
        folded = _fold_word(word) if self._by_ending else ""
        for known in sorted(self._codes, key=len, reverse=True):
            before = folded.removesuffix(known)
            if before != folded and not known.isascii() and not before.endswith(("非", "无", "未")):
                return self._codes[known]
        return None

    def _is_hint(self, word: str) -> bool:
        """Whether brackets after a word may be dropped: no other word has their text."""
        said = _BRACKETS.search(unicodedata.normalize("NFKC", word))
        return said is None or not any(said[1] in known for known in self._codes if said[1])


class OpenChoice(Choice):
    """A cell type for words that the policy interprets: they are stored as they are written, and
    templates offer the built-in words."""

    __name__ = "open_choice"

    def __call__(self, value: Any) -> str:
        """The words of the cell."""
        return label(value)

    def shown(self, code: str) -> str:
        """How a code is written; other words as they are."""
        return self.words.get(code, code)


_BRACKETS = re.compile(r"\(([^()]*)\)")


def _fold_word(word: str) -> str:
    return _BRACKETS.sub("", fold_name(word))


def _turned(word: str) -> str:
    """The word with the text in brackets moved to the front: 毕业班团支部."""
    folded = unicodedata.normalize("NFKC", word)
    return "".join(_BRACKETS.findall(folded)) + folded
