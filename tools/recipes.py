"""The recipes of CONTRIBUTING.md, carried out on a scratch copy of the repository.

    python tools/recipes.py --check                  # each recipe as a whole: its tests pass
    python tools/recipes.py --check --without column # and without any file of that one a test fails
    python tools/recipes.py rule --check --without   # that recipe alone, and without any file of it
    python tools/recipes.py rule --keep FOLDER       # carries one out there, to look at

So a recipe that is no longer true fails, and with it how many files a usual change takes.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PARTS = ("src", "tests", "tools", "data", "docs", "bench", "pyproject.toml", "README.md",
         "README.en.md", "CHANGELOG.md", "CONTRIBUTING.md")  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """A text that a recipe puts into a file, before the first ``anchor``; without one, a file."""

    path: str
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Recipe:
    """A usual change: what is edited, which program renews which file then, and the tests that
    must pass afterwards. ``most`` is how many files it may take, counting neither its own test
    nor what a program writes."""

    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
    most: int
    renew: tuple[tuple[str, str], ...] = ()

    @property
    def files(self) -> list[str]:
        """All files that it touches, those included that a program writes."""
        return list(dict.fromkeys([edit.path for edit in self.edits] + [p for _, p in self.renew]))


RULE = Recipe(
    edits=(
        Edit(
            "src/leaguectl/rules/standing.py",
            '''@rule("phone-invented", scope="whole", source="团员信息核对", level=Level.WARNING)
def phone_invented(snapshot: Snapshot, policy: Policy) -> Violations:
    """A phone number is one that is given out.
    手机号码应为实际使用的号码。"""
    for person in snapshot.persons.values():
        if person.phone is not None and person.phone.startswith("199999"):
            yield person.name, {"phone": Private(person.phone)}


''',
            '@rule(\n    "number-disputed"',
        ),
        Edit(
            "src/leaguectl/words/en/codes.py",
            '''    "phone-invented": ("nobody has the number {phone}", "ask for the right one"),
''',
            '    "id-number-valid": (',
        ),
        Edit(
            "src/leaguectl/words/zh/codes.py",
            '''    "phone-invented": ("手机号码 {phone} 不是实际使用的号码", "与本人核对"),
''',
            '    "id-number-valid": (',
        ),
        Edit(
            "src/leaguectl/rules/examples/whole.py",
            '''    "phone-invented": _either(
        (replace(OLD, phone="12000000002"),), (replace(OLD, phone="19999900001"),), *CHAIN,
    ),
''',
            '    "number-disputed": _chain(',
        ),
    ),
    renew=(("tools/rules_manual.py", "docs/rules.md"),),
    tests=(
        "tests/test_rules.py", "tests/test_rulebook.py", "tests/test_messages.py",
        "tests/test_docs.py::test_the_manual_of_the_rules_is_what_the_rule_book_says",
    ),
    most=4,
)  # fmt: skip


def _newest_migration() -> str:
    versions = ROOT / "src/leaguectl/store/migrations/versions"
    return max(path.name[:4] for path in versions.glob("[0-9]*.py"))


NEWEST = _newest_migration()
NEXT = f"{int(NEWEST) + 1:04d}"
"""The number of the migration that a new column needs."""

COLUMN = Recipe(
    edits=(
        Edit(
            "src/leaguectl/model/league.py",
            """    email: Annotated[str | None, Spec(private=True)] = None
""",
            "    written: str | None = None\n    operation: ",
        ),
        Edit(
            f"src/leaguectl/store/migrations/versions/{NEXT}_email.py",
            f'''"""Members' e-mail addresses.

Revision ID: {NEXT}
"""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{NEWEST}"


def upgrade() -> None:
    """Add the column."""
    op.add_column("person", sa.Column("email", sa.Text(), nullable=True))
''',
        ),
        Edit(
            "src/leaguectl/kinds/members.py",
            """    email: cells.Text | None = optional("电子邮箱 | email | 邮箱 | 电子邮件")
""",
            "    politics: Politics | None",
        ),
        Edit(
            "src/leaguectl/words/zh/terms.py",
            """    "email": "电子邮箱",
""",
            '    "politics": ',
        ),
    ),
    tests=(
        "tests/test_messages.py", "tests/test_member_columns.py",
        "tests/test_migrations.py::test_the_schema_of_the_program_is_the_newest_migration",
        "tests/test_migrations.py::test_a_migrated_registry_is_like_a_new_one[sqlite]",
        "tests/test_person_fields.py",
        "tests/test_docs.py::test_the_reference_is_what_the_program_says",
        "tests/test_docs.py::test_the_schemas_of_answers_are_what_the_program_says",
    ),
    renew=(
        ("tools/manual.py", "docs/reference.md"),
        ("tools/answer_schemas.py", "docs/answers.schema.json"),
    ),
    most=4,
)  # fmt: skip

FIGURE = Recipe(
    edits=(
        Edit(
            "src/leaguectl/reports/figures/league.py",
            """    Figure(
        "members.left_by_age", "person", "count(*)",
        _MEMBERS + HAS_LEFT + "AND leaving_reason = 'age'", _LEAVER, tree=Tree.EACH,
    ),
""",
            '    Figure("members.total", ',
        ),
        Edit(
            "src/leaguectl/words/en/terms.py",
            """    "members.left_by_age": ("left by age", "members who left by age in the year"),
""",
            '    "members.total": ',
        ),
        Edit(
            "src/leaguectl/words/zh/terms.py",
            """    "members.left_by_age": ("超龄离团", "年内因超龄离团的团员"),
""",
            '    "members.total": ',
        ),
        Edit(
            "tests/test_stats.py",
            '''    "members.left_by_age": (
        f"UPDATE membership SET \\"left\\" = '2023-05-04', leaving_reason = 'age'"
        f" WHERE id = ({_MEMBER})", 1
    ),
''',
            '    "members.total": (\n',
        ),
    ),
    tests=(
        "tests/test_messages.py", "tests/test_stats.py::test_every_figure_is_moved_by_some_row",
        "tests/test_stats.py::test_a_figure_moves_when_its_row_changes",
    ),
    most=3,
)  # fmt: skip

KIND = Recipe(
    edits=(
        Edit(
            "src/leaguectl/model/county.py",
            'natural=("year", "key", "source"), ',
            'more_indexes=(Index("year", ("year",)),))\nclass Reported',
        ),
        Edit(
            "src/leaguectl/kinds/reported.py",
            '''"""Reported figures: a row is a figure of a year as it was reported somewhere."""

from typing import ClassVar

from leaguectl.kinds.cells import Text, Year
from leaguectl.kinds.kind import Lifetime, record_kind
from leaguectl.kinds.line import Line, required
from leaguectl.model import Reported


class ReportedLine(Line):
    """A figure as it was reported."""

    kind = "reported"
    keys: ClassVar = frozenset({"key", "source"})
    year: Year = required("年度 | year | 年份")
    key: Text = required("指标 | figure | 统计指标", example="members.total")
    value: Text = required("上报数 | reported value | 上报数据", example="5187")
    source: Text = required("上报文件 | report | 报表名称", example="2023年团内统计年报")


KIND = record_kind(ReportedLine, Reported, repeated="key", lifetime=Lifetime("year"))
''',
        ),
        Edit("src/leaguectl/kinds/__init__.py", "    reported,\n", "    reviews,\n    surveys,\n"),
        Edit("src/leaguectl/kinds/__init__.py", "reported, ", "persons, periods,\n"),
        Edit(
            "tests/test_reported.py",
            '''"""Reported figures come by a sheet as well."""

import json
from collections.abc import Callable
from pathlib import Path

from conftest import Run

SHEET = [["年度", "指标", "上报数", "上报文件"], [2023, "members.total", "5187", "年报"]]


def test_a_reported_figure_is_imported_once(
    run: Run, db: Path, workbook: Callable[..., Path]
) -> None:
    """The same sheet again changes nothing."""
    book = workbook(上报数据=SHEET)
    for created in (1, 0):
        answer = json.loads(run("import", "--province", "65", book, "-O", "json").out)
        assert answer["totals"]["created"] == created
''',
        ),
    ),
    tests=(
        "tests/test_reported.py", "tests/test_messages.py", "tests/test_headings.py",
        "tests/test_template.py",
        "tests/test_docs.py::test_the_reference_is_what_the_program_says",
    ),
    renew=(("tools/manual.py", "docs/reference.md"),),
    most=4,
)  # fmt: skip

COMMAND = Recipe(
    edits=(
        Edit(
            "src/leaguectl/reports/ledger.py",
            """def certificates_of(reader: Reader, org: str = "") -> list[Row]:
    \"\"\"The certificates in force of the members of an organisation and all below it.\"\"\"
    sql = \"\"\"
        SELECT certificate.serial AS certificate, person.name, certificate.issued
        FROM certificate JOIN person ON person.id = certificate.person
        JOIN membership ON membership.person = person.id AND membership."left" IS NULL
        WHERE certificate.state = 'valid' AND membership.organization IN (SELECT code FROM below)
        ORDER BY certificate.serial
    \"\"\"
    return select(reader, BELOW + sql, {"org": org})


""",
            "def forms(",
        ),
        Edit(
            "src/leaguectl/cli/papers.py",
            """@command(
    prints=True, answer={"rows": [of("certificate name issued")]}
)
def certificate_list(context: Context, org: Org = None) -> None:
    \"\"\"The certificates in force.\"\"\"
    with context.reading_of(org) as (reader, top):
        rows = reports.ledger.certificates_of(reader, top)
    show_rows(context, ("certificate", "name", "issued"), rows)


""",
            "@command(\n    prints=True,\n    answer={\n        \"certificates\"",
        ),
        Edit("src/leaguectl/cli/papers.py", ", show_rows", "\nfrom leaguectl.findings"),
        Edit(
            "src/leaguectl/cli/app.py", '"list", ', '"show"), "papers"),\n    "number"'
        ),
        Edit(
            "src/leaguectl/words/en/help.py",
            """    "certificate list": "List the certificates in force.",
    "certificate list.examples": "leaguectl certificate list --org YS01",
""",
            '    "certificate show": ',
        ),
        Edit(
            "src/leaguectl/words/zh/help.py",
            """    "certificate list": "列出现行有效的团员证。",
    "certificate list.examples": "leaguectl certificate list --org YS01",
""",
            '    "certificate show": ',
        ),
        Edit(
            "tests/test_certificate_list.py",
            '''"""The certificates of an organisation are listed."""

import json
from pathlib import Path

from conftest import Run


def test_the_certificates_below_an_organization_are_listed(sample_db: Path, run: Run) -> None:
    """Fewer than those of the county, and none of them twice."""
    listed = {}
    for org in ("YS11", "YS"):
        rows = json.loads(run("certificate", "list", "--org", org, "-O", "json").out)["rows"]
        listed[org] = {row["certificate"] for row in rows}
        assert len(listed[org]) == len(rows)
    assert set() < listed["YS11"] < listed["YS"]
''',
        ),
    ),
    tests=(
        "tests/test_certificate_list.py", "tests/test_messages.py",
        "tests/test_docs.py::test_the_reference_is_what_the_program_says",
        "tests/test_docs.py::test_the_schemas_of_answers_are_what_the_program_says",
    ),
    renew=(
        ("tools/manual.py", "docs/reference.md"),
        ("tools/answer_schemas.py", "docs/answers.schema.json"),
    ),
    most=5,
)  # fmt: skip

RECIPES = {"column": COLUMN, "kind": KIND, "rule": RULE, "figure": FIGURE, "command": COMMAND}


@contextmanager
def scratch(folder: Path | None = None) -> Iterator[Path]:
    """A copy of what a change touches and its tests need."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = folder or Path(temporary) / "copy"
        copy.mkdir(parents=True, exist_ok=True)
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, copy / part, dirs_exist_ok=True)
            else:
                shutil.copy(ROOT / part, copy / part)
        yield copy


def carry_out(recipe: Recipe, copy: Path, without: Collection[str] = ()) -> None:
    """Make the edits of a recipe in a copy, but for those of some files."""
    for edit in recipe.edits:
        if edit.path in without:
            continue
        path = copy / edit.path
        text = path.read_text("utf-8") if edit.anchor else edit.anchor
        if edit.anchor not in text:
            raise SystemExit(f"{edit.path} has no {edit.anchor!r}: the recipe is out of date")
        path.write_text(text.replace(edit.anchor, edit.text + edit.anchor, 1), "utf-8")
    # A program may write several pages; what is left out is put back as it was.
    forgotten = {page: (copy / page).read_bytes() for _, page in recipe.renew if page in without}
    for program in dict.fromkeys(program for program, _ in recipe.renew):
        subprocess.run(
            [sys.executable, program], cwd=copy, env=environment(copy), check=True,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    for page, content in forgotten.items():
        (copy / page).write_bytes(content)


def environment(copy: Path) -> dict[str, str]:
    """The environment in which Python finds the packages of the copy first, and compiles only
    what a recipe changes."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(copy / "src")}


def run_tests(recipe: Recipe, copy: Path) -> subprocess.CompletedProcess[str]:
    """Run the tests of a recipe in a copy, up to the first that fails."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *recipe.tests]
    ran = subprocess.run(
        command, cwd=copy, env=environment(copy), check=False, capture_output=True, text=True
    )
    if ran.returncode not in (0, 1, 2):  # no test was run; 2 is a module that cannot be imported
        raise SystemExit(f"the tests do not run: {ran.stdout}{ran.stderr}")
    return ran


def fault(name: str, left_out: str = "") -> str:
    """What is not as a recipe says, carried out as a whole or but for one of its files."""
    recipe = RECIPES[name]
    with scratch() as copy:
        try:
            carry_out(recipe, copy, without=[left_out])
        except subprocess.CalledProcessError as error:
            if not left_out:
                raise
            print(f"{name} without {left_out}: {error.stderr.splitlines()[-1]}")
            return ""
        ran = run_tests(recipe, copy)
    if not left_out:
        failed = f"{name}: carried out as it stands, a test fails\n{ran.stdout[-3000:]}"
        return failed if ran.returncode else ""
    failures = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "E  "))]
    print(f"{name} without {left_out}: {failures[-1] if failures else 'nothing fails'}")
    return "" if ran.returncode else f"{name}: without {left_out} no test fails"


def trials(names: Collection[str], without: Collection[str]) -> list[tuple[str, str]]:
    """Which recipes are tried, and which file of each is left out then."""
    return [
        (name, file)
        for name in names
        for file in ("", *RECIPES[name].files)
        # A new test that is left out leaves nothing to run.
        if not file or (name in without and (not is_test(file) or (ROOT / file).exists()))
    ]


def is_test(file: str) -> bool:
    """Whether a file of a recipe is its own test."""
    return file.startswith("tests/")


def too_many(name: str) -> Iterator[str]:
    """That a recipe takes more files than it may."""
    recipe = RECIPES[name]
    by_hand = {edit.path for edit in recipe.edits if not is_test(edit.path)}
    if len(by_hand) > recipe.most:
        yield f"{name}: {len(by_hand)} files, and may take {recipe.most}"


def main() -> int:
    """Check the recipes, or carry one out in a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("recipe", nargs="?", choices=RECIPES)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="carry it out there")
    parser.add_argument("--check", action="store_true", help="carry out, and run the tests")
    parser.add_argument(
        "--without", nargs="*", choices=RECIPES, metavar="RECIPE", action="extend",
        help="and leave each file of these recipes out in turn, or of all that are carried out",
    )  # fmt: skip
    options = parser.parse_args()
    names = [options.recipe] if options.recipe else [*RECIPES]
    if options.keep:
        with scratch(options.keep) as copy:
            carry_out(RECIPES[names[0]], copy)
    if not options.check:
        return 0
    without = names if options.without == [] else options.without or ()
    found = [excess for name in names for excess in too_many(name)]
    # Each trial is a process that is waited for.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found += filter(None, pool.map(lambda trial: fault(*trial), trials(names, without)))
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
