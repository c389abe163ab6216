"""A chart as a file of its own: one SVG with its title, for print, slides and reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language

from jiangxin.kernel.ui.charts import bar_shapes, column_shapes

SHAPES = {"bar": bar_shapes, "column": column_shapes}
BAR_STEP = 32
HEAD = 64
FOOT = 40
PLOT_HIGH = 258


def chart_picture(
    kind: str, *, title: str, unit: str, points: Sequence[Sequence[Any]], source: str = ""
) -> str:
    """The SVG text of a bar or column chart (``kind``), 960 wide; ``points`` as the component takes them."""
    values: dict[str, Any] = {"title": title, "unit": unit, "points": points, "marked": "", "desc": ""}
    shapes = SHAPES[kind](values)
    body = PLOT_HIGH if kind == "column" else BAR_STEP * len(points)
    for index, point in enumerate(shapes["points"]):
        point.update(top=HEAD + BAR_STEP * index + 6, text_y=HEAD + BAR_STEP * index + 21)
    return render_to_string(
        f"ui/pictures/{kind}.svg",
        {
            **shapes,
            "title": title,
            "unit": unit,
            "source": source,
            "lang": "en" if get_language() == "en" else "zh-Hans",
            "day": date_format(localdate()),
            "head": HEAD,
            "height_all": HEAD + body + FOOT,
            "foot_y": HEAD + body + 26,
        },
    )
