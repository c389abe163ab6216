"""What a refused act says, by its short code."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jiangxin.kernel.access import Refused


def refusal(call: Callable[[], object]) -> str:
    """The code of the refusal a call ends in."""
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code
