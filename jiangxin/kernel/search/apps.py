"""The app that keeps the search index."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "jiangxin.kernel.search"
    label = "search"
