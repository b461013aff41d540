"""Words for codes, in Chinese and English. Only here does the program know a language."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from leaguectl.findings import Finding

LANGUAGES = ("zh", "en")


class Shows(Protocol):
    """Whatever turns a value into text, masked where it is personal."""

    def text(self, value: Any) -> str:
        """The value on one line."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    ``codes`` has for each finding and error what is wrong and what to do; a code with variants is
    followed by ``/`` and the fact that makes the difference.
    """

    language: str
    lines: Mapping[str, str]
    codes: Mapping[str, tuple[str, str]]
    fields: Mapping[str, str]
    figures: Mapping[str, tuple[str, str]]
    values: Mapping[str, str]
    units: Mapping[str, str]
    help: Mapping[str, str]

    def say(self, code: str, **facts: Any) -> str:
        """One line by its code."""
        return self.lines[code].format_map(_Facts(facts))

    def told(self, code: str, facts: Mapping[str, Any]) -> tuple[str, str]:
        """What is wrong and what to do, for a code and facts that are text already."""
        variant = next((f"{code}/{fact}" for fact in facts if f"{code}/{fact}" in self.codes), code)
        message, fix = self.codes.get(variant, (code, ""))
        return message.format_map(_Facts(facts)), fix.format_map(_Facts(facts))

    def finding(self, finding: Finding, shows: Shows) -> tuple[str, str]:
        """What a finding says and what to do about it."""
        facts = {
            key: self.word(value, shows) for key, value in finding.facts.items() if value != ""
        }
        return self.told(finding.code, facts)

    def word(self, value: Any, shows: Shows) -> str:
        """A fact as text: names of fields and values of ours in this language."""
        if isinstance(value, (list, tuple, set)):
            return self.lines["comma"].join(self.word(one, shows) for one in value)
        if isinstance(value, str):
            return self.fields.get(value) or self.values.get(value) or shows.text(value)
        return shows.text(value)

    def level(self, finding: Finding) -> str:
        """Error or warning."""
        return self.lines[str(finding.level)]

    def place(self, finding: Finding) -> str:
        """Where: ``file!sheet!cell (heading)``, an option, or what it is about."""
        where = finding.where
        if where is None:
            return finding.subject or ""
        parts = [
            where.file,
            where.sheet or "",
            where.cell or (str(where.row or "") if where else ""),
        ]
        place = "!".join(part for part in parts if part)
        return f"{place} {where.heading}".strip() if where.heading else place

    def heading(self, key: str) -> str:
        """The heading of a column of an answer."""
        return self.fields.get(key, key)


class _Facts(dict[str, Any]):
    """Facts for a template; one that is absent shows as nothing instead of failing."""

    def __missing__(self, key: str) -> str:
        return ""


@cache
def words(language: str) -> Words:
    """The words of that language."""
    module = import_module(f"leaguectl.words.{language}")
    return Words(
        language, module.LINES, module.CODES, module.FIELDS, module.FIGURES, module.VALUES, module.UNITS,
        module.HELP,
    )  # fmt: skip


def language_of(asked: str | None) -> str:
    """The language: asked for, else ``LEAGUECTL_LANG``, else the locale's, else English."""
    for value in (
        asked,
        os.environ.get("LEAGUECTL_LANG"),
        os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG"),
    ):
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return _system_language()


def _system_language() -> str:
    """Where the environment says nothing (as on Windows), what the system speaks."""
    import locale

    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
