"""The workbench pages of employment spells: add one, correct one, end one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import found, officers_only
from jiangxin.people import actions
from jiangxin.people.forms import EmploymentForm, LeavingForm
from jiangxin.people.queries.record import current_employments, employment_numbered
from jiangxin.people.views.answers import FORM_METHODS, kept_person, part_page

CORRECT = "people.correct_person"


@require_http_methods(FORM_METHODS)
@officers_only(CORRECT)
def add(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Add an employment spell; where one is current already, say whether it ended."""
    person = kept_person(actor, uid, CORRECT)
    form = EmploymentForm(request.POST or None, other=current_employments(person).first())
    return part_page(
        request,
        person,
        form,
        lambda _data: actions.take_employment(person, spell=None, by=actor, **form.answers()),
        title=_("登记工作经历"),
        submit=_("登记经历"),
    )


@require_http_methods(FORM_METHODS)
@officers_only(CORRECT)
def edit(request: HttpRequest, actor: Actor, uid: str, number: int) -> HttpResponse:
    """Correct an employment spell."""
    person = kept_person(actor, uid, CORRECT)
    spell = found(employment_numbered(person, number))
    other = current_employments(spell.person).exclude(pk=spell.pk).first()
    form = EmploymentForm(request.POST or None, spell=spell, other=other)
    return part_page(
        request,
        person,
        form,
        lambda _data: actions.take_employment(spell.person, spell=spell, by=actor, **form.answers()),
        title=_("更正工作经历"),
        submit=_("保存更正"),
    )


@require_http_methods(FORM_METHODS)
@officers_only(CORRECT)
def end(request: HttpRequest, actor: Actor, uid: str, number: int) -> HttpResponse:
    """Record the day the worker left the unit."""
    person = kept_person(actor, uid, CORRECT)
    spell = found(employment_numbered(person, number))
    form = LeavingForm(request.POST or None)
    return part_page(
        request,
        person,
        form,
        lambda data: actions.end_employment(spell, by=actor, **data),
        title=_("登记离开日期"),
        submit=_("登记离开日期"),
        lead=spell.unit_text,
    )
