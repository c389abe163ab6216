"""Employers: the list, one employer with its names, registering and editing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.kernel.access import Actor
from jiangxin.kernel.access.doors import actor_of
from jiangxin.kernel.http.gates import found, submitted, with_permission
from jiangxin.orgs import actions, queries
from jiangxin.orgs.forms import EmployerFilterForm, EmployerForm, EmployerNameForm, NewEmployerForm
from jiangxin.orgs.models import Employer, UnitName
from jiangxin.orgs.queries.leaving import EXPORT
from jiangxin.orgs.views.answers import area_of, kept_of, org_for
from jiangxin.orgs.views.showing import facts_of_employer
from jiangxin.orgs.words.choices import UnitNameKind

A_PAGE = 50


@with_permission("orgs.view_org")
@require_safe
def employers(request: HttpRequest) -> HttpResponse:
    """Employers of the officer's own area (`?all=1`: of the country), narrowed."""
    actor = actor_of(request)
    form = EmployerFilterForm(request.GET)
    everywhere, homes, path = area_of(actor, request.GET)
    page = Paginator(queries.employers_found(actor, path=path, **form.wanted()), A_PAGE).get_page(
        request.GET.get("page")
    )
    columns = [_("名称"), _("行业"), _("地区"), _("所有制"), _("规模"), _("所属工会")]
    context = {"form": form, "page": page, "everywhere": everywhere, "homes": homes, "columns": columns}
    context |= {"kept": kept_of(form, everywhere=everywhere), "may_export": actor.has_perm(EXPORT)}
    return render(request, "orgs/employers.html", context)


@with_permission("orgs.view_org")
@require_safe
def employer(request: HttpRequest, uid: str) -> HttpResponse:
    """Facts and names of one employer."""
    actor = actor_of(request)
    shown = found(queries.employer_at(uid))
    below, before = queries.kin_of(shown)
    context = {
        "below": below,
        "before": before,
        "employer": shown,
        "facts": facts_of_employer(shown),
        "names": queries.unit_names_of(shown),
        "columns": [_("名称"), _("种类"), _("启用"), _("停用")],
        "may_edit": actor.has_perm("orgs.edit_employer", shown),
    }
    return render(request, "orgs/employer.html", context)


@with_permission("orgs.add_employer")
def add(request: HttpRequest, uid: str) -> HttpResponse:
    """Register an employer below a union."""
    actor = actor_of(request)
    org = org_for(actor, uid, "orgs.add_employer")
    form = NewEmployerForm(request.POST or None)
    made = submitted(
        request,
        form,
        lambda: actions.add_employer(org, name=form.cleaned_data["name"], facts=form.facts(), by=actor),
    )
    if made:
        messages.success(request, _("“%(name)s”已登记。") % {"name": made.name})
        return redirect("orgs:employer", uid=made.uid)
    return render(request, "orgs/add_employer.html", {"org": org, "form": form})


@with_permission("orgs.edit_employer")
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    """Set the facts of an employer."""
    actor = actor_of(request)
    shown = _editable(actor, uid)
    form = EmployerForm(request.POST or None, initial=EmployerForm.initial_of(shown))
    if submitted(
        request, form, lambda: actions.edit_employer(shown, facts=form.facts(), org=shown.org, by=actor)
    ):
        messages.success(request, _("资料已保存。"))
        return redirect("orgs:employer", uid=uid)
    return render(request, "orgs/edit_employer.html", {"employer": shown, "form": form})


@with_permission("orgs.edit_employer")
def name(request: HttpRequest, uid: str) -> HttpResponse:
    """Change the present name, or add one the employer is printed with."""
    actor = actor_of(request)
    shown = _editable(actor, uid)
    form = EmployerNameForm(request.POST or None, initial={"kind": UnitNameKind.PRINTED})
    if submitted(request, form, lambda: _give_name(shown, form, actor)):
        messages.success(request, _("名称已保存。"))
        return redirect("orgs:employer", uid=uid)
    return render(request, "orgs/employer_name.html", {"employer": shown, "form": form})


def _give_name(employer: Employer, form: EmployerNameForm, by: Actor) -> Employer | UnitName:
    given = form.cleaned_data
    if given["kind"] == UnitNameKind.CURRENT:
        return actions.rename_employer(employer, name=given["name"], on=given["on"], by=by)
    return actions.add_unit_name(employer, name=given["name"], kind=given["kind"], by=by)


def _editable(actor: Actor, uid: str) -> Employer:
    shown = found(queries.employer_at(uid))
    return found(shown if actor.has_perm("orgs.edit_employer", shown) else None)
