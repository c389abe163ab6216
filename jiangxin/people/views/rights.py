"""Requests about whole records on the workbench: the queue, one request with its consequences, one taken down by hand."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import attempted, found, officers_only
from jiangxin.people import actions
from jiangxin.people.forms import DecisionForm, RegisterForm
from jiangxin.people.models import RightsRequest
from jiangxin.people.queries.record import linked_records
from jiangxin.people.queries.rights import DECIDE, consequences_of_erasing, request_addressed, requests_for
from jiangxin.people.queries.steps import steps_of
from jiangxin.people.states import RIGHT_FLOW
from jiangxin.people.views.answers import FORM_METHODS, kept_person, part_page
from jiangxin.people.words import RightKind, RightState

PAGE_SIZE = 20
COLUMNS = (
    gettext_lazy("职工"),
    gettext_lazy("请求"),
    gettext_lazy("提出时间"),
    gettext_lazy("最晚答复日期"),
)
DECISIONS = {"grant": actions.grant_right, "refuse": actions.refuse_right}


@require_safe
@officers_only(DECIDE)
def queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Requests by state, the oldest first."""
    state = request.GET.get("state", RightState.OPEN)
    if state not in RightState.values:
        raise Http404
    page = Paginator(requests_for(actor).filter(state=state), PAGE_SIZE).get_page(request.GET.get("page"))
    url = reverse("people:work_rights")
    tabs = [
        {"label": each.label, "url": f"{url}?state={each.value}", "current": each.value == state}
        for each in RightState
    ]
    return render(request, "people/bench/rights.html", {"page": page, "tabs": tabs, "columns": COLUMNS})


@require_http_methods(FORM_METHODS)
@officers_only(DECIDE)
def request_page(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """One request; before an erasure is confirmed, what goes and what stays is named."""
    asked = found(request_addressed(actor, uid))
    decide = DECISIONS.get(request.POST.get("decision", ""))
    form = DecisionForm(request.POST if decide else None)
    if decide is not None and form.is_valid():
        answer = form.cleaned_data["answer"]
        if attempted(form, lambda: decide(asked, answer=answer, by=actor)) is not None:
            messages.success(request, _("已办理，职工会看到结果。"))
            return redirect("people:work_right", uid=uid)
        asked = found(request_addressed(actor, uid))
    context = {
        "asked": asked,
        "form": form,
        "records": linked_records(asked.person),
        "outlook": _outlook(asked),
        "may_decide": asked.state == RightState.OPEN and actor.has_perm(DECIDE, asked),
        "steps": steps_of(asked, RIGHT_FLOW),
    }
    return render(request, "people/bench/right.html", context, status=400 if form.errors else 200)


def _outlook(asked: RightsRequest) -> object:
    is_open = asked.kind == RightKind.ERASE and asked.state == RightState.OPEN
    return consequences_of_erasing(asked.person) if is_open else None


@require_http_methods(FORM_METHODS)
@officers_only("people.register_request")
def register(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Take down a request that did not come through the worker's own account."""
    person = kept_person(actor, uid, "people.register_request")
    form = RegisterForm(request.POST or None)
    return part_page(
        request,
        person,
        form,
        lambda data: actions.register_request(person, by=actor, **data),
        title=_("代为登记请求"),
        submit=_("登记请求"),
    )
