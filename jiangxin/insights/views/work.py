"""The officer's first page: what waits, what was done last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiangxin.insights.queries.work import done_lately, waiting_for
from jiangxin.kernel.access.doors import actor_of, with_permission


@require_safe
@with_permission("insights.see_workbench")
def today(request: HttpRequest) -> HttpResponse:
    """To-dos of all apps with their counts; to others the page does not exist."""
    actor = actor_of(request)
    context = {"waiting": waiting_for(actor), "done": done_lately(actor)}
    return render(request, "insights/work.html", context)
