"""The answer to somebody who tried too often."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiangxin.accounts import queries
from jiangxin.kernel.events import Outcome, record_security

TOO_MANY = 429


def locked_out(
    request: HttpRequest, original: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Say how long the lock lasts and who can release it; the same for names nobody has. Called by django-axes."""
    locked = queries.user_named(queries.account_name(request, credentials))
    record_security("accounts.locked_out", locked, outcome=Outcome.REFUSED)
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=TOO_MANY)
