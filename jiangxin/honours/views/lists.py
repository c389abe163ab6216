"""Published lists on the workbench: what was taken from them, and titles nobody knew."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.honours import actions
from jiangxin.honours.forms import ListFilterForm, NewHonourForm, SettleForm
from jiangxin.honours.queries.catalogue import unknown_titles
from jiangxin.honours.queries.work import list_addressed, lists_for, rows_of
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.honours.views.tabs import work_tabs
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import found as found_or_404
from jiangxin.kernel.http.gates import officers_only

PAGE_SIZE = 50
LISTS_ON_A_PAGE = 30


@require_safe
@officers_only("honours.view_conferral")
def lists(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The lists this officer may read of, with what was taken from each."""
    form = ListFilterForm(request.GET or {})
    wanted = form.wanted()
    context = {
        "tabs": work_tabs(actor, "work_lists"),
        "form": form,
        "is_narrowed": any(wanted.values()),
        "page": Paginator(lists_for(actor, **wanted), LISTS_ON_A_PAGE).get_page(request.GET.get("page")),
        "columns": COLUMNS,
        "unknown": unknown_titles(actor).count(),
        "may_settle": actor.has_perm("honours.edit_catalogue"),
        "may_import": actor.has_perm("honours.import_lists"),
    }
    return render(request, "honours/work/lists.html", context)


@require_safe
@officers_only("honours.view_conferral")
def honour_list(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """One list: conferrals, and nominees kept apart."""
    found = found_or_404(list_addressed(actor, uid))
    rows = rows_of(found, actor)
    page = Paginator(rows.conferrals, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "list": found,
        "page": page,
        "nominees": Paginator(rows.nominees, PAGE_SIZE).get_page(request.GET.get("nominees")),
        "columns": COLUMNS,
    }
    return render(request, "honours/work/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only("honours.edit_catalogue")
def titles(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Titles nobody knew: say which honour each means, or add a new honour to the catalogue."""
    data = request.POST or None
    settle = SettleForm(data if request.POST.get("intent") == "settle" else None, actor=actor)
    added = NewHonourForm(data if request.POST.get("intent") == "add" else None, actor=actor)
    form = settle if settle.is_bound else added
    if request.method == "POST" and form.is_valid():
        try:
            _settled(actor, settle, added)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("已保存。再次导入同一份名单，相应的行就会登记。"))
            return redirect("honours:work_titles")
    context = {"columns": COLUMNS, "titles": unknown_titles(actor), "settle": settle, "added": added}
    return render(request, "honours/work/titles.html", context, status=400 if form.errors else 200)


def _settled(actor: Actor, settle: SettleForm, added: NewHonourForm) -> None:
    if settle.is_bound:
        data = settle.cleaned_data
        actions.settle_title(data["title"], honour=data["honour"], by=actor)
    else:
        actions.add_honour(by=actor, **added.described())
