"""Correcting a mistyped conferral: the form, what would change and what follows, then the deed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxin.honours import actions
from jiangxin.honours.forms import CorrectionForm
from jiangxin.honours.models import Conferral
from jiangxin.honours.queries.conferrals import conferral_for
from jiangxin.honours.queries.correcting import (
    corrected,
    differences,
    effects_of_correcting,
    is_correctable,
    shown_changes,
)
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import attempted, found, officers_only

CORRECT = "honours.correct_conferral"


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(CORRECT)
def correct(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """The form; sent once it tells what would follow, confirmed it is done."""
    conferral = found(conferral_for(actor, uid))
    found(conferral if actor.has_perm(CORRECT, conferral) and is_correctable(conferral) else None)
    form = CorrectionForm(request.POST or None, conferral=conferral)
    if request.method != "POST" or not form.is_valid() or request.POST.get("intent") == "edit":
        return _form(request, conferral, form)
    if "confirmed" in request.POST:
        return _done(request, actor, conferral, form)
    changes = differences(conferral, corrected(conferral, form.rightly()))
    if not changes:
        form.add_error(None, _("没有改动。"))
        return _form(request, conferral, form)
    context = {
        "conferral": conferral,
        "columns": COLUMNS,
        "changes": shown_changes(Conferral, changes),
        "effects": effects_of_correcting(conferral, changes),
        "reason": form.cleaned_data["reason"],
        "kept": [(name, request.POST.get(name, "")) for name in form.fields],
    }
    return render(request, "honours/work/correct_check.html", context)


def _form(request: HttpRequest, conferral: Conferral, form: CorrectionForm) -> HttpResponse:
    context: dict[str, Any] = {"conferral": conferral, "form": form}
    return render(request, "honours/work/correct.html", context, status=400 if form.errors else 200)


def _done(request: HttpRequest, actor: Actor, conferral: Conferral, form: CorrectionForm) -> HttpResponse:
    reason = form.cleaned_data["reason"]
    made = attempted(
        form, lambda: actions.correct_conferral(conferral, reason=reason, by=actor, **form.rightly())
    )
    if made is None:
        conferral.refresh_from_db()
        return _form(request, conferral, form)
    messages.success(request, _("已更正，并已通知本人。"))
    return redirect("honours:work_conferral", uid=conferral.uid)
