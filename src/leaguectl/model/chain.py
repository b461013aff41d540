"""The chain of every member (一人一号一书一证): which of its papers are asked since which year."""

from datetime import date

ASKED_SINCE = {
    "form": date(2016, 1, 1), "certificate": date(2015, 1, 1), "registration form": date(2022, 1, 1)
}  # fmt: skip
"""Of whoever joined since which day a paper is asked: a form bears the number since there are
numbers; who has a certificate was collected everywhere in 2015; 登记表 is made out since 2022."""


def numbered_since(province: str | None) -> date:
    """Since when whoever joins has a development number: in Xinjiang (65) a year earlier."""
    return date(2016 if province == "65" else 2017, 1, 1)
