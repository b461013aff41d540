"""Charts drawn by Matplotlib: as SVG for a page, whose colours and fonts the page decides, and as a
picture for a text document."""

import io
import re
import warnings
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from leaguectl.documents import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei",
         "Noto Sans SC", "WenQuanYi Micro Hei", "Hiragino Sans GB", "DejaVu Sans")  # fmt: skip
"""Fonts with Chinese characters; the first available font is used."""

COLORS = {
    "first": "#c8102e", "second": "#e9a13b", "line": "#1f5c99", "limit": "#6b7280",
    "text": "#1f2933", "faint": "#e3e7ec",
}  # fmt: skip
"""What is drawn in which colour; a page has variables of these names, so that it can be dark."""

_SVG = "{http://www.w3.org/2000/svg}"
_WIDTH, _ROW = 6.4, 0.18


def svg(chart: Chart, identity: str) -> str:
    """The chart as an inline SVG: text as text, colours as the page's variables, and its sentence
    for people who cannot see it."""
    metadata = {"Date": None, "Creator": None}
    text = _drawn(chart, format="svg", transparent=True, metadata=metadata).decode()
    return _inline(text[text.index("<svg") :], chart, identity)


def picture(chart: Chart) -> bytes:
    """The chart as a PNG, sharp on paper."""
    return _drawn(chart, format="png", dpi=220, metadata={"Software": None})


def has_chinese_font() -> bool:
    """Whether this machine has a font that shows Chinese in a picture."""
    return _fonts()[0] != FONTS[-1]


def _fonts() -> list[str]:
    from matplotlib import font_manager

    there = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in FONTS if name in there] or [FONTS[-1]]


def _drawn(chart: Chart, **form: Any) -> bytes:
    """The chart as a file of that form."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    height = 2.9 if chart.kind == "months" else 0.8 + _ROW * max(len(chart.categories), 4)
    style: dict[Any, Any] = {
        "font.family": _fonts(), "font.size": 9.5, "svg.fonttype": "none", "svg.hashsalt": "chart",
        "text.color": COLORS["text"], "axes.labelcolor": COLORS["text"],
        "xtick.color": COLORS["text"], "ytick.color": COLORS["text"], "axes.unicode_minus": False,
    }  # fmt: skip
    with mpl.rc_context(style), warnings.catch_warnings():
        # A page brings its own fonts; where a picture lacks one, has_chinese_font says so.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
        axes.set_axisbelow(True)
        for side in ("top", "right", "left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0)
        _DRAWN_BY[chart.kind](axes, chart)
        if len(chart.series) > 1 or chart.limit_label or chart.sum_label:
            handles, labels = axes.get_legend_handles_labels()
            figure.legend(
                handles, labels, loc="outside lower center", ncols=4, frameon=False, fontsize=9
            )
        stream = io.BytesIO()
        figure.savefig(stream, **form)
    return stream.getvalue()


def _months(axes: "Axes", chart: Chart) -> None:
    """Columns on each other, what they add up to as a line, and the limit across."""
    places = range(len(chart.categories))
    bottom = [0.0] * len(chart.categories)
    for series, color in zip(chart.series, ("first", "second"), strict=False):
        values = [value or 0 for value in series.values]
        axes.bar(places, values, 0.62, bottom, color=COLORS[color], label=series.label)
        bottom = [below + value for below, value in zip(bottom, values, strict=True)]
    running = list(accumulate(bottom))
    axes.plot(places, running, color=COLORS["line"], marker="o", ms=3.5, lw=1.6,
              label=chart.sum_label)  # fmt: skip
    for place, total in zip(places, running, strict=True):
        if place == len(running) - 1 or place % 3 == 2:
            axes.annotate(f"{total:g}", (place, total), (0, 5), textcoords="offset points",
                          ha="center", fontsize=8.5, color=COLORS["line"])  # fmt: skip
    if chart.limit is not None:
        axes.axhline(chart.limit, color=COLORS["limit"], ls=(0, (5, 3)), lw=1.2,
                     label=f"{chart.limit_label} {chart.limit:g}")  # fmt: skip
    axes.set_xticks(list(places), chart.categories)
    axes.set_ylim(0, 1.16 * max([*running, chart.limit or 0, 1]))
    axes.grid(axis="y", color=COLORS["faint"], lw=0.8)


def _pyramid(axes: "Axes", chart: Chart) -> None:
    """Two series back to back, a row for each category."""
    places = list(range(len(chart.categories)))
    left, right = ([value or 0 for value in series.values] for series in chart.series)
    widest = max([*left, *right, 1])
    gap = 0.11 * widest
    for values, side, color, series in (
        (left, -1, "line", chart.series[0]), (right, 1, "first", chart.series[1]),
    ):  # fmt: skip
        axes.barh(places, [side * value for value in values], 0.72,
                  left=side * gap, color=COLORS[color], label=series.label)  # fmt: skip
        for place, value in zip(places, values, strict=True):
            if value:
                axes.annotate(f"{value:g}", (side * (gap + value), place), (4 * side, 0),
                              textcoords="offset points", va="center", fontsize=8,
                              ha="left" if side > 0 else "right")  # fmt: skip
    for place, category in zip(places, chart.categories, strict=True):
        axes.text(0, place, category, ha="center", va="center", fontsize=8.5)
    axes.set_yticks([])
    axes.set_xticks([])
    axes.set_xlim(-1.16 * widest - gap, 1.16 * widest + gap)
    axes.set_ylim(-0.7, len(places) - 0.3)


def _bar_texts(values: Sequence[float | None], *, is_rate: bool) -> list[str]:
    """The values behind the bars; rates all with a decimal, or all without."""
    texts = ["—" if value is None else f"{100 * value:.1f}%" if is_rate else f"{value:g}"
             for value in values]  # fmt: skip
    are_whole = all(text.endswith((".0%", "—")) for text in texts)
    return [text.replace(".0%", "%") for text in texts] if are_whole else texts


def _bars(axes: "Axes", chart: Chart) -> None:
    """Bars that lie, each with its value; those beyond their limit stand out."""
    places = list(range(len(chart.categories)))
    (series,) = chart.series
    limits = chart.limits or [chart.limit] * len(places)
    values = [value or 0 for value in series.values]
    beyond = [
        limit is not None and bool(chart.limits) and value > limit
        for value, limit in zip(values, limits, strict=True)
    ]
    colors = [COLORS["first" if over else "line"] for over in beyond]
    axes.barh(places, values, 0.62, color=colors, label=series.label)
    ends = [max(value, limit or 0) if chart.limits else value
            for value, limit in zip(values, limits, strict=True)]  # fmt: skip
    texts, at_most = (_bar_texts(each, is_rate=chart.is_rate) for each in (series.values, limits))
    for place, text, most, limit, end in zip(places, texts, at_most, limits, ends, strict=True):
        if chart.limits and limit is not None:
            # It stands behind the limit, and must not be taken for it.
            text += f" / {chart.limit_label} {most}"
        axes.annotate(text, (end, place), (5, 0), textcoords="offset points", va="center",
                      fontsize=8.5)  # fmt: skip
    if chart.limits:
        known = [(p, limit) for p, limit in zip(places, limits, strict=True) if limit is not None]
        axes.scatter([limit for _, limit in known], [place for place, _ in known], marker="|",
                     s=150, lw=2, color=COLORS["limit"], label=chart.limit_label)  # fmt: skip
    elif chart.limit is not None:
        axes.axvline(chart.limit, color=COLORS["limit"], ls=(0, (5, 3)), lw=1.2,
                     label=chart.limit_label)  # fmt: skip
    axes.set_yticks(places, chart.categories)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_xlim(0, (1.4 if chart.limits else 1.14) * max([*ends, chart.limit or 0, 0.01]))


_DRAWN_BY: dict[str, Any] = {"months": _months, "pyramid": _pyramid, "bars": _bars}


# -- SVG for a page ------------------------------------------------------------------------------


def _inline(text: str, chart: Chart, identity: str) -> str:
    """The drawing as a part of a page: no size of its own, no ids that another drawing has too."""
    ET.register_namespace("", _SVG.strip("{}"))
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ET.fromstring(text)  # noqa: S314 (our own drawing)
    for metadata in root.findall(f"{_SVG}metadata"):
        root.remove(metadata)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{identity}-title {identity}-desc")
    for name, words in (("desc", chart.summary), ("title", chart.caption)):
        element = ET.Element(f"{_SVG}{name}", {"id": f"{identity}-{name}"})
        element.text = words
        root.insert(0, element)
    drawn = ET.tostring(root, encoding="unicode")
    drawn = re.sub(r'(?<=id=")(?=\w)|(?<=href="#)|(?<=url\(#)', f"{identity}-", drawn)
    drawn = drawn.replace(f"{identity}-{identity}-", f"{identity}-")
    for name, color in COLORS.items():
        drawn = drawn.replace(color, f"var(--chart-{name})")
    # The page has the font; the drawing keeps its sizes and weights.
    return re.sub(r"font: ([\d.]+px) [^;\"]*", r"font-size: \1", drawn)
