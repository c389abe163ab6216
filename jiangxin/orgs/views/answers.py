"""What our pages share: who asks, may they, and a refusal shown in the form."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm
from django.http import Http404, HttpRequest

from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import carried_out, found
from jiangxin.orgs import queries
from jiangxin.orgs.models import Org

T = TypeVar("T")


def org_for(actor: Actor, uid: str, permission: str) -> Org:
    """The organisation, if the actor sees it and holds the permission there; 404 otherwise."""
    org = found(queries.org_at(uid, actor))
    if not actor.has_perm(permission, org):
        raise Http404
    return org


def submitted(request: HttpRequest, form: BaseForm, deed: Callable[[], T]) -> T | None:
    """When the form was sent and is valid, do the deed and return its result; otherwise None."""
    if request.method != "POST" or not form.is_valid():
        return None
    results: list[T] = []
    return results[0] if carried_out(form, lambda: results.append(deed())) else None
