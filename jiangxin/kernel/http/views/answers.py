"""Error pages in the house's identity, and the health check."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jiangxin.kernel.events import log_health
from jiangxin.kernel.files.storage import is_disk_full
from jiangxin.kernel.http.middleware import no_room
from jiangxin.kernel.jobs import health as jobs_health


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django asks while the error is still being handled, also one from reading a form before any view began."""
    error = sys.exc_info()[1]
    if error is not None and is_disk_full(error):
        return no_room(request)
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def _database_health() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "engine": connection.vendor}


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """State of database, worker and event log; 503 when the database does not answer or the worker is silent."""
    parts: dict[str, dict[str, object]] = {
        "database": _database_health(),
        "worker": jobs_health(),
        "log": log_health(),
    }
    ok = all(bool(part.get("ok")) for part in parts.values())
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)
