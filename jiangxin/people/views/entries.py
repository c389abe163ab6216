"""The workbench pages of passport entries: write one, read one with what it replaced, correct it, withdraw it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import found, officers_only
from jiangxin.people import actions
from jiangxin.people.forms import EntryCorrectionForm, EntryForm, WithdrawalForm
from jiangxin.people.models import Person
from jiangxin.people.queries.passport import TimelineEntry, kind_titles, timeline_item
from jiangxin.people.views.answers import FORM_METHODS, kept_person, part_page, written

CORRECT = "people.correct_entry"


@require_http_methods(FORM_METHODS)
@officers_only("people.record_entry")
def add(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Write a fact into the passport."""
    person = kept_person(actor, uid, "people.record_entry")
    form = EntryForm(request.POST or None)
    return part_page(
        request,
        person,
        form,
        lambda data: actions.add_to_passport(person, by=actor, **_entry_values(data)),
        title=_("记入护照"),
        submit=_("记入护照"),
    )


def _entry_values(data: dict[str, Any]) -> dict[str, Any]:
    """A time known to the day is kept as a day; a month stays readable as printed words."""
    happened = data.pop("happened")
    if happened.precision == "day":
        return {**data, "happened_on": happened.first_day}
    printed = {"printed_time": str(happened)} if happened.precision == "month" else {}
    return {**data, "year": happened.year, "evidence": printed}


@require_safe
@officers_only("people.view_person")
def fact(request: HttpRequest, actor: Actor, uid: str, entry_uid: str) -> HttpResponse:
    """One entry with its evidence, the entries it replaced and why, and the requests made about it."""
    person = kept_person(actor, uid)
    item = found(timeline_item(person, actor, entry_uid))
    context = {
        "person": person,
        "item": item,
        "kind_title": kind_titles().get(item.entry.kind, ""),
        "may_mend": item.withdrawn_by is None and actor.has_perm(CORRECT, item.entry),
        "is_kept_elsewhere": bool(item.entry.object_type) and actor.has_perm(CORRECT, person),
    }
    return render(request, "people/bench/fact.html", context)


@require_http_methods(FORM_METHODS)
@officers_only(CORRECT)
def correct(request: HttpRequest, actor: Actor, uid: str, entry_uid: str) -> HttpResponse:
    """Put a corrected entry in the place of this one."""
    person, item = _mendable(actor, uid, entry_uid)
    form = EntryCorrectionForm(request.POST or None, item=item)
    corrected = written(
        request, form, lambda: actions.correct_entry(item.entry, by=actor, **form.corrections())
    )
    if corrected is not None:
        return redirect("people:work_fact", uid=uid, entry_uid=corrected.uid)
    context = {
        "form": form,
        "person": person,
        "item": item,
        "title": _("更正这一条"),
        "submit": _("保存更正"),
        "lead": _("更正记为新的一条，原来的一条划去但保留。职工本人看得到原因。"),
    }
    return render(request, "people/bench/mend.html", context, status=400 if form.errors else 200)


@require_http_methods(FORM_METHODS)
@officers_only(CORRECT)
def withdraw(request: HttpRequest, actor: Actor, uid: str, entry_uid: str) -> HttpResponse:
    """Withdraw the entry; it stays readable, struck through, with the reason."""
    person, item = _mendable(actor, uid, entry_uid)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.retract_entry(item.entry, reason=form.cleaned_data["reason"], by=actor)
        messages.success(request, _("这一条已撤销，公众不再看到。"))
        return redirect("people:work_fact", uid=uid, entry_uid=item.entry.uid)
    context = {
        "form": form,
        "person": person,
        "item": item,
        "title": _("撤销这一条"),
        "submit": _("撤销这一条"),
        "lead": _("撤销后公众不再看到这一条。护照里划去但保留，职工本人看得到原因。"),
    }
    return render(request, "people/bench/mend.html", context, status=400 if form.errors else 200)


def _mendable(actor: Actor, uid: str, entry_uid: str) -> tuple[Person, TimelineEntry]:
    """The record and its standing entry, if the actor may correct it; 404 otherwise."""
    person = kept_person(actor, uid)
    item = found(timeline_item(person, actor, entry_uid))
    if item.withdrawn_by is not None or not actor.has_perm(CORRECT, item.entry):
        raise Http404
    return person, item
