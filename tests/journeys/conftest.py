"""A small demo world for stories, loaded once a module; each story is rolled back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from jiangxin.config.demo import load_demo
from jiangxin.kernel.events.append_only import unlocked


@pytest.fixture(scope="module")
def loaded_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The cast, their unions, sixty workers and a hundred and fifty honours, until the module ends."""
    with django_db_blocker.unblock():
        load_demo(workers=60, honours=150)
        yield
        with unlocked():
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def world(loaded_world: None, db: None) -> None:
    """The demo world in a transaction of its own."""
