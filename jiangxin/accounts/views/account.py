"""A user's own account: rights, safety, sign-ins, record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.accounts import actions, queries
from jiangxin.accounts.views.answers import user_of
from jiangxin.kernel.access.doors import signed_in


@signed_in
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What I may do, how safe my account is, which record is mine."""
    user = user_of(request)
    grants = [(queries.role_title(grant.role), grant) for grant in queries.grants_of(user)]
    context = {
        "grants": grants,
        "columns": [_("角色"), _("所在组织"), _("有效期"), _("操作")],
        "second_factor": queries.has_second_factor(user),
        "needs_second_factor": bool(queries.staff_roles(user)),
        "sessions": queries.sessions_of(user).count(),
        "claims": queries.claims_of(user)[:5],
        "demands": queries.current_rules().demands,
    }
    return render(request, "accounts/account.html", context)


@signed_in
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of my sign-ins elsewhere."""
    actions.end_session(user_of(request), session_id=session_id, by=user_of(request))
    messages.success(request, _("那里的登录已结束。"))
    return redirect("usersessions_list")
