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
from jiangxin.kernel.access.doors import View, actor_of, officers_only, signed_in, with_permission

__all__ = [
    "View",
    "actor_of",
    "attempted",
    "carried_out",
    "found",
    "officers_only",
    "owners_only",
    "submitted",
    "with_permission",
]

P = ParamSpec("P")
T = TypeVar("T")


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


def attempted(form: BaseForm, deed: Callable[[], T]) -> T | None:
    """What the deed gives; None when it is refused, with the sentence in the form, beside its field when the form has it."""
    try:
        return deed()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def carried_out(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Whether the deed was done; a refusal stands in the form."""
    return attempted(form, lambda: (deed(),)) is not None


def submitted(request: HttpRequest, form: BaseForm, deed: Callable[[], T]) -> T | None:
    """What the deed gives once the form was sent and is valid; None otherwise, and when it is refused."""
    if request.method != "POST" or not form.is_valid():
        return None
    return attempted(form, deed)
