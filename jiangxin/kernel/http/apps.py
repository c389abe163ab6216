"""The app that keeps API tokens and answers health checks."""

from __future__ import annotations

from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "jiangxin.kernel.http"
    label = "http"
