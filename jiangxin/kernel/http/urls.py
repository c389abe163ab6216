"""Addresses of the house itself."""

from __future__ import annotations

from django.urls import path

from jiangxin.kernel.http import views
from jiangxin.kernel.http.views import audit, tokens

app_name = "http"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/make/", tokens.make, name="make_token"),
    path("account/tokens/<str:uid>/end/", tokens.end, name="end_token"),
    path("work/audit/", audit.entries, name="audit"),
    path("work/audit/export/", audit.export, name="export_log"),
    path("work/audit/<str:uid>/", audit.entry, name="audit_entry"),
]
