"""A worker's own pages: what waits today, the passport, consents, who looked, the copy of everything."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.access.doors import actor_of, signed_in
from jiangxin.kernel.http.gates import owners_only
from jiangxin.people import actions
from jiangxin.people.forms import DisputeForm
from jiangxin.people.models import Person
from jiangxin.people.queries.changes import changes_of
from jiangxin.people.queries.consents import consent_choices
from jiangxin.people.queries.passport import TimelineEntry, kind_titles, timeline, timeline_item
from jiangxin.people.queries.readings import who_looked
from jiangxin.people.queries.record import disputes_of, employments_of, highest_skills, record_of_actor
from jiangxin.people.queries.sections import sections_for, waiting_for_worker

own_record = owners_only(record_of_actor, otherwise="people:passport")
CHANGE_COLUMNS = (gettext_lazy("时间"), gettext_lazy("谁"), gettext_lazy("做了什么"), gettext_lazy("内容"))
LOOK_COLUMNS = (gettext_lazy("时间"), gettext_lazy("谁"), gettext_lazy("看了什么"), gettext_lazy("原因"))


@require_safe
@signed_in
def passport(request: HttpRequest) -> HttpResponse:
    """Today first, then the timeline with what is public and what is not; without a record, how to get one."""
    actor = actor_of(request)
    record = record_of_actor(actor)
    if record is None:
        return render(request, "people/me/no_record.html")
    context = {
        "person": record,
        "items": timeline(record, actor),
        "waiting": waiting_for_worker(actor),
        "employments": employments_of(record),
        "skills": highest_skills(record),
        "disputes": disputes_of(record)[:5],
        "sections": sections_for("people.passport", record, actor),
        "copies": sections_for("people.own_copy", record, actor),
    }
    return render(request, "people/me/passport.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@own_record
def entry(request: HttpRequest, actor: Actor, record: Person, uid: str) -> HttpResponse:
    """One entry: its evidence and history, the choice whether to show it, and a request about it."""
    item = timeline_item(record, actor, uid)
    if item is None:
        raise Http404
    form = DisputeForm(request.POST if request.POST.get("intent") == "dispute" else None)
    if request.method == "POST" and _done(request, actor, record, item, form):
        return redirect("people:entry", uid=uid)
    context = {
        "person": record,
        "item": item,
        "form": form,
        "kind_title": kind_titles().get(item.entry.kind, ""),
    }
    return render(request, "people/me/entry.html", context, status=400 if request.method == "POST" else 200)


def _done(request: HttpRequest, actor: Actor, record: Person, item: TimelineEntry, form: DisputeForm) -> bool:
    try:
        match request.POST.get("intent"):
            case "show" | "hide" as intent:
                actions.choose_visibility(item.entry, is_public=intent == "show", by=actor)
                messages.success(request, _("已保存您的选择。"))
            case "withdraw" if item.open_dispute is not None:
                actions.withdraw_dispute(item.open_dispute, by=actor)
                messages.success(request, _("请求已撤回。"))
            case "dispute" if form.is_valid():
                actions.open_dispute(record, entry=item.entry, by=actor, **form.cleaned_data)
                messages.success(request, _("已收到您的请求。工会会在 15 个工作日内答复。"))
            case _:
                return False
    except Refused as refusal:
        if form.is_bound and refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.error(request, str(refusal))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@own_record
def consents(request: HttpRequest, actor: Actor, record: Person) -> HttpResponse:
    """Each purpose with one button: agree, or no longer agree."""
    if request.method == "POST":
        purpose = request.POST.get("purpose", "")
        try:
            if request.POST.get("intent") == "withdraw":
                actions.withdraw_consent(record, purpose=purpose, by=actor)
                messages.success(request, _("已撤回同意，立即生效。"))
            else:
                actions.give_consent(record, purpose=purpose, by=actor)
                messages.success(request, _("已记录您的同意。您可以随时撤回。"))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("people:consents")
    return render(request, "people/me/consents.html", {"person": record, "choices": consent_choices(record)})


@require_safe
@own_record
def looks(request: HttpRequest, actor: Actor, record: Person) -> HttpResponse:
    """Who looked at protected parts of the record, when and why; and who changed what."""
    del actor
    return render(
        request,
        "people/me/looks.html",
        {
            "person": record,
            "readings": who_looked(record),
            "columns": LOOK_COLUMNS,
            "changes": changes_of(record),
            "change_columns": CHANGE_COLUMNS,
        },
    )


@require_POST
@own_record
def export(request: HttpRequest, actor: Actor, record: Person) -> HttpResponse:
    """Everything the record holds, as a JSON file."""
    del request
    content = actions.export_own_record(record, by=actor)
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="passport-{record.uid}.json"'
    return response
