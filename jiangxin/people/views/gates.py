"""Who may enter a worker's pages of the record: its owner of a record."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import View
from jiangxin.kernel.ui.context import actor_of
from jiangxin.people.models import Person
from jiangxin.people.queries.record import record_of_actor

P = ParamSpec("P")
WorkerView = Callable[Concatenate[HttpRequest, Actor, Person, P], HttpResponseBase]


def own_record(view: WorkerView[P]) -> View[P]:
    """Hand the signed-in worker's own record to the view; an account without one is told how to get there."""

    @wraps(view)
    @never_cache
    @login_required
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        record = record_of_actor(actor)
        if record is None:
            return render(request, "people/me/no_record.html")
        return view(request, actor, record, *args, **kwargs)

    return gate
