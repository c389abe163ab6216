"""Gates of pages, built on the one door: the actor handed in, one's own things, and a refusal beside its field."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.access.doors import actor_of, signed_in, with_permission

__all__ = ["View", "actor_of", "carried_out", "found", "officers_only", "owners_only", "with_permission"]

P = ParamSpec("P")
T = TypeVar("T")
OfficerView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def officers_only(code: str) -> Callable[[OfficerView[P]], View[P]]:
    """Let in who holds the permission anywhere, and hand the actor to the view; to others the page does not exist."""

    def decorate(view: OfficerView[P]) -> View[P]:
        @with_permission(code)
        @wraps(view)
        def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return view(request, actor_of(request), *args, **kwargs)

        return gate

    return decorate


def owners_only(
    find: Callable[[Actor], T | None], *, otherwise: str
) -> Callable[[Callable[Concatenate[HttpRequest, Actor, T, P], HttpResponseBase]], View[P]]:
    """Hand the view what `find` says is the signed-in actor's own; who has nothing is led to the address `otherwise`."""

    def decorate(view: Callable[Concatenate[HttpRequest, Actor, T, P], HttpResponseBase]) -> View[P]:
        @signed_in
        @wraps(view)
        def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            own = find(actor)
            if own is None:
                return redirect(otherwise)
            return view(request, actor, own, *args, **kwargs)

        return gate

    return decorate


def found(thing: T | None) -> T:
    """The thing, or 404: what one may not see does not exist."""
    if thing is None:
        raise Http404
    return thing


def carried_out(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Do the deed; a refusal becomes an error of the form, beside its field when the form has it."""
    try:
        deed()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
