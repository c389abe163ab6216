"""A small demo world for stories, loaded once a module and rolled back after each; an installation of its own."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from jiangxin.config.demo import load_demo
from jiangxin.kernel.events.append_only import unlocked
from tests.cast import CITY_OFFICER, signed_in
from tests.journeys.installation import Installation, new_installation
from tests.journeys.scene import Scene, set_scene


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


@pytest.fixture(scope="module")
def furnished(
    loaded_world: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """The demo world with one of everything in the cast's city, for all stories of the module."""
    with django_db_blocker.unblock():
        yield set_scene(tmp_path_factory.mktemp("scene"))


@pytest.fixture
def scene(furnished: Scene) -> Scene:
    """The scene as it was set: what a story changes in its things is rolled back with the story."""
    return deepcopy(furnished)


@pytest.fixture
def officer(scene: Scene) -> Client:
    """The city officer's browser."""
    return signed_in(CITY_OFFICER)


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with the whole demo world, for every story that an operator's command tells."""
    made = new_installation(tmp_path_factory.mktemp("home"))
    done = made.run("demo")
    assert done.returncode == 0, done.stderr
    return made
