"""The officer's first page: what waits, what was done last."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jiangxin.insights.queries.work import done_lately, waiting_for
from jiangxin.kernel.ui.context import actor_of


@require_safe
@never_cache
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """To-dos of all apps with their counts; to others the page does not exist."""
    actor = actor_of(request)
    if not actor.has_perm("insights.see_workbench"):
        raise Http404
    context = {"waiting": waiting_for(actor), "done": done_lately(actor)}
    return render(request, "insights/work.html", context)
