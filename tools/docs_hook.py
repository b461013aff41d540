"""What the site of the manual has besides docs/: the first page, from the READMEs, and the pages
of help, from the package. Called by MkDocs.

    python tools/docs_hook.py --check   # builds the site; fails where a page or a link is missing
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
TOPICS = ROOT / "src" / "leaguectl" / "words"
SUFFIXES = {"zh": ".md", "en": ".en.md"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is written elsewhere in the repository."""
    for language, suffix in SUFFIXES.items():
        readme = ROOT / f"README{suffix}"
        files.append(
            File.generated(config, f"index{suffix}", content=_as_index(readme.read_text("utf-8")))
        )
        for page in sorted((TOPICS / language / "topics").glob("*.md")):
            text = page.read_text("utf-8")
            files.append(File.generated(config, f"topics/{page.stem}{suffix}", content=text))
    return files


def _as_index(text: str) -> str:
    """A README with its links as they are from docs/; what lies outside the manual is text."""
    text = re.sub(r"\]\(docs/", "](", text)
    text = text.replace("](README.en.md)", "](index.en.md)").replace("](README.md)", "](index.md)")
    return re.sub(r"\[([^\]]+)\]\((?:CONTRIBUTING|CHANGELOG|LICENSE|SECURITY)[^)]*\)", r"\1", text)


def main() -> int:
    """Build the site into a scratch folder."""
    with tempfile.TemporaryDirectory() as folder:
        built = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
            cwd=ROOT, check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )  # fmt: skip
    return built.returncode


if __name__ == "__main__":
    sys.exit(main())
