"""The child process that reads one workbook and writes its sheets to stdout, one JSON line each.

It runs apart because a crafted file of a few kilobytes can abort or exhaust whatever reads it. It
works within limits on memory and time, and says why it refuses: its last line is then an object
with ``error`` and ``detail``, and its exit code is 1.
"""

import json
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY = 2 << 30
PROCESSOR_SECONDS = 90
UNPACKED = 400 << 20
PARTS = 5_000


class _Refused(Exception):
    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def main(path: str) -> int:
    """Read the workbook at ``path``; 0, or 1 with the reason in the last line."""
    _limit()
    try:
        _look_over(path)
        for sheet in _sheets(path):
            sys.stdout.write(json.dumps(sheet, ensure_ascii=True, default=_moment) + "\n")
    except _Refused as refused:
        print(json.dumps({"error": refused.code, "detail": refused.detail}))
        return 1
    except MemoryError:
        print(json.dumps({"error": "file-too-large", "detail": "memory"}))
        return 1
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time-out of the parent remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _look_over(path: str) -> None:
    """Refuse an archive that would unpack to too much; the sizes it declares bind its reader."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise _Refused("file-damaged", str(error)) from None
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise _Refused("file-too-large", f"{sum(part.file_size for part in parts)} bytes")


def _sheets(path: str) -> Any:
    import python_calamine as calamine

    try:
        with open(path, "rb") as stream:  # noqa: PTH123 -- pathlib would be its only use here
            workbook = calamine.CalamineWorkbook.from_filelike(stream)
            if not workbook.sheets_metadata:
                raise _Refused("file-without-sheets")
            for one in workbook.sheets_metadata:
                if one.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = workbook.get_sheet_by_name(one.name)
                first_row, first_column = sheet.start or (0, 0)
                yield {
                    "name": one.name,
                    "visible": one.visible == calamine.SheetVisibleEnum.Visible,
                    "first_row": first_row,
                    "first_column": first_column,
                    "rows": sheet.to_python(skip_empty_area=True),
                }
    except calamine.PasswordError:
        raise _Refused("file-encrypted") from None
    except calamine.CalamineError as error:
        if _is_encrypted(path):
            raise _Refused("file-encrypted") from None
        raise _Refused("file-damaged", str(error)) from None
    except (_Refused, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise _Refused("file-damaged", type(error).__name__) from None


def _is_encrypted(path: str) -> bool:
    """Whether it is a compound file that holds nothing but an encrypted package."""
    with open(path, "rb") as stream:  # noqa: PTH123 -- as above
        return "EncryptedPackage".encode("utf-16-le") in stream.read()


def _moment(value: object) -> Any:
    match value:
        case datetime() if value.time() == time(0):
            return {"d": value.date().isoformat()}
        case datetime() | date():
            return {"d": value.isoformat()}
        case timedelta() | time():
            return str(value)
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
