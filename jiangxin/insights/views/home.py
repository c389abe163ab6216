"""The front door, and what search engines are told."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiangxin.insights.queries.front import front

CLOSED = (
    "/account/",
    "/api/",
    "/demo/",
    "/i18n/",
    "/inbox/",
    "/me/",
    "/modes/",
    "/register/export.csv",
    "/work/",
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The mark, one search box, what a visitor comes for, honours by year."""
    return render(
        request, "insights/home.html", {"front": front(), "register_url": reverse("insights:register")}
    )


@require_safe
@cache_control(max_age=3600, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read what is published; a demo world is invented and stays out of every index."""
    del request
    lines = [
        "User-agent: *",
        *(["Disallow: /"] if settings.DEMO_MODE else [f"Disallow: {path}" for path in CLOSED]),
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
