"""Addresses of the house itself: health check and JSON API."""

from __future__ import annotations

from django.urls import path

from jiangxin.kernel.http import views
from jiangxin.kernel.http.api import build_api

app_name = "http"
API = build_api()
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("api/v1/", API.urls),
]
