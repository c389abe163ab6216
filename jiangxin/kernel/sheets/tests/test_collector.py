"""The collector rests while rows are read, and stays as it was found."""

import gc

import pytest

from jiangxin.kernel.sheets.running import _collector_at_rest


@pytest.mark.parametrize("before", [True, False])
def test_the_collector_is_left_as_it_was_found(before: bool) -> None:
    (gc.enable if before else gc.disable)()
    try:
        with _collector_at_rest():
            resting = gc.isenabled()
        after = gc.isenabled()
    finally:
        gc.enable()

    assert (resting, after) == (False, before)
