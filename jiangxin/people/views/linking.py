"""The workbench page on which an officer proposes that two records are one worker."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import attempted, found, officers_only
from jiangxin.people import actions
from jiangxin.people.forms import LinkReasonForm
from jiangxin.people.models import LinkProposal, Person
from jiangxin.people.queries.links import DECIDE, judged, proposal_between, side_by_side
from jiangxin.people.queries.people import PeopleFilter, find_people, person_for
from jiangxin.people.views.answers import FORM_METHODS, kept_person
from jiangxin.people.views.links import PAIR_COLUMNS


@require_http_methods(FORM_METHODS)
@officers_only("people.propose_link")
def propose(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Search the other record, compare the two, say why; `other` in the address is the record that was chosen."""
    person = kept_person(actor, uid, "people.propose_link")
    if not request.GET.get("other"):
        return _search(request, actor, person)
    other = found(person_for(actor, request.GET["other"]))
    form = LinkReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proposal = attempted(
            form, lambda: actions.propose_link_by_hand(person, second=other, by=actor, **form.cleaned_data)
        )
        if proposal is not None:
            return _onward(request, actor, person, proposal)
    known = proposal_between(person, other)
    context = {
        "person": person,
        "other": other,
        "form": form,
        "verdict": judged(person, other),
        "lines": side_by_side(person, other),
        "columns": PAIR_COLUMNS,
        "known": known if known is not None and actor.has_perm(DECIDE, known) else None,
        "here": request.get_full_path(),
    }
    return render(request, "people/bench/propose.html", context, status=400 if form.errors else 200)


def _search(request: HttpRequest, actor: Actor, person: Person) -> HttpResponse:
    """Other records the officer may see; namesakes first when nothing is typed."""
    text = request.GET.get("q", "").strip()[:100]
    page = find_people(actor, PeopleFilter(text=text or person.name))
    others = [each for each in page.people if each.root_id != person.root_id]
    context = {"person": person, "text": text, "others": others}
    return render(request, "people/bench/choose_other.html", context)


def _onward(request: HttpRequest, actor: Actor, person: Person, proposal: LinkProposal) -> HttpResponse:
    if actor.has_perm(DECIDE, proposal):
        messages.success(request, _("线索已提出，请核对后认定。"))
        return redirect(reverse("people:work_link", args=[proposal.uid]))
    messages.success(request, _("线索已提出，由上级工会认定。"))
    return redirect("people:work_person", uid=person.uid)
