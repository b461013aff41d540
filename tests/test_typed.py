"""What is typed: no option of any command takes nothing, and days and words are read and said alike
everywhere."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of
from leaguectl.cli.app import COMMANDS
from leaguectl.cli.framework import Root
from leaguectl.cli.overview import TOPICS
from leaguectl.model import DECLARATIONS
from leaguectl.reports.due import KINDS as DUE
from leaguectl.reports.figures.splits import BY
from leaguectl.words import LANGUAGES, words


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each command with its path."""
    root: Any = Root(COMMANDS, words("en"))

    def walk(path: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
        if isinstance(getattr(command, "table", None), dict):
            for name in command.table:
                yield from walk((*path, name), command.get_command(None, name))
        else:
            yield path, command

    return walk((), root)


ALL = dict(commands())
GROUPS = {path[:1] for path in ALL if len(path) > 1}


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_no_option_takes_nothing(path: tuple[str, ...], sample_db: Path, run: Run) -> None:
    """An unset variable of a script is an error of usage on every option of every command, and
    nothing is done; so is an argument of blanks."""
    before = sample_db.read_bytes()
    params, cleared = ALL[path].params, ()
    if path == ("member", "edit"):  # where nothing takes away what is there, if that can be
        cleared = ALL[path].declared.cells()
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = {
        param.name: max(param.opts, key=len)
        for param in params
        if param.param_type_name == "option" and not param.is_flag
    }
    assert "db" in options
    for option in (option for name, option in options.items() if name not in cleared):
        for value in ("", "   "):
            done = run(*path, *["1"] * len(arguments), option, value)
            assert (done.code, done.out) == (2, ""), (path, option)
            assert f"{option} is empty" in done.err
    for index in range(len(arguments)):
        values = ["1"] * index + [""] + ["1"] * (len(arguments) - index - 1)
        assert run(*path, *values).code == 2
    assert sample_db.read_bytes() == before


@pytest.mark.parametrize("option", ["--name", "--id-number"])
def test_who_somebody_is_cannot_be_cleared(option: str, sample_db: Path, run: Run) -> None:
    """Only what is known of them besides."""
    before = sample_db.read_bytes()
    assert run("member", "edit", "#1", option, "", "--reason", "x").code == 2
    assert sample_db.read_bytes() == before


def test_what_may_be_cleared_is_cleared(sample_db: Path, run: Run) -> None:
    """The one command where nothing is a value."""
    for phone, kept in (("13800001234", True), ("", False)):
        done = run("member", "edit", "#1", "--phone", phone, "--reason", "x")
        assert done.code == 0, done.err
        card = answer_of(run, "member", "show", "#1")["member"]
        assert (card["phone"] is not None) == kept


@pytest.mark.parametrize("words", [("member", "find"), ("org", "show"), ("number", "show")])
def test_endless_text_is_an_error_of_usage(
    words: tuple[str, ...], sample_db: Path, run: Run
) -> None:
    """The database must not be the first to say so, in words about a backup."""
    done = run(*words, "王" * 30_000)
    assert (done.code, "30000 characters" in done.err) == (2, True)
    assert run("member", "leave", "#1", "--reason", "x" * 30_000).code == 2
    assert run("member", "find", "-", stdin="王" * 30_000 + "\n").code == 2


@pytest.mark.parametrize(
    ("arguments", "as_declared"),
    [
        ("stats --year 2023年 --get members.total", "stats 2023 --get members.total"),
        ("survey show --year 2023 -O json", "survey show 2023 -O json"),
        ("quota set YS11 2023 70 -n", "quota set 2023 YS11 70 -n"),
        ("quota set YS11 70 --year 2023 -n", "quota set 2023 YS11 70 -n"),
        ("training list 2023年度", "training list --year 2023"),
        ("activity list --org YS11 2023", "activity list --org YS11 --year 2023"),
        ("member register 2023 YS1101 -n", "member register YS1101 2023 -n"),
        ("stats abc", "stats abc"),
    ],
)  # fmt: skip
def test_a_year_is_understood_wherever_it_stands(
    arguments: str, as_declared: str, sample_db: Path, run: Run
) -> None:
    """First, behind an organisation, or as an option, whichever the command has."""
    found, wanted = run(*arguments.split()), run(*as_declared.split())
    assert (found.code, found.out, found.err) == (wanted.code, wanted.out, wanted.err)


WITH_YEAR = [
    path
    for path, command in ALL.items()
    if any(param.name in ("year", "years") and param.param_type_name == "argument"
           for param in command.params)
]  # fmt: skip


@pytest.mark.parametrize("path", WITH_YEAR, ids=" ".join)
def test_a_year_alone_is_enough_or_an_error_of_usage(
    path: tuple[str, ...], sample_db: Path, run: Run, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Where a command wants more than the year, it says so."""
    monkeypatch.chdir(tmp_path)
    ran = run(*path, "2023")
    assert ran.code in (0, 1, 2, 3, 4, 6), ran.err


def test_what_is_missing_of_a_candidate_is_named_as_it_is_typed(sample_db: Path, run: Run) -> None:
    """Every option that a finding names is one of the command."""
    found = run("admit", "--name", "王小明", "--org", "YS1101", "-O", "json")
    named = {finding["heading"] for finding in json.loads(found.out)["findings"]}
    options = {option for param in ALL[("admit",)].params for option in param.opts}
    assert "--introducer" in named
    assert named <= options
    assert "--introducer、" in run("--lang", "zh", "admit", "--name", "王小明", "--org", "X").err


# -- days ----------------------------------------------------------------------------------------

DAYS = ["2023-06-30", "2023年6月30日", "2023.6.30", "20230630", "2023/6/30", "２０２３年６月３０日"]


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_typed_as_in_a_cell(text: str, registry: Path, run: Run) -> None:
    """One parser for both."""
    done = run("stats", "2023", "--as-of", text, "-O", "json")
    assert (done.code, json.loads(done.out)["as_of"]) == (0, "2023-06-30")
    assert run("org", "tree", "--as-of", text).code == 0
    assert run("check", "--on", text).code == run("check", "--on", "2023-06-30").code


@pytest.mark.parametrize("text", ["2023-02-30", "2023年6月", "06/30/2023", "2023", "30.6.2023"])
def test_what_is_no_day_is_an_error_of_usage(text: str, registry: Path, run: Run) -> None:
    """A month alone is not enough either."""
    assert run("stats", "2023", "--as-of", text).code == 2


# -- said in the user's language -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("stats",), "缺少参数"),
        (("stats", "二〇二三"), "不是年度"),
        (("show", "x"), "不是整数"),
        (("stats", "1800"), "不在 1922"),
        (("due", "--within", "-1"), "不在范围"),
        (("stats", "2023", "--nope"), "没有选项"),
        (("stats", "2023", "--gets", "x"), "是否为"),
        (("nope",), "没有命令"),
        (("statss", "2023"), "是否为"),
        (("stats", "2023", "--org"), "后面需要"),
        (("stats", "2023", "--quiet=1"), "不带值"),
        (("plan", "2023", "x"), "多余的参数"),
        (("org", "move", "YS"), "缺少选项"),
        (("stats", "2023", "--org", ""), "为空"),
    ],
)
def test_errors_of_usage_are_in_the_user_s_language(
    arguments: tuple[str, ...], said: str, run: Run
) -> None:
    """Typer's own words are English alone."""
    done = run("--lang", "zh", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not re.search(r"Error|Missing|No such|Invalid|Try ", done.err)
    english = run("--lang", "en", *arguments)
    assert english.code == 2
    assert not re.search(r"[\u4e00-\u9fff]", english.err.replace("二〇二三", ""))


def test_the_language_of_the_config_file_counts(
    tmp_path: Path, spawn: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the option and the environment, before the locale; ``config show`` tells the truth."""
    config = tmp_path / "config.toml"
    config.write_text('lang = "zh"\n', "utf-8")
    monkeypatch.delenv("LEAGUECTL_LANG")
    monkeypatch.setenv("LEAGUECTL_CONFIG", str(config))

    def language_and_origin(*options: str, **environment: str) -> tuple[str, str]:
        answer = json.loads(spawn("config", "show", "-O", "json", *options, **environment).out)
        lang = answer["settings"]["lang"]
        return lang["value"], lang["origin"]

    assert "用法" in spawn("--help", LC_ALL="C.UTF-8").out
    assert language_and_origin() == ("zh", str(config))
    assert language_and_origin("--lang", "en") == ("en", "--lang")
    assert language_and_origin(LEAGUECTL_LANG="en") == ("en", "LEAGUECTL_LANG")
    config.write_text("", "utf-8")
    assert language_and_origin(LC_ALL="zh_CN.UTF-8") == ("zh", "locale")
    config.write_bytes('lang = "中"'.encode("gbk"))
    assert spawn("config", "show").code == 2
    assert spawn("--help").code == 0


def test_the_colour_of_the_config_file_counts(
    tmp_path: Path, sample_db: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ``config show`` says is what is done."""
    config = tmp_path / "config.toml"
    config.write_text('color = "always"\n', "utf-8")
    monkeypatch.setenv("LEAGUECTL_CONFIG", str(config))
    sheet = bad_sheet(tmp_path)
    assert "\x1b[" in run("import", sheet).err
    assert "\x1b[" not in run("import", sheet, "--color", "never").err
    assert "--color" in run("config", "show", "--color", "never").out


def bad_sheet(folder: Path) -> Path:
    """A sheet with a finding."""
    sheet = folder / "bad.csv"
    sheet.write_text("团组织编码,团组织全称,组织类型\nX,某县团委,不知道\n", "utf-8")
    return sheet


def test_chinese_names_things_by_their_names(sample_db: Path, run: Run) -> None:
    """An organisation has a 名称, and a changed field its heading."""
    card = run("--lang", "zh", "org", "show", "YS").out
    assert "名称" in card
    assert "姓名" not in card
    edited = run("--lang", "zh", "member", "edit", "#1", "--phone", "13800001234").out
    assert "手机号码" in edited
    assert "phone" not in edited


# -- small ---------------------------------------------------------------------------------------


def test_a_year_to_come_is_reported(sample_db: Path, run: Run) -> None:
    """The figures are given, with a word on stderr."""
    assert "still to come" in run("stats", "2030").err
    assert run("stats", "2023").err == ""


def test_a_year_without_members_is_not_closed(sample_db: Path, run: Run) -> None:
    """It was mistyped."""
    done = run("year", "close", "1930", "--yes", "-O", "json")
    assert done.code == 3
    assert [each["code"] for each in json.loads(done.out)["findings"]] == ["year-empty"]


def test_numbers_from_high_to_low_are_an_error_of_usage(sample_db: Path, run: Run) -> None:
    """And not numbers that nobody has."""
    done = run("number", "void", "202365000009..202365000001", "--reason", "x", "--yes")
    assert (done.code, "comes before" in done.err) == (2, True)


def test_an_upgrade_is_tried(sample_db: Path, run: Run) -> None:
    """As every command that writes."""
    before = sample_db.read_bytes()
    done = run("upgrade", "--dry-run", "-O", "json")
    answer = json.loads(done.out)
    assert (done.code, answer["dry_run"], answer["operation"]) == (0, True, None)
    assert answer["before"] == answer["after"]
    assert sample_db.read_bytes() == before


def test_a_closed_year_names_its_operation(sample_db: Path, run: Run) -> None:
    """In the shape of every write; the units are words."""
    done = run("year", "close", "2023", "--yes", "-O", "json", "--explain", "members.total=x")
    answer = json.loads(done.out)
    assert done.code == 0, done.err
    assert {"operation", "dry_run", "rows", "findings", "figures"} <= answer.keys()
    assert answer["rows"][0] == answer["figures"][answer["rows"][0]["key"]]
    assert f"operation {answer['operation']}" in done.err


@pytest.mark.parametrize(
    "arguments",
    [("stats", "2023年"), ("stats", "２０２３", "--get", "年末团员数"), ("due", "--kind", "超龄"),
     ("transfer", "list", "--state", "待接收"), ("quota", "show", "2023年度"),
     ("member", "aging", "--year", "2023年")],
    ids=" ".join,
)  # fmt: skip
def test_a_value_may_be_typed_in_chinese(
    arguments: tuple[str, ...], sample_db: Path, run: Run
) -> None:
    """Whatever the language of the answer."""
    for language in ("zh", "en"):
        assert run("--lang", language, *arguments).code == 0


@pytest.mark.parametrize("text", ["x", "20x4", "1800", "2024-05", "年"])
def test_what_is_no_year_is_an_error_of_usage(text: str, sample_db: Path, run: Run) -> None:
    """Exit code 2, and how a year is typed."""
    ran = run("stats", text)
    assert (ran.code, ran.out) == (2, "")
    assert "2024" in ran.err


def test_arguments_are_called_in_the_language_of_the_user(run: Run) -> None:
    """In usage, in help, and where one is missing."""
    assert "{年度} {团组织} {名额}" in run("--lang", "zh", "quota", "set", "--help").out
    assert "缺少参数 团员" in run("--lang", "zh", "member", "show").err
    assert "Missing argument MEMBER" in run("--lang", "en", "member", "show").err


# -- days ----------------------------------------------------------------------------------------

FORMS_OF_DAYS = ("2024.1.3", "2024年9月1日", "9月1日", "今天", "2024-9-1", "20240103")
DATES = {
    name for declaration in DECLARATIONS.values()
    for name, field in declaration.fields.items() if field.type is date
}  # fmt: skip


def _day_options(path: tuple[str, ...]) -> list[str]:
    """The options of a command that take a day."""
    cells = ALL[path].declared.cells()
    return [
        max(param.opts, key=len)
        for param in ALL[path].params
        if param.type.name.strip("<>").split()[0] == "day" or {param.name} & DATES & set(cells)
    ]


@pytest.mark.parametrize("path", [path for path in ALL if _day_options(path)], ids=" ".join)
def test_a_day_is_typed_alike_in_every_option(
    path: tuple[str, ...], registry: Path, run: Run
) -> None:
    """By whoever writes it as people do, wherever a day is asked for."""
    command = ALL[path]
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    given = [*path, *["2023"] * len(arguments), *(["-n"] if command.declared.writes else [])]
    for option in _day_options(path):
        for text in FORMS_OF_DAYS:
            done = run("--lang", "zh", *given, option, text)
            assert "不是日期" not in done.err, (option, text, done.err)
            assert done.code != 70


def test_commands_have_options_for_days() -> None:
    """The test above is not empty."""
    assert sum(len(_day_options(path)) for path in ALL) > 40


# -- Chinese -------------------------------------------------------------------------------------

NAMES = frozenset(
    """Excel FAT MB Markdown PDF PostgreSQL SHA-256 TOML UTC UTF-8 UTF8 Windows Noto Sans CJK COLOR
    NO PAGER LANG LC ALL ENCODING CREATE SCHEMA SELECT XX TODAY ID CSV JSON accepted all always
    auto never category chcp chmod csv json md table tsv default digits en zh false true first
    folder install keep update megabytes pip pipx uv tool postgresql sqlite stderr wps yes
    leaguectl d455b1144132 SQL ROLE LOGIN Tab bash zsh fish powershell
    PowerShell Datasette""".split()  # noqa: SIM905
)
"""Names of formats, programs and settings, and what is typed for an option."""
TYPED = re.compile(
    r"leaguectl [a-z][a-z ]*|--?[a-zA-Z][a-zA-Z-]*|LEAGUECTL_\w+|[A-Za-z_]+\.[a-z_.]+"
    r"|\b[0-9a-f]{15,}\b|\[\[?[a-z_]+\]\]?|\.[a-z]+|[a-z]+_[a-z_]+|\{[^}]*\}|[A-Z]\d+|'[^']*'"
)
"""What is typed as it stands: commands, options, variables, keys, endings; and what was typed."""


def english(text: str) -> set[str]:
    """The English words of a Chinese text that are no names."""
    zh = words("zh")
    choices = {part for key in (*zh.values, *zh.fields) for part in re.split("[ _]", key)}
    known = NAMES | choices | set(BY) | {part for path in ALL for part in path}
    known |= {kind.name.removeprefix("due-") for kind in DUE}
    return {
        word
        for word in re.findall(r"[A-Za-z][A-Za-z0-9+-]+", TYPED.sub(" ", text))
        if word not in known
    }


@pytest.mark.parametrize(
    "table", ["codes", "lines", "help", "fields", "values", "units", "figures", "report"]
)
def test_no_chinese_text_has_an_english_word(table: str) -> None:
    """All that can be said, but for names of files, keys, commands, options and choices."""
    left = {
        key: found
        for key, entry in getattr(words("zh"), table).items()
        if not key.endswith(".examples")
        and (found := english(entry if isinstance(entry, str) else " ".join(entry)))
    }
    assert left == {}


@pytest.mark.parametrize("path", [(), *ALL], ids=" ".join)
def test_what_is_typed_wrongly_is_reported_in_chinese(
    path: tuple[str, ...], sample_db: Path, run: Run, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Frames and errors of every command, as they come out: nothing of the library's English."""
    monkeypatch.chdir(tmp_path)  # `demo` makes a folder where it is run
    said = run("--lang", "zh", *path, "--help").out.partition("示例")[0]
    for wrong in (("--no-such-option",), ["1"] * 9, ("--lang",), ("--quiet=1",), ()):
        if wrong or not path or ALL[path].declared.writes is False:
            said += run("--lang", "zh", *path, *wrong, *(() if path else ("nope",))).err
    said = re.sub(r"(?<![0-9a-z])[0-9a-f]{12,64}(?![0-9a-z])", "", said)  # a seal is no word
    assert english(said.replace("--no-such-option", "").replace("nope", "")) == set()


# -- what messages advise ------------------------------------------------------------------------

ADVISED = re.compile(r"(?<!a )leaguectl ((?:[a-z]+ ?)*)([^；。，、）（)|`”“\n]*)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_option_that_a_message_names_exists(language: str) -> None:
    """In errors, hints, help and its topics: what is advised can be typed."""
    said = words(language)
    texts = {**said.lines, **{key: "；".join(entry) for key, entry in said.codes.items()}}
    texts |= said.help
    texts |= {f"topic {name}": said.topic(name) for name in TOPICS}
    wrong = []
    for key, text in texts.items():
        for named, rest in ADVISED.findall(re.sub(r"[;,.] ", "；", text)):
            path = tuple(named.split())
            while path and path not in ALL and path not in GROUPS:
                path = path[:-1]
            if named and not path:
                wrong.append((key, named))
            if path in ALL:
                known = {option for param in ALL[path].params for option in param.opts}
                known |= {"--help", "--lang", "--db", "-V", "--version"}
                options = re.findall(r"(?<= )--?[a-zA-Z][a-z-]*", named + rest)
                wrong += [(key, named, option) for option in options if option not in known]
    assert wrong == []
