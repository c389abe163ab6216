"""The queue of link proposals: two records side by side, the reasons, one decision, and its undoing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import officers_only
from jiangxin.kernel.http.paging import KeysFirst
from jiangxin.people import actions
from jiangxin.people.models import LinkProposal
from jiangxin.people.queries.links import (
    DECIDE,
    proposal_addressed,
    proposals_for,
    reasons,
    side_by_side,
    waiting_for,
)
from jiangxin.people.queries.steps import steps_of
from jiangxin.people.states import LINK_FLOW
from jiangxin.people.words import LinkState

PAGE_SIZE = 20
QUEUE_COLUMNS = (
    gettext_lazy("姓名"),
    gettext_lazy("档案一"),
    gettext_lazy("档案二"),
    gettext_lazy("主要依据"),
    {"label": gettext_lazy("把握"), "numeric": True},
)
PAIR_COLUMNS = (gettext_lazy("项目"), gettext_lazy("档案一"), gettext_lazy("档案二"), gettext_lazy("比较"))
DECISIONS = {"confirm": actions.confirm_link, "refuse": actions.refuse_link, "undo": actions.undo_link}


@require_safe
@officers_only(DECIDE)
def queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Proposals by state, the surest first."""
    state = request.GET.get("state", LinkState.PROPOSED)
    if state not in LinkState.values:
        raise Http404
    found = proposals_for(actor).filter(state=state)
    page = KeysFirst(found, PAGE_SIZE).get_page(request.GET.get("page"))
    url = reverse("people:work_links")
    tabs = [
        {"label": each.label, "url": f"{url}?state={each.value}", "current": each.value == state}
        for each in LinkState
    ]
    rows = [(proposal, reasons(proposal)[:2]) for proposal in page]
    context = {
        "page": page,
        "rows": rows,
        "tabs": tabs,
        "is_waiting": state == LinkState.PROPOSED,
        "columns": QUEUE_COLUMNS,
    }
    return render(request, "people/bench/links.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(DECIDE)
def proposal(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """One proposal; a decision leads on to the next one that waits."""
    found = proposal_addressed(actor, uid)
    if found is None:
        raise Http404
    if request.method == "POST" and _decided(request, actor, found):
        return _onward(actor, found)
    context = {
        "proposal": found,
        "lines": side_by_side(found.first, found.second),
        "reasons": reasons(found),
        "steps": steps_of(found, LINK_FLOW),
        "moves": {move.name for move in LINK_FLOW.moves_from(found.state)},
        "columns": PAIR_COLUMNS,
        "state_title": LinkState(found.state).label,
    }
    return render(request, "people/bench/link.html", context)


def _decided(request: HttpRequest, actor: Actor, found: LinkProposal) -> bool:
    decide = DECISIONS.get(request.POST.get("decision", ""))
    if decide is None:
        return False
    try:
        decide(found, note=request.POST.get("note", "")[:300], by=actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(
        request, _("已记录：%(state)s。可以随时撤回。") % {"state": LinkState(found.state).label}
    )
    return True


def _onward(actor: Actor, found: LinkProposal) -> HttpResponse:
    following = waiting_for(actor).exclude(pk=found.pk).first()
    if found.state == LinkState.UNDONE:
        return redirect("people:work_link", uid=found.uid)
    if following is None:
        return redirect("people:work_links")
    return redirect("people:work_link", uid=following.uid)
