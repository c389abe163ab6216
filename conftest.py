"""Where tests live: a home of their own, a real file database, no network, fast password hashing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.home import HOME


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings
    from hypothesis import HealthCheck
    from hypothesis import settings as effort

    from jiangxin.kernel.events.tests.emptying import let_tests_empty_the_log

    let_tests_empty_the_log()

    # Tests are never judged by time.
    effort.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    effort.load_profile("house")
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    if settings.ENGINE == "sqlite3":
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(HOME / "test.sqlite3")
        # A query that asks for no order gets the other one than usual: nothing may count on what it happens to bring.
        settings.DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects = ON;\n"


def _factories(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        if not each._meta.abstract:
            yield each
        yield from _factories(each)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Each test, and each fixture that several share, begins in Chinese, with nothing cached or counted.

    A hook, not a fixture: a fixture of a module is made before any fixture of one test.
    """
    from django.core.cache import cache
    from django.urls import set_urlconf
    from django.utils import translation
    from factory import Factory

    from jiangxin.kernel.http.limits import forget_limits

    shutil.rmtree(HOME / "checkpoints", ignore_errors=True)
    cache.clear()
    forget_limits()
    translation.activate("zh-hans")
    set_urlconf(None)  # a request that was never finished leaves its own
    for factory in _factories(Factory):
        factory.reset_sequence(0, force=True)
