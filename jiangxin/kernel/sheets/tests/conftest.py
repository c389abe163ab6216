"""A home of its own for each test."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.JX_HOME = tmp_path / "home"
    settings.JX_HOME.mkdir()
    return tmp_path / "home"
