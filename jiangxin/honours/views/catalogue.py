"""The catalogue on the workbench: the entries an office keeps, revised with a reason, given another name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.honours import actions
from jiangxin.honours.forms import AliasForm, NewHonourForm, RevisionForm
from jiangxin.honours.queries.catalogue import entries_kept, entry_kept, other_names
from jiangxin.honours.queries.correcting import corrections_of, is_conferred
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.honours.views.tabs import work_tabs
from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import found, officers_only, submitted

EDIT = "honours.edit_catalogue"
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@officers_only(EDIT)
def catalogue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The entries of the officer's offices, the highest first."""
    context = {
        "tabs": work_tabs(actor, "work_catalogue"),
        "entries": entries_kept(actor),
        "columns": COLUMNS,
    }
    return render(request, "honours/work/catalogue.html", context)


@require_http_methods(FORM_METHODS)
@officers_only(EDIT)
def add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new entry."""
    form = NewHonourForm(request.POST or None, actor=actor)
    made = submitted(request, form, lambda: actions.add_honour(by=actor, **form.described()))
    if made is not None:
        messages.success(request, _("已加入目录。"))
        return redirect("honours:work_entry", code=made.code)
    return render(request, "honours/work/entry_add.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(FORM_METHODS)
@officers_only(EDIT)
def entry(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """One entry: write it anew, give it another name, read what was changed before."""
    honour = found(entry_kept(actor, code))
    is_alias = request.POST.get("intent") == "alias"
    named = AliasForm(request.POST if is_alias else None)
    form = RevisionForm(
        request.POST if request.method == "POST" and not is_alias else None,
        actor=actor,
        honour=honour,
        is_fixed=is_conferred(honour),
    )
    if submitted(
        request, named, lambda: actions.add_alias(honour, name=named.cleaned_data["name"], by=actor)
    ):
        messages.success(request, _("别名已保存。"))
        return redirect("honours:work_entry", code=code)
    if submitted(request, form, lambda: actions.revise_honour(honour, by=actor, **form.described())):
        messages.success(request, _("修订已保存。"))
        return redirect("honours:work_entry", code=code)
    context = {
        "honour": found(entry_kept(actor, code)),
        "form": form,
        "named": named,
        "names": other_names(honour),
        "corrections": corrections_of(honour),
    }
    faulty = form.errors or named.errors
    return render(request, "honours/work/entry.html", context, status=400 if faulty else 200)
