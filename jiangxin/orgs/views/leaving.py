"""Lists of organisations and employers as files: at once, or in the background when they are long."""

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.files import open_for, serve
from jiangxin.kernel.files.kinds import XLSX
from jiangxin.kernel.http.gates import found, officers_only
from jiangxin.kernel.jobs import Progress, request_cancel
from jiangxin.kernel.sheets.exporting import export_name, stream_csv, write_xlsx
from jiangxin.orgs import actions
from jiangxin.orgs.forms import EmployerFilterForm, OrgFilterForm
from jiangxin.orgs.queries.leaving import EXPORT, export_at, exports_of, file_of
from jiangxin.orgs.sheets import LISTINGS
from jiangxin.orgs.views.answers import area_of, kept_of

MOST_AT_ONCE = 5_000
PAGE_SIZE = 30
MOVING = ("waiting", "running")


@require_POST
@officers_only(EXPORT)
def orgs(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The list of organisations as it is filtered, as far as the officer's own roles reach."""
    return _leave(request, actor, "orgs", OrgFilterForm(request.POST))


@require_POST
@officers_only(EXPORT)
def employers(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The list of employers as it is filtered, as far as the officer's own roles reach."""
    return _leave(request, actor, "employers", EmployerFilterForm(request.POST))


def _leave(
    request: HttpRequest, actor: Actor, what: str, form: OrgFilterForm | EmployerFilterForm
) -> HttpResponseBase:
    everywhere, _homes, path = area_of(actor, request.POST)
    wanted = {**form.wanted(), "path": path}
    keys = LISTINGS[what].keys(actor, **wanted)
    as_xlsx = request.POST.get("format") == "xlsx"
    try:
        if as_xlsx and len(keys) > MOST_AT_ONCE:
            task = actions.begin_export(what=what, wanted=wanted, count=len(keys), by=actor)
            return redirect("orgs:export", uid=task.uid)
        actions.export_list(what=what, count=len(keys), by=actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse(f'orgs:{what}')}?{urlencode(kept_of(form, everywhere=everywhere))}")
    return (_xlsx if as_xlsx else _csv)(what, keys, actor)


def _csv(what: str, keys: list[int], actor: Actor) -> HttpResponseBase:
    listing = LISTINGS[what]
    content = stream_csv(listing.sheet, listing.rows(keys), by=actor)
    return _saved(StreamingHttpResponse(content, content_type="text/csv; charset=utf-8"), what, ".csv")


def _xlsx(what: str, keys: list[int], actor: Actor) -> HttpResponseBase:
    listing = LISTINGS[what]
    with tempfile.TemporaryDirectory() as folder:
        path = write_xlsx(Path(folder) / "list.xlsx", listing.sheet, listing.rows(keys), by=actor)
        return _saved(HttpResponse(path.read_bytes(), content_type=XLSX.media_type), what, ".xlsx")


def _saved(response: HttpResponseBase, what: str, ending: str) -> HttpResponseBase:
    name = export_name(LISTINGS[what].sheet, ending=ending)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_safe
@officers_only(EXPORT)
def exports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Long exports this officer began, the latest first."""
    page = Paginator(exports_of(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    columns = [_("名单"), _("发起时间"), {"label": _("条数"), "numeric": True}, _("状态")]
    return render(request, "orgs/exports.html", {"page": page, "columns": columns})


@require_safe
@officers_only(EXPORT)
def export(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """How far a long export is, and its file."""
    return render(request, "orgs/export.html", _shown(found(export_at(actor, uid))))


@require_safe
@officers_only(EXPORT)
def part(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """The part that moves; when the work has ended the whole page is asked for again."""
    shown = _shown(found(export_at(actor, uid)))
    response = render(request, "orgs/export_part.html", shown)
    if not shown["is_moving"]:
        response.headers["HX-Refresh"] = "true"
    return response


def _shown(task: Progress) -> dict[str, Any]:
    return {"task": task, "is_moving": task.state in MOVING, "max": task.total or 0, "file": file_of(task)}


@require_POST
@officers_only(EXPORT)
def cancel(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Ask a running export to stop."""
    try:
        request_cancel(found(export_at(actor, uid)))
        messages.info(request, _("已要求停止，马上就停。"))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("orgs:export", uid=uid)


@require_safe
@officers_only(EXPORT)
def file(request: HttpRequest, actor: Actor, uid: str) -> HttpResponseBase:
    """The file that came out, while it is kept."""
    kept = found(file_of(found(export_at(actor, uid))))
    try:
        return serve(kept, content=open_for(kept, actor=actor))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("orgs:export", uid=uid)
