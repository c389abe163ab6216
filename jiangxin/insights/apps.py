"""Floor 8: dashboards and public statistics."""

from __future__ import annotations

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "jiangxin.insights"
    label = "insights"
