"""Statistics by year, region, industry and level, each with its table and CSV."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.honours.models import Level
from jiangxin.insights.queries.statistics import YEARS_SHOWN, Statistics, TallyTable, last_run, statistics
from jiangxin.insights.sheets import tally_rows, tally_sheet
from jiangxin.insights.views.parts import kept_part
from jiangxin.insights.words import Table
from jiangxin.kernel.privacy.suppression import K
from jiangxin.kernel.sheets.exporting import export_name, stream_csv
from jiangxin.kernel.ui.context import actor_of

BARS_SHOWN = 12
FACETS = {Table.REGION: "region", Table.INDUSTRY: "industry"}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Charts of all levels or of one, with the table behind each."""
    level = _level(request)
    run = last_run()
    part = kept_part(
        "insights/parts/statistics.html", level, run and run.counted_at, context=lambda: _context(level)
    )
    return render(request, "insights/statistics.html", {"part": part})


def _context(level: Level | None) -> dict[str, Any]:
    counted = statistics(level)
    tables = counted.tables
    return {
        "counted": counted,
        "level": level,
        "tabs": _tabs(counted, level),
        "years": [(line.key, line.total) for line in reversed(tables[Table.YEAR].known[:YEARS_SHOWN])],
        "regions": _bars(tables[Table.REGION]),
        "industries": _bars(tables[Table.INDUSTRY]),
        "levels": [(each.label, count) for each, count in counted.by_level],
        "sections": {table.value: _section(counted.tables[table], level) for table in Table},
        "k": K,
    }


@require_safe
def export(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """One table as CSV."""
    if name not in Table.values:
        raise Http404
    table = statistics(_level(request)).tables[Table(name)]
    sheet = tally_sheet(table)
    response = StreamingHttpResponse(
        stream_csv(sheet, tally_rows(table), by=actor_of(request)), content_type="text/csv; charset=utf-8"
    )
    file_name = format_lazy("{label}-{name}", label=table.kind.label, name=export_name(sheet, ending=".csv"))
    response.headers["Content-Disposition"] = content_disposition_header(True, str(file_name)) or "attachment"
    return response


def _level(request: HttpRequest) -> Level | None:
    asked = request.GET.get("level", "")
    if asked and asked not in Level.values:
        raise Http404
    return Level(asked) if asked else None


def _tabs(counted: Statistics, level: Level | None) -> list[dict[str, Any]]:
    url = reverse("insights:statistics")
    tabs: list[dict[str, Any]] = [
        {"label": _("全部"), "url": url, "current": level is None, "count": counted.total}
    ]
    for each, count in counted.by_level:
        address = f"{url}?level={each.value}"
        tabs.append({"label": each.label, "url": address, "current": each is level, "count": count})
    return tabs


def _bars(table: TallyTable) -> list[tuple[str, int, str]]:
    """The longest bars, each leading to the register narrowed to it."""
    url = reverse("insights:register")
    return [
        (line.label, line.total or 0, f"{url}?{urlencode({FACETS[table.kind]: line.key})}")
        for line in table.known[:BARS_SHOWN]
    ]


def _section(table: TallyTable, level: Level | None) -> dict[str, Any]:
    """The whole table and its CSV."""
    columns: list[dict[str, Any]] = [{"label": table.kind.label}]
    columns += [{"label": each.label, "numeric": True} for each in table.levels]
    has_sum = len(table.levels) != 1
    columns += [{"label": _("合计"), "numeric": True}] if has_sum else []
    url = reverse("insights:statistics_export", args=[table.kind.value])
    return {
        "caption": _("%(what)s，各级荣誉") % {"what": table.kind.label},
        "columns": columns,
        "rows": [[line.label, *line.counts, *([line.total] if has_sum else [])] for line in table.lines],
        "sums": [*table.sums, *([table.total] if has_sum else [])],
        "csv": f"{url}?level={level.value}" if level else url,
    }
