"""What our pages share: who asks, may they, and a refusal shown in the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse

from jiangxin.accounts.models import User
from jiangxin.kernel.access import Refused

T = TypeVar("T")
View = Callable[..., HttpResponse]


def user_of(request: HttpRequest) -> User:
    """Return the signed-in user of a page that demands one."""
    return cast(User, request.user)


def with_permission(code: str) -> Callable[[View], View]:
    """Let only users in who hold the permission somewhere; for others the page does not exist."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not user_of(request).has_perm(code):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def found(thing: T | None) -> T:
    """Return the thing, or answer 404: what one may not see does not exist."""
    if thing is None:
        raise Http404
    return thing


def carried_out(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Do the deed; a refusal becomes an error of the form, beside its field when the form has it."""
    try:
        deed()
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
        return False
    return True
