"""Charts as inline SVG with title, description and the table behind; bars start at zero."""

from __future__ import annotations

from jiangxin.kernel.ui.charts import bar_shapes, column_shapes, line_shapes
from jiangxin.kernel.ui.registry import Attr, Component

_COMMON = (
    Attr("title"),
    Attr("desc", ""),
    Attr("unit", ""),
    Attr("label_head", ""),
    Attr("value_head", ""),
    Attr("csv_url", ""),
    Attr("svg_url", ""),
    Attr("level", "3", choices=("2", "3", "4")),
    Attr("tabled", True, "flag"),
)
BAR_CHART = Component(
    name="bar_chart",
    doc="Lying bars, one per thing: `points` is `[(label, value) or (label, value, url), …]`; `marked` is a label to stress. Without `tabled` the page sets the table behind itself.",
    example='{% bar_chart title=_("各省受表彰人数") points=provinces unit=_("人") %}',
    attrs=(*_COMMON, Attr("points", kind="list"), Attr("marked", "")),
    prepare=bar_shapes,
)
COLUMN_CHART = Component(
    name="column_chart",
    doc="Standing columns along time: `points` is `[(label, value), …]`.",
    example='{% column_chart title=_("每年授予数") points=year_points %}',
    attrs=(*_COMMON, Attr("points", kind="list"), Attr("marked", "")),
    prepare=column_shapes,
)
LINE_CHART = Component(
    name="line_chart",
    doc="Up to four lines along time with their names beside their ends: `series` is `[(name, [values]), …]`, `labels` the x axis.",
    example='{% line_chart title=_("女职工占比") labels=years series=lines unit="%" %}',
    attrs=(*_COMMON, Attr("labels", kind="list"), Attr("series", kind="list")),
    prepare=line_shapes,
)

COMPONENTS = (BAR_CHART, COLUMN_CHART, LINE_CHART)
