"""Published lists on the workbench: what was taken from them, and titles nobody knew."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.honours import actions
from jiangxin.honours.forms import NewHonourForm, SettleForm
from jiangxin.honours.queries.catalogue import unknown_title, unknown_titles
from jiangxin.honours.queries.work import list_addressed, lists_for, rows_of
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import officers_only

PAGE_SIZE = 50


@require_safe
@officers_only("honours.view_conferral")
def lists(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every list with what was taken from it."""
    page = Paginator(lists_for(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "unknown": unknown_titles().count(),
        "may_import": actor.has_perm("honours.import_lists"),
    }
    return render(request, "honours/work/lists.html", context)


@require_safe
@officers_only("honours.view_conferral")
def honour_list(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """One list: conferrals, and nominees kept apart."""
    found = list_addressed(uid)
    if found is None:
        raise Http404
    rows = rows_of(found, actor)
    page = Paginator(rows.conferrals, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "honours/work/list.html",
        {"list": found, "page": page, "nominees": rows.nominees, "columns": COLUMNS},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only("honours.edit_catalogue")
def titles(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Titles nobody knew: say which honour each means, or add a new honour to the catalogue."""
    data = request.POST or None
    settle = SettleForm(data if request.POST.get("intent") == "settle" else None)
    added = NewHonourForm(data if request.POST.get("intent") == "add" else None)
    form = settle if settle.is_bound else added
    if request.method == "POST" and form.is_valid():
        try:
            _settled(actor, settle, added)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("已保存。再次导入同一份名单，相应的行就会登记。"))
            return redirect("honours:work_titles")
    context = {"columns": COLUMNS, "titles": unknown_titles(), "settle": settle, "added": added}
    return render(request, "honours/work/titles.html", context, status=400 if form.errors else 200)


def _settled(actor: Actor, settle: SettleForm, added: NewHonourForm) -> None:
    if settle.is_bound:
        found = unknown_title(settle.cleaned_data["title"].pk)
        if found is None:
            raise Http404
        actions.settle_title(found, honour=settle.cleaned_data["honour"], by=actor)
    else:
        actions.add_honour(by=actor, **added.cleaned_data)
