"""On the second engine coverage looks at the tests themselves and not at processes that they start: loaded with -p."""

from __future__ import annotations

import os

SHARED = "COVERAGE_PROCESS_CONFIG"  # by which coverage begins in the processes that a test starts


def pytest_collection_finish() -> None:
    os.environ.pop(SHARED, None)
