"""Names that are near to one that is not known: suggested, never taken for it."""

import difflib
from collections.abc import Sequence
from dataclasses import replace

from leaguectl.findings import Finding, NotFound
from leaguectl.names import LIKENESS, fold_name
from leaguectl.store import Location
from leaguectl.store.reading import open_reader


def with_near_names(found: Sequence[Finding], location: Location) -> list[Finding]:
    """The findings with the organisations that an unknown one may be."""
    if not any(one.code == "organization-unknown" for one in found):
        return list(found)
    try:
        with open_reader(location) as reader:
            names = reader.rows("SELECT folded, name FROM organization WHERE dissolved IS NULL")
    except NotFound:  # there is no registry yet, so no names
        return list(found)
    known = {str(folded): str(name) for folded, name in names}
    return [_with_near(one, known) for one in found]


def _with_near(finding: Finding, known: dict[str, str]) -> Finding:
    if finding.code != "organization-unknown":
        return finding
    asked = fold_name(str(finding.facts["name"]))
    near = difflib.get_close_matches(asked, known, n=3, cutoff=LIKENESS)
    facts = {**finding.facts, "near": [known[one] for one in near]} if near else finding.facts
    return replace(finding, facts=facts)
