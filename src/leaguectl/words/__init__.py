"""Words for codes, in Chinese and English. Only here does the program know a language."""

import os
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib import import_module, resources
from typing import Any, Protocol, TypeVar

from leaguectl.findings import Finding, Listed

LANGUAGES = ("zh", "en")

_FEW = 5
"""Up to this many consecutive rows are listed singly."""

Entry = TypeVar("Entry")


class Shows(Protocol):
    """Whatever turns a value into text, masked where it is personal."""

    def text(self, value: Any) -> str:
        """The value on one line."""
        ...


class MissingWords(RuntimeError):
    """Something that the program shows has no words: a fault of ours, never of the user.

    It is no ``KeyError``: Typer looks commands up in a mapping and would take that for a command
    that does not exist.
    """


class Words:
    """The words of one language.

    Its tables are in three modules (codes, help, terms), each loaded when it is first needed: a
    script that asks for a figure pays neither for the help nor for the messages.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, str]]:
        """What is wrong and what to do, for each finding and error.

        A code with variants is followed by ``/`` and the fact that makes the difference.
        """
        return self._table("codes", "CODES")

    @cached_property
    def causes(self) -> Mapping[str, str]:
        """What to do about an error of the system or of a server, by its class
        (:mod:`leaguectl.causes`)."""
        return self._table("codes", "CAUSES")

    @cached_property
    def lines(self) -> Mapping[str, str]:
        """Hints and the fixed words of answers."""
        return self._table("codes", "LINES")

    @cached_property
    def help(self) -> Mapping[str, str]:
        """Help by the path of a command (``quota set``), of its parameters (``quota set.places``)
        and of options that mean the same everywhere (``option.org``)."""
        return self._table("help", "HELP")

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """Names of fields of sheets and answers. In English a field is called by its own name,
        unless the table has another."""
        own = self._table("terms", "FIELDS")
        if self.language == "zh":
            return own
        known = words("zh").fields
        return _Table({key: key.replace("_", " ") for key in known} | own, own.name)

    @cached_property
    def values(self) -> Mapping[str, str]:
        """Names of values that come from a fixed list, and of kinds of sheets."""
        return self._table("terms", "VALUES")

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Units of figures."""
        return self._table("terms", "UNITS")

    @cached_property
    def figures(self) -> Mapping[str, tuple[str, str]]:
        """The label and the definition of each figure."""
        return self._table("terms", "FIGURES")

    def names_of_figure(self, key: str) -> list[str]:
        """What a figure may be called when it is typed: its label, and the short names that offices
        use; 团员 is 年末团员数, since what is asked for stands at the year's end."""
        label = self.figures[key][0].casefold()
        short = label.removesuffix("数")
        return [label, short, short.removeprefix("年末")]

    def topic(self, name: str) -> str:
        """The page of help on that topic, as Markdown."""
        page = resources.files(f"leaguectl.words.{self.language}") / "topics" / f"{name}.md"
        return page.read_text(encoding="utf-8")

    @cached_property
    def report(self) -> Mapping[str, str]:
        """Headings, captions and notes of the yearly report."""
        return self._table("report", "REPORT")

    @cached_property
    def sentences(self) -> Mapping[str, Sequence[str]]:
        """The sentences of each section of the yearly report, with keys of figures in them."""
        return self._table("report", "SENTENCES")

    def in_report(self, code: str, **facts: Any) -> str:
        """One text of the yearly report by its code."""
        return self.report[code].format_map(_Facts(facts))

    def _table(self, module: str, name: str) -> "_Table[Any]":
        table = getattr(import_module(f"leaguectl.words.{self.language}.{module}"), name)
        return _Table(table, f"words/{self.language}/{module}.py: {name}")

    def line(self, code: str, **facts: Any) -> str:
        """One line by its code."""
        return self.lines[code].format_map(_Facts(facts))

    def render(self, code: str, facts: Mapping[str, Any]) -> tuple[str, str]:
        """What is wrong and what to do, for a code and facts that are text already."""
        variant = next((f"{code}/{fact}" for fact in facts if f"{code}/{fact}" in self.codes), code)
        # An error without words is still better shown as its code than hidden behind another.
        message, fix = self.codes.get(variant, (code, ""))
        if (detail := str(facts.get("detail", ""))) in self.values:  # the system's own English
            facts = {**facts, "detail": self.values[detail]}
        # The system's reason says better what to do than the place at which it was met.
        fix = self.causes[cause] if (cause := str(facts.get("cause", ""))) else fix
        return message.format_map(_Facts(facts)), fix.format_map(_Facts(facts))

    def finding(self, finding: Finding, shows: Shows) -> tuple[str, str]:
        """What a finding says and what to do about it."""
        facts = {
            key: self.term(value, shows) for key, value in finding.facts.items() if value != ""
        }
        message, fix = self.render(finding.code, facts)
        if "in_rows" in facts:  # the same is wrong in several rows, and reported once
            rows = self.term(_spans(finding.facts["in_rows"]), shows)
            message = self.line("in-rows", message=message, rows=rows)
        return message, fix

    def term(self, value: Any, shows: Shows) -> str:
        """A fact as text: names of fields and values of ours in this language."""
        if isinstance(value, (list, tuple, set)):
            return self.lines["comma"].join(self.term(part, shows) for part in value)
        if isinstance(value, str):
            known = self.fields.get(value) or self.values.get(value)
            return known or shows.text(self._with_label(value))
        return shows.text(value)

    def _with_label(self, text: str) -> str:
        """A text that is the key of a figure, or begins with one, with the figure's label for it,
        which is accepted where the key is; in English the key is as easily read."""
        key, space, more = text.partition(" ")
        if self.language != "zh" or "." not in key or key not in self.figures:
            return text
        return self.figures[key][0] + space + more

    def choices(self, names: Sequence[Any], shows: Shows) -> str:
        """What there is to choose from, as it may be typed: in Chinese, or by the names that
        scripts use."""
        if self.language == "zh":
            named = [self.lines[name] if isinstance(name, Listed) else name for name in names]
            return self.term(named, shows)
        typed = [name.typed if isinstance(name, Listed) else name for name in names]
        return self.lines["comma"].join(map(shows.text, typed))

    def value(self, value: Any) -> Any:
        """A value of a fixed list in this language; any other as it is."""
        return self.values.get(value, value) if type(value) is str else value

    def level(self, finding: Finding) -> str:
        """Error or warning."""
        return self.lines[str(finding.level)]

    def place(self, finding: Finding) -> str:
        """Where: ``file!sheet!cell (heading)``, an option, or what it is about."""
        where = finding.where
        if where is None:
            return finding.subject or ""
        parts = [where.file, where.sheet or "", where.cell or str(where.row or "")]
        place = "!".join(part for part in parts if part)
        about = self.line("about", name=where.about) if where.about else ""
        return f"{place} {where.heading or ''}".strip() + about

    def heading(self, key: str) -> str:
        """The heading of a column of an answer."""
        return self.fields.get(key, key)

    def option_help(self, path: str, name: str) -> str:
        """The help of a parameter of a command: its own, else what it means everywhere, else, if it
        is named as a field, one made from the field's label.

        :raises MissingWords: there is none of the three.
        """
        for key in (f"{path}.{name}", f"option.{name}"):
            if key in self.help:
                return self.help[key]
        if name in self.fields:
            return self.field_help(name)
        raise MissingWords(
            f"words/{self.language}/terms.py has no label {name!r}, nor help.py '{path}.{name}'"
        )

    def argument(self, path: str, name: str) -> str:
        """What an argument of a command is called in its usage: by the command, else by its name.

        :raises MissingWords: it has no name in this language.
        """
        own = f"{path}.{name}.metavar"
        return self.help[own if own in self.help else f"metavar.{name}"]

    def field_help(self, field: str) -> str:
        """The help of an option that sets the field of that name.

        :raises MissingWords: the field has no label.
        """
        return self.help["option.field"].format(label=self.fields[field])


class _Table(dict[str, Entry]):
    """Words by key; asking for a key that has none says which file lacks it."""

    def __init__(self, entries: Mapping[str, Entry], name: str) -> None:
        super().__init__(entries)
        self.name = name

    def __missing__(self, key: str) -> Entry:
        raise MissingWords(f"{self.name} has no {key!r}")


class _Facts(dict[str, Any]):
    """Facts for a template; one that is absent shows as nothing instead of failing.

    ``{rows|row|rows}`` is the singular where the fact ``rows`` is 1, else the plural.
    """

    def __missing__(self, key: str) -> str:
        fact, *forms = key.split("|")
        if not forms:
            return ""
        singular, plural = forms
        return singular if str(self.get(fact)) == "1" else plural


def _spans(rows: Sequence[int]) -> list[str]:
    """Numbers of rows, those of a long stretch by its ends alone: ``2-31, 40``."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][-1] + 1:
            spans[-1].append(row)
        else:
            spans.append([row])
    return [
        text
        for span in spans
        for text in ([f"{span[0]}-{span[-1]}"] if len(span) > _FEW else map(str, span))
    ]


@cache
def words(language: str) -> Words:
    """The words of that language."""
    return Words(language)


def language_of(option: str | None) -> str:
    """The language: of the option, else ``LEAGUECTL_LANG``, else the locale's, else English."""
    for value in (
        option,
        os.environ.get("LEAGUECTL_LANG"),
        os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG"),
    ):
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return _system_language()


def _system_language() -> str:
    """Where the environment says nothing (as on Windows), what the system speaks."""
    import locale  # slow to load, and seldom needed

    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
