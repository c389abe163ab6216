"""The workbench list of people: search, filters, paging, export of a selection."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import officers_only
from jiangxin.kernel.search import pending
from jiangxin.kernel.sheets.exporting import export_name, stream_csv
from jiangxin.orgs.models import Org, Region
from jiangxin.people import actions
from jiangxin.people.forms import FilterForm
from jiangxin.people.queries.people import PeopleFilter, find_people, people_addressed
from jiangxin.people.queries.search import KIND
from jiangxin.people.sheets import PEOPLE_LIST, list_rows

PLACED = ("region", "org", "honour")


def _filter(form: FilterForm) -> PeopleFilter:
    """What the form asks for; a field that could not be understood narrows nothing and says so."""
    form.is_valid()
    data = form.cleaned_data
    region, org = data.get("region"), data.get("org")
    return PeopleFilter(
        text=data.get("q", ""),
        region=region.code if isinstance(region, Region) else "",
        org_path=org.path if isinstance(org, Org) else "",
        honour=data.get("honour", ""),
        state=data.get("state", ""),
        after=data.get("after", ""),
    )


@require_safe
@officers_only("people.view_person")
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """People of the organisations the officer works for."""
    form = FilterForm(request.GET or {}, actor=actor)
    wanted = _filter(form)
    page = find_people(actor, wanted)
    kept = {key: value for key, value in request.GET.items() if key != "after" and value}
    context = {
        "form": form,
        "page": page,
        "is_narrowed": bool(kept),
        "is_placed": any(request.GET.get(name) for name in PLACED),
        "placed_fields": [form[name] for name in PLACED],
        "first_url": f"?{urlencode(kept)}" if wanted.after else "",
        "older_url": f"?{urlencode({**kept, 'after': page.next_cursor})}" if page.next_cursor else "",
        "pending": pending(KIND),
        "may_add": actor.has_perm("people.add_person"),
        "may_export": actor.has_perm("people.export_people"),
    }
    return render(request, "people/bench/people.html", context)


@require_POST
@officers_only("people.export_people")
def export(request: HttpRequest, actor: Actor) -> HttpResponse | StreamingHttpResponse:
    """The ticked people as CSV; each of them will see that their record was in it."""
    chosen = people_addressed(actor, request.POST.getlist("uid")[:1000])
    try:
        leaving = actions.export_people(people=chosen, reason=request.POST.get("reason", ""), by=actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:work_people")
    response = StreamingHttpResponse(
        stream_csv(PEOPLE_LIST, list_rows(leaving), by=actor), content_type="text/csv; charset=utf-8"
    )
    name = export_name(PEOPLE_LIST, ending=".csv")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
