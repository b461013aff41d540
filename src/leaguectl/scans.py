"""Scans of forms: a PDF is hashed and its pages counted; the file itself is not kept.

It comes from outside, so its pages are counted in a child process with bounds on memory and time.
Run as a module, this file is that child: the PDF on stdin, ``{"pages": N}`` on stdout.
"""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from leaguectl.causes import why
from leaguectl.findings import NotFound, Refused
from leaguectl.names import readable
from leaguectl.reader.limits import bind, run_child

MEMORY = 1 << 30
"""Bytes of address space for the child."""

SECONDS = 20
"""Of processor time, and twice that by the clock; twelve pages take a fraction of one."""

_SIGNATURE_WITHIN = 1024
"""The first bytes, among which a PDF has its signature (ISO 32000-1, 7.5.2 and its note)."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What is recorded of a PDF: its digest, its size in bytes, its number of pages."""

    file: str
    sha256: str
    size: int
    pages: int


def look(path: Path, most: int) -> Scan:
    """Examine a PDF of at most ``most`` bytes.

    :raises NotFound: there is no such file.
    :raises Refused: it is larger, no PDF, encrypted, damaged, or takes too long.
    """
    name = readable(path.name)
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), **why(error)) from None
    if len(data) > most:
        raise Refused("scan-too-large", file=name, most=most >> 20)
    if b"%PDF-" not in data[:_SIGNATURE_WITHIN]:
        raise Refused("scan-not-a-pdf", file=name)
    return Scan(name, hashlib.sha256(data).hexdigest(), len(data), _pages(name, data))


def _pages(name: str, data: bytes) -> int:
    try:
        child = run_child("leaguectl.scans", data=data, seconds=2 * SECONDS)
        answer = json.loads(child.stdout.splitlines()[-1]) if child.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError, IndexError):
        answer = {}
    if answer.get("encrypted"):
        raise Refused("scan-encrypted", file=name)
    pages = answer.get("pages")
    if type(pages) is not int or pages < 1:
        raise Refused("scan-damaged", file=name)
    return pages


def main() -> int:
    """Count the pages of the PDF on stdin."""
    import io
    import logging

    bind(MEMORY, SECONDS)
    from pypdf import PdfReader

    logging.disable()  # pypdf's warnings about a file do not concern the user
    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        # The pages of an encrypted file cannot be counted without its password.
        answer = {"encrypted": True} if reader.is_encrypted else {"pages": len(reader.pages)}
    except Exception:  # a stranger's file: whatever the library raises, it is not a valid scan
        return 1
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
