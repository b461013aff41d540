"""How a program of this folder writes its files: renewed, or with ``--check`` compared."""

import sys
from collections.abc import Mapping
from pathlib import Path


def finish(files: Mapping[Path, str]) -> int:
    """Write the files as they are today; with ``--check`` on the command line name those that are
    not so, and write nothing. The exit code."""
    stale = [file for file, text in files.items() if is_stale(file, text)]
    for file in stale:
        if "--check" in sys.argv[1:]:
            print(f"{file} is not what the program says: run {sys.argv[0]}", file=sys.stderr)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(files[file], "utf-8")
    return 1 if stale and "--check" in sys.argv[1:] else 0


def is_stale(file: Path, text: str) -> bool:
    """Whether a file has another text, or is not there."""
    return not file.exists() or file.read_text("utf-8") != text
