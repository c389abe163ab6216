"""Who holds what on my organisations: giving, delegating, ending, handing over."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.accounts import actions, queries
from jiangxin.accounts.forms import DelegateForm, GiveGrantForm, HandOverForm, NoteForm
from jiangxin.accounts.models import Grant
from jiangxin.accounts.views.answers import user_of
from jiangxin.accounts.words import ADMIN_ROLES
from jiangxin.kernel.access.doors import signed_in
from jiangxin.kernel.http.gates import carried_out, found, with_permission

A_PAGE = 50


@with_permission("accounts.give_grant")
@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    """The roles on my organisations; `?stale=1` shows those worth a question."""
    user = user_of(request)
    stale = request.GET.get("stale") == "1"
    listed = queries.stale_grants(user) if stale else queries.grants_seen_by(user)
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    rows = [(queries.role_title(grant.role), grant) for grant in page]
    context = {
        "page": page,
        "rows": rows,
        "stale": stale,
        "stale_count": queries.stale_grants(user).count(),
        "all_count": queries.grants_seen_by(user).count(),
        "admin_roles": ADMIN_ROLES,
        "columns": [_("姓名"), _("角色"), _("所在组织"), _("有效期"), _("授予人"), _("操作")],
    }
    return render(request, "accounts/grants.html", context)


@with_permission("accounts.give_grant")
@reauthentication_required
def give(request: HttpRequest) -> HttpResponse:
    """Give a role."""
    user = user_of(request)
    form = GiveGrantForm(request.POST or None, actor=user, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if carried_out(form, lambda: actions.give_grant(values.pop("user"), by=user, **values)):
            messages.success(request, _("角色已授予。"))
            return redirect("accounts:grants")
    return render(request, "accounts/give_grant.html", {"form": form})


@signed_in
@reauthentication_required
def end(request: HttpRequest, uid: str) -> HttpResponse:
    """End a role, or lay an own one down."""
    grant = _grant(request, uid, "accounts.end_grant")
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if carried_out(form, lambda: actions.end_grant(grant, note=note, by=user_of(request))):
            messages.success(request, _("角色已结束。"))
            return redirect(_back(request))
    return _page(request, "accounts/end_grant.html", grant, form)


@signed_in
@reauthentication_required
def delegate(request: HttpRequest, uid: str) -> HttpResponse:
    """Let somebody stand in for me."""
    grant = _grant(request, uid, "accounts.delegate_grant")
    form = DelegateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if carried_out(form, lambda: actions.delegate_grant(grant, by=user_of(request), **values)):
            messages.success(request, _("委托已生效。"))
            return redirect(_back(request))
    return _page(request, "accounts/delegate_grant.html", grant, form)


@with_permission("accounts.hand_over_office")
@reauthentication_required
def hand_over(request: HttpRequest, uid: str) -> HttpResponse:
    """Write down that an administrator handed the office over."""
    grant = _grant(request, uid, "accounts.hand_over_office")
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if carried_out(form, lambda: actions.hand_over_office(grant, by=user_of(request), **values)):
            messages.success(request, _("交接已记录，原职务已结束。"))
            return redirect("accounts:grants")
    return _page(request, "accounts/hand_over.html", grant, form)


def _grant(request: HttpRequest, uid: str, code: str) -> Grant:
    grant = found(queries.grant_by_uid(uid))
    if not user_of(request).has_perm(code, grant):
        raise Http404
    return grant


def _back(request: HttpRequest) -> str:
    return "accounts:grants" if user_of(request).has_perm("accounts.give_grant") else "accounts:account"


def _page(request: HttpRequest, template: str, grant: Grant, form: object) -> HttpResponse:
    context = {"grant": grant, "role": queries.role_title(grant.role), "form": form, "back": _back(request)}
    return render(request, template, context)
