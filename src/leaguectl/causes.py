"""Why the system refuses a file, a folder or a stream: the class of its error, which decides what
there is to do."""

import errno
import os
from typing import Any

_CAUSES = {
    "room": ("ENOSPC",),
    "quota": ("EDQUOT",),
    "size": ("EFBIG",),
    "rights": ("EACCES", "EPERM"),
    "mounted read-only": ("EROFS",),
    "disk": ("EIO", "ENXIO", "ENODEV", "EUCLEAN", "EBADMSG"),
    "share": ("ESTALE", "ENOTCONN", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH",
              "ETIMEDOUT", "EREMOTEIO"),
    "gone": ("ENOENT", "ENOTDIR"),
    "open files": ("EMFILE", "ENFILE"),
    "file name": ("ENAMETOOLONG", "EILSEQ"),
    "folder": ("EISDIR",),
    "in use": ("EBUSY", "ETXTBSY"),
}  # fmt: skip
"""Not every system has each of these errors."""

_BY_NUMBER = {
    getattr(errno, name): cause
    for cause, names in _CAUSES.items()
    for name in names
    if hasattr(errno, name)
}


def why(error: OSError | int) -> dict[str, Any]:
    """The facts that a message tells of an error of the system: what the system calls it, and its
    class where that is known."""
    number = error if isinstance(error, int) else error.errno
    said = None if isinstance(error, int) else error.strerror
    facts = {"detail": said or (os.strerror(number) if number else str(error))}
    cause = _BY_NUMBER.get(number or 0)
    return facts | ({"cause": cause} if cause else {})
