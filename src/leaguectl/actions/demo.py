"""An invented county to try things with, in a folder that can be deleted afterwards."""

import shutil
from dataclasses import replace
from importlib import resources
from pathlib import Path

from leaguectl.actions import Confirm, Request
from leaguectl.actions.batch import ImportOptions, import_files
from leaguectl.findings import Refused
from leaguectl.store import locate

SAMPLE, PLAN, CANDIDATES = "sample.xlsx", "plan-2024.csv", "candidates-2024.xlsx"
REGISTRY = "county.db"
FAULTY = "roster-with-faults.csv"


def make(request: Request, folder: Path) -> None:
    """Make the folder with a registry of the sample county, its plan of 2024, and sheets to try:
    candidates, and a roster with faults.

    :raises Refused: there is something in the folder already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("demo-folder-not-empty", folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    for name in (SAMPLE, PLAN, CANDIDATES, FAULTY):
        shutil.copyfile(_data() / name, folder / name)
    inside = replace(
        request, location=locate(str(folder / REGISTRY)), backups=None, confirm=Confirm.NEVER
    )
    for name in (SAMPLE, PLAN):
        import_files(inside, [folder / name], ImportOptions(settings={"province": "65"}))


def _data() -> Path:
    """The folder of the sample: in the installed package, or in the working copy."""
    packaged = Path(str(resources.files("leaguectl"))) / "data"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "data"
