"""The workbench pages of one record: all of it masked, with every change one form away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import attempted, officers_only
from jiangxin.people import actions
from jiangxin.people.forms import NewPersonForm, PersonForm, RevealForm, SkillForm, StandingForm
from jiangxin.people.models import Person
from jiangxin.people.queries.facts import clear_value, masked_facts, plain_facts, protected_title
from jiangxin.people.queries.passport import timeline
from jiangxin.people.queries.record import disputes_of, employments_of, linked_records, skills_of
from jiangxin.people.queries.rights import requests_of
from jiangxin.people.queries.sections import sections_for
from jiangxin.people.views.answers import FORM_METHODS, form_page, kept_person, part_page, written

SPELL_COLUMNS = (gettext_lazy("工作单位"), gettext_lazy("岗位"), gettext_lazy("时间"), gettext_lazy("说明"))
SKILL_COLUMNS = (
    gettext_lazy("职业（工种）"),
    gettext_lazy("等级"),
    gettext_lazy("取得方式"),
    gettext_lazy("评定机构"),
    gettext_lazy("有效期至"),
)
MAY = {
    "may_correct": "people.correct_person",
    "may_record": "people.record_entry",
    "may_reveal": "people.reveal_field",
    "may_link": "people.propose_link",
    "may_request": "people.register_request",
}


@require_safe
@officers_only("people.view_person")
def record(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """The whole record; protected values masked."""
    person = kept_person(actor, uid)
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
        "requests": requests_of(person),
        "sections": sections_for("people.record", person, actor),
        "spell_columns": (*SPELL_COLUMNS, _("操作")),
        "skill_columns": SKILL_COLUMNS,
        **{name: actor.has_perm(code, person) for name, code in MAY.items()},
    }
    return render(request, "people/bench/record.html", context)


@require_http_methods(FORM_METHODS)
@officers_only("people.add_person")
def add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open a record."""
    form = NewPersonForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        person = attempted(form, lambda: actions.register_worker(by=actor, **form.record()))
        if person is not None:
            messages.success(request, _("档案已建立。"))
            _tell(request, form)
            return redirect("people:work_person", uid=person.uid)
    return form_page(request, form, title=_("建立档案"), submit=_("建立档案"), back="people:work_people")


@require_http_methods(FORM_METHODS)
@officers_only("people.correct_person")
def edit(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Correct the record; a new name keeps the old one as a former name."""
    person = kept_person(actor, uid, "people.correct_person")
    form = PersonForm(request.POST or None, actor=actor, person=person)
    if written(request, form, lambda: _correct(person, form, actor)) is not None:
        _tell(request, form)
        return redirect("people:work_person", uid=uid)
    return form_page(
        request,
        form,
        title=_("更正档案"),
        submit=_("保存更正"),
        back="people:work_person",
        uid=uid,
        person=person,
    )


def _tell(request: HttpRequest, form: PersonForm) -> None:
    for remark in form.remarks():
        messages.warning(request, remark)


def _correct(person: Person, form: PersonForm, actor: Actor) -> Person:
    return actions.revise_person(
        person, name=form.cleaned_data["name"], org=form.cleaned_data["org"], changes=form.changes(), by=actor
    )


@require_http_methods(FORM_METHODS)
@officers_only("people.correct_person")
def skill(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Add a skill level."""
    person = kept_person(actor, uid, "people.correct_person")
    form = SkillForm(request.POST or None)
    return part_page(
        request,
        person,
        form,
        lambda data: actions.add_skill(person, by=actor, **data),
        title=_("登记技能等级"),
        submit=_("登记等级"),
    )


@require_http_methods(FORM_METHODS)
@officers_only("people.correct_person")
def standing(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Change the worker's standing."""
    person = kept_person(actor, uid, "people.correct_person")
    form = StandingForm(request.POST or None, person=person)
    return part_page(
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
    person = kept_person(actor, uid)
    if field not in actions.REVEALABLE:
        raise Http404
    form = RevealForm(request.POST or None)
    value = None
    if request.method == "POST" and form.is_valid():
        value = attempted(
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
