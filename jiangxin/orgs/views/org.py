"""One organisation: its page, setting it up, its facts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.kernel.access.doors import actor_of
from jiangxin.kernel.http.gates import found, submitted, with_permission
from jiangxin.orgs import actions, queries
from jiangxin.orgs.forms import NewOrgForm, OrgForm
from jiangxin.orgs.views.answers import org_for
from jiangxin.orgs.views.showing import crumbs_of, facts_of_org, history_item

FIRST_CHILDREN = 30
FIRST_EMPLOYERS = 20
LAST_CHANGES = 50


@with_permission("orgs.view_org")
@require_safe
def org(request: HttpRequest, uid: str) -> HttpResponse:
    """Facts, place, children, employers, names and history of one organisation."""
    actor = actor_of(request)
    shown = found(queries.org_at(uid, actor))
    undoable = queries.undoable_change(shown)
    context = {
        "org": shown,
        "crumbs": crumbs_of(shown),
        "facts": facts_of_org(shown),
        "reach": queries.reach_of(shown),
        "children": queries.children_of(shown, actor)[:FIRST_CHILDREN],
        "employers": queries.employers_of(shown)[:FIRST_EMPLOYERS],
        "names": queries.names_of(shown),
        "history": [history_item(change) for change in queries.history_of(shown)[:LAST_CHANGES]],
        "child_columns": [_("名称"), _("类型"), {"label": _("下级"), "numeric": True}, _("状态")],
        "undoable": undoable if undoable and actor.has_perm("orgs.undo_change", undoable) else None,
        "may": {
            verb: actor.has_perm(f"orgs.{verb}_org", shown)
            for verb in ("add", "edit", "rename", "move", "merge", "split", "close")
        },
        "may_add_employer": actor.has_perm("orgs.add_employer", shown),
    }
    return render(request, "orgs/org.html", context)


@with_permission("orgs.add_org")
def add(request: HttpRequest, uid: str) -> HttpResponse:
    """Set up an organisation below another one."""
    actor = actor_of(request)
    parent = org_for(actor, uid, "orgs.add_org")
    form = NewOrgForm(request.POST or None, initial={"kind": queries.kind_below(parent)})
    made = submitted(request, form, lambda: actions.add_org(parent, by=actor, **form.cleaned_data))
    if made:
        messages.success(request, _("“%(name)s”已设立。") % {"name": made.name})
        return redirect("orgs:org", uid=made.uid)
    return render(request, "orgs/add.html", {"parent": parent, "form": form})


@with_permission("orgs.edit_org")
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    """Set the facts of an organisation besides its name and place."""
    actor = actor_of(request)
    shown = org_for(actor, uid, "orgs.edit_org")
    form = OrgForm(request.POST or None, initial=OrgForm.initial_of(shown))
    if submitted(
        request, form, lambda: actions.edit_org(shown, by=actor, employer=shown.employer, **form.cleaned_data)
    ):
        messages.success(request, _("资料已保存。"))
        return redirect("orgs:org", uid=uid)
    return render(request, "orgs/edit.html", {"org": shown, "form": form})
