"""Pictures of the yearly report: its page on a desktop, a phone and paper, pages of the text
document, sheets of the workbook; to be looked at after a change. By hand, not in CI.

Needs Chromium, LibreOffice and Poppler, and fonts with Chinese characters; on Debian:
``apt-get install chromium libreoffice-writer libreoffice-calc poppler-utils fonts-noto-cjk
fonts-noto-cjk-extra fonts-arphic-ukai fonts-liberation``.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
PROGRAMS = ("chromium", "soffice", "pdftoppm")
ENVIRONMENT = {"LEAGUECTL_TODAY": "2024-01-15", "LEAGUECTL_LANG": "zh"}
SCREENS = {"desktop": (1200, 2400, ()), "dark": (1200, 2400, ("--force-dark-mode",)),
           "phone": (500, 2400, ())}  # fmt: skip
PAGES, SHEETS, PRINTED = 4, 3, 3
"""How many pages of the text document, sheets and printed pages are kept."""
FONTS = {
    "方正小标宋简体": "Noto Serif CJK SC", "仿宋_GB2312": "Noto Serif CJK SC",
    "楷体_GB2312": "AR PL UKai CN", "黑体": "Noto Sans CJK SC", "宋体": "Noto Serif CJK SC",
}  # fmt: skip
"""Free fonts in place of those of an office."""


def leaguectl(db: Path, *arguments: str) -> None:
    """Run the program on that registry."""
    command = [sys.executable, "-m", "leaguectl", "-q", "--db", str(db), *arguments]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **ENVIRONMENT})


def stand_ins(folder: Path) -> dict[str, str]:
    """An environment in which free fonts stand in for those of an office."""
    aliases = "".join(
        f"<match target='pattern'><test name='family'><string>{name}</string></test>"
        f"<edit name='family' mode='assign' binding='strong'><string>{other}</string></edit>"
        "</match>"
        for name, other in FONTS.items()
    )
    config = folder / "fonts.conf"
    include = "<include>/etc/fonts/fonts.conf</include>"
    config.write_text(f"<fontconfig>{include}{aliases}</fontconfig>", "utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


def screenshots(page: Path, out: Path) -> None:
    """The page on each screen, and as it is printed."""
    chromium = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    for name, (width, height, more) in SCREENS.items():
        target = f"--screenshot={out / name}.png"
        command = [*chromium, *more, f"--window-size={width},{height}", target, page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
    paper = page.with_name("print.pdf")
    command = [*chromium, "--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)
    pages(paper, out / "print", PRINTED)


def pages(paper: Path, out: Path, count: int) -> None:
    """The first pages of a PDF."""
    command = ["pdftoppm", "-r", "80", "-l", str(count), "-png", str(paper), str(out)]
    subprocess.run(command, check=True)


def main() -> int:
    """Make the pictures in a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(";")[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    if missing := [name for name in PROGRAMS if shutil.which(name) is None]:
        print(f"not installed: {', '.join(missing)}\n{__doc__}", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        work = Path(scratch)
        db = work / "sample.db"
        leaguectl(db, "import", "--province", "65", str(ROOT / "data" / "sample.xlsx"),
                  "-o", str(work / "import.csv"))  # fmt: skip
        for form in ("html", "docx", "xlsx"):
            leaguectl(db, "report", "2023", "-o", str(work / f"report.{form}"))
        screenshots(work / "report.html", folder)
        for form, name, count in (("docx", "paper", PAGES), ("xlsx", "sheet", SHEETS)):
            command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(work),
                       str(work / f"report.{form}")]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True, env=stand_ins(work))
            pages(work / "report.pdf", folder / name, count)
    print("\n".join(sorted(path.name for path in folder.glob("*.png"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
