"""A worker claims the own record; an officer checks and decides."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.accounts import actions, queries
from jiangxin.accounts.forms import ClaimForm, NoteForm
from jiangxin.accounts.views.answers import user_of
from jiangxin.kernel.access.doors import signed_in
from jiangxin.kernel.http.gates import carried_out, found, with_permission

A_PAGE = 50


@signed_in
def claim(request: HttpRequest) -> HttpResponse:
    """Say which record is mine. The answer is the same whether one was found or not."""
    user = user_of(request)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="claim_record", user=user):
            form.add_error(None, _("今天尝试的次数太多，请明天再试，或联系所属工会。"))
        elif carried_out(form, lambda: actions.claim_record(user, by=user, **form.cleaned_data)):
            messages.success(
                request, _("已收到。如果信息与档案一致，所属工会会在 5 个工作日内核对并通知您。")
            )
            return redirect("accounts:account")
    return render(request, "accounts/claim.html", {"form": form, "claims": queries.claims_of(user)[:5]})


@signed_in
@require_POST
def withdraw(request: HttpRequest, uid: str) -> HttpResponse:
    """Take my claim back."""
    user = user_of(request)
    actions.withdraw_claim(found(queries.claims_of(user).filter(uid=uid).first()), by=user)
    messages.success(request, _("认领已撤回。"))
    return redirect("accounts:account")


@with_permission("accounts.decide_claim")
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """The claims that wait for me."""
    page = Paginator(queries.open_claims(user_of(request)), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "accounts/claims.html",
        {"page": page, "columns": [_("申请人"), _("档案"), _("姓名"), _("日期")]},
    )


@with_permission("accounts.decide_claim")
def decide(request: HttpRequest, uid: str) -> HttpResponse:
    """Look at one claim and confirm or refuse it."""
    user = user_of(request)
    waiting = found(queries.claim_seen_by(user, uid))
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = actions.confirm_claim if "confirm" in request.POST else actions.refuse_claim
        if carried_out(form, lambda: verb(waiting, note=form.cleaned_data["note"], by=user)):
            messages.success(request, _("已记录您的决定。"))
            return redirect("accounts:claims")
    return render(request, "accounts/decide_claim.html", {"claim": waiting, "form": form})
