"""Children that are forked from one process, which has loaded what they load.

The program starts a child process for files of strangers. Most tests read some, and starting an
interpreter took longer than reading. A forked child runs the same module on the same bytes in a
process of its own, within the bounds that it sets itself; ``test_limits.py`` and every command
that is spawned start theirs as the program does.
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import traceback
from contextlib import suppress
from typing import IO

MODULES = ("leaguectl.reader.child", "leaguectl.scans", "leaguectl.workbooks.reply_worker")
"""What runs as a child."""


class Forked:
    """A child, as much of :class:`subprocess.Popen` as is asked of it."""

    def __init__(self, status: IO[bytes], stdin: IO[bytes] | None, stdout: IO[bytes] | None):
        self.stdin, self.stdout, self._status = stdin, stdout, status
        self._code: int | None = None
        self._number = self._next()

    def kill(self) -> None:
        """End it."""
        with suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGKILL)

    def wait(self, seconds: float | None = None) -> int:
        """How it ended."""
        if self._code is None:
            if seconds is not None and not select.select([self._status], [], [], seconds)[0]:
                raise TimeoutError
            self._code = self._next()
            self._status.close()
        return self._code

    def _next(self) -> int:
        number: int = struct.unpack("q", self._status.read(8))[0]
        return number


class Nursery:
    """The process that children are forked from, seen from the tests."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", "-X", "utf8", __file__]
        self._process = subprocess.Popen(command, stdin=theirs)
        theirs.close()

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._process.wait()

    def start_child(self, module: str, *arguments: str, errors: IO[bytes]) -> Forked:
        """As ``leaguectl.reader.limits.start_child``."""
        stdin, ours = os.pipe()
        answers, stdout = os.pipe()
        streams = (stdin, stdout, errors.fileno())
        child = self._fork([module, *arguments], streams, os.fdopen(ours, "wb"),
                           os.fdopen(answers, "rb"))  # fmt: skip
        os.close(stdin)
        os.close(stdout)
        return child

    def run_child(
        self, module: str, *arguments: str, data: bytes, seconds: float
    ) -> subprocess.CompletedProcess[bytes]:
        """As ``leaguectl.reader.limits.run_child``."""
        with (
            tempfile.TemporaryFile() as stdin,
            tempfile.TemporaryFile() as stdout,
            tempfile.TemporaryFile() as stderr,
        ):
            stdin.write(data)
            stdin.seek(0)
            streams = tuple(stream.fileno() for stream in (stdin, stdout, stderr))
            child = self._fork([module, *arguments], streams)
            try:
                code = child.wait(seconds)
            except TimeoutError:
                child.kill()
                child.wait()
                raise subprocess.TimeoutExpired([module], seconds) from None
            for stream in (stdout, stderr):
                stream.seek(0)
            return subprocess.CompletedProcess([module], code, stdout.read(), stderr.read())

    def _fork(self, command: list[str], streams: tuple[int, ...], *ends: IO[bytes]) -> Forked:
        status, theirs = os.pipe()
        socket.send_fds(self._socket, [json.dumps(command).encode()], [*streams, theirs])
        os.close(theirs)
        return Forked(os.fdopen(status, "rb", 0), *(ends or (None, None)))


def _fork_on_request() -> None:
    """Fork a child for each request that comes on stdin."""
    requests = socket.socket(fileno=os.dup(0))
    for module in MODULES:
        importlib.import_module(module)
        del sys.modules[module]  # the child runs it as a program
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who waits for a child is its own parent
    while True:
        request, descriptors, _, _ = socket.recv_fds(requests, 1 << 16, 4)
        if not request:
            return
        if os.fork() == 0:
            requests.close()
            _look_after(json.loads(request), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _look_after(command: list[str], *descriptors: int) -> None:
    """Fork the child; say its number, and how it ended."""
    *streams, status = descriptors
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        os.close(status)
        os._exit(_become(command, streams))
    for stream in streams:
        os.close(stream)
    os.write(status, struct.pack("q", child))
    _, ended = os.waitpid(child, 0)
    os.write(status, struct.pack("q", os.waitstatus_to_exitcode(ended)))
    os._exit(0)


def _become(command: list[str], streams: list[int]) -> int:
    """Run a module as a program with these streams; its exit code."""
    for place, stream in enumerate(streams):
        os.dup2(stream, place)
        os.close(stream)
    sys.stdin, sys.stdout, sys.stderr = (open(at, "w" if at else "r") for at in range(3))  # noqa: SIM115, PTH123
    sys.argv = command
    try:
        runpy.run_module(command[0], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    _fork_on_request()
