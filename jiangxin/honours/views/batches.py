"""What an officer does with many conferrals at once: issue, print, export, a sheet to hang on the wall."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.honours import actions
from jiangxin.honours.actions.batches import MOST, MOST_IN_ONE
from jiangxin.honours.forms import FilterForm
from jiangxin.honours.models import ConferralQuerySet
from jiangxin.honours.queries.conferrals import conferrals_chosen, conferrals_for, in_printing_order
from jiangxin.honours.queries.printing import Lacking, lacking_among
from jiangxin.honours.sheets import CONFERRALS_LIST, list_rows
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import officers_only
from jiangxin.kernel.sheets.exporting import export_name, stream_csv, write_xlsx

MOST_TICKED = 1_000
MOST_PRINTED = 2_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONFIRM_FROM = 100

Deed = Callable[[HttpRequest, Actor, ConferralQuerySet], HttpResponseBase]


@require_POST
@officers_only("honours.export_conferrals")
def batch(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Do one thing with the ticked conferrals, or with all that the filter finds."""
    deed = _DEEDS.get(request.POST.get("intent", ""))
    if deed is None:
        messages.error(request, _("请选择要做什么。"))
        return redirect("honours:work_honours")
    try:
        return deed(request, actor, _chosen(request, actor))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("honours:work_honours")


def _chosen(request: HttpRequest, actor: Actor) -> ConferralQuerySet:
    if request.POST.get("all"):
        return conferrals_for(actor, FilterForm(request.POST, actor=actor).wanted())
    return conferrals_chosen(actor, request.POST.getlist("uid")[:MOST_TICKED])


def _issue(request: HttpRequest, actor: Actor, found: ConferralQuerySet) -> HttpResponse:
    number = found.count()
    lacking = lacking_among(found) if number <= MOST else None
    if (number >= CONFIRM_FROM or lacking) and not request.POST.get("confirmed"):
        return _asked(request, "honours/work/issue_many.html", number, lacking)
    task = actions.begin_issuing(conferrals=in_printing_order(found), by=actor)
    return redirect("honours:work_task", uid=task.uid)


def _print(request: HttpRequest, actor: Actor, found: ConferralQuerySet, *, apart: bool) -> HttpResponse:
    number = found.count()
    lacking = lacking_among(found) if number <= MOST_IN_ONE else None
    if lacking and not request.POST.get("confirmed"):
        return _asked(request, "honours/work/print_many.html", number, lacking)
    task = actions.begin_printing(conferrals=in_printing_order(found), apart=apart, by=actor)
    return redirect("honours:work_task", uid=task.uid)


def _asked(request: HttpRequest, template: str, number: int, lacking: Lacking | None) -> HttpResponse:
    """Before it begins: how many there are, and what could not be printed as written."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    return render(request, template, {"number": number, "lacking": lacking, "kept": kept})


def _csv(request: HttpRequest, actor: Actor, found: ConferralQuerySet) -> HttpResponseBase:
    del request
    leaving = list_rows(actions.export_conferrals(found=found, by=actor))
    content = stream_csv(CONFERRALS_LIST, leaving, by=actor)
    return _saved(StreamingHttpResponse(content, content_type="text/csv; charset=utf-8"), ".csv")


def _xlsx(request: HttpRequest, actor: Actor, found: ConferralQuerySet) -> HttpResponseBase:
    del request
    leaving = list_rows(actions.export_conferrals(found=found, by=actor))
    with tempfile.TemporaryDirectory() as folder:
        path = write_xlsx(Path(folder) / "list.xlsx", CONFERRALS_LIST, leaving, by=actor)
        return _saved(HttpResponse(path.read_bytes(), content_type=XLSX), ".xlsx")


def _saved(response: HttpResponseBase, ending: str) -> HttpResponseBase:
    name = export_name(CONFERRALS_LIST, ending=ending)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


_DEEDS: dict[str, Deed] = {
    "issue": _issue,
    "pdf": partial(_print, apart=False),
    "zip": partial(_print, apart=True),
    "csv": _csv,
    "xlsx": _xlsx,
}


@require_safe
@officers_only("honours.view_conferral")
def printed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The filtered list on paper."""
    found = conferrals_for(actor, FilterForm(request.GET or {}, actor=actor).wanted())
    number = found.count()
    context = {
        "conferrals": found.highest_first("unit_text")[:MOST_PRINTED],
        "number": number,
        "left_out": max(0, number - MOST_PRINTED),
        "columns": COLUMNS,
    }
    return render(request, "honours/work/printed.html", context)
