"""Make the sample data: an invented county, its members, quotas and admissions.

    python tools/sample.py             # rewrites the files in data/
    python tools/sample.py --check     # says which of them are not what it would write
    python tools/sample.py --seed 7 --scale 3 --name 星河县 --code XH --out FOLDER

The same options give the same bytes.
"""

import argparse
import filecmp
import sys
import tempfile
from pathlib import Path

from county.entities import SEED, YEAR, Size
from county.sheets import write_candidates, write_plan, write_sample
from county.whole import build

DATA = Path(__file__).parent.parent / "data"
WRITERS = {
    "sample.xlsx": write_sample,
    f"plan-{YEAR + 1}.csv": write_plan,
    f"candidates-{YEAR + 1}.xlsx": write_candidates,
}


def main() -> int:
    """Read the options, build the county, write or compare its files."""
    parser = argparse.ArgumentParser(description="Make the sample data: an invented county.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--scale", type=int, default=1, choices=range(1, 16), metavar="1..15")
    parser.add_argument("--name", default="云杉县", help="the county's name")
    parser.add_argument("--code", default="YS", help="what its organisation codes begin with")
    parser.add_argument("--out", type=Path, default=DATA, metavar="FOLDER")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if they differ")
    options = parser.parse_args()
    county = build(options.name, options.code, options.seed, Size().times(options.scale))
    if not options.check:
        options.out.mkdir(parents=True, exist_ok=True)
        for name, write in WRITERS.items():
            write(county, options.out / name)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for name, write in WRITERS.items():
            write(county, Path(folder) / name)
        same, _, _ = filecmp.cmpfiles(folder, options.out, WRITERS, shallow=False)
    differing = WRITERS.keys() - {*same}
    for name in sorted(differing):
        print(f"{options.out / name} is not what tools/sample.py writes", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
