"""Gates of pages: who may enter, what does not exist for whom, and a refusal shown beside its field."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.ui.context import actor_of

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=HttpResponseBase)
OfficerView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def officers_only(code: str) -> Callable[[OfficerView[P]], View[P]]:
    """Let in who holds the permission anywhere, and hand the actor to the view; to others the page does not exist."""

    def decorate(view: OfficerView[P]) -> View[P]:
        @wraps(view)
        @never_cache
        @login_required
        def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            if not actor.has_perm(code):
                raise Http404
            return view(request, actor, *args, **kwargs)

        return gate

    return decorate


def with_permission(code: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """The same gate for views that look the actor up themselves."""

    def decorate(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        @never_cache
        @login_required
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> R:
            if not actor_of(request).has_perm(code):
                raise Http404
            return view(request, *args, **kwargs)

        return gate

    return decorate


def owners_only(
    find: Callable[[Actor], T | None], *, otherwise: str
) -> Callable[[Callable[Concatenate[HttpRequest, Actor, T, P], HttpResponseBase]], View[P]]:
    """Hand the view what `find` says is the signed-in actor's own; who has nothing is led to the address `otherwise`."""

    def decorate(view: Callable[Concatenate[HttpRequest, Actor, T, P], HttpResponseBase]) -> View[P]:
        @wraps(view)
        @never_cache
        @login_required
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
