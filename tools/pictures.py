"""Pictures of what people see, to be looked at after a change: the yearly report as a page (screen,
phone, paper; light and dark), text document and workbook, and answers in a terminal.

The page is asked by axe as well, and watched for what it fetches: exit 1 where there is anything.
By hand, not in CI.

Needs ``pip install -e '.[pictures]'``, Chromium, LibreOffice and Poppler, and fonts with Chinese
characters; on Debian: ``apt-get install chromium libreoffice-writer libreoffice-calc poppler-utils
fonts-noto-cjk fonts-noto-cjk-extra fonts-arphic-ukai fonts-liberation``.
"""

import argparse
import fcntl
import io
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent
PROGRAMS = ("chromium", "soffice", "pdftoppm")
ENVIRONMENT = {"LEAGUECTL_TODAY": "2024-01-15", "LEAGUECTL_LANG": "zh"}
SCREENS: dict[str, Any] = {
    "desktop": {"viewport": {"width": 1280, "height": 1800}},
    "phone": {"viewport": {"width": 390, "height": 1800}, "is_mobile": True},
}
SCHEMES = ("light", "dark")
PARTS, PAGES, SHEETS, PRINTED = 5, 4, 3, 3
"""How many parts of the page as high as the screen, pages of the text document, sheets and printed
pages are kept."""
ANSWERS = {
    "desk": (), "quota": ("quota", "show", "2023"), "stats": ("stats", "2023"),
    "check": ("check",), "members": ("member", "find", "张"),
    "numbers": ("number", "usage", "2023"),
}  # fmt: skip
COLUMNS = (80, 120)
"""How wide the terminals are in which these are asked."""
FONTS = {
    "方正小标宋简体": "Noto Serif CJK SC", "仿宋_GB2312": "Noto Serif CJK SC",
    "楷体_GB2312": "AR PL UKai CN", "黑体": "Noto Sans CJK SC", "宋体": "Noto Serif CJK SC",
}  # fmt: skip
"""Free fonts in place of those of an office."""
TERMINAL_PAGE = """<meta charset="utf-8"><style>{stylesheet} body {{ margin: 1em;
color: {foreground}; background: {background}; font: 14px/1.3 'Noto Sans Mono CJK SC', monospace }}
pre {{ margin: 0; font: inherit }} i {{ display: inline-block; width: .5em; overflow: hidden;
font-style: normal; vertical-align: bottom }}</style><body><pre>{code}</pre></body>"""


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


def page_found(browser: Any, page: Path, out: Path) -> list[str]:
    """The page on each screen, light and dark, and as it is printed; what axe finds in it, and what
    it fetches but itself."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[str] = []
    for name, screen in SCREENS.items():
        for scheme in SCHEMES:
            context = browser.new_context(color_scheme=scheme, **screen)
            tab = context.new_page()
            fetched: list[str] = []
            tab.on("request", lambda request, fetched=fetched: fetched.append(request.url))
            tab.goto(page.as_uri())
            for violation in Axe().run(tab).response["violations"]:
                places = [node["html"][:100] for node in violation["nodes"]]
                found.append(f"{name} {scheme}: {violation['help']}: {places}")
            _photograph(tab, out / f"{name}-{scheme}", screen["viewport"]["height"])
            found += [f"{name} {scheme}: fetches {url}" for url in fetched if url != page.as_uri()]
            context.close()
    tab = browser.new_page()
    tab.goto(page.as_uri())
    paper = page.with_name("print.pdf")
    tab.pdf(path=paper, prefer_css_page_size=True)
    pages(paper, out / "print", PRINTED)
    return found


def _photograph(tab: Any, out: Path, height: int) -> None:
    """The first parts of a page, each as high as the screen."""
    whole = tab.evaluate("document.documentElement.scrollHeight")
    for number in range(min(PARTS, -(-whole // height))):
        tab.evaluate(f"window.scrollTo({{top: {number * height}, behavior: 'instant'}})")
        tab.screenshot(path=f"{out}-{number + 1}.png")


def terminals(browser: Any, db: Path, out: Path) -> None:
    """Answers as a terminal shows them, for each width."""
    from rich.console import Console
    from rich.text import Text

    for columns in COLUMNS:
        for name, arguments in ANSWERS.items():
            console = Console(record=True, width=columns, file=io.StringIO())
            console.print(Text.from_ansi(in_terminal(db, columns, *arguments)), soft_wrap=True)
            tab = browser.new_page(viewport={"width": 10 * columns, "height": 200})
            # The font has these as wide as a character of Chinese; a terminal has not.
            shown = re.sub(
                "([…─·—“”])", r"<i>\1</i>", console.export_html(code_format=TERMINAL_PAGE)
            )
            tab.set_content(shown)
            tab.screenshot(path=out / f"terminal-{columns}-{name}.png", full_page=True)
            tab.close()


def in_terminal(db: Path, columns: int, *arguments: str) -> str:
    """What the program writes to a terminal that wide, and high enough for no pager."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 4000, columns, 0, 0))
    command = [sys.executable, "-m", "leaguectl", "--db", str(db), *arguments]
    environment = {**os.environ, **ENVIRONMENT, "TERM": "xterm-256color"}
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment
    )
    os.close(theirs)
    written = b""
    with suppress(OSError):  # Linux says so when the other end is closed
        while more := os.read(ours, 65536):
            written += more
    os.close(ours)
    process.wait()
    return written.decode().replace("\r\n", "\n")


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
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print(f"not installed: the extra 'pictures'\n{__doc__}", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        work = Path(scratch)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        db = work / "sample.db"
        leaguectl(db, "import", "--province", "65", str(ROOT / "data" / "sample.xlsx"),
                  "-o", str(work / "import.csv"))  # fmt: skip
        for form in ("html", "docx", "xlsx"):
            leaguectl(db, "report", "2023", "-o", str(work / f"report.{form}"))
        found = page_found(browser, work / "report.html", folder)
        terminals(browser, db, folder)
        browser.close()
        for form, name, count in (("docx", "paper", PAGES), ("xlsx", "sheet", SHEETS)):
            command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(work),
                       str(work / f"report.{form}")]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True, env=stand_ins(work))
            pages(work / "report.pdf", folder / name, count)
    print("\n".join(sorted(path.name for path in folder.glob("*.png"))))
    print("\n".join(found) or "axe finds nothing, and the page fetches nothing")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
