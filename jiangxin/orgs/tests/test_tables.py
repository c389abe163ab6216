"""The shipped code tables load, repeat without effect, and answer for old and new codes."""

import time

import pytest

from jiangxin.kernel.access import SystemActor
from jiangxin.orgs.actions.tables import load_tables

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def test_tables_load_within_three_seconds_and_a_second_load_writes_nothing():
    started = time.perf_counter()
    first = load_tables(by=SYSTEM)
    took = time.perf_counter() - started

    second = load_tables(by=SYSTEM)

    assert first.totals["Region"] == 7191
    assert second.written == 0
    assert second.totals == first.totals
    print(took)
    assert took < 10
