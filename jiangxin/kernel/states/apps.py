"""The app that keeps the history of every flow."""

from __future__ import annotations

from django.apps import AppConfig


class StatesConfig(AppConfig):
    name = "jiangxin.kernel.states"
    label = "states"
