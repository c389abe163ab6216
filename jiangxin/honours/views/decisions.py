"""Decisions that wait: higher honours whose basis fell, and the yearly re-check."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.honours import actions
from jiangxin.honours.forms import ProposalForm, RecheckForm
from jiangxin.honours.models import CascadeProposal, Recheck
from jiangxin.honours.queries.effects import effects_of_revoking
from jiangxin.honours.queries.work import proposal_for, proposals_for, recheck_for, rechecks_for
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.honours.views.tabs import work_tabs
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import officers_only
from jiangxin.kernel.http.paging import KeysFirst

PAGE_SIZE = 30
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@officers_only("honours.decide_proposal")
def proposals(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Questions this officer's level decides."""
    context = {
        "tabs": work_tabs(actor, "work_proposals"),
        "proposals": proposals_for(actor),
        "columns": COLUMNS,
    }
    return render(request, "honours/work/proposals.html", context)


@require_http_methods(FORM_METHODS)
@officers_only("honours.decide_proposal")
def proposal(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """One question with the revocation behind it; keep the honour or revoke it."""
    found = proposal_for(actor, uid)
    if found is None:
        raise Http404
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decided(request, actor, found, form):
        return redirect("honours:work_proposals")
    context = {"proposal": found, "form": form, "effects": effects_of_revoking(found.conferral)}
    return render(request, "honours/work/proposal.html", context, status=400 if form.errors else 200)


def _decided(request: HttpRequest, actor: Actor, found: CascadeProposal, form: ProposalForm) -> bool:
    reason = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["decision"] == "keep":
            actions.keep_honour(found, reason=reason, by=actor)
            messages.success(request, _("已决定保留，凭证恢复有效。"))
        else:
            grounds = found.revocation.grounds
            number = form.cleaned_data["decision_no"]
            actions.revoke_on_proposal(found, grounds=grounds, reason=reason, decision_no=number, by=actor)
            messages.success(request, _("已决定撤销。"))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


@require_safe
@officers_only("honours.answer_recheck")
def rechecks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Holders that wait for this year's look."""
    page = KeysFirst(rechecks_for(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"tabs": work_tabs(actor, "work_rechecks"), "page": page, "columns": COLUMNS}
    return render(request, "honours/work/rechecks.html", context)


@require_http_methods(FORM_METHODS)
@officers_only("honours.answer_recheck")
def recheck(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """One re-check: nothing found, or a doubt with its reason."""
    found = recheck_for(actor, uid)
    if found is None:
        raise Http404
    form = RecheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answered(request, actor, found, form):
        return redirect("honours:work_rechecks")
    context = {"recheck": found, "form": form}
    return render(request, "honours/work/recheck.html", context, status=400 if form.errors else 200)


def _answered(request: HttpRequest, actor: Actor, found: Recheck, form: RecheckForm) -> bool:
    try:
        if form.cleaned_data["answer"] == "pass":
            actions.pass_recheck(found, note=form.cleaned_data["note"], by=actor)
        else:
            actions.doubt_recheck(found, note=form.cleaned_data["note"], by=actor)
    except Refused as refusal:
        form.add_error("note" if refusal.field == "reason" else None, str(refusal))
        return False
    messages.success(request, _("复核结果已保存。"))
    return True
