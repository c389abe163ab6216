"""Statistics by year, level, region and industry, each with its table, as CSV and as a picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.honours.models import Level
from jiangxin.insights.queries.statistics import (
    YEARS_SHOWN,
    Line,
    Statistics,
    TallyTable,
    last_run,
    statistics,
)
from jiangxin.insights.sheets import level_rows, level_sheet, tally_rows, tally_sheet
from jiangxin.insights.views.parts import kept_page, kept_part
from jiangxin.insights.words import Table
from jiangxin.kernel.access.doors import actor_of
from jiangxin.kernel.privacy.suppression import K
from jiangxin.kernel.sheets.exporting import export_name, stream_csv
from jiangxin.kernel.ui.charts import LINES_AT_MOST
from jiangxin.kernel.ui.pictures import chart_picture

BARS_SHOWN = 12
FACETS = {Table.REGION: "region", Table.INDUSTRY: "industry"}
PARTS = {Table.REGION: re.compile("[0-9]{2}([0-9]{2})?"), Table.INDUSTRY: re.compile("[A-T]")}
LEVEL = "level"


@require_safe
@kept_page(lambda: (run := last_run()) and run.counted_at)
def overview(request: HttpRequest, state: object) -> HttpResponse:
    """Charts of all levels or of one, of the country or of the parts of one region or section."""
    asked = _Asked(request)
    part = kept_part(
        "insights/parts/statistics.html",
        asked.level,
        sorted(asked.within.items()),
        state,
        context=lambda: _context(asked),
    )
    return render(request, "insights/statistics.html", {"part": part})


class _Asked:
    """What the address asks for: a level, a region or section to open; 404 for what cannot be."""

    def __init__(self, request: HttpRequest) -> None:
        level = request.GET.get(LEVEL, "")
        if level and level not in Level.values:
            raise Http404
        self.level = Level(level) if level else None
        self.opened = {table: request.GET[name] for table, name in FACETS.items() if request.GET.get(name)}
        if any(not PARTS[table].fullmatch(value) for table, value in self.opened.items()):
            raise Http404

    @property
    def within(self) -> Mapping[Table, str]:
        """The path of each opened region or section: 2301 stands under 23."""
        steps = {
            table: [value[:2], value] if len(value) > 2 else [value] for table, value in self.opened.items()
        }
        return {table: "/".join(each) for table, each in steps.items()}

    def address(self, url: str, **changed: str) -> str:
        """The address with something changed; empty values are left out."""
        values = {LEVEL: self.level.value if self.level else ""}
        values.update({FACETS[table]: value for table, value in self.opened.items()})
        query = urlencode({name: value for name, value in {**values, **changed}.items() if value})
        return f"{url}?{query}" if query else url


def _context(asked: _Asked) -> dict[str, Any]:
    counted = statistics(asked.level, within=asked.within)
    tables = counted.tables
    return {
        "counted": counted,
        "level": asked.level,
        "tabs": _tabs(counted, asked),
        "points": {table.value: _points(tables[table], asked) for table in Table if table is not Table.SEX},
        "levels": _level_points(counted),
        "lines": _level_lines(counted),
        "files": {name: _files(name, asked) for name in (*Table.values, LEVEL)},
        "sections": {
            **{table.value: _section(tables[table], asked) for table in Table},
            Table.SEX.value: _by_level(tables[Table.SEX]),
        },
        "places": {table.value: _place(tables[table], asked) for table in FACETS},
        "k": K,
    }


@require_safe
def export(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """One table as CSV."""
    asked = _Asked(request)
    if name not in (*Table.values, LEVEL):
        raise Http404
    counted = statistics(asked.level, within=asked.within)
    if name == LEVEL:
        sheet, rows, label = level_sheet(), level_rows(counted), _("级别")
    else:
        table = counted.tables[Table(name)]
        sheet, rows, label = tally_sheet(table), tally_rows(table), str(table.kind.label)
    response = StreamingHttpResponse(
        stream_csv(sheet, rows, by=actor_of(request)), content_type="text/csv; charset=utf-8"
    )
    file_name = f"{label}-{export_name(sheet, ending='.csv')}"
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    return response


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """One chart as SVG."""
    asked = _Asked(request)
    if name not in (Table.YEAR, Table.REGION, Table.INDUSTRY, LEVEL):
        raise Http404
    counted = statistics(asked.level, within=asked.within)
    points = _level_points(counted) if name == LEVEL else _points(counted.tables[Table(name)], asked)
    title = _chart_title(name, counted, asked)
    drawn = chart_picture(
        "column" if name == Table.YEAR else "bar",
        title=title,
        unit=_("人次"),
        points=points,
        source=_("来源：匠心，%(address)s")
        % {"address": f"{settings.PUBLIC_URL}{reverse('insights:statistics')}"},
    )
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{title}.svg") or "attachment"
    return response


def _chart_title(name: str, counted: Statistics, asked: _Asked) -> str:
    """What a picture shows, understandable without the page."""
    kinds = {
        Table.YEAR.value: _("各年荣誉"),
        Table.REGION.value: _("各地荣誉"),
        Table.INDUSTRY.value: _("各行业荣誉"),
        LEVEL: _("各级荣誉"),
    }
    parts = [kinds[name]]
    if name in FACETS:
        parts += [label for _key, label in counted.tables[Table(name)].above]
    if asked.level and name != LEVEL:
        parts.append(str(asked.level.label))
    return " · ".join(parts)


def _tabs(counted: Statistics, asked: _Asked) -> list[dict[str, Any]]:
    url = reverse("insights:statistics")
    tabs: list[dict[str, Any]] = [
        {
            "label": _("全部"),
            "url": asked.address(url, level=""),
            "current": asked.level is None,
            "count": counted.total,
        }
    ]
    for each, count in counted.by_level:
        address = asked.address(url, level=each.value)
        tabs.append({"label": each.label, "url": address, "current": each is asked.level, "count": count})
    return tabs


def _level_points(counted: Statistics) -> list[tuple[str, int]]:
    return [(str(each.label), count) for each, count in counted.by_level]


def _level_lines(counted: Statistics) -> dict[str, Any]:
    """The largest levels over the years, from the oldest: up to as many lines as one chart can name."""
    table = counted.tables[Table.YEAR]
    years = table.known[:YEARS_SHOWN][::-1]
    largest = sorted(range(len(table.levels)), key=lambda at: -(table.sums[at] or 0))[:LINES_AT_MOST]
    return {
        "labels": [line.key for line in years],
        "series": [
            (str(table.levels[at].label), [line.counts[at] for line in years]) for at in sorted(largest)
        ],
    }


def _points(table: TallyTable, asked: _Asked) -> list[tuple[str, int, str]]:
    """Years from the oldest, the longest bars of all else; each leads on to its parts or to the register."""
    if table.kind is Table.YEAR:
        shown = [(line.key, line) for line in reversed(table.known[:YEARS_SHOWN])]
    else:
        shown = [(line.label, line) for line in table.known[:BARS_SHOWN]]
    return [(label, line.total or 0, _leading(table, line.key, asked)) for label, line in shown]


def _leading(table: TallyTable, key: str, asked: _Asked) -> str:
    """The parts of a region or section where it has any, else the register narrowed to it."""
    name = FACETS.get(table.kind, table.kind.value)
    if table.kind in PARTS and PARTS[table.kind].fullmatch(key):
        return f"{asked.address(reverse('insights:statistics'), **{name: key})}#{name}"
    return f"{reverse('insights:register')}?{urlencode({name: key})}"


def _place(table: TallyTable, asked: _Asked) -> dict[str, Any]:
    """The way back up from an opened region or section, and to the workers in it."""
    if not table.above:
        return {}
    name, url = FACETS[table.kind], reverse("insights:statistics")
    steps = [(_("全国") if table.kind is Table.REGION else _("全部行业"), "")]
    steps += [(label, key) for key, label in table.above]
    crumbs = [(label, f"{asked.address(url, **{name: key})}#{name}") for label, key in steps[:-1]]
    label, key = steps[-1]
    return {
        "crumbs": [*crumbs, (label, "")],
        "label": label,
        "register_url": f"{reverse('insights:register')}?{urlencode({name: key})}",
    }


def _files(name: str, asked: _Asked) -> dict[str, str]:
    """Where a table and its chart can be taken from."""
    return {
        "csv": asked.address(reverse("insights:statistics_export", args=[name])),
        "svg": ""
        if name == Table.SEX
        else asked.address(reverse("insights:statistics_picture", args=[name])),
    }


def _head(table: TallyTable, line: Line, asked: _Asked) -> Any:
    """The first cell of a row; it leads on where there is something to lead to."""
    if not line.key:
        return line.label
    return {"value": line.label, "url": _leading(table, line.key, asked)}


def _by_level(table: TallyTable) -> dict[str, Any]:
    """A table of few lines turned: a row for each level, so that it is as narrow as a phone."""
    levels = zip(table.levels, table.sums, strict=True)
    return {
        "caption": _("各级获得者性别"),
        "columns": [
            {"label": _("级别")},
            *[{"label": line.label, "numeric": True} for line in table.lines],
            {"label": _("合计"), "numeric": True},
        ],
        "rows": [
            [level.label, *[line.counts[at] for line in table.lines], total]
            for at, (level, total) in enumerate(levels)
        ],
        "sums": [*[line.total for line in table.lines], table.total] if len(table.levels) != 1 else [],
    }


def _section(table: TallyTable, asked: _Asked) -> dict[str, Any]:
    """The whole table."""
    columns: list[dict[str, Any]] = [{"label": table.kind.label}]
    columns += [{"label": each.label, "numeric": True} for each in table.levels]
    has_sum = len(table.levels) != 1
    columns += [{"label": _("合计"), "numeric": True}] if has_sum else []
    return {
        "caption": _("%(what)s，各级荣誉") % {"what": table.kind.label},
        "columns": columns,
        "rows": [
            [_head(table, line, asked), *line.counts, *([line.total] if has_sum else [])]
            for line in table.lines
        ],
        "sums": [*table.sums, *([table.total] if has_sum else [])],
    }
