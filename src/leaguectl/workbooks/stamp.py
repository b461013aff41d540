"""The stamp of a paper: the seal of the registry it was made from, and what the paper contains. It
is in the properties of the workbook, where spreadsheet programs show it and import ignores it.
"""

import html
import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_BEGINS = "leaguectl "
_LONGEST = 65536
"""The number of bytes of the properties that are read; ours have a few hundred."""
_DESCRIPTION = re.compile(r"<dc:description[^>]*>([^<]*)</dc:description>")


def stamp(workbook: Any, of: Mapping[str, Any] | None) -> None:
    """Write the stamp of a paper into its workbook: ``seal``, and how it was made."""
    if of and of.get("seal"):
        workbook.properties.keywords = f"印记 {of['seal']}"
        workbook.properties.description = _BEGINS + json.dumps(of, ensure_ascii=False)


def stamp_of(path: Path) -> dict[str, Any] | None:
    """The stamp of a file; None where it has none.

    :raises OSError: it cannot be read.
    """
    content = io.BytesIO(path.read_bytes())  # from a file an error of the disk would be no archive
    try:
        with zipfile.ZipFile(content) as archive, archive.open("docProps/core.xml") as part:
            text = part.read(_LONGEST).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError):
        return None
    match = _DESCRIPTION.search(text)
    said = html.unescape(match[1]) if match else ""
    if not said.startswith(_BEGINS):
        return None
    try:
        found = json.loads(said.removeprefix(_BEGINS))
    except ValueError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get("seal"), str) else None
