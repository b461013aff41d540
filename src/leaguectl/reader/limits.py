"""How much of a stranger's file is looked at: each bound with the reason for its default.

A county can set its own in the config file; they go to the child process that reads the file.
"""

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one file. Megabytes are 1,048,576 bytes."""

    file_megabytes: int = 64
    """As it lies on the disk: a county's workbook has 1 MB, one with photos 30."""

    unpacked_megabytes: int = 400
    """All parts of an archive. A sheet whose every row is formatted to the last column has some
    200 MB."""

    ratio: int = 250
    """How many times its size a large part may unpack to. Real sheets reach 100, bombs 1,000."""

    parts: int = 5_000
    """Parts of an archive. A workbook of 200 sheets with pictures has some 2,000."""

    sheets: int = 200
    """Sheets of a workbook: a county has fewer schools than this, and one sheet each at most."""

    cells: int = 5_000_000
    """Cells between the first and the last filled one of a sheet: 100,000 rows of 50 columns."""

    last_row: int = 200_000
    """The farthest row of a filled cell, from 1: a county's people several times over."""

    last_column: int = 512
    """The farthest column of a filled cell, from 1; what is wider is a calendar or an attack."""

    memory_megabytes: int = 1_024
    """Address space of the child: a county's workbook needs 150 MB; a school's PC has 4 GB."""

    processor_seconds: int = 20
    """A county of 25,000 rows is read in one second; what needs twenty is an attack or an
    accident."""

    seconds: int = 30
    """How long the child may take in all: on a busy machine it waits for the processor."""

    @property
    def answer(self) -> int:
        """Bytes of the child's answer. The parent holds it whole, and nothing bounds it, so
        it is held to a quarter of what the child may take."""
        return self.memory_megabytes * MEGABYTE // 4


USUAL = Limits()
"""The bounds where nobody set others."""

ALLOWED = {
    "file_megabytes": (1, 4_096),
    "unpacked_megabytes": (1, 65_536),
    "ratio": (1, 1_000_000),
    "parts": (1, 1_000_000),
    "sheets": (1, 10_000),
    "cells": (1, 1_000_000_000),
    "last_row": (1, 1_048_576),
    "last_column": (1, 16_384),
    "memory_megabytes": (128, 65_536),
    "processor_seconds": (1, 86_400),
    "seconds": (1, 86_400),
}
"""The least and the most that each bound may be set to. Below 128 MB no reader starts; beyond row
1,048,576 and column XFD (16,384) no format has cells."""


def bind(memory: int, processor_seconds: int) -> None:
    """Hold this process to so many bytes of address space and so much processor time, and let it
    leave no core behind. A narrower bound that is there already stays."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time-out of the parent remains
        return
    for what, most, grace in (
        (resource.RLIMIT_AS, memory, 0),
        # At the hard bound the system kills as it does for want of memory; a second earlier it
        # says that the time is up.
        (resource.RLIMIT_CPU, processor_seconds, 1),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, bound = resource.getrlimit(what)
        hard = most + grace if bound == resource.RLIM_INFINITY else min(most + grace, bound)
        resource.setrlimit(what, (min(most, hard), hard))
