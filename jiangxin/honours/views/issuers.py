"""Issuers and their keys: see them, turn a key, withdraw one that is no longer only its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangxin.honours import actions
from jiangxin.honours.forms import ReasonForm
from jiangxin.honours.models import Issuer
from jiangxin.honours.queries.issuers import (
    issuer_for,
    issuers_for,
    key_to_withdraw,
    keys_of,
    lists_of,
    org_to_open,
    orgs_without_issuer,
    signed_by,
    withdrawn_key,
)
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import carried_out, found, officers_only

FORM_METHODS = ["GET", "HEAD", "POST"]
ROTATE = "honours.rotate_key"


@require_http_methods(FORM_METHODS)
@officers_only("honours.view_issuer")
def issuers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every issuer the actor looks after; an organisation that does not sign yet can be made one."""
    if request.method == "POST":
        org = found(org_to_open(actor, request.POST.get("org", "")))
        opened = actions.open_issuer(org, by=actor)
        messages.success(request, _("已设立签发机构，第一把密钥已生成。"))
        return redirect("honours:work_issuer", uid=opened.uid)
    context = {
        "issuers": issuers_for(actor),
        "orgs": orgs_without_issuer(actor) if actor.has_perm("honours.open_issuer") else [],
        "columns": COLUMNS,
    }
    return render(request, "honours/work/issuers.html", context)


@require_http_methods(["GET", "HEAD"])
@officers_only("honours.view_issuer")
def issuer(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """One issuer: its name, keys and status lists."""
    this = found(issuer_for(actor, uid))
    context = {
        "issuer": this,
        "keys": keys_of(this),
        "lists": lists_of(this),
        "may_rotate": actor.has_perm(ROTATE, this),
        "columns": COLUMNS,
    }
    return render(request, "honours/work/issuer.html", context)


def _in_charge(actor: Actor, uid: str) -> Issuer:
    """The issuer, for who may change its keys."""
    this = found(issuer_for(actor, uid))
    return found(this if actor.has_perm(ROTATE, this) else None)


@require_http_methods(FORM_METHODS)
@officers_only(ROTATE)
def rotate(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Say what a rotation means, then do it."""
    this = _in_charge(actor, uid)
    if request.method == "POST":
        actions.rotate_key(this, by=actor)
        messages.success(request, _("已启用新密钥，状态表已重新签名。此前签发的凭证仍然有效。"))
        return redirect("honours:work_issuer", uid=uid)
    return render(request, "honours/work/rotate.html", {"issuer": this})


@require_http_methods(FORM_METHODS)
@officers_only(ROTATE)
def withdraw(request: HttpRequest, actor: Actor, uid: str, pk: int) -> HttpResponse:
    """Declare a key compromised, with a reason; its credentials are replaced afterwards."""
    this = _in_charge(actor, uid)
    key = found(key_to_withdraw(this, pk))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if carried_out(form, lambda: actions.withdraw_key(key, reason=reason, by=actor)):
            messages.warning(request, _("密钥已作废。它签发的凭证不再被认可，请立即换发。"))
            return redirect("honours:work_issuer", uid=uid)
    context = {"issuer": this, "key": key, "waiting": signed_by(key).count(), "form": form}
    return render(request, "honours/work/withdraw.html", context, status=400 if form.errors else 200)


@require_POST
@officers_only(ROTATE)
def replace(request: HttpRequest, actor: Actor, uid: str, pk: int) -> HttpResponse:
    """Have everything replaced that a withdrawn key signed."""
    key = found(withdrawn_key(_in_charge(actor, uid), pk))
    try:
        task = actions.begin_replacing(key, by=actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("honours:work_issuer", uid=uid)
    return redirect("honours:work_task", uid=task.uid)
