"""Loads Django once for a command, and says in one line what stands in the way."""

from __future__ import annotations

import os

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError
from redis.exceptions import RedisError

from jiangxin.kernel.files.storage import is_disk_full

DISK_FULL = "The disk is full"
NOT_SET_UP = ("no such table", "no such column", "does not exist", "has no column named")


def load_django() -> None:
    """Set Django up; wrong settings end the process with one line and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxin.config.settings")
    django.setup()


def is_not_set_up(error: Exception) -> bool:
    """Whether the database lacks a table or column of this version."""
    return isinstance(error, OperationalError | ProgrammingError) and any(
        sign in str(error) for sign in NOT_SET_UP
    )


def sentence_of(error: Exception) -> str:
    """One line for trouble that lies outside the program: settings, database, cache, disk; "" for anything else."""
    words = str(error).strip().partition("\n")[0]
    if is_disk_full(error):
        return f"{DISK_FULL}: {words}"
    if isinstance(error, RedisError):
        return f"CACHE_URL: {words}"
    if isinstance(error, ImproperlyConfigured):
        return f"wrong setting: {words}"
    if not isinstance(error, OperationalError | ProgrammingError):
        return ""
    if is_not_set_up(error):
        return "This database has not been set up for this version; run `jiangxin migrate`."
    return f"DATABASE_URL: {words}" if isinstance(error, OperationalError) else ""
