"""Root of all addresses: every house app that has a urls.py is included here by itself."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from jiangxin.kernel.http.api import build_api

INCLUDED = [f"jiangxin.kernel.{name}" for name in settings.KERNEL_APPS] + [
    f"jiangxin.{name}" for name in settings.HOUSE_APPS
]


def house_urls() -> list[URLPattern | URLResolver]:
    """An include for each app that offers addresses."""
    return [path("", include(f"{app}.urls")) for app in INCLUDED if find_spec(f"{app}.urls")]


API = build_api()
urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", API.urls),
    *house_urls(),
]
handler400 = "jiangxin.kernel.http.views.bad_request"
handler403 = "jiangxin.kernel.http.views.forbidden"
handler404 = "jiangxin.kernel.http.views.not_found"
handler500 = "jiangxin.kernel.http.views.server_error"
