"""Who a survey counts: the stage of a school to which the members of a branch belong."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol

STAGES: Mapping[tuple[str, bool], tuple[str, ...]] = {
    ("junior middle", True): ("junior graduating", "junior middle"),
    ("junior middle", False): ("junior middle",),
    ("senior middle", True): ("senior graduating", "senior middle"),
    ("senior middle", False): ("senior middle",),
    ("vocational", True): ("senior graduating", "vocational"),
    ("vocational", False): ("vocational",),
}
"""The stages of a survey that a branch may belong to, the closest first, by its sector and whether
its class graduates. All other branches belong to the young people (``youth``)."""


class Place(Protocol):
    """What a survey needs to know about an organisation."""

    @property
    def code(self) -> str:
        """Its code."""
        ...

    @property
    def type(self) -> str:
        """Its type."""
        ...

    @property
    def sector(self) -> str | None:
        """Its sector."""
        ...


def surveyed_members(
    own: Mapping[str, int],
    upward: Callable[[str], Iterable[Place]],
    surveyed: Collection[tuple[str, str]],
) -> Counter[tuple[str, str]]:
    """The members of each surveyed stage of an organisation, by the rows: everybody counts once at
    each level, in the closest stage that it surveyed. Every ratio uses this count.

    :param own: how many members each organisation has itself.
    :param upward: an organisation and all above it.
    :param surveyed: organisations with the stages that they surveyed.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for code, count in own.items():
        levels = [*upward(code)]
        # A class has the sector of its school where it has none of its own.
        sector = next((level.sector for level in levels if level.sector), "")
        graduates = bool(levels) and levels[0].type == "graduating branch"
        # Students are young people too, so the count of young people includes those that no stage
        # of a school counts.
        stages = (*STAGES.get((sector, graduates), ()), "youth")
        for level in levels:
            pairs = ((level.code, stage) for stage in stages)
            if (pair := next((pair for pair in pairs if pair in surveyed), None)) is not None:
                counted[pair] += count
    return counted
