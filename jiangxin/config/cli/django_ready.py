"""Loads Django once for a command, and says in one line what stands in the way."""

from __future__ import annotations

import os

import django


def load_django() -> None:
    """Set Django up; wrong settings end the process with one line and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxin.config.settings")
    django.setup()
