"""Finding organisations: the list, and the tree that folds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from jiangxin.kernel.access.doors import actor_of
from jiangxin.kernel.http.gates import found, with_permission
from jiangxin.orgs import queries
from jiangxin.orgs.forms import OrgFilterForm
from jiangxin.orgs.models import Org
from jiangxin.orgs.queries.leaving import EXPORT
from jiangxin.orgs.queries.searching import search_orgs
from jiangxin.orgs.views.answers import area_of, kept_of

A_PAGE = 50
MOST_BRANCHES = 200


@with_permission("orgs.view_org")
@require_safe
def orgs(request: HttpRequest) -> HttpResponse:
    """Organisations of the officer's own area (`?all=1`: of the country), narrowed; words go through the index."""
    actor = actor_of(request)
    form = OrgFilterForm(request.GET)
    wanted = form.wanted()
    everywhere, homes, path = area_of(actor, request.GET)
    after = request.GET.get("after", "")
    columns = [_("名称"), _("类型"), _("上级"), _("地区"), _("状态")]
    context = {"form": form, "everywhere": everywhere, "homes": homes, "columns": columns}
    context |= {"kept": kept_of(form, everywhere=everywhere), "may_export": actor.has_perm(EXPORT)}
    text = wanted.pop("text")
    if text.strip():
        page = search_orgs(actor, text, path=path, limit=A_PAGE, after=after, **wanted)
        context |= {
            "orgs": page.orgs,
            "count": page.count,
            "waiting": page.waiting,
            "older": page.next_cursor,
        }
        context["count_is_capped"] = page.count_is_capped
    else:
        listed = queries.orgs_found(actor, path=path, **wanted)
        rows = list(listed.filter(path__gt=queries.path_of(after))[: A_PAGE + 1])
        count = queries.counted(listed)
        context |= {"orgs": rows[:A_PAGE], "count": count, "count_is_capped": count == queries.COUNT_CAP}
        context["older"] = rows[A_PAGE - 1].uid if len(rows) > A_PAGE else ""
    query = request.GET.copy()
    query["after"] = str(context["older"])
    context["older_url"] = f"?{query.urlencode()}" if context["older"] else ""
    return render(request, "orgs/orgs.html", context)


@with_permission("orgs.view_org")
@require_safe
def tree(request: HttpRequest, uid: str = "") -> HttpResponse:
    """The tree, unfolded down to one organisation; without one, to the roots, or below the only root."""
    actor = actor_of(request)
    org = found(queries.org_at(uid, actor)) if uid else queries.only_root(actor)
    above = [*queries.ancestors_of(org), org] if org else []
    branches = list((queries.children_of(org, actor) if org else queries.roots(actor))[: MOST_BRANCHES + 1])
    context = {
        "org": org,
        "above": above,
        "nodes": [_node(branch) for branch in branches[:MOST_BRANCHES]],
        "too_many": len(branches) > MOST_BRANCHES,
    }
    return render(request, "orgs/tree.html", context)


@with_permission("orgs.view_org")
@require_safe
def branches(request: HttpRequest, uid: str) -> HttpResponse:
    """The children of one organisation, for unfolding in place."""
    actor = actor_of(request)
    org: Org = found(queries.org_at(uid, actor))
    listed = list(queries.children_of(org, actor)[: MOST_BRANCHES + 1])
    nodes = [_node(branch) for branch in listed[:MOST_BRANCHES]]
    context = {"org": org, "nodes": nodes, "too_many": len(listed) > MOST_BRANCHES}
    return render(request, "orgs/branches.html", context)


def _node(org: Org) -> dict[str, Any]:
    """An organisation as a node of the tree; what is below it comes when it is opened."""
    count: int = org.child_count  # type: ignore[attr-defined]  # annotated by the query
    words = [str(org.get_kind_display())]
    words += [] if org.is_active else [str(org.get_state_display())]
    words += [ngettext("下级 %(count)s 个", "下级 %(count)s 个", count) % {"count": count}] if count else []
    return {
        "label": org.name,
        "note": " · ".join(words),
        "href": reverse("orgs:org", args=[org.uid]),
        "key": org.uid,
        "part": reverse("orgs:branches", args=[org.uid]) if count else "",
        "url": reverse("orgs:tree_at", args=[org.uid]),
    }
