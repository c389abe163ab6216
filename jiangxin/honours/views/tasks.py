"""Long work on honours: begin it from a list, watch it, stop it, fetch what came out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.honours.queries.tasks import file_of, task_of, tasks_of
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.access.doors import actor_of, signed_in
from jiangxin.kernel.files import open_for, serve
from jiangxin.kernel.http.gates import View, found
from jiangxin.kernel.jobs import Progress, request_cancel

P = ParamSpec("P")
PAGE_SIZE = 30
MOVING = ("waiting", "running")


def beginners_only(view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]) -> View[P]:
    """Let in who may begin such work; everybody finds their own only."""

    @signed_in
    @wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if not (actor.has_perm("honours.export_conferrals") or actor.has_perm("honours.view_issuer")):
            raise Http404
        return view(request, actor, *args, **kwargs)

    return gate


@require_safe
@beginners_only
def tasks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What this officer began, the latest first."""
    page = Paginator(tasks_of(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "honours/work/tasks.html", {"page": page, "columns": COLUMNS})


def _shown(task: Progress) -> dict[str, Any]:
    return {
        "task": task,
        "is_moving": task.state in MOVING,
        "value": task.done,
        "max": task.total or 0,
        "file": file_of(task),
    }


@require_safe
@beginners_only
def task(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """How far one piece of work is, and what came out."""
    return render(request, "honours/work/task.html", _shown(found(task_of(actor, uid))))


@require_safe
@beginners_only
def task_part(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """The part that moves; when the work has ended the whole page is asked for again."""
    shown = _shown(found(task_of(actor, uid)))
    response = render(request, "honours/work/task_part.html", shown)
    if not shown["is_moving"]:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@beginners_only
def task_cancel(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Ask running work to stop; what is done stays done."""
    try:
        request_cancel(found(task_of(actor, uid)))
        messages.info(request, _("已要求停止，做完手上的几项就停。"))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("honours:work_task", uid=uid)


@require_safe
@beginners_only
def task_file(request: HttpRequest, actor: Actor, uid: str) -> HttpResponseBase:
    """The file that came out, while it is kept."""
    kept = found(file_of(found(task_of(actor, uid))))
    try:
        return serve(kept, content=open_for(kept, actor=actor))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("honours:work_task", uid=uid)
