"""Geometry of the charts: positions in percent of the width and pixels of the height, so that text never scales."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any
from zlib import crc32

from django.utils.formats import number_format
from django.utils.translation import gettext as _

Number = int | float

PLOT_TOP = 28
PLOT_HEIGHT = 200
PLOT_BOTTOM = PLOT_TOP + PLOT_HEIGHT
CHART_HEIGHT = PLOT_BOTTOM + 30
WANTED_TICKS = 4
MAX_LABELS = 12
MAX_PHONE_LABELS = 5
MAX_PHONE_LABELS_OF_LINES = 2  # their names stand beside them
MAX_VALUE_LABELS = 14
LINES_AT_MOST = 4
MOST_DIGITS = 9
FEW_POINTS = 7
WIDEST_NAME = 11.0


def nice_ticks(highest: Number, wanted: int = WANTED_TICKS) -> list[Number]:
    """Return round values from zero up to at least ``highest``, about ``wanted`` steps."""
    if highest <= 0:
        return [0, 1]
    rough = highest / wanted
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    count = ceil(highest / step - 1e-9)
    return [_tidy(step * index) for index in range(count + 1)]


def bar_shapes(values: dict[str, Any]) -> dict[str, Any]:
    """Prepare lying bars: width in percent of the longest."""
    points = [_point(point) for point in values["points"]]
    highest = max((point["value"] for point in points), default=0) or 1
    for point in points:
        point["width"] = round(max(point["value"], 0) * 100 / highest, 2)
        point["marked"] = str(point["label"]) == str(values["marked"]) if values["marked"] else False
    return {
        "points": points,
        **_frame(values, [point["value"] for point in points], _most_words(values, points)),
    }


def column_shapes(values: dict[str, Any]) -> dict[str, Any]:
    """Prepare standing columns with grid lines at round values."""
    points = [_point(point) for point in values["points"]]
    ticks = nice_ticks(max((point["value"] for point in points), default=0))
    slot = 100 / max(len(points), 1)
    for index, point in enumerate(points):
        height = PLOT_HEIGHT * max(point["value"], 0) / ticks[-1]
        point.update(
            x=round(slot * index + slot * 0.16, 3),
            middle=round(slot * (index + 0.5), 3),
            width=round(slot * 0.68, 3),
            y=round(PLOT_BOTTOM - height, 2),
            height=round(height, 2),
            label_y=round(PLOT_BOTTOM - height - 6, 2),
            marked=bool(values["marked"]) and str(point["label"]) == str(values["marked"]),
        )
    return {
        "points": points,
        "show_values": len(points) <= MAX_VALUE_LABELS,
        "few": len(points) <= FEW_POINTS,
        "axis": _axis([point["label"] for point in points], [point["middle"] for point in points]),
        **_grid(ticks),
        **_frame(values, [point["value"] for point in points], _span_words(values, points)),
    }


def line_shapes(values: dict[str, Any]) -> dict[str, Any]:
    """Prepare lines as single segments, each line named at its end."""
    labels = list(values["labels"])
    series = [(str(name), list(numbers)) for name, numbers in values["series"]][:LINES_AT_MOST]
    numbers = [number for _name, line in series for number in line if number is not None]
    ticks = nice_ticks(max(numbers, default=0))
    places = [round(100 * index / max(len(labels) - 1, 1), 3) for index in range(len(labels))]
    lines = [_line(index, name, line, places, ticks[-1]) for index, (name, line) in enumerate(series)]
    _part_names(lines)
    rows = [[label, *[_at(line, index) for _name, line in series]] for index, label in enumerate(labels)]
    return {
        "lines": lines,
        "names_width": max((_wide(f"{line['name']} {line['end']['value']}") for line in lines), default=0),
        "columns": [name for name, _line in series],
        "rows": rows,
        "axis": _axis(labels, places, on_phone=MAX_PHONE_LABELS_OF_LINES),
        **_grid(ticks),
        **_frame(values, numbers, _range_words(values, numbers) if numbers else ""),
    }


def _frame(values: dict[str, Any], numbers: Sequence[Number], said: str = "") -> dict[str, Any]:
    """Return the chart's stable id and a description, what it shows in one sentence."""
    text = f"{values['title']}{numbers}"
    return {"chart_id": f"chart-{crc32(text.encode()):08x}", "desc": values["desc"] or said}


def _unit(values: dict[str, Any]) -> str:
    """The unit as it follows a number: a space before an English word."""
    unit = str(values["unit"])
    return f" {unit}" if unit[:1].isalpha() and unit.isascii() else unit


def _most_words(values: dict[str, Any], points: Sequence[dict[str, Any]]) -> str:
    """Which bar is the longest, and how short the shortest is."""
    if not points:
        return ""
    numbers = [point["value"] for point in points]
    top = _longest(points)
    if not top:
        return _range_words(values, numbers)
    words = {"top": top, "high": _shown(max(numbers)), "low": _shown(min(numbers)), "unit": _unit(values)}
    return _("%(top)s最多（%(high)s%(unit)s），最少 %(low)s%(unit)s。") % words


def _range_words(values: dict[str, Any], numbers: Sequence[Number]) -> str:
    """Between which figures all of them lie."""
    words = {"high": _shown(max(numbers)), "low": _shown(min(numbers)), "unit": _unit(values)}
    return _("最多 %(high)s%(unit)s，最少 %(low)s%(unit)s。") % words


def _span_words(values: dict[str, Any], points: Sequence[dict[str, Any]]) -> str:
    """What the columns sum up to from first to last, and the highest one."""
    if len(points) < 2:
        return _most_words(values, points)
    numbers = [point["value"] for point in points]
    words = {"first": points[0]["label"], "last": points[-1]["label"], "unit": _unit(values)}
    words |= {"sum": _shown(sum(numbers)), "high": _shown(max(numbers)), "top": _longest(points)}
    if words["top"]:
        return _("%(first)s 至 %(last)s 合计 %(sum)s%(unit)s，%(top)s 最多（%(high)s）。") % words
    return _("%(first)s 至 %(last)s 合计 %(sum)s%(unit)s，其中最多 %(high)s。") % words


def _longest(points: Sequence[dict[str, Any]]) -> str:
    """The label of the one point that is higher than all others, "" when several are."""
    highest = max(point["value"] for point in points)
    labels = [str(point["label"]) for point in points if point["value"] == highest]
    return labels[0] if len(labels) == 1 < len(points) else ""


def _grid(ticks: Sequence[Number]) -> dict[str, Any]:
    grid = [
        {"value": tick, "y": round(PLOT_BOTTOM - PLOT_HEIGHT * tick / ticks[-1], 2), "label_y": 0.0}
        for tick in ticks
    ]
    for line in grid:
        line["label_y"] = round(float(line["y"]) + 5, 2)
    digits = max(len(_shown(tick)) for tick in ticks)
    return {
        "grid": grid,
        "axis_digits": min(digits, MOST_DIGITS),
        "height": CHART_HEIGHT,
        "base_y": PLOT_BOTTOM,
        "axis_y": PLOT_BOTTOM + 20,
    }


def _axis(
    labels: Sequence[object], places: Sequence[float], *, on_phone: int = MAX_PHONE_LABELS
) -> list[dict[str, Any]]:
    """Choose which labels to show; those too many for a phone are marked ``minor``."""
    step = max(1, ceil(len(labels) / MAX_LABELS))
    phone_step = step * max(1, ceil(len(labels) / step / on_phone))
    last = len(labels) - 1
    return [
        {
            "label": label,
            "x": place,
            "minor": (last - index) % phone_step != 0,
            "anchor": _anchor(place),
        }
        for index, (label, place) in enumerate(zip(labels, places, strict=True))
        if (last - index) % step == 0
    ]


def _anchor(place: float) -> str:
    if place <= 1:
        return "start"
    return "end" if place >= 99 else "middle"


def _line(index: int, name: str, numbers: list[Any], places: list[float], top: Number) -> dict[str, Any]:
    spots: list[dict[str, Any]] = [
        {"at": at, "x": place, "y": round(PLOT_BOTTOM - PLOT_HEIGHT * number / top, 2), "value": number}
        for at, (place, number) in enumerate(zip(places, numbers, strict=False))
        if number is not None
    ]
    segments = [
        {"x1": one["x"], "y1": one["y"], "x2": two["x"], "y2": two["y"]}
        for one, two in itertools.pairwise(spots)
        if two["at"] == one["at"] + 1
    ]
    end: dict[str, Any] = spots[-1] if spots else {"x": 0, "y": PLOT_BOTTOM, "value": ""}
    return {"index": index + 1, "name": name, "segments": segments, "end": end, "name_y": end["y"] + 5}


def _wide(text: str) -> float:
    """About how wide a text is, in em: a Chinese character is one, others somewhat more than half."""
    return round(min(sum(0.64 if char.isascii() else 1 for char in text), WIDEST_NAME), 2)


def _part_names(lines: list[dict[str, Any]], apart: int = 20) -> None:
    """Move names of neighbouring lines apart so that they do not lie upon each other."""
    placed: float | None = None
    for line in sorted(lines, key=lambda one: -float(one["name_y"])):
        if placed is not None and placed - line["name_y"] < apart:
            line["name_y"] = placed - apart
        placed = line["name_y"]


def _at(line: Sequence[Any], index: int) -> Any:
    return line[index] if index < len(line) else None


def _point(point: Sequence[Any]) -> dict[str, Any]:
    return {"label": point[0], "value": point[1], "url": point[2] if len(point) > 2 else ""}


def _tidy(value: float) -> Number:
    return int(value) if float(value).is_integer() else round(value, 6)


def _shown(value: Number) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
