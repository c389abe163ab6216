"""After a revocation: what is still out, noting what came back, and the letters that go with it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.honours import actions
from jiangxin.honours.forms import ReturnForm
from jiangxin.honours.queries.conferrals import conferral_for
from jiangxin.honours.queries.work import proposal_to_read, return_for, returns_for
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.honours.views.tabs import work_tabs
from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import carried_out, found, officers_only

PAGE_SIZE = 30
REVOKE = "honours.revoke_conferral"
LETTERS = {"decision": "honours/letters/decision.html", "return": "honours/letters/return.html"}


@require_safe
@officers_only(REVOKE)
def returns(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Revocations whose medal, certificate or bonus is still out."""
    page = Paginator(returns_for(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"tabs": work_tabs(actor, "work_returns"), "page": page, "columns": COLUMNS}
    return render(request, "honours/work/returns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(REVOKE)
def record(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Note what came back, or close it with the reason why something cannot."""
    revocation = found(return_for(actor, uid))
    form = ReturnForm(request.POST or None, revocation=revocation)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("intent") == "end":
            done = carried_out(
                form, lambda: actions.end_return(revocation, reason=form.cleaned_data["note"], by=actor)
            )
        else:
            done = carried_out(form, lambda: actions.record_return(revocation, by=actor, **form.recorded()))
        if done:
            messages.success(request, _("收回情况已记录。"))
            return redirect("honours:work_conferral", uid=uid)
    context = {"revocation": revocation, "conferral": revocation.conferral, "form": form}
    return render(request, "honours/work/return.html", context, status=400 if form.errors else 200)


@require_safe
@officers_only("honours.view_conferral")
def letter(request: HttpRequest, actor: Actor, uid: str, kind: str) -> HttpResponse:
    """The decision to revoke, or the request to return what was given, as a letter to print."""
    conferral = found(conferral_for(actor, uid))
    revocation = found(getattr(conferral, "revocation", None))
    context = {"conferral": conferral, "revocation": revocation}
    return render(request, found(LETTERS.get(kind)), context)


@require_safe
@officers_only("honours.view_conferral")
def proposal_letter(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """The question to the granter of a higher honour, or once it is answered the answer, as a letter to print."""
    return render(request, "honours/letters/proposal.html", {"proposal": found(proposal_to_read(actor, uid))})
