"""Lets the test runner empty a database whose log refuses to be emptied."""

from __future__ import annotations

from django.test import TransactionTestCase

from jiangxin.kernel.events.append_only import unlocked

_teardown = TransactionTestCase._fixture_teardown


def _unlocked_teardown(self: TransactionTestCase) -> None:
    with unlocked():
        _teardown(self)


def let_tests_empty_the_log() -> None:
    """Take the append-only triggers away while a test that really commits is cleared up after."""
    TransactionTestCase._fixture_teardown = _unlocked_teardown
