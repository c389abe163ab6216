"""A key ring of its own for each test."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from jiangxin.kernel.privacy.keys import key_store


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> Path:
    settings.JX_HOME = tmp_path
    settings.PRIVACY_KEYS = ""
    settings.PRODUCTION = False
    key_store.forget()
    return tmp_path / "keys" / "privacy.json"
