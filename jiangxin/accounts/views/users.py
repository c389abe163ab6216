"""Accounts on the workbench: finding, opening, closing, unlocking."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.accounts import actions, queries
from jiangxin.accounts.forms import NewUserForm, ReasonForm
from jiangxin.accounts.models import User
from jiangxin.accounts.views.answers import user_of
from jiangxin.kernel.http.gates import carried_out, found, with_permission

A_PAGE = 50


@with_permission("accounts.view_user")
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """The accounts I look after."""
    text = request.GET.get("q", "").strip()
    page = Paginator(queries.users_seen_by(user_of(request), text=text), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "text": text,
        "may_add": user_of(request).has_perm("accounts.add_user"),
        "columns": [_("姓名"), _("登录名"), _("所在组织"), _("状态"), _("最近登录")],
    }
    return render(request, "accounts/users.html", context)


@with_permission("accounts.view_user")
@require_safe
def user(request: HttpRequest, uid: str) -> HttpResponse:
    """One account: roles, sign-ins, and what I may do to it."""
    account = _account(request, uid)
    may = {
        name: user_of(request).has_perm(f"accounts.{code}", account)
        for name, code in (
            ("disable", "disable_user"),
            ("enable", "enable_user"),
            ("sign_out", "end_sessions"),
            ("release", "release_lockout"),
        )
    }
    may["give"] = user_of(request).has_perm("accounts.give_grant") and account.is_active
    context = {
        "account": account,
        "may": may,
        "locked": queries.is_locked(account),
        "grants": [(queries.role_title(grant.role), grant) for grant in queries.grants_of(account)],
        "sessions": queries.sessions_of(account).count(),
    }
    return render(request, "accounts/user.html", context)


@with_permission("accounts.add_user")
@reauthentication_required
def add(request: HttpRequest) -> HttpResponse:
    """Open an account; its owner sets the password by a letter."""
    form = NewUserForm(request.POST or None, actor=user_of(request))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if carried_out(form, lambda: actions.add_user(values.pop("username"), by=user_of(request), **values)):
            letter = ResetPasswordForm({"email": form.cleaned_data["email"]})
            if letter.is_valid():
                letter.save(request)
            messages.success(request, _("账号已建立，设置密码的信已寄出。"))
            return redirect("accounts:users")
    return render(request, "accounts/add_user.html", {"form": form})


@with_permission("accounts.disable_user")
def disable(request: HttpRequest, uid: str) -> HttpResponse:
    """Switch an account off and end its sign-ins."""
    account = _account(request, uid)
    if not user_of(request).has_perm("accounts.disable_user", account):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if carried_out(form, lambda: actions.disable_user(account, reason=reason, by=user_of(request))):
            messages.success(request, _("账号已停用，所有登录已结束。"))
            return redirect("accounts:user", uid=uid)
    return render(request, "accounts/disable_user.html", {"account": account, "form": form})


@with_permission("accounts.enable_user")
@require_POST
def enable(request: HttpRequest, uid: str) -> HttpResponse:
    """Switch an account on again."""
    actions.enable_user(_account(request, uid), by=user_of(request))
    messages.success(request, _("账号已恢复。"))
    return redirect("accounts:user", uid=uid)


@with_permission("accounts.end_sessions")
@require_POST
def sign_out(request: HttpRequest, uid: str) -> HttpResponse:
    """End all sign-ins of an account."""
    count = actions.end_sessions(_account(request, uid), by=user_of(request))
    messages.success(request, _("已结束 %(count)s 处登录。") % {"count": count})
    return redirect("accounts:user", uid=uid)


@with_permission("accounts.release_lockout")
@require_safe
def lockouts(request: HttpRequest) -> HttpResponse:
    """The locked accounts I may release."""
    return render(
        request,
        "accounts/lockouts.html",
        {
            "lockouts": queries.lockouts(user_of(request)),
            "columns": [
                _("姓名"),
                {"label": _("错误次数"), "numeric": True},
                _("最近一次"),
                _("自动解除"),
                _("操作"),
            ],
        },
    )


@with_permission("accounts.release_lockout")
@require_POST
def release(request: HttpRequest, uid: str) -> HttpResponse:
    """Release one locked account."""
    account = _account(request, uid)
    if not user_of(request).has_perm("accounts.release_lockout", account):
        raise Http404
    actions.release_lockout(account, by=user_of(request))
    messages.success(request, _("锁定已解除，本人可以再次登录。"))
    return redirect("accounts:lockouts")


def _account(request: HttpRequest, uid: str) -> User:
    return found(queries.user_seen_by(user_of(request), uid))
