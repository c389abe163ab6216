"""The import pages: bring a file in, read what was found, decide, watch, take back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.access.doors import officers_only
from jiangxin.kernel.files.storage import is_disk_full
from jiangxin.kernel.jobs import request_cancel
from jiangxin.kernel.sheets import actions, jobs, queries
from jiangxin.kernel.sheets.blank import blank_csv, blank_xlsx
from jiangxin.kernel.sheets.forms import UploadForm
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.kernel.sheets.offers import PERMISSION, importable_for, onward_after
from jiangxin.kernel.sheets.showing import kinds_of_lines, seen_lines, seen_run, shown_run

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ActorView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]
PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
importers_only = officers_only(PERMISSION)


@require_safe
@importers_only
def imports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The actor's imports, the latest first, and the templates."""
    page = Paginator(queries.runs_of(actor), PAGE).get_page(request.GET.get("page"))
    rows = [seen_run(each) for each in page]
    columns = [_("文件"), _("种类"), _("状态"), _("结果"), _("时间")]
    context = {"page": page, "rows": rows, "columns": columns, "sheets": importable_for(actor)}
    return render(request, "sheets/imports.html", context)


@importers_only
def upload(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose the kind of list, send the file in; it is checked in the background."""
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        actor=actor,
        initial={"sheet": request.GET.get("sheet", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            run = _keep(form, actor)
        except Refused as refusal:
            form.add_error("file" if refusal.field == "file" else None, str(refusal))
        else:
            return redirect("sheets:run", uid=run.uid)
    context = {"form": form, "sheets": importable_for(actor), "stages": shown_run(None)}
    return render(request, "sheets/upload.html", context, status=422 if form.errors else 200)


@require_safe
@importers_only
def run(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """One import at the stage where it stands."""
    found = _found(actor, uid)
    severity = request.GET.get("severity", "")
    listed = queries.lines_of(found, severity=severity)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {
        "run": found,
        "shown": seen_run(found),
        "stages": shown_run(found),
        "kinds": kinds_of_lines(found, severity),
        "page": page,
        "lines": seen_lines(found, page.object_list),
        "waiting_for_search": queries.waiting_for_search(found),
        "columns": [_("行号"), _("类别"), _("内容"), _("说明")],
        "onward": onward_after(found.sheet, actor) if found.state == "done" else [],
    }
    return render(request, "sheets/run.html", context)


@require_safe
@importers_only
def progress(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """The part of the page that moves; when the work has ended the whole page is asked for again."""
    found = _found(actor, uid)
    response = render(request, "sheets/progress.html", {"run": found, "shown": seen_run(found)})
    if not seen_run(found).is_moving:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@importers_only
def decide(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Start, resume, check again, or leave it."""
    found = _found(actor, uid)
    deeds: dict[str, Callable[..., ImportRun]] = {
        "check": jobs.enqueue_check,
        "start": jobs.start_import,
        "resume": jobs.resume_import,
        "discard": actions.discard_import,
    }
    deed = deeds.get(request.POST.get("decision", ""))
    if deed is None or request.POST.get("decision") not in seen_run(found).choices:
        messages.error(request, _("现在不能这样做，请看页面上的最新状态。"))
    else:
        _try(request, lambda: deed(found, by=actor))
    return redirect("sheets:run", uid=uid)


@require_POST
@importers_only
def cancel(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Ask running work to stop at the next whole batch."""
    found = _found(actor, uid)
    if found.progress is not None:
        running = found.progress
        if _try(request, lambda: request_cancel(running)):
            messages.info(request, _("已要求停止；正在写入的一批写完后就停。"))
    return redirect("sheets:run", uid=uid)


@importers_only
def undo(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Say what taking back means, then do it in the background."""
    found = _found(actor, uid)
    if "undo" not in seen_run(found).choices:
        messages.error(request, _("现在不能这样做，请看页面上的最新状态。"))
        return redirect("sheets:run", uid=uid)
    if request.method == "POST":
        _try(request, lambda: jobs.enqueue_undo(found, by=actor))
        return redirect("sheets:run", uid=uid)
    return render(request, "sheets/undo.html", {"run": found, "shown": seen_run(found)})


@require_safe
@importers_only
def lines(request: HttpRequest, actor: Actor, uid: str) -> StreamingHttpResponse:
    """What was found, row by row, as CSV."""
    found = _found(actor, uid)
    severity = request.GET.get("severity", "")
    content = queries.lines_csv(found, by=actor, severity=severity)
    return _saved(
        StreamingHttpResponse(content, content_type=CSV), f"{Path(found.file_name).stem}-{_('检查结果')}.csv"
    )


@require_safe
@importers_only
def blank(request: HttpRequest, actor: Actor, name: str, ending: str) -> HttpResponseBase:
    """The empty form of a sheet."""
    offered = importable_for(actor).get(name)
    makers = {"xlsx": (blank_xlsx, XLSX), "csv": (blank_csv, CSV)}
    if offered is None or ending not in makers:
        raise Http404
    make, media_type = makers[ending]
    title = f"{offered.sheet.title}-{_('模板')}.{ending}"
    return _saved(HttpResponse(make(offered.sheet), content_type=media_type), title)


def _keep(form: UploadForm, actor: Actor) -> ImportRun:
    """Keep the file and have it checked; raises Refused."""
    file: UploadedFile[Any] = form.cleaned_data["file"]
    name = Path(file.name or "").name
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"upload{Path(name).suffix[:8]}"
            with path.open("wb") as kept:
                kept.writelines(file.chunks(1 << 20))
            scope, sheet = actions.ImportScope(form.opath), form.cleaned_data["sheet"]
            stored = actions.upload_sheet(scope, path=path, name=name, sheet=sheet, by=actor)
    except OSError as error:
        if not is_disk_full(error):
            raise
        raise Refused(
            _("磁盘空间已满，文件没有保存。请联系管理员。"), code="disk_full", field="file"
        ) from error
    return jobs.enqueue_check(stored, by=actor)


def _found(actor: Actor, uid: str) -> ImportRun:
    found = queries.run_for(actor, uid)
    if found is None:
        raise Http404
    return found


def _try(request: HttpRequest, deed: Callable[[], Any]) -> bool:
    """Do it; a refusal becomes a message."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _saved(response: R, name: str) -> R:
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
