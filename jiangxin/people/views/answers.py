"""What our workbench pages share: whose record, a form page, a refusal shown in the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import found, submitted
from jiangxin.people.models import Person
from jiangxin.people.queries.people import person_for

FORM_METHODS = ["GET", "HEAD", "POST"]


def kept_person(actor: Actor, uid: str, permission: str = "") -> Person:
    """The record, if the actor sees it and holds the permission (if one is named) there; 404 otherwise."""
    person = found(person_for(actor, uid))
    if permission and not actor.has_perm(permission, person):
        raise Http404
    return person


def written(request: HttpRequest, form: Form, call: Callable[[], Any]) -> Any:
    """What the call made of a form that was sent and understood, with a word of thanks; None otherwise."""
    made = submitted(request, form, call)
    if made is not None:
        messages.success(request, _("已保存。"))
    return made


def form_page(
    request: HttpRequest,
    form: Form,
    *,
    title: str,
    submit: str,
    back: str,
    uid: str = "",
    person: Person | None = None,
    lead: str = "",
) -> HttpResponse:
    """A page with one form; `back` names the address to return to, with `uid` if it takes one."""
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "back": back,
        "uid": uid,
        "person": person,
        "lead": lead,
    }
    return render(request, "people/bench/form.html", context, status=400 if form.errors else 200)


def part_page(
    request: HttpRequest,
    person: Person,
    form: Form,
    write: Callable[[dict[str, Any]], object],
    *,
    title: str,
    submit: str,
    lead: str = "",
) -> HttpResponse:
    """A form page that writes one part of a record and returns to the record."""
    if written(request, form, lambda: write(dict(form.cleaned_data))) is not None:
        return redirect("people:work_person", uid=person.uid)
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        back="people:work_person",
        uid=person.uid,
        person=person,
        lead=lead,
    )
