"""The app that runs work in the background."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jiangxin.kernel.jobs"
    label = "jobs"
