"""Makes every app's declarations known once all apps are loaded."""

from __future__ import annotations

from django.apps import AppConfig


class ModulesConfig(AppConfig):
    name = "jiangxin.kernel.modules"
    label = "modules"

    def ready(self) -> None:
        from jiangxin.kernel.modules.register import load_rooms  # noqa: PLC0415 - app ready: reactions import models

        load_rooms()
