"""The demo door: try the house as one of the cast. Its addresses exist only in demo mode."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jiangxin.accounts import queries
from jiangxin.kernel.events import record_security
from jiangxin.kernel.http.gates import found

BACKEND = "jiangxin.accounts.queries.backends.PasswordBackend"


@require_safe
def cast(request: HttpRequest) -> HttpResponse:
    """The cast, each with one button."""
    _only_in_demo()
    people = [
        {
            "user": user,
            "roles": dict.fromkeys(
                queries.role_title(role.role) for role in queries.held_roles(user) if role.role != "member"
            ),
        }
        for user in queries.personas()
    ]
    return render(request, "accounts/demo.html", {"people": people})


@require_POST
def try_persona(request: HttpRequest, username: str) -> HttpResponse:
    """Go on as this member of the cast."""
    _only_in_demo()
    persona = found(queries.persona(username))
    request.session.flush()
    login(request, persona, backend=BACKEND)
    record_security("accounts.signed_in", persona, by=persona)
    staff = queries.staff_roles(persona)
    return redirect(settings.STAFF_LOGIN_REDIRECT_URL if staff else settings.LOGIN_REDIRECT_URL)


def _only_in_demo() -> None:
    """A second lock behind the missing addresses."""
    if not settings.DEMO_MODE:
        raise Http404
