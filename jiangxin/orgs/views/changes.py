"""Changes of name and place: each shows what it will change before it is done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.access.doors import actor_of
from jiangxin.kernel.http.gates import found, submitted, with_permission
from jiangxin.orgs import actions, queries
from jiangxin.orgs.forms import ChangeForm, RenameForm, SplitForm
from jiangxin.orgs.models import Org
from jiangxin.orgs.views.answers import org_for

CANDIDATES = 20


@with_permission("orgs.rename_org")
def rename(request: HttpRequest, uid: str) -> HttpResponse:
    """Give an organisation a new name."""
    actor = actor_of(request)
    org = org_for(actor, uid, "orgs.rename_org")
    form = RenameForm(request.POST or None, initial={"seen": org.stamp})
    if submitted(request, form, lambda: actions.rename_org(org, by=actor, **form.cleaned_data)):
        messages.success(request, _("已更名，原名留在历史中。"))
        return redirect("orgs:org", uid=uid)
    return render(request, "orgs/rename.html", {"org": org, "form": form})


@with_permission("orgs.move_org")
def move(request: HttpRequest, uid: str) -> HttpResponse:
    """Choose another parent, see what goes along, move."""
    actor = actor_of(request)
    org = org_for(actor, uid, "orgs.move_org")
    target = _target(request, actor)
    form = ChangeForm(request.POST or None, initial={"seen": org.stamp})
    moved = target and submitted(
        request, form, lambda: actions.move_org(org, parent=target, by=actor, **form.cleaned_data)
    )
    if target and moved:
        messages.success(request, _("已划转到“%(name)s”之下。") % {"name": target.name})
        return redirect("orgs:org", uid=uid)
    return render(request, "orgs/move.html", _choosing(request, "orgs.move_org", org, target, form))


@with_permission("orgs.merge_org")
def merge(request: HttpRequest, uid: str) -> HttpResponse:
    """Choose the organisation that takes this one in, see what goes along, merge."""
    actor = actor_of(request)
    org = org_for(actor, uid, "orgs.merge_org")
    target = _target(request, actor)
    form = ChangeForm(request.POST or None, initial={"seen": org.stamp})
    merged = target and submitted(
        request, form, lambda: actions.merge_org(org, into=target, by=actor, **form.cleaned_data)
    )
    if target and merged:
        messages.success(request, _("已并入“%(name)s”。") % {"name": target.name})
        return redirect("orgs:org", uid=target.uid)
    return render(request, "orgs/merge.html", _choosing(request, "orgs.merge_org", org, target, form))


@with_permission("orgs.split_org")
def split(request: HttpRequest, uid: str) -> HttpResponse:
    """Name a new organisation and tick who goes over to it."""
    actor = actor_of(request)
    org = org_for(actor, uid, "orgs.split_org")
    form = SplitForm(request.POST or None, org=org, initial={"seen": org.stamp})
    made = submitted(request, form, lambda: actions.split_org(org, by=actor, **form.cleaned_data))
    if made:
        messages.success(request, _("“%(name)s”已分设。") % {"name": made.name})
        return redirect("orgs:org", uid=made.uid)
    return render(request, "orgs/split.html", {"org": org, "form": form})


@with_permission("orgs.close_org")
def close(request: HttpRequest, uid: str) -> HttpResponse:
    """Take an organisation out of register."""
    actor = actor_of(request)
    org = org_for(actor, uid, "orgs.close_org")
    form = ChangeForm(request.POST or None, initial={"seen": org.stamp})
    if submitted(request, form, lambda: actions.close_org(org, by=actor, **form.cleaned_data)):
        messages.success(request, _("“%(name)s”已撤销，记录和历史保留。") % {"name": org.name})
        return redirect("orgs:org", uid=uid)
    return render(request, "orgs/close.html", {"org": org, "form": form, "reach": queries.reach_of(org)})


@with_permission("orgs.undo_change")
def undo(request: HttpRequest, uid: str) -> HttpResponse:
    """Take the newest change of an organisation back."""
    actor = actor_of(request)
    change = found(queries.change_at(uid))
    org = org_for(actor, change.org.uid, "orgs.undo_change")
    refusal = ""
    if request.method == "POST":
        try:
            actions.undo_change(change, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("变更已撤回。"))
            return redirect("orgs:org", uid=org.uid)
    return render(request, "orgs/undo.html", {"org": org, "change": change, "refusal": refusal})


def _target(request: HttpRequest, actor: Actor) -> Org | None:
    uid = request.GET.get("to", "")
    return found(queries.org_at(uid, actor)) if uid else None


def _choosing(
    request: HttpRequest, permission: str, org: Org, target: Org | None, form: ChangeForm
) -> dict[str, object]:
    """What the page shows: first the search for a target, then what will change."""
    text = request.GET.get("q", "")
    searched = bool(text.strip()) and target is None
    candidates = (
        queries.targets_for(org, text, actor_of(request), permission)[:CANDIDATES] if searched else []
    )
    return {
        "org": org,
        "target": target,
        "form": form,
        "text": text,
        "candidates": candidates,
        "reach": queries.reach_of(org),
    }
