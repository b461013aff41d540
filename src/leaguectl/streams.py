"""What goes out, whole or with a word: the standard streams, made fit for scripts (closed ones,
pipes that end, full disks, code pages that lack a character), and files.

Python's own streams end a command with a traceback or lose data in these cases. Here an answer is
written whole or the command says that it was not; what is said on stderr may get lost without harm,
since the exit code says how the command ended.
"""

import contextlib
import errno
import io
import os
import select
import sys
from pathlib import Path
from typing import Any, TextIO, cast

from leaguectl.findings import AnswerLost, NotFound

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_PIPE_ENDED = (errno.EPIPE, errno.ECONNRESET)


class _Whole(io.RawIOBase):
    """A file descriptor to which everything is written or nothing more.

    Where nobody can take what is written, ``is_needed`` decides whether that is an error.
    """

    def __init__(self, descriptor: int, *, is_needed: bool) -> None:
        self._descriptor, self._is_needed = descriptor, is_needed
        self._is_lost = False

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return os.isatty(self._descriptor)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Write all of it, waiting where a pipe that does not block is full.

        :raises AnswerLost: it cannot be written; what comes after is dropped, so that the end of
            the process does not fail on it again.
        """
        rest = memoryview(data).cast("B")
        while rest and not self._is_lost:
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:
                select.select((), (self._descriptor,), ())
            except OSError as error:
                self._is_lost = True
                if self._is_needed:
                    raise AnswerLost(
                        "answer-lost", detail=error.strerror, pipe=error.errno in _PIPE_ENDED
                    ) from None
        return len(data)


class AnswerStream(io.TextIOWrapper):
    """stdout or stderr: UTF-8 unless it is a terminal, which has its own encoding."""

    is_foreign = False
    """Whether the reader may expect another encoding than UTF-8."""


def prepare() -> None:
    """Replace the standard streams by ones that keep their promises."""
    _fill_closed()
    sys.stdout = _stream(sys.stdout, 1)
    sys.stderr = _stream(sys.stderr, 2)
    if isinstance(sys.stdin, io.TextIOWrapper):
        # What is no text of the encoding is refused where it is typed, and not by a traceback here.
        sys.stdin.reconfigure(errors="surrogateescape")


def _fill_closed() -> None:
    """Open what the caller closed on the null device.

    Otherwise the next file to be opened, such as the registry, gets the number of stdout or stderr
    and what is printed is written into it.
    """
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(descriptor, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _stream(stream: Any, descriptor: int) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return cast("TextIO", stream)  # a test's, or a host's: not ours to replace
    stream.flush()
    encoding = stream.encoding
    is_foreign = encoding.replace("-", "").casefold() != "utf8"
    # A terminal shows escapes for what it cannot show; a file or a pipe keeps every character
    # whatever the code page is, since a name with an escape in it is another name.
    if not stream.isatty():
        encoding = "utf-8"
    if os.name == "nt":  # where a console takes no bytes, and no pipe refuses to wait
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
        return stream
    whole = io.BufferedWriter(_Whole(descriptor, is_needed=descriptor == 1))
    made = AnswerStream(whole, encoding, errors="backslashreplace", line_buffering=descriptor == 2)
    made.is_foreign = is_foreign
    return made


def write_whole(data: bytes, path: Path) -> None:
    """Write a file that only its user may read, whole or not at all: under another name first.

    :raises AnswerLost: the disk is full.
    :raises NotFound: it cannot be written for another reason.
    """
    part = path.with_name(path.name + ".part")
    try:
        if path.exists() and not path.is_file():  # a device, which must stay one
            path.write_bytes(data)
            return
        part.unlink(missing_ok=True)
        # For the user alone from the first moment, since it may hold what was revealed.
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if error.errno in _FULL:
            raise AnswerLost("answer-lost", detail=error.strerror) from None
        raise NotFound("file-not-written", file=str(path), detail=error.strerror or "") from None


def is_foreign(stream: object) -> bool:
    """Whether whoever reads the stream may expect another encoding than UTF-8, so that JSON goes
    out in ASCII, which is the same in all of them."""
    return isinstance(stream, AnswerStream) and stream.is_foreign
