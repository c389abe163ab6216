"""A worker's requests about the whole record: what may be asked, what it means, and how it came out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import attempted, found, owners_only
from jiangxin.people import actions
from jiangxin.people.forms import AskForm
from jiangxin.people.models import Person
from jiangxin.people.queries.record import record_of_actor
from jiangxin.people.queries.rights import consequences_of_erasing, request_numbered, requests_of
from jiangxin.people.views.answers import FORM_METHODS
from jiangxin.people.words import RightKind

own_record = owners_only(record_of_actor, otherwise="people:passport")


@require_http_methods(FORM_METHODS)
@own_record
def overview(request: HttpRequest, actor: Actor, record: Person) -> HttpResponse:
    """What the worker may ask, what was asked and how it came out; an open request can be taken back."""
    asked = requests_of(record)
    if request.method == "POST":
        wanted = found(next((each for each in asked if each.uid == request.POST.get("request")), None))
        try:
            actions.withdraw_right(wanted, by=actor)
            messages.success(request, _("请求已撤回。"))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("people:rights")
    waiting = {each.kind for each in asked if each.state == "open"}
    offered = [RightKind.LIFT if record.limited_at else RightKind.LIMIT, RightKind.ERASE]
    context = {
        "person": record,
        "asked": asked,
        "offered": [kind for kind in offered if kind not in waiting],
    }
    return render(request, "people/me/rights.html", context)


@require_http_methods(FORM_METHODS)
@own_record
def ask(request: HttpRequest, actor: Actor, record: Person, kind: str) -> HttpResponse:
    """What the request would mean, named before it is sent."""
    if kind not in RightKind.values:
        raise Http404
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = attempted(
            form, lambda: actions.ask_right(record, kind=kind, text=form.cleaned_data["text"], by=actor)
        )
        if asked is not None:
            messages.success(request, _("已收到您的请求。工会会在 15 个工作日内答复。"))
            return redirect("people:rights")
    context = {
        "person": record,
        "form": form,
        "kind": kind,
        "title": RightKind(kind).label,
        "outlook": consequences_of_erasing(record) if kind == RightKind.ERASE else None,
    }
    return render(request, "people/me/ask.html", context, status=400 if form.errors else 200)


@require_safe
@never_cache
def receipt(request: HttpRequest, uid: str) -> HttpResponse:
    """How a request came out, for whoever holds its number: without a name, also when the account is gone."""
    return render(request, "people/receipt.html", {"asked": found(request_numbered(uid))})
