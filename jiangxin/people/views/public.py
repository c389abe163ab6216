"""The public page of one worker."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from jiangxin.kernel.access.doors import actor_of
from jiangxin.people.queries.passport import has_profile_consent, public_timeline
from jiangxin.people.queries.record import main_record, public_person
from jiangxin.people.queries.sections import sections_for


@require_safe
def person(request: HttpRequest, uid: str) -> HttpResponse:
    """Seal, name, post and unit, honours and one timeline: public facts only, each with its source."""
    found = public_person(uid)
    if found is None:
        raise Http404
    record = main_record(found)
    if record.pk != found.pk:
        return redirect("people:person", uid=record.uid)
    items = public_timeline(record)
    sections = sections_for("people.person", record, actor_of(request))
    is_indexed = any(item.is_official for item in items) or has_profile_consent(record)
    response = render(
        request,
        "people/person.html",
        {
            "person": record,
            "items": items,
            "head_sections": [section for section in sections if section.is_head],
            "sections": [section for section in sections if not section.is_head],
            "is_indexed": is_indexed,
        },
    )
    if not is_indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
