"""A county to try things on: invented, in a folder of its own that is thrown away afterwards."""

import shutil
from dataclasses import replace
from importlib import resources
from pathlib import Path

from leaguectl.actions import Confirm, Request
from leaguectl.actions.batch import Choice, import_files
from leaguectl.findings import Refused
from leaguectl.store import locate

SAMPLE, PLAN, CANDIDATES = "sample.xlsx", "plan-2024.csv", "candidates-2024.xlsx"
REGISTRY = "county.db"
FAULTY = "名单.csv"
_FAULTY_ROWS = """\
姓名,身份证号,所在团支部,入团时间
古丽娜,65889920100301901X,云杉县第一中学2022级高二（1）班团支部,2024.2.30
"""


def make(request: Request, folder: Path) -> None:
    """Make the folder with a registry of the sample county, its plan of 2024, and sheets to try:
    candidates, and a roster with faults.

    :raises Refused: there is something in the folder already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("demo-folder-not-empty", folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    for name in (SAMPLE, PLAN, CANDIDATES):
        shutil.copyfile(_data() / name, folder / name)
    (folder / FAULTY).write_text(_FAULTY_ROWS, encoding="utf-8-sig")
    inside = replace(
        request, location=locate(str(folder / REGISTRY)), backups=None, confirm=Confirm.NEVER
    )
    for name in (SAMPLE, PLAN):
        import_files(inside, [folder / name], Choice(settings={"province": "65"}))


def _data() -> Path:
    """Where the sample is: in the installed package, or in the checkout that is run from."""
    packaged = Path(str(resources.files("leaguectl"))) / "data"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "data"
