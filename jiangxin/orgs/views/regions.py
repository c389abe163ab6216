"""Browsing regions: what stands where today, what a code meant before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.kernel.http.gates import found
from jiangxin.orgs import queries
from jiangxin.orgs.queries.regions import TABLE_VERSION, regions_by_text, spans_of_code
from jiangxin.orgs.views.showing import span_words, step_words

MOST = 60


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """Provinces, or what a name or a code leads to."""
    text = request.GET.get("q", "").strip()
    if len(text) == 6 and text.isdecimal() and spans_of_code(text).exists():
        return redirect("orgs:region", code=text)
    hits = regions_by_text(text)[:MOST] if text else []
    context = {
        "text": text,
        "hits": [(each, queries.full_region_name(each), span_words(each)) for each in hits],
        "provinces": queries.provinces(),
        "version": TABLE_VERSION,
    }
    return render(request, "orgs/regions.html", context)


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """One code: its spans of time, what came before and after, and what lies below it today."""
    spans = list(spans_of_code(code))
    last = found(spans[-1] if spans else None)
    present = queries.present_regions_of(last)
    context = {
        "region": last,
        "crumbs": [
            (_("行政区划"), reverse("orgs:regions")),
            *(
                (each.name, reverse("orgs:region", args=[each.code]))
                for each in queries.region_chain(last)[:-1]
            ),
        ],
        "spans": [(each.name, queries.full_region_name(each), span_words(each)) for each in spans],
        "columns": [_("名称"), _("全称"), _("使用时间")],
        "steps": [(step.on, step_words(step)) for step in queries.steps_around(code)],
        "present": present if present != [last] else [],
        "below": queries.regions_below(code),
        "version": TABLE_VERSION,
    }
    return render(request, "orgs/region.html", context)
