"""Addresses of the house itself."""

from __future__ import annotations

from django.urls import path

from jiangxin.kernel.http import views

app_name = "http"
urlpatterns = [path("healthz", views.healthz, name="healthz")]
