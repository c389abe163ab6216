"""The operator's pages: what is dead, what waits, a way to try again; and what the terms of keeping would end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jiangxin.kernel.access.doors import actor_of, with_permission
from jiangxin.kernel.jobs import actions, keeping, operations
from jiangxin.kernel.privacy.retention import retentions

VIEW, REVIVE = "jobs.view_operations", "jobs.revive_work"


@with_permission(VIEW)
@require_safe
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """How background work, the log and the index are doing."""
    page = Paginator(operations.dead_jobs(), operations.SHOWN).get_page(request.GET.get("page"))
    context = {
        "condition": operations.condition(),
        "page": page,
        "jobs": [(job, operations.last_line(job.traceback)) for job in page],
        "reactions": operations.dead_reactions(),
        "may_revive": actor_of(request).has_perm(REVIVE),
        "job_columns": [
            _("工作"),
            _("停止时间"),
            {"label": _("次数"), "numeric": True},
            _("原因"),
            _("操作"),
        ],
        "reaction_columns": [
            _("工作"),
            _("起因"),
            {"label": _("次数"), "numeric": True},
            _("原因"),
            _("操作"),
        ],
        "worker_columns": [_("进程"), _("最近一次报到"), _("开始时间")],
    }
    return render(request, "jobs/operations.html", context)


@with_permission(REVIVE)
@require_POST
def revive_job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let one dead job be tried again."""
    job = operations.dead_job(str(pk))
    if job is None:
        raise Http404
    actions.revive_job(job, by=actor_of(request))
    messages.success(request, _("已安排重试。"))
    return redirect("jobs:operations")


@with_permission(REVIVE)
@require_POST
def revive_reaction(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one dead reaction be tried again."""
    receipt = operations.dead_reaction(pk)
    if receipt is None:
        raise Http404
    actions.revive_reaction(receipt, by=actor_of(request))
    messages.success(request, _("已安排重试。"))
    return redirect("jobs:operations")


@with_permission(VIEW)
@require_safe
@never_cache
def terms(request: HttpRequest) -> HttpResponse:
    """A dry run of the terms of keeping: what would be ended now, and which rows of one term."""
    chosen = retentions().get(request.GET.get("term", ""))
    context = {
        "standings": keeping.standings(),
        "chosen": chosen,
        "rows": keeping.listed(chosen.code) if chosen else [],
        "columns": [
            _("内容"),
            pgettext("column", "保存期限"),
            _("到期后"),
            {"label": pgettext("column", "已到期"), "numeric": True},
            {"label": _("30 天内到期"), "numeric": True},
            _("最近一次执行"),
        ],
        "row_columns": [_("编号"), _("种类")],
    }
    return render(request, "jobs/terms.html", context)
