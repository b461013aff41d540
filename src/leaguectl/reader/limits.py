"""How much of a stranger's file is read: each bound with the reason for its default.

A county can set its own in the config file. They go to the child process that reads the file, which
binds itself to them.
"""

import sys
from dataclasses import dataclass, field, fields
from math import ceil
from time import process_time
from typing import IO, TYPE_CHECKING, Any, cast

from leaguectl.reader.sheets import FileRefused
from leaguectl.reader.wire import read_answer, write_part

if TYPE_CHECKING:
    from subprocess import CompletedProcess, Popen

MEGABYTE = 1 << 20


def _bound(default: int, least: int, most: int) -> Any:
    """A bound that may be set to a number from ``least`` to ``most``."""
    return field(default=default, metadata={"allowed": (least, most)})


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one file. Megabytes are 1,048,576 bytes."""

    file_megabytes: int = _bound(64, 1, 4_096)
    """On the disk: a county's workbook has 1 MB, one with photos 30."""

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

    last_column: int = _bound(512, 1, 16_384)  # XFD, the last column of any format
    """The farthest column of a filled cell, from 1; what is wider is a calendar or an attack."""

    memory_megabytes: int = _bound(
        1_024, 128, 65_536
    )  # with less not even an empty file can be read
    """Address space of the child: a county's workbook needs 150 MB; a school's PC has 4 GB."""

    processor_seconds: int = _bound(20, 1, 86_400)
    """A county of 25,000 rows is read in a second; a file that needs twenty is an attack or an
    accident."""

    seconds: int = _bound(30, 1, 86_400)
    """The time limit of the child: on a busy machine it waits for the processor."""

    @property
    def answer(self) -> int:
        """Bytes of the child's answer. The parent holds it completely and has no limit itself, so
        it is a quarter of the child's memory."""
        return self.memory_megabytes * MEGABYTE // 4

    def check(self, name: str, number: int) -> None:
        """Refuse a file with too many ``parts``, ``sheets`` or ``cells``.

        :raises FileRefused: there are more than the bound of that name allows.
        """
        if number > (bound := getattr(self, name)):
            raise FileRefused("file-too-large", **{name: number}, detail=f"{number} > {bound}")


def number_in(text: str | None, default: int) -> int:
    """The number that an attribute has, or the default where it has none, or one of more digits
    than any row, column or index needs."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else default


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

    command = _command(module, *arguments)
    return subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)


def _command(module: str, *arguments: str) -> list[str]:
    # -I: neither the user's environment nor the current folder decides what the child loads.
    return [sys.executable, "-I", "-X", "utf8", "-m", module, *arguments]


def start_child(module: str, *arguments: str, errors: IO[bytes]) -> "Popen[bytes]":
    """Start a module in a process of its own, which is asked through its stdin and answers through
    its stdout. What it says on stderr goes into a file, which never holds it up."""
    import subprocess

    pipe = subprocess.PIPE
    return subprocess.Popen(_command(module, *arguments), stdin=pipe, stdout=pipe, stderr=errors)


class Child:
    """A module in a process of its own, which is asked again and again."""

    def __init__(self, module: str, *arguments: str) -> None:
        import tempfile
        import threading

        self._ending = threading.Lock()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = start_child(module, *arguments, errors=self._errors)
        self._stdin = cast("IO[bytes]", self._process.stdin)
        self._stdout = cast("IO[bytes]", self._process.stdout)

    def ask(self, data: bytes, seconds: float, most: int) -> list[bytes]:
        """The parts of its answer, none of which has more than ``most`` bytes. After an error it
        can only be ended.

        :raises TimeoutError: it took longer than ``seconds``, and was ended.
        :raises OSError, EOFError: it ended without an answer.
        """
        import threading

        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            self._process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            write_part(self._stdin, data)
            self._stdin.flush()
            return read_answer(self._stdout, most)
        except (OSError, EOFError):
            if is_late.is_set():
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()

    def end(self) -> tuple[int, bytes]:
        """End it, if it has not ended, which any thread may do; its exit code, and the last that it
        said on stderr, which only the first thread gets."""
        from contextlib import suppress

        self._process.kill()
        code = self._process.wait()
        with self._ending:
            if self._errors.closed:
                return code, b""
            for stream in (self._stdin, self._stdout):
                with suppress(OSError):  # what was still to be written has no reader
                    stream.close()
            with self._errors as errors:
                errors.seek(max(errors.seek(0, 2) - (1 << 16), 0))
                return code, errors.read()


def bind(memory: int, processor_seconds: int) -> None:
    """Limit this process to ``memory`` bytes of address space and, from now on,
    ``processor_seconds`` of processor time, without core dumps. Existing narrower limits stay."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time-out of the parent remains
        return
    used = ceil(process_time())
    for limited, most in (
        (resource.RLIMIT_AS, memory),
        # Not the hard bound, at which the system kills as it does for want of memory: here it says
        # that the time is up. And a process that reads many files is bound anew for each.
        (resource.RLIMIT_CPU, used + processor_seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, bound = resource.getrlimit(limited)
        soft = most if bound == resource.RLIM_INFINITY else min(most, bound)
        resource.setrlimit(limited, (soft, bound))
