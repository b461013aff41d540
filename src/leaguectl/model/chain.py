"""The chain of every member (一人一号一书一证): from which year on each of its papers is
required."""

from datetime import date

ASKED_SINCE = {
    "form": date(2016, 1, 1), "certificate": date(2015, 1, 1), "registration form": date(2022, 1, 1)
}  # fmt: skip
"""For members who joined on or after this day the paper is required: forms bear numbers since there
are numbers; holders of certificates were recorded everywhere in 2015; 登记表 exists since 2022."""


def numbered_since(province: str | None) -> date:
    """The day from which new members have a development number: in Xinjiang (65) a year earlier."""
    return date(2016 if province == "65" else 2017, 1, 1)
