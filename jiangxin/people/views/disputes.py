"""Disputes on the workbench: what the worker says, the answer, the steps."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import officers_only
from jiangxin.people import actions
from jiangxin.people.forms import AnswerForm
from jiangxin.people.models import Dispute
from jiangxin.people.queries.disputes import ANSWER, dispute_addressed, disputes_for
from jiangxin.people.queries.steps import steps_of
from jiangxin.people.states import DISPUTE_FLOW
from jiangxin.people.words import DisputeState

PAGE_SIZE = 20
COLUMNS = (gettext_lazy("职工"), gettext_lazy("请求"), gettext_lazy("哪一条"), gettext_lazy("提出时间"))


@require_safe
@officers_only(ANSWER)
def queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Disputes by state, the oldest first."""
    state = request.GET.get("state", DisputeState.OPEN)
    if state not in DisputeState.values:
        raise Http404
    page = Paginator(disputes_for(actor).filter(state=state), PAGE_SIZE).get_page(request.GET.get("page"))
    url = reverse("people:work_disputes")
    tabs = [
        {"label": each.label, "url": f"{url}?state={each.value}", "current": each.value == state}
        for each in DisputeState
    ]
    return render(request, "people/bench/disputes.html", {"page": page, "tabs": tabs, "columns": COLUMNS})


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(ANSWER)
def dispute(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """One dispute with its entry; two answers, each with a reason the worker reads."""
    found = dispute_addressed(actor, uid)
    if found is None:
        raise Http404
    is_answer = request.POST.get("decision") in ("uphold", "refuse")
    form = AnswerForm(request.POST if is_answer else None)
    if request.method == "POST" and _answered(request, actor, found, form):
        return redirect("people:work_dispute", uid=uid)
    context = {"dispute": found, "form": form, "steps": steps_of(found, DISPUTE_FLOW)}
    return render(request, "people/bench/dispute.html", context, status=400 if form.errors else 200)


def _answered(request: HttpRequest, actor: Actor, found: Dispute, form: AnswerForm) -> bool:
    try:
        match request.POST.get("decision"):
            case "uphold" if form.is_valid():
                actions.uphold_dispute(found, answer=form.cleaned_data["answer"], by=actor)
            case "refuse" if form.is_valid():
                actions.refuse_dispute(found, answer=form.cleaned_data["answer"], by=actor)
            case "close":
                actions.close_dispute(found, by=actor)
            case _:
                return False
    except Refused as refusal:
        if form.is_bound and refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.error(request, str(refusal))
        return False
    messages.success(request, _("已保存，职工会看到答复。"))
    return True
