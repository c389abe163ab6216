"""A timetable of the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jiangxin.kernel.jobs import registry


@pytest.fixture
def _own_timetable() -> Iterator[None]:
    """No scheduled jobs but those the test registers."""
    before = dict(registry._schedules)
    registry._schedules.clear()
    yield
    registry._schedules.clear()
    registry._schedules.update(before)
