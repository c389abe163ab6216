"""On the second engine coverage looks only where the engines differ, at the kernel's own tests: loaded with -p."""

from __future__ import annotations

import os

import pytest

SHARED = "COVERAGE_PROCESS_CONFIG"  # by which coverage begins in the processes that a test starts


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    os.environ.pop(SHARED, None)
    for item in items:
        if not item.nodeid.startswith("jiangxin/kernel/"):
            item.add_marker(pytest.mark.no_cover)
