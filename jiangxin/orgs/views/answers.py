"""What our pages share: who asks, may they, and a refusal shown in the form."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.ui.context import actor_of
from jiangxin.orgs import queries
from jiangxin.orgs.models import Org

T = TypeVar("T")
View = Callable[..., HttpResponse]
__all__ = ["actor_of", "found", "org_for", "submitted", "with_permission"]


def with_permission(code: str) -> Callable[[View], View]:
    """Let only those in who hold the permission somewhere; for others the page does not exist."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not actor_of(request).has_perm(code):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def found(thing: T | None) -> T:
    """Return the thing, or answer 404: what one may not see does not exist."""
    if thing is None:
        raise Http404
    return thing


def org_for(actor: Actor, uid: str, permission: str) -> Org:
    """The organisation, if the actor sees it and holds the permission there; 404 otherwise."""
    org = found(queries.org_at(uid, actor))
    if not actor.has_perm(permission, org):
        raise Http404
    return org


def submitted(request: HttpRequest, form: BaseForm, deed: Callable[[], T]) -> T | None:
    """When the form was sent and is valid, do the deed and return its result; otherwise None.

    A refusal becomes an error of the form, beside its field when the form has it.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return deed()
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
        return None
