"""The console blocks of the READMEs and the documents, run for real in a terminal of 100 columns.

python tools/console.py            # renews the outputs that are shown there
python tools/console.py --check    # says which pages show other outputs than the real ones
"""

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from generated import finish

ROOT = Path(__file__).parent.parent
PAGES = {
    ROOT / "README.md": "zh",
    ROOT / "README.en.md": "en",
    ROOT / "docs" / "usage.md": "zh",
    ROOT / "docs" / "usage.en.md": "en",
    ROOT / "docs" / "planning.md": "zh",
    ROOT / "docs" / "planning.en.md": "en",
}
"""The pages whose console blocks are real, and the language in which the program answers there."""
ROWS, COLUMNS = 50, 100
_BLOCK = re.compile(r"```console\n(.*?)```", re.S)


def run_in_terminal(
    command: str, folder: Path, columns: int = COLUMNS, language: str = "en"
) -> str:
    """What a command prints in a terminal, both streams as they come."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if "LEAGUECTL" not in name}
    environment |= {
        "LEAGUECTL_LANG": language, "LEAGUECTL_TODAY": "2024-06-30",
        "LEAGUECTL_DB": "county.db", "LEAGUECTL_ACTOR": "office", "NO_COLOR": "1",
        "TERM": "xterm", "HOME": str(folder),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }  # fmt: skip
    environment.pop("COLUMNS", None)
    child = subprocess.Popen(
        ["sh", "-c", command], stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder,
        env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    printed = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not part:
            break
        printed += part
    child.wait()
    os.close(ours)
    return _without_progress(printed.decode().replace("\r\n", "\n"))


def _without_progress(text: str) -> str:
    """The text as it stands on the screen in the end: the progress bar was wiped."""
    text = re.sub(r"\x1b\[\?25[lh]", "", text)
    lines: list[str] = []
    for line in text.split("\n"):
        ups = line.count("\x1b[1A")
        lines[len(lines) - ups :] = []
        kept = re.split(r"\r|\x1b\[2K|\x1b\[1A", line)[-1]
        lines.append(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", kept).rstrip())
    return "\n".join(lines)


def renewed(text: str, language: str) -> str:
    """A page with every console block's output as it is today, run in order in one folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "data", folder / "data")

        def renew(block: re.Match[str]) -> str:
            commands = [line[2:] for line in block[1].splitlines() if line.startswith("$ ")]
            shown = [
                f"$ {command}\n{run_in_terminal(command, folder, language=language)}"
                for command in commands
            ]
            return "```console\n" + "".join(shown) + "```"

        return _BLOCK.sub(renew, text)


if __name__ == "__main__":
    sys.exit(
        finish(
            {page: renewed(page.read_text("utf-8"), language) for page, language in PAGES.items()}
        )
    )
