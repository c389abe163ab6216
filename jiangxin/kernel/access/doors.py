"""The door of a page, under every gate: who is at it, and that only who holds a permission comes in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from jiangxin.kernel.access.actors import Actor, Anonymous

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
OfficerView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]


def actor_of(request: HttpRequest) -> Actor:
    """Return the signed-in user, or the anonymous visitor who holds no permission."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and isinstance(user, Actor):
        return user
    return Anonymous()


def signed_in(view: Callable[..., R]) -> Callable[..., R]:
    """Send strangers to the sign-in; what is behind it is kept by no cache."""
    guarded: Any = never_cache(login_required(view))
    return cast(Callable[..., R], guarded)


def with_permission(code: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Let in who holds the permission anywhere; to others who are signed in the page does not exist."""

    def decorate(view: Callable[..., R]) -> Callable[..., R]:
        @signed_in
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> R:
            if not actor_of(request).has_perm(code):
                raise Http404
            return view(request, *args, **kwargs)

        return door

    return decorate


def officers_only(code: str) -> Callable[[OfficerView[P]], View[P]]:
    """Let in who holds the permission anywhere, and hand the actor to the view; to others the page does not exist."""

    def decorate(view: OfficerView[P]) -> View[P]:
        @with_permission(code)
        @wraps(view)
        def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return view(request, actor_of(request), *args, **kwargs)

        return gate

    return decorate
