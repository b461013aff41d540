"""Children that are forked from one process, which has loaded what they load.

The program starts a child process for each file of a stranger. Most tests read some, and starting
an interpreter took longer than reading. A forked child runs the same module on the same bytes in a
process of its own, within the bounds that it sets itself; ``test_limits.py`` and every command
that is spawned start theirs as the program does.
"""

import gc
import importlib
import json
import os
import runpy
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import traceback

MODULES = ("leaguectl.reader.child", "leaguectl.scans", "leaguectl.workbooks.reply_worker")
"""What runs as a child."""


class Nursery:
    """The process that children are forked from, seen from the tests."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", "-X", "utf8", __file__]
        self._process = subprocess.Popen(command, stdin=theirs)
        self._one_at_a_time = threading.Lock()
        theirs.close()

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._process.wait()

    def run_child(
        self, module: str, *arguments: str, data: bytes, seconds: float
    ) -> subprocess.CompletedProcess[bytes]:
        """As ``leaguectl.reader.limits.run_child``."""
        with (
            self._one_at_a_time,
            tempfile.TemporaryFile() as stdin,
            tempfile.TemporaryFile() as stdout,
            tempfile.TemporaryFile() as stderr,
        ):
            stdin.write(data)
            stdin.seek(0)
            request = json.dumps([module, *arguments]).encode()
            socket.send_fds(self._socket, [request], [f.fileno() for f in (stdin, stdout, stderr)])
            child = self._number()
            self._socket.settimeout(seconds)
            try:
                code = self._number()
            except TimeoutError:
                self._socket.settimeout(None)
                os.kill(child, signal.SIGKILL)
                self._number()
                raise subprocess.TimeoutExpired([module], seconds) from None
            finally:
                self._socket.settimeout(None)
            for stream in (stdout, stderr):
                stream.seek(0)
            return subprocess.CompletedProcess([module], code, stdout.read(), stderr.read())

    def _number(self) -> int:
        number: int = struct.unpack("q", self._socket.recv(8))[0]
        return number


def _fork_on_request() -> None:
    """Fork a child for each request that comes on stdin; say its number, and how it ended."""
    requests = socket.socket(fileno=os.dup(0))
    for module in MODULES:
        importlib.import_module(module)
        del sys.modules[module]  # the child runs it as a program
    gc.freeze()
    while True:
        request, streams, _, _ = socket.recv_fds(requests, 1 << 16, 3)
        if not request:
            return
        child = os.fork()
        if child == 0:
            requests.close()
            os._exit(_become(json.loads(request), streams))
        for stream in streams:
            os.close(stream)
        requests.send(struct.pack("q", child))
        _, status = os.waitpid(child, 0)
        requests.send(struct.pack("q", os.waitstatus_to_exitcode(status)))


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
