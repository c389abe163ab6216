"""What our pages share: who asks, and may they; which area their lists show."""

from collections.abc import Mapping

from django.forms import Form
from django.http import Http404

from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import found
from jiangxin.orgs import queries
from jiangxin.orgs.models import Org


def org_for(actor: Actor, uid: str, permission: str) -> Org:
    """The organisation, if the actor sees it and holds the permission there; 404 otherwise."""
    org = found(queries.org_at(uid, actor))
    if not actor.has_perm(permission, org):
        raise Http404
    return org


def area_of(actor: Actor, given: Mapping[str, str]) -> tuple[bool, list[Org], str]:
    """Whether the whole country is wanted (`all=1`), the organisations of the actor's roles, and the path to list."""
    everywhere = given.get("all") == "1"
    homes = queries.home_orgs(actor)
    return everywhere, homes, "" if everywhere or not homes else homes[0].path


def kept_of(form: Form, *, everywhere: bool) -> list[tuple[str, str]]:
    """What a filter form was given, to hand it on: `[(name, value), …]`."""
    given = [(name, form.data.get(name, "")) for name in form.fields]
    return [*((name, value) for name, value in given if value), *([("all", "1")] if everywhere else [])]
