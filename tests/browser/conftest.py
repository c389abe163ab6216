"""Browser fixtures: the system's Chromium instead of a downloaded one, and a page that watches itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page

from tests.browser.accessibility import collect_policy_breaches
from tests.browser.chromium import DESK, FLAGS, chromium_path

# The browser's own event loop runs in this thread; the tests' database calls are ordinary synchronous ones.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as a browser test."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(browser_type: BrowserType) -> Iterator[Browser]:
    """The system's Chromium; tests are skipped, saying so, where there is none."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    running = browser_type.launch(executable_path=path, args=list(FLAGS))
    yield running
    running.close()


@pytest.fixture(scope="session")
def base_url() -> str:
    """No fixed address: each test opens its own live server."""
    return ""


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A Chinese visitor at a desk."""
    return {"locale": "zh-CN", "viewport": DESK}


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page that fails its test when a script fails or the content security policy is broken."""
    breaches = collect_policy_breaches(page)
    yield page
    assert breaches == []
