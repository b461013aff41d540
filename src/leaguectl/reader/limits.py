"""How much of a stranger's file is read: each bound with the reason for its default.

A county can set its own in the config file. They go to the child process that reads the file, which
binds itself to them.
"""

import sys
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from leaguectl.reader.sheets import FileRefused

if TYPE_CHECKING:
    from subprocess import CompletedProcess

MEGABYTE = 1 << 20


def _bound(default: int, least: int, most: int) -> Any:
    """A bound that may be set to a number from ``least`` to ``most``."""
    return field(default=default, metadata={"allowed": (least, most)})


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one file. Megabytes are 1,048,576 bytes."""

    file_megabytes: int = _bound(64, 1, 4_096)
    """As it lies on the disk: a county's workbook has 1 MB, one with photos 30."""

    unpacked_megabytes: int = _bound(400, 1, 65_536)
    """All parts of an archive. A sheet whose every row is formatted to the last column has some
    200 MB."""

    ratio: int = _bound(250, 1, 1_000_000)
    """How many times its size a large part may unpack to. Real sheets reach 100, bombs 1,000."""

    parts: int = _bound(5_000, 1, 1_000_000)
    """Parts of an archive. A workbook of 200 sheets with pictures has some 2,000."""

    sheets: int = _bound(200, 1, 10_000)
    """Sheets of a workbook: a county has fewer schools than this, and one sheet each at most."""

    cells: int = _bound(5_000_000, 1, 1_000_000_000)
    """Cells between the first and the last filled one of a sheet: 100,000 rows of 50 columns."""

    last_row: int = _bound(200_000, 1, 1_048_576)  # no format has more rows
    """The farthest row of a filled cell, from 1: a county's people several times over."""

    last_column: int = _bound(512, 1, 16_384)  # XFD, the last that any format has
    """The farthest column of a filled cell, from 1; what is wider is a calendar or an attack."""

    memory_megabytes: int = _bound(1_024, 128, 65_536)  # in less not even an empty file is read
    """Address space of the child: a county's workbook needs 150 MB; a school's PC has 4 GB."""

    processor_seconds: int = _bound(20, 1, 86_400)
    """A county of 25,000 rows is read in one second; what needs twenty is an attack or an
    accident."""

    seconds: int = _bound(30, 1, 86_400)
    """How long the child may take in all: on a busy machine it waits for the processor."""

    @property
    def answer(self) -> int:
        """Bytes of the child's answer. The parent holds it whole, and nothing bounds the parent, so
        it is a quarter of what the child may take."""
        return self.memory_megabytes * MEGABYTE // 4

    def check(self, name: str, number: int) -> None:
        """Refuse a file with more than so many ``parts``, ``sheets`` or ``cells``.

        :raises FileRefused: there are more than the bound of that name allows.
        """
        if number > (bound := getattr(self, name)):
            raise FileRefused("file-too-large", **{name: number}, detail=f"{number} > {bound}")


USUAL = Limits()
"""The bounds where nobody set others."""

ALLOWED: dict[str, tuple[int, int]] = {
    bound.name: bound.metadata["allowed"] for bound in fields(Limits)
}
"""The least and the most that each bound may be set to."""


# -- child processes -----------------------------------------------------------------------------


def run_child(
    module: str, *arguments: str, data: bytes, seconds: float
) -> "CompletedProcess[bytes]":
    """Run a module in a process of its own with ``data`` on its stdin: a hostile file can end the
    child, never the program.

    :raises subprocess.TimeoutExpired: it took longer than so many seconds.
    """
    import subprocess

    # -I: neither the user's environment nor the current folder decides what the child loads.
    command = [sys.executable, "-I", "-X", "utf8", "-m", module, *arguments]
    return subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)


def bind(memory: int, processor_seconds: int) -> None:
    """Hold this process to so many bytes of address space and so much processor time, and let it
    leave no core behind. A narrower bound that is there already stays."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time-out of the parent remains
        return
    for limited, most, grace in (
        (resource.RLIMIT_AS, memory, 0),
        # At the hard bound the system kills as it does for want of memory; a second earlier it
        # says that the time is up.
        (resource.RLIMIT_CPU, processor_seconds, 1),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, bound = resource.getrlimit(limited)
        hard = most + grace if bound == resource.RLIM_INFINITY else min(most + grace, bound)
        resource.setrlimit(limited, (min(most, hard), hard))
