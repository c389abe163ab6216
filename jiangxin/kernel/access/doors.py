"""The door of a page: only who holds a permission comes in; for others the page does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from jiangxin.kernel.access.actors import Actor

View = Callable[..., HttpResponseBase]


def actor_of(request: HttpRequest) -> Actor:
    """Who is signed in on a page that demands it."""
    return cast(Actor, request.user)


def with_permission(code: str) -> Callable[[View], View]:
    """Send strangers to the sign-in and answer 404 to those who do not hold the permission anywhere."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not actor_of(request).has_perm(code):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
