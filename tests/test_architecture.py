"""docs/architecture.md is true: every module is listed once, and every name on the page exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "leaguectl"
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")

ROW = re.compile(r"^\| `([a-z_/]+)` \| (.+) \| ((?:`\w+`(?:, )?)*) \|$", re.MULTILINE)
"""A module with its responsibility and the names where one enters."""
STOP = re.compile(r"`([a-z_/]+):(\w+)`")
"""A stop of a trip: a module and a name in it."""

NOT_LISTED = re.compile(r"(__main__|migrations/versions/\w+|words/(en|zh)/__init__)\.py")
PACKAGES_WITHOUT_CODE = {"cli", "model", "reports", "rules/examples", "workbooks", ""}


def module_file(name: str) -> Path:
    """The file of a module that the page names."""
    package = SOURCE / name / "__init__.py"
    return package if package.exists() else SOURCE / f"{name}.py"


def defined_names(path: Path) -> set[str]:
    """What a module defines or imports at its top."""
    names = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            names.update(alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names.update(target.id for target in targets if isinstance(target, ast.Name))
    return names


def test_every_module_is_listed_once() -> None:
    """A new module says on the page what it is responsible for."""
    modules = {
        path.relative_to(SOURCE).with_suffix("").as_posix().removesuffix("__init__").rstrip("/")
        for path in SOURCE.rglob("*.py")
        if not NOT_LISTED.search(path.as_posix())
    }
    listed = [row[1] for row in ROW.finditer(PAGE)]
    assert sorted(listed) == sorted(modules - PACKAGES_WITHOUT_CODE)


def test_a_module_is_responsible_for_what_its_docstring_says() -> None:
    """The page and the code say the same."""
    for row in ROW.finditer(PAGE):
        text = ast.get_docstring(ast.parse(module_file(row[1]).read_text("utf-8"))) or ""
        sentence = " ".join(text.split("\n\n")[0].split()).split(". ")[0].rstrip(".")
        assert row[2] == sentence, row[1]


def test_every_name_on_the_page_exists() -> None:
    """Where one enters a module, and each stop of a trip."""
    for row in ROW.finditer(PAGE):
        names = set(re.findall(r"`(\w+)`", row[3]))
        assert names <= defined_names(module_file(row[1])), row[1]
    stops = STOP.findall(PAGE)
    assert len(stops) > 20
    for module, name in stops:
        assert name in defined_names(module_file(module)), f"{module}:{name}"
