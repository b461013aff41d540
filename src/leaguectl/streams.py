"""Output that is complete or reported as failed: the standard streams, made fit for scripts (closed
streams, broken pipes, full disks, code pages that lack a character), and files.

Python's own streams end a command with a traceback or lose data in these cases. Here an answer is
written completely or the command reports that it was not; messages on stderr may get lost without
harm, since the exit code shows how the command ended.
"""

import contextlib
import errno
import io
import os
import select
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO, cast

from leaguectl.causes import why
from leaguectl.findings import AnswerLost, NotFound

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL)
"""Errors of a file system without hard links, such as that of a USB stick; Windows says EINVAL."""
_PIPE_ENDED = (errno.EPIPE, errno.ECONNRESET)

PART, _ENDING = ".leaguectl-", ".part"
"""How the name of a file begins and ends that is not whole yet."""


class _Whole(io.RawIOBase):
    """A file descriptor that writes everything, or nothing after a failure.

    Where the output cannot be written, ``is_needed`` decides whether that is an error.
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
                    is_pipe = error.errno in _PIPE_ENDED
                    raise AnswerLost("answer-lost", **why(error), pipe=is_pipe) from None
        return len(data)


class AnswerStream(io.TextIOWrapper):
    """stdout or stderr: UTF-8 unless it is a terminal, which has its own encoding."""

    is_foreign = False
    """Whether the reader may expect another encoding than UTF-8."""


def prepare() -> None:
    """Replace the standard streams by reliable ones."""
    _fill_closed()
    sys.stdout = _stream(sys.stdout, 1)
    sys.stderr = _stream(sys.stderr, 2)
    if isinstance(sys.stdin, io.TextIOWrapper):
        # Text that is invalid in the encoding is refused where it is typed, not by a traceback
        # here.
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
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(descriptor, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _stream(stream: Any, descriptor: int) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return cast("TextIO", stream)  # set by a test or a host program: not ours to replace
    stream.flush()
    encoding = stream.encoding
    is_foreign = encoding.replace("-", "").casefold() != "utf8"
    # A terminal shows escapes for characters it lacks; a file or a pipe keeps every character
    # whatever the code page is, since a name with an escape in it is a different name.
    if not stream.isatty():
        encoding = "utf-8"
    if os.name == "nt":  # where a console takes no bytes, and no pipe refuses to wait
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
        return stream
    whole = io.BufferedWriter(_Whole(descriptor, is_needed=descriptor == 1))
    made = AnswerStream(whole, encoding, errors="backslashreplace", line_buffering=descriptor == 2)
    made.is_foreign = is_foreign
    return made


# -- files ---------------------------------------------------------------------------------------


def write_whole(data: bytes, path: Path) -> None:
    """Write a file completely or not at all, under a temporary name first. Only its user may read a
    new file; an existing file keeps its rights. A link stays a link, and so does a device, a pipe,
    a terminal.

    :raises AnswerLost: the disk is full.
    :raises NotFound: it cannot be written for another reason.
    """
    with file_errors(path):
        target = path.resolve()
        if target.exists() and not target.is_file():
            path.write_bytes(data)
            return
        with part_of(target) as part:
            part.write_bytes(data)
            if target.exists():
                shutil.copymode(target, part)
            sync(part)
            part.replace(target)
        sync(target.parent)


def refuse_place(path: Path) -> None:
    """Refuse a place where no file can be written, before there is anything to write.

    :raises NotFound: it is a folder, or its folder does not exist or is read-only.
    """
    reason = 0
    with file_errors(path):  # a folder without rights cannot be examined
        target = path.resolve()
        is_device = target.exists() and not target.is_file()
        if target.is_dir():
            reason = errno.EISDIR
        elif not target.parent.is_dir():
            reason = errno.ENOENT
        # A file is not written to but replaced by a complete one, as :func:`write_whole` does.
        elif not may_write(place := target if is_device else target.parent):
            is_protected = os.name != "nt" and os.statvfs(place).f_flag & os.ST_RDONLY
            reason = errno.EROFS if is_protected else errno.EACCES
    if reason:
        raise NotFound("file-not-written", file=str(path), **why(reason))


def may_write(place: Path) -> bool:
    """Whether the user may write a file, or make one in a folder."""
    return os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


@contextlib.contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Say why a file could not be written.

    :raises AnswerLost: the disk is full.
    :raises NotFound: another reason.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise AnswerLost("answer-lost", **why(error)) from None
        raise NotFound("file-not-written", file=str(path), **why(error)) from None


def _part_in(folder: Path) -> Path:
    """A unique name in a folder."""
    return folder / f"{PART}{os.getpid()}-{os.urandom(6).hex()}{_ENDING}"


@contextlib.contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """A new empty file next to ``target``, readable only by its user, which gets that name when it
    is complete, and is removed otherwise. Its name is unique."""
    sweep(target.parent)
    part = _part_in(target.parent)
    try:  # made in here, since a signal may come at any moment
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
    finally:
        for left in (part, *part.parent.glob(f"{part.name}-*")):  # -journal of a database
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


@contextlib.contextmanager
def part_folder_of(target: Path) -> Iterator[Path]:
    """A new empty folder next to ``target``, which gets that name when it is complete, and is
    removed otherwise."""
    sweep(target.parent)
    part = _part_in(target.parent)
    try:
        part.mkdir(mode=0o700)
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder of this process for temporary files, ours and those of libraries; the next process
    removes what a killed one left."""
    chosen = tempfile.tempdir
    with file_errors(Path(chosen or os.environ.get("TMPDIR", tempfile.gettempprefix()))):
        place = Path(tempfile.gettempdir())
        sweep(place)
    folder = _part_in(place)
    try:
        with file_errors(place):
            folder.mkdir(mode=0o700)
        tempfile.tempdir = str(folder)
        yield folder
    finally:
        tempfile.tempdir = chosen
        shutil.rmtree(folder, ignore_errors=True)


def give_name(part: Path, target: Path) -> None:
    """Give a temporary file its final name, unless that exists.

    :raises FileExistsError: the name exists already.
    """
    # A rename would overwrite; a link fails.
    try:
        os.link(part, target)
        part.unlink()
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        part.replace(target)
    sync(target.parent)


def sync(place: Path) -> None:
    """Make sure that a file, or the names in a folder, survive a power cut."""
    try:
        handle = os.open(place, os.O_RDONLY)
    except OSError:  # a system on which a folder is no file
        return
    try:
        os.fsync(handle)
    except OSError:
        if not place.is_dir():
            raise
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove the unfinished files and folders of killed commands. The process is part of the name,
    so that nothing is removed that is still being written."""
    for left in leftovers(folder):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def leftovers(folder: Path) -> list[Path]:
    """What killed commands left in a folder."""
    found = []
    for left in folder.glob(f"{PART}*{_ENDING}*"):
        pid = left.name.removeprefix(PART).partition("-")[0]
        if pid.isdigit() and not _is_running(int(pid)):
            found.append(left)
    return found


def _is_running(pid: int) -> bool:
    if os.name == "nt":  # where a signal 0 is Ctrl-C
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return True


def is_foreign(stream: object) -> bool:
    """Whether the reader of the stream may expect another encoding than UTF-8, so that JSON is
    written in ASCII, which is the same in all of them."""
    return isinstance(stream, AnswerStream) and stream.is_foreign
