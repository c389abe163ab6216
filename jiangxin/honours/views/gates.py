"""Who may enter a page: officers with a permission, or workers with a record of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from jiangxin.kernel.access import Actor
from jiangxin.kernel.ui.context import actor_of
from jiangxin.people.models import Person
from jiangxin.people.queries.record import record_of_actor

P = ParamSpec("P")
OfficerView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]
WorkerView = Callable[Concatenate[HttpRequest, Actor, Person, P], HttpResponseBase]
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


def own_record(view: WorkerView[P]) -> View[P]:
    """Hand the signed-in worker's own record to the view; an account without one goes where it is told how to get it."""

    @wraps(view)
    @never_cache
    @login_required
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        record = record_of_actor(actor)
        if record is None:
            return redirect("people:passport")
        return view(request, actor, record, *args, **kwargs)

    return gate
