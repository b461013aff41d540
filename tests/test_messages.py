"""The words: both languages say the same things, every code has words, every command has help."""

import ast
import re
import string
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from typer import Context

from conftest import Run
from leaguectl.cli.app import COMMANDS, SECTIONS
from leaguectl.cli.framework import LeagueCommand, LeagueGroup, Root
from leaguectl.findings import Finding, LeagueError
from leaguectl.kinds import KINDS
from leaguectl.output import Printer
from leaguectl.reports.due import KINDS as DUE
from leaguectl.reports.figures import FIGURES
from leaguectl.reports.overview import STEPS
from leaguectl.rules import ENTRY, GATE, STANDING
from leaguectl.words import LANGUAGES, MissingWords, words

SOURCE = Path(__file__).parent.parent / "src" / "leaguectl"
EN, ZH = words("en"), words("zh")
MAKERS = {"Finding", "fault", "Fault", "Rule", "LeagueError"}
"""What takes a code as its first argument: findings, faults, rules, and every error of ours."""


@cache
def trees() -> dict[Path, ast.Module]:
    """The program's modules but for its words."""
    return {
        path: ast.parse(path.read_text("utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).parts[0] != "words"
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["codes", "help", "terms"])
def test_a_key_has_its_words_once(language: str, part: str) -> None:
    """No table says a key twice, so that none hides another."""
    tree = ast.parse((SOURCE / "words" / language / f"{part}.py").read_text("utf-8"))
    tables = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    assert tables
    for table in tables:
        keys = [key.value for key in table.keys if isinstance(key, ast.Constant)]
        assert sorted(set(keys)) == sorted(keys)


def _errors(root: type[LeagueError]) -> Iterator[str]:
    for subclasse in root.__subclasses__():
        yield subclasse.__name__
        yield from _errors(subclasse)


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be, as far as it says them itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from chain(_texts(node.body), _texts(node.orelse))


def calls(names: set[str]) -> Iterator[ast.Call]:
    """Every call of a function or method of one of these names."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else None
                name = called.id if isinstance(called, ast.Name) else name
                if name in names:
                    yield node


def first_texts(names: set[str]) -> set[str]:
    """What stands first in those calls."""
    return {text for call in calls(names) if call.args for text in _texts(call.args[0])}


@cache
def all_texts() -> set[str]:
    """Every text that the program holds outside its words, docstrings left out."""
    found = set()
    for tree in trees().values():
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in prose
        }
    return found


def fields(text: str) -> set[str]:
    """The facts that a template asks for; ``{rows|row|rows}`` asks for ``rows``."""
    names = (name for _, name, _, _ in string.Formatter().parse(text))
    return {name.partition("|")[0] for name in names if name}


# -- both languages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table", ["lines", "codes", "causes", "fields", "figures", "units", "help"]
)
def test_both_languages_have_the_same_keys(table: str) -> None:
    """Nothing is said in one language only."""
    assert getattr(ZH, table).keys() == getattr(EN, table).keys()


@pytest.mark.parametrize("table", ["lines", "codes", "figures", "help"])
def test_both_languages_ask_for_the_same_facts(table: str) -> None:
    """A translation leaves out no fact and invents none."""

    def asked(templates: Mapping[str, str | tuple[str, ...]]) -> dict[str, set[str]]:
        return {
            key: fields(value if isinstance(value, str) else "".join(value))
            for key, value in templates.items()
        }

    assert asked(getattr(ZH, table)) == asked(getattr(EN, table))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_empty(language: str) -> None:
    """A key has words; only a remedy may be absent."""
    wordings = words(language)
    tables = (
        wordings.lines, wordings.causes, wordings.fields, wordings.values, wordings.units,
        wordings.help,
    )  # fmt: skip
    texts = [text for table in tables for text in table.values()]
    texts += [message for message, _ in wordings.codes.values()]
    assert all(text.strip() for text in texts)


def test_chinese_words_are_chinese() -> None:
    """Nothing was left in English: each Chinese message has a Chinese character."""
    texts = [message for message, _ in ZH.codes.values()] + [*ZH.causes.values()]
    texts += [text for key, text in ZH.help.items() if not key.endswith(".examples")]
    assert [text for text in texts if not re.search("[\u4e00-\u9fff]", text)] == []


def test_english_words_are_english() -> None:
    """English messages contain no Chinese sentence; a term may follow its English translation."""
    texts = [text for pair in EN.codes.values() for text in pair] + [*EN.causes.values()]
    assert [text for text in texts if re.search("[\u4e00-\u9fff]", text)] == []


# -- codes ---------------------------------------------------------------------------------------


def test_every_code_has_words() -> None:
    """No finding and no error comes out as a bare code."""
    used = first_texts(MAKERS | set(_errors(LeagueError)))
    assert len(used) > 100
    assert {code for code in used if code not in EN.codes} == set()


def test_every_code_with_words_is_used() -> None:
    """No words are kept for what the program never says."""
    texts = all_texts()
    assert {code for code in EN.codes if code.partition("/")[0] not in texts} == set()


def test_every_variant_of_a_code_hangs_on_a_fact_of_it() -> None:
    """``code/fact`` is said where the fact is there, so the fact must be one that somebody
    gives."""
    variants = [code.split("/") for code in EN.codes if "/" in code]
    given = {
        keyword.arg for call in calls(MAKERS | {"fault"}) for keyword in call.keywords
    } | all_texts()
    assert variants
    assert [
        variant for variant in variants if variant[0] not in EN.codes or variant[1] not in given
    ] == []


def test_every_rule_has_words() -> None:
    """Each rule of the three books has its words."""
    codes = [rule.code for rule in (*ENTRY, *GATE)] + [rule.code for rule in STANDING]
    assert [code for code in codes if code not in EN.codes] == []


def test_a_code_written_in_a_call_gets_the_facts_that_its_words_ask_for() -> None:
    """A message never has a hole where a fact should stand."""
    missing = []
    for call in calls({"fault"} | set(_errors(LeagueError))):
        given = {keyword.arg for keyword in call.keywords}
        if None in given:
            continue  # facts that are handed on are seen where they are made
        for code in _texts(call.args[0]) if call.args else ():
            variants = [f"{code}/{fact}" for fact in given if f"{code}/{fact}" in EN.codes]
            texts = EN.codes.get(variants[0] if variants else code, ("", ""))
            asked = fields("".join(texts)) - {"field"}  # added where the cell is known
            missing += [(code, fact) for fact in asked - given]
    assert missing == []


def test_every_kind_of_sheet_has_a_name() -> None:
    """An import says how each sheet was understood; in English a kind may be called as it is."""
    assert KINDS.keys() <= ZH.values.keys()


def test_every_line_that_is_said_has_words_and_every_line_is_said() -> None:
    """Hints on stderr have words in both languages, and none is left over."""
    said = first_texts({"hint", "say", "line"})
    texts = all_texts()
    language = (SOURCE / "words" / "__init__.py").read_text("utf-8")
    assert {code for code in said if code not in EN.lines} == set()
    left = {code for code in EN.lines if code not in texts and f'"{code}"' not in language}
    # What is said of a step or a kind is called by its name, of which there is a list.
    assert left - {"next." + path for path, built in _commands("en") if _writes(built)} == {
        *(f"step-{step}" for step in STEPS),
        *(f"status-due-{kind.name.removeprefix('due-')}" for kind in DUE),
        *(f"status-open-{state}" for state in ("cases", "transfers", "disputes")),
    }


# -- figures, fields -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_label_a_definition_and_a_unit(language: str) -> None:
    """A figure is never a bare number."""
    texts = words(language)
    assert [figure.key for figure in FIGURES if not all(texts.figures.get(figure.key, ("",)))] == []
    assert [figure.key for figure in FIGURES if not texts.units.get(figure.unit)] == []
    assert texts.figures.keys() == {figure.key for figure in FIGURES}
    assert texts.units.keys() == {figure.unit for figure in FIGURES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_a_sheet_has_a_name(language: str) -> None:
    """A finding about a cell names the column in the reader's language."""
    columns = {column.field for kind in KINDS.values() for column in kind.pattern.columns}
    assert columns - words(language).fields.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fact_is_shown_in_the_reader_s_language(language: str) -> None:
    """Names of fields in a message are words, and several are parted as the language does."""
    texts = words(language)
    finding = Finding("chain-closed", {"missing": ["form", "certificate"]})
    message, _ = texts.finding(finding, Printer(texts))
    assert texts.lines["comma"].join((texts.fields["form"], texts.fields["certificate"])) in message


# -- help ----------------------------------------------------------------------------------------


def _commands(language: str) -> Iterator[tuple[str, LeagueCommand | LeagueGroup]]:
    def walk(path: str, built: Any) -> Iterator[tuple[str, LeagueCommand | LeagueGroup]]:
        built.localize()
        yield path, built
        if isinstance(built, LeagueGroup):
            for name in built.commands:
                yield from walk(f"{path} {name}".strip(), built.get_command(None, name))

    yield from walk("", Root(COMMANDS, words(language)))


def _writes(built: LeagueCommand | LeagueGroup) -> bool:
    return isinstance(built, LeagueCommand) and built.declared.writes


def _option_words(param: Any) -> str:
    return str(getattr(param, "help", "") or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_every_option_has_help(language: str) -> None:
    """Nothing that can be typed is left unexplained."""
    texts = words(language)
    bare = [
        f"{path} {param.name}"
        for path, built in _commands(language)
        for param in built.get_params(Context(built))
        if _option_words(param) != texts.option_help(path, str(param.name))
    ]
    assert bare == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_option_named_as_a_field_is_explained_by_the_field_s_label(language: str) -> None:
    """A new column of members needs its label and nothing else."""
    assert words(language).fields["politics"] in words(language).option_help("x y", "politics")


def test_what_has_no_words_is_a_fault_of_ours(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The key that lacks words is named, exit 70; it is never said that there is no such
    command."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    for key in ("stats", "stats.get", "frame.usage", "quota", "quota show"):
        with monkeypatch.context() as patch:
            patch.delitem(words("en").help, key)  # type: ignore[arg-type]
            for arguments in (["stats", "--help"], ["quota", "--help"], ["--help"]):
                ran = run("--lang", "en", *arguments)
                if ran.code:
                    assert (ran.code, "No such command" in ran.err) == (70, False)
                    assert repr(key) in ran.err
                    break
            else:
                pytest.fail(f"nobody missed {key}")
    assert not issubclass(MissingWords, LookupError)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_of_help_is_in_the_language(language: str, run: Run) -> None:
    """Usage, headings, types of options and what is required are words as well."""
    helps = words(language).help
    ran = run("--lang", language, "quota", "move", "--help")
    for key in ("usage", "arguments", "options", "required", "options-metavar"):
        assert helps[f"frame.{key}"] in ran.out
    assert helps["type.str"] in ran.out
    assert helps["frame.commands"] in run("--lang", language, "quota", "--help").out


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_s_help_ends_with_examples(language: str) -> None:
    """The last thing that help shows is what can be typed, each example on its own line."""
    texts = words(language)
    for path, built in _commands(language):
        if isinstance(built, LeagueGroup):
            continue
        examples = texts.help[f"{path}.examples"].splitlines()
        lines = [line.strip() for line in built.get_help(Context(built)).rstrip().splitlines()]
        assert lines[-len(examples) :] == examples
        assert lines[-len(examples) - 1].rstrip(":") == texts.help["examples"].rstrip(":：")
        assert all(re.match(rf"leaguectl (--db \S+ )?{path}\b", example) for example in examples)


def test_help_explains_nothing_that_cannot_be_typed() -> None:
    """No help is kept for a command or option that is gone."""
    known = {"examples", "option.field"}
    known |= {key for key in EN.help if key.startswith(("frame.", "type."))}
    known |= {f"section.{section}" for section in SECTIONS}
    known |= {key for key in EN.help if key.startswith("metavar.")}
    for path, built in _commands("en"):
        known |= {path, f"{path}.examples"}
        for param in built.get_params(Context(built)):
            known |= {f"{path}.{param.name}", f"option.{param.name}"}
            known |= {f"{path}.{param.name}.metavar"}
    assert EN.help.keys() - known == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_can_be_typed(language: str) -> None:
    """Every option in an example is an option of that command."""
    for path, built in _commands(language):
        if isinstance(built, LeagueGroup):
            continue
        known = {opt for param in built.get_params(Context(built)) for opt in param.opts}
        known |= {"--db", "--lang"}
        text = words(language).help[f"{path}.examples"]
        options = re.findall(r"(?<= )--?[A-Za-z][a-z-]*", text)
        assert [option for option in options if option not in known] == []
