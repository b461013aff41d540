"""A document as one page of HTML: no network, for screens and paper, light and dark."""

from functools import cache
from itertools import count
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from leaguectl.documents import Chart, Document, Number, Table
from leaguectl.documents.charts import svg
from leaguectl.documents.texts import is_number, texts_of

_ON_A_PHONE = 5
"""How many columns of numbers a phone shows; one of text takes the room of two."""


def page(document: Document) -> str:
    """The page: its text escaped, its charts drawn in it."""
    numbers = count(1)

    def drawn(chart: Chart) -> Markup:
        # Our own drawing, of which the texts were escaped as it was made.
        return Markup(svg(chart, f"chart-{next(numbers)}"))  # noqa: S704

    template = _environment().get_template("page.html")
    return template.render(
        document=document, drawn=drawn, texts_of=texts_of, is_number=is_number,
        is_figure=_is_figure, is_wide=_is_wide,
    )  # fmt: skip


def _is_figure(part: Any) -> bool:
    return isinstance(part, Number)


def _is_wide(table: Table) -> bool:
    """Whether a phone has no room for the columns side by side."""
    texts = sum(not is_number(column) for column in table.columns)
    return len(table.columns) + texts > _ON_A_PHONE


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("leaguectl.documents"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
