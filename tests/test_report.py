"""The yearly report: what it says is what ``stats`` says, in every form; it names nobody, asks no
network, and is readable for everybody."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from conftest import ENVIRONMENT, Run
from county import MEMBER_HEADINGS, ORGANIZATIONS, member
from leaguectl.findings import Rate
from leaguectl.reports.figures import FIGURES
from leaguectl.words import words
from test_documents import plain

Workbook = Callable[..., Path]
LABELS = {key: label for key, (label, _) in words("zh").figures.items()}
FORMS = ("html", "docx", "xlsx", "md")
CASES = [
    ((), FORMS), (("--org", "YS11"), ("html",)), (("--org", "YS01"), ("html",)),
    (("--as-of", "2023-06-30"), ("html",)),
]  # fmt: skip


class Page(HTMLParser):
    """What a page holds: its figures, tables, ids, links, headings, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.figures: list[tuple[str, str]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.images: list[dict[str, str | None]] = []
        self.text = ""
        self._rows: list[list[str]] | None = None
        self._caption = False
        self._captions: list[str] = []
        self._silent = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [str(given[name]) for name in ("href", "src", "xlink:href") if name in given]
        if tag == "data":
            self.figures.append((str(given["data-key"]), str(given["value"])))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "svg":
            self.images.append(given)
        if tag == "table":
            self._rows = self.tables.setdefault(self._captions[-1], [])
        if tag == "tr" and self._rows is not None:
            self._rows.append([])
        if tag in ("td", "th") and self._rows is not None:
            self._rows[-1].append("")
        if tag == "figcaption":
            self._captions.append("")
        self._caption = tag == "figcaption"
        self._silent = tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._rows = None if tag == "table" else self._rows
        self._caption = self._silent = False

    def handle_data(self, data: str) -> None:
        if self._caption:
            self._captions[-1] += data
        if self._rows:
            self._rows[-1][-1] += data.strip()
        if not self._silent:
            self.text += data


Report = Callable[..., Path]


@pytest.fixture(scope="session")
def report(sample_registry: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The sample county's report in a form, made once for each set of options."""

    @cache
    def of(form: str, *arguments: str) -> Path:
        file = tmp_path_factory.mktemp("report") / f"a.{form}"
        subprocess.run(
            [sys.executable, "-m", "leaguectl", "--db", sample_registry, "--lang", "zh",
             "report", "2023", *arguments, "-o", file],
            check=True, capture_output=True, env={**os.environ, **ENVIRONMENT},
        )  # fmt: skip
        return file

    return of


def made(run: Run, folder: Path, *arguments: str, year: str = "2023") -> dict[str, Path]:
    """The report in every form."""
    files = {form: folder / f"report.{form}" for form in FORMS}
    for file in files.values():
        ran = run("--lang", "zh", "report", year, *arguments, "-o", file)
        assert (ran.code, ran.out) == (0, ""), ran.err
    return files


def figures_of(run: Run, *arguments: str, year: str = "2023") -> dict[str, Any]:
    """What ``stats`` says, by key."""
    ran = run("--lang", "zh", "stats", year, *arguments, "-O", "json")
    return dict(json.loads(ran.out)["figures"])


def shown(figure: dict[str, Any]) -> str:
    """A figure as people read it."""
    if figure["value"] is None:
        return "—"
    is_rate = figure["unit"] == "ratio"
    return Rate(str(figure["value"])).per_cent if is_rate else str(figure["value"])


def tables_of(file: Path) -> dict[str, list[list[str]]]:
    """The tables of a report by their captions, as they are read."""
    if file.suffix == ".html":
        return Page(file.read_text("utf-8")).tables
    if file.suffix == ".docx":
        body = docx.Document(str(file))
        captions = [p.text.split("　")[1] for p in body.paragraphs if p.text.startswith("表")]
        tables = [[[cell.text for cell in row.cells] for row in t.rows] for t in body.tables]
        return dict(zip(captions, tables, strict=True))
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        return {
            sheet.title: [[_read(cell) for cell in row] for row in sheet.iter_rows(min_row=3)]
            for sheet in book.worksheets
        }
    found: dict[str, list[list[str]]] = {}
    caption = ""
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("**"):
            caption = line.strip("*")
        elif line.startswith("|") and "---" not in line:
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            found.setdefault(caption, []).append([cell.replace("\\", "") for cell in cells])
    return found


def _read(cell: Any) -> str:
    if cell.value is None:
        return "—"
    return (
        Rate(str(round(cell.value, 6))).per_cent if "%" in cell.number_format else str(cell.value)
    )


def text_of(file: Path) -> str:
    """Everything that a file says."""
    if file.suffix in (".docx", ".xlsx"):
        with ZipFile(file) as parts:
            names = [name for name in parts.namelist() if not re.search("styles|theme", name)]
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in names)
    return file.read_text("utf-8")


# -- figures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("case", "forms"), CASES)
def test_every_figure_in_every_report_is_that_of_stats(
    case: tuple[str, ...], forms: tuple[str, ...], sample_db: Path, run: Run, report: Report
) -> None:
    """Of the county, a township, a school, and within the year: all figures, in all four forms; and
    those in the sentences."""
    figures = figures_of(run, *case)
    for form in forms:
        table = tables_of(report(form, *case))["指标一览"]
        found = {row[-1]: plain(row[1]) for row in table[1:] if row[-1] in figures}
        assert found == {key: shown(figure) for key, figure in figures.items()}, form
    text = report("html", *case).read_text("utf-8")
    page = Page(text)
    assert len(page.figures) > 20
    for key, value in page.figures:
        assert figures[key]["value"] == float(value), key
    for key, inner in re.findall(r'data-key="([^"]+)" value="[^"]+">([^<]+)<', text):
        assert inner == shown(figures[key])


def test_the_sentences_are_the_same_in_every_form(
    sample_db: Path, run: Run, report: Report
) -> None:
    """Nothing is said in one form that another does not say."""
    page = Page(report("html").read_text("utf-8")).text
    paper = [paragraph.text for paragraph in docx.Document(str(report("docx"))).paragraphs]
    sentences = [text for text in paper if text.endswith("。") and len(text) > 15]
    assert len(sentences) > 9
    markdown = report("md").read_text("utf-8").replace("\\", "")
    for text in sentences:
        assert text in page, text
        assert text in markdown, text


def test_the_table_of_units_is_stats_by_unit(sample_db: Path, run: Run, report: Report) -> None:
    """Each unit, the rest and the sum."""
    keys = ("organizations.total", "members.opening", "admissions.total", "members.transferred_in",
            "members.transferred_out", "members.left", "members.total", "cadres.total")  # fmt: skip
    asked = [part for key in keys for part in ("--get", key)]
    ran = run("--lang", "zh", "stats", "2023", "--by", "unit", *asked, "-O", "tsv")
    expected = [line.split("\t")[1:] for line in ran.out.splitlines()[1:]]
    for form in ("html", "docx", "md"):
        rows = [row[1:] for row in tables_of(report(form))["各单位统计表"][1:]]
        assert [sorted(row) for row in rows] == [sorted(row) for row in expected], form


def test_the_summary_has_cadres_by_their_basis(sample_db: Path, run: Run, tmp_path: Path) -> None:
    """Sector by sector, as it is handed in; the sheet is the first of the workbook."""
    file = tmp_path / "a.xlsx"
    assert run("--lang", "zh", "report", "2023", "-o", file).code == 0
    sheets = openpyxl.load_workbook(file)
    assert sheets.sheetnames[:4] == ["统计汇总表", "对比表", "各单位统计表", "指标一览"]
    rows = tables_of(file)["统计汇总表"]
    assert rows[0][0] == "行业类别"
    assert rows[0][-4:] == [LABELS["cadres.total"], "专职", "兼职", "挂职"]
    assert rows[1] == ["农村", "75", "1881", "30", "225", "0", "225", "0"]
    head = next(at for at, row in enumerate(rows) if row[0] == "合计")
    for column in range(1, len(rows[0])):  # whoever counts in two sectors is taken off once
        added = sum(int(row[column]) for row in rows[1:head])
        assert str(added) == rows[head][column], rows[0][column]
    first = sheets.worksheets[0]
    assert "填报单位（盖章）" in str([cell.value for row in first.iter_rows() for cell in row])
    assert first.print_area
    assert len(sheets["图表"]._charts) == 5


def test_every_sentence_names_figures_that_are_there() -> None:
    """In both languages the same figures in the same sections, and every figure that a county
    publishes is in a sentence."""
    keys = {figure.key for figure in FIGURES}
    found = {
        language: {
            code: [re.findall(r"\[([a-z_.]+)", text) for text in texts]
            for code, texts in words(language).sentences.items()
        }
        for language in ("zh", "en")
    }
    assert found["zh"] == found["en"]
    named = {key for texts in found["zh"].values() for text in texts for key in text}
    assert named <= keys
    assert words("zh").report.keys() == words("en").report.keys()


# -- falls, and what is empty --------------------------------------------------------------------


def test_a_fall_is_explained(sample_db: Path, run: Run, tmp_path: Path) -> None:
    """By what was said when the year was closed, or is said with the report; else it is named."""
    file = tmp_path / "a.md"
    ran = run("--lang", "zh", "report", "2023", "-o", file)
    came = LABELS["members.transferred_in"]
    assert f"比上年下降而没有说明的：{came}" in ran.err
    assert run("year", "close", "2023", "-y", "--explain", "members.total=毕业生转出",
               "--explain", "members.transferred_in=首次登记").code == 0  # fmt: skip
    reasons = (f"{came}=上年为首次登记", f"{LABELS['members.first_entry']}=上年建库")
    explained = [word for reason in reasons for word in ("--explain", reason)]
    ran = run("--lang", "zh", "report", "2023", "-o", file, *explained)
    assert (ran.code, "没有说明" in ran.err) == (0, False)
    rows = {row[0]: row for row in tables_of(file)["对比表"]}
    assert rows[LABELS["members.total"]][1:] == ["5187", "5264", "-77", "人", "毕业生转出"]
    assert rows[came][-1] == "上年为首次登记"
    text = file.read_text("utf-8")
    assert "2023年数据已于2024年1月15日锁定" in text
    assert re.search(r"[0-9a-f]{64}", text)
    assert "比上年减少77人" in text


def test_a_county_of_two_organisations_has_a_report_that_reads_well(
    db: Path, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """What is not recorded is said not to be, nothing stands as None, and there is no sentence
    without its figures."""
    organizations = [ORGANIZATIONS[0], *[row for row in ORGANIZATIONS if row[0] in ("C", "S")]]
    assert run("import", workbook(团组织=organizations)).code == 0
    for form, file in made(run, tmp_path).items():
        text = text_of(file)
        assert "None" not in text, form
    text = (tmp_path / "report.md").read_text("utf-8")
    labels = "、".join(LABELS[key] for key in ("tasks.total", "tasks.done", "meetings.joint"))
    assert f"没有记录、因而没有列出的指标：{labels}" in text
    assert f"共有团组织{len(organizations) - 1}个" in text
    assert "没有团员，也没有基数摸底，无从测算" in text
    assert "按规则检查，没有发现薄弱团组织" in text


def test_an_empty_registry_has_a_report(db: Path, run: Run, tmp_path: Path) -> None:
    """Before the first import nothing fails."""
    assert run("init").code == 0
    made(run, tmp_path)


def test_weak_branches_are_named_by_rule(
    db: Path, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """A branch with fewer than three members, with what to do; and of another organisation it is no
    word."""
    book = workbook(团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, member()])
    assert run("import", book).code == 0
    rows = tables_of(made(run, tmp_path)["md"])["薄弱团组织"]
    assert any("1" in row[1] and "3" in row[1] for row in rows[1:])
    file = tmp_path / "t.md"
    assert run("--lang", "zh", "report", "2023", "--org", "T", "-o", file).code == 0
    assert "薄弱团组织" not in tables_of(file)


def test_a_report_bears_the_seal_of_its_registry(sample_db: Path, run: Run, tmp_path: Path) -> None:
    """By which it can be proved later that the registry follows from what was reported."""
    seal = run("verify", "--head").out.strip()
    file = tmp_path / "a.md"
    assert run("--lang", "zh", "report", "2023", "-o", file).code == 0
    assert f"登记库印记：{seal}" in file.read_text("utf-8").replace("\\", "")
    assert run("year", "close", "2023", "-y", "--explain", "members.total=毕业",
               "--explain", "members.transferred_in=首次登记").code == 0  # fmt: skip
    assert run("verify", "--seal", seal).code == 0


# -- nobody is named -----------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_no_report_has_personal_data(form: str, sample_registry: Path, report: Report) -> None:
    """No name, ID number, development number or certificate of anybody in the registry."""
    connection = sqlite3.connect(sample_registry)
    secrets = {
        value
        for sql in ("SELECT id_number FROM person", "SELECT name FROM post",
                    "SELECT name FROM person", "SELECT number FROM number",
                    "SELECT serial FROM certificate", "SELECT introducer_1 FROM admission")
        for (value,) in connection.execute(sql)
        if value and len(value) > 2
    }  # fmt: skip
    connection.close()
    assert len(secrets) > 10_000
    text = text_of(report(form))
    numbers = {*re.findall(r"[0-9]{8,}[Xx]?", text)}
    # A name would stand by itself, or between words: every stretch of so many characters is asked.
    words_of = {*re.findall(r"[^\x00-\x7f]+", text)}
    stretches = {word[at : at + length] for word in words_of for at in range(len(word))
                 for length in range(3, 16)}  # fmt: skip
    assert secrets & (numbers | stretches) == set()


# -- the page ------------------------------------------------------------------------------------


def test_the_page_asks_no_network_and_is_accessible(
    sample_db: Path, run: Run, report: Report
) -> None:
    """One file: links go to places in it; headings follow one another, ids are unique, drawings
    have a title and a sentence, tables have headings and captions."""
    text = report("html").read_text("utf-8")
    page = Page(text)
    assert {link[0] for link in page.links} == {"#"}
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert set(re.findall(r"https?://[^\"' <)]+", text)) <= {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    assert "@import" not in text
    assert "default-src 'none'" in text
    assert len(page.ids) == len(set(page.ids))
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)
    assert len(page.images) == 5
    for image in page.images:
        assert image["role"] == "img"
        assert set(str(image["aria-labelledby"]).split()) <= set(page.ids)
    headers = text.count('<th scope="row" role="rowheader">')
    assert headers == sum(len(rows) - 1 for rows in page.tables.values())
    assert '<html lang="zh-CN">' in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_the_charts_are_drawn_with_their_values(sample_db: Path, run: Run, report: Report) -> None:
    """Text stands as text, in the page's colours."""
    text = report("html").read_text("utf-8")
    for label in ("1月", "12月", "发展计划 303", "累计", "27岁", "白桦镇委员会", "93.8%"):
        assert re.search(rf"<text[^>]*>{label}</text>", text), label
    drawn = "".join(re.findall(r"<svg.*?</svg>", text, re.DOTALL))
    assert "var(--chart-first)" in drawn
    assert "#c8102e" not in drawn


# -- the command ---------------------------------------------------------------------------------


def test_without_a_file_it_is_markdown(sample_db: Path, run: Run) -> None:
    """For a pipe; in English with ``--lang en``."""
    ran = run("--lang", "en", "report", "2023")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("# 共青团云杉县委员会: Report on 2023\n")
    assert "288 organisations (19 more than the year before)" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("-o", "a.pdf"), 2), (("-o", "a"), 2), (("--explain", "members.totl=x"), 4),
        (("--explain", "members.total"), 2), (("--org", "nowhere"), 4),
        (("--as-of", "2022-01-01"), 2),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    arguments: tuple[str, ...], code: int, sample_db: Path, run: Run, tmp_path: Path
) -> None:
    """In words, with nothing on stdout and no file."""
    given = [str(tmp_path / part) if part.startswith("a") else part for part in arguments]
    ran = run("report", "2023", *given)
    assert (ran.code, ran.out) == (code, "")
    assert "→" in ran.err
    assert list(tmp_path.glob("a*")) == []


@pytest.mark.parametrize(("form", "module"), [("html", "jinja2"), ("docx", "docx")])
def test_what_is_not_installed_is_said(
    form: str, module: str, sample_db: Path, run: Run, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """And how to get it; a workbook and Markdown need nothing more."""
    monkeypatch.setitem(sys.modules, module, None)
    for name in ("html", "word", "charts"):
        monkeypatch.delitem(sys.modules, f"leaguectl.documents.{name}", raising=False)
    file = tmp_path / f"a.{form}"
    ran = run("report", "2023", "-o", file)
    assert (ran.code, file.exists()) == (2, False)
    assert "leaguectl[report]" in ran.err
    assert run("report", "2023", "-o", tmp_path / "a.xlsx").code == 0
