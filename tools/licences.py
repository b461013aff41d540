"""Writes docs/licences.md: every library that is installed with leaguectl[all], and its licence.

`--check` says whether the page and requirements.lock list the libraries that are installed here,
and whether each may be passed on with this program. `--sbom FILE` writes a bill of materials
(CycloneDX). The lock is written by the command in its first line.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
PAGE = Path(__file__).parents[1] / "docs" / "licences.md"
LOCK = PAGE.parents[1] / "requirements.lock"
HEAD = """\
# Licences

Each library that `pip install leaguectl[all]` brings, its own dependencies included, as it says
itself. `python tools/licences.py` writes this page, and with `--sbom FILE` a bill of materials
(CycloneDX). Versions that were tested together, with their checksums:
`pip install --require-hashes -r requirements.lock`.

| library | licence |
|--|--|
"""
EXTRAS = ("postgres", "calendar", "encryption", "report")
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|HPND|Unlicense|CC0|0BSD|zlib|LGPL|MPL", re.I
)
"""Licences that let anybody use this program and pass it on. LGPL: libraries that are used as they
are, psycopg and python-stdnum."""

WRITTEN_OUT = {"sqlcipher3": "zlib; SQLCipher BSD-3-Clause"}
"""Licences of libraries that bring the text alone."""


def closure() -> dict[str, Distribution]:
    """Everything that is installed here with the program and its extras, by name."""
    found: dict[str, Distribution] = {}
    waiting = [("leaguectl", frozenset(EXTRAS))]
    while waiting:
        name, extras = waiting.pop()
        for requirement in _requirements(name, extras):
            key = re.sub(r"[-_.]+", "-", requirement.name).lower()
            if key == "leaguectl" or key in found:
                continue
            found[key] = distribution(key)
            waiting.append((key, frozenset(requirement.extras)))
    return dict(sorted(found.items()))


def _requirements(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    if name == "leaguectl":
        project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
        listed = project["dependencies"] + [
            text for extra in extras for text in project["optional-dependencies"][extra]
        ]
    else:
        listed = distribution(name).requires or []
    for requirement in map(Requirement, listed):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            yield requirement


def licence_of(found: Distribution) -> str:
    """The licence as the library itself says it: an expression, classifiers, or a text."""
    metadata = found.metadata
    if expression := metadata.get("License-Expression"):
        return str(expression)
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in metadata.get_all("Classifier") or ()
        if text.startswith("License :: ") and text.rpartition(" :: ")[2] != "OSI Approved"
    ]
    named = ", ".join(classifiers) or str(metadata.get("License", "")).partition("\n")[0]
    return named or WRITTEN_OUT.get(metadata["Name"], "?")


def page() -> str:
    """The page; and what is not free stands in it as such."""
    rows = (f"| {name} | {licence_of(found)} |" for name, found in closure().items())
    return HEAD + "\n".join(rows) + "\n"


def sbom() -> str:
    """What is installed here, in CycloneDX."""
    components = [
        {
            "type": "library", "name": name, "version": found.version,
            "purl": f"pkg:pypi/{name}@{found.version}",
            "licenses": [{"license": {"name": licence_of(found)}}],
        }
        for name, found in closure().items()
    ]  # fmt: skip
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components}
    return json.dumps(document, indent=1)


def main() -> int:
    """Write, or with ``--check`` compare; 1 where it differs or a licence is none of the free."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--sbom", type=Path)
    options = parser.parse_args()
    if options.sbom:
        options.sbom.write_text(sbom(), "utf-8")
        return 0
    text = page()
    unknown = [line for line in text.splitlines() if "| " in line and not FREE.search(line)][2:]
    for line in unknown:
        print(f"no licence that is known to be free: {line}")
    if options.check:
        names = closure().keys()
        # How a library words its licence changes with its versions.
        listed = {
            PAGE.name: re.findall(r"^\| ([a-z0-9-]+) \|", PAGE.read_text("utf-8"), re.M)[1:],
            LOCK.name: re.findall(r"^([a-z0-9-]+)==", LOCK.read_text("utf-8"), re.M),
        }
        old = [file for file, known in listed.items() if names - {*known}]
        for file in old:
            lacks = ", ".join(sorted(names - {*listed[file]}))
            print(f"{file} lacks {lacks}: see the head of tools/licences.py")
        return 1 if old or unknown else 0
    PAGE.write_text(text, "utf-8")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
