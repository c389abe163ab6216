"""The workbench pages of one record: all of it masked, with every change one form away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import officers_only
from jiangxin.people import actions
from jiangxin.people.forms import (
    EmploymentForm,
    EntryForm,
    NewPersonForm,
    PersonForm,
    RevealForm,
    SkillForm,
    StandingForm,
)
from jiangxin.people.models import Person
from jiangxin.people.queries.facts import clear_value, masked_facts, plain_facts, protected_title
from jiangxin.people.queries.passport import timeline
from jiangxin.people.queries.people import person_for
from jiangxin.people.queries.record import disputes_of, employments_of, linked_records, skills_of

FORM_METHODS = ["GET", "HEAD", "POST"]
SPELL_COLUMNS = (gettext_lazy("工作单位"), gettext_lazy("岗位"), gettext_lazy("时间"), gettext_lazy("说明"))
SKILL_COLUMNS = (
    gettext_lazy("职业（工种）"),
    gettext_lazy("等级"),
    gettext_lazy("取得方式"),
    gettext_lazy("评定机构"),
    gettext_lazy("有效期至"),
)


def _person(actor: Actor, uid: str) -> Person:
    person = person_for(actor, uid)
    if person is None:
        raise Http404
    return person


@require_safe
@officers_only("people.view_person")
def record(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """The whole record; protected values masked."""
    person = _person(actor, uid)
    context = {
        "person": person,
        "facts": plain_facts(person),
        "masked": masked_facts(person),
        "other_names": person.other_names.all(),
        "employments": employments_of(person),
        "skills": skills_of(person),
        "items": timeline(person, actor),
        "linked": [each for each in linked_records(person) if each.pk != person.pk],
        "disputes": disputes_of(person),
        "spell_columns": SPELL_COLUMNS,
        "skill_columns": SKILL_COLUMNS,
        "may_correct": actor.has_perm("people.correct_person", person),
        "may_record": actor.has_perm("people.record_entry", person),
        "may_reveal": actor.has_perm("people.reveal_field", person),
    }
    return render(request, "people/bench/record.html", context)


@require_http_methods(FORM_METHODS)
@officers_only("people.add_person")
def add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open a record."""
    form = NewPersonForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        person = _try(form, lambda: actions.register_worker(by=actor, **form.record()))
        if person is not None:
            messages.success(request, _("档案已建立。"))
            return redirect("people:work_person", uid=person.uid)
    return _form_page(request, form, title=_("建立职工档案"), submit=_("建立档案"), back="people:work_people")


@require_http_methods(FORM_METHODS)
@officers_only("people.correct_person")
def edit(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Correct the record; a new name keeps the old one as a former name."""
    person = _person(actor, uid)
    form = PersonForm(request.POST or None, actor=actor, person=person)
    if _written(request, form, lambda: _correct(person, form, actor)):
        return redirect("people:work_person", uid=uid)
    return _form_page(
        request,
        form,
        title=_("更正档案"),
        submit=_("保存更正"),
        back="people:work_person",
        uid=uid,
        person=person,
    )


def _correct(person: Person, form: PersonForm, actor: Actor) -> Person:
    return actions.revise_person(
        person, name=form.cleaned_data["name"], org=form.cleaned_data["org"], changes=form.changes(), by=actor
    )


@require_http_methods(FORM_METHODS)
@officers_only("people.correct_person")
def employment(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Add an employment spell."""
    person = _person(actor, uid)
    form = EmploymentForm(request.POST or None)
    return _add_part(
        request,
        person,
        form,
        lambda data: actions.add_employment(person, by=actor, **data),
        title=_("登记工作经历"),
        submit=_("登记经历"),
    )


@require_http_methods(FORM_METHODS)
@officers_only("people.correct_person")
def skill(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Add a skill level."""
    person = _person(actor, uid)
    form = SkillForm(request.POST or None)
    return _add_part(
        request,
        person,
        form,
        lambda data: actions.add_skill(person, by=actor, **data),
        title=_("登记技能等级"),
        submit=_("登记等级"),
    )


@require_http_methods(FORM_METHODS)
@officers_only("people.record_entry")
def entry(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Write a fact into the passport."""
    person = _person(actor, uid)
    form = EntryForm(request.POST or None)
    return _add_part(
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


@require_http_methods(FORM_METHODS)
@officers_only("people.correct_person")
def standing(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Change the worker's standing."""
    person = _person(actor, uid)
    form = StandingForm(request.POST or None, person=person)
    return _add_part(
        request,
        person,
        form,
        lambda data: actions.change_standing(person, by=actor, **data),
        title=_("更改状态"),
        submit=_("更改状态"),
    )


@require_http_methods(FORM_METHODS)
@officers_only("people.reveal_field")
def reveal(request: HttpRequest, actor: Actor, uid: str, field: str) -> HttpResponse:
    """Show one protected value, once, for a reason that the worker will read."""
    person = _person(actor, uid)
    if field not in actions.REVEALABLE:
        raise Http404
    form = RevealForm(request.POST or None)
    value = None
    if request.method == "POST" and form.is_valid():
        value = _try(
            form, lambda: actions.reveal(person, field=field, reason=form.cleaned_data["reason"], by=actor)
        )
    context = {
        "person": person,
        "form": form,
        "value": value and clear_value(person, field, value),
        "title": protected_title(field),
    }
    response = render(request, "people/bench/reveal.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _add_part(
    request: HttpRequest,
    person: Person,
    form: Form,
    write: Callable[[dict[str, Any]], object],
    *,
    title: str,
    submit: str,
) -> HttpResponse:
    """A form page that writes one part of a record and returns to the record."""
    if _written(request, form, lambda: write(dict(form.cleaned_data))):
        return redirect("people:work_person", uid=person.uid)
    return _form_page(
        request, form, title=title, submit=submit, back="people:work_person", uid=person.uid, person=person
    )


def _written(request: HttpRequest, form: Form, call: Callable[[], Any]) -> bool:
    """Whether the form was sent, understood and written."""
    if request.method != "POST" or not form.is_valid() or _try(form, call) is None:
        return False
    messages.success(request, _("已保存。"))
    return True


def _try(form: Form, call: Callable[[], Any]) -> Any:
    """The call's result, or None with the refusal's sentence at its field."""
    try:
        return call()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def _form_page(
    request: HttpRequest,
    form: Form,
    *,
    title: str,
    submit: str,
    back: str,
    uid: str = "",
    person: Person | None = None,
) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "back": back, "uid": uid, "person": person}
    return render(request, "people/bench/form.html", context, status=400 if form.errors else 200)
